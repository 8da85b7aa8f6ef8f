"""How much of an employer's hiring is covered, and the risk of each recruiter with everything it is made of."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.models import Organisation
from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.errors import NotPermitted
from iris.core.places import is_country
from supplychain.coverage import selectors
from supplychain.coverage.permissions import KINDS
from supplychain.coverage.rules import Share
from supplychain.coverage.states import Part
from supplychain.risk.selectors import NamedFacts, RiskScore, score, weights_of
from supplychain.risk.states import Band

FIRST_YEAR = 1990


class CoverageQuery(StrictSerializer):
    """Of which day, which tier and which corridor."""

    on = serializers.DateField(
        required=False, help_text="As of this day; today without. Never a day to come."
    )
    tier = serializers.IntegerField(
        required=False, default=1, min_value=1, max_value=9, help_text="1: recruiters you use directly."
    )
    corridor = serializers.CharField(required=False, help_text="Only this corridor, for example NP-QA.")

    def validate_on(self, value: date) -> date:
        """A day that has been."""
        if value > clocks.today() or value.year < FIRST_YEAR:
            raise serializers.ValidationError(
                f"Expected a day from {FIRST_YEAR} on that is not still to come; found {value.isoformat()}."
            )
        return value

    def validate_corridor(self, value: str) -> tuple[str, str]:
        """Two countries with a dash between them."""
        found = re.fullmatch(r"([A-Z]{2})-([A-Z]{2})", value)
        if not found or not is_country(found[1]) or not is_country(found[2]):
            raise serializers.ValidationError(
                f"Expected two country codes with a dash, like NP-QA; found “{value}”."
            )
        return found[1], found[2]


class PartOut(ReadOnlySerializer):
    """Workers of one part."""

    part = serializers.ChoiceField(choices=Part.choices)
    workers = serializers.IntegerField()
    percent = serializers.CharField(help_text="Of the workers told of; empty where there are none.")


class ShareOut(ReadOnlySerializer):
    """A whole and its parts. Unknown is a part and is never left out."""

    workers = serializers.IntegerField(source="whole")
    covered = serializers.IntegerField(help_text="Through recruiters certified for the corridor.")
    percent = serializers.CharField()
    hires = serializers.IntegerField(help_text="Links counted.")
    untold = serializers.IntegerField(help_text="Links without a number of workers.")
    parts = serializers.SerializerMethodField()

    @extend_schema_field(PartOut(many=True))
    def get_parts(self, share: Share) -> list[dict[str, Any]]:
        """Every part with its workers."""
        return [{"part": part.value, "workers": n, "percent": said} for part, n, said in share.rows]


class TierOut(ReadOnlySerializer):
    """One tier. Tiers do not add up: the same workers pass through each of them."""

    tier = serializers.IntegerField()
    share = ShareOut()


class CorridorShareOut(ReadOnlySerializer):
    """One corridor."""

    corridor = serializers.CharField(allow_null=True, help_text="Like NP-QA; null where it is not known.")
    share = ShareOut()


class MonthOut(ReadOnlySerializer):
    """The last day of a month, as the register was then."""

    on = serializers.DateField()
    share = ShareOut()


class GapOut(ReadOnlySerializer):
    """A recruiter whose workers are not covered."""

    party_id = serializers.UUIDField()
    name = serializers.CharField()
    part = serializers.ChoiceField(choices=Part.choices)
    workers = serializers.IntegerField()
    untold = serializers.IntegerField()


class ExpiringOut(ReadOnlySerializer):
    """A certificate that ends soon."""

    number = serializers.CharField(source="certificate.number")
    agency_id = serializers.UUIDField(source="certificate.agency_id")
    legal_name = serializers.CharField(source="certificate.legal_name")
    expires_on = serializers.DateField(source="certificate.expires_on")
    workers = serializers.IntegerField()
    in_chain = serializers.BooleanField()
    watched = serializers.BooleanField()


class CoverageOut(ReadOnlySerializer):
    """Every figure of the page."""

    on = serializers.DateField()
    tier = serializers.IntegerField()
    corridor = serializers.CharField(allow_null=True)
    share = ShareOut()
    tiers = TierOut(many=True)
    corridors = CorridorShareOut(many=True)
    trend = MonthOut(many=True)
    gaps = GapOut(many=True)
    expiring = ExpiringOut(many=True)


def own(request: Request) -> Organisation:
    """The employer that asks."""
    organisation = request.user.organisation
    if organisation is None or not request.user.is_kind(*KINDS):
        raise NotPermitted(_("Only employers keep a supply chain here."))
    return organisation


def _code(corridor: Sequence[str] | None) -> str | None:
    return "-".join(corridor) if corridor else None


class CoverageView(Endpoint):
    """Coverage."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="coverage_retrieve",
        summary="How much of the hiring goes through certified agencies",
        description="By part, tier, corridor and month; gaps and certificates that end soon. Months are read from the "
        "register as it was then.",
        parameters=[CoverageQuery],
        responses=CoverageOut,
        tags=["coverage"],
        examples=[OpenApiExample("corridor", value="NP-QA", parameter_only=("corridor", "query"))],
    )
    def get(self, request: Request) -> Response:
        """The figures of an employer as of a day."""
        asked = self.asked(CoverageQuery)
        wanted = selectors.Asked(asked.get("on") or clocks.today(), asked["tier"], asked.get("corridor"))
        found = selectors.coverage_of(own(request), wanted)
        told = {
            "on": wanted.on,
            "tier": wanted.tier,
            "corridor": _code(wanted.corridor),
            "share": found.share,
            "tiers": [{"tier": tier, "share": share} for tier, share in found.tiers],
            "corridors": [{"corridor": _code(one), "share": share} for one, share in found.corridors],
            "trend": [{"on": day, "share": share} for day, share in found.trend],
            "gaps": [
                {**vars(gap), "party_id": gap.recruiter.id, "name": gap.recruiter.name} for gap in found.gaps
            ],
            "expiring": found.expiring,
        }
        return Response(CoverageOut(told).data)


class ScoreInputOut(ReadOnlySerializer):
    """One input of a score."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a field named label
    value = serializers.CharField()
    unknown = serializers.BooleanField()
    weight = serializers.IntegerField()
    points = serializers.DecimalField(max_digits=4, decimal_places=1)
    reason = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # a field named source


class ScoreChangeOut(ReadOnlySerializer):
    """What would lower the score, and by how much."""

    code = serializers.CharField()
    text = serializers.CharField()
    points = serializers.IntegerField()


class ScoreOut(ReadOnlySerializer):
    """A score: points order what to ask about and are no finding about anybody."""

    points = serializers.IntegerField(help_text="0 to 100")
    band = serializers.ChoiceField(choices=Band.choices)
    floor = serializers.IntegerField(help_text="What lifted the points; 0 where nothing did.")
    floor_reason = serializers.CharField()
    weights_version = serializers.CharField()
    method_version = serializers.CharField()
    inputs = ScoreInputOut(many=True)
    would_change = serializers.ListField(child=serializers.CharField())
    changes = ScoreChangeOut(many=True)


class RecruiterRiskOut(ReadOnlySerializer):
    """A recruiter of your chain and its score with your weights."""

    party_id = serializers.UUIDField()
    name = serializers.CharField()
    score = ScoreOut()


class RecruitersOut(ReadOnlySerializer):
    """Recruiters, most to ask about first."""

    weights_version = serializers.CharField()
    results = RecruiterRiskOut(many=True)


def _scored(organisation: Organisation) -> list[tuple[NamedFacts, RiskScore]]:
    weights, today = weights_of(organisation), clocks.today()
    rows = [(one, score(one.facts, weights, today)) for one in selectors.parties_for(organisation)]
    return sorted(rows, key=lambda row: (-row[1].points, row[0].name))


def _row(one: NamedFacts, made: RiskScore) -> dict[str, Any]:
    return {"party_id": one.key, "name": one.name, "score": made}


class Recruiters(Endpoint):
    """Risk of recruiters."""

    reads = ApiScope.READ_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="risk_recruiters",
        summary="Recruiters in the order of what to ask about",
        description="Every recruiter in force in your chain today, scored with your own weights.",
        responses=RecruitersOut,
        tags=["risk"],
    )
    def get(self, request: Request) -> Response:
        """Scores of the recruiters of your chain, with inputs and what would change them."""
        organisation = own(request)
        rows = [_row(one, made) for one, made in _scored(organisation)]
        told = {"weights_version": weights_of(organisation).version, "results": rows}
        return Response(RecruitersOut(told).data)


class Recruiter(Endpoint):
    """Risk of one recruiter."""

    reads = ApiScope.READ_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="risk_recruiters_retrieve",
        summary="The score of one recruiter",
        responses={200: RecruiterRiskOut, 404: ABSENT},
        tags=["risk"],
    )
    def get(self, request: Request, party_id: UUID) -> Response:
        """Points, inputs, reasons and what would change them."""
        found = next((row for row in _scored(own(request)) if row[0].key == party_id), None)
        if found is None:
            raise Http404
        return Response(RecruiterRiskOut(_row(*found)).data)


api_urlpatterns = [
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("risk/recruiters/", Recruiters.as_view(), name="risk_recruiters"),
    path("risk/recruiters/<uuid:party_id>/", Recruiter.as_view(), name="risk_recruiter"),
]
