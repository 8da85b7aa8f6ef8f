"""Grades, clocks and what stands against a grant: questions about plain facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from iris.core import clocks

from .states import ANSWERED_GRADES, Grade

if TYPE_CHECKING:
    from .models import CorrectiveAction, Finding

PLAN_CLOCKS = {Grade.CRITICAL: "plan_days_critical", Grade.MAJOR: "plan_days", Grade.MINOR: "plan_days"}
EVIDENCE_CLOCKS = {
    Grade.CRITICAL: "evidence_days_critical",
    Grade.MAJOR: "evidence_days_major",
    Grade.MINOR: "evidence_days_minor",
}


def suggested_grade(severity: str) -> str:
    """The grade that an indicator's severity suggests; the auditor decides."""
    return severity if severity in ANSWERED_GRADES else Grade.MINOR


def needs_answer(grade: str) -> bool:
    """Whether the agency answers with a correction."""
    return grade in ANSWERED_GRADES


def plan_due(grade: str, on: date) -> date | None:
    """The day by which the agency answers with its plan."""
    key = PLAN_CLOCKS.get(Grade(grade))
    return clocks.deadline(on, key) if key else None


def contain_due(grade: str, on: date) -> date | None:
    """The day by which a critical finding is contained."""
    return clocks.deadline(on, "containment_days") if grade == Grade.CRITICAL else None


def evidence_due(grade: str, on: date) -> date | None:
    """The day by which evidence of the correction is there."""
    key = EVIDENCE_CLOCKS.get(Grade(grade))
    return clocks.deadline(on, key) if key else None


def escalated_criteria(criteria_of_open_minors: Iterable[str]) -> dict[str, int]:
    """Criteria on which so many minors are open that they count as a major, with how many."""
    limit = clocks.number("minors_make_major")
    return {code: n for code, n in sorted(Counter(criteria_of_open_minors).items()) if n >= limit}


def missing_for_answer(finding: Finding) -> list[str]:
    """An answer needs its plan on paper first."""
    action = finding.current_action
    return (
        []
        if action is not None and action.state == "planned"
        else [_("Write the root cause and the plan first.")]
    )


def missing_for_evidence(finding: Finding) -> list[str]:
    """Evidence belongs to an agreed action and holds at least one file."""
    action = finding.current_action
    if action is None or action.agreed_at is None:
        return [_("The plan was not agreed yet: answer with a new plan first.")]
    return missing_for_action_evidence(action)


def missing_for_action_evidence(action: CorrectiveAction) -> list[str]:
    """At least one file that was not sent before."""
    return [] if action.has_new_evidence() else [_("Add at least one file that shows the correction.")]
