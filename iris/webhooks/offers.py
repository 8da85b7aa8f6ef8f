"""What this room puts on other rooms' pages: the way from the keys of an organisation to its webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iris.accounts.models import User
from iris.core.context import Press
from iris.webhooks.permissions import may_add

if TYPE_CHECKING:
    from django.http import HttpRequest


def press(request: HttpRequest, kind: str, subject: object) -> Press | None:
    """A link beside the API keys, for people who may add an endpoint."""
    user = request.user
    if kind != "keys" or not isinstance(user, User) or not may_add(user):
        return None
    return Press("webhooks/_press.html", {})
