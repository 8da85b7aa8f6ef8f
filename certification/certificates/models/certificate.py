"""Certificates: one row for each revision, with the legal entity and scope as they were on the day of issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from certification.certificates.permissions import (
    by_issuing,
    by_scheme_manager,
    by_settling,
    by_signatory,
    by_system,
)
from certification.certificates.rules import (
    NUMBER_MAX,
    alike_key,
    in_the_way_of_reinstating,
    missing_for_clearing,
    missing_for_reinstate,
    plain_number,
    standing_on,
)
from certification.certificates.states import (
    ENDED,
    EXPLAINED,
    IN_FORCE,
    RUNNING,
    CertificateState,
    ReasonCode,
    Rule,
    ScopeChange,
    Standing,
)
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES, sector_name

if TYPE_CHECKING:
    from iris.accounts.models import User

STATE = CertificateState


@dataclass(frozen=True)
class Why:
    """What an act says: the full reason inside, its code and a sentence outside."""

    reason: str
    code: str
    public_note: str


@dataclass(frozen=True)
class Ground:
    """What an act rests on: the decision on a proposal, or the rule of the scheme that acted by its date."""

    decision_id: UUID | None = None
    rule: str = ""


class Certificate(Record):
    """One revision of a certificate. What it names never changes; only its state, its why and its PDF do."""

    number = models.CharField(max_length=NUMBER_MAX)
    number_plain = models.CharField(max_length=NUMBER_MAX, editable=False, db_index=True)
    number_alike = models.CharField(max_length=NUMBER_MAX, editable=False, db_index=True)
    revision = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    scope_change = models.CharField(max_length=12, choices=ScopeChange.choices, blank=True)

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="certificates"
    )
    application = models.ForeignKey(
        "certification_applications.Application", on_delete=models.PROTECT, related_name="certificates"
    )
    decision = models.ForeignKey(
        "certification_decisions.Decision", on_delete=models.PROTECT, related_name="certificates"
    )
    edition = models.ForeignKey(
        "certification_standard.Edition", on_delete=models.PROTECT, related_name="certificates"
    )

    legal_name = models.CharField(max_length=600)
    legal_name_lang = models.CharField(max_length=8, default="en")
    other_names = models.JSONField(default=list, blank=True)  # [{"name", "kind", "lang"}]
    registration_number = models.CharField(max_length=200)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES)
    city = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    sectors = ArrayField(models.CharField(max_length=20, choices=SECTOR_CHOICES), default=list)
    branches = models.JSONField(default=list, blank=True)  # [{"name", "city", "country"}]
    sub_agents = models.PositiveIntegerField(default=0)
    firm_id = models.UUIDField(null=True, blank=True)
    firm_name = models.CharField(max_length=600)
    stage2_ended_on = models.DateField(null=True, blank=True)

    decided_on = models.DateField()
    decided_by_name = models.CharField(max_length=300)
    issued_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=300)
    effective_on = models.DateField()
    expires_on = models.DateField(db_index=True)

    state = StateField(CertificateState, default=CertificateState.ACTIVE)
    state_since = models.DateField()
    suspended_on = models.DateField(null=True, blank=True)
    suspension_ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reason_code = models.CharField(max_length=24, choices=ReasonCode.choices, blank=True)
    state_reason = models.TextField(blank=True)
    public_note = models.TextField(blank=True)
    # What the last act rests on: the decision of a second person, or a rule of the scheme that acted by its date.
    settled_by = models.ForeignKey(
        "certification_decisions.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.CharField(max_length=24, choices=Rule.choices, blank=True)

    pdf = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-issued_at", "-revision"]
        indexes = [models.Index(fields=["agency", "-issued_at"], name="certificate_latest")]
        constraints = [
            models.UniqueConstraint(fields=["number", "revision"], name="certificate_numbered_once"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(state__in=RUNNING), name="certificate_one_running_per_agency"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("decided_on")),
                name="certificate_effective_not_before_decision",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("effective_on")), name="certificate_expires_after_effective"
            ),
            models.CheckConstraint(
                condition=Q(revision=1, replaces__isnull=True) | Q(revision__gt=1, replaces__isnull=False),
                name="certificate_revision_replaces_one",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by_name="") & ~Q(issued_by_name=""), name="certificate_is_signed"
            ),
            models.CheckConstraint(
                condition=(Q(state=STATE.SUSPENDED) & Q(suspended_on__isnull=False))
                | (~Q(state=STATE.SUSPENDED) & Q(suspended_on__isnull=True)),
                name="certificate_suspended_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=True, suspension_ends_on__isnull=True)
                | Q(suspended_on__isnull=False, suspension_ends_on__gt=F("suspended_on")),
                name="certificate_suspension_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["country", "registration_number"],
                condition=Q(state__in=RUNNING) & ~Q(registration_number=""),
                name="certificate_one_running_per_entity",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=ENDED) & Q(ended_on__isnull=False))
                | (Q(state__in=RUNNING) & Q(ended_on__isnull=True)),
                name="certificate_ended_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EXPLAINED)
                | (~Q(reason_code="") & ~Q(state_reason="") & ~Q(public_note="")),
                name="certificate_suspension_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_plain = plain_number(self.number)
        self.number_alike = alike_key(self.number)
        super().save(*args, **kwargs)

    # -- acts ---------------------------------------------------------------------------------------

    @transition(field=state, source=[STATE.ACTIVE], target=STATE.CONDITIONAL, permission=by_issuing)
    def attach_conditions(self, *, by: User, at: datetime, **own: Any) -> None:
        """Granted with conditions: in force, with dated promises."""
        self.state_since = at.date()

    @transition(
        field=state,
        source=[STATE.CONDITIONAL],
        target=STATE.ACTIVE,
        permission=by_scheme_manager,
        missing=missing_for_clearing,
    )
    def clear_conditions(self, *, by: User, at: datetime, **own: Any) -> None:
        """The last condition is met."""
        self.state_since = at.date()

    @transition(
        field=state,
        source=list(IN_FORCE),
        target=STATE.SUSPENDED,
        permission=by_settling,
        needs_reason=True,
    )
    def suspend(self, *, by: Any, at: datetime, why: Why, ground: Ground, ends_on: date, **own: Any) -> None:
        """Not valid for now; the register says so, since when and why."""
        self._explain(why)
        self._rest_on(ground)
        self.state_since = self.suspended_on = at.date()
        self.suspension_ends_on = ends_on

    @transition(
        field=state,
        source=[STATE.SUSPENDED],
        target=STATE.ACTIVE,
        permission=by_settling,
        missing=missing_for_reinstate,
        needs_reason=True,
    )
    def reinstate(self, *, by: Any, at: datetime, ground: Ground, **own: Any) -> None:
        """As it was before."""
        self._back(at, ground)

    @transition(
        field=state,
        source=[STATE.SUSPENDED],
        target=STATE.CONDITIONAL,
        permission=by_settling,
        missing=in_the_way_of_reinstating,
        needs_reason=True,
    )
    def reinstate_with_conditions(self, *, by: Any, at: datetime, ground: Ground, **own: Any) -> None:
        """Valid again while conditions are still open."""
        self._back(at, ground)

    @transition(
        field=state,
        source=[STATE.SUSPENDED],
        target=STATE.ACTIVE,
        permission=by_settling,
        needs_reason=True,
    )
    def lift(self, *, by: Any, at: datetime, ground: Ground, **own: Any) -> None:
        """An appeal overturned the suspension: whatever else is wrong is for its own rule or proposal."""
        self._back(at, ground)

    @transition(
        field=state,
        source=[STATE.SUSPENDED],
        target=STATE.CONDITIONAL,
        permission=by_settling,
        needs_reason=True,
    )
    def lift_with_conditions(self, *, by: Any, at: datetime, ground: Ground, **own: Any) -> None:
        """The same, while conditions are still open."""
        self._back(at, ground)

    @transition(
        field=state,
        source=list(RUNNING),
        target=STATE.WITHDRAWN,
        permission=by_settling,
        needs_reason=True,
    )
    def withdraw(self, *, by: Any, at: datetime, why: Why, ground: Ground, **own: Any) -> None:
        """Over for good, by the scheme."""
        self._explain(why)
        self._rest_on(ground)
        self._end(at.date())

    @transition(
        field=state,
        source=list(RUNNING),
        target=STATE.RELINQUISHED,
        permission=by_signatory,
        needs_reason=True,
    )
    def relinquish(self, *, by: User, at: datetime, why: str, **own: Any) -> None:
        """Over for good, by the agency."""
        self._explain(Why(why, ReasonCode.ASKED_BY_AGENCY, ""))
        self._end(at.date())

    @transition(field=state, source=list(RUNNING), target=STATE.EXPIRED, permission=by_system)
    def expire(self, *, by: Any, at: datetime, **own: Any) -> None:
        """Over by its date: the first day on which it no longer holds."""
        self._end(self.expires_on)

    @transition(field=state, source=list(RUNNING), target=STATE.SUPERSEDED, permission=by_issuing)
    def supersede(self, *, by: Any, at: datetime, ground: Ground, **own: Any) -> None:
        """A later revision takes its place."""
        self._rest_on(ground)
        self._end(at.date())

    def _explain(self, why: Why) -> None:
        self.state_reason, self.reason_code, self.public_note = why.reason, why.code, why.public_note

    def _rest_on(self, ground: Ground) -> None:
        self.settled_by_id, self.rule = ground.decision_id, ground.rule

    def _back(self, at: datetime, ground: Ground) -> None:
        self._explain(Why("", "", ""))
        self._rest_on(ground)
        self.suspended_on = self.suspension_ends_on = None
        self.state_since = at.date()

    def _end(self, on: date) -> None:
        self.suspended_on = self.suspension_ends_on = None
        self.state_since = self.ended_on = on

    # -- questions ----------------------------------------------------------------------------------

    @property
    def standing(self) -> Standing:
        """What this revision is worth today."""
        return standing_on(self, clocks.today())

    @property
    def in_force(self) -> bool:
        """Whether it may be relied on today."""
        return self.state in IN_FORCE and self.effective_on <= clocks.today() <= self.expires_on

    @property
    def corridor_lines(self) -> list[str]:
        """The corridors in words, one each."""
        return [corridor.text for corridor in self.corridors.all()]

    @property
    def pdf_address(self) -> str:
        """Where people who may have the PDF get it; empty while it is being made or may not be shown."""
        return reverse("certificates:pdf", args=[self.pk]) if self.pdf_id and self.in_force else ""

    @property
    def sector_names(self) -> list[str]:
        """The sectors in words."""
        return [str(sector_name(sector)) for sector in self.sectors]

    @property
    def reason_label(self) -> str:
        """The published reason in words."""
        return str(ReasonCode(self.reason_code).label) if self.reason_code else ""
