"""Who may do what with a self-assessment. Pure: a thing and a user go in, yes or no comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certification.agencies.models import Agency
    from certification.assessments.models import Assessment
    from iris.accounts.models import User

AGENCY_ROLES = ("signatory", "manager", "contributor")


def works_for(agency: Agency, user: User) -> bool:
    """Whether the user acts for this agency now, in any role."""
    organisation = user.organisation
    return (
        user.is_kind("agency")
        and user.has_role(*AGENCY_ROLES)
        and organisation is not None
        and organisation.pk == agency.organisation_id
    )


def may_write(assessment: Assessment, user: User) -> bool:
    """Whether the user may answer questions and keep the ledger: everyone who acts for the agency."""
    return works_for(assessment.agency, user)


def may_declare(assessment: Assessment, user: User) -> bool:
    """Whether the user may declare the assessment true: an authorised signatory of the agency, nobody else."""
    return works_for(assessment.agency, user) and user.has_role("signatory")


def may_reopen(assessment: Assessment, user: User) -> bool:
    """Whether the user may ask for single answers to be written anew: the scheme's screener or manager."""
    return user.has_role("screener", "scheme_manager")


def may_share(assessment: Assessment, user: User) -> bool:
    """Whether the user's act may bring another organisation to read: assigning or accepting an audit does."""
    return user.is_kind("scheme", "audit_firm")


def may_keep_tables(user: User) -> bool:
    """Whether the user may change the dictionary of disguises, expected costs and rates: the scheme's manager."""
    return user.is_kind("scheme") and user.has_role("scheme_manager")


def may_answer_for(organisation_id: object, user: User) -> bool:
    """Whether the user may speak for the employer on job orders that name it: its sourcing manager."""
    organisation = user.organisation
    return (
        user.is_kind("employer")
        and user.has_role("sourcing_manager")
        and organisation is not None
        and organisation.pk == organisation_id
    )
