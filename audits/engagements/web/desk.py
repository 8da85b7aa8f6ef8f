"""Stage 1 and stage 2: the desk by principle, interviews, and closing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from certification.standard.models import Principle
from iris.core.errors import BadInput, DomainError
from iris.core.fsm import may, missing
from iris.core.policy import for_kinds

from .. import selectors, services
from ..forms import CloseStage1Form, InterviewsForm, RatingForm, ReasonForm
from ..models import Audit
from ..selectors import DeskRow, PrincipleProgress
from ..services import IndicatorRating
from ..states import AuditState, Rating, Stage
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
    return _stage1_page(request, audit)


def _stage1_page(request: HttpRequest, audit: Audit, form: Any = None, reopen: Any = None) -> HttpResponse:
    rows = selectors.progress(audit, Stage.DESK)
    return page(
        request,
        "audits/engagements/stage1.html",
        audit,
        form or reopen,
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
    return _stage1_page(request, audit, form=form)


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
    return _stage1_page(request, audit, reopen=form)


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


@for_kinds(*DESK)
def desk1(request: HttpRequest, audit_id: UUID, code: str) -> HttpResponse:
    """One principle in stage 1."""
    return _desk(request, audit_id, code, Stage.DESK)


@for_kinds(*DESK)
def desk2(request: HttpRequest, audit_id: UUID, code: str) -> HttpResponse:
    """One principle in stage 2."""
    return _desk(request, audit_id, code, Stage.SITE)


def _desk(request: HttpRequest, audit_id: UUID, code: str, stage: Stage) -> HttpResponse:
    audit = audit_for(request, audit_id, desk=True)
    principles = [one.principle for one in selectors.progress(audit, stage)]
    principle = next((one for one in principles if one.code == code), None)
    if principle is None:
        raise Http404
    working = AuditState.STAGE1 if stage == Stage.DESK else AuditState.STAGE2
    may_work = audit.state == working and audit.is_worked_by(request.user)
    rows = selectors.desk_rows(audit, principle, request.user)
    data = request.POST if request.method == "POST" else None
    pairs = [
        (
            row,
            RatingForm(
                data, prefix=_prefix(row), stage=stage, before=row.desk if stage == Stage.DESK else row.site
            ),
        )
        for row in rows
    ]
    if (
        data is not None
        and all(form.is_valid() for _row, form in pairs)
        and _keep(request, audit, stage, pairs)
    ):
        return _onward(request, audit, stage, principles, principle)
    forms = [form for _row, form in pairs]
    status_form = next((form for form in forms if form.is_bound and form.errors), None)
    return page(
        request,
        "audits/engagements/desk.html",
        audit,
        status_form,
        forms=forms,
        pairs=pairs,
        principle=principle,
        principles=principles,
        stage=int(stage),
        may_work=may_work,
        unrated=sum(1 for row in rows if (row.desk if stage == Stage.DESK else row.site) is None),
        desk_url="engagements:desk1" if stage == Stage.DESK else "engagements:desk2",
    )


def _prefix(row: DeskRow) -> str:
    return f"i{row.indicator.pk.hex}"


def _keep(request: HttpRequest, audit: Audit, stage: Stage, pairs: list[tuple[DeskRow, RatingForm]]) -> bool:
    rest = "rest" in request.POST and stage == Stage.DESK
    ratings = []
    for row, form in pairs:
        rating = form.cleaned_data["rating"] or (Rating.MEETS if rest else "")
        if rating:
            ratings.append(IndicatorRating(row.indicator.pk, rating, form.cleaned_data["note"]))
        elif form.cleaned_data["note"].strip():
            form.add_error("rating", _("%s: choose a rating for your note.") % row.indicator.code)
    if any(form.errors for _row, form in pairs):
        return False
    try:
        changed = services.rate_indicators(
            audit_id=audit.pk, actor=request.user, stage=stage, ratings=ratings
        )
    except BadInput as error:
        _place(error, pairs)
        return False
    if changed:
        messages.success(
            request, ngettext("%d indicator is kept.", "%d indicators are kept.", changed) % changed
        )
    elif "raise" not in request.POST:
        messages.info(request, _("Nothing had changed."))
    return True


def _place(error: BadInput, pairs: list[tuple[DeskRow, RatingForm]]) -> None:
    """Put each problem on the field it speaks of."""
    forms = {form.prefix: form for _row, form in pairs}
    placed = False
    for name, texts in error.fields.items():
        prefix, _dash, field = name.partition("-")
        if prefix in forms:
            placed = True
            for text in texts:
                forms[prefix].add_error(field, str(text))
    if not placed and pairs:
        pairs[0][1].add_error(None, str(error.message))


def _onward(
    request: HttpRequest, audit: Audit, stage: Stage, principles: list[Principle], principle: Principle
) -> HttpResponse:
    name = "desk1" if stage == Stage.DESK else "desk2"
    if request.POST.get("raise"):
        return redirect(reverse("findings:raise", args=[audit.pk, request.POST["raise"]]))
    if request.POST.get("evidence"):
        return redirect(
            reverse("fieldwork:evidence_add", args=[audit.pk])
            + f"?indicator={quote(request.POST['evidence'])}"
        )
    place = principles.index(principle)
    if "next" in request.POST and place + 1 < len(principles):
        return redirect(f"engagements:{name}", audit_id=audit.pk, code=principles[place + 1].code)
    if "stay" in request.POST:
        return redirect(f"engagements:{name}", audit_id=audit.pk, code=principle.code)
    return redirect("engagements:stage1" if stage == Stage.DESK else "engagements:stage2", audit_id=audit.pk)
