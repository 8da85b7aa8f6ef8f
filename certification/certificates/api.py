"""Read API: certificates as the register knows them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certification.certificates import selectors, services
from certification.certificates.models import Certificate
from certification.certificates.states import CertificateState, ReasonCode, Standing
from iris.accounts.states import ApiScope
from iris.core.drf import Pages, ReadOnlySerializer, Scoped, StrictSerializer
from iris.core.endpoints import Endpoint
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]
SECTORS = [code for code, _name in SECTOR_CHOICES]


class CorridorOut(ReadOnlySerializer):
    """From a country of origin to a country of work."""

    origin = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    destination = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class BranchOut(ReadOnlySerializer):
    """An office that the certificate covers besides the head office."""

    name = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class NameOut(ReadOnlySerializer):
    """Another name of the agency on the day of issue."""

    name = serializers.CharField()
    kind = serializers.CharField()
    lang = serializers.CharField()


class ChangeOut(ReadOnlySerializer):
    """One line of the published history."""

    on = serializers.DateField()
    what = serializers.CharField()
    state = serializers.ChoiceField(choices=CertificateState.choices)
    reason_code = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True)
    public_note = serializers.CharField()


class CertificateOut(ReadOnlySerializer):
    """One revision of a certificate, with its status at the moment of the call."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    revision = serializers.IntegerField()
    status = serializers.SerializerMethodField(
        help_text="Read from state and dates at the moment of the call."
    )
    valid_today = serializers.BooleanField(
        source="in_force", help_text="Whether it may be relied on today, in its scope."
    )
    status_since = serializers.SerializerMethodField()
    reason_code = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True)
    public_note = serializers.CharField()
    agency_id = serializers.UUIDField()
    legal_name = serializers.CharField()
    other_names = NameOut(many=True)
    registration_number = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    corridors = serializers.SerializerMethodField()
    sectors = serializers.ListField(child=serializers.ChoiceField(choices=SECTORS))
    branches = BranchOut(many=True)
    edition = serializers.IntegerField(source="edition.number")
    audit_firm = serializers.CharField(source="firm_name")
    decided_on = serializers.DateField()
    effective_on = serializers.DateField()
    expires_on = serializers.DateField()
    issued_at = serializers.DateTimeField()
    verify_url = serializers.SerializerMethodField()

    def get_status(self, row: Certificate) -> Standing:
        return row.standing

    @extend_schema(responses=serializers.DateField())
    def get_status_since(self, row: Certificate) -> str | None:
        since = selectors.standing_facts(row).since
        return since.isoformat() if since else None

    def get_corridors(self, row: Certificate) -> list[dict[str, str]]:
        return [{"origin": one.origin, "destination": one.destination} for one in row.corridors.all()]

    def get_verify_url(self, row: Certificate) -> str:
        return services.status_url(row)


class CertificateDetailOut(CertificateOut):
    """The latest revision of a number, its published history and its earlier revisions."""

    changes = ChangeOut(many=True)
    earlier_revisions = serializers.SerializerMethodField()

    def get_earlier_revisions(self, row: Certificate) -> list[dict[str, Any]]:
        earlier = selectors.revisions_of(row).filter(revision__lt=row.revision)
        return [
            {
                "revision": one.revision,
                "issued_at": one.issued_at.isoformat(),
                "ended_on": one.ended_on and one.ended_on.isoformat(),
            }
            for one in earlier
        ]


class CertificateQuery(StrictSerializer):
    """Filters of the list."""

    status = serializers.ChoiceField(
        required=False,
        choices=[one.value for one in Standing if one not in (Standing.APPLICANT, Standing.ENROLLED)],
        help_text="Status at the moment of the call.",
    )
    country = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Country of the agency's seat."
    )
    origin = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Corridor covered: country of origin."
    )
    destination = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Corridor covered: country of work."
    )
    sector = serializers.ChoiceField(required=False, choices=SECTORS, help_text="Sector covered.")
    agency_id = serializers.UUIDField(required=False)


class CertificateList(ListAPIView[Certificate]):
    """The latest revision of every certificate, also suspended, expired and withdrawn ones."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_REGISTER
    serializer_class = CertificateOut
    pagination_class = Pages
    orderings = ("number", "legal_name", "issued_at", "effective_on", "expires_on")
    feed = "certificates"
    dated = True

    @extend_schema(
        operation_id="certificates_list",
        summary="List certificates",
        description="Cursor pages, oldest first. One row for each number: its latest revision.",
        parameters=[CertificateQuery],
        tags=["certificates"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def once_public(self, left: list[UUID]) -> set[UUID]:
        """Of which the feed may say that they are gone: every revision was on the register."""
        return set(selectors.public_certificates().filter(pk__in=left).values_list("pk", flat=True))

    def get_queryset(self) -> QuerySet[Certificate]:
        query = CertificateQuery(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return selectors.for_api(**query.validated_data)


class CertificateDetail(APIView):
    """One certificate by its number."""

    permission_classes = [Scoped]
    required_scope = ApiScope.READ_REGISTER
    dated = True

    @extend_schema(
        operation_id="certificates_retrieve",
        summary="Read one certificate",
        description="By its number; spaces, dashes and small letters do not matter. 404 when there is none.",
        responses=CertificateDetailOut,
        tags=["certificates"],
        examples=[OpenApiExample("number", value="ORIS-C-0001-2611", parameter_only=("number", "path"))],
    )
    def get(self, request: Request, number: str) -> Response:
        row = selectors.certificate_by_number(number)
        if row is None:
            raise Http404
        return Response(CertificateDetailOut(row).data)


class RevisionOut(CertificateOut):
    """One revision as it was issued, with its own published history."""

    ended_on = serializers.DateField(allow_null=True)
    changes = ChangeOut(many=True)


class RevisionsOut(ReadOnlySerializer):
    """Every revision of a number, the latest first. Only the latest counts."""

    number = serializers.CharField()
    results = RevisionOut(many=True)


class CertificateRevisions(Endpoint):
    """The history of one certificate."""

    reads = ApiScope.READ_REGISTER
    dated = True
    pagination_class = None

    @extend_schema(
        operation_id="certificates_revisions",
        summary="Every revision of a certificate",
        description="Whole revisions with their published changes, the latest first; an older one is obsolete.",
        responses=RevisionsOut,
        tags=["certificates"],
    )
    def get(self, request: Request, number: str) -> Response:
        """Every revision with what it named and what became of it."""
        row = selectors.certificate_by_number(number)
        if row is None:
            raise Http404
        return Response(RevisionsOut({"number": row.number, "results": selectors.revisions_of(row)}).data)


class ConditionKeptOut(ReadOnlySerializer):
    """Something promised when the certificate was granted."""

    text = serializers.CharField()
    due_on = serializers.DateField()
    met_on = serializers.DateField(allow_null=True)


class KeptCertificateOut(ReadOnlySerializer):
    """A certificate as its holder, its auditors and the scheme know it: with conditions, which are not public."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    revision = serializers.IntegerField()
    agency_id = serializers.UUIDField()
    legal_name = serializers.CharField()
    status = serializers.SerializerMethodField()
    effective_on = serializers.DateField()
    expires_on = serializers.DateField()
    suspension_ends_on = serializers.DateField(allow_null=True)
    conditions = ConditionKeptOut(many=True)

    def get_status(self, row: Certificate) -> Standing:
        return row.standing


class KeptCertificates(Endpoint):
    """Certificates of the caller."""

    reads = ApiScope.READ_CERTIFICATION
    orderings = ("number", "effective_on", "expires_on")
    dated = True

    @extend_schema(
        operation_id="own_certificates_list",
        summary="Your certificates with their conditions",
        description="An agency's own; for an audit firm those that rest on its audits. Each revision is a row.",
        responses=KeptCertificateOut(many=True),
        tags=["certification"],
    )
    def get(self, request: Request) -> Response:
        """Certificates that you hold or audited, oldest first."""
        rows = selectors.certificates_visible_to(request.user).prefetch_related("conditions")
        return self.page(rows, KeptCertificateOut)


api_urlpatterns = [
    path("own/certificates/", KeptCertificates.as_view(), name="own_certificates"),
    path("certificates/", CertificateList.as_view(), name="certificates"),
    path("certificates/<str:number>/", CertificateDetail.as_view(), name="certificate"),
    path(
        "certificates/<str:number>/revisions/", CertificateRevisions.as_view(), name="certificate_revisions"
    ),
]
