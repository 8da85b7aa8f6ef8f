"""The scheme vouches for the firms it approves, in a form that machines verify (Digital Identity Anchors)."""

from __future__ import annotations

from certification.credentials import services as credentials
from certification.credentials.selectors import Recognition

from ..models import AuditFirm


def vouch_for(firm: AuditFirm) -> None:
    """Bring the anchor of a firm into agreement with its approval. Safe to run twice."""
    organisation = firm.organisation
    credentials.recognise(
        Recognition(
            firm_id=organisation.pk,
            name=organisation.name,
            country=organisation.country,
            since=firm.approved_from,
            until=firm.approved_until,
        )
    )


def vouch_for_all() -> int:
    """The same for every firm: those approved before there were anchors, and approvals that ended by their date."""
    rows = list(AuditFirm.objects.select_related("organisation"))
    for firm in rows:
        vouch_for(firm)
    return len(rows)
