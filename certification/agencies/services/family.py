"""The companies beside an agency, and its numbers in other registers."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency, AgencyIdentifier, RelatedCompany
from certification.agencies.rules import IdentifierAnswers, RelatedAnswers, number_key
from certification.agencies.rules.identifiers import compact
from certification.agencies.states import ChangeKind
from iris.accounts.models import User
from iris.core.errors import BadInput

from .noting import note
from .own import own


@transaction.atomic
def add_related(*, agency_id: UUID, actor: User, answers: RelatedAnswers) -> RelatedCompany:
    """Name a parent, subsidiary or sister company. It is an entity of its own and never covered."""
    agency = own(agency_id, actor)
    checked = answers.checked()
    row = RelatedCompany(agency=agency)
    _take_related(row, checked)
    note(agency, "related_added", actor, checked.as_data(), change=ChangeKind.CONTROL, compare=True)
    return row


@transaction.atomic
def change_related(
    *, agency_id: UUID, related_id: UUID, actor: User, answers: RelatedAnswers
) -> RelatedCompany:
    """Change what is known of a related company."""
    agency = own(agency_id, actor)
    row = agency.related.get(pk=related_id)
    checked = answers.checked()
    _take_related(row, checked)
    note(agency, "related_changed", actor, checked.as_data(), change=ChangeKind.CONTROL, compare=True)
    return row


@transaction.atomic
def remove_related(*, agency_id: UUID, related_id: UUID, actor: User) -> None:
    """Take a related company off the list."""
    agency = own(agency_id, actor)
    row = agency.related.filter(pk=related_id).first()
    if row is None:
        return
    row.delete()
    data = {"kind": row.kind, "name": row.name, "country": row.country}
    note(agency, "related_removed", actor, data, change=ChangeKind.CONTROL, compare=True)


@transaction.atomic
def add_identifier(*, agency_id: UUID, actor: User, answers: IdentifierAnswers) -> AgencyIdentifier:
    """Add a number of a register. An LEI whose check digits fail is refused; other oddities only warn."""
    agency = own(agency_id, actor)
    checked = answers.checked()
    row = AgencyIdentifier(agency=agency)
    _take_identifier(row, checked)
    note(agency, "identifier_added", actor, checked.as_data(), compare=True)
    return row


@transaction.atomic
def change_identifier(
    *, agency_id: UUID, identifier_id: UUID, actor: User, answers: IdentifierAnswers
) -> AgencyIdentifier:
    """Change a number of a register."""
    agency = own(agency_id, actor)
    row = agency.identifiers.get(pk=identifier_id)
    before = {"scheme": row.scheme, "value": row.value}
    checked = answers.checked()
    _take_identifier(row, checked)
    data = {"before": before, "after": checked.as_data()}
    note(agency, "identifier_changed", actor, data, compare=True)
    return row


@transaction.atomic
def remove_identifier(*, agency_id: UUID, identifier_id: UUID, actor: User) -> None:
    """Take a number off the list."""
    agency = own(agency_id, actor)
    row = agency.identifiers.filter(pk=identifier_id).first()
    if row is None:
        return
    row.delete()
    note(agency, "identifier_removed", actor, {"scheme": row.scheme, "value": row.value}, compare=True)


def _take_related(row: RelatedCompany, answers: RelatedAnswers) -> None:
    agency, key = row.agency, number_key(answers.registration_number)
    if key and (answers.country, key) == (agency.country, agency.registration_key):
        sentence = _("This is your own registration number. A related company is another legal entity.")
        raise BadInput(fields={"registration_number": [sentence]})
    same = agency.related.filter(country=answers.country, registration_key=key).exclude(pk=row.pk)
    if key and same.exists():
        raise BadInput(fields={"registration_number": [_("This company is already on your list.")]})
    for name in ("kind", "name", "country", "registration_number", "since", "until"):
        setattr(row, name, getattr(answers, name))
    row.registration_key = key
    # Only an agency that confirmed its enrolment is public: nobody learns here of one that is still enrolling.
    known = Agency.objects.filter(country=answers.country, registration_key=key, enrolled_at__isnull=False)
    row.enrolled = known.first() if key else None
    row.save()


def _take_identifier(row: AgencyIdentifier, answers: IdentifierAnswers) -> None:
    key = compact(answers.value)
    same = row.agency.identifiers.filter(scheme=answers.scheme, country=answers.country, key=key)
    if same.exclude(pk=row.pk).exists():
        raise BadInput(fields={"value": [_("This number is already on your list.")]})
    row.scheme, row.country, row.value, row.key = answers.scheme, answers.country, answers.value, key
    row.save()
