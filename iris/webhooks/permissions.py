"""Who looks after an organisation's webhooks: the people who look after its members and API keys."""

from typing import Any

from iris.accounts.states import MANAGING_ROLES, OrganisationState

KINDS = ("employer", "government", "agency", "developer")
# What these hear of the register is their own: an agency is not told of its competitors by a machine of ours.
OWN_ONLY = ("agency",)
# Nothing of the register is about these: they hear what they ask for by name.
NAMED_ONLY = ("developer",)


def may_add(user: Any) -> bool:
    """Add an endpoint to the organisation one acts for."""
    organisation = getattr(user, "organisation", None)
    if organisation is None or not user.is_kind(*KINDS) or organisation.state != OrganisationState.ACTIVE:
        return False
    return user.role in MANAGING_ROLES[organisation.kind]


def may_manage(endpoint: Any, user: Any) -> bool:
    """Change an endpoint of one's own organisation."""
    return may_add(user) and user.organisation.pk == endpoint.organisation_id
