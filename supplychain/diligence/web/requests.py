"""The employer's inbox for requests: list, one request, its acts, settings, log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from iris.core import clocks, events, files
from iris.core.errors import DomainError, Text
from iris.core.fsm import may
from iris.core.moves import Move
from iris.core.policy import for_kinds
from iris.core.sheets import harmless
from iris.core.web import get_or_404, paginate
from supplychain.diligence import selectors, services
from supplychain.diligence.forms import asking as forms
from supplychain.diligence.models import InformationRequest
from supplychain.diligence.permissions import KINDS, may_work, works_on
from supplychain.diligence.states import OPEN_REQUESTS, MessageKind, RequestState

Row = InformationRequest


@dataclass(frozen=True)
class Act:
    """One act on a request."""

    name: str
    label: Text
    form: type[Any]
    run: Callable[[Row, Any, dict[str, Any]], object]
    allowed: Callable[[Row, Any], bool]
    after: Text = ""
    icon: str = ""
    danger: bool = False


def _open(row: Row, user: Any) -> bool:
    return works_on(row, user) and row.is_open


def _wants_reasons(row: Row, user: Any) -> bool:
    kinds = {one.kind for one in row.messages.all()}
    return (
        works_on(row, user)
        and row.state == RequestState.REFUSED
        and MessageKind.REASONS_ASKED in kinds
        and MessageKind.REASONS_GIVEN not in kinds
    )


TOLD = gettext_lazy("The asker gets an e-mail, where there is an address, and reads it with the code.")
ACTS: tuple[Act, ...] = (
    Act(
        "acknowledge",
        gettext_lazy("Confirm that it arrived"),
        forms.NothingForm,
        lambda row, user, data: services.acknowledge(request_id=row.pk, actor=user),
        lambda row, user: may(row.acknowledge, user),
        gettext_lazy("The asker reads until when you answer."),
        "mail-check",
    ),
    Act(
        "answer",
        gettext_lazy("Send the answer"),
        forms.AnswerForm,
        lambda row, user, data: services.answer(request_id=row.pk, actor=user, **data),
        _open,
        TOLD,
        "send",
    ),
    Act(
        "ask-back",
        gettext_lazy("Ask what is meant"),
        forms.TextForm,
        lambda row, user, data: services.ask_back(request_id=row.pk, actor=user, **data),
        lambda row, user: may(row.ask_back, user),
        gettext_lazy("The clock runs on while you wait."),
        "help-circle",
    ),
    Act(
        "clarified",
        gettext_lazy("Write down what the asker said"),
        forms.TextForm,
        lambda row, user, data: services.note_clarification(request_id=row.pk, actor=user, **data),
        lambda row, user: works_on(row, user) and row.state == RequestState.ASKED_BACK,
        gettext_lazy("For words that came by letter or telephone."),
        "message",
    ),
    Act(
        "extend",
        gettext_lazy("Take more time"),
        forms.ExtendForm,
        lambda row, user, data: services.extend(request_id=row.pk, actor=user, **data),
        lambda row, user: _open(row, user) and row.extended_to is None and clocks.today() <= row.answer_due,
        gettext_lazy("Once, with a reason, told before the first last day. The asker gets both."),
        "clock",
    ),
    Act(
        "refuse",
        gettext_lazy("Refuse it"),
        forms.RefuseForm,
        lambda row, user, data: services.refuse(request_id=row.pk, actor=user, **data),
        _open,
        gettext_lazy("The asker reads the ground, and may ask for fuller reasons."),
        "x",
        True,
    ),
    Act(
        "reasons",
        gettext_lazy("Give fuller reasons"),
        forms.TextForm,
        lambda row, user, data: services.give_reasons(request_id=row.pk, actor=user, **data),
        _wants_reasons,
        TOLD,
        "message",
    ),
    Act(
        "note",
        gettext_lazy("Keep a note"),
        forms.TextForm,
        lambda row, user, data: services.keep_note(request_id=row.pk, actor=user, **data),
        works_on,
        gettext_lazy("For colleagues. The asker does not see it."),
        "note",
    ),
)


@for_kinds(*KINDS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Requests, those with the nearest day first."""
    rows = selectors.requests_visible_to(request.user)
    organisation = request.user.organisation
    assert organisation is not None
    everything = request.GET.get("show") == "all"
    shown = rows if everything else rows.filter(state__in=OPEN_REQUESTS).order_by("answer_due")
    settings = selectors.settings_of(organisation)
    context = {
        "page": paginate(request, shown, per_page=50),
        "everything": everything,
        "settings": settings,
        "clock": selectors.clock_of(organisation, clocks.today()),
        "may_work": may_work(request.user),
        "public_url": request.build_absolute_uri(reverse("diligence:ask", args=[organisation.pk])),
        "counts": {"open": rows.filter(state__in=OPEN_REQUESTS).count(), "all": rows.count()},
    }
    return render(request, "diligence/requests.html", context)


@for_kinds(*KINDS)
@require_GET
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request with its record."""
    row = get_or_404(selectors.requests_visible_to(request.user), pk=request_id)
    context = {
        "row": row,
        "move": _move(row, request.user),
        "offered": [one for one in ACTS if one.allowed(row, request.user)],
        "events": events.events_of(row, limit=12),
    }
    return render(request, "diligence/request.html", context)


def _move(row: Row, user: Any) -> Move:
    if not row.is_open:
        return Move(who=str(row.get_state_display()), what=_("Nothing is owed any more."), done=True)
    what = {
        RequestState.RECEIVED: _("Confirm that it arrived, then answer."),
        RequestState.IN_WORK: _("Answer it, take more time with a reason, or refuse on a legal ground."),
        RequestState.ASKED_BACK: _("You asked what is meant. Answer what you can: the clock runs on."),
    }[RequestState(row.state)]
    mine = works_on(row, user)
    who = _("Your move") if mine else _("A sourcing manager's move")
    return Move(who=who, what=what, yours=mine, due=row.due)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, request_id: UUID, name: str) -> HttpResponse:
    """One act on a request."""
    row = get_or_404(selectors.requests_visible_to(request.user), pk=request_id)
    chosen = next((one for one in ACTS if one.name == name), None)
    if chosen is None or not works_on(row, request.user):
        raise Http404
    initial = {"until": row.latest_due} if name == "extend" else {}
    form = chosen.form(request.POST or None, request.FILES or None, initial=initial)
    sent = request.method == "POST" and (form.is_valid() or not form.fields)
    if sent:
        try:
            chosen.run(row, request.user, getattr(form, "cleaned_data", {}))
        except DomainError as error:
            if not form.fields:
                raise
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept in the record."))
            return redirect("diligence:request", row.pk)
    context = {"row": row, "form": form, "act": chosen}
    return render(request, "diligence/request_act.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Write down a letter or an e-mail."""
    if not may_work(request.user):
        raise Http404
    initial = {"received_on": clocks.today()}
    form = forms.RecordForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        uploads = data.pop("uploads")
        try:
            row = services.record_request(
                actor=request.user, entry=services.RequestEntry(**data), uploads=uploads
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("diligence:request", row.pk)
    context = {"form": form, "title": _("Write down a request that came in"), "button": _("Start its clock")}
    return render(request, "diligence/request_form.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Open or close the inbox, and its clock."""
    if not may_work(request.user) or request.user.organisation is None:
        raise Http404
    row = selectors.settings_of(request.user.organisation)
    initial = {
        "is_open": row.inbox_open,
        "law": row.inbox_law,
        "days": row.inbox_days,
        "words": row.inbox_words,
    }
    form = forms.InboxForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_inbox(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept. It holds for requests from now on."))
            return redirect("diligence:requests")
    context = {"form": form, "title": _("The inbox for requests"), "button": _("Keep this")}
    return render(request, "diligence/request_form.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every request with its days, as CSV. No cell of it is a formula."""
    import csv

    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="requests.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(
        [
            "number",
            "received_on",
            "channel",
            "law",
            "answer_due",
            "extended_to",
            "state",
            "closed_at",
            "in_time",
            "ground",
            "asker",
            "contact",
            "asked",
        ]
    )
    for row in selectors.requests_visible_to(request.user).order_by("received_on", "number"):
        asked = next((one.text for one in row.messages.all() if one.kind == MessageKind.ASKED), "")
        closed = row.closed_at.date() if row.closed_at else None
        cells = [
            *(
                row.number,
                row.received_on,
                row.channel,
                row.law,
                row.answer_due,
                row.extended_to or "",
                row.state,
            ),
            *(closed or "", "" if closed is None else "yes" if closed <= row.due else "no", row.ground),
            *(row.asker, row.contact, asked),
        ]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return answer


@for_kinds(*KINDS)
@require_GET
def paper(request: HttpRequest, request_id: UUID, paper_id: UUID) -> HttpResponse:
    """One paper of a request, for the employer."""
    row = get_or_404(selectors.requests_visible_to(request.user), pk=request_id)
    return files.serve(get_or_404(selectors.papers_of(row), pk=paper_id).file)
