"""Looking for likenesses: idempotent, kept as rows, settled by people. Nothing follows from a signal by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from certification.agencies import selectors
from certification.agencies.models import Agency, LikenessKey, LikenessSignal
from certification.agencies.rules.likeness import strength_of
from certification.agencies.selectors.likeness import Finding
from certification.agencies.states import LikenessState
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput
from iris.core.events import SYSTEM
from iris.core.fsm import act, lock

LOOK_EVERY = timedelta(hours=20)
PER_RUN = 300


@transaction.atomic
def look_for_likeness(*, agency_id: UUID) -> int:
    """Compare one enrolled agency with all others and keep what was found. Returns how many signals it is part of."""
    agency = lock(Agency, agency_id)
    if agency.enrolled_at is None:
        return 0
    _write_keys(agency)
    found = selectors.findings(agency)
    for finding in found:
        _keep(finding)
    Agency.objects.filter(pk=agency.pk).update(likeness_at=clocks.now())
    return len(found)


def look_for_likenesses() -> int:
    """Look again at agencies not looked at for a day: another one may have been withdrawn since."""
    before = clocks.now() - LOOK_EVERY
    due = Agency.objects.filter(enrolled_at__isnull=False).filter(
        Q(likeness_at=None) | Q(likeness_at__lt=before)
    )
    ids = list(due.order_by("likeness_at", "id").values_list("pk", flat=True)[:PER_RUN])
    for agency_id in ids:
        look_for_likeness(agency_id=agency_id)
    return len(ids)


@transaction.atomic
def settle_likeness(*, signal_id: UUID, actor: User, outcome: str, reason: str) -> LikenessSignal:
    """Say what a likeness is: explained, chance, or real. With a reason; nothing else follows from it."""
    signal = lock(LikenessSignal, signal_id)
    methods = {
        LikenessState.EXPLAINED: signal.explain,
        LikenessState.DISMISSED: signal.dismiss,
        LikenessState.UPHELD: signal.uphold,
    }
    if outcome not in methods:
        raise BadInput(fields={"outcome": [_("Choose what it is.")]})
    act(methods[LikenessState(outcome)], actor=actor, reason=reason, data=_data(signal), why=reason.strip())
    return signal


@transaction.atomic
def look_again(*, signal_id: UUID, actor: User) -> LikenessSignal:
    """Open a settled likeness again."""
    signal = lock(LikenessSignal, signal_id)
    act(signal.look_again, actor=actor, data=_data(signal))
    return signal


def _write_keys(agency: Agency) -> None:
    wanted = {(row.kind, row.key): row for row in selectors.keys_of(agency)}
    held = {(row.kind, row.key): row for row in agency.likeness_keys.all()}
    gone = [row.pk for place, row in held.items() if place not in wanted]
    changed = [
        row
        for place, row in wanted.items()
        if place not in held or (held[place].words, held[place].detail) != (row.words, row.detail)
    ]
    agency.likeness_keys.filter(
        Q(pk__in=gone)
        | Q(pk__in=[held[row.kind, row.key].pk for row in changed if (row.kind, row.key) in held])
    ).delete()
    LikenessKey.objects.bulk_create(changed)


def _keep(finding: Finding) -> None:
    """One row for a pair, whichever of the two was looked at."""
    pair = {"agency": finding.later, "other": finding.earlier}
    signal = LikenessSignal.objects.select_for_update(of=("self",)).filter(**pair).first()
    weighed = finding.weighed
    if signal is None:
        signal = LikenessSignal(**pair, seen_at=clocks.now())
        _take(signal, weighed.reasons, weighed.points)
        signal.save()
        events.record(signal, act="found", actor=SYSTEM, data=_data(signal), to_state=LikenessState.OPEN)
        return
    gone = _gone(signal, weighed.reasons)
    _take(signal, [*weighed.reasons, *gone], max(weighed.points, signal.points) if gone else weighed.points)
    signal.seen_at = clocks.now()
    signal.save()
    if signal.state != LikenessState.OPEN and not _codes(signal) <= set(signal.settled_codes):
        act(signal.look_again, actor=SYSTEM, data=_data(signal))


def _gone(signal: LikenessSignal, reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Facts that were so when they were first seen: erasing a phone number does not erase the signal."""
    now = {each.get("mark") for each in reasons}
    today = clocks.today().isoformat()
    return [
        {**each, "gone": each.get("gone") or today}
        for each in signal.reasons
        if each.get("mark") and each["mark"] not in now
    ]


def _take(signal: LikenessSignal, reasons: list[dict[str, Any]], points: int) -> None:
    signal.reasons, signal.points, signal.strength = reasons, points, strength_of(points)


def _codes(signal: LikenessSignal) -> set[str]:
    return {str(each["code"]) for each in signal.reasons}


def _data(signal: LikenessSignal) -> dict[str, Any]:
    return {
        "agency": str(signal.agency_id),
        "other": str(signal.other_id),
        "codes": sorted(_codes(signal)),
        "points": signal.points,
    }
