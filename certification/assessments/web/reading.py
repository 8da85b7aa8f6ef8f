"""Results and gaps, the plan for a gap, and the declared assessment as scheme and auditors read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from certification.assessments import permissions, selectors, services
from certification.assessments.forms import PlanForm
from certification.assessments.models import Answer, Assessment
from certification.assessments.selectors import PrincipleResult
from certification.assessments.states import Maturity
from certification.assessments.web.finding import assessment_or_404, head, own_or_404, person_of
from iris.core import events
from iris.core.days import moment_in_words
from iris.core.errors import DomainError
from iris.core.moves import Fact
from iris.core.policy import for_kinds

LONGEST_LABEL = 44  # what fits above a bar of the chart


@for_kinds("agency", "scheme", "audit_firm")
def results(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """What the answers say by principle, the gaps, and what can be done about each."""
    assessment = assessment_or_404(request, assessment_id)
    answers = list(selectors.answers_with_evidence(assessment))
    found = selectors.results(assessment, answers)
    gaps = selectors.gaps(assessment, answers)
    context = {
        **head(request, assessment),
        "results": found,
        "rows": [_row(principle) for principle in found.principles],
        "gaps": gaps,
        "unplanned": sum(not gap.planned for gap in gaps),
        "worker_borne": selectors.worker_borne(assessment),
        "levels": [(level.value, level.label) for level in Maturity],
    }
    return render(request, "assessments/results.html", context)


def _row(principle: PrincipleResult) -> dict[str, Any]:
    return {
        "code": principle.code,
        "label": Truncator(principle.title).chars(LONGEST_LABEL),
        "yes": principle.yes,
        "partly": principle.partly,
        "no": principle.no,
        "na": principle.na,
        "open": principle.open,
        "maturity": principle.maturity,
    }


@for_kinds("agency")
def plan(request: HttpRequest, assessment_id: UUID, indicator_id: UUID) -> HttpResponse:
    """Say what is done about one gap."""
    assessment = own_or_404(request, assessment_id)
    answer = assessment.answers_in_order().filter(indicator_id=indicator_id).first()
    if answer is None:
        raise Http404
    back = reverse("assessments:results", args=[assessment.pk]) + f"#{answer.indicator.code}"
    initial = {
        "version": answer.version,
        "action": answer.plan_action,
        "owner": answer.plan_owner,
        "due_on": answer.plan_due_on,
    }
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_gap(
                assessment_id=assessment.pk,
                actor=person_of(request),
                indicator_id=answer.indicator_id,
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Planned."))
            return redirect(back)
    context = {**head(request, assessment), "form": form, "answer": answer, "back": back}
    return render(request, "assessments/plan.html", context, status=422 if form.is_bound else 200)


@for_kinds("agency", "scheme", "audit_firm")
def read(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Every answer with its evidence beside, the ledger, the declaration; one principle at a time when asked."""
    assessment = assessment_or_404(request, assessment_id)
    everything = list(selectors.answers_with_evidence(assessment))
    wanted = request.GET.get("principle", "")
    found = selectors.results(assessment, everything)
    if wanted not in {row.code for row in found.principles}:
        wanted = ""
    person = person_of(request)
    own = permissions.works_for(assessment.agency, person)
    context = {
        **head(request, assessment),
        "groups": _groups([answer for answer in everything if not wanted or answer.principle_code == wanted]),
        "principles": found.principles,
        "wanted": wanted,
        "orders": selectors.ledger(assessment, person),
        "worker_borne": selectors.worker_borne(assessment),
        "facts": _facts(assessment),
        "matches": selectors.still_matches(assessment) if not assessment.is_open else None,
        "log": events.events_of(assessment, limit=6) if own or person.is_kind("scheme") else [],
        "may_compare": bool(
            assessment.previous_id
            and selectors.assessments_visible_to(person).filter(pk=assessment.previous_id).exists()
        ),
        "may_start": own and not assessment.is_open and selectors.open_assessment(assessment.agency) is None,
    }
    return render(request, "assessments/read.html", context)


def _groups(answers: list[Answer]) -> list[dict[str, Any]]:
    """Answers by criterion, in the order of the Standard."""
    groups: dict[str, dict[str, Any]] = {}
    for answer in answers:
        criterion = answer.indicator.criterion
        group = groups.setdefault(criterion.code, {"criterion": criterion, "answers": []})
        group["answers"].append(answer)
    return list(groups.values())


def _facts(assessment: Assessment) -> list[Fact]:
    facts = [
        Fact(_("Agency"), assessment.agency.legal_name),
        Fact(_("Edition of the Standard"), assessment.edition.title),
        Fact(_("Cycle"), assessment.cycle),
        Fact(_("Revision"), assessment.revision),
    ]
    if assessment.frozen_at:
        facts += [
            Fact(_("Declared on"), f"{moment_in_words(assessment.frozen_at)} UTC"),
            Fact(_("Declared by"), f"{assessment.declaration_name}, {assessment.declaration_role}"),
        ]
    return facts
