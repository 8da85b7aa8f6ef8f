"""GET /api/v1/register/: the public register by machine, today or as it was at the end of a day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.agencies.selectors import Ending
from certification.agencies.states import NameKind
from certification.certificates import selectors as certificates
from certification.certificates.selectors import StandingFacts
from certification.certificates.states import Standing
from certification.corrections import selectors as corrections
from certification.licences.states import LicenceStatus
from certification.register import selectors
from certification.training import selectors as training
from certification.training.states import Level
from iris.accounts.states import ApiScope
from iris.core import clocks
from iris.core.drf import Pages, ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import Endpoint
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES
from iris.core.shapes import ENDED_HELP, EndedOut
from iris.core.web import get_or_404

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]
SECTORS = [code for code, _name in SECTOR_CHOICES]
NOT_PAST = ("status", "origin", "destination", "sector")


class RegisterDay(StrictSerializer):
    """As of which day."""

    on = serializers.DateField(
        required=False, help_text="As of this day (YYYY-MM-DD); today without it. Never a day to come."
    )

    def validate_on(self, value: date) -> date:
        """Days of which the register knows nothing are refused with its sentence."""
        if problem := agencies.day_problem(value):
            raise serializers.ValidationError(problem)
        return value


class RegisterCorridorOut(ReadOnlySerializer):
    """From a country of origin to a country of work."""

    origin = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    destination = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class RegisterNameOut(ReadOnlySerializer):
    """A name by which the agency is known."""

    kind = serializers.ChoiceField(choices=NameKind.choices)
    name = serializers.CharField()
    lang = serializers.CharField(help_text="BCP 47 language of the name.")


class RegisterLicenceOut(ReadOnlySerializer):
    """A licence as the agency declared it, beside the word of the country's own register."""

    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    authority = serializers.CharField()
    number = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    declared_in_force = serializers.BooleanField()
    status = serializers.ChoiceField(source="register_says.status", choices=LicenceStatus.choices)
    sentence = serializers.CharField(source="register_says.sentence", help_text="The same in plain words.")
    source = serializers.CharField(source="register_says.source")  # type: ignore[assignment] # a field named source
    retrieved_at = serializers.DateTimeField(source="register_says.retrieved_at", allow_null=True)


class RegisterQuery(RegisterDay):
    """Filters of the register; they add up."""

    q = serializers.CharField(
        required=False, max_length=300, help_text="A name in any spelling or script, or a number."
    )
    status = serializers.ChoiceField(
        required=False,
        choices=Standing.choices,
        help_text="What the agency is today; not together with `on`.",
    )
    country = serializers.ChoiceField(required=False, choices=COUNTRIES, help_text="Country of the seat.")
    origin = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Country of origin that its certificate covers."
    )
    destination = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Country of work that its certificate covers."
    )
    sector = serializers.ChoiceField(
        required=False, choices=SECTORS, help_text="Sector that its certificate covers."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Status and scope are those of today: a filter by them says nothing of a day that is past."""
        if attrs.get("on", clocks.today()) < clocks.today():
            both = [name for name in NOT_PAST if attrs.get(name)]
            if both:
                said = (
                    "Looks at today and cannot be used with a past `on`. Ask without it and read `standing`."
                )
                raise serializers.ValidationError({name: [said] for name in both})
        return attrs


class CertificateThenOut(ReadOnlySerializer):
    """The certificate that made the agency so."""

    number = serializers.CharField()
    revision = serializers.IntegerField()
    effective_on = serializers.DateField()
    expires_on = serializers.DateField()
    corridors = RegisterCorridorOut(source="corridors.all", many=True)
    sectors = serializers.ListField(child=serializers.ChoiceField(choices=SECTORS))
    audit_firm = serializers.CharField(source="firm_name")


class RegisterRowOut(ReadOnlySerializer):
    """An agency and what it was at the end of a day."""

    agency_id = serializers.UUIDField(source="pk")
    legal_name = serializers.CharField()
    registration_number = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    on = serializers.SerializerMethodField(help_text="Every fact of this row is as of this day.")
    standing = serializers.SerializerMethodField()
    valid = serializers.SerializerMethodField(
        help_text="Whether it could be relied on that day, in its scope."
    )
    since = serializers.SerializerMethodField()
    certificate = serializers.SerializerMethodField()
    ended = serializers.SerializerMethodField(
        help_text=f"{ENDED_HELP} Of a past day: as the register said then."
    )

    def _facts(self, row: Agency) -> StandingFacts:
        found: StandingFacts = self.context["standings"][row.pk]
        return found

    def get_on(self, row: Agency) -> date:
        day: date = self.context["on"]
        return day

    def get_standing(self, row: Agency) -> Standing:
        return self._facts(row).standing

    def get_valid(self, row: Agency) -> bool:
        return self._facts(row).valid

    def get_since(self, row: Agency) -> date | None:
        return self._facts(row).since

    @extend_schema_field(CertificateThenOut(allow_null=True))
    def get_certificate(self, row: Agency) -> Any:
        held = self._facts(row).certificate
        return CertificateThenOut(held).data if held else None

    @extend_schema_field(EndedOut(allow_null=True))
    def get_ended(self, row: Agency) -> dict[str, Any] | None:
        ending: Ending | None = self.context["endings"].get(row.pk)
        return ending.as_json() if ending else None


class PublishedOut(ReadOnlySerializer):
    """One line of the published history of an agency's certificates."""

    number = serializers.CharField(source="certificate.number")
    revision = serializers.IntegerField(source="certificate.revision")
    on = serializers.DateField()
    what = serializers.CharField()
    state = serializers.CharField()
    reason_code = serializers.CharField()
    public_note = serializers.CharField()


class RegisterEntryOut(RegisterRowOut):
    """The page of one agency: names, licences, training and history with it."""

    answer = serializers.SerializerMethodField(help_text="The answer in plain words.")
    names = RegisterNameOut(many=True)
    licences = serializers.SerializerMethodField()
    training_level = serializers.SerializerMethodField(
        help_text="How far its people were trained. It is not a certification."
    )
    history = serializers.SerializerMethodField()
    disputed_since = serializers.SerializerMethodField(
        help_text="Since when the agency itself disputes this entry; null where it does not."
    )
    agency_reply = serializers.SerializerMethodField(
        help_text="The agency's own words while its dispute is open, where the scheme shows them."
    )

    def get_disputed_since(self, row: Agency) -> date | None:
        found = corrections.public_dispute(row, self.get_on(row))
        return found.since if found else None

    def get_agency_reply(self, row: Agency) -> str:
        found = corrections.public_dispute(row, self.get_on(row))
        return found.reply if found else ""

    def get_answer(self, row: Agency) -> str:
        answer = selectors.answer_for(self._facts(row), self.context["endings"].get(row.pk))
        return f"{answer.title}. {answer.text}"

    @extend_schema_field(RegisterLicenceOut(many=True))
    def get_licences(self, row: Agency) -> Any:
        return RegisterLicenceOut(agencies.licences_on(row, self.get_on(row)), many=True).data

    @extend_schema_field(serializers.ChoiceField(choices=Level.choices, allow_null=True))
    def get_training_level(self, row: Agency) -> str | None:
        return training.level_of(row, self.get_on(row))

    @extend_schema_field(PublishedOut(many=True))
    def get_history(self, row: Agency) -> Any:
        return PublishedOut(selectors.published_until(row, self.get_on(row)), many=True).data


def _as_of(rows: list[Agency], on: date) -> dict[str, Any]:
    """What the register knew of these agencies at the end of a day."""
    return {
        "on": on,
        "standings": certificates.standings_then(rows, on),
        "endings": certificates.public_endings_of([row.pk for row in rows], on=on),
    }


class Register(Endpoint):
    """The register."""

    reads = ApiScope.READ_REGISTER
    orderings = ("legal_name", "country")
    dated = True

    def _rows(self, asked: dict[str, Any]) -> QuerySet[Agency]:
        on = asked.get("on")
        if on is None or on >= clocks.today():
            return selectors.found(**{name: value for name, value in asked.items() if name != "on"})
        rows = selectors.listed_on(on)
        if asked.get("q"):
            rows = agencies.found_by(rows, asked["q"])
        return rows.filter(country=asked["country"]) if asked.get("country") else rows

    @extend_schema(
        operation_id="register_list",
        summary="The register, today or on a day that is past",
        description=(
            "Agencies that hold or held a certificate, and applicants. With `on` the register as it was at the end "
            "of that day: read from the acts, which are only ever added to. A day before the register began is "
            "refused with the day on which it begins."
        ),
        parameters=[RegisterQuery],
        responses=RegisterRowOut(many=True),
        tags=["register"],
        examples=[OpenApiExample("on", value="2026-03-31", parameter_only=("on", "query"))],
    )
    def get(self, request: Request) -> Response:
        """One page of the register as of a day."""
        asked = self.asked(RegisterQuery)
        on = asked.get("on") or clocks.today()
        pages = Pages()
        rows = list(pages.paginate_queryset(self._rows(asked), request, view=self) or [])
        context = _as_of(rows, on)
        return pages.get_paginated_response(RegisterRowOut(rows, many=True, context=context).data)


class RegisterEntry(Endpoint):
    """One agency on the register."""

    reads = ApiScope.READ_REGISTER
    dated = True
    pagination_class = None

    @extend_schema(
        operation_id="register_retrieve",
        summary="One agency on the register, today or on a day that is past",
        description=(
            "Standing, licences with the registers' words, training level and published history as of a day. Names "
            "are those of today. Open findings are not public and stand nowhere here."
        ),
        parameters=[RegisterDay],
        responses=RegisterEntryOut,
        tags=["register"],
    )
    def get(self, request: Request, agency_id: UUID) -> Response:
        """The page of one agency as of a day."""
        on = self.asked(RegisterDay).get("on") or clocks.today()
        rows = selectors.listed_on(on).prefetch_related("names", "licences")
        row = get_or_404(rows, pk=agency_id)
        return Response(RegisterEntryOut(row, context=_as_of([row], on)).data)


api_urlpatterns = [
    path("register/", Register.as_view(), name="register"),
    path("register/<uuid:agency_id>/", RegisterEntry.as_view(), name="register_entry"),
]
