"""Who may do what to an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role

if TYPE_CHECKING:
    from .models import Application

SCREENERS = (Role.SCREENER, Role.SCHEME_MANAGER)


def is_of_agency(application: Application, user: User) -> bool:
    """Whether the person acts for the agency that applies."""
    return user.organisation is not None and user.organisation.pk == application.agency.organisation_id


def may_sign(application: Application, user: User) -> bool:
    """The agency's authorised signatory declares and withdraws."""
    return is_of_agency(application, user) and user.has_role(Role.SIGNATORY)


def may_answer(application: Application, user: User) -> bool:
    """The agency's signatory and compliance manager send what was asked for."""
    return is_of_agency(application, user) and user.has_role(Role.SIGNATORY, Role.MANAGER)


def may_screen(application: Application, user: User) -> bool:
    """The scheme's screeners and managers."""
    return user.is_kind(OrganisationKind.SCHEME) and user.has_role(*SCREENERS)


def may_assign(application: Application, user: User) -> bool:
    """The scheme's managers choose the audit firm."""
    return user.is_kind(OrganisationKind.SCHEME) and user.has_role(Role.SCHEME_MANAGER)


def may_begin_audit(application: Application, user: User) -> bool:
    """The scheme, or the firm that took the audit on; the service checks that it is that very firm."""
    return may_screen(application, user) or (
        user.is_kind(OrganisationKind.AUDIT_FIRM) and user.has_role(Role.LEAD_AUDITOR, Role.FIRM_MANAGER)
    )


def may_recommend(application: Application, user: User) -> bool:
    """A lead auditor of the firm that audits this case."""
    return (
        user.organisation is not None
        and user.is_kind(OrganisationKind.AUDIT_FIRM)
        and user.has_role(Role.LEAD_AUDITOR)
        and user.organisation.pk == application.firm_id
    )


def may_decide(application: Application, user: User) -> bool:
    """A decider of the scheme. Who is barred on this agency, decisions and the database hold."""
    return user.is_kind(OrganisationKind.SCHEME) and user.has_role(Role.DECIDER)


def may_manage(application: Application, user: User) -> bool:
    """What only the scheme's managers do: waive a fee, take a case off a colleague."""
    return may_assign(application, user)
