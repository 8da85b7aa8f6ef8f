"""Who may watch. What is watched is known to the watching organisation alone (R71)."""

from typing import Any

from iris.accounts.states import Role

KINDS = ("employer", "government")
MAY_CHANGE = (Role.SOURCING_MANAGER, Role.READER)


def may_watch(user: Any) -> bool:
    """Begin a watch: whoever buys for an employer, and readers of a government."""
    return bool(user.is_kind(*KINDS) and user.has_role(*MAY_CHANGE))


def may_change(watch: Any, user: Any) -> bool:
    """Change, pause and end a watch of one's own organisation."""
    organisation = getattr(user, "organisation", None)
    return organisation is not None and organisation.pk == watch.organisation_id and may_watch(user)
