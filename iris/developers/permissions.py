"""Who asks for live keys, and who answers."""

from typing import Any

from iris.accounts.states import OrganisationKind, OrganisationState, Role


def may_ask(user: Any) -> bool:
    """A developer acting for an organisation of its own."""
    organisation = getattr(user, "organisation", None)
    if organisation is None or organisation.state != OrganisationState.ACTIVE:
        return False
    return bool(user.is_kind(OrganisationKind.DEVELOPER) and user.has_role(Role.DEVELOPER))


def may_withdraw(request: Any, user: Any) -> bool:
    """The organisation that asked."""
    return may_ask(user) and user.organisation.pk == request.organisation_id


def may_answer(request: Any, user: Any) -> bool:
    """A manager of the scheme."""
    return bool(user.is_kind(OrganisationKind.SCHEME) and user.has_role(Role.SCHEME_MANAGER))
