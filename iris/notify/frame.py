"""What this room adds to every page's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iris.accounts.models import User
from iris.notify.selectors import unread_count

if TYPE_CHECKING:
    from django.http import HttpRequest


def unread(request: HttpRequest) -> dict[str, Any]:
    """The number beside the inbox."""
    return {"inbox_count": unread_count(request.user) if isinstance(request.user, User) else 0}
