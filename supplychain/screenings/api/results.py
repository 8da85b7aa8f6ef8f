"""What came of a screening: beside an earlier one, as a file, and the proof of one row."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.web import get_or_404
from supplychain.screenings import selectors
from supplychain.screenings.api.lists import LARGEST, mine
from supplychain.screenings.models import Screening
from supplychain.screenings.states import Change, RowResult, ScreeningState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 200


class DifferenceQuery(StrictSerializer):
    """Beside which screening, and which differences."""

    earlier = serializers.UUIDField(help_text="An earlier screening of your organisation that is done.")
    change = serializers.ChoiceField(
        required=False, choices=Change.choices, help_text="All but the unchanged ones without."
    )
    after = serializers.IntegerField(required=False, default=0, min_value=0, max_value=LARGEST)
    after_change = serializers.ChoiceField(
        required=False,
        choices=Change.choices,
        help_text="`next_change` of the page before, beside `after`: a row number may stand for two differences.",
    )
    limit = serializers.IntegerField(required=False, default=50, min_value=1, max_value=MOST)


class SideOutput(ReadOnlySerializer):
    """What a row came to in one of the two."""

    result = serializers.ChoiceField(choices=RowResult.choices, allow_null=True)
    agency = serializers.CharField()
    standing = serializers.CharField()


class DifferenceOutput(ReadOnlySerializer):
    """One question of either list, before and now."""

    change = serializers.ChoiceField(choices=Change.choices)
    row = serializers.IntegerField(source="number")
    name = serializers.CharField()
    country = serializers.CharField()
    was = SideOutput()
    now = SideOutput()


class DifferencesOutput(ReadOnlySerializer):
    """A page of differences, and how many there are of each."""

    counts = serializers.DictField(child=serializers.IntegerField())
    next = serializers.IntegerField(allow_null=True, help_text="`after` of the next page; null on the last.")
    next_change = serializers.ChoiceField(
        choices=Change.choices,
        allow_null=True,
        help_text="`after_change` of the next page; null on the last.",
    )
    results = DifferenceOutput(many=True)


class Differences(Endpoint):
    """Two screenings beside each other."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="screenings_differences",
        summary="What changed since an earlier screening",
        parameters=[DifferenceQuery],
        responses=DifferencesOutput,
        tags=["screenings"],
    )
    def get(self, request: Request, screening_id: UUID) -> Response:
        """New, gone and changed questions since an earlier screening; both have to be done."""
        asked = self.asked(DifferenceQuery)
        done = selectors.screenings_visible_to(request.user).filter(state=ScreeningState.DONE)
        now, was = get_or_404(done, pk=screening_id), get_or_404(done, pk=asked["earlier"])
        place = {name: asked[name] for name in ("after", "after_change") if name in asked}
        limit = asked["limit"]
        rows = selectors.differences(now, was, asked.get("change", ""), limit=limit + 1, **place)
        last = rows[limit - 1] if len(rows) > limit else None
        told = {
            "counts": selectors.changes_between(now, was),
            "next": last.number if last else None,
            "next_change": last.change if last else None,
            "results": rows[:limit],
        }
        return Response(DifferencesOutput(told).data)


class ExportQuery(StrictSerializer):
    """Which rows."""

    result = serializers.ChoiceField(
        required=False, choices=RowResult.choices, help_text="Only these rows; all without."
    )


class _Export(Endpoint):
    """The result as a file, original columns first."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    def _file(self, screening_id: UUID, kind: str, media_type: str, data: Any) -> StreamingHttpResponse:
        row: Screening = mine(self.request, screening_id)
        result = self.asked(ExportQuery).get("result", "")
        answer = StreamingHttpResponse(data(row, result), content_type=media_type)
        name = f"{row.title.rsplit('.', 1)[0]}-screened{'-' + result if result else ''}.{kind}"
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        answer["Cache-Control"] = "private, no-store"
        return answer


class ExportCsv(_Export):
    """CSV."""

    @extend_schema(
        operation_id="screenings_export_csv",
        summary="The result as CSV",
        description="Sent while it is made; your own columns first, every cell harmless to a spreadsheet.",
        parameters=[ExportQuery],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
        tags=["screenings"],
    )
    def get(self, request: Request, screening_id: UUID) -> StreamingHttpResponse:
        """The result as CSV."""
        return self._file(screening_id, "csv", "text/csv; charset=utf-8", selectors.as_csv)


class ExportXlsx(_Export):
    """XLSX."""

    @extend_schema(
        operation_id="screenings_export_xlsx",
        summary="The result as XLSX",
        parameters=[ExportQuery],
        responses={(200, XLSX): OpenApiTypes.BINARY},
        tags=["screenings"],
    )
    def get(self, request: Request, screening_id: UUID) -> StreamingHttpResponse:
        """The result as a workbook."""
        return self._file(screening_id, "xlsx", XLSX, selectors.as_xlsx)


class RowProof(Endpoint):
    """Proof of one row."""

    reads = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="screenings_row_proof",
        summary="The proof of one row",
        description="Its record, its facts and the path to the Merkle root of the screening (RFC 9162, SHA-256).",
        responses={(200, "application/json"): OpenApiTypes.OBJECT, 404: ABSENT},
        tags=["screenings"],
    )
    def get(self, request: Request, screening_id: UUID, number: int) -> Response:
        """Anybody can check it on the public page of proofs."""
        found = selectors.proof_of(mine(request, screening_id), number)
        if found is None:
            raise Http404
        return Response(found)
