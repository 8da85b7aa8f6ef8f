"""The page of an audit, its report, and the recommendation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState, Stage
from audits.findings import selectors as findings
from audits.findings import services as finding_services
from certification.applications import selectors as applications
from iris.core import events
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds

from .. import selectors, services
from ..forms import AgreeForm, DisputeForm, DraftForm, FinalForm, ReviseForm
from ..models import Report
from ..states import AgencyAnswer

READERS = ("agency", "audit_firm", "scheme")


def audit_for(request: HttpRequest, audit_id: UUID) -> Audit:
    """The audit, for those who may see it; else 404."""
    audit = engagements.with_plan(engagements.audits_visible_to(request.user)).filter(pk=audit_id).first()
    if audit is None:
        raise Http404
    return audit


def page(request: HttpRequest, template: str, audit: Audit, form: Any = None, **context: Any) -> HttpResponse:
    """A page under the head all pages of an audit share; 422 when its form has problems."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "audit": audit,
        "move": selectors.move_for(audit, request.user).on_page(request.path),
        "audience": "agency" if request.user.is_kind("agency") else "auditor",
        "corridors": engagements.corridor_words(audit),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)


@for_kinds(*READERS)
def audit(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """One audit: whose move, plan, stages, findings, team, events."""
    one = audit_for(request, audit_id)
    person = request.user
    internal = not person.is_kind("agency")
    rows = findings.in_order(findings.findings_of(one, person))
    drafts = sum(1 for row in rows if row.state == "draft")
    return page(
        request,
        "audits/reports/audit.html",
        one,
        steps=applications.steps_for(one.application) if one.is_for_case else [],
        occasion=engagements.occasion_facts(one, person),
        show_days=one.shows_days_to(person),
        gate=engagements.gate_of(one) if internal else None,
        plan_warnings=engagements.plan_warnings(one) if internal and hasattr(one, "audit_plan") else [],
        plan=getattr(one, "audit_plan", None),
        report=selectors.report_of(one),
        findings=rows,
        blockers=findings.blockers(one),
        team=engagements.team_of(one),
        internal=internal,
        stages=_stages(one) if internal and one.accepted_at else [],
        events=events.events_of(one, limit=12) if internal else [],
        may_issue=drafts if one.is_worked_by(person) else 0,
        may_plan=may(one.plan, person) and one.state == AuditState.PLANNED,
        may_cancel=may(one.cancel, person) and one.accepted_at is None,
        may_declare=_may_declare(one, person),
        panels=engagements.panels_for("audit", one, person),
    )


def _may_declare(one: Audit, person: Any) -> bool:
    return one.accepted_at is not None and any(
        place.auditor.person_id == person.pk and place.declaration is None
        for place in engagements.team_of(one)
    )


def _stages(one: Audit) -> list[dict[str, Any]]:
    rows = []
    for stage in Stage:
        progress = engagements.progress(one, stage)
        rows.append(
            {
                "stage": stage,
                "url_name": "engagements:stage1" if stage == Stage.DESK else "engagements:stage2",
                "done": sum(row.rated for row in progress),
                "total": sum(row.total for row in progress),
            }
        )
    return rows


@for_kinds("audit_firm")
@require_POST
def issue_findings(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Issue every drafted finding of an audit."""
    one = audit_for(request, audit_id)
    count = finding_services.issue_all(audit_id=one.pk, actor=request.user)
    messages.success(request, _("%d findings are issued. The agency hears by e-mail.") % count)
    return redirect("reports:audit", audit_id=one.pk)


@for_kinds(*READERS)
def report(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The report, draft or final; made to be printed."""
    one = audit_for(request, audit_id)
    written = selectors.report_of(one)
    if written is None:
        raise Http404
    return _report_page(request, one, written)


def _report_page(
    request: HttpRequest, one: Audit, written: Report, agree: Any = None, dispute: Any = None
) -> HttpResponse:
    rows = selectors.for_readers(findings.findings_of(one, request.user), request.user)
    to_answer = (
        one.state == AuditState.DRAFT_REPORT
        and not written.agency_answer
        and one.is_answered_by(request.user)
    )
    return page(
        request,
        "audits/reports/report.html",
        one,
        dispute or agree,
        scope=engagements.scope_words(one),
        report=written,
        findings=rows,
        interviews=selectors.interview_counts(one),
        parts=selectors.parts_of(one),
        plan=getattr(one, "audit_plan", None),
        team=engagements.team_of(one),
        internal=not request.user.is_kind("agency"),
        to_answer=to_answer,
        agree_form=agree or AgreeForm(),
        dispute_form=dispute or DisputeForm(findings=rows),
        final=one.state == AuditState.REPORTED,
        versions=selectors.versions_of(written),
        may_correct=one.state == AuditState.REPORTED and one.is_led_by(request.user),
    )


@for_kinds("agency")
@require_POST
def agree(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The agency says that the facts in the draft are right."""
    one = audit_for(request, audit_id)
    form = AgreeForm(request.POST)
    if form.is_valid():
        services.agree_draft(audit_id=one.pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The auditors hear that the facts are right."))
    return redirect("reports:audit", audit_id=one.pk)


@for_kinds("agency")
@require_POST
def dispute(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The agency disputes findings of the draft."""
    one = audit_for(request, audit_id)
    written = selectors.report_of(one)
    if written is None:
        raise Http404
    rows = selectors.for_readers(findings.findings_of(one, request.user), request.user)
    form = DisputeForm(request.POST, findings=rows)
    if form.is_valid():
        try:
            services.dispute_draft(audit_id=one.pk, actor=request.user, disputes=form.disputes())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("The auditors hear what you dispute and answer before the report is final.")
            )
            return redirect("reports:audit", audit_id=one.pk)
    return _report_page(request, one, written, dispute=form)


def _written(request: HttpRequest, audit_id: UUID, method: str) -> Audit:
    """The audit, when its lead auditor may do this act now; else 404."""
    one = audit_for(request, audit_id)
    if request.method != "POST" and not may(getattr(one, method), request.user):
        raise Http404
    return one


def _write(
    request: HttpRequest, one: Audit, form: Any, run: Callable[[dict[str, Any]], object], done: str
) -> HttpResponse | None:
    """Run an act of a valid form; None when there is something to put right."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        run(form.cleaned_data)
    except DomainError as error:
        form.add_domain_error(error)
        return None
    messages.success(request, done)
    return redirect("reports:audit", audit_id=one.pk)


def _text_of(data: dict[str, Any]) -> services.ReportText:
    return services.ReportText(summary=data["summary"], strengths=data["strengths"], limits=data["limits"])


@for_kinds("audit_firm")
def draft(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Write the draft report and send it to the agency."""
    one = _written(request, audit_id, "send_draft")
    form = DraftForm(request.POST or None)
    sent = _write(
        request,
        one,
        form,
        lambda data: services.send_draft(
            audit_id=one.pk, actor=request.user, text=_text_of(data), ended_on=data["ended_on"]
        ),
        _("The draft report is sent to the agency."),
    )
    return sent or page(
        request,
        "audits/reports/write.html",
        one,
        form,
        work=_("Draft report"),
        button=_("Send the draft to the agency"),
        after=_("Findings that are still drafts are issued with it. The agency hears by e-mail."),
        findings=findings.in_order(findings.findings_of(one, request.user)),
        notes=[],
        notes_title="",
        report=None,
    )


@for_kinds("audit_firm")
def disputes(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Answer a dispute and send the draft again."""
    one = _written(request, audit_id, "revise_draft")
    written = selectors.report_of(one)
    initial = {name: getattr(written, name) for name in ("summary", "strengths", "limits")} if written else {}
    form = ReviseForm(request.POST or None, initial=initial)
    sent = _write(
        request,
        one,
        form,
        lambda data: services.revise_draft(
            audit_id=one.pk, actor=request.user, reason=data["reason"], text=_text_of(data)
        ),
        _("The draft is sent to the agency again."),
    )
    rows = findings.in_order(findings.findings_of(one, request.user))
    return sent or page(
        request,
        "audits/reports/write.html",
        one,
        form,
        work=_("Answer the dispute"),
        button=_("Send the draft again"),
        after=_("Answer every disputed finding on its own page first. The agency hears by e-mail."),
        findings=[row for row in rows if row.disagreed_at],
        notes=[
            _("Finding %(number)s waits for your answer: %(title)s")
            % {"number": row.number, "title": row.title}
            for row in selectors.unanswered_disputes(one)
        ],
        notes_title=_("First:"),
        report=written,
    )


@for_kinds("audit_firm")
def conclude(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Send the final report and the recommendation."""
    one = _written(request, audit_id, "report")
    written = selectors.report_of(one)
    best = selectors.best_outcome(one)
    form = FinalForm(request.POST or None, kind=one.kind)
    sent = _write(
        request,
        one,
        form,
        lambda data: services.send_final(audit_id=one.pk, actor=request.user, **data),
        _("The final report and the recommendation are sent. The scheme decides now.")
        if one.is_for_case
        else _("The final report is sent to the agency and the scheme."),
    )
    return sent or page(
        request,
        "audits/reports/conclude.html",
        one,
        form,
        report=written,
        missing=selectors.missing_for_final(one, written),
        against=selectors.against(one, best),
        best=best.label,
        agreed=written is not None and written.agency_answer == AgencyAnswer.AGREED,
        findings=findings.in_order(findings.findings_of(one, request.user)),
    )
