"""Who looks after an organisation's webhooks: the people who look after its API keys."""

from typing import Any

from iris.accounts.permissions import may_manage_keys

KINDS = ("employer", "government")


def may_manage(endpoint: Any, user: Any) -> bool:
    """Change an endpoint of one's own organisation."""
    return user.is_kind(*KINDS) and may_manage_keys(endpoint.organisation, user)


def may_add(user: Any) -> bool:
    """Add an endpoint to the organisation one acts for."""
    organisation = getattr(user, "organisation", None)
    return organisation is not None and user.is_kind(*KINDS) and may_manage_keys(organisation, user)
