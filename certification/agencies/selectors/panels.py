"""Cards on an agency's page (and on a case) that this room makes itself."""

from __future__ import annotations

from certification.agencies import permissions
from certification.agencies.models import Agency
from certification.agencies.rules.likeness import sentence
from certification.agencies.states import ChangeState, LikenessState
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks

from .changes import changes_visible_to, must_report
from .likeness import likenesses_of
from .offers import Panel

SHOWN = 4


def change_panel(agency: Agency, user: User) -> Panel | None:
    """The duty to report changes: for an agency that holds a certificate, or has reported something."""
    rows = list(changes_visible_to(user).filter(agency=agency).exclude(state=ChangeState.CLOSED)[:SHOWN])
    if not rows and not must_report(agency):
        return None
    context = {
        "rows": rows,
        "may_change": permissions.may_change(agency, user),
        "audience": "agency" if user.is_kind(OrganisationKind.AGENCY) else "auditor",
        "days": clocks.number("change_report_days"),
    }
    return Panel("agencies/changes/_panel.html", context)


def likeness_panel(agency: Agency, user: User) -> Panel | None:
    """Whom the agency resembles, for the scheme alone; what was found to be chance is left out."""
    if not user.is_kind(OrganisationKind.SCHEME):
        return None
    rows = [row for row in likenesses_of(agency) if row.state != LikenessState.DISMISSED][:SHOWN]
    if not rows:
        return None
    lines = [
        {
            "signal": row,
            "other": row.other if row.agency_id == agency.pk else row.agency,
            "first": sentence(row.reasons_in_order[0]) if row.reasons else "",
        }
        for row in rows
    ]
    return Panel("agencies/likeness/_panel.html", {"lines": lines})
