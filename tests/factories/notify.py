"""Notices, made by the real service."""

from __future__ import annotations

from iris.accounts.models import User
from iris.notify import services
from iris.notify.models import Notice


def notice(user: User, organisation: str = "Himal Overseas", url: str = "/organisation/") -> Notice:
    """One unread notice."""
    [made] = services.notify(
        people=[user],
        template="accounts/organisation_admitted",
        context={"organisation": organisation, "kind": "Employer", "reason": ""},
        url=url,
    )
    return made
