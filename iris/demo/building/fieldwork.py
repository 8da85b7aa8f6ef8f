"""An audit in stage 2 with evidence and its chain, signs that were looked for, and a meeting that was acknowledged."""

import struct
import zlib
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.bodies.models import Auditor
from audits.engagements.models import Audit
from audits.fieldwork import selectors, services
from audits.fieldwork.models import Attendee, Evidence, Meeting
from audits.fieldwork.services import MeetingEntry, NewEvidence, Present, SignEntry
from audits.fieldwork.states import EvidenceSource, GivenBy, MeetingKind, NextStep, Seen, Side
from certification.standard.models import Indicator
from iris.core import clocks
from iris.demo.building.scheme import World


def hold_meeting(audit_id: UUID, lead: Auditor, kind: str) -> Meeting:
    """One meeting as auditors hold it: every point explained, the agency's managing director there."""
    audit = Audit.objects.select_related("agency__organisation").get(pk=audit_id)
    speaker = audit.agency.organisation.memberships.filter(role="signatory").select_related("user").first()
    entry = MeetingEntry(
        held_at=clocks.now(),
        place="Head office",
        people=[
            Present(lead.person.label, "Lead auditor", Side.AUDITORS),
            Present(
                speaker.user.full_name if speaker else "Managing director", "Managing director", Side.AGENCY
            ),
        ],
        explained=[code for code, _text in selectors.agenda(kind)],
        summary="The plan was kept; nobody was kept from speaking.",
    )
    return services.record_meeting(audit_id=audit_id, actor=lead.person, kind=kind, entry=entry)


def build(world: World, now: datetime) -> None:
    """The first audit in stage 2 gets what its auditors gathered in the last days."""
    audit = Audit.objects.filter(state="stage2").select_related("lead__person").order_by("number").first()
    if audit is None:
        return
    with clocks.freeze(now - timedelta(days=2)):
        pieces = _gather(audit)
    with clocks.freeze(now - timedelta(days=1)):
        _look_for_signs(audit, pieces)
    with clocks.freeze(now - timedelta(hours=20)):
        _acknowledge(audit)


def _gather(audit: Audit) -> dict[str, Evidence]:
    def keep(code: str, name: str, data: bytes, media: str, evidence: NewEvidence) -> Evidence:
        return services.add_evidence(
            audit_id=audit.pk,
            actor=audit.lead.person,
            evidence=evidence,
            upload=SimpleUploadedFile(name, data, media) if name else None,
            indicator_id=_indicator(audit, code).pk,
        )

    register = keep(
        "3.3.1",
        "contract-register.csv",
        b"contract;signed;read aloud\n1041;2026-09-02;yes\n1042;2026-09-02;yes\n1043;2026-09-04;no\n",
        "text/csv",
        NewEvidence("Contract register, September", EvidenceSource.AGENCY, GivenBy.STAFF, open_as_it_is=True),
    )
    safe = keep(
        "2.1.1",
        "safe.png",
        _picture(),
        "image/png",
        NewEvidence(
            "The safe in the back office", EvidenceSource.PHOTO, note="Eleven passports in one folder."
        ),
    )
    receipt = keep(
        "1.1.1",
        "receipt.txt",
        b"Receipt no. 77. Medical test, 9,500. Paid by S. K. Tamang.\n",
        "text/plain",
        NewEvidence("Receipt of a clinic", EvidenceSource.WORKER, GivenBy.WORKER),
    )
    services.redact_evidence(
        evidence_id=receipt.pk,
        actor=audit.lead.person,
        upload=SimpleUploadedFile(
            "receipt-hidden.txt", b"Receipt no. 77. Medical test, 9,500. Paid by [hidden].\n", "text/plain"
        ),
        reason="The name of the worker, who is still employed there.",
    )
    services.check_hash(evidence_id=receipt.pk, actor=audit.lead.person)
    return {"register": register, "safe": safe, "receipt": receipt}


def _indicator(audit: Audit, code: str) -> Indicator:
    rows = Indicator.objects.filter(criterion__principle__edition_id=audit.assessment.edition_id)
    found = rows.filter(code=code).first() or rows.first()
    assert found is not None
    return found


def _look_for_signs(audit: Audit, pieces: dict[str, Evidence]) -> None:
    day = clocks.today()
    seen = SignEntry(
        Seen.YES,
        "Eleven passports lay in one folder of the safe; staff said that workers may ask for them on Fridays.",
        [pieces["safe"].pk],
        NextStep.SAFEGUARD,
        "The manager handed them back the same day; we count again at the closing meeting.",
        "Lead auditor",
        day + timedelta(days=3),
    )
    services.record_sign(audit_id=audit.pk, actor=audit.lead.person, sign="7", entry=seen)
    for code, words in (
        ("2", "Nine contracts were compared with the adverts; wage, place and employer agree."),
        ("3", "Housing of two groups was visited in the evening; doors were open."),
    ):
        services.record_sign(
            audit_id=audit.pk, actor=audit.lead.person, sign=code, entry=SignEntry(Seen.NO, words)
        )


def _acknowledge(audit: Audit) -> None:
    seat = Attendee.objects.filter(
        meeting__audit=audit, meeting__kind=MeetingKind.OPENING, side=Side.AGENCY
    ).first()
    if seat is not None and clocks.today() <= seat.meeting.links_end_on:
        services.acknowledge(code=seat.code, agrees=True)


def _picture() -> bytes:
    """A small grey PNG with a camera's text in it, which the copy people see no longer has."""
    rows = b"".join(b"\x00" + bytes([90 + (x + y) % 60 for x in range(64)]) for y in range(48))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)),
        (b"tEXt", b"Comment\x00taken with the phone of the lead auditor"),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
