"""GET /api/v1/me/: whose key this is, and what it opens."""

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.accounts.models import ApiClient
from iris.accounts.states import ApiScope, OrganisationKind, Role
from iris.core.drf import ReadOnlySerializer
from iris.core.endpoints import Keyed

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
        "prefix": "4be1c09a77d2",
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


api_urlpatterns = [path("me/", Me.as_view(), name="me")]
