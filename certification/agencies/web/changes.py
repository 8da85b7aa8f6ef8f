"""Reported changes: an agency tells, the scheme reads and answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies import permissions, selectors, services
from certification.agencies.forms import AskedChangeForm, ChangeFilters, ChangeForm, ReasonForm
from certification.agencies.models import ChangeReport
from certification.agencies.rules.changes import WHAT_TO_TELL
from certification.agencies.services import ChangeAnswers
from certification.agencies.states import ChangeKind, ChangeState
from iris.core import clocks, events, files, fsm, web
from iris.core.errors import DomainError
from iris.core.policy import for_kinds

from .reading import READERS, person, visible


@for_kinds("scheme")
def changes_queue(request: HttpRequest) -> HttpResponse:
    """All reported changes: what waits for the scheme first."""
    filters = ChangeFilters(request.GET or None)
    rows = selectors.change_queue(person(request))
    filtered = False
    if filters.is_bound and filters.is_valid():
        chosen = {name: value for name, value in filters.cleaned_data.items() if value}
        filtered = bool(chosen)
        rows = rows.filter(**chosen)
    context = {
        "page": web.paginate(request, rows),
        "filters": filters,
        "filtered": filtered,
        "audience": "auditor",
    }
    return render(request, "agencies/changes/queue.html", context)


@for_kinds(*READERS)
def changes(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The changes of one agency."""
    agency = visible(request, agency_id)
    rows = selectors.change_queue(person(request)).filter(agency=agency)
    context = {
        "agency": agency,
        "page": web.paginate(request, rows),
        "must_report": selectors.must_report(agency),
        "may_change": selectors.may_change(agency, person(request)),
        "days": clocks.number("change_report_days"),
        "audience": _audience(request),
    }
    return render(request, "agencies/changes/list.html", context)


@for_kinds("agency")
def report_change(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Tell the scheme of a change."""
    agency = visible(request, agency_id)
    form = ChangeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            report = services.report_change(
                agency_id=agency.pk,
                actor=person(request),
                documents=data.pop("documents"),
                answers=ChangeAnswers(**data),
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return _told(request, report)
    context = {
        "agency": agency,
        "form": form,
        "may_change": selectors.may_change(agency, person(request)),
        "days": clocks.number("change_report_days"),
        "oldest": selectors.oldest_in_time(),
        "hints": [(ChangeKind(kind).label, text) for kind, text in WHAT_TO_TELL.items()],
        "back": reverse("agencies:changes", args=[agency.pk]),
    }
    return render(request, "agencies/changes/report.html", context, status=422 if form.errors else 200)


@for_kinds("agency")
def change_complete(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Answer what was asked about a change that the agency's own entries showed."""
    report = _report(request, report_id)
    if report.state != ChangeState.ASKED:
        return redirect("agencies:change", report.pk)
    form = AskedChangeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            report = services.complete_change(
                report_id=report.pk,
                actor=person(request),
                documents=data.pop("documents"),
                answers=ChangeAnswers(kind=report.kind, **data),
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return _told(request, report)
    context = {
        "agency": report.agency,
        "form": form,
        "report": report,
        "seen": _seen(report),
        "may_change": permissions.may_report_change(report, person(request)),
        "days": clocks.number("change_report_days"),
        "oldest": selectors.oldest_in_time(),
        "hints": [(report.get_kind_display(), WHAT_TO_TELL[ChangeKind(report.kind)])],
        "back": reverse("agencies:change", args=[report.pk]),
    }
    return render(request, "agencies/changes/report.html", context, status=422 if form.errors else 200)


@for_kinds(*READERS)
def change(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: what, since when, in time or not, its documents, and what the scheme answered."""
    report, user = _report(request, report_id), person(request)
    context = {
        "report": report,
        "agency": report.agency,
        "seen": _seen(report),
        "documents": list(report.documents.select_related("file")),
        "move": selectors.change_move(report, user).on_page(request.path),
        "audience": _audience(request),
        "events": events.events_of(report),
        "offered": selectors.change_acts(report, user),
        "may_note": fsm.may(report.note, user),
        "may_close": fsm.may(report.close, user),
        "days": clocks.number("change_report_days"),
    }
    return render(request, "agencies/changes/change.html", context)


@for_kinds("scheme")
def change_act(request: HttpRequest, report_id: UUID, name: str) -> HttpResponse:
    """Note a report, close it, or do what a room above offers, with reasons."""
    report, user = _report(request, report_id), person(request)
    page = _act_page(report, name, request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if name == "note":
                services.note_change(report_id=report.pk, actor=user, reason=reason)
            elif name == "close":
                services.close_change(report_id=report.pk, actor=user, reason=reason)
            else:
                services.follow_up_change(report_id=report.pk, actor=user, act_name=name, reason=reason)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Done. The agency is told."))
            return redirect("agencies:change", report.pk)
    context = {"report": report, "agency": report.agency, "form": form, **page}
    return render(request, "agencies/changes/act.html", context, status=422 if form.errors else 200)


@for_kinds(*READERS)
def change_document(request: HttpRequest, report_id: UUID, document_id: UUID) -> HttpResponse:
    """A document of a report, as a download."""
    report = _report(request, report_id)
    document = web.get_or_404(report.documents.select_related("file"), pk=document_id)
    return files.serve(document.file)


def _act_page(report: ChangeReport, name: str, request: HttpRequest) -> dict[str, Any]:
    words = {
        "note": (_("Note the change"), _("You have read it and nothing else is needed. The agency is told.")),
        "close": (
            _("Close the report"),
            _("Nothing is left to do, or it was no change. The agency is told."),
        ),
    }
    for one in selectors.change_acts(report, person(request)):
        words[one.name] = (str(one.label), str(one.text))
    if name not in words:
        raise Http404
    label, text = words[name]
    return {"label": label, "text": text, "back": reverse("agencies:change", args=[report.pk])}


def _report(request: HttpRequest, report_id: UUID) -> ChangeReport:
    return web.get_or_404(selectors.changes_visible_to(person(request)), pk=report_id)


def _seen(report: ChangeReport) -> str:
    """What the agency's own entries showed, in the words of its log."""
    if not report.seen:
        return ""
    return str(events.name_of("certification_agencies.agency", report.seen))


def _audience(request: HttpRequest) -> str:
    return "agency" if person(request).is_kind("agency") else "auditor"


def _told(request: HttpRequest, report: ChangeReport) -> HttpResponse:
    if report.in_time:
        messages.success(request, _("Reported in time. The scheme reads it."))
    else:
        messages.warning(request, _("Reported, but late. The scheme reads it and sees that."))
    return redirect("agencies:change", report.pk)
