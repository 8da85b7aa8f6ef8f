"""Puts on each request for whom the person acts, and asks for a second factor where one is required."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.accounts.permissions import needs_second_factor
from iris.accounts.selectors import chosen_membership, has_second_factor
from iris.accounts.services import SESSION_KEY
from iris.accounts.visitors import Visitor
from iris.core import frozen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Where a person who still lacks the second factor may go: to set one up, to prove who they are, to leave.
OPEN_WITHOUT_SECOND_FACTOR = (
    "mfa_",
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "usersessions_",
    "set_theme",
    "demo_sign_in",
    "health_",
)


class SessionsSeen(UserSessionsMiddleware):  # type: ignore[misc] # allauth has no types
    """Notes when each session was last seen, except while the product stands still."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on unnoted, or note."""
        if frozen.since() is not None:
            return self.get_response(request)  # type: ignore[no-any-return] # allauth has no types
        return super().__call__(request)  # type: ignore[no-any-return] # allauth has no types


def acting_user(request: HttpRequest, user: Any) -> User | Visitor:
    """The signed-in person with the membership chosen in this session, or a visitor."""
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return Visitor()
    person: User = user._wrapped if isinstance(user, SimpleLazyObject) else user
    person.acting = chosen_membership(person, request.session.get(SESSION_KEY, ""))
    return person


class ActingMiddleware:
    """Sets `request.user.acting`; lazily: a page that asks nothing about the person costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(lambda: acting_user(request, user))  # type: ignore[assignment] # a lazy user
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send those who need a second factor and have none to where they set one up."""
        if not settings.IRIS_REQUIRE_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        name = (request.resolver_match.view_name or "") if request.resolver_match else ""
        if name.startswith(OPEN_WITHOUT_SECOND_FACTOR) or name == "accounts:switch":
            return None
        person = request.user
        if not needs_second_factor(person) or has_second_factor(person):
            return None
        messages.warning(
            request,
            _("Your role needs a second step at sign-in. Set up an authenticator app or a passkey to go on."),
        )
        return redirect("mfa_index")
