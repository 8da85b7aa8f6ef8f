"""The names by which an agency is known."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency, AgencyName
from certification.agencies.rules import LONGEST_KEY, NameAnswers
from certification.agencies.states import NameKind
from iris import matching
from iris.accounts.models import User
from iris.core.errors import BadInput

from .noting import note
from .own import own


def write_name(agency: Agency, *, kind: str, name: str, lang: str) -> AgencyName:
    """Keep a name with what searches compare."""
    row, _made = AgencyName.objects.get_or_create(
        agency=agency,
        kind=kind,
        name=name,
        defaults={"lang": lang, "normal": matching.normalise(name), "key": matching.key(name)[:LONGEST_KEY]},
    )
    return row


@transaction.atomic
def add_name(*, agency_id: UUID, actor: User, answers: NameAnswers) -> AgencyName:
    """Add a trading, local or former name."""
    agency = own(agency_id, actor)
    checked = answers.checked()
    _refuse_twice(agency, checked)
    row = write_name(agency, kind=checked.kind, name=checked.name, lang=checked.lang)
    row.used_until, row.note = checked.used_until, checked.note
    row.save()
    note(agency, "name_added", actor, checked.as_data(), compare=True)
    return row


@transaction.atomic
def change_name(*, agency_id: UUID, name_id: UUID, actor: User, answers: NameAnswers) -> AgencyName:
    """Change a trading, local or former name."""
    agency = own(agency_id, actor)
    row = agency.names.exclude(kind=NameKind.LEGAL).get(pk=name_id)
    checked = answers.checked()
    _refuse_twice(agency, checked, except_for=name_id)
    data = {"before": {"kind": row.kind, "name": row.name, "lang": row.lang}, "after": checked.as_data()}
    row.kind, row.name, row.lang = checked.kind, checked.name, checked.lang
    row.normal, row.key = matching.normalise(checked.name), matching.key(checked.name)[:LONGEST_KEY]
    row.used_until, row.note = checked.used_until, checked.note
    row.save()
    note(agency, "name_changed", actor, data, compare=True)
    return row


@transaction.atomic
def remove_name(*, agency_id: UUID, name_id: UUID, actor: User) -> None:
    """Take a name off the list. The legal name stays."""
    agency = own(agency_id, actor)
    row = agency.names.exclude(kind=NameKind.LEGAL).filter(pk=name_id).first()
    if row is None:
        return
    row.delete()
    note(agency, "name_removed", actor, {"kind": row.kind, "name": row.name}, compare=True)


def _refuse_twice(agency: Agency, answers: NameAnswers, except_for: UUID | None = None) -> None:
    same = agency.names.filter(kind=answers.kind, name=answers.name)
    if except_for is not None:
        same = same.exclude(pk=except_for)
    if same.exists():
        raise BadInput(fields={"name": [_("This name is already on your list.")]})
