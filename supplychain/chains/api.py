"""The chain by machine: summary, parties, links, findings with their ways, and links sent in, by the same rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, Endpoint
from iris.core.errors import BadInput
from supplychain.chains import selectors, services
from supplychain.chains.selectors import ChainParty
from supplychain.chains.states import FindingCode, PartyKind

PAGE = 50
MOST = 200
MOST_ROWS = 20_000


class OnDay(StrictSerializer):
    """As of which day."""

    on = serializers.DateField(required=False, help_text="As of this day; today without it.")


class PageQuery(OnDay):
    """Which page."""

    start = serializers.IntegerField(required=False, default=0, min_value=0)
    size = serializers.IntegerField(required=False, default=PAGE, min_value=1, max_value=MOST)


class FindingQuery(PageQuery):
    """Which findings."""

    code = serializers.ChoiceField(choices=FindingCode.choices, required=False)


ON = OpenApiParameter("on", date, description="As of this day; today without it.")
START = OpenApiParameter("start", int, description="The first row, counted from 0.")
SIZE = OpenApiParameter("size", int, description="Rows on a page, at most 200.")


class StandingOutput(ReadOnlySerializer):
    """What the register says of a recruiter."""

    code = serializers.CharField(source="standing.value")
    label = serializers.CharField(source="facts.public")  # type: ignore[assignment] # a field named label
    valid = serializers.BooleanField()
    since = serializers.DateField(allow_null=True)


class PartyOutput(ReadOnlySerializer):
    """One party. A confidential one has a standing and no `agency_id`."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=PartyKind.choices)
    name = serializers.CharField()
    country = serializers.CharField()
    level = serializers.IntegerField(help_text="How far below the top.")
    agency_id = serializers.UUIDField(allow_null=True)
    confidential = serializers.BooleanField()
    nameless = serializers.BooleanField(help_text="That there is one is known, and not who.")
    standing = StandingOutput(allow_null=True)

    def to_representation(self, instance: ChainParty) -> dict[str, Any]:
        """Once for each party of an answer: on a page of findings most stand on many ways."""
        made: dict[Any, dict[str, Any]] = cast(dict[str, Any], self.context).setdefault("parties", {})
        if instance.id not in made:
            made[instance.id] = super().to_representation(instance)
        return made[instance.id]


class LinkOutput(ReadOnlySerializer):
    """One link in force on the day. `line` stays the same when what is said of the link changes."""

    id = serializers.UUIDField()
    line = serializers.UUIDField()
    upper = serializers.UUIDField()
    lower = serializers.UUIDField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    workers = serializers.IntegerField(allow_null=True, help_text="A year.")
    fee_terms = serializers.CharField()
    claim = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # a field named source
    confidence = serializers.CharField()


class FindingOutput(ReadOnlySerializer):
    """One finding with the way from the top down to it."""

    code = serializers.ChoiceField(choices=FindingCode.choices)
    why = serializers.CharField()
    party = PartyOutput()
    path = PartyOutput(many=True)


class PageOutput(ReadOnlySerializer):
    """A page: how many there are in all, and where the next page starts."""

    on = serializers.DateField()
    count = serializers.IntegerField()
    next = serializers.IntegerField(allow_null=True, help_text="`start` of the next page.")


class PartyPage(PageOutput):
    """Parties, top down."""

    results = PartyOutput(many=True)


class LinkPage(PageOutput):
    """Links, by the party they lead to, top down."""

    results = LinkOutput(many=True)


class FindingPage(PageOutput):
    """Findings, the gravest kinds first."""

    counts = serializers.DictField(child=serializers.IntegerField())
    results = FindingOutput(many=True)


class SummaryOutput(ReadOnlySerializer):
    """The chain in numbers."""

    on = serializers.DateField()
    version = serializers.IntegerField(help_text="Raised by every change.")
    parties = serializers.IntegerField()
    links = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.IntegerField())
    findings = serializers.DictField(child=serializers.IntegerField())


class ChainRowInput(StrictSerializer):
    """One link, told as in the row of a sheet."""

    upper = serializers.CharField(max_length=300, allow_blank=True)
    upper_kind = serializers.CharField(max_length=60)
    upper_country = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    lower = serializers.CharField(max_length=300, allow_blank=True)
    lower_kind = serializers.CharField(max_length=60)
    lower_country = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    lower_number = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    since = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text="YYYY-MM-DD"
    )
    until = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text="YYYY-MM-DD"
    )
    workers = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    fee_terms = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    contract = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class ImportInput(StrictSerializer):
    """Links to take in together, or not at all."""

    rows = ChainRowInput(many=True)
    leave_out = serializers.BooleanField(
        required=False, default=False, help_text="Leave rows out that have to be corrected."
    )
    dry_run = serializers.BooleanField(required=False, default=False, help_text="Only say what would happen.")


class ImportRowOutput(ReadOnlySerializer):
    """What became of a row."""

    number = serializers.IntegerField()
    action = serializers.CharField()
    sentences = serializers.ListField(child=serializers.CharField())


class ImportOutput(ReadOnlySerializer):
    """What was done, or would be."""

    dry_run = serializers.BooleanField()
    counts = serializers.DictField(child=serializers.IntegerField())
    notes = serializers.ListField(child=serializers.CharField())
    rows = ImportRowOutput(many=True)


def _asked(request: Request, query: type[OnDay] = PageQuery) -> dict[str, Any]:
    asked = query(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return {"on": clocks.today(), **asked.validated_data}


def _page(asked: dict[str, Any], count: int, results: Sequence[Any], **more: Any) -> dict[str, Any]:
    end = asked["start"] + len(results)
    return {
        "on": asked["on"],
        "count": count,
        "next": end if end < count else None,
        "results": results,
        **more,
    }


class ChainView(Endpoint):
    """The chain in numbers."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(operation_id="chain_retrieve", tags=["chain"], parameters=[ON], responses=SummaryOutput)
    def get(self, request: Request) -> Response:
        """Parties by kind, links and findings as of a day."""
        return Response(SummaryOutput(selectors.summary_of(request.user, _asked(request, OnDay)["on"])).data)


class Parties(Endpoint):
    """Parties of the chain."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="chain_parties_list", tags=["chain"], parameters=[ON, START, SIZE], responses=PartyPage
    )
    def get(self, request: Request) -> Response:
        """One page of the parties, top down."""
        asked = _asked(request)
        count, rows = selectors.party_page(request.user, asked["on"], asked["start"], asked["size"])
        return Response(PartyPage(_page(asked, count, rows)).data)


class Links(Endpoint):
    """Links of the chain."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="chain_links_list", tags=["chain"], parameters=[ON, START, SIZE], responses=LinkPage
    )
    def get(self, request: Request) -> Response:
        """One page of the links in force on the day."""
        asked = _asked(request)
        count, rows = selectors.link_page(request.user, asked["on"], asked["start"], asked["size"])
        return Response(LinkPage(_page(asked, count, rows)).data)


class ChainFindings(Endpoint):
    """Findings of the chain."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="chain_findings_list",
        tags=["chain"],
        parameters=[ON, START, SIZE, OpenApiParameter("code", str, enum=[str(one) for one in FindingCode])],
        responses=FindingPage,
    )
    def get(self, request: Request) -> Response:
        """One page of the findings, each with the way down to it and why."""
        asked = _asked(request, FindingQuery)
        found = selectors.findings_on(request.user, asked["on"])
        codes = (FindingCode(asked["code"]),) if asked.get("code") else tuple(found.counts)
        rows = found.page(asked["start"], asked["size"], codes)
        counts = {code.value: n for code, n in found.counts.items()}
        return Response(FindingPage(_page(asked, found.total(codes), rows, counts=counts)).data)


class Imports(Endpoint):
    """Links by machine."""

    writes = ApiScope.WRITE_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="chain_imports_create",
        tags=["chain"],
        request=ImportInput,
        responses={
            200: ImportOutput,
            201: ImportOutput,
            422: OpenApiResponse(description="problem+json: rows to correct"),
        },
    )
    def post(self, request: Request) -> Response:
        """Take links in, all or none; with `dry_run` only say what would happen."""
        asked = ImportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        if len(told["rows"]) > MOST_ROWS:
            text = _("At most %(most)s rows at a time. Send them in parts.") % {"most": f"{MOST_ROWS:,}"}
            raise BadInput(fields={"rows": [text]})
        made = services.import_rows(actor=request.user, **told)
        body = {"dry_run": told["dry_run"], "counts": made.counts, "notes": made.notes, "rows": made.rows}
        return Response(ImportOutput(body).data, status=200 if told["dry_run"] else 201)


class LevelOutput(ReadOnlySerializer):
    """One level of the chain."""

    level = serializers.IntegerField(help_text="How far below the top; 0 is the top.")
    parties = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.IntegerField(), help_text="Parties by kind.")


class LevelsOutput(ReadOnlySerializer):
    """The chain level by level."""

    on = serializers.DateField()
    results = LevelOutput(many=True)


class TieOutput(ReadOnlySerializer):
    """A link with the party at its other end."""

    link = LinkOutput()
    party = PartyOutput()


class PartyInPlaceOutput(ReadOnlySerializer):
    """A party with whom it works for and who works for it, as of a day."""

    on = serializers.DateField()
    party = PartyOutput()
    above = TieOutput(many=True)
    below = TieOutput(many=True)


class Levels(Endpoint):
    """Levels of the chain."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="chain_levels",
        summary="The chain level by level",
        parameters=[ON],
        responses=LevelsOutput,
        tags=["chain"],
    )
    def get(self, request: Request) -> Response:
        """How many parties stand on each level, by kind."""
        on = _asked(request, OnDay)["on"]
        return Response(LevelsOutput({"on": on, "results": selectors.levels_of(request.user, on)}).data)


class OneParty(Endpoint):
    """One party in its place."""

    reads = ApiScope.READ_CHAINS
    pagination_class = None

    @extend_schema(
        operation_id="chain_parties_retrieve",
        summary="One party with what stands above and below it",
        description="Walk the tree with it, level by level. 404 where the party stands nowhere on that day.",
        parameters=[ON],
        responses={200: PartyInPlaceOutput, 404: ABSENT},
        tags=["chain"],
    )
    def get(self, request: Request, party_id: UUID) -> Response:
        """A party of your chain as of a day, with its links in force."""
        on = _asked(request, OnDay)["on"]
        found = selectors.party_in_place(request.user, party_id, on)
        if found is None:
            raise Http404
        above, below = (
            [{"link": tie, "party": one} for tie, one in side] for side in (found.above, found.below)
        )
        told = {"on": on, "party": found.party, "above": above, "below": below}
        return Response(PartyInPlaceOutput(told).data)


api_urlpatterns = [
    path("chain/", ChainView.as_view(), name="chain"),
    path("chain/parties/", Parties.as_view(), name="chain_parties"),
    path("chain/parties/<uuid:party_id>/", OneParty.as_view(), name="chain_party"),
    path("chain/levels/", Levels.as_view(), name="chain_levels"),
    path("chain/links/", Links.as_view(), name="chain_links"),
    path("chain/findings/", ChainFindings.as_view(), name="chain_findings"),
    path("chain/imports/", Imports.as_view(), name="chain_imports"),
]
