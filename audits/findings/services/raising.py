"""Drafting, issuing and regrading findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.states import FIELDWORK, AuditState
from audits.fieldwork.models import Evidence
from audits.fieldwork.selectors import evidence_of
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import events
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from .. import rules, selectors
from ..models import Finding
from ..permissions import may_judge
from ..states import FindingState, Grade
from .carrying import carry_open_minors
from .following import follow, held, refresh_minors
from .telling import tell_agency

WORK_STATES = (*FIELDWORK, AuditState.DRAFT_REPORT, AuditState.DISPUTED)


@dataclass(frozen=True)
class FindingText:
    """What the auditor writes."""

    grade: str
    title: str
    statement: str
    evidence: str
    grade_reason: str = ""  # why a lower grade than the data asks for


@transaction.atomic
def raise_finding(
    *,
    audit_id: UUID,
    indicator_id: UUID,
    actor: User,
    text: FindingText,
    evidence_ids: Sequence[UUID] = (),
) -> Finding:
    """Draft a finding on an indicator. The agency reads it once it is issued."""
    audit = lock(Audit, audit_id)
    _require_work(audit, actor)
    indicator = Indicator.objects.filter(
        pk=indicator_id, criterion__principle__edition_id=audit.assessment.edition_id
    ).first()
    if indicator is None:
        raise BadInput(
            _(
                "A finding is tied to an indicator of the edition that is audited. "
                "Open the indicator on the desk and raise it there."
            )
        )
    items = _evidence(audit, evidence_ids)
    _check_text(text, items)
    _check_floor(text, indicator)
    _refuse_names(audit, text)
    last = Finding.objects.filter(audit=audit).aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        audit=audit,
        indicator=indicator,
        number=last + 1,
        grade=text.grade,
        grade_reason=_reason_below(text.grade, indicator, text.grade_reason),
        on_site=rules.seen_on_site_only(text.grade),
        repeats=_repeated(audit, indicator, text.grade),
        title=text.title.strip(),
        statement=text.statement.strip(),
        evidence=text.evidence.strip(),
        raised_by=actor,
    )
    finding.evidence_items.set(items)
    events.record(
        finding,
        act="raise",
        actor=actor,
        reason=finding.grade_reason,
        data={"grade": text.grade, "indicator": indicator.code},
    )
    return finding


@transaction.atomic
def edit_finding(
    *, finding_id: UUID, actor: User, text: FindingText, evidence_ids: Sequence[UUID] | None = None
) -> Finding:
    """Change a draft; the evidence it rests on stays unless other rows are named."""
    finding = lock(Finding, finding_id)
    _require_work(finding.audit, actor)
    if finding.state != FindingState.DRAFT:
        raise TransitionRefused(
            _("An issued finding is not rewritten: change its grade with a reason, or withdraw it.")
        )
    ids = list(finding.evidence_items.values_list("pk", flat=True)) if evidence_ids is None else evidence_ids
    items = _evidence(finding.audit, ids)
    _check_text(text, items)
    _check_floor(text, finding.indicator)
    _refuse_names(finding.audit, text)
    finding.grade = text.grade
    finding.grade_reason = _reason_below(text.grade, finding.indicator, text.grade_reason)
    finding.on_site = rules.seen_on_site_only(text.grade)
    finding.repeats = _repeated(finding.audit, finding.indicator, text.grade)
    finding.title = text.title.strip()
    finding.statement = text.statement.strip()
    finding.evidence = text.evidence.strip()
    finding.save()
    events.record(finding, act="edit", actor=actor, reason=finding.grade_reason, data={"grade": text.grade})
    return finding


@transaction.atomic
def issue_finding(*, finding_id: UUID, actor: User) -> Finding:
    """Hand a finding to the agency; what needs no answer is noted and closed at once.

    Raises TransitionRefused where the rules ask for a higher grade (a repeated minor, what fails without a reason).
    """
    finding = held(finding_id)
    _issue(finding, actor)
    tell_agency(finding, "audits/finding_issued")
    refresh_minors(finding.audit)
    return finding


@transaction.atomic
def issue_all(*, audit_id: UUID, actor: User) -> int:
    """Hand every drafted finding of an audit to the agency, and with them the minors still open from the last audit.

    Returns how many.
    """
    audit = lock(Audit, audit_id)
    _require_work(audit, actor)
    carry_open_minors(audit_id=audit_id, actor=actor)
    drafts = list(
        Finding.objects.select_for_update(of=("self",))
        .filter(audit=audit, state=FindingState.DRAFT)
        .select_related("indicator__criterion__principle__edition")
        .order_by("number")
    )
    for finding in drafts:
        _issue(finding, actor)
    for finding in drafts:
        tell_agency(finding, "audits/finding_issued")
    refresh_minors(audit)
    return len(drafts)


def _issue(finding: Finding, actor: User) -> None:
    if finding.audit.is_hidden:
        raise TransitionRefused(
            _("The agency does not know of this audit yet: issue findings from its first day on site.")
        )
    if finding.state == FindingState.DRAFT and may_judge(finding, actor):
        _refuse_too_low(finding)
    act(finding.issue, actor=actor, data={"grade": finding.grade})
    if not rules.needs_answer(finding.grade):
        act(finding.note, actor=actor)


def _refuse_too_low(finding: Finding) -> None:
    """The rules of grading, asked once more on the day of issue."""
    number = {"number": finding.number}
    if finding.grade == Grade.MINOR:
        earlier = selectors.repeat_of(finding.audit, finding.indicator)
        if earlier is not None:
            raise TransitionRefused(
                code="repeated_minor",
                missing=[
                    _(
                        "Finding %(number)s repeats minor %(earlier)s of audit %(audit)s on indicator %(code)s: "
                        "a repeated minor is at least a major. Change its grade, or withdraw it."
                    )
                    % {
                        **number,
                        "earlier": earlier.number,
                        "audit": earlier.audit.number,
                        "code": finding.indicator.code,
                    }
                ],
            )
    floor = selectors.floor_of(finding.indicator)
    if floor is not None and rules.is_below(finding.grade, floor.grade) and not finding.grade_reason:
        raise TransitionRefused(
            code="grade_below_data",
            missing=[
                _(
                    "Finding %(number)s: what fails on indicator %(code)s is %(grade)s. Give the reason for less."
                )
                % {
                    **number,
                    "code": finding.indicator.code,
                    "grade": str(floor.grade.label).lower(),
                }
            ],
        )


@transaction.atomic
def regrade_finding(*, finding_id: UUID, actor: User, grade: str, reason: str) -> Finding:
    """Change the grade of an issued finding with a reason; its clocks are counted anew from the day of issue."""
    finding = held(finding_id)
    _require_work(finding.audit, actor)
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why the grade changes; the agency reads it.")]})
    if finding.issued_at is None or not finding.is_open:
        raise TransitionRefused(_("Only an issued finding that is still open changes its grade."))
    if not rules.needs_answer(grade) or grade == finding.grade:
        raise BadInput(fields={"grade": [_("Choose another grade: critical, major or minor.")]})
    if grade == Grade.MINOR and finding.repeats is not None:
        raise BadInput(
            fields={"grade": [_("A repeated minor stays at least a major. Choose another grade.")]},
        )
    engagements.refuse_texts(finding.audit, {"reason": reason})
    before = finding.grade
    finding.grade = grade
    finding.grade_reason = _reason_below(grade, finding.indicator, reason)
    finding.on_site = rules.seen_on_site_only(grade) or (
        finding.on_site and not rules.seen_on_site_only(before)
    )
    finding.start_clocks(finding.issued_at.date())
    finding.save()
    events.record(finding, act="regrade", actor=actor, reason=reason, data={"from": before, "to": grade})
    tell_agency(finding, "audits/finding_regraded", reason=reason.strip(), before=str(Grade(before).label))
    refresh_minors(finding.audit)
    follow(finding)
    return finding


def _require_work(audit: Audit, actor: User) -> None:
    if not audit.is_worked_by(actor):
        raise NotPermitted
    if audit.state not in WORK_STATES:
        raise TransitionRefused(
            _("Findings are written from the start of stage 1 until the final report is sent.")
        )


def _refuse_names(audit: Audit, text: FindingText) -> None:
    texts = {"title": text.title, "statement": text.statement, "evidence": text.evidence}
    engagements.refuse_texts(audit, texts)


def _evidence(audit: Audit, ids: Sequence[UUID]) -> list[Evidence]:
    """The rows named, each of this audit."""
    items = list(evidence_of(audit).filter(pk__in=ids))
    if len(items) != len(set(ids)):
        raise BadInput(
            fields={"evidence_items": [_("Choose evidence of this audit that was not withdrawn.")]},
        )
    return items


def _check_text(text: FindingText, items: Sequence[Evidence]) -> None:
    problems: dict[str, list[str]] = {}
    if text.grade not in Grade.values:
        problems["grade"] = [_("Choose a grade.")]
    if not text.title.strip():
        problems["title"] = [_("Give it a short title that says what is wrong, or good.")]
    elif len(text.title.strip()) > 200:
        problems["title"] = [_("Keep the title under 200 characters; the statement holds the rest.")]
    if not text.statement.strip():
        problems["statement"] = [_("State what was found against the indicator.")]
    if not text.evidence.strip() and not items:
        problems["evidence"] = [
            _(
                "Say what the statement rests on: documents, observations, counts of interviews; "
                "or choose evidence of this audit."
            )
        ]
    if problems:
        raise BadInput(fields=problems)


def _check_floor(text: FindingText, indicator: Indicator) -> None:
    floor = selectors.floor_of(indicator)
    if floor is None or not rules.is_below(text.grade, floor.grade) or text.grade_reason.strip():
        return
    raise BadInput(
        fields={
            "grade_reason": [
                _(
                    "What fails on indicator %(code)s is at least %(grade)s (%(why)s). "
                    "Choose that grade, or say why a lower one is right; both sides read it."
                )
                % {
                    "code": indicator.code,
                    "grade": str(floor.grade.label).lower(),
                    "why": floor.why[:1].lower() + floor.why[1:],
                }
            ]
        }
    )


def _reason_below(grade: str, indicator: Indicator, reason: str) -> str:
    """The reason, kept only where the grade is lower than the data asks for."""
    floor = selectors.floor_of(indicator)
    below = floor is not None and rules.is_below(grade, floor.grade)
    return reason.strip() if below else ""


def _repeated(audit: Audit, indicator: Indicator, grade: str) -> Finding | None:
    return selectors.repeat_of(audit, indicator) if rules.needs_answer(grade) else None
