"""The audit itself and its way from the offer to the report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from .. import permissions, rules
from ..states import (
    CASE_KINDS,
    LIVE,
    ORDERED_KINDS,
    AuditKind,
    AuditState,
    Readiness,
)
from .facts import AuditFacts

S = AuditState


class AuditNumber(models.Model):
    """The last number given in a year; locked while the next one is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Audit(AuditFacts, Record):
    """One firm's audit of one agency. An offer that is declined ends here; the next offer is a new audit.

    An initial or recertification audit is held for its application. A surveillance or special audit is held for an
    order of the scheme, a closure audit for the findings of an earlier audit; both hang on the application on which
    the certificate was granted, whose frozen self-assessment they read.
    """

    kind = models.CharField(max_length=16, choices=AuditKind.choices, default=AuditKind.INITIAL)
    number = models.CharField(max_length=32, unique=True)
    application = models.ForeignKey(
        "certification_applications.Application", on_delete=models.PROTECT, related_name="audits"
    )
    order = models.ForeignKey(
        "certification_certificates.AuditOrder",
        on_delete=models.PROTECT,
        related_name="audits",
        null=True,
        blank=True,
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="followed_by", null=True, blank=True
    )
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="audits"
    )
    firm = models.ForeignKey("audits_bodies.AuditFirm", on_delete=models.PROTECT, related_name="audits")
    lead = models.ForeignKey("audits_bodies.Auditor", on_delete=models.PROTECT, related_name="led_audits")
    state = StateField(AuditState, default=AuditState.PROPOSED)
    staff = models.PositiveIntegerField()
    branches = models.PositiveIntegerField()
    corridors = models.PositiveIntegerField()
    days_by_table = models.DecimalField(max_digits=5, decimal_places=1)
    days = models.DecimalField(max_digits=5, decimal_places=1)
    days_reason = models.TextField(blank=True)
    # What has to be rated: these principles and, beyond them, these indicators. Both empty: the whole edition.
    scope_principles = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    scope_indicators = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    # The agency sees nothing of the audit before this day. None: from the day a firm takes it.
    told_on = models.DateField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    stage1_on = models.DateField(null=True, blank=True)
    stage2_from = models.DateField(null=True, blank=True)
    stage2_to = models.DateField(null=True, blank=True)
    stage1_started_at = models.DateTimeField(null=True, blank=True)
    stage1_closed_at = models.DateTimeField(null=True, blank=True)
    readiness = models.CharField(max_length=16, choices=Readiness.choices, blank=True)
    readiness_text = models.TextField(blank=True)
    stage2_started_at = models.DateTimeField(null=True, blank=True)
    stage2_ended_on = models.DateField(null=True, blank=True)
    report_due = models.DateField(null=True, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind__in=CASE_KINDS) & ~Q(state__in=[S.DECLINED, S.CANCELLED]),
                name="one_audit_at_work_per_application",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(order__isnull=False) & ~Q(state__in=[S.DECLINED, S.CANCELLED]),
                name="one_audit_at_work_per_order",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(kind=AuditKind.CLOSURE) & ~Q(state__in=[S.DECLINED, S.CANCELLED, S.REPORTED]),
                name="one_closure_audit_at_work",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ORDERED_KINDS, order__isnull=False)
                | (~Q(kind__in=ORDERED_KINDS) & Q(order__isnull=True)),
                name="ordered_audit_has_its_order",
            ),
            models.CheckConstraint(
                condition=Q(kind=AuditKind.CLOSURE, follows__isnull=False)
                | (~Q(kind=AuditKind.CLOSURE) & Q(follows__isnull=True)),
                name="closure_audit_follows_another",
            ),
            models.CheckConstraint(
                condition=Q(state=S.PROPOSED) | Q(offered_at__isnull=False) | Q(state=S.CANCELLED),
                name="audit_past_proposal_was_offered",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DECLINED) | (Q(declined_at__isnull=False) & ~Q(declined_reason="")),
                name="audit_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CANCELLED) | (Q(cancelled_at__isnull=False) & ~Q(cancelled_reason="")),
                name="audit_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.PROPOSED, S.OFFERED, S.DECLINED, S.CANCELLED])
                | Q(accepted_at__isnull=False),
                name="audit_at_work_was_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.STAGE2, S.DRAFT_REPORT, S.DISPUTED, S.REPORTED])
                | (Q(stage1_closed_at__isnull=False) & Q(readiness=Readiness.READY)),
                name="stage_2_after_stage_1_found_ready",
            ),
            models.CheckConstraint(
                condition=~Q(readiness=Readiness.NOT_READY) | ~Q(readiness_text=""),
                name="not_ready_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.REPORTED)
                | (Q(reported_at__isnull=False) & Q(stage2_ended_on__isnull=False)),
                name="reported_audit_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(days=F("days_by_table")) | ~Q(days_reason=""),
                name="audit_days_changed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage2_to__isnull=True) | Q(stage2_to__gte=F("stage2_from")),
                name="stage_2_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["firm", "state"]), models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return self.number

    @transition(field=state, source=S.PROPOSED, target=S.OFFERED, permission=permissions.may_assign)
    def offer(self, *, by: Any, at: datetime, answer_due: date) -> None:
        """Offer the audit to the firm's lead auditor."""
        self.offered_at = at
        self.answer_due = answer_due

    @transition(
        field=state,
        source=S.OFFERED,
        target=S.DECLINED,
        permission=permissions.may_decline,
        needs_reason=True,
    )
    def decline(self, *, by: Any, at: datetime, because: str) -> None:
        """Give the offer back."""
        self.declined_at = at
        self.declined_reason = because

    @transition(field=state, source=S.OFFERED, target=S.ACCEPTED, permission=permissions.may_lead)
    def accept(self, *, by: Any, at: datetime) -> None:
        """Take the audit, with no conflict declared."""
        self.accepted_at = at

    @transition(
        field=state, source=[S.ACCEPTED, S.PLANNED], target=S.PLANNED, permission=permissions.may_lead
    )
    def plan(
        self,
        *,
        by: Any,
        at: datetime,
        stage1_on: date,
        stage2_from: date,
        stage2_to: date,
        told_on: date | None,
    ) -> None:
        """Send the plan to the agency; a later plan replaces it."""
        self.planned_at = at
        self.told_on = told_on
        self.stage1_on = stage1_on
        self.stage2_from = stage2_from
        self.stage2_to = stage2_to

    @transition(
        field=state,
        source=S.PLANNED,
        target=S.STAGE1,
        permission=permissions.may_lead,
        missing=rules.missing_for_stage1,
    )
    def start_stage1(self, *, by: Any, at: datetime) -> None:
        """Begin the desk review."""
        self.stage1_started_at = at

    @transition(
        field=state,
        source=S.STAGE1,
        target=S.STAGE1_CLOSED,
        permission=permissions.may_lead,
        missing=rules.missing_for_stage1_close,
    )
    def close_stage1(self, *, by: Any, at: datetime, readiness: str, text: str) -> None:
        """Conclude whether the agency is ready for stage 2."""
        self.stage1_closed_at = at
        self.readiness = readiness
        self.readiness_text = text

    @transition(
        field=state,
        source=S.STAGE1_CLOSED,
        target=S.STAGE1,
        permission=permissions.may_lead,
        needs_reason=True,
    )
    def reopen_stage1(self, *, by: Any, at: datetime) -> None:
        """Take the desk review up again, usually after a conclusion of not ready."""
        self.stage1_closed_at = None
        self.readiness = ""
        self.readiness_text = ""

    @transition(
        field=state,
        source=S.STAGE1_CLOSED,
        target=S.STAGE2,
        permission=permissions.may_lead,
        missing=rules.missing_for_stage2,
    )
    def start_stage2(self, *, by: Any, at: datetime, report_due: date) -> None:
        """Begin interviews and visits."""
        self.stage2_started_at = at
        self.report_due = report_due

    @transition(
        field=state,
        source=S.STAGE2,
        target=S.DRAFT_REPORT,
        permission=permissions.may_lead,
        missing=rules.missing_for_report,
    )
    def send_draft(self, *, by: Any, at: datetime, ended_on: date) -> None:
        """Send the draft report to the agency."""
        self.drafted_at = at
        self.stage2_ended_on = ended_on

    @transition(
        field=state,
        source=S.DRAFT_REPORT,
        target=S.DISPUTED,
        permission=permissions.may_answer,
        needs_reason=True,
    )
    def dispute(self, *, by: Any, at: datetime) -> None:
        """The agency disagrees with a finding."""
        self.disputed_at = at

    @transition(
        field=state,
        source=S.DISPUTED,
        target=S.DRAFT_REPORT,
        permission=permissions.may_lead,
        needs_reason=True,
    )
    def revise_draft(self, *, by: Any, at: datetime) -> None:
        """Answer the dispute and send the draft again."""
        self.drafted_at = at

    @transition(field=state, source=S.DRAFT_REPORT, target=S.REPORTED, permission=permissions.may_lead)
    def report(self, *, by: Any, at: datetime) -> None:
        """Send the final report and the recommendation to the scheme."""
        self.reported_at = at

    @transition(
        field=state,
        source=LIVE,
        target=S.CANCELLED,
        permission=permissions.may_assign,
        missing=rules.missing_for_cancel,
        needs_reason=True,
    )
    def cancel(self, *, by: Any, at: datetime, because: str) -> None:
        """Take the offer back, or end the audit of an application that is over."""
        self.cancelled_at = at
        self.cancelled_reason = because
