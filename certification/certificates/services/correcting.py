"""What an audit's overdue finding can lead to here: a suspension is proposed, once, and somebody decides (ADR 0025)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.certificates.models import Certificate
from certification.certificates.selectors import open_proposals, proposals_about
from certification.certificates.services.holding import held
from certification.certificates.services.proposing import Words, open_proposal
from certification.certificates.states import IN_FORCE, Proposed, ReasonCode
from certification.decisions.models import Decision
from iris.core import clocks, events


@transaction.atomic
def propose_for_finding(*, agency_id: UUID, finding_id: UUID, critical: bool, reason: str) -> Decision | None:
    """Propose to suspend the certificate in force while a finding stays uncorrected past its time.

    None where nothing is to be asked: no certificate in force, a suspension proposed already, or this finding was
    put before the deciders once.
    """
    found = Certificate.objects.filter(agency_id=agency_id, state__in=IN_FORCE).first()
    row = held(found.pk) if found is not None else None
    if row is None or row.state not in IN_FORCE or row.expires_on < clocks.today():
        return None
    if open_proposals(row).filter(subject_label=Proposed.SUSPEND).exists():
        return None
    asked = proposals_about(row).filter(subject_label=Proposed.SUSPEND)
    if any(str(finding_id) in (one.proposal or {}).get("finding_ids", []) for one in asked):
        return None
    note = _("A critical finding is open.") if critical else _("A finding was not corrected in time.")
    words = Words(
        reason=reason,
        public_note=note,
        reason_code=ReasonCode.CRITICAL_FINDING if critical else ReasonCode.OTHER,
    )
    return open_proposal(
        row, Proposed.SUSPEND, actor=events.SYSTEM, words=words, more={"finding_ids": [str(finding_id)]}
    )
