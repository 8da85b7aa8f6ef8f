"""Nominations: an employer's own, and what the scheme may know of all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.matching import key
from supplychain.diligence.models import Nomination, Nominee
from supplychain.diligence.permissions import INVITES


def known_nominee(agency: Agency | None, name: str, country: str) -> Nominee | None:
    """The nominee that is meant: the agency itself, else the same name in the same country."""
    if agency is not None:
        found = Nominee.objects.filter(agency=agency).first()
        if found is not None:
            return found
    return Nominee.objects.filter(key=key(name)[:400], country=country).first()


def nominations_visible_to(user: User) -> QuerySet[Nomination]:
    """The nominations of the person's own employer."""
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None or not user.is_kind(OrganisationKind.EMPLOYER):
        return Nomination.objects.none()
    return Nomination.objects.filter(organisation=organisation, withdrawn_at=None).select_related(
        "nominee__agency", "person"
    )


def nominees_visible_to(user: User) -> QuerySet[Nominee]:
    """For the scheme: every nominee with how many employers named it, the most first."""
    if not user.is_authenticated or not user.has_role(*INVITES):
        return Nominee.objects.none()
    counting = Q(nominations__withdrawn_at=None)
    return (
        Nominee.objects.select_related("agency")
        .annotate(employers=Count("nominations", filter=counting))
        .filter(employers__gt=0)
        .order_by("-employers", "name")
    )


def told_of(nominee: Nominee) -> list[dict[str, Any]]:
    """What the scheme may read of the nominations: who, only where the employer agreed; why, only then too."""
    rows = nominee.nominations.filter(withdrawn_at=None, named=True).select_related("organisation")
    return [
        {"employer": row.organisation.name, "why": row.why, "on": row.created_at.date()}
        for row in rows.order_by("organisation__name")
    ]
