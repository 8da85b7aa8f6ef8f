"""Grades, clocks and escalation."""

from __future__ import annotations

from datetime import date

import pytest

from audits.findings import rules
from audits.findings.states import Grade

ON = date(2028, 2, 20)


@pytest.mark.parametrize(
    ("grade", "plan", "evidence"),
    [
        (Grade.CRITICAL, date(2028, 2, 27), date(2028, 3, 21)),
        (Grade.MAJOR, date(2028, 3, 5), date(2028, 5, 20)),
        (Grade.MINOR, date(2028, 3, 5), date(2028, 8, 18)),
        (Grade.OBSERVATION, None, None),
        (Grade.GOOD_PRACTICE, None, None),
    ],
)
def test_clocks_by_grade_over_a_leap_day(grade: Grade, plan: date | None, evidence: date | None) -> None:
    assert rules.plan_due(grade, ON) == plan
    assert rules.evidence_due(grade, ON) == evidence


def test_containment_is_asked_of_criticals_only() -> None:
    assert rules.contain_due(Grade.CRITICAL, ON) == date(2028, 2, 27)
    assert rules.contain_due(Grade.MAJOR, ON) is None


@pytest.mark.parametrize("severity", ["critical", "major", "minor"])
def test_severity_suggests_the_grade(severity: str) -> None:
    assert rules.suggested_grade(severity) == severity


def test_five_minors_on_one_criterion_count_as_a_major() -> None:
    assert rules.escalated_criteria(["1.1"] * 4 + ["1.2"] * 4) == {}
    assert rules.escalated_criteria(["1.1"] * 5 + ["1.2"] * 4) == {"1.1": 5}
