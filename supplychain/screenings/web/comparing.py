"""Two screenings of one employer beside each other."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iris.core.policy import for_kinds
from iris.core.states import facts_of
from iris.core.web import get_or_404
from supplychain.screenings import selectors
from supplychain.screenings.permissions import KINDS
from supplychain.screenings.states import Change, ScreeningState
from supplychain.screenings.web.lists import mine
from supplychain.screenings.web.running import number_of


@for_kinds(*KINDS)
@require_GET
def compare(request: HttpRequest, screening_id: UUID, earlier_id: UUID) -> HttpResponse:
    """What is new, gone, changed and unchanged since an earlier screening of the same organisation."""
    done = selectors.screenings_visible_to(request.user).filter(state=ScreeningState.DONE)
    now, was = get_or_404(done, pk=screening_id), get_or_404(done, pk=earlier_id)
    change = request.GET.get("change", "")
    change = change if change in Change.values else ""
    counts = selectors.changes_between(now, was)
    rows = selectors.differences(
        now, was, change, after=number_of(request, "after") or 0, limit=selectors.DIFFERENCES + 1
    )
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
        "rows": rows[: selectors.DIFFERENCES],
        "after": rows[selectors.DIFFERENCES - 1].number if len(rows) > selectors.DIFFERENCES else None,
        "others": selectors.comparable_with(mine(request, screening_id)),
    }
    return render(request, "screenings/compare.html", context)
