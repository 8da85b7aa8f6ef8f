"""A finding tied to an indicator, what the agency does about it, and the proof."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions, rules
from ..states import (
    AGENCY_TURN,
    ANSWERED_GRADES,
    BLOCKING_GRADES,
    GRADE_ICONS,
    GRADE_TONES,
    ISSUED_ONWARDS,
    OPEN,
    Clock,
    FindingState,
    Grade,
    Verification,
)

if TYPE_CHECKING:
    from .action import CorrectiveAction
    from .containment import Containment

S = FindingState


class Finding(Record):
    """One thing the audit found, from its draft to its end."""

    audit = models.ForeignKey("audits_engagements.Audit", on_delete=models.PROTECT, related_name="findings")
    indicator = models.ForeignKey(
        "certification_standard.Indicator", on_delete=models.PROTECT, related_name="findings"
    )
    number = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=16, choices=Grade.choices)
    grade_reason = models.TextField(blank=True)  # why a lower grade than the data asks for
    on_site = models.BooleanField(default=False)  # its correction is seen on site before it is closed
    # The minor of the last audit that this one repeats, and the later finding that an open minor became.
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by"
    )
    carried_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carries"
    )
    state = StateField(FindingState, default=FindingState.DRAFT)
    title = models.CharField(max_length=200)
    statement = models.TextField()
    evidence = models.TextField(blank=True)  # in words; empty only where rows below hold it
    evidence_items = models.ManyToManyField("audits_fieldwork.Evidence", blank=True, related_name="findings")
    raised_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    contain_due = models.DateField(null=True, blank=True)
    plan_due = models.DateField(null=True, blank=True)
    evidence_due = models.DateField(null=True, blank=True)
    # The days as the grade gave them; a later day above needs an extension that was granted (trigger).
    first_contain_due = models.DateField(null=True, blank=True)
    first_plan_due = models.DateField(null=True, blank=True)
    first_evidence_due = models.DateField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    withdrawn_reason = models.TextField(blank=True)
    verification = models.CharField(max_length=8, choices=Verification.choices, blank=True)
    verification_note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    disagreement = models.TextField(blank=True)
    disagreed_at = models.DateTimeField(null=True, blank=True)
    disagreement_answer = models.TextField(blank=True)

    class Meta:
        ordering = ["audit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="finding_number_once_per_audit"),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(issued_at__isnull=False) | Q(state=S.WITHDRAWN),
                name="finding_past_draft_was_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RETURNED) | ~Q(returned_reason=""), name="finding_returned_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="finding_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED) | Q(closed_at__isnull=False), name="finding_closed_has_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED, grade__in=ANSWERED_GRADES) | ~Q(verification=""),
                name="finding_closed_says_how_verified",
            ),
            models.CheckConstraint(
                condition=Q(disagreed_at__isnull=True) | ~Q(disagreement=""), name="disagreement_is_in_words"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.WITHDRAWN])
                | ~Q(grade__in=ANSWERED_GRADES)
                | Q(plan_due__isnull=False, evidence_due__isnull=False),
                name="issued_finding_has_its_clocks",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED, on_site=True, grade__in=ANSWERED_GRADES)
                | Q(verification=Verification.SITE),
                name="finding_seen_on_site_is_not_closed_on_the_desk",
            ),
            models.CheckConstraint(condition=~Q(repeats=models.F("id")), name="finding_repeats_another"),
        ]
        indexes = [models.Index(fields=["audit", "state"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.state in OPEN

    @property
    def is_issued(self) -> bool:
        """Whether the agency may read it."""
        return self.state in ISSUED_ONWARDS and self.issued_at is not None

    @property
    def is_noted(self) -> bool:
        """Whether it is on record and asks for nothing: an observation or a good practice."""
        return self.state == S.CLOSED and self.grade not in ANSWERED_GRADES

    @property
    def blocks_grant(self) -> bool:
        """Whether it stands against a grant."""
        return self.is_open and self.grade in BLOCKING_GRADES

    @property
    def running(self) -> dict[Clock, date]:
        """The clocks that run against the agency now, each with its day."""
        clocks_now: dict[Clock, date] = {}
        if self.carried_to_id is not None or not self.is_issued or not self.is_open:
            return clocks_now
        contained = self.current_containment
        if self.contain_due and (contained is None or not contained.stands):
            clocks_now[Clock.CONTAINMENT] = self.contain_due
        if self.state in AGENCY_TURN:
            agreed = self.current_action is not None and self.current_action.agreed_at is not None
            step = Clock.EVIDENCE if agreed else Clock.PLAN
            day = self.day_of(step)
            if day:
                clocks_now[step] = day
        return clocks_now

    def day_of(self, clock: str) -> date | None:
        """The day of one clock, whether it runs or not."""
        days = {
            Clock.CONTAINMENT: self.contain_due,
            Clock.PLAN: self.plan_due,
            Clock.EVIDENCE: self.evidence_due,
        }
        return days[Clock(clock)]

    def first_day_of(self, clock: str) -> date | None:
        """The day of one clock as the grade gave it."""
        days = {
            Clock.CONTAINMENT: self.first_contain_due,
            Clock.PLAN: self.first_plan_due,
            Clock.EVIDENCE: self.first_evidence_due,
        }
        return days[Clock(clock)]

    @property
    def due(self) -> date | None:
        """The day by which the agency's next step is due."""
        return min(self.running.values(), default=None)

    @property
    def is_late(self) -> bool:
        """Whether a step of the agency is overdue."""
        return bool(self.late_clocks)

    @property
    def late_clocks(self) -> list[Clock]:
        """The clocks that have run out."""
        today = clocks.today()
        return [clock for clock, day in self.running.items() if day < today]

    @property
    def tone(self) -> str:
        """The tone of its grade."""
        return GRADE_TONES[self.grade]

    @property
    def icon(self) -> str:
        """The icon of its grade."""
        return GRADE_ICONS[self.grade]

    @cached_property
    def current_action(self) -> CorrectiveAction | None:
        """The latest plan of the agency."""
        return max(self.actions.all(), key=lambda action: action.round, default=None)

    @cached_property
    def current_containment(self) -> Containment | None:
        """The latest word of the agency on what it did at once."""
        return max(self.containments.all(), key=lambda one: one.round, default=None)

    def forget_containments(self) -> None:
        """Read the containments anew, after one was added."""
        self.__dict__.pop("current_containment", None)
        getattr(self, "_prefetched_objects_cache", {}).pop("containments", None)

    def forget_actions(self) -> None:
        """Read the plans anew, after one was added."""
        self.__dict__.pop("current_action", None)
        getattr(self, "_prefetched_objects_cache", {}).pop("actions", None)

    @transition(field=state, source=S.DRAFT, target=S.ISSUED, permission=permissions.may_judge)
    def issue(self, *, by: Any, at: datetime) -> None:
        """Hand it to the agency; the clocks of its grade start."""
        self.issued_at = at
        self.start_clocks(at.date())

    def start_clocks(self, on: date) -> None:
        """Set the deadlines of the grade, counted from a day; more time granted for another grade falls away."""
        self.contain_due = self.first_contain_due = rules.contain_due(self.grade, on)
        self.plan_due = self.first_plan_due = rules.plan_due(self.grade, on)
        self.evidence_due = self.first_evidence_due = rules.evidence_due(self.grade, on)

    def put_off(self, clock: str, until: date) -> None:
        """Move the day of a clock, as an extension grants it."""
        name = {Clock.CONTAINMENT: "contain_due", Clock.PLAN: "plan_due", Clock.EVIDENCE: "evidence_due"}
        setattr(self, name[Clock(clock)], until)

    @transition(field=state, source=S.ISSUED, target=S.CLOSED, permission=permissions.may_judge)
    def note(self, *, by: Any, at: datetime) -> None:
        """Close what needs no answer."""
        self.closed_at = at

    @transition(
        field=state,
        source=[S.ISSUED, S.RETURNED],
        target=S.ANSWERED,
        permission=permissions.may_answer,
        missing=rules.missing_for_answer,
    )
    def answer(self, *, by: Any, at: datetime) -> None:
        """Send root cause and plan to the auditor."""
        self.returned_reason = ""

    @transition(
        field=state, source=S.ANSWERED, target=S.RETURNED, permission=permissions.may_judge, needs_reason=True
    )
    def return_answer(self, *, by: Any, at: datetime, because: str) -> None:
        """Send the plan back."""
        self.returned_reason = because

    @transition(field=state, source=S.ANSWERED, target=S.ACTION_AGREED, permission=permissions.may_judge)
    def agree_action(self, *, by: Any, at: datetime) -> None:
        """Agree to the plan; the agency carries it out and sends evidence."""

    @transition(
        field=state,
        source=[S.ACTION_AGREED, S.RETURNED],
        target=S.EVIDENCE_SENT,
        permission=permissions.may_answer,
        missing=rules.missing_for_evidence,
    )
    def send_evidence(self, *, by: Any, at: datetime) -> None:
        """Send the proof that it was carried out."""
        self.returned_reason = ""

    @transition(
        field=state,
        source=S.EVIDENCE_SENT,
        target=S.RETURNED,
        permission=permissions.may_judge,
        needs_reason=True,
    )
    def return_evidence(self, *, by: Any, at: datetime, because: str) -> None:
        """Send the evidence back."""
        self.returned_reason = because

    @transition(
        field=state,
        source=S.EVIDENCE_SENT,
        target=S.CLOSED,
        permission=permissions.may_judge,
        missing=rules.missing_for_close,
    )
    def close(self, *, by: Any, at: datetime, verification: str, note: str) -> None:
        """Close it, having verified the correction."""
        self.closed_at = at
        self.verification = verification
        self.verification_note = note

    @transition(
        field=state,
        source=[S.ISSUED, S.ANSWERED, S.RETURNED, S.ACTION_AGREED, S.EVIDENCE_SENT],
        target=S.CLOSED,
        permission=permissions.may_settle,
    )
    def settle(self, *, by: Any, at: datetime, verification: str, note: str) -> None:
        """Close a minor together with the later finding that it became."""
        self.closed_at = at
        self.verification = verification
        self.verification_note = note

    @transition(
        field=state,
        source=[S.DRAFT, S.ISSUED, S.ANSWERED, S.RETURNED, S.ACTION_AGREED, S.EVIDENCE_SENT],
        target=S.WITHDRAWN,
        permission=permissions.may_judge,
        needs_reason=True,
    )
    def withdraw(self, *, by: Any, at: datetime, because: str) -> None:
        """Take it back: it was not so."""
        self.withdrawn_reason = because
