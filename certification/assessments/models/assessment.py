"""The self-assessment of one agency against one edition of the Standard."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet

from certification.assessments.permissions import may_declare, may_reopen
from certification.assessments.rules import MissingThing, missing_for_freeze
from certification.assessments.states import OPEN_STATES, AssessmentState
from iris.core.fsm import StateField, transition
from iris.core.models import Record

if TYPE_CHECKING:
    from certification.assessments.models.answer import Answer
    from certification.assessments.models.ledger import JobOrder
    from iris.accounts.models import User


def _missing_texts(assessment: Assessment) -> list[str]:
    return [str(thing) for thing in missing_for_freeze(assessment)]


class Assessment(Record):
    """One round of self-assessment. Once frozen, nothing of it changes; a change is a new revision or a new cycle."""

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="assessments"
    )
    edition = models.ForeignKey("certification_standard.Edition", on_delete=models.PROTECT, related_name="+")
    cycle = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = StateField(AssessmentState, default=AssessmentState.DRAFT)
    due_on = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declaration_name = models.CharField(max_length=200, blank=True)
    declaration_role = models.CharField(max_length=200, blank=True)
    declaration_text = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    reopen_reason = models.TextField(blank=True)
    ledger_flagged = models.BooleanField(default=False)
    ledger_note = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-cycle", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "cycle", "revision"], name="assessment_one_per_cycle_revision"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(state__in=OPEN_STATES), name="assessment_one_open_per_agency"
            ),
            models.CheckConstraint(
                name="assessment_frozen_is_signed",
                condition=Q(
                    state__in=(*OPEN_STATES, AssessmentState.WITHDRAWN),
                    frozen_at=None,
                    frozen_by=None,
                    content_hash="",
                    declaration_text="",
                )
                | (
                    Q(state__in=(AssessmentState.FROZEN, AssessmentState.SUPERSEDED))
                    & Q(frozen_at__isnull=False, frozen_by__isnull=False)
                    & ~Q(content_hash="")
                    & ~Q(declaration_name="")
                    & ~Q(declaration_text="")
                ),
            ),
            models.CheckConstraint(condition=~Q(id=F("previous")), name="assessment_not_its_own_previous"),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=AssessmentState.WITHDRAWN) & Q(withdrawn_at=None)),
                name="assessment_withdrawn_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.REOPENED)
                | (~Q(reopen_reason="") & Q(previous__isnull=False, due_on__isnull=False)),
                name="assessment_reopened_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.cycle}.{self.revision}"

    @property
    def is_open(self) -> bool:
        """Whether the agency can still change it."""
        return self.state in OPEN_STATES

    @property
    def is_reopened(self) -> bool:
        """Whether only the questions that the scheme marked can change."""
        return bool(self.state == AssessmentState.REOPENED)

    @property
    def may_change_ledger(self) -> bool:
        """Whether job orders and costs can still change: in a draft, and where the scheme asked about the ledger."""
        return self.state == AssessmentState.DRAFT or (self.is_reopened and self.ledger_flagged)

    def answers_in_order(self) -> QuerySet[Answer]:
        """All answers in the order of the Standard, each with its place in it."""
        return self.answers.select_related("indicator__criterion__principle").order_by(
            "indicator__criterion__principle__order", "indicator__criterion__order", "indicator__order"
        )

    def job_orders_in_order(self) -> QuerySet[JobOrder]:
        """All job orders by corridor, with their lines and proofs."""
        from certification.assessments.models.ledger import CostLine

        lines = CostLine.objects.select_related("proof__file").order_by("category", "created_at")
        return self.job_orders.order_by("origin", "destination", "reference").prefetch_related(
            Prefetch("cost_lines", queryset=lines)
        )

    def missing(self) -> list[MissingThing]:
        """What stands between this assessment and the declaration."""
        return missing_for_freeze(self)

    @transition(
        field=state,
        source=[AssessmentState.DRAFT, AssessmentState.REOPENED],
        target=AssessmentState.FROZEN,
        permission=may_declare,
        missing=_missing_texts,
    )
    def freeze(self, *, by: User, at: datetime, name: str, role: str, text: str, content_hash: str) -> None:
        """The signatory declares it true; from here on it only stands."""
        self.frozen_at = at
        self.frozen_by = by
        self.declaration_name = name
        self.declaration_role = role
        self.declaration_text = text
        self.content_hash = content_hash

    @transition(
        field=state,
        source=[AssessmentState.DRAFT],
        target=AssessmentState.REOPENED,
        permission=may_reopen,
        needs_reason=True,
    )
    def reopen(self, *, by: User, at: datetime) -> None:
        """A copy of a frozen one is opened by the scheme for the questions it marked."""

    @transition(
        field=state,
        source=[AssessmentState.REOPENED],
        target=AssessmentState.WITHDRAWN,
        permission=may_reopen,
        needs_reason=True,
    )
    def withdraw_reopening(self, *, by: User, at: datetime) -> None:
        """The scheme needs no new answers any more; the declared one stands."""
        self.withdrawn_at = at

    @transition(field=state, source=[AssessmentState.FROZEN], target=AssessmentState.SUPERSEDED)
    def supersede(self, *, by: User, at: datetime) -> None:
        """A newer one takes its place."""


class AssessmentReader(Record):
    """An organisation outside the agency that may read one assessment: the audit firm of its audit."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="readers")
    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "organisation"], name="assessment_reader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} reads {self.assessment_id}"
