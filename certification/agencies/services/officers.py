"""Owners and directors. The event log keeps no name of them, and the number of a document is kept only as a digest."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from certification.agencies.models import Agency, Officer
from certification.agencies.rules import OfficerAnswers, number_key, shares_problem
from certification.agencies.states import ChangeKind
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput

from .noting import note
from .own import own


def identity_key(country: str, number: str) -> str:
    """What is kept of the number of an identity document: it can be compared, not read."""
    if not number_key(number):
        return ""
    return salted_hmac(
        "certification.agencies.identity", f"{country}:{number_key(number)}", algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def add_officer(*, agency_id: UUID, actor: User, answers: OfficerAnswers) -> Officer:
    """Name an owner or director."""
    agency = own(agency_id, actor)
    checked = answers.checked(clocks.today())
    row = Officer(agency=agency)
    _take(row, checked)
    _refuse_more_than_whole(agency)
    note(agency, "officer_added", actor, _data(row), change=ChangeKind.OWNER, compare=True)
    return row


@transaction.atomic
def change_officer(*, agency_id: UUID, officer_id: UUID, actor: User, answers: OfficerAnswers) -> Officer:
    """Change an owner or director: what they hold, or until when they were there."""
    agency = own(agency_id, actor)
    row = agency.officers.get(pk=officer_id)
    before = _data(row)
    _take(row, answers.checked(clocks.today()))
    _refuse_more_than_whole(agency)
    data = {"before": before, "after": _data(row)}
    note(agency, "officer_changed", actor, data, change=ChangeKind.OWNER, compare=True)
    return row


@transaction.atomic
def remove_officer(*, agency_id: UUID, officer_id: UUID, actor: User) -> None:
    """Take an owner or director off the list."""
    agency = own(agency_id, actor)
    row = agency.officers.filter(pk=officer_id).first()
    if row is None:
        return
    data = _data(row)
    row.delete()
    note(agency, "officer_removed", actor, data, change=ChangeKind.OWNER, compare=True)


def _take(row: Officer, answers: OfficerAnswers) -> None:
    for name in ("kind", "name", "role", "country", "share", "birth_year", "since", "until"):
        setattr(row, name, getattr(answers, name))
    if answers.identity:
        row.identity_key = identity_key(answers.country, answers.identity)
    row.save()


def _refuse_more_than_whole(agency: Agency) -> None:
    today = clocks.today()
    problem = shares_problem([row.share for row in agency.officers.all() if row.holds(today)])
    if problem:
        raise BadInput(fields={"share": [problem]})


def _data(row: Officer) -> dict[str, object]:
    return {
        "officer": str(row.pk),
        "kind": row.kind,
        "role": row.role,
        "share": str(row.share) if row.share is not None else None,
        "since": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
    }
