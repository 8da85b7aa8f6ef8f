"""What registers say of the licences agencies told us: noticed, told, and handed on when a licence is lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from certification.agencies import permissions
from certification.agencies.models import Agency, Licence
from certification.agencies.states import LicenceLoss
from certification.licences import selectors as registers
from certification.licences.models import Entry
from certification.licences.states import LicenceStatus
from iris.accounts.states import Role
from iris.core import clocks, events, outbox
from iris.core.events import SYSTEM
from iris.core.fsm import lock
from iris.notify.services import notify, notify_roles, scheme_people

LOST_JOB = "certificates.licence_lost"
WATCH_JOB = "watches.agency_changed"
LOSSES = {
    LicenceStatus.REVOKED: LicenceLoss.REVOKED,
    LicenceStatus.SUSPENDED: LicenceLoss.SUSPENDED,
}
GOOD_AGAIN = (LicenceStatus.ACTIVE, LicenceStatus.CONDITIONAL)


def licence_register_changed(*, entry_id: UUID) -> int:
    """Tell every agency that holds the licence of an entry; returns how many. Safe to run again."""
    entry = registers.entry(entry_id)
    spec = registers.register(entry.snapshot.register)
    if spec is None:
        return 0
    rows = Licence.objects.filter(country=spec.country).values_list("pk", "number")
    held = [pk for pk, number in rows if registers.number_key(spec, number) == entry.key]
    return sum(_hear(licence_id) for licence_id in held)


@transaction.atomic
def _hear(licence_id: UUID) -> int:
    licence = lock(Licence, licence_id)
    status, entry = registers.last_word(licence.country, licence.number)
    if status == LicenceStatus.UNKNOWN or licence.register_says == status:
        return 0
    if not licence.register_says and status == LicenceStatus.ACTIVE:
        return 0
    agency = Agency.objects.select_related("organisation").get(pk=licence.agency_id)
    _take_in(agency, licence, status, entry)
    return 1


def ask_register(agency: Agency, licence: Licence) -> None:
    """What the register says of a licence just written down. Only a loss is taken in; all else is shown, not told."""
    status, entry = registers.last_word(licence.country, licence.number)
    if status in LOSSES and licence.register_says != status:
        _take_in(agency, licence, status, entry)


def _take_in(agency: Agency, licence: Licence, status: LicenceStatus, entry: Entry | None) -> None:
    licence.register_says, licence.register_told_at = status, clocks.now()
    if status in GOOD_AGAIN and licence.lost_why in LOSSES.values():
        licence.lost_why, licence.lost_at = "", None
    licence.save()
    data: dict[str, Any] = {
        "country": licence.country,
        "number": licence.number,
        "status": str(status),
        "raw": entry.raw_status if entry else "",
        "entry_id": str(entry.pk) if entry else "",
    }
    events.record(agency, act="licence_register_changed", actor=SYSTEM, data=data)
    outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))
    _tell(agency, licence, status, entry)
    if status in LOSSES:
        lose(agency, licence, LOSSES[status])


def lose(agency: Agency, licence: Licence, why: LicenceLoss) -> None:
    """Note once that a locked licence is lost, and hand it on: what hangs on it is for the rooms above."""
    if licence.lost_why == why:
        return
    licence.lost_why, licence.lost_at = why, clocks.now()
    licence.save()
    data = {"country": licence.country, "number": licence.number, "why": str(why)}
    events.record(agency, act="licence_lost", actor=SYSTEM, data=data)
    outbox.enqueue(LOST_JOB, licence_id=str(licence.pk), why=str(why))
    outbox.enqueue(WATCH_JOB, agency_id=str(agency.pk))


def _tell(agency: Agency, licence: Licence, status: LicenceStatus, entry: Entry | None) -> None:
    context = {
        "agency": agency.legal_name,
        "number": licence.number,
        "country": licence.country,
        "status": status.label,
        "raw": entry.raw_status if entry else "",
        "good": status in GOOD_AGAIN,
        "lost": status in LOSSES,
    }
    url = reverse("agencies:agency", args=[agency.pk])
    template = "agencies/licence_register_changed"
    notify_roles(
        organisation=agency.organisation,
        roles=permissions.MAY_CHANGE,
        template=template,
        context=context,
        url=url,
    )
    notify(
        people=scheme_people((Role.SCHEME_MANAGER, Role.SCREENER)),
        template=template,
        context=context,
        url=url,
    )
