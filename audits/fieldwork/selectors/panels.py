"""What fieldwork adds to the pages of an audit: cards, evidence beside each indicator, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel
from audits.engagements.states import AuditState
from iris.accounts.models import User

from .evidence import evidence_by_indicator, evidence_of
from .meetings import meetings_of, missing_meetings, own_seat, silent_in
from .signs import signs_of, unanswered_signs


def desk_cards(audit: Audit, user: User, indicator_ids: Iterable[UUID]) -> dict[UUID, Panel]:
    """Our evidence on each indicator of the desk."""
    rows = evidence_by_indicator(audit)
    return {pk: Panel("audits/fieldwork/_desk_card.html", {"rows": rows.get(pk, [])}) for pk in indicator_ids}


def stage_panel(audit: Audit, user: User) -> Panel | None:
    """The card of fieldwork on the pages of both stages."""
    if user.is_kind("agency"):
        return None
    on_site = audit.stage2_started_at is not None
    meetings = [
        {"kind": kind, "held": held, "silent": len(silent_in(held)) if held else 0}
        for kind, held in (meetings_of(audit) if on_site else [])
    ]
    context = {
        "evidence": evidence_of(audit).count(),
        "meetings": meetings,
        "may_record": audit.state == AuditState.STAGE2 and audit.is_worked_by(user),
        "left": sum(1 for row in signs_of(audit) if row.seen == "not_looked"),
        "asks_why": bool(unanswered_signs(audit)),
    }
    return Panel("audits/fieldwork/_stage_card.html", context)


def agency_panel(audit: Audit, user: User) -> Panel | None:
    """The meetings on the audit's own page, once one is recorded; the agency's people find their question there."""
    if audit.stage2_started_at is None:
        return None
    rows = []
    for kind, held in meetings_of(audit):
        if held is None:
            continue
        own = own_seat(held, user)
        asked = own if own is not None and own.signs and not hasattr(own, "acknowledgement") else None
        rows.append({"kind": kind, "held": held, "asked": asked, "silent": len(silent_in(held))})
    return Panel("audits/fieldwork/_meetings_card.html", {"rows": rows}) if rows else None


def missing_for_draft(audit: Audit) -> list[str]:
    """What fieldwork asks for before a report is drafted."""
    missing = missing_meetings(audit)
    missing += [
        _("Sign %(code)s, “%(title)s”, was seen: raise a critical finding or write why there is none.")
        % {"code": row.sign.code, "title": row.sign.title}
        for row in unanswered_signs(audit)
    ]
    return missing
