"""Webhooks by machine: endpoints, their secrets, their messages, and sending one again."""

from __future__ import annotations

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from iris.accounts.states import ApiScope
from iris.core.drf import Pages, ReadOnlySerializer
from iris.core.endpoints import ACTS, REFUSED, Filters, Given
from iris.core.endpoints import Endpoint as View
from iris.core.web import get_or_404
from iris.webhooks import selectors, services
from iris.webhooks.models import Endpoint
from iris.webhooks.rules import CHOICES, MOST_TOPICS
from iris.webhooks.states import DeliveryStatus, EndpointState

TAGS = ["webhooks"]


class EndpointIn(Given):
    """A new endpoint."""

    name = serializers.CharField(max_length=100)
    url = serializers.CharField(max_length=2000, help_text="https, reachable from the internet.")
    topics = serializers.ListField(
        child=serializers.ChoiceField(choices=[(one, one) for one in CHOICES]),
        max_length=MOST_TOPICS,
        required=False,
        default=list,
        help_text="By name or by group. Empty: everything that is your organisation's own.",
    )
    watches = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=200,
        required=False,
        default=list,
        help_text="Of watches only these. Empty: all of your organisation's.",
    )


class EndpointChange(Given):
    """What may be changed: what it is called, and what it asks for."""

    name = serializers.CharField(max_length=100, required=False)
    topics = serializers.ListField(
        child=serializers.ChoiceField(choices=[(one, one) for one in CHOICES]),
        max_length=MOST_TOPICS,
        required=False,
    )
    watches = serializers.ListField(child=serializers.UUIDField(), max_length=200, required=False)


class WebhookOut(ReadOnlySerializer):
    """One endpoint. Its secret is told once, when it is made."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    url = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    watches = serializers.ListField(child=serializers.UUIDField())
    state = serializers.ChoiceField(choices=EndpointState.choices)
    created_at = serializers.DateTimeField()
    failing_since = serializers.DateTimeField(allow_null=True)
    old_secret_until = serializers.DateTimeField(source="old_until", allow_null=True)


class WebhookMadeOut(WebhookOut):
    """The endpoint and its secret, this once."""

    secret = serializers.SerializerMethodField()

    def get_secret(self, row: Endpoint) -> str:
        """The secret, as the service handed it over."""
        return str(self.context["secret"])


class DeliveryOut(ReadOnlySerializer):
    """One message to one endpoint, and what its last try came to."""

    id = serializers.UUIDField()
    message_id = serializers.CharField(help_text="The webhook-id header; the same when it is sent again.")
    topic = serializers.CharField()
    status = serializers.ChoiceField(choices=DeliveryStatus.choices)
    failures = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    next_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    last_code = serializers.IntegerField(allow_null=True, default=None)
    last_error = serializers.CharField(allow_null=True, allow_blank=True, default=None)
    last_at = serializers.DateTimeField(allow_null=True, default=None)


class DeliveryQuery(Filters):
    """Filters of the messages."""

    status = serializers.ChoiceField(choices=DeliveryStatus.choices, required=False)
    topic = serializers.CharField(max_length=60, required=False)


class _Room(View):
    reads = ApiScope.READ_WEBHOOKS
    writes = ApiScope.WRITE_WEBHOOKS
    pagination_class: type[Pages] | None = None

    def mine(self, endpoint_id: UUID) -> Endpoint:
        """An endpoint of the organisation of this key."""
        return get_or_404(selectors.endpoints_visible_to(self.request.user), pk=endpoint_id)


class Endpoints(_Room):
    """The endpoints of your organisation; a new one."""

    pagination_class = Pages
    orderings = ("name",)

    @extend_schema(
        operation_id="webhooks_list",
        summary="List webhook endpoints",
        responses=WebhookOut(many=True),
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        """Oldest first."""
        return self.page(selectors.endpoints_visible_to(request.user), WebhookOut)

    @extend_schema(
        operation_id="webhooks_add",
        summary="Add a webhook endpoint",
        description="The answer holds the secret; it is told this once.",
        request=EndpointIn,
        responses={201: WebhookMadeOut, 403: ACTS[403], 422: REFUSED},
        tags=TAGS,
    )
    def post(self, request: Request) -> Response:
        """A new endpoint."""
        made, secret = services.add_endpoint(actor=request.user, **self.given(EndpointIn))
        return Response(WebhookMadeOut(made, context={"secret": secret}).data, status=201)


class OneEndpoint(_Room):
    """One endpoint."""

    @extend_schema(
        operation_id="webhooks_retrieve",
        summary="Read one webhook endpoint",
        responses={200: WebhookOut, 404: ACTS[404]},
        tags=TAGS,
    )
    def get(self, request: Request, endpoint_id: UUID) -> Response:
        """As it is now."""
        return Response(WebhookOut(self.mine(endpoint_id)).data)

    @extend_schema(
        operation_id="webhooks_change",
        summary="Change what a webhook endpoint asks for",
        request=EndpointChange,
        responses={200: WebhookOut, **ACTS},
        tags=TAGS,
    )
    def patch(self, request: Request, endpoint_id: UUID) -> Response:
        """Only what is sent changes."""
        row = self.mine(endpoint_id)
        told = self.given(EndpointChange)
        changed = services.change_endpoint(endpoint_id=row.pk, actor=request.user, **told)
        return Response(WebhookOut(changed).data)

    @extend_schema(
        operation_id="webhooks_remove",
        summary="Remove a webhook endpoint",
        responses={204: OpenApiResponse(description="Gone; its log is kept."), **ACTS},
        tags=TAGS,
    )
    def delete(self, request: Request, endpoint_id: UUID) -> Response:
        """For good."""
        services.switch(endpoint_id=self.mine(endpoint_id).pk, actor=request.user, act_name="remove")
        return Response(status=204)


class NewSecret(_Room):
    """A new secret."""

    @extend_schema(
        operation_id="webhooks_replace_secret",
        summary="Replace the secret of a webhook endpoint",
        description="The new one is told this once. Until `old_secret_until` both sign every message.",
        request=None,
        responses={201: WebhookMadeOut, **ACTS},
        tags=TAGS,
    )
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """Both sign for a day."""
        row, secret = services.replace_secret(endpoint_id=self.mine(endpoint_id).pk, actor=request.user)
        return Response(WebhookMadeOut(row, context={"secret": secret}).data, status=201)


class _Switch(_Room):
    """On and off."""

    def switch(self, request: Request, endpoint_id: UUID, act: str) -> Response:
        """Messages of the time in between are not kept for later."""
        row = services.switch(endpoint_id=self.mine(endpoint_id).pk, actor=request.user, act_name=act)
        return Response(WebhookOut(row).data)


class Pause(_Switch):
    """Off."""

    @extend_schema(
        operation_id="webhooks_pause",
        summary="Switch a webhook endpoint off",
        request=None,
        responses={200: WebhookOut, **ACTS},
        tags=TAGS,
    )
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """Nothing is sent any more."""
        return self.switch(request, endpoint_id, "pause")


class Resume(_Switch):
    """On."""

    @extend_schema(
        operation_id="webhooks_resume",
        summary="Switch a webhook endpoint on",
        request=None,
        responses={200: WebhookOut, **ACTS},
        tags=TAGS,
    )
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """What happens from now on is sent."""
        return self.switch(request, endpoint_id, "resume")


class Ping(_Room):
    """A test message."""

    @extend_schema(
        operation_id="webhooks_ping",
        summary="Send a test message",
        request=None,
        responses={202: DeliveryOut, **ACTS},
        tags=TAGS,
    )
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """On its way; read the log for what came of it."""
        made = services.ping(endpoint_id=self.mine(endpoint_id).pk, actor=request.user)
        return Response(DeliveryOut(made).data, status=202)


class Messages(_Room):
    """The log of an endpoint."""

    pagination_class = Pages
    orderings = ("topic", "delivered_at")

    @extend_schema(
        operation_id="webhooks_messages",
        summary="List the messages of a webhook endpoint",
        parameters=[DeliveryQuery],
        responses={200: DeliveryOut(many=True), 404: ACTS[404]},
        tags=TAGS,
    )
    def get(self, request: Request, endpoint_id: UUID) -> Response:
        """Oldest first, each with what its last try came to."""
        rows = selectors.log_of(self.mine(endpoint_id)).filter(**self.asked(DeliveryQuery))
        return self.page(rows, DeliveryOut)


class Replay(_Room):
    """One message once more."""

    @extend_schema(
        operation_id="webhooks_replay",
        summary="Send a message again",
        description="Under its own webhook-id: a receiver that took it before may ignore it.",
        request=None,
        responses={202: DeliveryOut, **ACTS},
        tags=TAGS,
    )
    def post(self, request: Request, endpoint_id: UUID, delivery_id: UUID) -> Response:
        """On its way again."""
        found = get_or_404(self.mine(endpoint_id).deliveries.all(), pk=delivery_id)
        row = services.replay(delivery_id=found.pk, actor=request.user)
        return Response(DeliveryOut(row).data, status=202)


_ONE = "webhooks/<uuid:endpoint_id>/"
api_urlpatterns = [
    path("webhooks/", Endpoints.as_view(), name="webhooks"),
    path(_ONE, OneEndpoint.as_view(), name="webhook"),
    path(_ONE + "secret/", NewSecret.as_view(), name="webhook_secret"),
    path(_ONE + "pause/", Pause.as_view(), name="webhook_pause"),
    path(_ONE + "resume/", Resume.as_view(), name="webhook_resume"),
    path(_ONE + "ping/", Ping.as_view(), name="webhook_ping"),
    path(_ONE + "messages/", Messages.as_view(), name="webhook_messages"),
    path(_ONE + "messages/<uuid:delivery_id>/replay/", Replay.as_view(), name="webhook_replay"),
]
