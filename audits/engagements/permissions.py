"""Who may do what with an audit. Each takes the audit and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audits.engagements.models import Audit, Objection
    from iris.accounts.models import User


def may_assign(audit: Audit, user: User) -> bool:
    """The scheme's managers choose who audits."""
    return user.is_kind("scheme") and user.has_role("scheme_manager")


def may_lead(audit: Audit, user: User) -> bool:
    """The lead auditor of this audit, acting for the firm."""
    return user.is_kind("audit_firm") and in_firm(audit, user) and audit.lead.person_id == user.id


def may_decline(audit: Audit, user: User) -> bool:
    """The lead auditor, or the manager of the firm."""
    return may_lead(audit, user) or (in_firm(audit, user) and user.has_role("firm_manager"))


def may_work(audit: Audit, user: User) -> bool:
    """Members of the team, acting for the firm, who declared no conflict."""
    return in_firm(audit, user) and user.id in audit.cleared_ids()


def may_answer(audit: Audit, user: User) -> bool:
    """The agency's people who may speak for it."""
    return in_agency(audit, user) and user.has_role("signatory", "manager")


def in_firm(audit: Audit, user: User) -> bool:
    """Whether the person acts for the audit firm."""
    acting = user.organisation
    return acting is not None and audit.firm.organisation_id == acting.id


def in_agency(audit: Audit, user: User) -> bool:
    """Whether the person acts for the audited agency."""
    acting = user.organisation
    return acting is not None and audit.agency.organisation_id == acting.id


def may_object(audit: Audit, user: User) -> bool:
    """The agency's signatory objects to an auditor."""
    return in_agency(audit, user) and user.has_role("signatory")


def may_take_back(objection: Objection, user: User) -> bool:
    """Whoever may object takes an objection back."""
    return may_object(objection.audit, user)


def may_answer_objection(objection: Objection, user: User) -> bool:
    """The scheme's managers answer objections."""
    return may_assign(objection.audit, user)
