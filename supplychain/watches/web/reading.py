"""Pages that read: the list, one watch with its ledger, one run. Opening a page changes nothing of what was seen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iris.core import events, fsm
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.watches import selectors
from supplychain.watches.forms import ListFilter
from supplychain.watches.models import Entry, Watch
from supplychain.watches.permissions import KINDS, may_change, may_watch


def mine(request: HttpRequest, watch_id: UUID) -> Watch:
    """The watch, or 404 for everybody outside the organisation."""
    return get_or_404(selectors.watches_visible_to(request.user), pk=watch_id)


@for_kinds(*KINDS)
@require_GET
def watches(request: HttpRequest) -> HttpResponse:
    """The organisation's watches, and when all were checked last."""
    form = ListFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = paginate(request, selectors.listed(request.user, **chosen), per_page=25)
    context = {
        "page": page,
        "form": form,
        "filtered": any(chosen.values()),
        "health": selectors.health_for(request.user),
        "may_watch": may_watch(request.user),
    }
    return render(request, "watches/list.html", context)


@for_kinds(*KINDS)
@require_GET
def watch(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """One watch: what it looks at, who hears of it, and its ledger."""
    row = mine(request, watch_id)
    page = paginate(request, selectors.entries_of(row), per_page=25)
    lines = [(entry, selectors.told_of(entry)[:3]) for entry in page.object_list]
    context = {
        "watch": row,
        "page": page,
        "lines": lines,
        "people": list(row.people.order_by("full_name")),
        "sights": selectors.sights_of(row),
        "health": selectors.health_for(request.user),
        "may_change": may_change(row, request.user),
        "may_pause": fsm.may(row.pause, request.user),
        "may_resume": fsm.may(row.resume, request.user),
        "may_end": fsm.may(row.end, request.user),
        "events": events.events_of(row, limit=5),
    }
    return render(request, "watches/watch.html", context)


@for_kinds(*KINDS)
@require_GET
def entry(request: HttpRequest, watch_id: UUID, entry_id: UUID) -> HttpResponse:
    """One run: what was checked, against which data, before and after."""
    row = mine(request, watch_id)
    found: Entry = get_or_404(selectors.entries_of(row), pk=entry_id)
    context = {"watch": row, "entry": found, "told": selectors.told_of(found)}
    return render(request, "watches/entry.html", context)


@for_kinds(*KINDS)
@require_GET
def ledger(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """The whole ledger as CSV."""
    row = mine(request, watch_id)
    return selectors.ledger_csv(row)
