"""GET /api/v1/risk/corridors/ and /sectors/: base risk by machine, with inputs and sources."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ACTS, Endpoint
from iris.core.places import SECTORS, check_corridor
from supplychain.risk import selectors, services
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


class Asked(StrictSerializer):
    """Which corridor, and as known on which day."""

    origin = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    destination = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    on = serializers.DateField(required=False, default=None)


class SectorAsked(StrictSerializer):
    """As known on which day."""

    on = serializers.DateField(required=False, default=None)


ON = OpenApiParameter("on", str, description="As known on this day (YYYY-MM-DD); today without it.")


class CorridorRisks(Endpoint):
    """Base risk of corridors."""

    reads = ApiScope.READ_REGISTER
    pagination_class = None

    @extend_schema(
        operation_id="risk_corridors",
        tags=["risk"],
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


class SectorRisks(Endpoint):
    """Base risk of sectors."""

    reads = ApiScope.READ_REGISTER
    pagination_class = None

    @extend_schema(
        operation_id="risk_sectors", tags=["risk"], parameters=[ON], responses=SectorRiskOut(many=True)
    )
    def get(self, request: Request) -> Response:
        """Every sector."""
        asked = SectorAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        on = asked.validated_data["on"] or clocks.today()
        rows = [
            {**vars(base), "unknown_points": base.unknown_points, "sector": code}
            for code in SECTORS
            for base in [selectors.sector_risk(code, on)]
        ]
        return Response(SectorRiskOut(rows, many=True).data)


class WeightsOut(ReadOnlySerializer):
    """The weights that count for your organisation."""

    number = serializers.IntegerField(help_text="Version; 0 while you never chose: send it back as `seen`.")
    own = serializers.BooleanField(help_text="Whether they are your own, not the scheme's.")
    version = serializers.CharField()
    values = serializers.DictField(child=serializers.IntegerField(), help_text="Weight by input, 0 to 100.")


class WeightsIn(StrictSerializer):
    """New weights, every input named, and why."""

    values = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=100))
    reason = serializers.CharField(max_length=1_000)
    seen = serializers.IntegerField(
        min_value=0, max_value=2_000_000_000, help_text="The version you started from."
    )


class ResetIn(StrictSerializer):
    """Why the scheme's weights count again."""

    reason = serializers.CharField(max_length=1_000)
    seen = serializers.IntegerField(
        min_value=0, max_value=2_000_000_000, help_text="The version you started from."
    )


def _weights(request: Request) -> Response:
    row = selectors.weight_sets_visible_to(request.user).first()
    now = selectors.weights_from(row)
    told = {"number": row.number if row else 0, "own": now.own, "version": now.version, "values": now.values}
    return Response(WeightsOut(told).data)


class OwnWeights(Endpoint):
    """Weights of your organisation."""

    reads = ApiScope.READ_DILIGENCE
    writes = ApiScope.WRITE_DILIGENCE
    pagination_class = None

    @extend_schema(operation_id="risk_weights_retrieve", responses=WeightsOut, tags=["risk"])
    def get(self, request: Request) -> Response:
        """The weights in force for your organisation: its own, or the scheme's."""
        return _weights(request)

    @extend_schema(
        operation_id="risk_weights_change",
        request=WeightsIn,
        responses={200: WeightsOut, **ACTS},
        tags=["risk"],
    )
    def put(self, request: Request) -> Response:
        """Keep a new version; those before stay on record. 409 when a colleague was first: read, then try again."""
        services.change_weights(actor=request.user, **self.given(WeightsIn))
        return _weights(request)


class ResetWeights(Endpoint):
    """Back to the scheme's weights."""

    writes = ApiScope.WRITE_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="risk_weights_reset",
        request=ResetIn,
        responses={200: WeightsOut, **ACTS},
        tags=["risk"],
    )
    def post(self, request: Request) -> Response:
        """Go back to the scheme's weights, as a new version."""
        services.reset_weights(actor=request.user, **self.given(ResetIn))
        return _weights(request)


api_urlpatterns = [
    path("risk/weights/", OwnWeights.as_view(), name="risk_weights"),
    path("risk/weights/reset/", ResetWeights.as_view(), name="risk_weights_reset"),
    path("risk/corridors/", CorridorRisks.as_view(), name="risk_corridors"),
    path("risk/sectors/", SectorRisks.as_view(), name="risk_sectors"),
]
