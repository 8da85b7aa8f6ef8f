"""The decision log: what was decided about a recruiter, on what it rests, and the conditions that come with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from iris.core import clocks
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.places import COUNTRY_CHOICES
from supplychain.diligence.permissions import approves, meets, takes_back, takes_effect, waives
from supplychain.diligence.states import Approval, ConditionState, DecisionState, InboxLaw, Outcome

STATE = DecisionState
DECIDED = (STATE.IN_FORCE, STATE.SUPERSEDED)


class Settings(Record):
    """How one employer works: when a second person is asked, and its inbox for requests."""

    organisation = models.OneToOneField(
        "iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    approval = models.CharField(max_length=8, choices=Approval.choices, default=Approval.RISKY)
    inbox_open = models.BooleanField(default=False)
    inbox_law = models.CharField(max_length=4, choices=InboxLaw.choices, default=InboxLaw.OWN)
    inbox_days = models.PositiveSmallIntegerField(null=True, blank=True)
    inbox_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="diligence_days_sensible",
                condition=Q(inbox_days__isnull=True) | Q(inbox_days__gte=1, inbox_days__lte=90),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class NumberSequence(models.Model):
    """The last number of a series in a year."""

    series = models.CharField(max_length=10, primary_key=True)  # "D-2026"
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class Decision(Record):
    """One decision about one recruiter. What it says never changes; a later one replaces it."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES, blank=True)
    key = models.CharField(max_length=400)  # the agency's id, or the name's key with the country
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField()
    basis = models.TextField()  # canonical JSON of what was known when it was proposed
    basis_sha256 = models.CharField(max_length=64)
    receipt = models.ForeignKey(
        "supplychain_lookups.Lookup", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    needs_approval = models.BooleanField()
    why_approval = models.JSONField(default=list)
    approver = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    state = StateField(DecisionState, default=DecisionState.PROPOSED)
    state_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-proposed_at", "-created_at"]
        indexes = [models.Index(fields=["organisation", "key"], name="diligence_decision_key")]
        constraints = [
            models.CheckConstraint(name="diligence_decision_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="diligence_decided_is_signed",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | ~Q(state__in=DECIDED),
            ),
            models.CheckConstraint(
                name="diligence_second_person",
                condition=~Q(needs_approval=True, state__in=DECIDED, decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="diligence_replaced_names_the_next",
                condition=Q(state=STATE.SUPERSEDED, replaced_by__isnull=False)
                | (~Q(state=STATE.SUPERSEDED) & Q(replaced_by__isnull=True)),
            ),
            models.UniqueConstraint(
                name="diligence_one_in_force",
                fields=["organisation", "key"],
                condition=Q(state=STATE.IN_FORCE),
            ),
            models.CheckConstraint(
                name="diligence_basis_has_hash", condition=Q(basis_sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def outcome_member(self) -> Outcome:
        """The outcome as its member, for state tags."""
        return Outcome(self.outcome)

    @transition(field=state, source=[STATE.PROPOSED], target=STATE.IN_FORCE, permission=takes_effect)
    def take_effect(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """One person may decide this."""
        self.decided_by_id, self.decided_at = by.id, at

    @transition(field=state, source=[STATE.PROPOSED], target=STATE.IN_FORCE, permission=approves)
    def approve(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """A second person agrees."""
        self.decided_by_id, self.decided_at = by.id, at

    @transition(
        field=state, source=[STATE.PROPOSED], target=STATE.DECLINED, permission=approves, needs_reason=True
    )
    def decline(self, *, by: Actor, at: datetime, why: str, **own: Any) -> None:
        """A second person does not agree."""
        self.decided_by_id, self.decided_at, self.state_reason = by.id, at, why

    @transition(field=state, source=[STATE.PROPOSED], target=STATE.WITHDRAWN, permission=takes_back)
    def withdraw(self, *, by: Actor, at: datetime, **own: Any) -> None:
        """The proposer thinks again."""

    @transition(field=state, source=[STATE.IN_FORCE], target=STATE.SUPERSEDED)
    def supersede(self, *, by: Actor, at: datetime, later: Decision, **own: Any) -> None:
        """A later decision about the same recruiter is in force."""
        self.replaced_by = later


class Condition(Record):
    """What has to happen, by whom, until when. Counts from the day its decision is in force."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    responsible = models.CharField(max_length=160)
    due_on = models.DateField()
    state = StateField(ConditionState, default=ConditionState.OPEN)
    note = models.TextField(blank=True)
    evidence = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(name="diligence_condition_once", fields=["decision", "number"]),
            models.CheckConstraint(
                name="diligence_condition_closed_is_signed",
                condition=Q(state=ConditionState.OPEN, closed_by=None, closed_at=None)
                | (~Q(state=ConditionState.OPEN) & Q(closed_by__isnull=False, closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="diligence_condition_met_is_shown",
                condition=Q(state=ConditionState.OPEN) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.number}"

    def overdue_on(self, day: date) -> bool:
        """Whether it is open and its last day has passed."""
        return bool(self.state == ConditionState.OPEN and self.due_on < day)

    @property
    def overdue(self) -> bool:
        """Whether it is overdue today."""
        return self.overdue_on(clocks.today())

    @transition(field=state, source=[ConditionState.OPEN], target=ConditionState.MET, permission=meets)
    def meet(self, *, by: Actor, at: datetime, note: str, **own: Any) -> None:
        """It has happened, and this shows it."""
        self.note, self.closed_by_id, self.closed_at = note, by.id, at

    @transition(
        field=state,
        source=[ConditionState.OPEN],
        target=ConditionState.WAIVED,
        permission=waives,
        needs_reason=True,
    )
    def waive(self, *, by: Actor, at: datetime, why: str, **own: Any) -> None:
        """It is not asked for any more, and why."""
        self.note, self.closed_by_id, self.closed_at = why, by.id, at
