"""Evidence of an audit, kept by the real services."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.engagements.models import Audit
from audits.fieldwork import services
from audits.fieldwork.models import Evidence, Meeting
from audits.fieldwork.services import MeetingEntry, NewEvidence, Present, SignEntry
from audits.fieldwork.states import EvidenceSource, GivenBy, MeetingKind, NextStep, Seen, Side
from certification.standard.models import Indicator
from iris.core import clocks
from tests.factories import audits
from tests.stock import stocked


def words(**more: object) -> NewEvidence:
    """What an auditor says about a register of the agency, unless told otherwise."""
    values: dict[str, object] = {
        "title": "Contract register, September",
        "source": EvidenceSource.AGENCY,
        "given_by": GivenBy.STAFF,
        "note": "Nine rows, seven contracts.",
    }
    return NewEvidence(**{**values, **more})  # type: ignore[arg-type]


@stocked
def evidence(
    audit: Audit,
    indicator: Indicator | None = None,
    upload: SimpleUploadedFile | None = None,
    **more: object,
) -> Evidence:
    """One piece of evidence, kept by the lead auditor."""
    return services.add_evidence(
        audit_id=audit.pk,
        actor=audits.lead_of(audit),
        evidence=words(**more),
        upload=upload or audits.a_file("register.txt"),
        indicator_id=indicator.pk if indicator else None,
    )


def meeting_entry(**more: object) -> MeetingEntry:
    """A meeting that has just been held."""
    values: dict[str, object] = {
        "held_at": clocks.now(),
        "place": "Head office, Kathmandu",
        "people": [
            Present("Sabina Tharu", "Managing director", Side.AGENCY),
            Present("Ilse Obuya", "Lead auditor", Side.AUDITORS),
        ],
        "explained": ["scope", "confidential", "findings", "disagree"],
    }
    return MeetingEntry(**{**values, **more})  # type: ignore[arg-type]


@stocked
def meeting(audit: Audit, kind: str = MeetingKind.OPENING, **more: object) -> Meeting:
    """One meeting, recorded by the lead auditor."""
    return services.record_meeting(
        audit_id=audit.pk, actor=audits.lead_of(audit), kind=kind, entry=meeting_entry(**more)
    )


def sign_entry(*evidence: Evidence, **more: object) -> SignEntry:
    """A sign that was seen, with all that is asked."""
    values: dict[str, object] = {
        "seen": Seen.YES,
        "saw": "Forty passports lay in the office safe.",
        "evidence_ids": [one.pk for one in evidence],
        "next_step": NextStep.SAFEGUARD,
        "owner": "Lead auditor",
        "due_on": clocks.today(),
    }
    return SignEntry(**{**values, **more})  # type: ignore[arg-type]
