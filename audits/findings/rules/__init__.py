"""Grades, clocks and what stands against a grant: questions about plain facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from iris.core import clocks

from ..states import ANSWERED_GRADES, Clock, Grade
from .grades import (
    Floor,
    GradeTerms,
    Rule,
    Terms,
    is_below,
    seen_on_site_only,
    terms,
)

if TYPE_CHECKING:
    from ..models import CorrectiveAction, Finding

__all__ = [
    "CARRIED",
    "MINORS",
    "REPEATED",
    "Floor",
    "GradeTerms",
    "Rule",
    "Terms",
    "contain_due",
    "due_by",
    "escalated_criteria",
    "evidence_due",
    "is_below",
    "missing_for_action_evidence",
    "missing_for_answer",
    "missing_for_close",
    "missing_for_evidence",
    "needs_answer",
    "plan_due",
    "seen_on_site_only",
    "suggested_grade",
    "terms",
]
# Keys of the rules of escalation in grades.yaml.
MINORS, REPEATED, CARRIED = "minors_on_one_criterion", "repeated_minor", "minor_still_open"


def suggested_grade(severity: str) -> str:
    """The grade that an indicator's severity suggests; the auditor decides."""
    return severity if severity in ANSWERED_GRADES else Grade.MINOR


def needs_answer(grade: str) -> bool:
    """Whether the agency answers with a correction."""
    return grade in ANSWERED_GRADES


def due_by(grade: str, clock: Clock, on: date) -> date | None:
    """The day by which a grade asks for something, counted from a day; None where it asks for nothing."""
    key = terms(on).of(grade).clocks.get(clock)
    return clocks.deadline(on, key) if key else None


def plan_due(grade: str, on: date) -> date | None:
    """The day by which the agency answers with its plan."""
    return due_by(grade, Clock.PLAN, on)


def contain_due(grade: str, on: date) -> date | None:
    """The day by which a critical finding is contained."""
    return due_by(grade, Clock.CONTAINMENT, on)


def evidence_due(grade: str, on: date) -> date | None:
    """The day by which evidence of the correction is there."""
    return due_by(grade, Clock.EVIDENCE, on)


def escalated_criteria(criteria_of_open_minors: Iterable[str]) -> dict[str, int]:
    """Criteria on which so many minors are open that they count as a major, with how many."""
    limit = clocks.number(terms().rule(MINORS).number)
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


def missing_for_close(finding: Finding) -> list[str]:
    """A finding that had to be contained is closed once the auditor accepted how."""
    contained = finding.current_containment
    if finding.contain_due is None or (contained is not None and contained.state == "accepted"):
        return []
    return [_("The containment of this finding is not accepted yet: what was done at once, and when.")]
