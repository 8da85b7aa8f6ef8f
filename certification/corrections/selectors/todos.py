"""What is to be done, and what the scheme sees on the page of an agency."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import Panel
from certification.corrections.permissions import ANSWERING
from certification.corrections.selectors.disputes import disputable, disputes_open, disputes_visible_to
from certification.corrections.selectors.notices import notices_open
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core.moves import Todo

MOST = 5


def todos_for(user: User) -> list[Todo]:
    """Disputes and notices that wait for this person: those nobody took up, and those they took up."""
    if not user.has_role(*ANSWERING):
        return []
    disputes = [
        Todo(
            title=_("Entry disputed, %(reference)s") % {"reference": row.reference},
            url=reverse("corrections:dispute", args=[row.pk]),
            what=row.agency.legal_name,
            due=row.due_on,
            icon="message-report",
        )
        for row in disputes_open()
        if row.assigned_to_id in (None, user.pk)
    ]
    notices = [
        Todo(
            title=_("Notice of an authority, %(reference)s") % {"reference": row.reference},
            url=reverse("corrections:notice", args=[row.pk]),
            what=f"{row.get_measure_display()}: {row.whom}",
            due=row.due_on,
            icon="building-bank",
        )
        for row in notices_open()
        if row.assigned_to_id in (None, user.pk)
    ]
    return [*disputes, *notices]


def agency_panel(agency: Agency, user: User) -> Panel | None:
    """What is open about an agency: the scheme sees all of it, the agency the disputes it sent."""
    scheme = user.is_kind(OrganisationKind.SCHEME)
    own = user.organisation is not None and user.organisation.pk == agency.organisation_id
    if not scheme and not own:
        return None
    disputes = list(disputes_visible_to(user).filter(agency=agency)[:MOST])
    notices = list(notices_open().filter(agency=agency)[:MOST]) if scheme else []
    if not disputes and not notices and not own:
        return None
    return Panel(
        "corrections/_agency.html",
        {"disputes": disputes, "notices": notices, "own": own and disputable().filter(pk=agency.pk).exists()},
    )
