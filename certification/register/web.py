"""Pages without sign-in: search, one agency, verify."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from certification.certificates import selectors as certificates
from certification.certificates.models import Certificate
from certification.certificates.states import Standing
from certification.register import selectors
from certification.register.forms import SearchForm, VerifyForm
from certification.training import selectors as training
from iris.core import clocks
from iris.core.policy import public
from iris.core.states import facts_of
from iris.core.web import get_or_404, paginate

SHOWN_OF_A_NUMBER = 60


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
        "now": clocks.now(),
        "today": clocks.today(),
    }
    return render(request, "register/agency.html", context)


@public
def verify(request: HttpRequest) -> HttpResponse:
    """The form: type the number of a certificate."""
    form = VerifyForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"].strip()
        found = certificates.certificate_by_number(number)
        if found is not None:
            return redirect("register:verify_number", found.number)
        return _unknown(request, number)
    return render(request, "register/verify.html", {"form": form}, status=422 if form.is_bound else 200)


@public
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate is worth today. The QR code on the paper leads here and says which revision the paper is."""
    found = certificates.certificate_by_number(number)
    if found is None:
        return _unknown(request, number)
    if number != found.number:
        return redirect("register:verify_number", found.number)
    standing = certificates.standing_facts(found)
    context = {
        "certificate": found,
        "standing": standing,
        "answer": selectors.answer_for(standing),
        "held": _held(request, found),
        "revisions": list(certificates.revisions_of(found)),
        "now": clocks.now(),
        "address": f"{settings.IRIS_PUBLIC_URL.rstrip('/')}{request.path}",
    }
    return render(request, "register/verified.html", context)


def _held(request: HttpRequest, latest: Certificate) -> Certificate | None:
    """The older revision that the reader has on paper, when the code said so."""
    asked = request.GET.get("revision", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 4 or int(asked) >= latest.revision:
        return None
    return certificates.revisions_of(latest).filter(revision=int(asked)).first()


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    shown = number.strip()
    context = {
        "form": VerifyForm(initial={"number": shown[:SHOWN_OF_A_NUMBER]}),
        "number": shown[:SHOWN_OF_A_NUMBER] + ("…" if len(shown) > SHOWN_OF_A_NUMBER else ""),
        "likely": certificates.numbers_like(shown),
    }
    return render(request, "register/unknown.html", context, status=404)
