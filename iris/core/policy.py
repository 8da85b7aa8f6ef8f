"""Who may open a page at all. Every view carries exactly one of these; a test walks every URL and checks it.

What of a thing a person may see or do is decided by the room's selectors and permissions, not here.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Anyone, signed in or not."""
    open_view = login_not_required(view)
    open_view.policy = "public"  # type: ignore[attr-defined]
    return open_view


def signed_in(view: View) -> View:
    """Any signed-in person."""
    closed = login_required(view)
    closed.policy = "signed_in"  # type: ignore[attr-defined]
    return closed


def for_kinds(*kinds: str) -> Callable[[View], View]:
    """People acting for an organisation of one of these kinds; for others the page does not exist (404)."""
    return _acting("kinds:" + ",".join(kinds), lambda user: user.kind in kinds)


def for_roles(*roles: str) -> Callable[[View], View]:
    """People acting in one of these roles; for others the page does not exist (404)."""
    return _acting("roles:" + ",".join(roles), lambda user: user.role in roles)


def _acting(name: str, allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        wrapped = login_required(closed)
        wrapped.policy = name  # type: ignore[attr-defined]
        return cast(View, wrapped)

    return decorate
