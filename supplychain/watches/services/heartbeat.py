"""Whoever watches the watching. It runs by itself, apart from the full check, and reads only what that left behind."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from iris.accounts.models import Organisation, User
from iris.accounts.selectors import managers_of
from iris.accounts.states import Role
from iris.core import clocks
from iris.notify.services import notify, scheme_people
from supplychain.watches.models import Alarm, Watch
from supplychain.watches.selectors.health import is_late, last_round
from supplychain.watches.services.telling import overdue, tell_again
from supplychain.watches.states import AlarmKind, WatchState


def look_after() -> None:
    """Raise what is wrong once, and say once that it is well again."""
    _late()
    _failing()
    _untold()


def _late() -> None:
    if is_late():
        last = last_round()
        if opened := _open(AlarmKind.LATE, None):
            context: dict[str, object] = {"last_at": last.ended_at if last else None}
            _tell_everybody(opened, "watches/late", context)
    elif closed := _close(AlarmKind.LATE, None):
        _tell_everybody(closed, "watches/caught_up", {"last_at": clocks.now()})


def _failing() -> None:
    """Watches whose last run failed: only their own organisation hears which."""
    rows = Watch.objects.filter(state=WatchState.ACTIVE).exclude(failure="").order_by("title")
    by_organisation: dict[UUID, list[Watch]] = {}
    for row in rows:
        by_organisation.setdefault(row.organisation_id, []).append(row)
    for organisation in Organisation.objects.filter(pk__in=by_organisation):
        if opened := _open(AlarmKind.FAILING, organisation):
            failed = by_organisation[organisation.pk]
            _tell(
                managers_of(organisation),
                "watches/failing",
                {"count": len(failed), "lines": [f"{one.title}: {one.failure[:200]}" for one in failed[:10]]},
                opened,
            )
    well = Alarm.objects.filter(kind=AlarmKind.FAILING, ended_at__isnull=True).exclude(
        organisation__in=by_organisation
    )
    well.update(ended_at=clocks.now())


def _untold() -> None:
    """Notices that should have gone out minutes ago: asked for again, and the scheme hears that something is stuck."""
    late = overdue()
    if late:
        tell_again()
        if opened := _open(AlarmKind.UNTOLD, None):
            _tell(scheme_people([Role.SCHEME_MANAGER]), "watches/untold", {}, opened)
    else:
        _close(AlarmKind.UNTOLD, None)


@transaction.atomic
def _open(kind: str, organisation: Organisation | None) -> Alarm | None:
    """A new alarm, or None while one is open already."""
    if Alarm.objects.filter(kind=kind, organisation=organisation, ended_at__isnull=True).exists():
        return None
    return Alarm.objects.create(kind=kind, organisation=organisation, began_at=clocks.now())


@transaction.atomic
def _close(kind: str, organisation: Organisation | None) -> Alarm | None:
    row = (
        Alarm.objects.select_for_update(of=("self",))
        .filter(kind=kind, organisation=organisation, ended_at__isnull=True)
        .first()
    )
    if row is not None:
        row.ended_at = clocks.now()
        row.save()
    return row


def _tell_everybody(alarm: Alarm, template: str, context: dict[str, object]) -> None:
    """The scheme's managers, and the managers of every organisation that watches. The scheme reads no name of any."""
    watching = Watch.objects.filter(state=WatchState.ACTIVE).values("organisation_id")
    _tell(scheme_people([Role.SCHEME_MANAGER]), template, {**context, "scheme": True}, alarm)
    for organisation in Organisation.objects.filter(pk__in=watching):
        _tell(managers_of(organisation), template, {**context, "scheme": False}, alarm)


def _tell(people: Iterable[User], template: str, context: dict[str, object], alarm: Alarm) -> None:
    word = template.rpartition("/")[2]
    for person in people:
        mine = not context.get("scheme") and template != "watches/untold"
        url = reverse("watches:list") if mine else ""
        notify(people=[person], template=template, context=context, url=url, key=f"{word}:{alarm.pk}")
