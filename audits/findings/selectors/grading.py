"""The grade that the data asks for: by what failed, and by what the last audit found (R35, R36)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.selectors import previous_audit_of
from audits.engagements.states import AuditKind
from certification.standard.models import Indicator
from certification.standard.selectors import edition_by_number, origins
from iris.core import clocks

from .. import rules
from ..models import Finding
from ..rules import Floor
from ..states import GRADE_ICONS, GRADE_TONES, OPEN, Clock, FindingState, Grade


@dataclass(frozen=True)
class Suggestion:
    """A grade, why it is suggested, and what it rests on."""

    grade: str
    why: str
    floor: Floor | None = None
    repeats: Finding | None = None


def suggestion_for(audit: Audit, indicator: Indicator) -> Suggestion:
    """The grade to begin with on this indicator: what the data asks for, else what its severity says."""
    floor, repeated = floor_of(indicator), repeat_of(audit, indicator)
    grade = rules.suggested_grade(indicator.severity)
    why = _("The severity of the indicator suggests it; you decide.")
    if repeated is not None and rules.is_below(grade, rules.terms().rule(rules.REPEATED).counts_as):
        grade = rules.terms().rule(rules.REPEATED).counts_as
        why = _("The last audit found a minor here too: what is repeated is at least a major.")
    if floor is not None and rules.is_below(grade, floor.grade):
        grade = floor.grade
    if floor is not None and grade == floor.grade:
        why = _("What fails on this indicator is %(grade)s: %(why)s. A lower grade needs a reason.") % {
            "grade": str(floor.grade.label).lower(),
            "why": floor.why[:1].lower() + floor.why[1:],
        }
    return Suggestion(grade, why, floor, repeated)


def floor_of(indicator: Indicator) -> Floor | None:
    """The least grade of what fails on an indicator; a later edition is followed back to the one that is named."""
    edition = indicator.criterion.principle.edition
    for floor in rules.terms().floors:
        codes: tuple[str, ...] = (indicator.code,)
        if floor.edition != edition.number:
            named = edition_by_number(floor.edition)
            codes = origins(named, edition).get(indicator.code, ()) if named else ()
        if set(codes) & set(floor.indicators):
            return floor
    return None


def _audit_before(audit: Audit) -> Audit | None:
    """The audit whose minors count here; a closure audit only closes what is open and raises no grade."""
    return None if audit.kind == AuditKind.CLOSURE else previous_audit_of(audit)


def repeat_of(audit: Audit, indicator: Indicator) -> Finding | None:
    """The minor that the last audit found on the same indicator."""
    before = _audit_before(audit)
    if before is None:
        return None
    codes: tuple[str, ...] = (indicator.code,)
    old, new = before.assessment.edition, indicator.criterion.principle.edition
    if old.pk != new.pk:
        codes = origins(old, new).get(indicator.code, ())
    return (
        Finding.objects.filter(audit=before, grade=Grade.MINOR, indicator__code__in=codes)
        .filter(issued_at__isnull=False)
        .exclude(state=FindingState.WITHDRAWN)
        .select_related("audit")
        .order_by("number")
        .first()
    )


def open_minors_before(audit: Audit) -> list[Finding]:
    """Minors of the last audit that are still open: they become majors of this one."""
    before = _audit_before(audit)
    if before is None:
        return []
    rows = Finding.objects.filter(audit=before, grade=Grade.MINOR, state__in=OPEN, issued_at__isnull=False)
    return list(rows.select_related("audit", "indicator", "carried_to__audit").order_by("number"))


@dataclass(frozen=True)
class ClockRow:
    """One clock of a grade: how long it runs, and where the number comes from."""

    clock: Clock
    number: clocks.SchemeNumber


@dataclass(frozen=True)
class GradeRow:
    """One grade as the page of grades shows it."""

    terms: rules.GradeTerms
    clocks: list[ClockRow]
    tone: str
    icon: str


def grades_in_force() -> dict[str, Any]:
    """What the page of grades shows: grades with clocks, floors, rules, more time, each with its source."""
    held = rules.terms()
    today = clocks.today()
    dated = sorted(
        (one for one in clocks.numbers() if one.valid_from <= today), key=lambda one: one.valid_from
    )
    numbers = {one.key: one for one in dated}
    return {
        "valid_from": held.valid_from,
        "grades": [
            GradeRow(
                one,
                [ClockRow(clock, numbers[key]) for clock, key in one.clocks.items()],
                GRADE_TONES[one.grade],
                GRADE_ICONS[one.grade],
            )
            for one in held.grades
        ],
        "floors": held.floors,
        "rules": [(one, numbers.get(one.number)) for one in held.rules],
        "times": numbers[held.extension_times],
        "more_time": [ClockRow(clock, numbers[key]) for clock, key in held.extension_days.items()],
        "escalation": numbers["finding_escalation_days"],
    }
