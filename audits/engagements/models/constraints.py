"""What the database holds an audit to, whatever way a row is written."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..states import CASE_KINDS, ORDERED_KINDS, AuditKind, AuditState, Readiness

S = AuditState

AUDIT_CONSTRAINTS: list[models.BaseConstraint] = [
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
        condition=~Q(state=S.REPORTED) | (Q(reported_at__isnull=False) & Q(stage2_ended_on__isnull=False)),
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
