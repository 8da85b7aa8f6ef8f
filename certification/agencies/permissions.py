"""Who may do what to an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role

if TYPE_CHECKING:
    from .models import Agency, AgencyImport, ChangeReport

MAY_CHANGE = (Role.SIGNATORY, Role.MANAGER)


def is_member(agency: Agency, user: User) -> bool:
    """Whether the person acts for this agency."""
    return user.organisation is not None and user.organisation.pk == agency.organisation_id


def may_change(agency: Agency, user: User) -> bool:
    """The agency's signatory and compliance manager; contributors read."""
    return is_member(agency, user) and user.has_role(*MAY_CHANGE)


def may_enrol(user: User) -> bool:
    """Someone who acts for nobody yet, or a signatory or compliance manager of an organisation that is an agency."""
    if user.organisation is None:
        return True
    return user.is_kind(OrganisationKind.AGENCY) and user.has_role(*MAY_CHANGE)


def may_declare(agency: Agency, user: User) -> bool:
    """Only who may sign for the agency."""
    return is_member(agency, user) and user.has_role(Role.SIGNATORY)


def may_settle_likeness(_signal: object, user: User) -> bool:
    """Those of the scheme who screen and who manage it."""
    return user.is_kind(OrganisationKind.SCHEME) and user.has_role(Role.SCREENER, Role.SCHEME_MANAGER)


def may_report_change(report: ChangeReport, user: User) -> bool:
    """Whoever may change the agency's own entries."""
    return may_change(report.agency, user)


def may_import(sheet: AgencyImport, user: User) -> bool:
    """Whoever may change the agency's own entries."""
    return may_change(sheet.agency, user)


def may_end(_agency: Agency, user: User) -> bool:
    """Those of the scheme who screen and who manage it say that a company is no more."""
    return may_settle_likeness(_agency, user)


def may_answer_change(_report: object, user: User) -> bool:
    """Those of the scheme who screen and who manage it."""
    return may_settle_likeness(_report, user)
