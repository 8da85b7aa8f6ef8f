"""The task list of an assessment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from certification.assessments import selectors
from certification.assessments.models import Assessment
from certification.assessments.rules import is_done
from certification.assessments.selectors import PrincipleProgress
from certification.assessments.web.finding import assessment_or_404, head, person_of
from iris.core.policy import for_kinds

MOST_ORDERS = 2
TAGS = {
    "done": ("good", _lazy("Done")),
    "check": ("care", _lazy("Check")),
    "blocked": ("stop", _lazy("Blocked")),
    "started": ("work", _lazy("Started")),
    "todo": ("past", _lazy("To do")),
}


@for_kinds("agency", "scheme", "audit_firm")
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """The task list while it is worked on; the reading view once it is declared."""
    found = assessment_or_404(request, assessment_id)
    if not found.is_open:
        return redirect("assessments:read", found.pk)
    progress = selectors.progress(found)
    waiting = [order for order in progress.orders if order.to_answer]
    context = {
        **head(request, found),
        "progress": progress,
        "mine": sum(not is_done(answer) for answer in selectors.questions_of(found, person_of(request))),
        "warnings": sum(check.open for check in selectors.checks(found)),
        "move": selectors.move_for(found, progress),
        "tasks": [_task(row, found) for row in progress.principles],
        "orders": (waiting or progress.orders)[:MOST_ORDERS],
        "change": selectors.edition_change(found),
        "moved": selectors.last_move(found),
        "uncovered": selectors.corridors_without_order(found, progress.orders),
    }
    return render(request, "assessments/assessment.html", context)


def _task(row: PrincipleProgress, assessment: Assessment) -> dict[str, Any]:
    tone, word = TAGS[row.state]
    return {
        "mark": row.code,
        "name": row.title,
        "url": row.url,
        "sub": _task_words(row, assessment),
        "done": row.answered,
        "total": row.total,
        "tone": tone,
        "state": str(word),
    }


def _task_words(row: PrincipleProgress, assessment: Assessment) -> str:
    words = _("%(done)s of %(total)s answered") % {"done": row.answered, "total": row.total}
    if row.answered == row.total and len(row.answered_by) == 1:
        words += " " + _("by %(name)s") % {"name": row.answered_by[0]}
    if row.lines_to_answer:
        n = row.lines_to_answer
        words += ", " + ngettext("%(n)s ledger line to answer", "%(n)s ledger lines to answer", n) % {"n": n}
    if row.expiring:
        n = len(row.expiring)
        words += ", " + ngettext("%(n)s document ends soon", "%(n)s documents end soon", n) % {"n": n}
    if row.carried and not assessment.is_reopened:
        n = row.carried
        words += ", " + ngettext("%(n)s from last time to look at", "%(n)s from last time to look at", n) % {
            "n": n
        }
    return words
