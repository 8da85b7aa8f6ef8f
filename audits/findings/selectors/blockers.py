"""What stands against a grant: open criticals, open majors, and minors that count as a major together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from audits.engagements.models import Audit

from ..models import Escalation, Finding
from ..states import BLOCKING_GRADES, OPEN, RUNNING_ESCALATIONS, EscalationKind, Grade


@dataclass(frozen=True)
class Blockers:
    """What stands against recommending a grant."""

    critical: list[Finding]
    major: list[Finding]
    escalated: dict[str, int]

    @property
    def any(self) -> bool:
        """Whether a grant cannot be recommended."""
        return bool(self.critical or self.major or self.escalated)

    @property
    def open_major(self) -> int:
        """Open majors, counting criteria with too many minors as one each."""
        return len(self.major) + len(self.escalated)

    @property
    def sentences(self) -> list[str]:
        """Each blocker in words."""
        lines = [
            _("Finding %(number)s is %(grade)s and open: %(title)s")
            % {"number": one.number, "grade": str(Grade(one.grade).label).lower(), "title": one.title}
            for one in [*self.critical, *self.major]
        ]
        lines += [
            _("%(count)s minor findings are open on criterion %(code)s; together they count as a major.")
            % {"count": count, "code": code}
            for code, count in self.escalated.items()
        ]
        return lines


def blockers(audit: Audit) -> Blockers:
    """Open criticals, open majors, and criteria whose open minors were escalated to a major."""
    open_ones = list(
        Finding.objects.filter(audit=audit, state__in=OPEN, grade__in=BLOCKING_GRADES).order_by("number")
    )
    return Blockers(
        critical=[one for one in open_ones if one.grade == Grade.CRITICAL],
        major=[one for one in open_ones if one.grade == Grade.MAJOR],
        escalated={one.criterion.code: one.open_minors for one in escalated_minors(audit) if one.criterion},
    )


def escalated_minors(audit: Audit) -> list[Any]:
    """Criteria on which minors count as a major now; `open_minors` says how many are open."""
    counted = Count("findings", filter=Q(findings__state__in=OPEN, findings__grade=Grade.MINOR))
    rows = Escalation.objects.filter(
        audit=audit, kind=EscalationKind.MINORS, state__in=RUNNING_ESCALATIONS
    ).select_related("criterion")
    return list(rows.annotate(open_minors=counted).order_by("criterion__code"))


def escalations_of(finding: Finding) -> list[Escalation]:
    """What rules made of this finding: its own overdue clocks, and criteria on which it was counted."""
    own = Escalation.objects.filter(Q(finding=finding) | Q(findings=finding)).distinct()
    return list(own.select_related("criterion").order_by("-created_at"))
