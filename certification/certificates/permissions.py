"""Who may do what to a certificate and to what keeps it."""

from __future__ import annotations

from typing import Any

from certification.certificates.states import IN_FORCE
from iris.accounts.states import OrganisationKind, Role
from iris.core.events import SystemActor


def by_scheme_manager(thing: Any, user: Any) -> bool:
    """Propose, order audits, note that a condition is met."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.SCHEME_MANAGER)


def by_scheme(thing: Any, user: Any) -> bool:
    """Anyone who works for the scheme."""
    return bool(getattr(user, "is_authenticated", False)) and user.is_kind(OrganisationKind.SCHEME)


def by_settling(thing: Any, user: Any) -> bool:
    """Whoever took the last vote on a proposal: a decider. Dates act too (the machine lets SYSTEM pass)."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.DECIDER)


def by_audit_recorder(thing: Any, user: Any) -> bool:
    """A scheme manager, or the people of an audit firm (the service looks whether it is the firm of this audit)."""
    if not getattr(user, "is_authenticated", False):
        return False
    return bool(user.has_role(Role.SCHEME_MANAGER, Role.LEAD_AUDITOR, Role.FIRM_MANAGER))


def by_system(thing: Any, user: Any) -> bool:
    """Dates act by themselves, nobody else."""
    return isinstance(user, SystemActor) or user is SystemActor


def by_issuing(thing: Any, user: Any) -> bool:
    """A later revision replaces an earlier one when a decider grants or a scheme manager corrects."""
    return bool(getattr(user, "is_authenticated", False)) and user.has_role(Role.DECIDER, Role.SCHEME_MANAGER)


def by_signatory(thing: Any, user: Any) -> bool:
    """Only a signatory of the agency itself gives its certificate up."""
    if not getattr(user, "is_authenticated", False) or not user.has_role(Role.SIGNATORY):
        return False
    organisation = user.organisation
    return organisation is not None and thing.agency.organisation_id == organisation.pk


def may_download(thing: Any, user: Any) -> bool:
    """The scheme always; the agency while the certificate is in force (a suspended one may not be shown around)."""
    if user.is_kind(OrganisationKind.SCHEME):
        return True
    return bool(thing.state in IN_FORCE)
