"""Branches and the people who may act for them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency, Branch, BranchPerson
from certification.agencies.rules import BranchAnswers, BranchPersonAnswers
from iris.accounts.models import User
from iris.core.errors import BadInput

from .noting import note
from .own import own


@transaction.atomic
def add_branch(*, agency_id: UUID, actor: User, answers: BranchAnswers) -> Branch:
    """Add an office besides the head office."""
    agency = own(agency_id, actor)
    row = Branch(agency=agency)
    _take_branch(row, answers.checked())
    note(agency, "branch_added", actor, _branch_data(row), compare=True)
    return row


@transaction.atomic
def change_branch(*, agency_id: UUID, branch_id: UUID, actor: User, answers: BranchAnswers) -> Branch:
    """Change an office."""
    agency = own(agency_id, actor)
    row = agency.branches.get(pk=branch_id)
    before = _branch_data(row)
    _take_branch(row, answers.checked())
    note(agency, "branch_changed", actor, {"before": before, "after": _branch_data(row)}, compare=True)
    return row


@transaction.atomic
def remove_branch(*, agency_id: UUID, branch_id: UUID, actor: User) -> None:
    """Take an office off the list, and with it the people who act for it."""
    agency = own(agency_id, actor)
    row = agency.branches.filter(pk=branch_id).first()
    if row is None:
        return
    data = {**_branch_data(row), "people": row.people.count()}
    row.people.all().delete()
    row.delete()
    note(agency, "branch_removed", actor, data, compare=True)


@transaction.atomic
def add_branch_person(*, agency_id: UUID, actor: User, answers: BranchPersonAnswers) -> BranchPerson:
    """Name a person who may act for a branch. The log keeps no name."""
    agency = own(agency_id, actor)
    row = BranchPerson()
    _take_person(agency, row, answers.checked())
    note(agency, "branch_person_added", actor, _person_data(row))
    return row


@transaction.atomic
def change_branch_person(
    *, agency_id: UUID, person_id: UUID, actor: User, answers: BranchPersonAnswers
) -> BranchPerson:
    """Change a person of a branch, or say until when they could act."""
    agency = own(agency_id, actor)
    row = BranchPerson.objects.get(pk=person_id, branch__agency=agency)
    before = _person_data(row)
    _take_person(agency, row, answers.checked())
    note(agency, "branch_person_changed", actor, {"before": before, "after": _person_data(row)})
    return row


@transaction.atomic
def remove_branch_person(*, agency_id: UUID, person_id: UUID, actor: User) -> None:
    """Take a person of a branch off the list."""
    agency = own(agency_id, actor)
    row = BranchPerson.objects.filter(pk=person_id, branch__agency=agency).first()
    if row is None:
        return
    data = _person_data(row)
    row.delete()
    note(agency, "branch_person_removed", actor, data)


def _take_branch(row: Branch, answers: BranchAnswers) -> None:
    for name in ("name", "country", "city", "address", "responsible", "phone", "authority_reference"):
        setattr(row, name, getattr(answers, name))
    row.save()


def _take_person(agency: Agency, row: BranchPerson, answers: BranchPersonAnswers) -> None:
    branch = agency.branches.filter(pk=answers.branch).first() if answers.branch else None
    if branch is None:
        raise BadInput(fields={"branch": [_("Choose one of your own branches.")]})
    row.branch = branch
    for name in ("name", "role", "phone", "authority_reference", "since", "until"):
        setattr(row, name, getattr(answers, name))
    row.save()


def _branch_data(row: Branch) -> dict[str, str]:
    return {"branch": str(row.pk), "name": row.name, "country": row.country, "city": row.city}


def _person_data(row: BranchPerson) -> dict[str, str | None]:
    return {
        "person": str(row.pk),
        "branch": str(row.branch_id),
        "role": row.role,
        "since": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
    }
