"""Who may match tables against the register, and who may make addresses for it."""

from typing import Any

from iris.accounts.states import MANAGING_ROLES, OrganisationState

KINDS = ("employer", "government", "scheme", "caseworker")


def may_reconcile(user: Any) -> bool:
    """People acting for an organisation that relies on agencies."""
    return bool(user.is_kind(*KINDS))


def may_make_address(user: Any) -> bool:
    """Of them, those who look after the organisation's keys."""
    organisation = user.organisation
    if not may_reconcile(user) or organisation is None or organisation.state != OrganisationState.ACTIVE:
        return False
    return user.role in MANAGING_ROLES[organisation.kind]
