"""Pages: coverage with its charts and tables, the same as a file, and recruiters in the order of their risk."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from iris.accounts.models import Organisation
from iris.core import charts, clocks
from iris.core.places import is_country
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.chains.selectors import parties_visible_to
from supplychain.chains.states import RECRUITERS
from supplychain.coverage import selectors
from supplychain.coverage.forms import CoverageFilter, tier_text
from supplychain.coverage.rules import Share
from supplychain.coverage.selectors.exporting import corridor_text
from supplychain.coverage.states import TONES, Part
from supplychain.risk.selectors import score, weights_of

MOST_BARS = 12


def asked_of(request: HttpRequest) -> selectors.Asked:
    """The filters of the address; what cannot be is left out, a day to come is today."""
    today = clocks.today()
    try:
        on = min(date.fromisoformat(request.GET.get("on", "")), today)
    except ValueError:
        on = today
    if on.year < 1990:
        on = today
    tier = request.GET.get("tier", "")
    code = re.fullmatch(r"([A-Z]{2})-([A-Z]{2})", request.GET.get("corridor", ""))
    corridor = (code[1], code[2]) if code and is_country(code[1]) and is_country(code[2]) else None
    return selectors.Asked(on, int(tier) if re.fullmatch(r"[1-9]", tier) else 1, corridor)


def _organisation(request: HttpRequest) -> Organisation:
    organisation = request.user.organisation
    assert organisation is not None
    return organisation


@for_kinds("employer")
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """How much of the hiring goes through certified agencies, and how that came to be."""
    asked = asked_of(request)
    found = selectors.coverage_of(_organisation(request), asked)
    form = CoverageFilter(
        initial={
            "on": asked.on,
            "tier": str(asked.tier),
            "corridor": "-".join(asked.corridor) if asked.corridor else "",
        },
        depth=max(found.depth, asked.tier),
        corridors=[*found.choices, *asked.named(found.choices)],
    )
    corridors = [(corridor_text(corridor), corridor, share) for corridor, share in found.corridors]
    context = {
        "found": found,
        "asked": asked,
        "filters": form,
        "filtered": bool(request.GET),
        "past": asked.on != clocks.today(),
        "parts": [(part, TONES[part], n, percent) for part, n, percent in found.share.rows],
        "whole_chart": charts.part_bars([(_("All workers"), _counts(found.share))]),
        "tier_rows": [(tier_text(tier), share) for tier, share in found.tiers],
        "tier_chart": charts.part_bars((tier_text(tier), _counts(share)) for tier, share in found.tiers),
        "corridor_rows": corridors,
        "corridor_chart": charts.part_bars(
            (text, _counts(share)) for text, _corridor, share in corridors[:MOST_BARS]
        ),
        "trend_rows": found.trend,
        "trend_chart": charts.part_columns(
            ((date_format(day, "M y"), _counts(share)) for day, share in found.trend), every=3
        ),
        "gaps": [(gap, TONES[gap.part]) for gap in found.gaps],
        "key": list(Part),
    }
    return render(request, "coverage/coverage.html", context)


def _counts(share: Share) -> list[tuple[str, int]]:
    return [(part.value, share.parts[part]) for part in Part]


@for_kinds("employer")
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The figures of the page as CSV, with the same filters."""
    asked = asked_of(request)
    response = HttpResponse(
        selectors.as_csv(selectors.coverage_of(_organisation(request), asked)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="coverage-{asked.on:%Y-%m-%d}.csv"'
    return response


@for_kinds("employer")
@require_GET
def recruiters(request: HttpRequest) -> HttpResponse:
    """The recruiters of the chain, most to ask about first."""
    organisation = _organisation(request)
    weights, today = weights_of(organisation), clocks.today()
    rows = [(one, score(one.facts, weights, today)) for one in selectors.parties_for(organisation)]
    rows.sort(key=lambda row: (-row[1].points, row[0].name))
    context = {"page": paginate(request, rows), "weights": weights}
    return render(request, "coverage/recruiters.html", context)


@for_kinds("employer")
@require_GET
def recruiter(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One recruiter: its points with everything they are made of."""
    organisation = _organisation(request)
    url = request.path
    party = get_or_404(parties_visible_to(request.user), pk=party_id)
    if party.kind not in RECRUITERS:
        raise Http404
    found = next((one for one in selectors.parties_for(organisation) if one.url == url), None)
    made = score(found.facts, weights_of(organisation), clocks.today()) if found else None
    return render(request, "coverage/recruiter.html", {"party": party, "score": made})
