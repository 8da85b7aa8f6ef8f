"""Disputes of entries by key, and notices of authorities."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from certification.agencies.models import Agency
from certification.corrections import selectors, services
from certification.corrections.models.dispute import LONGEST_REPLY, LONGEST_TEXT
from certification.corrections.states import About, Channel, DisputeState, Measure, NoticeState
from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer
from iris.core.endpoints import ABSENT, ACTS, REFUSED, Endpoint, Filters, Given
from iris.core.places import COUNTRY_CHOICES
from iris.core.web import get_or_404

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]
DISPUTED = {
    "agency_id": "0190c3a2-7b1e-7c55-9a3e-2a7f3a1b9c10",
    "about": "licence",
    "wrong": "The licence NP-123 is shown as ended. It was renewed on 3 May 2026.",
    "right": "Valid until 2 May 2031.",
    "proof": "Letter of the department, 3 May 2026",
}
NOTICED = {
    "measure": "suspension",
    "licence_number": "123/456/078",
    "measure_on": "2026-11-03",
    "file_number": "DOFE/2026/118",
    "text": "Suspended for 60 days: fees were taken from workers.",
}


class DisputeIn(Given):
    """Which entry is wrong, in what, and what it should say."""

    agency_id = serializers.UUIDField(help_text="Whose entry; agencies of the public register only.")
    about = serializers.ChoiceField(choices=About.choices)
    wrong = serializers.CharField(max_length=LONGEST_TEXT, help_text="What it says, and why that is wrong.")
    right = serializers.CharField(max_length=LONGEST_TEXT, required=False, default="", allow_blank=True)
    proof = serializers.CharField(
        max_length=1000, required=False, default="", allow_blank=True, help_text="Where it can be seen."
    )
    certificate_number = serializers.CharField(
        max_length=40, required=False, default="", allow_blank=True, help_text="Where it is about one."
    )
    reply = serializers.CharField(
        max_length=LONGEST_REPLY,
        required=False,
        default="",
        allow_blank=True,
        help_text="Of the agency itself: words that the scheme may show beside the entry. Name no person in them.",
    )


class DisputeOut(ReadOnlySerializer):
    """A dispute that your organisation sent."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=DisputeState.choices)
    agency_id = serializers.UUIDField()
    certificate_number = serializers.CharField()
    about = serializers.ChoiceField(choices=About.choices)
    wrong = serializers.CharField()
    right = serializers.CharField()
    proof = serializers.CharField()
    reply = serializers.CharField()
    reply_shown = serializers.BooleanField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    received_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The scheme answers by then.")
    closed_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(help_text="The scheme's reasons, once it has answered.")


class DisputeQuery(Filters):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=DisputeState.choices)
    agency_id = serializers.UUIDField(required=False)


class Disputes(Endpoint):
    """Disputes of entries."""

    reads = ApiScope.READ_CORRECTIONS
    writes = ApiScope.WRITE_CORRECTIONS
    orderings = ("reference", "received_on", "due_on", "closed_at")

    @extend_schema(
        operation_id="disputes_list",
        summary="Disputes that your organisation sent",
        parameters=[DisputeQuery],
        responses=DisputeOut(many=True),
        tags=["corrections"],
    )
    def get(self, request: Request) -> Response:
        """Disputes of your organisation, by page, key or account, oldest first."""
        asked: dict[str, Any] = self.asked(DisputeQuery)
        return self.page(selectors.disputes_visible_to(request.user).filter(**asked), DisputeOut)

    @extend_schema(
        operation_id="disputes_create",
        summary="Say that an entry of the register is wrong",
        description=(
            "The scheme looks at it and answers with reasons by `due_on`. Nothing of it is published, but that an "
            "agency disputes its own entry, since when, and its `reply` where the scheme shows it. The very same "
            "dispute sent twice is one."
        ),
        request=DisputeIn,
        responses={201: DisputeOut, 403: ACTS[403], 404: ABSENT, 409: ACTS[409], 422: REFUSED},
        tags=["corrections"],
        examples=[OpenApiExample("a renewed licence", value=DISPUTED, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Dispute an entry for your organisation."""
        given = self.given(DisputeIn)
        agency_id = given.pop("agency_id")
        try:
            made = services.dispute_as(
                agency_id=agency_id,
                entry=services.DisputeEntry(**given),
                actor=request.user,
                channel=Channel.API,
            )
        except Agency.DoesNotExist:
            raise Http404 from None
        return Response(DisputeOut(made).data, status=201)


class OneDispute(Endpoint):
    """One dispute."""

    reads = ApiScope.READ_CORRECTIONS
    pagination_class = None

    @extend_schema(
        operation_id="disputes_retrieve", responses={200: DisputeOut, 404: ABSENT}, tags=["corrections"]
    )
    def get(self, request: Request, dispute_id: UUID) -> Response:
        """A dispute of your organisation with the scheme's answer."""
        row = get_or_404(selectors.disputes_visible_to(request.user), pk=dispute_id)
        return Response(DisputeOut(row).data)


class DisputeWithdrawal(Endpoint):
    """Taking a dispute back."""

    writes = ApiScope.WRITE_CORRECTIONS
    pagination_class = None

    @extend_schema(
        operation_id="disputes_withdraw",
        summary="Take a dispute back",
        request=None,
        responses={200: DisputeOut, **ACTS},
        tags=["corrections"],
    )
    def post(self, request: Request, dispute_id: UUID) -> Response:
        """Nothing is left to answer."""
        row = get_or_404(selectors.disputes_visible_to(request.user), pk=dispute_id)
        made = services.withdraw_dispute(dispute_id=row.pk, actor=request.user)
        return Response(DisputeOut(made).data)


class NoticeIn(Given):
    """What an authority did, and about whom: a licence, a name or an id."""

    measure = serializers.ChoiceField(choices=Measure.choices)
    country = serializers.ChoiceField(
        required=False, choices=COUNTRIES, help_text="Of the licence; your own without it."
    )
    licence_number = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    agency_name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    agency_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    measure_on = serializers.DateField(help_text="In force from.")
    file_number = serializers.CharField(
        max_length=80,
        required=False,
        default="",
        allow_blank=True,
        help_text="Of your own file: the same number twice is one notice.",
    )
    text = serializers.CharField(max_length=LONGEST_TEXT)


class NoticeOut(ReadOnlySerializer):
    """A notice that your authority filed. The scheme's answer is no verdict on the agency."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=NoticeState.choices)
    measure = serializers.ChoiceField(choices=Measure.choices)
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    licence_number = serializers.CharField()
    agency_name = serializers.CharField()
    agency_id = serializers.UUIDField(
        allow_null=True, help_text="The agency here, where we know which it is."
    )
    measure_on = serializers.DateField()
    file_number = serializers.CharField()
    text = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    received_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The scheme closes it by then.")
    closed_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(help_text="What the scheme did, once it has answered.")


class NoticeQuery(Filters):
    """Filters of the list; they add up."""

    state = serializers.ChoiceField(required=False, choices=NoticeState.choices)
    measure = serializers.ChoiceField(required=False, choices=Measure.choices)


class Notices(Endpoint):
    """Notices of authorities."""

    reads = ApiScope.READ_CORRECTIONS
    writes = ApiScope.WRITE_CORRECTIONS
    orderings = ("reference", "measure_on", "received_on", "due_on", "closed_at")

    @extend_schema(
        operation_id="authority_notices_list",
        summary="Notices that your authority filed",
        parameters=[NoticeQuery],
        responses=NoticeOut(many=True),
        tags=["authorities"],
    )
    def get(self, request: Request) -> Response:
        """Your authority's notices and what the scheme answered, oldest first."""
        asked: dict[str, Any] = self.asked(NoticeQuery)
        return self.page(selectors.notices_visible_to(request.user).filter(**asked), NoticeOut)

    @extend_schema(
        operation_id="authority_notices_create",
        summary="File a notice about an agency or a licence",
        description=(
            "For government bodies that the scheme admitted. People of the scheme look at it by `due_on`; by itself it "
            "changes nothing on the register. Suspensions and revocations are of licences of your own country."
        ),
        request=NoticeIn,
        responses={201: NoticeOut, 403: ACTS[403], 409: ACTS[409], 422: REFUSED},
        tags=["authorities"],
        examples=[OpenApiExample("a suspended licence", value=NOTICED, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """File it; the same file number with the same words is the same notice."""
        entry = services.NoticeEntry(**self.given(NoticeIn))
        made = services.file_notice(entry=entry, actor=request.user, channel=Channel.API)
        return Response(NoticeOut(made).data, status=201)


class OneNotice(Endpoint):
    """One notice."""

    reads = ApiScope.READ_CORRECTIONS
    pagination_class = None

    @extend_schema(
        operation_id="authority_notices_retrieve",
        responses={200: NoticeOut, 404: ABSENT},
        tags=["authorities"],
    )
    def get(self, request: Request, notice_id: UUID) -> Response:
        """A notice of your authority with the scheme's answer."""
        row = get_or_404(selectors.notices_visible_to(request.user), pk=notice_id)
        return Response(NoticeOut(row).data)


class NoticeWithdrawal(Endpoint):
    """Taking a notice back."""

    writes = ApiScope.WRITE_CORRECTIONS
    pagination_class = None

    @extend_schema(
        operation_id="authority_notices_withdraw",
        summary="Take a notice back",
        request=None,
        responses={200: NoticeOut, **ACTS},
        tags=["authorities"],
    )
    def post(self, request: Request, notice_id: UUID) -> Response:
        """The scheme has nothing left to look at."""
        row = get_or_404(selectors.notices_visible_to(request.user), pk=notice_id)
        made = services.withdraw_notice(notice_id=row.pk, actor=request.user)
        return Response(NoticeOut(made).data)


api_urlpatterns = [
    path("disputes/", Disputes.as_view(), name="disputes"),
    path("disputes/<uuid:dispute_id>/", OneDispute.as_view(), name="dispute"),
    path("disputes/<uuid:dispute_id>/withdrawal/", DisputeWithdrawal.as_view(), name="dispute_withdrawal"),
    path("authorities/notices/", Notices.as_view(), name="authority_notices"),
    path("authorities/notices/<uuid:notice_id>/", OneNotice.as_view(), name="authority_notice"),
    path(
        "authorities/notices/<uuid:notice_id>/withdrawal/",
        NoticeWithdrawal.as_view(),
        name="authority_notice_withdrawal",
    ),
]
