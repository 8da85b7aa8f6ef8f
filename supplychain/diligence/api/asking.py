"""Nominations of recruiters, and the requests for information that came in (read)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core.drf import ReadOnlySerializer, StrictSerializer
from iris.core.endpoints import ABSENT, ACTS, REFUSED, Endpoint
from iris.core.places import COUNTRY_CHOICES
from iris.core.web import get_or_404
from supplychain.diligence import selectors, services
from supplychain.diligence.states import Channel, InboxLaw, MessageKind, NomineeState, RequestState, Source

COUNTRIES = [code for code, _name in COUNTRY_CHOICES]


class NominationIn(StrictSerializer):
    """A recruiter that you would like to see certified: an agency of the register, or a name."""

    agency_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    country = serializers.ChoiceField(required=False, default="", allow_blank=True, choices=COUNTRIES)
    email = serializers.EmailField(required=False, allow_blank=True)
    website = serializers.URLField(required=False, allow_blank=True)
    why = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    named = serializers.BooleanField(
        required=False, default=False, help_text="Whether the scheme may know that it was you."
    )


class NominationOut(ReadOnlySerializer):
    """A nomination of yours and what came of it."""

    id = serializers.UUIDField()
    agency_id = serializers.UUIDField(source="nominee.agency_id", allow_null=True)
    name = serializers.CharField()
    country = serializers.CharField()
    state = serializers.ChoiceField(source="nominee.state", choices=NomineeState.choices)
    source = serializers.ChoiceField(choices=Source.choices)  # type: ignore[assignment] # a field named source
    why = serializers.CharField()
    named = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class Nominations(Endpoint):
    """Nominations."""

    reads = ApiScope.READ_DILIGENCE
    writes = ApiScope.WRITE_DILIGENCE
    orderings = ("name", "country")

    @extend_schema(
        operation_id="nominations_list",
        summary="Your nominations",
        responses=NominationOut(many=True),
        tags=["diligence"],
    )
    def get(self, request: Request) -> Response:
        """Whom your organisation would like to see certified; how many others do is not told."""
        return self.page(selectors.nominations_visible_to(request.user), NominationOut)

    @extend_schema(
        operation_id="nominations_create",
        summary="Nominate a recruiter",
        request=NominationIn,
        responses={201: NominationOut, 403: ACTS[403], 422: REFUSED},
        tags=["diligence"],
    )
    def post(self, request: Request) -> Response:
        """Say that a recruiter should be certified; the same one twice is one."""
        made = services.nominate(actor=request.user, **self.given(NominationIn))
        row = selectors.nominations_visible_to(request.user).get(pk=made.pk)
        return Response(NominationOut(row).data, status=201)


class OneNomination(Endpoint):
    """One nomination."""

    reads = ApiScope.READ_DILIGENCE
    writes = ApiScope.WRITE_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="nominations_retrieve",
        responses={200: NominationOut, 404: ABSENT},
        tags=["diligence"],
    )
    def get(self, request: Request, nomination_id: UUID) -> Response:
        """A nomination of your organisation."""
        row = get_or_404(selectors.nominations_visible_to(request.user), pk=nomination_id)
        return Response(NominationOut(row).data)

    @extend_schema(
        operation_id="nominations_withdraw",
        summary="Take a nomination back",
        responses={204: None, **ACTS},
        tags=["diligence"],
    )
    def delete(self, request: Request, nomination_id: UUID) -> Response:
        """Not any more."""
        row = get_or_404(selectors.nominations_visible_to(request.user), pk=nomination_id)
        services.withdraw_nomination(nomination_id=row.pk, actor=request.user)
        return Response(status=204)


class RequestQuery(StrictSerializer):
    """Filters of the inbox; they add up."""

    state = serializers.ChoiceField(required=False, choices=RequestState.choices)


class RequestOut(ReadOnlySerializer):
    """A request for information and its clock."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    law = serializers.ChoiceField(choices=InboxLaw.choices)
    asker = serializers.CharField(help_text="As they told it; may be empty.")
    received_on = serializers.DateField()
    due = serializers.DateField(help_text="The day that counts now.")
    late = serializers.BooleanField()
    state = serializers.ChoiceField(choices=RequestState.choices)
    ground = serializers.CharField(help_text="Of a refusal.")
    closed_at = serializers.DateTimeField(allow_null=True)


class MessageOut(ReadOnlySerializer):
    """One entry of the record."""

    kind = serializers.ChoiceField(choices=MessageKind.choices)
    at = serializers.DateTimeField()
    text = serializers.CharField()


class RequestDetailOut(RequestOut):
    """A request with its record, your own notes included."""

    messages = MessageOut(many=True)


class Requests(Endpoint):
    """The inbox."""

    reads = ApiScope.READ_DILIGENCE
    orderings = ("number", "received_on", "closed_at")

    @extend_schema(
        operation_id="requests_list",
        summary="Requests for information that came in",
        description="Read only: a request is acknowledged and answered by a person.",
        parameters=[RequestQuery],
        responses=RequestOut(many=True),
        tags=["diligence"],
    )
    def get(self, request: Request) -> Response:
        """Requests to your organisation with the day that counts, oldest first."""
        asked: dict[str, Any] = self.asked(RequestQuery)
        rows = selectors.requests_visible_to(request.user).prefetch_related(None)
        return self.page(rows.filter(**asked), RequestOut)


class OneRequest(Endpoint):
    """One request."""

    reads = ApiScope.READ_DILIGENCE
    pagination_class = None

    @extend_schema(
        operation_id="requests_retrieve",
        responses={200: RequestDetailOut, 404: ABSENT},
        tags=["diligence"],
    )
    def get(self, request: Request, request_id: UUID) -> Response:
        """A request with its record."""
        row = get_or_404(selectors.requests_visible_to(request.user), pk=request_id)
        return Response(RequestDetailOut(row).data)
