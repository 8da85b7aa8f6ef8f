"""Disputes and notices, made by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from certification.agencies.models import Agency
from certification.corrections import services
from certification.corrections.models import AuthorityNotice, Dispute
from certification.corrections.services import DisputeEntry, NoticeEntry
from iris.accounts.models import User
from tests.factories import accounts, agencies, certificates


def listed(name: str | None = None) -> Agency:
    """An agency on the public register."""
    return certificates.certificate(agency=agencies.agency(name)).agency


def entry(**more: Any) -> DisputeEntry:
    """Something that is wrong."""
    return DisputeEntry(**{"about": "licence", "wrong": "The licence was renewed.", **more})


def answering() -> User:
    """A screener of the scheme."""
    return accounts.person("scheme", "screener")


def dispute(state: str = "received", *, agency: Agency | None = None, sender: User | None = None) -> Dispute:
    """A dispute in a state, sent by somebody, else by anybody on the public page."""
    agency = agency or listed()
    if sender is None:
        row = services.dispute_publicly(agency_id=agency.pk, entry=entry())
    else:
        row = services.dispute_as(agency_id=agency.pk, entry=entry(), actor=sender)
    if state == "withdrawn":
        return services.withdraw_by_code(code=row.code)
    return _moved(row, state)


def _moved(row: Dispute, state: str) -> Dispute:
    if state == "received":
        return row
    person = answering()
    row = services.look_at_dispute(dispute_id=row.pk, actor=person)
    if state == "corrected":
        return services.correct_dispute(dispute_id=row.pk, actor=person, answer="It is corrected.")
    if state == "kept":
        return services.keep_dispute(dispute_id=row.pk, actor=person, answer="It is right.")
    return row


def authority(country: str = "NP") -> User:
    """A reader of a government body that the scheme admitted."""
    made = accounts.organisation("government", country=country)
    return accounts.person("government", "reader", organisation=made)


def notice_entry(**more: Any) -> NoticeEntry:
    """A licence suspended."""
    given = {
        "measure": "suspension",
        "text": "Fees were taken.",
        "measure_on": date(2026, 11, 3),
        "licence_number": "999/001",
        **more,
    }
    return NoticeEntry(**given)


def notice(state: str = "received", *, by: User | None = None, **more: Any) -> AuthorityNotice:
    """A notice in a state."""
    filer = by or authority()
    row = services.file_notice(entry=notice_entry(**more), actor=filer)
    if state == "withdrawn":
        return services.withdraw_notice(notice_id=row.pk, actor=filer)
    if state == "received":
        return row
    person = answering()
    row = services.look_at_notice(notice_id=row.pk, actor=person)
    if state == "acted_on":
        return services.act_on_notice(notice_id=row.pk, actor=person, answer="An audit is ordered.")
    if state == "noted":
        return services.note_notice(notice_id=row.pk, actor=person, answer="It held no certificate.")
    return row
