"""Who looks after audit firms and auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audits.bodies.models import AuditFirm, Auditor, Threat
    from iris.accounts.models import User


def may_manage_bodies(user: User) -> bool:
    """The scheme's managers approve firms and auditors."""
    return user.is_kind("scheme") and user.has_role("scheme_manager")


def may_read_bodies(user: User) -> bool:
    """Everyone of the scheme may look."""
    return user.is_kind("scheme")


def may_confirm_override(user: User) -> bool:
    """A second manager or a decider of the scheme; whoever asked is refused by the service and the database."""
    return user.is_kind("scheme") and user.has_role("scheme_manager", "decider")


def is_own(auditor: Auditor, user: User) -> bool:
    """The auditor in person."""
    return auditor.person_id == user.id


def may_keep_calendar(auditor: Auditor, user: User) -> bool:
    """The auditor, the manager of the firm, and the scheme's managers."""
    return is_own(auditor, user) or may_manage_firm(auditor.firm, user)


def may_manage_firm(firm: AuditFirm, user: User) -> bool:
    """The manager of the firm, acting for it, and the scheme's managers."""
    acting = user.organisation
    own = acting is not None and acting.id == firm.organisation_id and user.has_role("firm_manager")
    return own or may_manage_bodies(user)


def may_keep_register(threat: Threat, user: User) -> bool:
    """The scheme's managers keep the register of threats."""
    return may_manage_bodies(user)
