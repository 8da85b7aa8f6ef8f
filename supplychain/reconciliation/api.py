"""POST /api/v1/match/: many names at once, without receipts; and the decisions of people about them."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.core.drf import ReadOnlySerializer, Scoped, StrictSerializer
from iris.core.places import is_country
from iris.core.shapes import ENDED_HELP, EndedOut
from supplychain.lookups.models import LONGEST_QUERY
from supplychain.lookups.states import LookupOutcome
from supplychain.names.models import LONGEST_NOTE, MatchDecision
from supplychain.names.states import Verdict
from supplychain.reconciliation import selectors, services
from supplychain.reconciliation.permissions import may_reconcile
from supplychain.reconciliation.services import MOST_DECISIONS

MOST_QUERIES = 500
LONGEST_ID = 200
MOST_EXCLUDED = 1_000


class MatchQuery(StrictSerializer):
    """Who is meant, as it stands in your list."""

    name = serializers.CharField(
        max_length=LONGEST_QUERY, required=False, default="", allow_blank=True, help_text="In any script."
    )
    country = serializers.CharField(
        max_length=2, required=False, default="", allow_blank=True, help_text="Lifts, never hides."
    )
    identifier = serializers.CharField(
        max_length=LONGEST_QUERY,
        required=False,
        default="",
        allow_blank=True,
        help_text="Licence, registration, certificate or tax number, LEI.",
    )

    def validate_country(self, value: str) -> str:
        """A code we know."""
        if value and not is_country(value.upper()):
            raise serializers.ValidationError("Expected a country as two letters, like NP.")
        return value.upper()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A name or a number."""
        if not attrs["name"].strip() and not attrs["identifier"].strip():
            raise serializers.ValidationError("Give a name, an identifier, or both.")
        return attrs


class Queries(serializers.DictField):
    """Questions by ids: so many, counted before the first is read (iris.core.drf.input)."""

    max_length = MOST_QUERIES


class MatchInput(StrictSerializer):
    """A batch of questions by ids of your own."""

    queries = Queries(
        child=MatchQuery(), help_text=f"At most {MOST_QUERIES}, by ids of your own.", allow_empty=False
    )
    limit = serializers.IntegerField(min_value=1, max_value=10, required=False, default=5)
    threshold = serializers.FloatField(
        min_value=0.0,
        max_value=1.0,
        required=False,
        default=0.5,
        help_text="The lowest score that is listed. It never makes a match: only a number, the very name or a "
        "decision of yours does.",
    )
    exclude = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=MOST_EXCLUDED,
        required=False,
        default=list,
        help_text="Agencies that are not to be listed.",
    )
    changed_since = serializers.DateTimeField(
        required=False,
        default=None,
        allow_null=True,
        help_text="List only agencies of which something public changed since then.",
    )

    def validate_queries(self, value: dict[str, Any]) -> dict[str, Any]:
        """With ids of a sensible length."""
        if any(len(key) > LONGEST_ID for key in value):
            raise serializers.ValidationError(f"The id of a query has at most {LONGEST_ID} characters.")
        return value


class Explanation(ReadOnlySerializer):
    """What speaks for a result, in words and numbers."""

    why = serializers.CharField()
    features = serializers.DictField(
        child=serializers.FloatField(), help_text="What the score is made of; yes is 1, no is 0."
    )
    words = serializers.ListField(
        child=serializers.DictField(),
        help_text="The words of the name, how each was matched, and its weight.",
    )


class MatchResult(ReadOnlySerializer):
    """One agency that may be meant."""

    id = serializers.UUIDField()
    caption = serializers.CharField(help_text="Its legal name.")
    matched = serializers.CharField(help_text="The name of it that was matched.")
    country = serializers.CharField()
    score = serializers.FloatField(
        help_text="0 to 1; 0.9 and more only by a number or a decision of yours, never by a name."
    )
    match = serializers.BooleanField(help_text="Only by a number of its own, the very name, or a decision.")
    standing = serializers.DictField(help_text="Code, label, valid and since, read at that moment.")
    ended = EndedOut(allow_null=True, help_text=ENDED_HELP)
    explanations = Explanation()


class MatchAnswer(ReadOnlySerializer):
    """The answer to one question."""

    status = serializers.IntegerField(help_text="200 answered; 422 holds nothing to search for.")
    outcome = serializers.ChoiceField(choices=LookupOutcome.choices)
    results = MatchResult(many=True)
    total = serializers.IntegerField()


class MatchOutput(ReadOnlySerializer):
    """Answers by the ids of the questions."""

    responses = serializers.DictField(child=MatchAnswer())
    as_of = serializers.DateTimeField()
    limit = serializers.IntegerField()
    threshold = serializers.FloatField()
    receipt = serializers.BooleanField(help_text="Always false: POST /lookups/ makes a receipt.")


def _relying(request: Request) -> None:
    if not may_reconcile(request.user):
        raise PermissionDenied("Matching is for organisations that rely on agencies.")


class Match(APIView):
    """Match names of your own against the register."""

    permission_classes = [Scoped]
    required_scope = "read:lookups"

    @extend_schema(
        operation_id="match_create",
        request=MatchInput,
        responses={200: MatchOutput, 400: OpenApiResponse(description="problem+json: what to correct")},
    )
    def post(self, request: Request) -> Response:
        """Match up to 500 names at once. Nothing is kept: a receipt is made by a lookup of the one that counts."""
        _relying(request)
        question = MatchInput(data=request.data)
        question.is_valid(raise_exception=True)
        return Response(selectors.matched(question.validated_data, request.user.organisation))


class DecisionInput(StrictSerializer):
    """A name as it stands in your list, and the agency that it means or does not."""

    text = serializers.CharField(max_length=LONGEST_QUERY)
    agency = serializers.UUIDField()
    verdict = serializers.ChoiceField(
        choices=[Verdict.SAME.value, Verdict.NOT_SAME.value], required=False, default=Verdict.SAME.value
    )
    country = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, default="", allow_blank=True)


class DecisionsInput(StrictSerializer):
    """Decisions to remember, all or none."""

    decisions = DecisionInput(many=True, allow_empty=False, max_length=MOST_DECISIONS)  # type: ignore[call-arg] # many makes a list of it


class DecisionOutput(ReadOnlySerializer):
    """A decision as it is remembered."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    country = serializers.CharField()
    verdict = serializers.CharField()
    agency = serializers.UUIDField(source="agency_id")
    by = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_by(self, row: MatchDecision) -> str:
        """Who said so."""
        return row.person.label


class DecisionsOutput(ReadOnlySerializer):
    """What is remembered now."""

    decisions = DecisionOutput(many=True)


class Decisions(APIView):
    """Decisions about names."""

    permission_classes = [Scoped]
    required_scope = "write:decisions"

    @extend_schema(
        operation_id="match_decisions_create",
        request=DecisionsInput,
        responses={201: DecisionsOutput, 422: OpenApiResponse(description="problem+json: what to correct")},
    )
    def post(self, request: Request) -> Response:
        """Remember what people of your organisation decided in a tool of theirs, such as OpenRefine."""
        sent = DecisionsInput(data=request.data)
        sent.is_valid(raise_exception=True)
        judgements = [
            services.Judgement(
                text=one["text"],
                agency_id=UUID(str(one["agency"])),
                verdict=one["verdict"],
                country=one["country"],
                note=one["note"],
            )
            for one in sent.validated_data["decisions"]
        ]
        kept = services.decide(actor=request.user, judgements=judgements)
        return Response(DecisionsOutput({"decisions": kept}).data, status=201)


api_urlpatterns = [
    path("match/", Match.as_view(), name="match"),
    path("match/decisions/", Decisions.as_view(), name="match_decisions"),
]
