"""Repayment cases by machine: how many people, how much is owed and paid. Never who: names stay sealed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certification.repayments import selectors
from certification.repayments.models import RepaymentCase
from certification.repayments.states import CaseState
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.web import get_or_404


class CaseQuery(StrictSerializer):
    """Filters of the list."""

    state = serializers.ChoiceField(required=False, choices=CaseState.choices)


class CaseOut(ReadOnlySerializer):
    """A repayment case: aggregates only, never a worker, a name or a cohort."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    agency_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=CaseState.choices)
    workers = serializers.IntegerField(source="people")
    currency = serializers.CharField()
    owed_minor = serializers.IntegerField(
        source="owed", allow_null=True, help_text="In minor units; null before."
    )
    quantified_at = serializers.DateTimeField(allow_null=True)
    agreed_at = serializers.DateTimeField(allow_null=True)
    verifier = serializers.CharField(source="verifier.name", allow_null=True, default=None)
    created_at = serializers.DateTimeField()


class CaseDetailOut(CaseOut):
    """A case and how far the money has come."""

    progress = serializers.SerializerMethodField()
    left_to_do = serializers.SerializerMethodField(help_text="What stands before the next state, in words.")

    def get_progress(self, row: RepaymentCase) -> dict[str, int]:
        """Workers paid and held, and minor units that they have."""
        found = selectors.payment_progress(row)
        return {"workers_paid": found.paid, "workers_held": found.held, "paid_minor": found.got}

    def get_left_to_do(self, row: RepaymentCase) -> list[str]:
        """Sentences."""
        return [str(text) for text in selectors.left_to_do(row)]


def _rows(request: Request) -> Any:
    return selectors.cases_list(request.user, closed=True)


class Cases(Endpoint):
    """Cases."""

    reads = ApiScope.READ_CERTIFICATION
    orderings = ("number", "agreed_at")

    @extend_schema(
        operation_id="repayments_list",
        summary="Repayment cases",
        description="An agency's own; for a third party those it verifies or audits. No worker appears.",
        parameters=[CaseQuery],
        responses=CaseOut(many=True),
        tags=["certification"],
    )
    def get(self, request: Request) -> Response:
        """Cases that you may see, oldest first."""
        return self.page(_rows(request).filter(**self.asked(CaseQuery)), CaseOut)


class OneCase(Endpoint):
    """One case."""

    reads = ApiScope.READ_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="repayments_retrieve",
        responses={200: CaseDetailOut, 404: ABSENT},
        tags=["certification"],
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """A case and how far the money has come."""
        return Response(CaseDetailOut(get_or_404(_rows(request), pk=case_id)).data)


api_urlpatterns = [
    path("repayments/", Cases.as_view(), name="repayments"),
    path("repayments/<uuid:case_id>/", OneCase.as_view(), name="repayment"),
]
