"""The list that a sample is drawn from, for one audit and one kind of thing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record
from iris.core.places import Corridor

from .. import permissions, rules
from ..rules import Unit
from ..states import FrameKind, FrameState, PersonStatus, Sex, Source

S = FrameState


class Frame(Record):
    """One list of an audit: asked for, received, drawn from, or set aside with a reason.

    A secret number is fixed before the list comes and only its hash is published. The seed follows from that number
    and from the list: neither the audit firm nor the agency can steer who is drawn.
    """

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="frames")
    kind = models.CharField(max_length=16, choices=FrameKind.choices)
    state = StateField(FrameState, default=FrameState.ASKED)
    asked_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    note = models.TextField(blank=True)
    nonce_sealed = models.BinaryField()
    commitment = models.CharField(max_length=64)
    received_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    aside_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "kind"], name="one_list_of_a_kind_per_audit"),
            models.CheckConstraint(
                condition=~Q(state=S.ASIDE) | ~Q(aside_reason=""), name="list_set_aside_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.RECEIVED, S.DRAWN]) | Q(received_at__isnull=False),
                name="received_list_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DRAWN) | Q(drawn_at__isnull=False), name="drawn_list_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.kind}"

    @property
    def version(self) -> FrameVersion | None:
        """The list as it came last."""
        return max(self.versions.all(), key=lambda one: one.number, default=None)

    @property
    def of_people(self) -> bool:
        """Whether it lists people; their references stay with the team."""
        return self.kind == FrameKind.PEOPLE

    @transition(
        field=state,
        source=[S.ASKED, S.RECEIVED],
        target=S.RECEIVED,
        permission=permissions.may_hand_in,
        missing=rules.missing_for_change,
    )
    def receive(self, *, by: Any, at: datetime) -> None:
        """Take a list; a later one takes its place until the sample is drawn."""
        self.received_at = at

    @transition(
        field=state,
        source=S.RECEIVED,
        target=S.DRAWN,
        permission=permissions.may_lead,
        missing=rules.missing_for_draw,
    )
    def draw(self, *, by: Any, at: datetime) -> None:
        """Draw the sample, once from each list."""
        self.drawn_at = at

    @transition(
        field=state,
        source=[S.RECEIVED, S.DRAWN, S.ASIDE],
        target=S.ASKED,
        permission=permissions.may_lead,
        missing=rules.missing_for_change,
        needs_reason=True,
    )
    def ask_again(self, *, by: Any, at: datetime, due_on: date, nonce_sealed: bytes, commitment: str) -> None:
        """Ask for another list, under a new secret number. What was drawn before stays on record."""
        self.asked_by = by
        self.asked_at = at
        self.due_on = due_on
        self.nonce_sealed = nonce_sealed
        self.commitment = commitment
        self.aside_reason = ""

    @transition(
        field=state,
        source=[S.ASKED, S.RECEIVED],
        target=S.ASIDE,
        permission=permissions.may_lead,
        missing=rules.missing_for_change,
        needs_reason=True,
    )
    def set_aside(self, *, by: Any, at: datetime, because: str) -> None:
        """Do without a sample, for a reason that stands in the statement."""
        self.aside_reason = because


class FrameVersion(Record):
    """One list as it came. The file is not kept: its rows are, with names sealed, and its hash."""

    append_only = True

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=16, choices=Source.choices)
    received_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    from_agency = models.BooleanField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "number"], name="lists_are_numbered"),
            models.CheckConstraint(condition=Q(rows__gt=0), name="list_has_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.frame_id}: {self.number}"

    def units(self) -> list[Unit]:
        """Its lines without anything that names a person."""
        return [Unit(*row) for row in self.members.order_by("key").values_list(*rules.COLUMNS)]


class Stratum(models.Model):
    """What puts a line into its stratum. Nothing of it names a person."""

    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    status = models.CharField(max_length=16, choices=PersonStatus.choices, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=7, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def cells(self) -> tuple[str, ...]:
        """The stratum as the draw knows it."""
        return self.origin, self.destination, self.status, self.employer, self.period, self.sex

    @property
    def corridor(self) -> str:
        """ "Nepal to Qatar"."""
        return Corridor(self.origin, self.destination).text

    @property
    def status_words(self) -> str:
        """Deployed, in process, returned."""
        return str(PersonStatus(self.status).label) if self.status else ""

    @property
    def sex_words(self) -> str:
        """Women, men."""
        return str(Sex(self.sex).label) if self.sex else ""

    @property
    def words(self) -> str:
        """The stratum in one line, without its corridor."""
        parts = (self.status_words, self.employer, self.period.replace("-H", ", half "), self.sex_words)
        return "; ".join(part for part in parts if part) or self.corridor


class FrameMember(Stratum, Record):
    """One line of a list: the stratum in clear, and reference, name and contact sealed together.

    `key` is a keyed digest of audit, kind and reference: equal for the same reference, and nobody without the keys
    of the vault finds a reference for it. A trigger lets nothing of a row change but its seal (to erase it).
    """

    version = models.ForeignKey(FrameVersion, on_delete=models.PROTECT, related_name="members")
    key = models.CharField(max_length=64)
    identity = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="once_in_a_list")]

    def __str__(self) -> str:
        return self.key[: rules.KEY_SHOWN]


class FrameDraft(Record):
    """A list that was read and waits to be confirmed, sealed as a whole; forgotten after a day."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="drafts")
    made_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    rows = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=16, choices=Source.choices)
    notes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.frame_id}: {self.rows}"
