"""Two screenings of one employer beside each other."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iris.core.policy import for_kinds
from iris.core.states import facts_of
from iris.core.web import get_or_404
from supplychain.screenings import selectors
from supplychain.screenings.models import Screening
from supplychain.screenings.permissions import KINDS
from supplychain.screenings.states import Change, ScreeningState
from supplychain.screenings.web.lists import mine
from supplychain.screenings.web.running import number_of, sent


@for_kinds(*KINDS)
@require_GET
def compare(request: HttpRequest, screening_id: UUID, earlier_id: UUID) -> HttpResponse:
    """What is new, gone, changed and unchanged since an earlier screening of the same organisation."""
    now, was, change = _asked(request, screening_id, earlier_id)
    counts = selectors.changes_between(now, was)
    rows, last = _page(request, now, was, change)
    context = {
        "now": now,
        "was": was,
        "change": change,
        "tally": [
            {
                "tone": facts_of(one).tone,
                "icon": facts_of(one).icon,
                "label": one.label,
                "n": counts[one],
                "url": f"?change={one.value}",
            }
            for one in Change
        ],
        "rows": rows,
        "last": last,
        "others": selectors.comparable_with(mine(request, screening_id)),
    }
    return render(request, "screenings/compare.html", context)


def _page(
    request: HttpRequest, now: Screening, was: Screening, change: str
) -> tuple[list[selectors.Difference], selectors.Difference | None]:
    """One page of differences, and its last one where more follow: a row number alone may stand for two of them."""
    place: dict[str, Any] = {"after": number_of(request, "after") or 0}
    after_change = request.GET.get("after_change", "")
    if after_change in Change.values:
        place["after_change"] = after_change
    rows = selectors.differences(now, was, change, limit=selectors.DIFFERENCES + 1, **place)
    page = rows[: selectors.DIFFERENCES]
    return page, page[-1] if len(rows) > len(page) else None


@for_kinds(*KINDS)
@require_GET
def export(request: HttpRequest, screening_id: UUID, earlier_id: UUID, kind: str) -> HttpResponseBase:
    """The changes as CSV or XLSX, sent while they are made; `?change=` takes only those rows."""
    now, was, change = _asked(request, screening_id, earlier_id)
    write = selectors.difference_as_csv if kind == "csv" else selectors.difference_as_xlsx
    return sent(write(now, was, change), f"{now.title.rsplit('.', 1)[0]}-changes.{kind}")


def _asked(request: HttpRequest, screening_id: UUID, earlier_id: UUID) -> tuple[Screening, Screening, str]:
    """The two screenings, both done and both of the person's organisation, and which changes are asked for."""
    done = selectors.screenings_visible_to(request.user).filter(state=ScreeningState.DONE)
    change = request.GET.get("change", "")
    return (
        get_or_404(done, pk=screening_id),
        get_or_404(done, pk=earlier_id),
        change if change in Change.values else "",
    )
