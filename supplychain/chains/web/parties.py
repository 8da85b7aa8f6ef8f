"""All about one party of the chain."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iris.core.policy import for_kinds
from iris.core.web import get_or_404
from supplychain.chains import selectors
from supplychain.chains.forms.seeing import asked_of
from supplychain.chains.selectors import offers
from supplychain.chains.selectors.brief import facts_of_party
from supplychain.chains.selectors.histories import history_of, links_of, party_on
from supplychain.chains.selectors.seeing import look_at


@for_kinds("employer")
@require_GET
def party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """What it is, its links over time, findings, what other rooms say, and what happened."""
    row = get_or_404(selectors.parties_visible_to(request.user), pk=party_id)
    asked, form = asked_of(request.GET)
    view = look_at(request.user, asked)
    number = view.sight.by_id.get(party_id)
    seen = view.sight.seen[number] if number is not None else party_on(view.sight, row)
    brief = view.brief(number) if number is not None else None
    context = {
        "row": row,
        "seen": seen,
        "seeing": form,
        "brief": brief,
        "facts": brief.facts if brief else facts_of_party(seen),
        "links": links_of(row),
        "history": history_of(row),
        "offered": offers.acts_for(seen.party, request.user),
        "own_acts": offers.own_acts_for(seen.party, request.user),
        "panels": offers.panels_for(seen.party, request.user),
        "sight": view.sight,
    }
    return render(request, "chains/party.html", context)
