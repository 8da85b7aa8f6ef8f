"""API: what the public may know of enrolled agencies, and bringing rows into the lists of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certification.agencies import selectors, services
from certification.agencies.models import Agency
from certification.agencies.rules.sheet import COLUMNS
from certification.agencies.selectors.planning import Action
from certification.agencies.states import AgencyKind, ListPage, NameKind
from certification.licences.states import LicenceStatus
from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import Pages, ReadOnlySerializer, Scoped, StrictSerializer
from iris.core.endpoints import ACTS, Endpoint
from iris.core.errors import NotPermitted
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from iris.core.shapes import ENDED_HELP, EndedOut
from iris.core.web import get_or_404

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]
SECTORS = [code for code, _name in SECTOR_CHOICES]
ISO_COUNTRY = "ISO 3166-1 alpha-2"


class AgencyNameOut(ReadOnlySerializer):
    """A name by which the agency is known, the legal one included."""

    kind = serializers.ChoiceField(choices=NameKind.choices)
    name = serializers.CharField()
    lang = serializers.CharField(help_text="BCP 47 language of the name.")


class AgencyLicenceOut(ReadOnlySerializer):
    """A licence given by a state, as the agency declared it. A licence is not a certificate."""

    country = serializers.CharField(help_text=ISO_COUNTRY)
    authority = serializers.CharField()
    number = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()


class AgencyCorridorOut(ReadOnlySerializer):
    """From a country of origin to a country of work."""

    origin = serializers.CharField(help_text=ISO_COUNTRY)
    destination = serializers.CharField(help_text=ISO_COUNTRY)


class AgencyBranchOut(ReadOnlySerializer):
    """An office besides the head office."""

    name = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField(help_text=ISO_COUNTRY)


class AgencyOut(ReadOnlySerializer):
    """An enrolled agency. Enrolled is not certified: ask /certificates/ for that."""

    id = serializers.UUIDField()
    legal_name = serializers.CharField()
    registration_number = serializers.CharField()
    country = serializers.CharField(help_text=ISO_COUNTRY)
    kind = serializers.ChoiceField(choices=AgencyKind.choices)
    city = serializers.CharField()
    website = serializers.CharField()
    enrolled_at = serializers.DateTimeField(help_text="When the agency confirmed its enrolment.")
    names = AgencyNameOut(many=True)
    licences = AgencyLicenceOut(many=True)
    corridors = AgencyCorridorOut(many=True)
    sectors = serializers.SerializerMethodField()
    branches = AgencyBranchOut(many=True)
    sub_agents_declared = serializers.SerializerMethodField(
        help_text="How many sub-agents the agency declared."
    )

    owners_declared = serializers.SerializerMethodField(
        help_text="How many owners and directors the agency named. Who they are is not public."
    )
    ended = serializers.SerializerMethodField(help_text=ENDED_HELP)

    @extend_schema(responses=serializers.ListField(child=serializers.ChoiceField(choices=SECTORS)))
    def get_sectors(self, agency: Agency) -> list[str]:
        return [row.sector for row in agency.sectors.all()]

    def get_owners_declared(self, agency: Agency) -> int:
        today = clocks.today()
        return sum(row.holds(today) for row in agency.officers.all())

    def get_sub_agents_declared(self, agency: Agency) -> int:
        return len(agency.sub_agents.all())

    @extend_schema_field(EndedOut(allow_null=True))
    def get_ended(self, agency: Agency) -> dict[str, Any] | None:
        row = getattr(agency, "end", None)
        return selectors.ending_of(row).as_json() if row else None


class AgencyQuery(StrictSerializer):
    """Filters of the list; they add up."""

    q = serializers.CharField(
        required=False,
        max_length=300,
        help_text="A name in any spelling or script, or a number of a register or licence.",
    )
    country = serializers.ChoiceField(required=False, choices=COUNTRIES, help_text="Country of registration.")
    corridor = serializers.CharField(
        required=False, help_text="Origin and destination, for example NP-QA: agencies that recruit there."
    )

    def validate_corridor(self, value: str) -> tuple[str, str]:
        """Two countries with a dash between them."""
        origin, _dash, destination = value.upper().partition("-")
        if origin not in COUNTRIES or destination not in COUNTRIES:
            raise serializers.ValidationError(
                f"Expected two ISO 3166-1 country codes with a dash, like NP-QA; found “{value}”."
            )
        return origin, destination


class RegisterWordOut(ReadOnlySerializer):
    """What the country's own register says of a licence, with source and the moment its list was fetched."""

    status = serializers.ChoiceField(
        choices=LicenceStatus.choices,
        help_text="`unknown` where no list could be relied on; it never means that all is well.",
    )
    raw = serializers.CharField(help_text="The register's own word.")
    lang = serializers.CharField(help_text="BCP 47 language of that word.")
    register = serializers.CharField()
    source = serializers.CharField(help_text="Where the list was read.")  # type: ignore[assignment] # a field named source
    retrieved_at = serializers.DateTimeField(allow_null=True)
    terms = serializers.CharField(source="licence_terms", help_text="Terms under which the list may be used.")
    sentence = serializers.CharField(help_text="The same in one line of plain words.")


class LicenceStandingOut(AgencyLicenceOut):
    """A licence as the agency declared it, beside the register's word. A licence is not a certificate."""

    declared_in_force = serializers.BooleanField(help_text="By the dates that the agency declared.")
    register_says = RegisterWordOut()


class LicencesOut(ReadOnlySerializer):
    """The licences of an agency as of a day."""

    on = serializers.DateField()
    results = LicenceStandingOut(many=True)


class OnDay(StrictSerializer):
    """As of which day."""

    on = serializers.DateField(
        required=False, help_text="As of this day (YYYY-MM-DD); today without it. Never a day to come."
    )

    def validate_on(self, value: date) -> date:
        """Days of which the register knows nothing are refused with its sentence."""
        if problem := selectors.day_problem(value):
            raise serializers.ValidationError(problem)
        return value


class AgencyList(ListAPIView[Agency]):
    """Enrolled agencies, those enrolled longest first."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_REGISTER
    serializer_class = AgencyOut
    pagination_class = Pages
    orderings = ("legal_name", "country", "enrolled_at")
    feed = "agencies"
    dated = True

    def once_public(self, left: list[UUID]) -> set[UUID]:
        """Of which the feed may say that they are gone."""
        return selectors.once_public(left)

    def get_queryset(self) -> QuerySet[Agency]:
        """Enrolled ones that fit the filters; the same nine queries for any page."""
        query = AgencyQuery(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        wanted = query.validated_data
        rows = selectors.enrolled_agencies()
        if wanted.get("q"):
            rows = selectors.found_by(rows, wanted["q"])
        if wanted.get("country"):
            rows = rows.filter(country=wanted["country"])
        if wanted.get("corridor"):
            rows = selectors.on_corridor(rows, *wanted["corridor"])
        return selectors.with_public_facts(rows)

    @extend_schema(operation_id="agencies_list", parameters=[AgencyQuery], tags=["agencies"])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List enrolled agencies."""
        return super().get(request, *args, **kwargs)


class AgencyDetail(APIView):
    """One enrolled agency."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_REGISTER
    dated = True

    @extend_schema(operation_id="agencies_read", responses=AgencyOut, tags=["agencies"])
    def get(self, request: Request, agency_id: UUID) -> Response:
        """Read one enrolled agency."""
        agency = selectors.with_public_facts(selectors.enrolled_agencies()).filter(pk=agency_id).first()
        if agency is None:
            raise Http404
        return Response(AgencyOut(agency).data)


class AgencyLicences(Endpoint):
    """Licences of one agency."""

    reads = ApiScope.READ_REGISTER
    dated = True
    pagination_class = None

    @extend_schema(
        operation_id="agencies_licences",
        summary="Licences of an agency, and what the registers of states say of them",
        description="Each with the register's own word, its source and when its list was fetched.",
        parameters=[OnDay],
        responses=LicencesOut,
        tags=["agencies"],
    )
    def get(self, request: Request, agency_id: UUID) -> Response:
        """The licences that an agency declared, each with the register's word as of a day."""
        on = self.asked(OnDay).get("on") or clocks.today()
        agency = get_or_404(selectors.enrolled_agencies().prefetch_related("licences"), pk=agency_id)
        told = {"on": on, "results": selectors.licences_on(agency, on)}
        return Response(LicencesOut(told).data)


class OwnListsInput(StrictSerializer):
    """Rows of one of your lists, taken in together or not at all."""

    list = serializers.ChoiceField(choices=ListPage.choices)
    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=4000)),
        help_text=(
            "Cells by column. "
            + " ".join(f"`{page.value}`: {', '.join(columns)}." for page, columns in COLUMNS.items())
            + " Days are YYYY-MM-DD; an empty cell changes nothing."
        ),
    )
    leave_out = serializers.BooleanField(
        required=False, default=False, help_text="Leave rows out that have to be corrected."
    )
    dry_run = serializers.BooleanField(required=False, default=False, help_text="Only say what would happen.")


class WrongCellOut(ReadOnlySerializer):
    """A cell that cannot be taken."""

    column = serializers.CharField()
    found = serializers.CharField()
    expected = serializers.CharField(help_text="What it takes and how to correct it.")


class OwnListRowOut(ReadOnlySerializer):
    """What became of a row."""

    number = serializers.IntegerField(help_text="From 1, in the order sent.")
    action = serializers.ChoiceField(choices=Action.choices)
    same_as = serializers.IntegerField(help_text="The row that says the same; 0 without one.")
    wrong = WrongCellOut(many=True)


class OwnListsOut(ReadOnlySerializer):
    """What was done, or would be."""

    dry_run = serializers.BooleanField()
    counts = serializers.DictField(child=serializers.IntegerField())
    rows = OwnListRowOut(many=True)


class OwnLists(Endpoint):
    """Branches, sub-agents, corridors and licences of your agency by machine."""

    writes = ApiScope.WRITE_CERTIFICATION
    pagination_class = None

    @extend_schema(
        operation_id="own_lists_import",
        summary="Bring many branches, sub-agents, corridors or licences into your agency's lists",
        description=(
            "A row that is there already, by its number or by name and place, is changed or passed over: sending the "
            "same rows twice does nothing the second time. Nothing is taken off a list."
        ),
        request=OwnListsInput,
        responses={200: OwnListsOut, 201: OwnListsOut, **ACTS},
        tags=["agencies"],
    )
    def post(self, request: Request) -> Response:
        """Take rows in, all or none; with `dry_run` only say what would happen."""
        told = self.given(OwnListsInput)
        agency = selectors.agency_of(request.user)
        if agency is None:
            raise NotPermitted(_("Only an enrolled agency has these lists. Enrol your agency first."))
        made = services.import_rows(
            agency_id=agency.pk,
            actor=request.user,
            page=told["list"],
            rows=told["rows"],
            leave_out=told["leave_out"],
            dry_run=told["dry_run"],
        )
        body = {"dry_run": told["dry_run"], "counts": made.counts, "rows": made.rows}
        return Response(OwnListsOut(body).data, status=200 if told["dry_run"] else 201)


api_urlpatterns = [
    path("agencies/", AgencyList.as_view(), name="agencies"),
    path("agencies/<uuid:agency_id>/", AgencyDetail.as_view(), name="agency"),
    path("agencies/<uuid:agency_id>/licences/", AgencyLicences.as_view(), name="agency_licences"),
    path("own/lists/imports/", OwnLists.as_view(), name="own_lists"),
]
