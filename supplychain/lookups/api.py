"""POST /api/v1/lookups/: one check by machine, with the same receipt a person gets."""

from typing import Any
from uuid import UUID

from django.core.validators import ProhibitNullCharactersValidator
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.validators import ProhibitSurrogateCharactersValidator
from rest_framework.views import APIView

from iris.core.drf import ReadOnlySerializer, Scoped
from iris.core.web import get_or_404
from supplychain.lookups import selectors, services
from supplychain.lookups.models import LONGEST_QUERY, Lookup
from supplychain.lookups.states import LookupOutcome, Relationship, Via


class TypedText(serializers.CharField):
    """Text as it was typed: the service says what it cannot search, in a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)
        unwanted = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)
        self.validators = [one for one in self.validators if not isinstance(one, unwanted)]


class LookupInput(serializers.Serializer[Any]):
    """The question."""

    text = TypedText(
        help_text=f"Name in any script, or any number of the agency; at most {LONGEST_QUERY} characters."
    )
    country = serializers.CharField(required=False, default="", allow_blank=True)
    origin = serializers.CharField(required=False, default="", allow_blank=True)
    destination = serializers.CharField(required=False, default="", allow_blank=True)
    sector = serializers.CharField(required=False, default="", allow_blank=True)
    branch = TypedText(required=False, default="", help_text="Office or branch that should be covered.")
    on = serializers.DateField(
        required=False, default=None, allow_null=True, help_text="A day in the past: the standing then."
    )
    relationship = serializers.CharField(
        required=False, default="", allow_blank=True, help_text=f"One of {', '.join(Relationship.values)}."
    )


class LookupOutput(ReadOnlySerializer):
    """The receipt: its number, hash, and the snapshot of what was answered."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    created_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=LookupOutcome.choices)
    verdict = serializers.CharField(
        help_text="How sure the answer is; only `certified` is a yes to all that was asked."
    )
    relationship = serializers.CharField()
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
