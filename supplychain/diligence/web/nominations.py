"""An employer's nominations, and the scheme's list of nominated recruiters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.agencies.selectors import enrolled_agencies
from iris.core import events
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.diligence import selectors, services
from supplychain.diligence.forms.asking import InviteForm, NominateForm
from supplychain.diligence.forms.deciding import ReasonForm
from supplychain.diligence.permissions import KINDS, may_work


@for_kinds(*KINDS)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The employer's own nominations and what came of them."""
    rows = selectors.nominations_visible_to(request.user)
    context = {"page": paginate(request, rows, per_page=50), "may_work": may_work(request.user)}
    return render(request, "diligence/nominations.html", context)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Nominate a recruiter; name, country and source may come with the address."""
    if not may_work(request.user):
        raise Http404
    agency = None
    if request.GET.get("agency"):
        try:
            agency = get_or_404(enrolled_agencies(), pk=UUID(request.GET["agency"]))
        except ValueError as error:
            raise Http404 from error
    initial = {
        "name": agency.legal_name if agency else request.GET.get("name", "")[:300],
        "country": agency.country if agency else request.GET.get("country", ""),
    }
    form = NominateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.nominate(
                actor=request.user,
                agency_id=agency.pk if agency else None,
                source=request.GET.get("from", ""),
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Nominated. The scheme sees that one more employer wishes it."))
            return redirect("diligence:nominations")
    return render(request, "diligence/nominate.html", {"form": form}, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_POST
def withdraw(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """Not any more."""
    row = get_or_404(selectors.nominations_visible_to(request.user), pk=nomination_id)
    services.withdraw_nomination(nomination_id=row.pk, actor=request.user)
    messages.success(request, _("Taken back."))
    return redirect("diligence:nominations")


@for_kinds("scheme")
@require_GET
def nominees(request: HttpRequest) -> HttpResponse:
    """Every nominated recruiter with how many employers named it."""
    page = paginate(request, selectors.nominees_visible_to(request.user), per_page=50)
    return render(request, "diligence/nominees.html", {"page": page})


@for_kinds("scheme")
@require_http_methods(["GET", "POST"])
def nominee(request: HttpRequest, nominee_id: UUID) -> HttpResponse:
    """One nominated recruiter: invite it, or set it aside."""
    row = get_or_404(selectors.nominees_visible_to(request.user), pk=nominee_id)
    chosen = request.POST.get("act", "")
    form = InviteForm(request.POST if chosen == "invite" else None, initial={"email": row.email})
    aside = ReasonForm(request.POST if chosen == "aside" else None, prefix="aside")
    if request.method == "POST":
        try:
            if chosen == "invite" and form.is_valid():
                services.invite_nominee(nominee_id=row.pk, actor=request.user, **form.cleaned_data)
                messages.success(request, _("The agency gets an e-mail. It is not told who nominated it."))
                return redirect("diligence:nominee", row.pk)
            if chosen == "aside" and aside.is_valid():
                services.set_nominee_aside(nominee_id=row.pk, actor=request.user, **aside.cleaned_data)
                return redirect("diligence:nominee", row.pk)
            if chosen == "take_up":
                services.take_nominee_up(nominee_id=row.pk, actor=request.user)
                return redirect("diligence:nominee", row.pk)
        except DomainError as error:
            (aside if chosen == "aside" else form).add_domain_error(error)
    context = {
        "row": row,
        "form": form,
        "set_aside_form": aside,
        "told": selectors.told_of(row),
        "may_invite": may(row.invite, request.user),
        "may_set_aside": may(row.set_aside, request.user),
        "may_take_up": may(row.take_up, request.user),
        "events": events.events_of(row, limit=12),
    }
    status = 422 if form.errors or aside.errors else 200
    return render(request, "diligence/nominee.html", context, status=status)
