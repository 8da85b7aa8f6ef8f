"""Who may take a whole case away as an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certification.applications.models import Application
    from iris.accounts.models import User


def may_export(application: Application, user: User) -> bool:
    """The agency's people who speak for it, the scheme's managers and deciders, the audit firm's lead auditors."""
    if user.is_kind("agency"):
        return user.organisation == application.agency.organisation and user.has_role("signatory", "manager")
    if user.is_kind("scheme"):
        return user.has_role("scheme_manager", "decider")
    return user.is_kind("audit_firm") and user.has_role("lead_auditor", "firm_manager")
