"""/api/v1/screenings/: a file or rows with ids of their own, how far it is, and the rows by cursor."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictJSONParser, StrictSerializer
from iris.core.endpoints import Endpoint
from iris.core.web import get_or_404
from supplychain.screenings import selectors, services
from supplychain.screenings.models import Screening
from supplychain.screenings.selectors import Line
from supplychain.screenings.states import RowResult, ScreeningState

MOST_ROWS = 10_000
MOST_LINES = 1_000
LARGEST = 2_000_000_000


class ScreeningRowInput(StrictSerializer):
    """One row; `id` is yours and comes back with the result."""

    id = serializers.CharField(max_length=100)
    name = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    country = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    number = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ScreeningInput(StrictSerializer):
    """Rows as JSON, or a CSV or XLSX file as multipart form data."""

    rows = ScreeningRowInput(many=True, required=False)
    file = serializers.FileField(required=False)
    title = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    again = serializers.BooleanField(
        required=False, default=False, help_text="Screen the very same rows or file once more."
    )
    start = serializers.BooleanField(
        required=False,
        default=True,
        help_text="Start at once with the columns as guessed; without, set the mapping and start it yourself.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two, and not too many rows at once."""
        rows = attrs.get("rows") or []
        if bool(rows) == bool(attrs.get("file")):
            raise serializers.ValidationError("Send either `rows` or `file`.")
        if len(rows) > MOST_ROWS:
            raise serializers.ValidationError(
                {"rows": f"Expected at most {MOST_ROWS:,} rows, found {len(rows):,}. Send them as a file."}
            )
        return attrs


class ScreeningOutput(ReadOnlySerializer):
    """A screening: where it stands, and how many rows came to what."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=ScreeningState.choices)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    columns = serializers.ListField(child=serializers.CharField())
    mapping = serializers.DictField(child=serializers.IntegerField())
    preview = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    results = serializers.SerializerMethodField()
    rows_root = serializers.CharField(
        help_text="Merkle root (RFC 9162, SHA-256) of the rows; empty until done."
    )

    def get_preview(self, row: Screening) -> dict[str, int]:
        """What a start does: rows to check, equal to others, skipped, rejected."""
        return {name: int(row.counts.get(name, 0)) for name in ("check", "same", "skip", "reject")}

    def get_progress(self, row: Screening) -> dict[str, int]:
        """Rows handled of all rows."""
        found = selectors.progress_of(row)
        return {"total": found.total, "handled": found.handled, "failed": found.failed}

    def get_results(self, row: Screening) -> dict[str, int]:
        """Rows by result."""
        return selectors.counts_by_result(row)


class LineOutput(ReadOnlySerializer):
    """One row and what it came to."""

    row = serializers.IntegerField(source="number", help_text="The row's number in the file, from 1.")
    cells = serializers.ListField(child=serializers.CharField(), source="row.cells")
    id = serializers.SerializerMethodField(help_text="Your own id, of rows that were sent as JSON.")
    same_as = serializers.IntegerField(source="row.same_as", allow_null=True)
    result = serializers.SerializerMethodField()
    agency_id = serializers.UUIDField(allow_null=True)
    facts = serializers.DictField(help_text="What the register said when the row was checked.")
    score = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    alike = serializers.SerializerMethodField()
    resolution = serializers.SerializerMethodField()
    problem = serializers.SerializerMethodField()

    def get_id(self, line: Line) -> str:
        """The first column of rows sent as JSON."""
        return str(line.row.cells[0]) if self.context["by_machine"] and line.row.cells else ""

    def get_result(self, line: Line) -> str:
        """One of the results, or empty while the row waits."""
        return line.outcome.result if line.outcome else ""

    def get_score(self, line: Line) -> float:
        """How alike the best name is, of 1."""
        return line.outcome.score if line.outcome else 0.0

    def get_why(self, line: Line) -> str:
        """What the match rests on."""
        return line.outcome.why if line.outcome else ""

    def get_alike(self, line: Line) -> list[dict[str, Any]]:
        """The names alike of a row to resolve."""
        return list(line.outcome.similar) if line.outcome and line.open else []

    def get_resolution(self, line: Line) -> str:
        """What a person said."""
        return line.outcome.resolution if line.outcome else ""

    def get_problem(self, line: Line) -> str:
        """Why the row could not be checked, or what to correct."""
        return line.row.problem or line.row.warning


class ScreeningQuery(StrictSerializer):
    """Filters of the list."""

    state = serializers.ChoiceField(required=False, choices=ScreeningState.choices)


class Screenings(Endpoint):
    """Your organisation's screenings."""

    reads = ApiScope.READ_LOOKUPS
    writes = ApiScope.READ_LOOKUPS
    orderings = ("title", "started_at", "ended_at")
    parser_classes = [StrictJSONParser, MultiPartParser]

    @extend_schema(
        operation_id="screenings_list",
        parameters=[ScreeningQuery],
        responses=ScreeningOutput(many=True),
        tags=["screenings"],
    )
    def get(self, request: Request) -> Response:
        """The screenings of your organisation, oldest first, by cursor."""
        asked = self.asked(ScreeningQuery)
        rows = selectors.with_batches(selectors.screenings_visible_to(request.user))
        return self.page(rows.filter(**asked), ScreeningOutput)

    @extend_schema(
        operation_id="screenings_create",
        tags=["screenings"],
        request=ScreeningInput,
        responses={
            201: ScreeningOutput,
            200: OpenApiResponse(
                ScreeningOutput, description="The same rows or file were screened: that one."
            ),
            422: OpenApiResponse(description="problem+json: row, column, expected, found, fix"),
        },
    )
    def post(self, request: Request) -> Response:
        """Screen rows or a file; it starts at once with the columns as guessed or as you mapped them last."""
        given = ScreeningInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        try:
            made = self._take(request, asked)
        except services.AlreadyScreened as known:
            if not asked["again"]:
                return Response(ScreeningOutput(known.screening).data, status=200)
            made = services.recheck(screening_id=known.screening.pk, actor=request.user)
        if not asked["start"]:
            return Response(ScreeningOutput(made).data, status=201)
        if made.state == ScreeningState.UPLOADED:
            made = services.map_columns(screening_id=made.pk, actor=request.user, mapping=made.mapping)
        made = services.start_when_ready(screening_id=made.pk, actor=request.user)
        return Response(ScreeningOutput(made).data, status=201)

    def _take(self, request: Request, asked: dict[str, Any]) -> Screening:
        if asked.get("rows"):
            return services.upload_rows(actor=request.user, rows=asked["rows"], title=asked["title"])
        return services.upload_list(actor=request.user, upload=asked["file"])


class OneScreening(Endpoint):
    """How far a screening is."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(operation_id="screenings_retrieve", responses=ScreeningOutput, tags=["screenings"])
    def get(self, request: Request, screening_id: UUID) -> Response:
        """A screening of your organisation, as the database counts it now."""
        return Response(ScreeningOutput(mine(request, screening_id)).data)


class RowQuery(StrictSerializer):
    """Which rows."""

    after = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=LARGEST, help_text="`next` of the last page."
    )
    limit = serializers.IntegerField(
        required=False, default=200, min_value=1, max_value=MOST_LINES, help_text="Rows a page."
    )
    result = serializers.ChoiceField(required=False, choices=RowResult.choices)


class LinePageOutput(ReadOnlySerializer):
    """A page of rows in the order of the file."""

    next = serializers.IntegerField(allow_null=True, help_text="`after` of the next page; null on the last.")
    results = LineOutput(many=True)


class Rows(Endpoint):
    """The rows of a screening."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="screenings_rows", parameters=[RowQuery], responses=LinePageOutput, tags=["screenings"]
    )
    def get(self, request: Request, screening_id: UUID) -> Response:
        """Rows in order of the file; `next` is null on the last page."""
        row = mine(request, screening_id)
        asked = self.asked(RowQuery)
        limit = asked["limit"]
        lines = selectors.lines_of(row, result=asked.get("result", ""), after=asked["after"], limit=limit + 1)
        page = lines[:limit]
        data = LineOutput(page, many=True, context=context_of(row)).data
        return Response({"next": page[-1].number if len(lines) > limit else None, "results": data})


def context_of(row: Screening) -> dict[str, bool]:
    """What a line has to know of its screening."""
    return {"by_machine": tuple(row.columns) == services.MACHINE_COLUMNS}


def mine(request: Request, screening_id: UUID) -> Screening:
    """A screening of the caller's organisation, or 404."""
    return get_or_404(selectors.screenings_visible_to(request.user), pk=screening_id)
