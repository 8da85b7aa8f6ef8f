"""An audit firm's auditors and the days on which they cannot audit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audits.bodies import selectors, services
from audits.bodies.states import BusyKind
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ACTS, Endpoint
from iris.core.web import get_or_404


class BusyOut(ReadOnlySerializer):
    """Days kept free of audits."""

    id = serializers.UUIDField()
    auditor_id = serializers.UUIDField()
    first = serializers.DateField()
    last = serializers.DateField()
    kind = serializers.ChoiceField(choices=BusyKind.choices)
    note = serializers.CharField()


class BusyIn(StrictSerializer):
    """Days to keep free."""

    first = serializers.DateField()
    last = serializers.DateField()
    kind = serializers.ChoiceField(choices=BusyKind.choices)
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class AuditorOut(ReadOnlySerializer):
    """An auditor of the firm."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="person.label")
    lead = serializers.BooleanField()
    approved_from = serializers.DateField()
    approved_until = serializers.DateField(allow_null=True)
    languages = serializers.ListField(child=serializers.CharField())
    countries = serializers.ListField(child=serializers.CharField())
    sectors = serializers.ListField(child=serializers.CharField())
    corridors = serializers.ListField(child=serializers.CharField())


class Auditors(Endpoint):
    """Auditors."""

    reads = ApiScope.READ_AUDITS
    orderings = ("approved_from", "approved_until")

    @extend_schema(
        operation_id="auditors_list",
        summary="Auditors of your firm",
        description="Interests they declared are read on the pages alone.",
        responses=AuditorOut(many=True),
        tags=["audits"],
    )
    def get(self, request: Request) -> Response:
        """Auditors, approved and ended, oldest first."""
        return self.page(selectors.auditors_visible_to(request.user), AuditorOut)


class Availability(Endpoint):
    """Days on which one auditor cannot audit."""

    reads = ApiScope.READ_AUDITS
    writes = ApiScope.WRITE_AUDITS
    orderings = ("first", "last")

    @extend_schema(
        operation_id="auditors_busy_list",
        summary="Days on which an auditor cannot audit",
        responses=BusyOut(many=True),
        tags=["audits"],
    )
    def get(self, request: Request, auditor_id: UUID) -> Response:
        """Days kept free of audits, as they were entered."""
        auditor = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
        return self.page(auditor.busy.all(), BusyOut)

    @extend_schema(
        operation_id="auditors_busy_add",
        summary="Keep days free of audits",
        description="Said twice it is kept once; audits planned already stay.",
        request=BusyIn,
        responses={201: BusyOut, **ACTS},
        tags=["audits"],
    )
    def post(self, request: Request, auditor_id: UUID) -> Response:
        """Leave, other work, training."""
        auditor = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
        told: dict[str, Any] = self.given(BusyIn)
        made = services.add_busy(auditor_id=auditor.pk, actor=request.user, **told)
        return Response(BusyOut(made).data, status=201)


class OneBusy(Endpoint):
    """One such period."""

    writes = ApiScope.WRITE_AUDITS
    pagination_class = None

    @extend_schema(
        operation_id="auditors_busy_remove",
        summary="Free again on these days",
        responses={204: None, **ACTS},
        tags=["audits"],
    )
    def delete(self, request: Request, auditor_id: UUID, busy_id: UUID) -> Response:
        """The auditor may be asked for these days again."""
        auditor = get_or_404(selectors.auditors_visible_to(request.user), pk=auditor_id)
        row = get_or_404(auditor.busy.all(), pk=busy_id)
        services.remove_busy(busy_id=row.pk, actor=request.user)
        return Response(status=204)


ONE = "auditors/<uuid:auditor_id>/busy/"
api_urlpatterns = [
    path("auditors/", Auditors.as_view(), name="auditors"),
    path(ONE, Availability.as_view(), name="auditor_busy"),
    path(f"{ONE}<uuid:busy_id>/", OneBusy.as_view(), name="auditor_busy_period"),
]
