"""Findings as their readers may see them, and what stands against a grant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.selectors import Mark, audits_visible_to
from audits.engagements.states import LIVE, AuditState
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import Text
from iris.core.moves import Move, Todo

from . import rules
from .models import ActionFile, Finding
from .states import AGENCY_TURN, ANSWERED_GRADES, BLOCKING_GRADES, OPEN, FindingState, Grade


def findings_visible_to(user: User) -> QuerySet[Finding]:
    """Those of the audits a person may see; the agency never sees drafts."""
    findings = Finding.objects.filter(audit__in=audits_visible_to(user))
    if user.is_kind("agency"):
        findings = findings.filter(issued_at__isnull=False)
    return findings


def with_context(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Everything a list shows, in a bounded number of queries."""
    return findings.select_related(
        "audit__agency", "audit__firm__organisation", "audit__lead__person", "indicator__criterion"
    ).prefetch_related("actions")


def findings_list(user: User, *, show: str = "open", grade: str = "") -> QuerySet[Finding]:
    """The list page: open ones first to act on, or all."""
    findings = with_context(findings_visible_to(user))
    if show != "all":
        findings = findings.filter(state__in=OPEN)
    if grade in Grade.values:
        findings = findings.filter(grade=grade)
    return findings.order_by("plan_due", "audit__number", "number")


def findings_of(audit: Audit, user: User) -> QuerySet[Finding]:
    """The findings of one audit in their order of gravity."""
    return with_context(findings_visible_to(user).filter(audit=audit)).order_by("number")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Gravest first, then by number."""
    order = {grade: place for place, grade in enumerate(Grade.values)}
    return sorted(findings, key=lambda one: (order[one.grade], one.number))


def marks_of(audit: Audit) -> dict[UUID, list[Mark]]:
    """Findings of an audit by the indicator they are tied to, for the auditors' desk."""
    found: dict[UUID, list[Mark]] = {}
    for finding in (
        Finding.objects.filter(audit=audit).exclude(state=FindingState.WITHDRAWN).order_by("number")
    ):
        words = _("Finding %(number)s: %(grade)s") % {
            "number": finding.number,
            "grade": finding.get_grade_display(),
        }
        url = reverse("findings:finding", args=[finding.pk])
        found.setdefault(finding.indicator_id, []).append(Mark(words, url, finding.tone, finding.icon))
    return found


def codes_found_weak(agency_id: UUID) -> set[str]:
    """Indicators on which a final report of the agency has a finding that asked for a correction."""
    rows = Finding.objects.filter(
        audit__agency_id=agency_id, audit__state=AuditState.REPORTED, grade__in=ANSWERED_GRADES
    ).exclude(state__in=[FindingState.WITHDRAWN, FindingState.DRAFT])
    return set(rows.values_list("indicator__code", flat=True))


def codes_still_open(audit: Audit) -> set[str]:
    """Indicators of an audit on which a critical or major finding is issued and open."""
    rows = Finding.objects.filter(
        audit=audit, grade__in=BLOCKING_GRADES, state__in=OPEN, issued_at__isnull=False
    )
    return set(rows.values_list("indicator__code", flat=True))


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
    """Open criticals, open majors, and criteria on which too many minors are open."""
    open_ones = list(
        Finding.objects.filter(audit=audit, state__in=OPEN, grade__in=[*BLOCKING_GRADES, Grade.MINOR])
        .select_related("indicator__criterion")
        .order_by("number")
    )
    return Blockers(
        critical=[one for one in open_ones if one.grade == Grade.CRITICAL],
        major=[one for one in open_ones if one.grade == Grade.MAJOR],
        escalated=rules.escalated_criteria(
            one.indicator.criterion.code for one in open_ones if one.grade == Grade.MINOR and one.issued_at
        ),
    )


def file_of(user: User, finding_id: UUID, file_id: UUID) -> ActionFile | None:
    """A file of evidence, for those who may see its finding."""
    return (
        ActionFile.objects.filter(
            pk=file_id, action__finding_id=finding_id, action__finding__in=findings_visible_to(user)
        )
        .select_related("file")
        .first()
    )


def move_for(finding: Finding, user: User) -> Move:
    """Whose move a finding is, by when, and what happens then."""
    if finding.state in AGENCY_TURN:
        return _agency_move(finding, user)
    if finding.state == FindingState.CLOSED:
        return Move(who=_("Closed"), what=_("Nothing is left to do on this finding."), done=True)
    if finding.state == FindingState.WITHDRAWN:
        return Move(
            who=_("Withdrawn"), what=_("The auditors took this finding back; it has no effect."), done=True
        )
    return _auditor_move(finding, user)


def _agency_move(finding: Finding, user: User) -> Move:
    words: dict[str, tuple[Text, Text]] = {
        FindingState.ISSUED: (
            _("answer with root cause and plan"),
            _("The auditor reads the answer and agrees to the plan or sends it back with a reason."),
        ),
        FindingState.RETURNED: (
            _("answer what the auditor sent back"),
            _(
                "The auditor’s reason stands below. Send a new answer, or better evidence for the agreed plan."
            ),
        ),
        FindingState.ACTION_AGREED: (
            _("carry out the plan and send evidence"),
            _("The auditor verifies the evidence and closes the finding or sends it back with a reason."),
        ),
    }
    act, then = words[finding.state]
    yours = finding.audit.is_answered_by(user)
    who = _("Your move: %s") if yours else _("Waiting for the agency: %s")
    return Move(who=who % act, what=then, yours=yours, due=finding.due)


def _auditor_move(finding: Finding, user: User) -> Move:
    words: dict[str, tuple[Text, Text]] = {
        FindingState.DRAFT: (
            _("issue the finding"),
            _("Until then the agency does not see it. Its clocks start on the day it is issued."),
        ),
        FindingState.ANSWERED: (
            _("read the plan"),
            _("Agree to it, or send it back with a reason. The agency hears by e-mail."),
        ),
        FindingState.EVIDENCE_SENT: (
            _("verify the evidence"),
            _("Close the finding, or send the evidence back with a reason. The agency hears by e-mail."),
        ),
    }
    act, then = words[finding.state]
    yours = finding.audit.is_worked_by(user)
    if yours:
        return Move(who=_("Your move: %s") % act, what=then, yours=True)
    firm = finding.audit.firm.organisation.name
    return Move(
        who=_("Waiting for the auditors of %(firm)s: %(act)s") % {"firm": firm, "act": act},
        what=_("Nothing to do for you now. You hear by e-mail when it is your move."),
    )


def todos_for(user: User) -> list[Todo]:
    """What this person can do now about findings."""
    live = Q(audit__state__in=LIVE)
    if user.is_kind("agency") and user.has_role("signatory", "manager"):
        rows = with_context(findings_visible_to(user).filter(live, state__in=AGENCY_TURN))[:20]
    elif user.is_kind("audit_firm"):
        turn = [FindingState.ANSWERED, FindingState.EVIDENCE_SENT]
        rows = with_context(
            findings_visible_to(user).filter(live, state__in=turn, audit__team__auditor__person=user)
        )
        rows = rows.distinct()[:20]
    else:
        return []
    todos = []
    for finding in rows:
        who = str(move_for(finding, user).who).partition(": ")[2].capitalize()
        todos.append(
            Todo(
                title=_("%(act)s: finding %(number)s") % {"act": who, "number": finding.number},
                url=reverse("findings:finding", args=[finding.pk]),
                what=f"{finding.get_grade_display()}: {finding.title}, {finding.audit.agency.legal_name}",
                due=finding.due,
                icon=finding.icon,
            )
        )
    return todos


def late_count(findings: Iterable[Finding]) -> int:
    """How many are overdue today."""
    today = clocks.today()
    return sum(1 for one in findings if one.due is not None and one.due < today)
