"""The page on which an agency sees what a newer edition changes for its draft, and moves it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.assessments import selectors, services
from certification.assessments.models import Assessment, SetAside
from certification.assessments.models.moving import EditionMove
from certification.assessments.selectors import MovePlan
from certification.assessments.states import AnswerValue
from certification.assessments.web.finding import assessment_or_404, head, own_or_404, person_of
from certification.standard import selectors as standard
from iris.core.policy import for_kinds


@require_http_methods(["GET", "POST"])
@for_kinds("agency", "scheme")
def edition(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Before the move: what it keeps, asks again, adds and drops, and one button. After it: the same, as done."""
    if request.method == "POST":
        found = own_or_404(request, assessment_id)
        moved = services.move_to_edition(found.pk, person_of(request))
        messages.success(
            request,
            _("Your self-assessment is on edition %(n)s now. Nothing you wrote is lost.")
            % {"n": moved.to_edition.number},
        )
        return redirect("assessments:edition", found.pk)
    found = assessment_or_404(request, assessment_id)
    new = selectors.edition_for(found)
    move = selectors.last_move(found)
    if new is None and move is None:
        raise Http404
    context = {
        **head(request, found),
        "plan": _plan(selectors.move_plan(found, new)) if new else None,
        "done": _done(found, move) if move and not new else None,
    }
    return render(request, "assessments/edition.html", context)


def _plan(plan: MovePlan) -> dict[str, Any]:
    return {
        "old": plan.old,
        "new": plan.new,
        "last_day": plan.last_day,
        "kept": len(plan.kept),
        "answered": sum(bool(step.main and step.main.value) for step in plan.kept),
        "reworded": [(step.indicator, step.answers) for step in plan.reworded],
        "added": [step.indicator for step in plan.added],
        "gone": [(answer, plan.reasons.get(answer.indicator.code, "")) for answer in plan.gone],
        "compare": _compare(plan.old.number, plan.new.number),
    }


def _compare(old: int, new: int) -> str:
    return f"{reverse('standard:compare')}?from={old}&to={new}"


def _done(assessment: Assessment, move: EditionMove) -> dict[str, Any]:
    rows = {row.code: row for row in standard.indicators_of(move.to_edition)}
    answers = {row.indicator.code: row for row in assessment.answers_in_order()}
    return {
        "move": move,
        "reworded": [(rows[code], answers.get(code)) for code in move.reworded if code in rows],
        "added": [(rows[code], answers.get(code)) for code in move.added if code in rows],
        "aside": [(row, _said(row)) for row in move.set_aside.select_related("indicator")],
        "compare": _compare(move.from_edition.number, move.to_edition.number),
    }


def _said(row: SetAside) -> str:
    return str(AnswerValue(row.value).label) if row.value else ""
