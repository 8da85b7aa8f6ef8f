"""/api/v1/me/: whose key this is and what it opens; and the end of a key that others may hold."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.accounts import services
from iris.accounts.models import ApiClient
from iris.accounts.states import ApiScope, OrganisationKind, Role
from iris.core.drf import ReadOnlySerializer
from iris.core.endpoints import Given, Keyed

EXAMPLE = {
    "organisation": {
        "id": "0192f3c4-8a11-7c3e-9b5e-6b1a2f0d4c77",
        "name": "Fjord Seafood",
        "kind": "employer",
        "country": "NO",
    },
    "acting_for": {"name": "Anneke Visser", "role": "sourcing_manager"},
    "key": {
        "name": "Nightly supplier check",
        "prefix": "iris4be1c09a77d2",
        "scopes": ["read:register", "read:lookups"],
        "expires_at": "2027-11-22T11:00:00Z",
    },
}


class OwnOrganisationOut(ReadOnlySerializer):
    """The organisation a key acts for."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=OrganisationKind.choices)
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class ActingForOut(ReadOnlySerializer):
    """Who issued the key: what the key does is done in this person's name, within this person's role."""

    name = serializers.CharField(source="label")
    role = serializers.ChoiceField(choices=Role.choices)


class OwnKeyOut(ReadOnlySerializer):
    """The key itself. Its secret is nowhere."""

    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=ApiScope.choices))
    expires_at = serializers.DateTimeField()


class MeOut(ReadOnlySerializer):
    """Who calls."""

    organisation = OwnOrganisationOut()
    acting_for = ActingForOut()
    key = OwnKeyOut()


class Me(APIView):
    """Who calls."""

    permission_classes = [Keyed]

    @extend_schema(
        operation_id="me_retrieve",
        summary="Whose key this is",
        description="The organisation, the person in whose name the key acts, and its scopes. For any working key.",
        responses=MeOut,
        tags=["me"],
        examples=[OpenApiExample("me", value=EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """The organisation, the person and the key."""
        key = request.auth
        assert isinstance(key, ApiClient)
        told = {"organisation": key.organisation, "acting_for": request.user, "key": key}
        return Response(MeOut(told).data)


class OwnKey(APIView):
    """The key of this very call."""

    permission_classes = [Keyed]

    @extend_schema(
        operation_id="me_key_revoke",
        summary="Give this key up",
        description=(
            "The key that signs this call opens nothing from the moment of the answer; the people who look after your "
            "keys are told. A key ends itself and no other: other keys are revoked by a person on the organisation's "
            "page. After a rotation the old secret ends the old secret."
        ),
        responses={204: OpenApiResponse(description="It opens nothing any more.")},
        tags=["me"],
    )
    def delete(self, request: Request) -> Response:
        """At once and for good."""
        services.give_up_api_key(request.headers["Authorization"].partition(" ")[2])
        return Response(status=204)


class FoundIn(Given):
    """A key that somebody found."""

    key = serializers.CharField(
        max_length=200,
        help_text="The whole key as it was found: `iris`, twelve hexadecimal digits, a dot, the secret.",
    )


class ReceivedOut(ReadOnlySerializer):
    """That the message came in; nothing of what it held."""

    received = serializers.BooleanField()


class FoundKey(APIView):
    """Public: whoever finds a key can end it."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(
        operation_id="keys_revoke",
        summary="Give up a key that leaked",
        description=(
            "Public, for whoever finds a key: a person, or a service that scans for secrets. A working key opens "
            "nothing any more and its owner is told. The answer is the same whether it was a key or not."
        ),
        request=FoundIn,
        responses=ReceivedOut,
        auth=[],
        tags=["me"],
        examples=[
            OpenApiExample("found", value={"key": f"iris4be1c09a77d2.{'x' * 43}"}, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """The same answer to everything that could be a key."""
        told = FoundIn(data=request.data)
        told.is_valid(raise_exception=True)
        services.give_up_api_key(told.validated_data["key"])
        return Response(ReceivedOut({"received": True}).data)


api_urlpatterns = [
    path("me/", Me.as_view(), name="me"),
    path("me/key/", OwnKey.as_view(), name="own_key"),
    path("keys/revoke/", FoundKey.as_view(), name="found_key"),
]
