"""Who brings lists of registers in, and who reads them."""

from __future__ import annotations

from iris.accounts.models import User
from iris.accounts.states import Role

READERS = ("scheme", "audit_firm")


def may_import(user: User) -> bool:
    """The scheme manager and the screener: they answer for what the list says."""
    return user.has_role(Role.SCHEME_MANAGER, Role.SCREENER)
