"""Pages without sign-in: search, one agency, verify."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from certification.certificates.states import Standing
from certification.corrections import selectors as corrections
from certification.register import selectors
from certification.register.forms import SearchForm
from certification.training import selectors as training
from iris.core import clocks
from iris.core.policy import public
from iris.core.states import facts_of
from iris.core.web import get_or_404, paginate


@public
def search(request: HttpRequest) -> HttpResponse:
    """Every agency that holds or held a certificate, and applicants; filters in the address."""
    form = SearchForm(request.GET or None)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    wrong = form.is_bound and not form.is_valid()
    agencies = selectors.listed().none() if wrong else selectors.found(**chosen)
    page = paginate(request, agencies, per_page=25)
    counts = selectors.counts()
    tally = [
        {
            "tone": facts_of(standing).tone,
            "icon": facts_of(standing).icon,
            "label": facts_of(standing).public,
            "n": n,
            "url": f"?status={standing.value}",
        }
        for standing in Standing
        if (n := counts.get(standing))
    ]
    context = {
        "page": page,
        "rows": selectors.rows_of(page.object_list),
        "form": form,
        "wrong": wrong,
        "chosen": chosen,
        "q": chosen.get("q", ""),
        "tally": tally,
        "now": clocks.now(),
    }
    return render(request, "register/search.html", context, status=422 if wrong else 200)


@public
def agency(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """One agency: certified or not, for what, since when, and its history."""
    row = get_or_404(selectors.entries(), pk=agency_id)
    context = {
        "entry": selectors.entry_of(row),
        "level": training.level_of(row),
        "disputed": corrections.public_dispute(row),
        "now": clocks.now(),
        "today": clocks.today(),
    }
    return render(request, "register/agency.html", context)
