"""The list of laws and dossiers, one dossier, its words, its copies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from iris.core import clocks, events, files
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.dossiers import selectors, services
from supplychain.dossiers.forms import DossierForm, MakeForm, WordsForm
from supplychain.dossiers.models import Dossier
from supplychain.dossiers.permissions import KINDS, may_make, works_on
from supplychain.dossiers.rules import law_of, laws
from supplychain.dossiers.states import DossierState, Scope

TONES = {
    "held": ("good", gettext_lazy("Held"), "circle-check"),
    "part": ("care", gettext_lazy("In part"), "alert-triangle"),
    "missing": ("stop", gettext_lazy("Missing"), "alert-octagon"),
}


@for_kinds(*KINDS)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Dossiers so far, and what each law asks."""
    page = paginate(request, selectors.dossiers_visible_to(request.user), per_page=25)
    for row in page.object_list:
        row.law_short = law_of(row.law).short
    context = {
        "page": page,
        "laws": list(laws().values()),
        "may_make": may_make(request.user),
    }
    return render(request, "dossiers/list.html", context)


@for_kinds(*KINDS)
@require_GET
def law(request: HttpRequest, code: str) -> HttpResponse:
    """What one law asks, since when, from which source, and which of it is still to be verified."""
    if code not in laws():
        raise Http404
    return render(
        request,
        "dossiers/law.html",
        {"law": law_of(code), "may_make": may_make(request.user), "kinds": _kinds()},
    )


def _kinds() -> dict[str, Any]:
    from supplychain.dossiers.rules.holding import KINDS as kinds
    from supplychain.dossiers.rules.holding import STEP_NAMES

    return {
        piece: STEP_NAMES[int(piece[4:]) - 1] if piece.startswith("step") else kind.label
        for piece, kind in kinds.items()
    }


@for_kinds(*KINDS)
@require_GET
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """One dossier: what is asked, held and missing, and the copies made."""
    row = _row(request, dossier_id)
    held = selectors.held_now(row)
    context = {
        "row": row,
        "law": law_of(row.law),
        "asks": [_ask(one) for one in held],
        "sums": [
            {"tone": tone, "label": word, "icon": icon, "n": sum(1 for one in held if one.state == state)}
            for state, (tone, word, icon) in TONES.items()
        ],
        "copies": selectors.copies_of(row),
        "suppliers": selectors.supplier_names(row),
        "may_work": works_on(row, request.user),
        "may_make": may(row.make, request.user),
        "may_revise": may(row.revise, request.user),
        "making": row.state == DossierState.MAKING,
        "form": MakeForm(initial={"profiles": ["full", "authority", "customer", "public"]}),
        "events": events.events_of(row, limit=12),
    }
    return render(request, "dossiers/dossier.html", context)


def _row(request: HttpRequest, dossier_id: UUID) -> Dossier:
    return get_or_404(selectors.dossiers_visible_to(request.user), pk=dossier_id)


def _ask(one: Any) -> dict[str, Any]:
    tone, word, icon = TONES[one.state]
    return {"ask": one.ask, "held": one.held, "words": one.words, "tone": tone, "word": word, "icon": icon}


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Begin a dossier. The map sends the suppliers it shows with the address."""
    if not may_make(request.user):
        raise Http404
    year = clocks.today().year
    chosen = [one for one in request.GET.getlist("supplier") if one]
    initial = {
        "law": request.GET.get("law", ""),
        "title": _("Statement %(year)s") % {"year": year},
        "period_from": f"{year}-01-01",
        "period_to": f"{year}-12-31",
        "scope": Scope.CHOSEN if chosen else Scope.WHOLE,
        "suppliers": chosen,
    }
    form = DossierForm(request.POST or None, organisation=request.user.organisation, initial=initial)
    return _edit(request, form, None)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Change a draft."""
    row = _row(request, dossier_id)
    if not works_on(row, request.user):
        raise Http404
    names = ("law", "title", "period_from", "period_to", "scope", "suppliers")
    initial = {name: getattr(row, name) for name in (*names, "approved_by", "approved_on", "signed_by")}
    form = DossierForm(request.POST or None, organisation=row.organisation, fixed_law=True, initial=initial)
    return _edit(request, form, row)


def _edit(request: HttpRequest, form: DossierForm, row: Dossier | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draft_dossier(
                actor=request.user, entry=form.entry(), dossier_id=row.pk if row else None
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("dossiers:dossier", made.pk)
    context = {"form": form, "row": row}
    return render(request, "dossiers/edit.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, dossier_id: UUID, ask: str) -> HttpResponse:
    """The employer's own words on one thing the law asks."""
    row = _row(request, dossier_id)
    asked = next((one for one in selectors.held_now(row) if one.ask.code == ask), None)
    if asked is None or not works_on(row, request.user):
        raise Http404
    known = row.words.filter(ask=ask).first()
    initial = {"text": known.text, "audience": known.audience} if known else {}
    form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_words(dossier_id=row.pk, actor=request.user, ask=ask, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept."))
            return redirect("dossiers:dossier", row.pk)
    context = {"form": form, "row": row, "one": _ask(asked), "law": law_of(row.law)}
    return render(request, "dossiers/words.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_POST
def make(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Freeze it and build the copies."""
    row = _row(request, dossier_id)
    services.make_dossier(dossier_id=row.pk, actor=request.user, profiles=request.POST.getlist("profiles"))
    messages.success(request, _("It is being made. The page shows the copies when they are there."))
    return redirect("dossiers:dossier", row.pk)


@for_kinds(*KINDS)
@require_POST
def revise(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Begin the next version."""
    row = _row(request, dossier_id)
    services.revise_dossier(dossier_id=row.pk, actor=request.user)
    return redirect("dossiers:dossier", row.pk)


@for_kinds(*KINDS)
@require_GET
def download(request: HttpRequest, dossier_id: UUID, copy_id: UUID, kind: str) -> HttpResponse:
    """The PDF or the archive of one copy."""
    row = _row(request, dossier_id)
    copy = get_or_404(selectors.copies_of(row), pk=copy_id)
    services.note_download(dossier=row, copy=copy, actor=request.user, kind=kind)
    return files.serve(copy.pdf if kind == "pdf" else copy.archive)
