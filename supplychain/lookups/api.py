"""POST /api/v1/lookups/: one check by machine, with the same receipt a person gets."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.core.drf import ReadOnlySerializer, Scoped
from iris.core.web import get_or_404
from supplychain.lookups import selectors, services
from supplychain.lookups.models import LONGEST_QUERY, Lookup
from supplychain.lookups.states import LookupOutcome, Via


class LookupInput(serializers.Serializer[Any]):
    """The question."""

    text = serializers.CharField(
        max_length=LONGEST_QUERY, help_text="Name in any script, or any number of the agency."
    )
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    origin = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    destination = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    sector = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)


class LookupOutput(ReadOnlySerializer):
    """The receipt: its number, hash, and the snapshot of what was answered."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    created_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=LookupOutcome.choices)
    sha256 = serializers.CharField(help_text="SHA-256 of the canonical JSON of `snapshot` as stored.")
    snapshot = serializers.SerializerMethodField()

    def get_snapshot(self, row: Lookup) -> dict[str, Any]:
        """The stored snapshot."""
        return selectors.snapshot_of(row)


class Lookups(APIView):
    """Check one agency."""

    permission_classes = [Scoped]
    required_scope = "read:lookups"

    @extend_schema(
        operation_id="lookups_create",
        request=LookupInput,
        responses={201: LookupOutput, 422: OpenApiResponse(description="problem+json: what to correct")},
    )
    def post(self, request: Request) -> Response:
        """Check one agency by name or number; the answer is a receipt that stays readable under its id."""
        question = LookupInput(data=request.data)
        question.is_valid(raise_exception=True)
        row = services.look_up(actor=request.user, via=Via.API, **question.validated_data)
        return Response(LookupOutput(row).data, status=201)


class OneLookup(APIView):
    """Read a check again."""

    permission_classes = [Scoped]
    required_scope = "read:lookups"

    @extend_schema(operation_id="lookups_retrieve", responses=LookupOutput)
    def get(self, request: Request, lookup_id: UUID) -> Response:
        """A check of your organisation, exactly as it was answered."""
        row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
        return Response(LookupOutput(row).data)


api_urlpatterns = [
    path("lookups/", Lookups.as_view(), name="lookups"),
    path("lookups/<uuid:lookup_id>/", OneLookup.as_view(), name="lookup"),
]
