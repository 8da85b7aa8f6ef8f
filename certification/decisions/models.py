"""Bars, decisions, votes and appeals.

Migrations 0002_guards and 0004_four_eyes put the four eyes under them in plain SQL triggers.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.decisions.permissions import (
    may_acknowledge,
    may_answer_for_office,
    may_decide,
    speaks_for_agency,
)
from certification.decisions.states import (
    OPEN_APPEALS,
    UNDECIDED_STATES,
    AppealAnswer,
    AppealState,
    BarKind,
    DecisionState,
)
from iris.core.fsm import StateField, transition
from iris.core.models import Record

if TYPE_CHECKING:
    from iris.accounts.models import User


class Bar(Record):
    """One reason why one person may not decide on one agency, from a day, until a day or for good.

    Rows are never deleted and never shortened: taking a bar back is exactly how somebody would get round
    the four eyes. An end may only move later, or be lifted to "for good". A bar without an end stays.
    """

    agency = models.ForeignKey("certification_agencies.Agency", on_delete=models.PROTECT, related_name="bars")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="bars")
    kind = models.CharField(max_length=16, choices=BarKind.choices)
    since = models.DateField(help_text=_("First day of the tie; the bar holds from this day."))
    until = models.DateField(
        null=True, blank=True, help_text=_("Last day on which the bar holds. Empty: it holds for good.")
    )
    source = models.CharField(max_length=200, help_text=_("Where we know it from, in words."))

    class Meta:
        ordering = ["since", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "person", "kind", "source"], name="bar_said_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="bar_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="bar_has_a_source"),
            models.CheckConstraint(condition=Q(kind__in=BarKind.values), name="bar_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.since}"


class Decision(Record):
    """One question about one agency, answered once by people who had no part in what led to it.

    Generic over its subject (an application, a suspension, a repayment): the subject is kept as a uuid and a label,
    so that this room knows none of the rooms above it. With `four_eyes` whoever asked may not answer; with
    `votes_needed` above one that many votes have to agree.
    """

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="decisions"
    )
    subject_label = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    question = models.CharField(max_length=300)
    facts = models.JSONField(
        default=dict, blank=True, help_text=_("What lay before the decider, as it was then.")
    )
    opened_by = models.ForeignKey(
        "iris_accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions_opened",
        help_text=_("Who asked. Empty: the system did, by a deadline or a register."),
    )
    four_eyes = models.BooleanField(default=False, help_text=_("Whoever asked may not answer."))
    votes_needed = models.PositiveSmallIntegerField(
        default=1, help_text=_("So many votes have to agree before it is decided.")
    )
    proposal = models.JSONField(
        null=True, blank=True, help_text=_("What happens when it is accepted, as it was proposed.")
    )
    due_on = models.DateField(null=True, blank=True, help_text=_("Day by which an answer is due."))
    state = StateField(DecisionState, default=DecisionState.OPEN)
    outcome = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="decision_undecided_is_blank",
                condition=~Q(state__in=UNDECIDED_STATES)
                | Q(outcome="", reasons="", decided_by__isnull=True, decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_decided_is_signed",
                condition=Q(state__in=UNDECIDED_STATES)
                | (
                    ~Q(outcome="")
                    & ~Q(reasons="")
                    & Q(decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(name="decision_state_known", condition=Q(state__in=DecisionState.values)),
            models.CheckConstraint(
                name="decision_needs_a_vote", condition=Q(votes_needed__gte=1, votes_needed__lte=9)
            ),
            models.UniqueConstraint(
                name="decision_one_open_per_subject",
                fields=["subject_label", "subject_id"],
                condition=Q(state__in=UNDECIDED_STATES),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @transition(field=state, source=[DecisionState.OPEN], target=DecisionState.VOTING, permission=may_decide)
    def begin_voting(self, **own: Any) -> None:
        """The first of several votes is in."""

    @transition(
        field=state,
        source=UNDECIDED_STATES,
        target=DecisionState.DECIDED,
        permission=may_decide,
        needs_reason=True,
    )
    def decide(self, *, by: User, at: datetime, outcome: str, reasons: str, **own: Any) -> None:
        """Enough votes agree: from here on the row never changes again, save that it may be appealed."""
        self.outcome = outcome
        self.reasons = reasons
        self.decided_by = by
        self.decided_at = at

    @transition(
        field=state,
        source=[DecisionState.OPEN],
        target=DecisionState.DECIDED,
        permission=may_answer_for_office,
        needs_reason=True,
    )
    def answer_by_office(self, *, by: User, at: datetime, outcome: str, reasons: str) -> None:
        """The office answered by itself, as in screening; kept as a decision so that it can be appealed."""
        self.outcome, self.reasons = outcome, reasons
        self.decided_by, self.decided_at = by, at

    @transition(
        field=state,
        source=[DecisionState.DECIDED],
        target=DecisionState.APPEALED,
        permission=speaks_for_agency,
    )
    def contest(self, **own: Any) -> None:
        """The agency appeals."""

    @transition(
        field=state,
        source=[DecisionState.APPEALED],
        target=DecisionState.DECIDED,
        permission=speaks_for_agency,
    )
    def accept_again(self, **own: Any) -> None:
        """The agency withdrew its appeal."""

    @transition(
        field=state, source=[DecisionState.APPEALED], target=DecisionState.UPHELD, permission=may_decide
    )
    def uphold(self, **own: Any) -> None:
        """The appeal was dismissed."""

    @transition(
        field=state, source=[DecisionState.APPEALED], target=DecisionState.OVERTURNED, permission=may_decide
    )
    def overturn(self, **own: Any) -> None:
        """The appeal was upheld: what was decided no longer holds."""


class Appeal(Record):
    """The agency's answer to a decision it holds to be wrong, heard by other people. One for each decision."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="appeals"
    )
    grounds = models.TextField()
    document = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = StateField(AppealState, default=AppealState.RECEIVED)
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, related_name="appeals_made"
    )
    acknowledge_by = models.DateField()
    due_on = models.DateField(help_text=_("Day by which the agency gets its answer."))
    votes_needed = models.PositiveSmallIntegerField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="appeals_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(name="appeal_has_grounds", condition=~Q(grounds="")),
            models.CheckConstraint(name="appeal_state_known", condition=Q(state__in=AppealState.values)),
            models.CheckConstraint(
                name="appeal_votes_counted", condition=Q(votes_needed__gte=1, votes_needed__lte=9)
            ),
            models.CheckConstraint(
                name="appeal_heard_is_acknowledged",
                condition=~Q(state=AppealState.IN_HEARING) | Q(acknowledged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_answered_is_signed",
                condition=(
                    Q(state__in=AppealAnswer.values, decided_by__isnull=False, decided_at__isnull=False)
                    | (
                        ~Q(state__in=AppealAnswer.values)
                        & Q(decided_by__isnull=True, decided_at__isnull=True)
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.state in OPEN_APPEALS

    @transition(
        field=state,
        source=[AppealState.RECEIVED],
        target=AppealState.IN_HEARING,
        permission=may_acknowledge,
    )
    def acknowledge(self, *, by: User, at: datetime, **own: Any) -> None:
        """The scheme says that it has the appeal and who will hear it."""
        self.acknowledged_at = at

    @transition(
        field=state,
        source=[AppealState.IN_HEARING],
        target=AppealState.UPHELD,
        permission=may_decide,
        needs_reason=True,
    )
    def uphold(self, *, by: User, at: datetime, **own: Any) -> None:
        """The agency was right."""
        self.decided_by = by
        self.decided_at = at

    @transition(
        field=state,
        source=[AppealState.IN_HEARING],
        target=AppealState.DISMISSED,
        permission=may_decide,
        needs_reason=True,
    )
    def dismiss(self, *, by: User, at: datetime, **own: Any) -> None:
        """The decision was right."""
        self.decided_by = by
        self.decided_at = at

    @transition(field=state, source=OPEN_APPEALS, target=AppealState.WITHDRAWN, permission=speaks_for_agency)
    def withdraw(self, **own: Any) -> None:
        """The agency takes its appeal back."""


class Vote(Record):
    """One person's answer to one question or one appeal. Written once, never changed."""

    append_only = True

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="votes"
    )
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="votes")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="votes")
    outcome = models.CharField(max_length=40)
    reasons = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="vote_on_one_thing",
                condition=Q(decision__isnull=True, appeal__isnull=False)
                | Q(decision__isnull=False, appeal__isnull=True),
            ),
            models.CheckConstraint(name="vote_has_outcome", condition=~Q(outcome="")),
            models.CheckConstraint(name="vote_has_reasons", condition=~Q(reasons="")),
            models.UniqueConstraint(name="vote_once_on_a_decision", fields=["decision", "person"]),
            models.UniqueConstraint(name="vote_once_on_an_appeal", fields=["appeal", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.outcome}"
