"""Stage 1 and stage 2: how far they are, interviews, and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from iris.core.errors import DomainError
from iris.core.fsm import may, missing
from iris.core.policy import for_kinds

from .. import selectors, services
from ..forms import CloseStage1Form, InterviewsForm, PriorNoteForm, ReasonForm
from ..models import Audit
from ..selectors import PrincipleProgress
from ..states import AuditState, Stage
from .head import audit_for, page

DESK = ("audit_firm", "scheme")


def _tasks(audit: Audit, rows: list[PrincipleProgress], name: str) -> list[dict[str, Any]]:
    tasks = []
    for row in rows:
        tone, word = ("good", _("All rated")) if row.done else ("work", _("%d to rate") % row.left)
        if row.weak:
            sub = ngettext("%d to look at again", "%d to look at again", row.weak) % row.weak
        else:
            sub = ngettext("%d indicator", "%d indicators", row.total) % row.total
        if not row.total:
            tone, word, sub = "past", _("Not looked at"), _("Outside the scope of this audit")
        tasks.append(
            {
                "name": row.principle.title,
                "url": reverse(name, args=[audit.pk, row.principle.code]),
                "sub": sub,
                "mark": row.principle.code,
                "done": row.rated,
                "total": row.total,
                "tone": tone,
                "state": word,
            }
        )
    return tasks


@for_kinds(*DESK)
def stage1(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """The desk review: how far it is, and its conclusion."""
    audit = audit_for(request, audit_id, desk=True)
    return stage1_page(request, audit)


def stage1_page(
    request: HttpRequest, audit: Audit, form: Any = None, reopen: Any = None, prior: Any = None
) -> HttpResponse:
    """The desk review with whichever of its forms has something to put right."""
    rows = selectors.progress(audit, Stage.DESK)
    return page(
        request,
        "audits/engagements/stage1.html",
        audit,
        form or reopen or prior,
        dossier=selectors.dossier_of(audit, request.user),
        prior_form=prior or PriorNoteForm(),
        may_note=audit.is_worked_by(request.user) and audit.state in services.NOTED_IN,
        close_form=form or CloseStage1Form(),
        reopen_form=reopen or ReasonForm(),
        tasks=_tasks(audit, rows, "engagements:desk1"),
        done=sum(row.rated for row in rows),
        total=sum(row.total for row in rows),
        may_start=may(audit.start_stage1, request.user),
        start_missing=missing(audit.start_stage1) if audit.state == AuditState.PLANNED else [],
        may_close=may(audit.close_stage1, request.user),
        close_missing=missing(audit.close_stage1) if audit.state == AuditState.STAGE1 else [],
        may_reopen=may(audit.reopen_stage1, request.user),
        panels=selectors.panels_for("stage1", audit, request.user),
        stage=1,
    )


@for_kinds("audit_firm")
@require_POST
def start_stage1(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Begin the desk review."""
    audit = audit_for(request, audit_id, desk=True)
    services.start_stage1(audit_id=audit.pk, actor=request.user)
    messages.success(request, _("Stage 1 is open. Rate the indicators principle by principle."))
    return redirect("engagements:stage1", audit_id=audit.pk)


@for_kinds("audit_firm")
@require_POST
def close_stage1(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Conclude stage 1."""
    audit = audit_for(request, audit_id, desk=True)
    form = CloseStage1Form(request.POST)
    if form.is_valid():
        try:
            services.close_stage1(audit_id=audit.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Stage 1 is closed. The agency hears the conclusion by e-mail."))
            return redirect("engagements:stage1", audit_id=audit.pk)
    return stage1_page(request, audit, form=form)


@for_kinds("audit_firm")
@require_POST
def reopen_stage1(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Take stage 1 up again."""
    audit = audit_for(request, audit_id, desk=True)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            services.reopen_stage1(audit_id=audit.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Stage 1 is open again."))
            return redirect("engagements:stage1", audit_id=audit.pk)
    return stage1_page(request, audit, reopen=form)


@for_kinds(*DESK)
def stage2(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Stage 2: interviews counted, indicators rated, and what is left before the report."""
    audit = audit_for(request, audit_id, desk=True)
    rows = selectors.progress(audit, Stage.SITE)
    return page(
        request,
        "audits/engagements/stage2.html",
        audit,
        tasks=_tasks(audit, rows, "engagements:desk2"),
        done=sum(row.rated for row in rows),
        total=sum(row.total for row in rows),
        interviews=selectors.interview_rows(audit),
        may_start=may(audit.start_stage2, request.user),
        start_missing=missing(audit.start_stage2) if audit.state == AuditState.STAGE1_CLOSED else [],
        may_work=audit.state == AuditState.STAGE2 and audit.is_worked_by(request.user),
        may_draft=may(audit.send_draft, request.user),
        draft_missing=missing(audit.send_draft) if audit.state == AuditState.STAGE2 else [],
        panels=selectors.panels_for("stage2", audit, request.user),
        stage=2,
    )


@for_kinds("audit_firm")
@require_POST
def start_stage2(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Begin interviews and visits."""
    audit = audit_for(request, audit_id, desk=True)
    services.start_stage2(audit_id=audit.pk, actor=request.user)
    messages.success(request, _("Stage 2 is open. Count interviews and rate what stage 1 left to check."))
    return redirect("engagements:stage2", audit_id=audit.pk)


@for_kinds(*DESK)
def interviews(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """How many people of each kind were spoken with; no names."""
    audit = audit_for(request, audit_id, desk=True)
    rows = selectors.interview_rows(audit)
    form = InterviewsForm(request.POST or None, rows=rows)
    may_work = audit.state == AuditState.STAGE2 and audit.is_worked_by(request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.count_interviews(audit_id=audit.pk, actor=request.user, counts=form.counts())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The counts are kept."))
            return redirect("engagements:stage2", audit_id=audit.pk)
    return page(
        request, "audits/engagements/interviews.html", audit, form, rows=rows, may_work=may_work, stage=2
    )
