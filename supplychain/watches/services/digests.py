"""Digests: what changed and what was checked and found unchanged, once a day or a week, each exactly once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.urls import reverse

from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.core import clocks
from iris.notify.services import notify
from supplychain.watches.models import Digest, Entry, Telling, Watch
from supplychain.watches.rules import last_due, period_of
from supplychain.watches.selectors.reading import plan_of, told_of
from supplychain.watches.states import Outcome, Tempo, WatchState

DIGESTS = (Tempo.DAILY, Tempo.WEEKLY)
MOST_SHOWN = 30


def send_due() -> int:
    """Every digest whose hour has come and that was not made yet; returns how many were made."""
    rows = Watch.objects.filter(tempo__in=DIGESTS, people__isnull=False).exclude(state=WatchState.ENDED)
    wanted = (
        rows.values_list("organisation_id", "people", "tempo")
        .annotate(since=Min("created_at"))
        .order_by("organisation_id", "people", "tempo")
    )
    plans: dict[tuple[UUID, str], datetime] = {}
    made = 0
    for organisation_id, person_id, tempo, since in list(wanted):
        key = (organisation_id, tempo)
        if key not in plans:
            plan = plan_of(Organisation.objects.get(pk=organisation_id))
            plans[key] = last_due(clocks.now(), tempo, plan.hour, plan.weekday)
        if since < plans[key] and not _made(organisation_id, person_id, tempo, plans[key]):
            made += send(organisation_id=organisation_id, person_id=person_id, tempo=tempo, due_at=plans[key])
    return made


def _made(organisation_id: UUID, person_id: UUID, tempo: str, due_at: datetime) -> bool:
    return Digest.objects.filter(
        organisation_id=organisation_id, person_id=person_id, tempo=tempo, due_at__gte=due_at
    ).exists()


@transaction.atomic
def send(*, organisation_id: UUID, person_id: UUID, tempo: str, due_at: datetime) -> bool:
    """One digest of one person: written down, and sent unless nothing changed and only changes are wanted."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    if _made(organisation_id, person_id, tempo, due_at):
        return False
    person = User.objects.filter(pk=person_id, pk__in=people_of(organisation).values("pk")).first()
    # These and no others are told and marked: a run that ends meanwhile waits for the next digest.
    waiting = list(
        Telling.objects.filter(
            person_id=person_id, tempo=tempo, told_at__isnull=True, entry__watch__organisation=organisation
        ).values_list("pk", flat=True)
    )
    entries = list(
        Entry.objects.filter(tellings__in=waiting)
        .select_related("watch")
        .prefetch_related("changes")
        .order_by("at")
    )
    changed, unchanged, unchecked = _counts(organisation, person_id, tempo, due_at, entries)
    proof = plan_of(organisation).when_unchanged and unchanged > 0
    wanted = bool(entries) or unchecked > 0 or proof
    sent = person is not None and wanted
    Digest.objects.create(
        organisation=organisation,
        person_id=person_id,
        tempo=tempo,
        due_at=due_at,
        changed=changed,
        unchanged=unchanged,
        unchecked=unchecked,
        sent=sent,
    )
    Telling.objects.filter(pk__in=waiting).update(told_at=clocks.now())
    if sent and person is not None:
        _tell(organisation, person, tempo, due_at, entries, (changed, unchanged, unchecked))
    return True


def _counts(
    organisation: Organisation, person_id: UUID, tempo: str, due_at: datetime, entries: list[Entry]
) -> tuple[int, int, int]:
    """Of the person's watches: how many changed, were checked and did not, or were not checked at all."""
    begin = due_at - period_of(tempo)
    mine = set(
        Watch.objects.filter(
            organisation=organisation, tempo=tempo, people=person_id, state=WatchState.ACTIVE
        ).values_list("pk", flat=True)
    )
    changed = {entry.watch_id for entry in entries}
    good = (Outcome.UNCHANGED, Outcome.CHANGED, Outcome.STARTED)
    looked = set(
        Entry.objects.filter(watch__in=mine, at__gt=begin, outcome__in=good).values_list(
            "watch_id", flat=True
        )
    )
    return len(changed), len((mine & looked) - changed), len(mine - looked - changed)


def _tell(
    organisation: Organisation,
    person: User,
    tempo: str,
    due_at: datetime,
    entries: list[Entry],
    counts: tuple[int, int, int],
) -> None:
    told = [one for entry in entries for one in told_of(entry)]
    notify(
        people=[person],
        template="watches/digest",
        context={
            "weekly": tempo == Tempo.WEEKLY,
            "changed": counts[0],
            "unchanged": counts[1],
            "unchecked": counts[2],
            "until": due_at,
            "changes": [asdict(one) for one in told[:MOST_SHOWN]],
            "more": max(0, len(told) - MOST_SHOWN),
        },
        url=reverse("watches:list"),
        key=f"digest:{tempo}:{due_at:%Y%m%d%H}:{str(organisation.pk)[:8]}",
    )
