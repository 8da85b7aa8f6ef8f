"""The ledger as a file: one line for each run, and one for each change a run found. No cell of it is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from certification.certificates.states import Standing
from iris.core.sheets import harmless
from iris.core.states import facts_of
from supplychain.watches.models import Entry, Sight, Watch
from supplychain.watches.selectors.words import standing_label, tell_of
from supplychain.watches.states import Cause, Outcome

MOST_SIGHTS = 60


def ledger_csv(watch: Watch) -> HttpResponse:
    """The whole ledger of a watch, the oldest run first."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="watch-{watch.pk}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    for line in _lines(watch):
        writer.writerow([harmless(cell) for cell in line])
    return answer


def _lines(watch: Watch) -> Iterator[list[Any]]:
    yield [
        _("Checked at (UTC)"),
        _("Why"),
        _("Outcome"),
        _("Agencies looked at"),
        _("Register as of event"),
        _("Hash before"),
        _("Hash after"),
        _("Agency"),
        _("What"),
        _("Before"),
        _("After"),
        _("Since"),
        _("Note"),
    ]
    rows = watch.entries.prefetch_related("changes").order_by("at", "created_at")
    for entry in rows.iterator(chunk_size=500):
        yield from _of(entry)


def _of(entry: Entry) -> Iterator[list[Any]]:
    head = [
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        Cause(entry.cause).label,
        Outcome(entry.outcome).label,
        entry.agencies,
        entry.register_event,
        entry.hash_before,
        entry.hash_after,
    ]
    changes = list(entry.changes.all())
    if not changes:
        yield [*head, "", "", "", "", "", entry.note]
    for told in map(tell_of, changes):
        since = told.since.isoformat() if told.since else ""
        for line in told.lines:
            yield [*head, told.name, line.label, line.before, line.after, since, entry.note]


def sights_of(watch: Watch) -> list[dict[str, Any]]:
    """How the agencies stood when they were seen last, those not certified first."""
    rows = list(Sight.objects.filter(watch=watch).order_by("facts__valid", "facts__name")[:MOST_SIGHTS])
    return [
        {
            "agency_id": row.agency_id,
            "name": row.facts["name"],
            "country": row.facts["country"],
            "tone": facts_of(Standing(row.facts["standing"])).tone,
            "label": standing_label(row.facts),
            "since": date.fromisoformat(row.facts["since"]) if row.facts["since"] else None,
        }
        for row in rows
    ]
