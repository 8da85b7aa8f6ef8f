"""GET /api/v1/audits/: engagements for the firm, and for the agency what it may know: no day that is kept back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audits.engagements import selectors
from audits.engagements.models import Audit
from audits.engagements.states import AuditKind, AuditState, Notice
from iris.accounts.models import User
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.web import get_or_404


class AuditQuery(StrictSerializer):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=AuditState.choices)
    kind = serializers.ChoiceField(required=False, choices=AuditKind.choices)


class AuditOut(ReadOnlySerializer):
    """One audit with the dates that you may know."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(choices=AuditKind.choices)
    state = serializers.ChoiceField(choices=AuditState.choices)
    agency_id = serializers.UUIDField()
    legal_name = serializers.CharField(source="agency.legal_name")
    application_id = serializers.UUIDField()
    audit_firm = serializers.CharField(source="firm.organisation.name")
    lead_auditor = serializers.CharField(source="lead.person.label")
    days = serializers.DecimalField(max_digits=5, decimal_places=1, help_text="Audit days.")
    due = serializers.SerializerMethodField(help_text="The next date, as you may know it.")
    accepted_at = serializers.DateTimeField(allow_null=True)
    desk_review_on = serializers.DateField(source="stage1_on", allow_null=True)
    on_site_from = serializers.SerializerMethodField(help_text="Null where the days are not told to you.")
    on_site_to = serializers.SerializerMethodField()
    reported_at = serializers.DateTimeField(allow_null=True)

    @property
    def reader(self) -> User:
        """Who asks."""
        user: User = self.context["user"]
        return user

    def get_due(self, row: Audit) -> date | None:
        return selectors.due_for(row, self.reader)

    def get_on_site_from(self, row: Audit) -> date | None:
        return row.stage2_from if row.shows_days_to(self.reader) else None

    def get_on_site_to(self, row: Audit) -> date | None:
        return row.stage2_to if row.shows_days_to(self.reader) else None


class VisitOut(ReadOnlySerializer):
    """One visit."""

    place = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class PlanOut(ReadOnlySerializer):
    """The plan as you may read it."""

    objectives = serializers.CharField()
    scope = serializers.CharField()
    criteria = serializers.CharField()
    sites = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    notice = serializers.ChoiceField(choices=Notice.choices)
    window_from = serializers.DateField(allow_null=True)
    window_to = serializers.DateField(allow_null=True)
    visits = VisitOut(many=True, help_text="Empty where the days are not told to you.")


class AuditDetailOut(AuditOut):
    """One audit with its plan."""

    plan = serializers.SerializerMethodField()

    @extend_schema_field(PlanOut(allow_null=True))
    def get_plan(self, row: Audit) -> Any:
        """The plan, without days that are kept back."""
        plan = getattr(row, "audit_plan", None)
        if plan is None:
            return None
        visits = list(plan.visits.all()) if row.shows_days_to(self.reader) else []
        names = [str(name) for name in PlanOut().fields]
        told = {name: getattr(plan, name) for name in names if name != "visits"}
        return PlanOut({**told, "visits": visits}).data


def _rows(request: Request) -> Any:
    rows = selectors.with_context(selectors.audits_visible_to(request.user)).select_related("audit_plan")
    return rows.prefetch_related(None)


class Audits(Endpoint):
    """Audits."""

    reads = ApiScope.READ_AUDITS
    orderings = ("number", "accepted_at", "reported_at")

    @extend_schema(
        operation_id="audits_list",
        summary="Audits",
        description=(
            "A firm's engagements; an agency's own from the day on which it may know of them: an unannounced audit "
            "appears on its first day on site, a semi-announced one with its window and no day."
        ),
        parameters=[AuditQuery],
        responses=AuditOut(many=True),
        tags=["audits"],
    )
    def get(self, request: Request) -> Response:
        """Audits that you may know of, oldest first."""
        return self.page(_rows(request).filter(**self.asked(AuditQuery)), AuditOut, user=request.user)


class OneAudit(Endpoint):
    """One audit."""

    reads = ApiScope.READ_AUDITS
    pagination_class = None

    @extend_schema(
        operation_id="audits_retrieve", responses={200: AuditDetailOut, 404: ABSENT}, tags=["audits"]
    )
    def get(self, request: Request, audit_id: UUID) -> Response:
        """An audit with its plan, as far as you may know it. Nothing that was said in an interview is here."""
        row = get_or_404(_rows(request).prefetch_related("audit_plan__visits"), pk=audit_id)
        return Response(AuditDetailOut(row, context={"user": request.user}).data)


api_urlpatterns = [
    path("audits/", Audits.as_view(), name="audits"),
    path("audits/<uuid:audit_id>/", OneAudit.as_view(), name="audit"),
]
