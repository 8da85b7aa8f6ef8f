"""`Authorization: Api-Key <prefix>.<secret>`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from iris.accounts.models import ApiClient, User
from iris.accounts.selectors import acting_memberships, hash_of
from iris.accounts.services import note_use
from iris.accounts.states import ApiClientState
from iris.core import prepared
from iris.core.prepared import Prepared

KEYWORD = "api-key"


_client = Prepared(
    lambda prefix: ApiClient.objects.select_related("organisation", "issued_by").filter(prefix=prefix)[:1],
    prefix=prepared.TEXT,
)
_membership = Prepared(
    lambda person, organisation: acting_memberships(User(pk=person)).filter(organisation_id=organisation)[:1],
    person=prepared.NUMBER,
    organisation=prepared.OTHER_NUMBER,
)


class ApiKeyAuthentication(BaseAuthentication):
    """Sets `request.user` to who issued the key, acting for its organisation, and `request.auth` to the key.

    One answer for an unknown prefix and a wrong secret. A key stops with its date, with its revocation, and
    when the person who issued it no longer belongs to the organisation or can no longer sign in.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiClient] | None:
        """Raises AuthenticationFailed; None when another scheme is used or none."""
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != KEYWORD:
            return None
        client = self._client(key.strip())
        self._keep_out_of_the_product(client, request)
        person = client.issued_by
        membership = _membership.first(person=person.pk, organisation=client.organisation_id)
        if membership is None or not person.is_active:
            raise AuthenticationFailed(
                _("The person who issued this API key no longer belongs to the organisation.")
            )
        membership.user = person
        person.acting = membership
        note_use(client)
        return person, client

    def authenticate_header(self, request: Request) -> str:
        """Named in the 401 answer."""
        return "Api-Key"

    def _keep_out_of_the_product(self, client: ApiClient, request: Request) -> None:
        """A sandbox key opens nothing but what stands behind the gate, which answers in the product's place."""
        view = (request.parser_context or {}).get("view")
        if client.sandbox and not getattr(view, "gated", False):
            raise AuthenticationFailed(_("A sandbox key opens addresses under /api/v1/ only."))

    def _client(self, key: str) -> ApiClient:
        prefix, _dot, secret = key.partition(".")
        client = _client.first(prefix=prefix[:16].replace("\x00", ""))
        if client is None or not client.opens_with(hash_of(secret)):
            raise AuthenticationFailed(
                _("Unknown API key. Expected: Authorization: Api-Key <prefix>.<secret>")
            )
        if client.state == ApiClientState.REVOKED:
            raise AuthenticationFailed(_("This API key was revoked."))
        if client.expired:
            raise AuthenticationFailed(
                _("This API key has expired. Issue a new one on your organisation's page.")
            )
        return client


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # registers itself, untyped upstream
    """How the OpenAPI document names this way of signing calls."""

    target_class = "iris.accounts.api_auth.ApiKeyAuthentication"
    name = "ApiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An `Authorization` header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Authorization: Api-Key <prefix>.<secret>",
        }
