"""Disputes of entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from certification.agencies.models import Agency
from certification.certificates import selectors as certificates
from certification.corrections.models import Dispute
from certification.corrections.states import OPEN_DISPUTES
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks


@dataclass(frozen=True)
class PublicDispute:
    """What the public reads of a dispute: since when the agency itself disputes its entry, and its own words."""

    since: date
    reply: str = ""


def disputable() -> QuerySet[Agency]:
    """Agencies whose entry can be disputed: those that stand on the public register."""
    return certificates.agencies_on_register()


def disputes_visible_to(user: User) -> QuerySet[Dispute]:
    """The scheme all; an organisation those it sent; a person those they sent for themselves.

    An agency does not read who else disputes its entry.
    """
    rows = Dispute.objects.select_related("agency", "organisation", "sender", "assigned_to")
    if not user.is_authenticated:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    mine = Q(organisation__isnull=True, sender=user)
    if user.organisation is not None:
        mine |= Q(organisation=user.organisation)
    return rows.filter(mine)


def dispute_by_code(code: str) -> Dispute | None:
    """The dispute of this code, for whoever holds it."""
    return Dispute.objects.select_related("agency").filter(code=code.strip().upper()).first()


def disputes_open() -> QuerySet[Dispute]:
    """Disputes that the scheme has not answered, soonest due first."""
    rows = Dispute.objects.filter(state__in=OPEN_DISPUTES).select_related("agency", "assigned_to")
    return rows.order_by("due_on", "created_at")


def public_dispute(agency: Agency, on: date | None = None) -> PublicDispute | None:
    """The open dispute of the agency itself as of a day; those of others are told to nobody.

    Its words stand beside the entry only while they are shown and the dispute is open today.
    """
    day = on or clocks.today()
    rows = Dispute.objects.filter(agency=agency, by_agency=True, received_on__lte=day)
    standing = [row for row in rows.order_by("received_on", "created_at") if row.open_on(day)]
    if not standing:
        return None
    shown = [row.reply for row in standing if row.reply_shown and row.is_open]
    return PublicDispute(since=standing[0].received_on, reply=shown[-1] if shown else "")
