"""Who works on a repayment case, who agrees it, who verifies it, and who may read a worker's name."""

from __future__ import annotations

from typing import Any

from iris.accounts.states import OrganisationKind, Role

WORKS = (Role.SIGNATORY, Role.MANAGER)
AGREES = (Role.SCHEME_MANAGER, Role.SCREENER)
VERIFIES = (Role.FIRM_MANAGER, Role.LEAD_AUDITOR, Role.AUDITOR, Role.CASEWORKER)


def _known(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False)) and getattr(user, "organisation", None) is not None


def works_on(case: Any, user: Any) -> bool:
    """Whoever speaks for the agency that owes the money."""
    return bool(
        _known(user) and user.has_role(*WORKS) and user.organisation.pk == case.agency.organisation_id
    )


def agrees(case: Any, user: Any) -> bool:
    """The scheme's manager or screener."""
    return bool(_known(user) and user.has_role(*AGREES))


def tells_payers(case: Any, user: Any) -> bool:
    """Who writes to those that pay a share, and looks at what they send."""
    return works_on(case, user) or agrees(case, user)


def verifies(case: Any, user: Any) -> bool:
    """The third party named on the case; while none is named, the firm that audits the agency."""
    if not _known(user) or not user.has_role(*VERIFIES):
        return False
    if case.verifier_id is not None:
        return bool(user.organisation.pk == case.verifier_id)
    audits = user.is_kind(OrganisationKind.AUDIT_FIRM)
    return bool(audits and case.agency.readers.filter(organisation_id=user.organisation.pk).exists())


def opens(agency: Any, user: Any) -> bool:
    """The agency itself, the scheme, or an auditor of the agency."""
    if not _known(user):
        return False
    if user.organisation.pk == agency.organisation_id:
        return bool(user.has_role(*WORKS))
    if user.has_role(*AGREES):
        return True
    audits = user.is_kind(OrganisationKind.AUDIT_FIRM) and user.has_role(*VERIFIES)
    return bool(audits and agency.readers.filter(organisation_id=user.organisation.pk).exists())


def reads_names(case: Any, user: Any) -> bool:
    """Those who pay the workers and those who ask them: nobody else opens a name."""
    return works_on(case, user) or verifies(case, user)


def reports_breach(case: Any, user: Any) -> bool:
    """Anybody on the case."""
    return works_on(case, user) or agrees(case, user) or verifies(case, user)


def answers_breach(breach: Any, user: Any) -> bool:
    """The agency answers."""
    return works_on(breach.case, user)


def settles_breach(breach: Any, user: Any) -> bool:
    """The scheme or the third party sees that it is put right."""
    return agrees(breach.case, user) or verifies(breach.case, user)
