"""Pages without an account: ask an employer, follow the request, and what a nominated agency reads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from iris.core import clocks, files
from iris.core.errors import DomainError
from iris.core.policy import public
from iris.core.web import get_or_404
from supplychain.diligence import selectors, services
from supplychain.diligence.forms import asking as forms
from supplychain.diligence.models import InformationRequest, Nominee
from supplychain.diligence.rules import is_statutory
from supplychain.diligence.states import MessageKind, NomineeState, RequestState


@public
@require_GET
def inboxes(request: HttpRequest) -> HttpResponse:
    """Employers that take requests here."""
    return render(request, "diligence/inboxes.html", {"rows": selectors.open_inboxes()})


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Anybody asks an employer."""
    row = get_or_404(selectors.open_inboxes(), organisation_id=organisation_id)
    clock = selectors.clock_of(row.organisation, clocks.today())
    form = forms.AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if data.pop("homepage"):
            return redirect("diligence:inboxes")
        try:
            made = services.ask(organisation=row.organisation, entry=services.RequestEntry(**data))
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Your request has arrived. Keep the code on this page."))
            return redirect("diligence:follow", made.code)
    context = {"row": row, "form": form, "clock": clock, "statutory": is_statutory(clock.law)}
    return render(request, "diligence/ask.html", context, status=422 if form.errors else 200)


def _by_code(code: str) -> InformationRequest:
    row = selectors.request_by_code(code)
    if row is None:
        raise Http404
    return row


@public
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The asker's way back: where it stands, the answer, and a word of their own."""
    row = _by_code(code)
    form = forms.TextForm(request.POST if request.POST.get("act") == "clarify" else None)
    if request.method == "POST":
        try:
            done = _asker_acts(request, row, form)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            if done:
                return redirect("diligence:follow", row.code)
    kinds = {one.kind for one in row.messages.all()}
    in_time = row.reasons_due is not None and clocks.today() <= row.reasons_due
    context = {
        "row": row,
        "messages_shown": selectors.messages_for_asker(row),
        "form": form,
        "may_clarify": row.state == RequestState.ASKED_BACK,
        "may_withdraw": row.is_open,
        "may_ask_reasons": row.state == RequestState.REFUSED
        and in_time
        and MessageKind.REASONS_ASKED not in kinds,
    }
    return render(request, "diligence/follow.html", context, status=422 if form.errors else 200)


def _asker_acts(request: HttpRequest, row: InformationRequest, form: forms.TextForm) -> bool:
    chosen = request.POST.get("act")
    if chosen == "clarify":
        if not form.is_valid():
            return False
        services.clarify(code=row.code, text=form.cleaned_data["text"])
    elif chosen == "withdraw":
        services.withdraw_request(code=row.code)
    elif chosen == "reasons":
        services.ask_for_reasons(code=row.code)
    else:
        raise Http404
    return True


@public
@require_GET
def paper(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponse:
    """A paper of the answer, for whoever holds the code."""
    row = _by_code(code)
    papers = selectors.papers_of(row).filter(message__kind=MessageKind.ANSWERED)
    return files.serve(get_or_404(papers, pk=paper_id).file)


@public
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """What a nominated agency reads: what certification is, and how not to be written to."""
    if not token.isprintable():
        raise Http404
    row = get_or_404(Nominee.objects.all(), token=token)
    if request.method == "POST":
        services.decline_invitation(token=token)
        return redirect("diligence:invited", token)
    context = {
        "row": row,
        "declined": row.state == NomineeState.DECLINED,
        "may_decline": row.state in (NomineeState.NOMINATED, NomineeState.INVITED),
    }
    return render(request, "diligence/invited.html", context)
