"""The questions, one group on a page, kept as they are answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from audits.bodies.states import language_name
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds

from .. import rules, services
from ..forms import ReplyForm
from ..models import Interview
from ..rules import Question
from ..states import InterviewState
from .head import interview_for, unseen

Pairs = list[tuple[Question, ReplyForm]]


@sensitive_post_parameters()
@for_kinds("audit_firm")
def guide(request: HttpRequest, interview_id: UUID, group: str) -> HttpResponse:
    """One group of questions. The script posts in the background with `auto`, and is answered in JSON."""
    one = interview_for(request, interview_id)
    groups = rules.guide().groups_for(one.kind)
    here = next((each for each in groups if each.id == group), None)
    if here is None:
        raise Http404
    if one.state != InterviewState.CONSENTED:
        return redirect("interviews:interview", interview_id=one.pk)
    kept = {row.question: row for row in one.statements.all()}
    data = request.POST if request.method == "POST" else None
    pairs: Pairs = [
        (each, ReplyForm(data, question=each, lang=one.language, kept=kept.get(each.id)))
        for each in here.questions
    ]
    wrong = data is not None and not (
        all(form.is_valid() for _q, form in pairs) and _keep(request, one, pairs)
    )
    if "auto" in request.POST:
        sentences = [str(text) for _q, form in pairs for texts in form.errors.values() for text in texts]
        return JsonResponse({"kept": not wrong, "problems": sentences}, status=422 if wrong else 200)
    if data is not None and not wrong:
        return _onward(request, one, [each.id for each in groups], group)
    place = groups.index(here)
    return unseen(
        render(
            request,
            "audits/interviews/guide.html",
            {
                "interview": one,
                "audit": one.audit,
                "group": here,
                "title": rules.guide().title(here, one.language),
                "pairs": pairs,
                "forms": [form for _q, form in pairs],
                "place": place + 1,
                "total": len(groups),
                "before": groups[place - 1].id if place else "",
                "last": place + 1 == len(groups),
                "fallback": any(form.asked.fallback for _q, form in pairs),
                "reviewed": all(form.asked.reviewed for _q, form in pairs),
                "language": language_name(one.language),
            },
            status=422 if wrong else 200,
        )
    )


def _keep(request: HttpRequest, one: Interview, pairs: Pairs) -> bool:
    try:
        services.save_statements(
            interview_id=one.pk,
            actor=request.user,
            replies={question.id: form.reply() for question, form in pairs},
        )
    except BadInput as error:
        forms = {question.id: form for question, form in pairs}
        for name, texts in error.fields.items():
            question_id, _dash, field = name.rpartition("-")
            for text in texts:
                forms[question_id].add_error(field, str(text))
        if not error.fields:
            pairs[0][1].add_error(None, str(error.message))
        return False
    return True


def _onward(request: HttpRequest, one: Interview, groups: list[str], group: str) -> HttpResponse:
    place = groups.index(group)
    if "next" in request.POST and place + 1 < len(groups):
        return redirect("interviews:guide", interview_id=one.pk, group=groups[place + 1])
    messages.success(request, _("The answers are kept."))
    return redirect("interviews:interview", interview_id=one.pk)


@for_kinds("audit_firm")
@require_POST
def finish(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """The talk is over."""
    one = interview_for(request, interview_id)
    try:
        services.finish_interview(interview_id=one.pk, actor=request.user)
    except DomainError as error:
        for text in error.missing or [error.message]:
            messages.error(request, str(text))
        return redirect("interviews:interview", interview_id=one.pk)
    messages.success(request, _("%s is held and counted.") % one.label)
    return redirect("interviews:list", audit_id=one.audit_id)
