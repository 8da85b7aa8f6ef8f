"""Who brings lists of registers in, and who reads them."""

from __future__ import annotations

from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role

READERS = ("scheme", "audit_firm", "government")


def may_import(user: User, country: str) -> bool:
    """The scheme manager and the screener, for any country; an authority that the scheme admitted, for its own."""
    if user.has_role(Role.SCHEME_MANAGER, Role.SCREENER):
        return True
    mine = user.organisation
    return user.is_kind(OrganisationKind.GOVERNMENT) and mine is not None and mine.country == country
