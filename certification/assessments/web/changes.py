"""What changed since the last declared self-assessment, and saying what is still true."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from certification.assessments import selectors, services
from certification.assessments.selectors import Change
from certification.assessments.web.finding import assessment_or_404, head, own_or_404, person_of
from iris.core.errors import BadInput
from iris.core.policy import for_kinds

FILTERS = {
    "waiting": _lazy("From last time, not yet looked at"),
    "changed": _lazy("Changed"),
    "new": _lazy("New questions"),
    "ended": _lazy("Documents that had ended"),
    "all": _lazy("All"),
}


@for_kinds("agency", "scheme", "audit_firm")
def changes(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Then and now, question by question; the agency confirms here what is still true."""
    assessment = assessment_or_404(request, assessment_id)
    older = selectors.previous_of(assessment)
    visible = selectors.assessments_visible_to(person_of(request))
    if older is None or not visible.filter(pk=older.pk).exists():
        raise Http404
    found = selectors.changes(assessment)
    counts = {key: sum(_shown(change, key) for change in found) for key in FILTERS}
    show = request.GET.get("show", "")
    if show not in FILTERS:
        show = "waiting" if counts["waiting"] and assessment.is_open else "changed"
    context = {
        **head(request, assessment),
        "older": older,
        "sections": selectors.by_section(change for change in found if _shown(change, show)),
        "ended": selectors.ended_documents(found),
        "show": show,
        "counts": counts,
        "filters": [
            {"key": key, "label": label, "count": counts[key], "current": key == show}
            for key, label in FILTERS.items()
        ],
    }
    return render(request, "assessments/changes.html", context)


def _shown(change: Change, show: str) -> bool:
    if show == "ended":
        return bool(change.ended)
    if show == "changed":
        return bool(change.differences) and not change.waits
    return show == "all" or change.kind == show


@require_POST
@for_kinds("agency")
def confirm(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Say of the ticked answers, or of all shown in one section, that they are still true."""
    assessment = own_or_404(request, assessment_id)
    names = request.POST.getlist("here" if "all" in request.POST else "answers")
    try:
        done = services.confirm_carried(
            assessment_id=assessment.pk, actor=person_of(request), answers=[_pair(name) for name in names]
        )
    except BadInput as error:
        messages.error(request, " ".join(str(text) for texts in error.fields.values() for text in texts))
    else:
        said = ngettext("%(n)s answer confirmed.", "%(n)s answers confirmed.", len(done)) % {"n": len(done)}
        if len(done) < len(names):
            left = len(names) - len(done)
            said += " " + ngettext(
                "%(n)s was changed meanwhile or is not complete: look at it.",
                "%(n)s were changed meanwhile or are not complete: look at them.",
                left,
            ) % {"n": left}
        messages.success(request, said)
    show = request.POST.get("show", "waiting")
    return redirect(
        reverse("assessments:changes", args=[assessment.pk]) + (f"?show={show}" if show in FILTERS else "")
    )


def _pair(name: str) -> tuple[UUID, int]:
    """`indicator:version`, as the page wrote it."""
    try:
        pk, version = name.split(":")
        return UUID(pk), int(version)
    except ValueError as error:
        raise BadInput(
            fields={"answers": [_lazy("The page was not sent as we gave it. Load it again.")]}
        ) from error
