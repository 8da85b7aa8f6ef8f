"""Who makes dossiers and places holds."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import OrganisationKind, Role

KINDS = ("employer",)


def may_make(user: Any) -> bool:
    """The employer's sourcing managers."""
    known = bool(getattr(user, "is_authenticated", False)) and getattr(user, "organisation", None) is not None
    return bool(known and user.is_kind(OrganisationKind.EMPLOYER) and user.has_role(Role.SOURCING_MANAGER))


def works_on(thing: Any, user: Any) -> bool:
    """A sourcing manager of the organisation whose thing it is."""
    return may_make(user) and bool(user.organisation.pk == thing.organisation_id)
