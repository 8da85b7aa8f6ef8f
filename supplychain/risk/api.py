"""GET /api/v1/risk/corridors/ and /sectors/: base risk by machine, with inputs and sources."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.core import clocks
from iris.core.drf import ReadOnlySerializer, Scoped
from iris.core.places import SECTORS, check_corridor
from supplychain.risk import selectors
from supplychain.risk.states import Band

PLACE = r"ISO 3166-1 alpha-2"


class InputOut(ReadOnlySerializer):
    """One input of a base risk."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a field named as the base has one
    value = serializers.CharField(help_text="What is known, in words.")
    unknown = serializers.BooleanField()
    counts = serializers.IntegerField(source="badness", help_text="0 to 100; unknown counts too.")
    weight = serializers.IntegerField()
    points = serializers.DecimalField(max_digits=4, decimal_places=1)
    reason = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # a field named as the base has one
    url = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    verify = serializers.BooleanField(
        help_text="Not confirmed at the source yet; never counts better than unknown."
    )


class BaseOut(ReadOnlySerializer):
    """A base risk: points order what to ask about and are no finding about anybody."""

    label = serializers.CharField()  # type: ignore[assignment] # a field named as the base has one
    points = serializers.IntegerField(help_text="0 to 100")
    band = serializers.ChoiceField(choices=Band.choices)
    unknown_points = serializers.DecimalField(max_digits=4, decimal_places=1)
    version = serializers.CharField()
    on = serializers.DateField()
    inputs = InputOut(many=True)


class CorridorRiskOut(BaseOut):
    """The base risk of a corridor."""

    origin = serializers.CharField(help_text=PLACE)
    destination = serializers.CharField(help_text=PLACE)


class SectorRiskOut(BaseOut):
    """The base risk of a sector."""

    sector = serializers.ChoiceField(choices=list(SECTORS.items()))


class Asked(serializers.Serializer[Any]):
    """Which corridor, and as known on which day."""

    origin = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    destination = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    on = serializers.DateField(required=False, default=None)


ON = OpenApiParameter("on", str, description="As known on this day (YYYY-MM-DD); today without it.")


class CorridorRisks(APIView):
    """Base risk of corridors."""

    permission_classes = [Scoped]
    required_scope = "read:register"

    @extend_schema(
        operation_id="risk_corridors",
        parameters=[
            OpenApiParameter("origin", str, description=PLACE),
            OpenApiParameter("destination", str, description=PLACE),
            ON,
        ],
        responses=CorridorRiskOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """One corridor when both countries are given, else every corridor we know of, in the order of countries."""
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        origin, destination = asked.validated_data["origin"], asked.validated_data["destination"]
        on = asked.validated_data["on"] or clocks.today()
        if origin and destination:
            check_corridor(origin, destination)
            pairs = [(origin, destination)]
        else:
            pairs = [
                pair
                for pair in selectors.corridors_known()
                if origin in ("", pair[0]) and destination in ("", pair[1])
            ]
        rows = [
            {**vars(base), "unknown_points": base.unknown_points, "origin": first, "destination": then}
            for first, then in pairs
            for base in [selectors.corridor_risk(first, then, on)]
        ]
        return Response(CorridorRiskOut(rows, many=True).data)


class SectorRisks(APIView):
    """Base risk of sectors."""

    permission_classes = [Scoped]
    required_scope = "read:register"

    @extend_schema(operation_id="risk_sectors", parameters=[ON], responses=SectorRiskOut(many=True))
    def get(self, request: Request) -> Response:
        """Every sector."""
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        on = asked.validated_data["on"] or clocks.today()
        rows = [
            {**vars(base), "unknown_points": base.unknown_points, "sector": code}
            for code in SECTORS
            for base in [selectors.sector_risk(code, on)]
        ]
        return Response(SectorRiskOut(rows, many=True).data)


api_urlpatterns = [
    path("risk/corridors/", CorridorRisks.as_view(), name="risk_corridors"),
    path("risk/sectors/", SectorRisks.as_view(), name="risk_sectors"),
]
