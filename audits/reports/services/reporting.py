"""The draft, the agency's answer, disputes, and the final report with its recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from audits.findings import services as findings
from audits.findings.models import Finding
from certification.decisions import services as decisions
from certification.decisions.states import BarKind
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

from .. import selectors
from ..models import Report
from ..states import OUTCOMES, AgencyAnswer, Outcome, VersionKind
from .handing import hand_over
from .texts import ReportText, check_text, no_name_in
from .versions import keep_version


def _report_url(audit: Audit) -> str:
    return reverse("reports:report", args=[audit.pk])


@transaction.atomic
def send_draft(*, audit_id: UUID, actor: User, text: ReportText, ended_on: date) -> Report:
    """Send the draft report; every drafted finding is issued with it.

    Raises BadInput, TransitionRefused (ratings or interview counts missing), NotPermitted, Conflict.
    """
    audit = lock(Audit, audit_id)
    if audit.is_led_by(actor) and audit.state == AuditState.STAGE2:
        check_text(audit, text)
        _check_last_day(audit, ended_on)
        findings.issue_all(audit_id=audit.pk, actor=actor)
    act(audit.send_draft, actor=actor, ended_on=ended_on)
    report = Report.objects.create(
        audit=audit,
        summary=text.summary.strip(),
        strengths=text.strengths.strip(),
        limits=text.limits.strip(),
        draft_sent_at=clocks.now(),
        answer_due=clocks.deadline(clocks.today(), "draft_report_days"),
    )
    keep_version(audit, report, VersionKind.DRAFT, actor=actor)
    _tell_draft(audit, report)
    return report


def _tell_draft(audit: Audit, report: Report) -> None:
    engagements.tell_agency(
        audit, "audits/draft_report", url=_report_url(audit), due=in_words(report.answer_due)
    )


def _check_last_day(audit: Audit, ended_on: date) -> None:
    started = audit.stage2_started_at.date() if audit.stage2_started_at else ended_on
    if ended_on > clocks.today():
        raise BadInput(
            fields={"ended_on": [_("Stage 2 cannot have ended in the future: choose today or earlier.")]}
        )
    if ended_on < started:
        raise BadInput(
            fields={"ended_on": [_("Stage 2 started on %s: choose that day or later.") % in_words(started)]}
        )


@transaction.atomic
def agree_draft(*, audit_id: UUID, actor: User, comment: str = "") -> Report:
    """The agency says that the facts in the draft are right."""
    audit, report = _draft_to_answer(audit_id, actor)
    report.agency_answer = AgencyAnswer.AGREED
    report.agency_comment = comment.strip()
    report.agency_answered_at = clocks.now()
    report.save()
    events.record(audit, act="agree_draft", actor=actor, reason=comment)
    engagements.tell_team(audit, "audits/draft_agreed")
    return report


@transaction.atomic
def dispute_draft(*, audit_id: UUID, actor: User, disputes: Mapping[UUID, str]) -> Report:
    """The agency disputes findings, each with its reason; the auditors answer before the report is final."""
    audit, report = _draft_to_answer(audit_id, actor)
    given = {finding_id: reason for finding_id, reason in disputes.items() if reason.strip()}
    if not given:
        raise BadInput(fields={"disputes": [_("Write a reason beside each finding you dispute.")]})
    numbers = []
    for finding in Finding.objects.filter(audit=audit, pk__in=given).order_by("number"):
        findings.disagree(finding_id=finding.pk, actor=actor, reason=given[finding.pk])
        numbers.append(finding.number)
    if not numbers:
        raise BadInput(fields={"disputes": [_("Choose a finding of this audit.")]})
    act(
        audit.dispute,
        actor=actor,
        reason=_("Disputed findings: %s") % ", ".join(str(number) for number in numbers),
        data={"findings": numbers},
    )
    report.agency_answer = AgencyAnswer.DISPUTED
    report.agency_answered_at = clocks.now()
    report.save()
    return report


def _draft_to_answer(audit_id: UUID, actor: User) -> tuple[Audit, Report]:
    audit = lock(Audit, audit_id)
    if not audit.is_answered_by(actor):
        raise NotPermitted
    report = Report.objects.select_for_update(of=("self",)).filter(audit=audit).first()
    if report is None or audit.state != AuditState.DRAFT_REPORT:
        raise TransitionRefused(_("There is no draft report to answer now."))
    if report.agency_answer:
        raise Conflict(_("The draft was answered already: %s.") % report.get_agency_answer_display())
    return audit, report


@transaction.atomic
def revise_draft(*, audit_id: UUID, actor: User, reason: str, text: ReportText) -> Report:
    """Send the draft again after every dispute was answered."""
    audit = lock(Audit, audit_id)
    if not audit.is_led_by(actor):
        raise NotPermitted  # before the text is compared with the vault: a refusal says who was interviewed
    check_text(audit, text)
    left = selectors.unanswered_disputes(audit)
    if left.exists():
        raise TransitionRefused(
            missing=[
                _("Answer the dispute of finding %(n)s: %(t)s") % {"n": one.number, "t": one.title}
                for one in left
            ]
        )
    act(audit.revise_draft, actor=actor, reason=reason)
    report = Report.objects.select_for_update(of=("self",)).get(audit=audit)
    report.summary, report.strengths, report.limits = text.tidy()
    report.agency_answer = ""
    report.agency_answered_at = None
    report.draft_sent_at = clocks.now()
    report.answer_due = clocks.deadline(clocks.today(), "draft_report_days")
    report.save()
    keep_version(audit, report, VersionKind.REVISED, actor=actor, reason=reason)
    _tell_draft(audit, report)
    return report


@transaction.atomic
def send_final(
    *, audit_id: UUID, actor: User, outcome: str, recommendation: str, scheme_note: str = ""
) -> Report:
    """Send the final report and the recommendation; everyone who audited is barred from deciding.

    Raises TransitionRefused: code `grant_refused` with the open criticals and majors, or what else is missing.
    """
    audit = lock(Audit, audit_id)
    report = Report.objects.select_for_update(of=("self",)).filter(audit=audit).first()
    if audit.is_led_by(actor) and audit.state == AuditState.DRAFT_REPORT:
        _check_recommendation(audit, report, outcome, recommendation)
    act(audit.report, actor=actor, data={"outcome": outcome})
    assert report is not None
    report.outcome = outcome
    report.recommendation = recommendation.strip()
    report.scheme_note = scheme_note.strip()
    report.sent_at = clocks.now()
    report.sent_by = actor
    report.verified = selectors.verified_rows(audit)
    report.save()
    keep_version(audit, report, VersionKind.FINAL, actor=actor)
    _bar_everyone(audit, actor)
    hand_over(audit, report, actor)
    told = "audits/reported" if audit.is_for_case else "audits/reported_ordered"
    engagements.tell_agency(audit, told, url=_report_url(audit), advice=report.get_outcome_display())
    return report


def _check_recommendation(audit: Audit, report: Report | None, outcome: str, recommendation: str) -> None:
    problems: dict[str, list[str]] = {}
    if outcome not in OUTCOMES[audit.kind]:
        problems["outcome"] = [_("Choose what you recommend.")]
    if not recommendation.strip():
        problems["recommendation"] = [_("Say in a few sentences why.")]
    if problems:
        raise BadInput(fields=problems)
    no_name_in(audit, {"recommendation": recommendation})
    missing = selectors.missing_for_final(audit, report)
    if missing:
        raise TransitionRefused(code="report_not_ready", missing=missing)
    against = selectors.against(audit, outcome)
    if against:
        sentence = {
            Outcome.GRANT: _("A grant cannot be recommended now."),
            Outcome.KEEP: _("Keeping the certificate cannot be recommended now."),
            Outcome.CLOSED: _("Not everything is closed."),
        }
        raise TransitionRefused(sentence[Outcome(outcome)], code=f"{outcome}_refused", missing=against)


def _bar_everyone(audit: Audit, actor: User) -> None:
    for person in User.objects.filter(pk__in=selectors.team_ids(audit)):
        decisions.bar(
            agency=audit.agency,
            person=person,
            kind=BarKind.AUDITED,
            since=audit.accepted_at.date() if audit.accepted_at else clocks.today(),
            source=audit.number,
            actor=actor,
        )
