"""Telling people what a run found: each person once, whatever is repeated or killed on the way."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from iris.accounts.models import User
from iris.accounts.selectors import people_of
from iris.core import clocks, outbox
from iris.core.models import OutboxRow
from iris.notify.services import notify
from iris.webhooks import services as webhooks
from supplychain.watches.models import Entry, Telling
from supplychain.watches.selectors.reading import told_of
from supplychain.watches.selectors.words import subject_of
from supplychain.watches.services.checking import TELL_JOB
from supplychain.watches.states import Tempo

PATIENCE = timedelta(minutes=5)
MOST_IN_A_NOTICE = 20
MOST_IN_A_MESSAGE = 100


@transaction.atomic
def tell(*, entry_id: UUID) -> int:
    """Tell everybody who waits for this run at once; returns how many were told now. Safe to run again."""
    entry = Entry.objects.select_related("watch__organisation").get(pk=entry_id)
    waiting = list(
        Telling.objects.select_for_update(of=("self",))
        .filter(entry=entry, tempo=Tempo.NOW, told_at__isnull=True)
        .order_by("pk")
    )
    members = people_of(entry.watch.organisation)
    people = list(User.objects.filter(pk__in=[one.person_id for one in waiting]).filter(pk__in=members))
    if people:
        told = told_of(entry)
        notify(
            people=people,
            template="watches/changed",
            context={
                "subject": subject_of(entry, told),
                "watch": entry.watch.title,
                "at": entry.at,
                "changes": [asdict(one) for one in told[:MOST_IN_A_NOTICE]],
                "more": max(0, entry.changed - MOST_IN_A_NOTICE),
            },
            url=reverse("watches:entry", args=[entry.watch_id, entry.pk]),
            key=f"watch:{entry.pk}",
        )
    Telling.objects.filter(pk__in=[one.pk for one in waiting]).update(told_at=clocks.now())
    if entry.watch.webhook:
        _publish(entry)
    return len(people)


def _publish(entry: Entry) -> None:
    """The same to the organisation's machines; the key makes a repeat harmless."""
    webhooks.publish(
        organisation=entry.watch.organisation,
        topic="watch.changed",
        data={
            "watch": str(entry.watch_id),
            "title": entry.watch.title,
            "run": str(entry.pk),
            "at": entry.at.isoformat(timespec="seconds"),
            "url": settings.IRIS_PUBLIC_URL + reverse("watches:entry", args=[entry.watch_id, entry.pk]),
            "changed": entry.changed,
            "changes": [
                {"agency": str(one.agency_id), "kinds": one.kinds, "before": one.before, "after": one.after}
                for one in entry.changes.all()[:MOST_IN_A_MESSAGE]
            ],
        },
        key=f"watch:{entry.pk}",
        watch=entry.watch_id,
    )


def overdue() -> list[UUID]:
    """Runs whose notices should have gone out minutes ago."""
    late = clocks.now() - PATIENCE
    rows = Telling.objects.filter(tempo=Tempo.NOW, told_at__isnull=True, entry__at__lt=late)
    return list(rows.order_by("entry_id").values_list("entry_id", flat=True).distinct())


@transaction.atomic
def tell_again() -> list[UUID]:
    """Ask once more for every notice that was not sent: its job was given up, or lost. One that is tried is left."""
    rows = OutboxRow.objects.filter(
        job=TELL_JOB, status__in=(OutboxRow.State.WAITING, OutboxRow.State.LEASED)
    )
    tried = {str(told.get("entry_id")) for told in rows.values_list("kwargs", flat=True)}
    late = [entry_id for entry_id in overdue() if str(entry_id) not in tried]
    for entry_id in late:
        outbox.enqueue(TELL_JOB, entry_id=str(entry_id))
    return late
