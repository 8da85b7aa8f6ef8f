"""What this room adds to every page's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from iris.accounts.models import User
from iris.accounts.selectors import demo_list

if TYPE_CHECKING:
    from django.http import HttpRequest


def people(request: HttpRequest) -> dict[str, Any]:
    """The organisations a person may act for; for visitors of a demo, the demo people (read when shown)."""
    if isinstance(request.user, User):
        return {"memberships": request.user.open_memberships}
    return {"demo_people": SimpleLazyObject(demo_list) if settings.IRIS_DEMO else []}
