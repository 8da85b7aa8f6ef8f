"""/api/v1/lookups/: one check by machine with the receipt a person gets, the receipts so far, and their proof."""

from typing import Any
from uuid import UUID

from django.core.validators import ProhibitNullCharactersValidator
from django.http import Http404, HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.validators import ProhibitSurrogateCharactersValidator
from rest_framework.views import APIView

from iris.accounts.states import ApiScope
from iris.core import files
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.web import get_or_404
from supplychain.lookups import selectors, services
from supplychain.lookups.models import LONGEST_QUERY, Lookup
from supplychain.lookups.states import LookupOutcome, Relationship, Via

AGAIN_IN = 5


class TypedText(serializers.CharField):
    """Text as it was typed: the service says what it cannot search, in a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)
        unwanted = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)
        self.validators = [one for one in self.validators if not isinstance(one, unwanted)]


class LookupInput(StrictSerializer):
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


class ReceiptQuery(StrictSerializer):
    """Filters of the list; they add up."""

    since = serializers.DateField(required=False, help_text="Checks made on this day (UTC) or later.")
    until = serializers.DateField(required=False, help_text="Checks made on this day (UTC) or before.")
    relationship = serializers.ChoiceField(required=False, choices=Relationship.choices)
    outcome = serializers.ChoiceField(required=False, choices=LookupOutcome.choices)
    via = serializers.ChoiceField(required=False, choices=Via.choices)
    agency_id = serializers.UUIDField(required=False, help_text="Checks that found this agency.")
    q = serializers.CharField(
        required=False,
        max_length=200,
        help_text="A part of what was typed, of the number or of the name found.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A span of days runs forwards."""
        if attrs.get("since") and attrs.get("until") and attrs["since"] > attrs["until"]:
            raise serializers.ValidationError({"until": "Lies before `since`. Swap the two."})
        return attrs


class ReceiptRowOutput(ReadOnlySerializer):
    """A check in the list; read it by its id for what was answered."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    created_at = serializers.DateTimeField()
    text = serializers.CharField(help_text="What was asked, as typed.")
    outcome = serializers.ChoiceField(choices=LookupOutcome.choices)
    verdict = serializers.CharField()
    agency_id = serializers.UUIDField(allow_null=True)
    relationship = serializers.CharField()
    via = serializers.ChoiceField(choices=Via.choices)
    asked_for = serializers.DateField(allow_null=True, help_text="The past day that was asked for.")
    sha256 = serializers.CharField()


class Lookups(Endpoint):
    """The checks of your organisation; a new one."""

    reads = ApiScope.READ_LOOKUPS
    writes = ApiScope.READ_LOOKUPS
    orderings = ("number", "relationship")

    @extend_schema(
        operation_id="lookups_list",
        summary="Checks of your organisation",
        parameters=[ReceiptQuery],
        responses=ReceiptRowOutput(many=True),
        tags=["lookups"],
    )
    def get(self, request: Request) -> Response:
        """The checks of your organisation, by page or by machine, oldest first."""
        asked = self.asked(ReceiptQuery)
        return self.page(selectors.receipts_for(request.user, **asked), ReceiptRowOutput)

    @extend_schema(
        operation_id="lookups_create",
        tags=["lookups"],
        request=LookupInput,
        responses={201: LookupOutput, 422: OpenApiResponse(description="problem+json: what to correct")},
    )
    def post(self, request: Request) -> Response:
        """Check one agency by name or number; the answer is a receipt that stays readable under its id."""
        question = LookupInput(data=request.data)
        question.is_valid(raise_exception=True)
        row = services.look_up(actor=request.user, via=Via.API, **question.validated_data)
        return Response(LookupOutput(row).data, status=201)


class OneLookup(Endpoint):
    """Read a check again."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(operation_id="lookups_retrieve", responses=LookupOutput, tags=["lookups"])
    def get(self, request: Request, lookup_id: UUID) -> Response:
        """A check of your organisation, exactly as it was answered."""
        row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
        return Response(LookupOutput(row).data)


class ReceiptJson(Endpoint):
    """The receipt as canonical JSON."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="lookups_receipt_json",
        summary="The receipt as canonical JSON",
        description="Exactly the bytes whose SHA-256 is the receipt's hash: keep them, hash them, compare them.",
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
        tags=["lookups"],
    )
    def get(self, request: Request, lookup_id: UUID) -> HttpResponse:
        """The canonical JSON."""
        row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
        answer = HttpResponse(row.snapshot, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="receipt-{row.number}.json"'
        return answer


class WaitingOutput(ReadOnlySerializer):
    """A file is being made."""

    state = serializers.CharField()
    again_in = serializers.IntegerField(help_text="Seconds after which to ask again; also in Retry-After.")


class ReceiptFile(Endpoint):
    """The receipt as PDF."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="lookups_receipt_pdf",
        summary="The receipt as PDF",
        description="202 while it is being made: ask again after the seconds in Retry-After.",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 202: WaitingOutput},
        tags=["lookups"],
    )
    def get(self, request: Request, lookup_id: UUID) -> HttpResponse:
        """The PDF, or 202 while it is being made."""
        row = get_or_404(selectors.lookups_visible_to(request.user), pk=lookup_id)
        if hasattr(row, "receipt_pdf"):
            return files.serve(row.receipt_pdf.file)
        services.ask_for_receipt(lookup=row)
        waits = {"state": "being_made", "again_in": AGAIN_IN}
        return Response(WaitingOutput(waits).data, status=202, headers={"Retry-After": str(AGAIN_IN)})


class ProofQuery(StrictSerializer):
    """The hash of the bytes you were given, if you want them compared."""

    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$",
        required=False,
        help_text="SHA-256 of the receipt's JSON file as it was handed to you: 64 hexadecimal digits.",
    )


class ProofOutput(ReadOnlySerializer):
    """That a receipt was issued. What was asked and answered is known to who asked, and not shown."""

    number = serializers.CharField()
    issued_at = serializers.DateTimeField(source="created_at")
    sha256 = serializers.CharField(help_text="SHA-256 of the receipt's canonical JSON.")
    unchanged = serializers.SerializerMethodField(
        help_text="Whether the hash you gave is this one; null without."
    )

    def get_unchanged(self, row: Lookup) -> bool | None:
        """Compared, where something was given."""
        given = self.context["given"]
        return given == row.sha256 if given else None


class Proof(APIView):
    """Public: whoever was handed a receipt may ask whether it is genuine."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(
        operation_id="receipts_prove",
        summary="Prove a receipt",
        description="Public. Says that the receipt was issued here and, with `sha256`, whether your copy is unchanged.",
        parameters=[ProofQuery],
        responses={200: ProofOutput, 404: ABSENT},
        tags=["lookups"],
        auth=[],
        examples=[OpenApiExample("number", value="R-2611-7KQ2M-9XWPD", parameter_only=("number", "path"))],
    )
    def get(self, request: Request, number: str) -> Response:
        """That a receipt was issued here, without its content."""
        asked = ProofQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        row = selectors.receipt_by_number(number)
        if row is None:
            raise Http404
        given = asked.validated_data.get("sha256", "").lower()
        return Response(ProofOutput(row, context={"given": given}).data)


api_urlpatterns = [
    path("lookups/", Lookups.as_view(), name="lookups"),
    path("lookups/<uuid:lookup_id>/", OneLookup.as_view(), name="lookup"),
    path("lookups/<uuid:lookup_id>/receipt.json", ReceiptJson.as_view(), name="receipt_json"),
    path("lookups/<uuid:lookup_id>/receipt.pdf", ReceiptFile.as_view(), name="receipt_pdf"),
    path("receipts/<str:number>/", Proof.as_view(), name="receipt"),
]
