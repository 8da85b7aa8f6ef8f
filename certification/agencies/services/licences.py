"""Licences: kept with their copy, reminded of before they end, flagged when they have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies import permissions, selectors
from certification.agencies.models import Agency, Licence
from certification.agencies.rules import LicenceAnswers, number_key
from certification.agencies.states import LicenceLoss
from iris.accounts.models import User
from iris.core import clocks, events, files, outbox
from iris.core.errors import BadInput
from iris.core.events import SYSTEM
from iris.core.fsm import lock
from iris.core.models import StoredFile
from iris.notify.services import notify_roles

from .own import own
from .registers import WATCH_JOB, ask_register, lose


@transaction.atomic
def add_licence(
    *, agency_id: UUID, actor: User, answers: LicenceAnswers, copy: UploadedFile[Any] | None = None
) -> Licence:
    """Add a licence with a copy of its paper."""
    agency = own(agency_id, actor)
    checked = answers.checked(clocks.today())
    _refuse_twice(agency, checked)
    licence = Licence(agency=agency)
    _take(licence, checked)
    licence.copy = _stored(agency, actor, copy)
    licence.save()
    events.record(agency, act="licence_added", actor=actor, data=_data(licence))
    outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))
    ask_register(agency, licence)
    return licence


@transaction.atomic
def change_licence(
    *,
    agency_id: UUID,
    licence_id: UUID,
    actor: User,
    answers: LicenceAnswers,
    copy: UploadedFile[Any] | None = None,
) -> Licence:
    """Change a licence; a new copy takes the place of the old one, which stays in storage."""
    agency = own(agency_id, actor)
    licence = agency.licences.get(pk=licence_id)
    before = _data(licence)
    checked = answers.checked(clocks.today(), unchanged_end=licence.valid_to)
    _refuse_twice(agency, checked, except_for=licence_id)
    if checked.valid_to != licence.valid_to:
        licence.reminded_days = licence.ended_told_at = None
    if checked.valid_to != licence.valid_to or number_key(checked.number) != licence.number_key:
        licence.register_says, licence.register_told_at = "", None
        licence.lost_why, licence.lost_at = "", None
    _take(licence, checked)
    licence.copy = _stored(agency, actor, copy) or licence.copy
    licence.save()
    events.record(
        agency, act="licence_changed", actor=actor, data={"before": before, "after": _data(licence)}
    )
    outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))
    ask_register(agency, licence)
    return licence


@transaction.atomic
def remove_licence(*, agency_id: UUID, licence_id: UUID, actor: User) -> None:
    """Take a licence off the list. The event keeps what it was."""
    agency = own(agency_id, actor)
    licence = agency.licences.filter(pk=licence_id).first()
    if licence is None:
        return
    data = _data(licence)
    licence.delete()
    events.record(agency, act="licence_removed", actor=actor, data=data)
    outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))


def tell_of_ending_licences() -> int:
    """Remind agencies three times before a licence ends, and flag it when it has; returns how many."""
    told = 0
    for licence in selectors.licences_to_remind():
        told += _tell_of(licence.pk)
    return told


@transaction.atomic
def _tell_of(licence_id: UUID) -> int:
    licence = lock(Licence, licence_id)
    left = (licence.valid_to - clocks.today()).days
    ended = left < 0
    step = min((days for days in selectors.reminder_days() if left <= days), default=None)
    if licence.ended_told_at or (not ended and (step is None or licence.reminded_days == step)):
        return 0
    agency = Agency.objects.select_related("organisation").get(pk=licence.agency_id)
    if ended:
        licence.ended_told_at = clocks.now()
    else:
        licence.reminded_days = step
    licence.save()
    act = "licence_ended" if ended else "licence_ending"
    events.record(agency, act=act, actor=SYSTEM, data=_data(licence))
    if ended and not selectors.followed(licence):
        lose(agency, licence, LicenceLoss.EXPIRED)
    notify_roles(
        organisation=agency.organisation,
        roles=permissions.MAY_CHANGE,
        template=f"agencies/{act}",
        context={
            "agency": agency.legal_name,
            "number": licence.number,
            "country": licence.country,
            "valid_to": licence.valid_to,
            "days": left,
        },
        url=reverse("agencies:licences", args=[agency.pk]),
    )
    return 1


def _take(licence: Licence, answers: LicenceAnswers) -> None:
    if answers.valid_from is None or answers.valid_to is None:
        raise BadInput(_("Some answers need another look."))
    licence.country, licence.authority, licence.number = answers.country, answers.authority, answers.number
    licence.number_key = number_key(answers.number)
    licence.valid_from, licence.valid_to = answers.valid_from, answers.valid_to


def _refuse_twice(agency: Agency, answers: LicenceAnswers, except_for: UUID | None = None) -> None:
    same = agency.licences.filter(country=answers.country, number_key=number_key(answers.number))
    if except_for is not None:
        same = same.exclude(pk=except_for)
    if same.exists():
        raise BadInput(
            fields={"number": [_("This licence is already on your list. Change it there instead.")]}
        )


def _stored(agency: Agency, actor: User, copy: UploadedFile[Any] | None) -> StoredFile | None:
    if copy is None:
        return None
    try:
        return files.store(copy, organisation_id=agency.organisation_id, actor=actor)
    except BadInput as error:
        sentences = [sentence for found in error.fields.values() for sentence in found] or [error.message]
        raise BadInput(error.message, code=error.code, fields={"copy": sentences}) from error


def _data(licence: Licence) -> dict[str, Any]:
    return {
        "country": licence.country,
        "authority": licence.authority,
        "number": licence.number,
        "valid_from": licence.valid_from.isoformat(),
        "valid_to": licence.valid_to.isoformat(),
        "copy_sha256": licence.copy.sha256 if licence.copy else "",
    }
