"""What is kept until when, what was deleted, and legal holds."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404
from supplychain.dossiers import selectors, services
from supplychain.dossiers.forms import HoldForm, ReleaseForm
from supplychain.dossiers.permissions import KINDS, may_make, works_on


@for_kinds(*KINDS)
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Each class of records with its years, what goes next, what is held, what is gone."""
    organisation = request.user.organisation
    assert organisation is not None
    standing = set(selectors.standing_holds(organisation).values_list("pk", flat=True))
    context = {
        "kept": selectors.kept_by(organisation),
        "holds": [
            {"row": row, "stands": row.pk in standing, "mine": row.placed_by_id == request.user.pk}
            for row in selectors.holds_visible_to(request.user)
        ],
        "stones": selectors.tombstones_of(organisation)[:50],
        "may_make": may_make(request.user),
    }
    return render(request, "dossiers/retention.html", context)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Place a hold."""
    if not may_make(request.user):
        raise Http404
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.place_hold(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The hold stands. Nothing it covers is deleted."))
            return redirect("dossiers:retention")
    words = {
        "title": _("Place a legal hold"),
        "after": _("A colleague releases it; until then nothing goes."),
    }
    return render(request, "dossiers/hold.html", {"form": form, **words}, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Release a hold that somebody else placed."""
    row = get_or_404(selectors.holds_visible_to(request.user), pk=hold_id)
    if not works_on(row, request.user):
        raise Http404
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.release_hold(hold_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Released. What is past its years goes with the next sweep."))
            return redirect("dossiers:retention")
    words = {"title": _("Release the hold"), "after": row.reason}
    return render(request, "dossiers/hold.html", {"form": form, **words}, status=422 if form.errors else 200)
