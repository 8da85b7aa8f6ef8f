"""Notices of authorities."""

from __future__ import annotations

from django.db.models import QuerySet

from certification.corrections.models import AuthorityNotice
from certification.corrections.states import OPEN_NOTICES
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind


def notices_visible_to(user: User) -> QuerySet[AuthorityNotice]:
    """The scheme all; an authority its own. Nobody else, the agency included: a notice is no verdict."""
    rows = AuthorityNotice.objects.select_related("agency", "authority", "filed_by", "assigned_to")
    if not user.is_authenticated or user.organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    if user.is_kind(OrganisationKind.GOVERNMENT):
        return rows.filter(authority=user.organisation)
    return rows.none()


def notices_open() -> QuerySet[AuthorityNotice]:
    """Notices that the scheme has not closed, soonest due first."""
    rows = AuthorityNotice.objects.filter(state__in=OPEN_NOTICES).select_related("agency", "authority")
    return rows.order_by("due_on", "created_at")
