"""What is done with a screening: say which column holds what, start, pause, resume, cancel, settle a row."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core.drf import StrictSerializer
from iris.core.endpoints import ACTS, Endpoint
from supplychain.screenings import rules, selectors, services
from supplychain.screenings.api.lists import LineOutput, ScreeningOutput, context_of, mine
from supplychain.screenings.models import Screening

DONE = {200: ScreeningOutput, **ACTS}
ACT = {
    "start": services.start_screening,
    "pause": services.pause_screening,
    "resume": services.resume_screening,
    "cancel": services.cancel_screening,
}


class MappingInput(StrictSerializer):
    """Which column holds what, counted from 0."""

    columns = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=1_000),
        help_text=f"Column by field: {', '.join(rules.FIELDS)}; `name` is needed.",
    )

    def validate_columns(self, value: dict[str, int]) -> dict[str, int]:
        """Only fields that a row has."""
        unknown = sorted(set(value) - set(rules.FIELDS))
        if unknown:
            known = ", ".join(rules.FIELDS)
            raise serializers.ValidationError(
                f"No such field: {', '.join(unknown)[:200]}. There are: {known}."
            )
        return value


class ScreeningAct(StrictSerializer):
    """What to do."""

    act = serializers.ChoiceField(choices=list(ACT))


class ResolutionInput(StrictSerializer):
    """Which agency the row means; null: none of the names alike."""

    agency_id = serializers.UUIDField(allow_null=True)
    note = serializers.CharField(max_length=1_000, required=False, default="", allow_blank=True)


class Mapping(Endpoint):
    """Columns."""

    writes = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="screenings_map",
        summary="Say which column holds what",
        description="Before the start. It is remembered for the next list with the same columns.",
        request=MappingInput,
        responses=DONE,
        tags=["screenings"],
    )
    def put(self, request: Request, screening_id: UUID) -> Response:
        """Map the columns of an uploaded list."""
        row = mine(request, screening_id)
        columns = self.given(MappingInput)["columns"]
        made = services.map_columns(screening_id=row.pk, actor=request.user, mapping=columns)
        return Response(ScreeningOutput(made).data)


class Acts(Endpoint):
    """Start, pause, resume, cancel."""

    writes = ApiScope.READ_LOOKUPS
    pagination_class = None

    @extend_schema(
        operation_id="screenings_act",
        summary="Start, pause, resume or cancel a screening",
        description="A paused screening goes on where it stopped; of a cancelled one, what was checked stays.",
        request=ScreeningAct,
        responses=DONE,
        tags=["screenings"],
    )
    def post(self, request: Request, screening_id: UUID) -> Response:
        """Do one of them."""
        row = mine(request, screening_id)
        made = ACT[self.given(ScreeningAct)["act"]](screening_id=row.pk, actor=request.user)
        return Response(ScreeningOutput(made).data)


class Resolution(Endpoint):
    """One row that waits for a word."""

    writes = ApiScope.WRITE_DECISIONS
    pagination_class = None

    @extend_schema(
        operation_id="screenings_resolve",
        summary="Say which agency a row means",
        description=(
            "Rows equal to it follow, and your organisation's later checks remember it. The word is given in the name "
            "of the person who issued the key; let a person look before a machine says it."
        ),
        request=ResolutionInput,
        responses={200: LineOutput, **ACTS},
        tags=["screenings"],
    )
    def put(self, request: Request, screening_id: UUID, number: int) -> Response:
        """Settle a row."""
        row = mine(request, screening_id)
        line_of(row, number)
        told = self.given(ResolutionInput)
        services.resolve_row(screening_id=row.pk, number=number, actor=request.user, **told)
        return Response(LineOutput(line_of(row, number), context=context_of(row)).data)

    @extend_schema(
        operation_id="screenings_unresolve",
        summary="Take a row's resolution back",
        description="The row waits again, and what was remembered with it is forgotten.",
        responses={200: LineOutput, **ACTS},
        tags=["screenings"],
    )
    def delete(self, request: Request, screening_id: UUID, number: int) -> Response:
        """Take it back."""
        row = mine(request, screening_id)
        line_of(row, number)
        services.undo_resolution(screening_id=row.pk, number=number, actor=request.user)
        return Response(LineOutput(line_of(row, number), context=context_of(row)).data)


def line_of(row: Screening, number: int) -> Any:
    """One line of the list, or 404."""
    lines = selectors.lines_of(row, after=number - 1, limit=1) if 0 < number < 2_000_000_000 else []
    if not lines or lines[0].number != number:
        raise Http404
    return lines[0]
