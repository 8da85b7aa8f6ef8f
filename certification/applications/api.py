"""GET /api/v1/applications/: cases as their readers may see them. Opening and withdrawing stay a person's."""

from __future__ import annotations

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certification.applications import selectors
from certification.applications.states import ApplicationKind, ApplicationState
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.web import get_or_404


class ApplicationQuery(StrictSerializer):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=ApplicationState.choices)
    kind = serializers.ChoiceField(required=False, choices=ApplicationKind.choices)


class ApplicationOut(ReadOnlySerializer):
    """One application and its dates."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(choices=ApplicationKind.choices)
    state = serializers.ChoiceField(choices=ApplicationState.choices)
    agency_id = serializers.UUIDField()
    legal_name = serializers.CharField(source="agency.legal_name")
    assessment_id = serializers.UUIDField(allow_null=True)
    edition = serializers.IntegerField(source="assessment.edition.number", allow_null=True, default=None)
    renews_number = serializers.CharField(help_text="The certificate to be renewed, if one is.")
    audit_firm = serializers.CharField(source="firm.name", allow_null=True, default=None)
    submitted_at = serializers.DateTimeField(allow_null=True)
    due = serializers.DateField(allow_null=True, help_text="The day that counts now, whosever move it is.")
    deferred_until = serializers.DateField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    recommended_at = serializers.DateTimeField(allow_null=True, help_text="What was recommended is not told.")
    closed_at = serializers.DateTimeField(allow_null=True)


class Applications(Endpoint):
    """Cases."""

    reads = ApiScope.READ_CERTIFICATION
    orderings = ("number", "submitted_at", "closed_at")

    @extend_schema(
        operation_id="applications_list",
        summary="Applications for certification",
        description="An agency's own; for an audit firm those it audits; for the scheme all that were sent.",
        parameters=[ApplicationQuery],
        responses=ApplicationOut(many=True),
        tags=["certification"],
    )
    def get(self, request: Request) -> Response:
        """Cases that you may see, oldest first."""
        return self.page(
            selectors.case_of(request.user).filter(**self.asked(ApplicationQuery)), ApplicationOut
        )


class OneApplication(Endpoint):
    """One case."""

    reads = ApiScope.READ_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="applications_retrieve",
        responses={200: ApplicationOut, 404: ABSENT},
        tags=["certification"],
    )
    def get(self, request: Request, application_id: UUID) -> Response:
        """A case that you may see."""
        return Response(ApplicationOut(get_or_404(selectors.case_of(request.user), pk=application_id)).data)


api_urlpatterns = [
    path("applications/", Applications.as_view(), name="applications"),
    path("applications/<uuid:application_id>/", OneApplication.as_view(), name="application"),
]
