"""Opening and closing meetings: who was there, what was explained, who says so. Rows are only ever added."""

from __future__ import annotations

from datetime import date
from secrets import token_hex

from django.db import models
from django.db.models import Q
from django.urls import reverse

from iris.core import clocks
from iris.core.models import Record

from ..states import MeetingKind, Side


class Meeting(Record):
    """One meeting as it was held. A correction is a new record that takes the place of the earlier one."""

    append_only = True

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=8, choices=MeetingKind.choices)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    remote = models.BooleanField(default=False)
    # As they stood at that moment: [{"text", "explained"}] and [{"number", "grade", "label", "title"}].
    points = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    recorded_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    why_replaced = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "kind"], condition=Q(replaces=None), name="one_first_record_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, why_replaced="")
                | (Q(replaces__isnull=False) & ~Q(why_replaced="")),
                name="meeting_corrected_with_reason",
            ),
            models.CheckConstraint(condition=~Q(place=""), name="meeting_has_a_place"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.held_at}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("fieldwork:meeting", args=[self.audit_id, self.kind])

    @property
    def is_replaced(self) -> bool:
        """Whether a correction took its place."""
        return hasattr(self, "replaced_by")

    @property
    def links_end_on(self) -> date:
        """The last day on which links to acknowledge it work."""
        return clocks.deadline(self.created_at, "meeting_link_days")


def new_code() -> str:
    """What stands in the link of one person: 80 bits that nobody guesses."""
    return token_hex(10)


class Attendee(Record):
    """Somebody who was there: people of the agency, auditors, interpreters; never workers."""

    append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    side = models.CharField(max_length=8, choices=Side.choices)
    person = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name", "side"], name="attendee_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(function=""), name="attendee_has_a_function"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def signs(self) -> bool:
        """Whether this person is asked to acknowledge: those of the agency are."""
        return self.side == Side.AGENCY

    @property
    def acknowledgement_or_none(self) -> Acknowledgement | None:
        """What this person said, if anything yet."""
        return getattr(self, "acknowledgement", None)


class Acknowledgement(Record):
    """One person of the agency says, once, that they were there, and with what they do not agree."""

    append_only = True

    attendee = models.OneToOneField(Attendee, on_delete=models.PROTECT, related_name="acknowledgement")
    agrees = models.BooleanField()
    disagreement = models.TextField(blank=True)
    by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True, disagreement="") | (Q(agrees=False) & ~Q(disagreement="")),
                name="disagreement_in_a_meeting_says_with_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attendee_id}: {self.agrees}"

    @property
    def reply_or_none(self) -> DisagreementReply | None:
        """What the auditors said to it, if anything yet."""
        return getattr(self, "reply", None)


class DisagreementReply(Record):
    """What the auditors say to a disagreement; both sides stay on record (R40)."""

    append_only = True

    acknowledgement = models.OneToOneField(Acknowledgement, on_delete=models.PROTECT, related_name="reply")
    text = models.TextField()
    by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reply_to_disagreement_in_words")]

    def __str__(self) -> str:
        return str(self.acknowledgement_id)
