"""What fieldwork adds to the pages of an audit: cards, and evidence beside each indicator on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from audits.engagements.models import Audit
from audits.engagements.selectors import Panel
from iris.accounts.models import User

from .evidence import evidence_by_indicator, evidence_of


def desk_cards(audit: Audit, user: User, indicator_ids: Iterable[UUID]) -> dict[UUID, Panel]:
    """Our evidence on each indicator of the desk."""
    rows = evidence_by_indicator(audit)
    return {pk: Panel("audits/fieldwork/_desk_card.html", {"rows": rows.get(pk, [])}) for pk in indicator_ids}


def stage_panel(audit: Audit, user: User) -> Panel | None:
    """The card of fieldwork on the pages of both stages."""
    if user.is_kind("agency"):
        return None
    return Panel("audits/fieldwork/_stage_card.html", {"evidence": evidence_of(audit).count()})
