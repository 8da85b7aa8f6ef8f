"""Lists: what is there, asking, sending, checking before it is kept, drawing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from audits.engagements.models import Audit
from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.fsm import may, missing
from iris.core.policy import for_kinds

from .. import rules, selectors, services
from ..forms import AgainForm, AskForm, ReasonForm, SendForm
from ..models import Frame, FrameDraft
from ..services.lists import draft_units
from ..states import FrameKind, FrameState
from .head import READERS, SENDERS, audit_for, list_for, page

MOST_PROBLEMS = 50


@for_kinds(*READERS)
def overview(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Every list and sample of an audit, and the statement without a name."""
    audit = audit_for(request, audit_id)
    samples = {sample.frame_id: sample for sample in selectors.samples_of(audit)}
    frames = selectors.frames_of(audit)
    return page(
        request,
        "audits/sampling/overview.html",
        audit,
        rows=[{"frame": one, "version": one.version, "sample": samples.get(one.pk)} for one in frames],
        statement=selectors.statement(audit),
        may_ask=_may_ask(request, audit),
    )


def _may_ask(request: HttpRequest, audit: Audit) -> bool:
    frame = Frame(audit=audit)
    worked = audit.is_worked_by(request.user) and not rules.missing_for_change(frame)
    return worked and bool(selectors.unasked_kinds(audit))


@for_kinds("audit_firm")
def ask(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Ask the agency for a list."""
    audit = audit_for(request, audit_id)
    if not _may_ask(request, audit):
        return redirect("sampling:overview", audit_id=audit.pk)
    kinds = selectors.unasked_kinds(audit)
    due = clocks.today() + timedelta(days=clocks.number("sampling_list_days"))
    form = AskForm(request.POST or None, kinds=kinds, initial={"kind": kinds[0], "due_on": due})
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_for_list(audit_id=audit.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The agency is asked by e-mail."))
            return redirect("sampling:overview", audit_id=audit.pk)
    return page(request, "audits/sampling/ask.html", audit, form, kinds=kinds)


@for_kinds("audit_firm")
@require_POST
def begin(request: HttpRequest, audit_id: UUID, kind: str) -> HttpResponse:
    """A list that the team brings itself."""
    audit = audit_for(request, audit_id)
    if kind not in FrameKind.values or not audit.is_worked_by(request.user):
        raise Http404
    frame = services.begin_list(audit_id=audit.pk, kind=kind, actor=request.user)
    return redirect("sampling:send", audit_id=audit.pk, frame_id=frame.pk)


@for_kinds(*READERS)
def one_list(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """One list: what came, how it is frozen, what can be done."""
    frame = list_for(request, audit_id, frame_id)
    return _list_page(request, frame)


def _list_page(request: HttpRequest, frame: Frame) -> HttpResponse:
    agency = request.user.is_kind("agency")
    units = frame.version.units() if frame.version else []
    return page(
        request,
        "audits/sampling/list.html",
        frame.audit,
        frame=frame,
        version=frame.version,
        versions=list(frame.versions.select_related("received_by").order_by("-number")),
        samples=[]
        if agency
        else list(frame.samples.select_related("version", "drawn_by").order_by("-created_at")),
        facts=selectors.list_facts(units) if units else [],
        silent=selectors.not_on_the_list(units, frame.kind) if units else [],
        rule=rules.rule_in_force(),
        may_send=may(frame.receive, request.user) and not missing(frame.receive),
        may_draw=may(frame.draw, request.user),
        draw_missing=missing(frame.draw) if frame.state == FrameState.RECEIVED else [],
        may_again=may(frame.ask_again, request.user) and not missing(frame.ask_again),
        may_aside=may(frame.set_aside, request.user) and not missing(frame.set_aside),
        draft=selectors.draft_of(frame, request.user),
    )


@for_kinds(*SENDERS)
def send(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """Send a list; it is shown before it is kept."""
    frame = list_for(request, audit_id, frame_id)
    if request.method != "POST" and (not may(frame.receive, request.user) or missing(frame.receive)):
        return redirect("sampling:list", audit_id=frame.audit_id, frame_id=frame.pk)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(*bound)
    problems: list[str] = []
    more = 0
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_draft(
                frame_id=frame.pk,
                actor=request.user,
                upload=form.cleaned_data["file"],
                text=form.cleaned_data["text"],
            )
        except services.ListRefused as refused:
            form.add_domain_error(refused)
            problems = refused.problems[:MOST_PROBLEMS]
            more = max(0, len(refused.problems) - MOST_PROBLEMS) + refused.more
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("sampling:check", audit_id=frame.audit_id, frame_id=frame.pk)
    return page(
        request,
        "audits/sampling/send.html",
        frame.audit,
        form,
        frame=frame,
        problems=problems,
        more=more,
        columns=rules.column_help(frame.kind),
        most_typed=rules.MOST_TYPED,
    )


@for_kinds(*SENDERS)
def check(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """What the list holds, counted; then it is kept whole."""
    frame = list_for(request, audit_id, frame_id)
    draft = selectors.draft_of(frame, request.user)
    if draft is None:
        messages.info(
            request, _("There is no list to confirm: it was taken already, or has to be sent again.")
        )
        return redirect("sampling:list", audit_id=frame.audit_id, frame_id=frame.pk)
    if request.method == "POST":
        version = _confirm(request, draft)
        if version is not None:
            messages.success(
                request, ngettext("%d line is kept.", "%d lines are kept.", version.rows) % version.rows
            )
        return redirect("sampling:list", audit_id=frame.audit_id, frame_id=frame.pk)
    units = draft_units(draft)
    return page(
        request,
        "audits/sampling/check.html",
        frame.audit,
        frame=frame,
        draft=draft,
        facts=selectors.list_facts(units),
        silent=selectors.not_on_the_list(units, frame.kind),
    )


def _confirm(request: HttpRequest, draft: FrameDraft) -> Any:
    try:
        return services.confirm_list(draft_id=draft.pk, actor=request.user)
    except FrameDraft.DoesNotExist:
        messages.info(request, _("This list was kept already."))
    return None


@for_kinds("audit_firm")
@require_POST
def draw(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """Draw the sample."""
    frame = list_for(request, audit_id, frame_id)
    sample = services.draw_sample(frame_id=frame.pk, actor=request.user)
    messages.success(
        request,
        _("%(n)s of %(total)s are drawn.") % {"n": sample.size, "total": sample.population},
    )
    return redirect("sampling:sample", audit_id=frame.audit_id, sample_id=sample.pk)


@for_kinds("audit_firm")
def again(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """Ask for another list, with the reason."""
    frame = list_for(request, audit_id, frame_id)
    if request.method != "POST" and not may(frame.ask_again, request.user):
        raise Http404
    due = clocks.today() + timedelta(days=clocks.number("sampling_list_days"))
    form = AgainForm(request.POST or None, initial={"due_on": due})
    return _act_page(
        request,
        frame,
        form,
        lambda data: services.ask_again(frame_id=frame.pk, actor=request.user, **data),
        work=_("Ask for another list"),
        button=_("Ask for another list"),
        after=_("The agency hears by e-mail. What was drawn before stays on record."),
    )


@for_kinds("audit_firm")
def aside(request: HttpRequest, audit_id: UUID, frame_id: UUID) -> HttpResponse:
    """Do without a sample, with the reason."""
    frame = list_for(request, audit_id, frame_id)
    if request.method != "POST" and not may(frame.set_aside, request.user):
        raise Http404
    return _act_page(
        request,
        frame,
        ReasonForm(request.POST or None),
        lambda data: services.set_aside(frame_id=frame.pk, actor=request.user, **data),
        work=_("Do without a sample"),
        button=_("Set the list aside"),
        after=_("The reason stands in the sampling statement, which the agency and the scheme read."),
    )


def _act_page(
    request: HttpRequest, frame: Frame, form: Any, run: Any, *, work: str, button: str, after: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            run(form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("sampling:list", audit_id=frame.audit_id, frame_id=frame.pk)
    return page(
        request,
        "audits/sampling/act.html",
        frame.audit,
        form,
        frame=frame,
        work=work,
        button=button,
        after=after,
    )
