"""The report of an audit, whose move it is, and what stands against a recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit
from audits.engagements.states import CASE_KINDS, AuditState
from audits.findings import selectors as findings
from audits.findings.models import Finding
from audits.findings.states import AGENCY_TURN, AUDITOR_TURN, OPEN, FindingState
from certification.applications.models import Application
from certification.applications.selectors import Panel, Progress
from iris.accounts.models import User
from iris.core import clocks
from iris.core.days import in_words
from iris.core.moves import Move, Todo

from ..models import Report
from ..states import AgencyAnswer

S = AuditState


def reports_visible_to(user: User) -> QuerySet[Report]:
    """The reports of the audits a person may see; drafts are there for the agency as soon as they are sent."""
    return Report.objects.filter(audit__in=engagements.audits_visible_to(user)).select_related(
        "audit", "sent_by"
    )


def report_of(audit: Audit) -> Report | None:
    """The report, if it was begun."""
    return Report.objects.filter(audit=audit).select_related("sent_by").first()


def unanswered_disputes(audit: Audit) -> QuerySet[Finding]:
    """Findings the agency disputes and the auditors have not answered."""
    return Finding.objects.filter(
        audit=audit, disagreed_at__isnull=False, disagreement_answer="", state__in=OPEN
    ).order_by("number")


def missing_for_final(audit: Audit, report: Report | None) -> list[str]:
    """What is left before the final report can be sent at all."""
    missing = []
    if report is None:
        return [_("The draft report has not been sent to the agency.")]
    if report.agency_answer != AgencyAnswer.AGREED and report.answer_due >= clocks.today():
        missing.append(
            _("The agency has until %s to say whether the facts are right.") % in_words(report.answer_due)
        )
    disputed = unanswered_disputes(audit).count()
    if disputed:
        missing.append(
            ngettext("%d dispute is not answered.", "%d disputes are not answered.", disputed) % disputed
        )
    drafts = Finding.objects.filter(audit=audit, state=FindingState.DRAFT).count()
    if drafts:
        missing.append(
            ngettext("%d finding is still a draft.", "%d findings are still drafts.", drafts) % drafts
        )
    return missing


def missing_for_grant(audit: Audit) -> list[str]:
    """What stands against recommending a grant: open criticals and majors, or a stage 2 too long ago."""
    missing = findings.blockers(audit).sentences
    last_day = repeat_after(audit)
    if last_day is not None and clocks.today() > last_day:
        missing.append(
            _("Stage 2 ended more than %(months)s months ago: it has to be done again before a grant.")
            % {"months": clocks.number("stage2_repeat_months")}
        )
    return missing


def repeat_after(audit: Audit) -> date | None:
    """The last day on which corrections can be verified without another stage 2."""
    if audit.stage2_ended_on is None:
        return None
    return clocks.add_months(audit.stage2_ended_on, clocks.number("stage2_repeat_months"))


def move_for(audit: Audit, user: User) -> Move:
    """Whose move the audit is, from its offer to the recommendation."""
    makers = {S.DRAFT_REPORT: _in_draft, S.DISPUTED: _disputed, S.REPORTED: _reported}
    maker = makers.get(AuditState(audit.state))
    return maker(audit, user) if maker else engagements.move_for(audit, user)


def _in_draft(audit: Audit, user: User) -> Move:
    report = report_of(audit)
    if report is not None and not report.agency_answer and report.answer_due >= clocks.today():
        return _agency_reads(audit, report, user)
    open_ones = list(findings.with_context(Finding.objects.filter(audit=audit, state__in=OPEN)))
    waiting = [one for one in open_ones if one.state in AGENCY_TURN and one.plan_due]
    to_read = [one for one in open_ones if one.state in AUDITOR_TURN]
    if waiting and not to_read:
        return _agency_corrects(audit, user, waiting)
    return _auditor_concludes(audit, user, to_read)


def _agency_reads(audit: Audit, report: Report, user: User) -> Move:
    yours = audit.is_answered_by(user)
    return Move(
        who=_("Your move: read the draft report")
        if yours
        else _("Waiting for the agency: read the draft report"),
        what=_(
            "Say that the facts are right, or dispute a finding with a reason. The auditor hears by e-mail."
        ),
        yours=yours,
        due=report.answer_due,
        act_label=_("Open the draft report") if yours else "",
        act_url=reverse("reports:report", args=[audit.pk]) if yours else "",
    )


def _agency_corrects(audit: Audit, user: User, waiting: list[Finding]) -> Move:
    count = len(waiting)
    due = min((one.due for one in waiting if one.due), default=None)
    yours = audit.is_answered_by(user)
    act = ngettext("answer and correct %d finding", "answer and correct %d findings", count) % count
    lead = audit.is_led_by(user)
    return Move(
        who=(_("Your move: %s") if yours else _("Waiting for the agency: %s")) % act,
        what=_("Each finding says what is asked and until when. A grant needs no open critical or major."),
        yours=yours,
        due=due,
        act_label=_("Open the findings") if yours else _("Send the report as it stands") if lead else "",
        act_url=reverse("findings:list")
        if yours
        else reverse("reports:conclude", args=[audit.pk])
        if lead
        else "",
    )


def _auditor_concludes(audit: Audit, user: User, to_read: list[Finding]) -> Move:
    count = len(to_read)
    act = (
        ngettext("look at %d finding", "look at %d findings", count) % count
        if count
        else _("send the final report and the recommendation")
    )
    if audit.is_led_by(user):
        return Move(
            who=_("Your move: %s") % act,
            what=_(
                "The recommendation goes to the scheme, which decides. The agency reads the final report."
            ),
            yours=True,
            due=audit.report_due,
            act_label=_("Open the findings") if count else _("Conclude the audit"),
            act_url=reverse("reports:audit", args=[audit.pk]) + "#findings"
            if count
            else reverse("reports:conclude", args=[audit.pk]),
        )
    return Move(
        who=_("Waiting for %(firm)s: %(act)s") % {"firm": audit.firm.organisation.name, "act": act},
        what=_("Nothing to do for you now. You hear by e-mail when it is your move."),
        due=audit.report_due,
    )


def _disputed(audit: Audit, user: User) -> Move:
    if audit.is_led_by(user):
        return Move(
            who=_("Your move: answer the dispute"),
            what=_(
                "Answer each disputed finding: it stands, it changes or it is withdrawn. Both sides stay on record."
            ),
            yours=True,
            act_label=_("Answer the dispute"),
            act_url=reverse("reports:disputes", args=[audit.pk]),
        )
    return Move(
        who=_("Waiting for %s: answer the dispute") % audit.firm.organisation.name,
        what=_("Nothing to do for you now. You hear by e-mail when the draft comes again."),
    )


def _reported(audit: Audit, user: User) -> Move:
    if not audit.is_for_case:
        return Move(
            who=_("The audit is done"),
            what=_("The final report is sent. The scheme reads what it recommends."),
            done=True,
        )
    return Move(
        who=_("The audit is done: the scheme decides"),
        what=_("The final report is sent. Someone who had no part in the audit decides."),
        done=True,
    )


def todos_for(user: User) -> list[Todo]:
    """What this person can do now about draft reports and disputes."""
    audits = engagements.with_context(engagements.audits_visible_to(user))
    if user.is_kind("agency") and user.has_role("signatory", "manager"):
        open_reports = Q(final_report__agency_answer="", final_report__answer_due__gte=clocks.today())
        return [_todo(one, user) for one in audits.filter(open_reports, state=S.DRAFT_REPORT)]
    if user.is_kind("audit_firm"):
        mine = audits.filter(state__in=[S.DRAFT_REPORT, S.DISPUTED], lead__person=user)
        return [todo for one in mine if not (todo := _todo(one, user)).waiting]
    return []


def _todo(audit: Audit, user: User) -> Todo:
    move = move_for(audit, user)
    return Todo(
        title=_("%(act)s: %(agency)s")
        % {"act": str(move.who).partition(": ")[2].capitalize(), "agency": audit.agency.legal_name},
        url=str(move.act_url) or reverse("reports:audit", args=[audit.pk]),
        what=audit.number,
        due=move.due,
        icon="file-text",
        waiting=not move.yours,
    )


def team_ids(audit: Audit) -> list[UUID]:
    """Everyone who took part and therefore may not decide: the team, note takers, writers of findings."""
    people: set[UUID] = set(audit.team.values_list("auditor__person_id", flat=True))
    people |= set(audit.declarations.filter(clear=True).values_list("auditor__person_id", flat=True))
    people |= set(audit.notes.values_list("author_id", flat=True))
    people |= set(Finding.objects.filter(audit=audit).values_list("raised_by_id", flat=True))
    return sorted(people)


def for_readers(rows: Iterable[Finding], user: User) -> list[Finding]:
    """Findings as the report lists them: issued, not withdrawn, gravest first."""
    return findings.in_order(one for one in rows if one.is_issued and one.state != FindingState.WITHDRAWN)


def case_panel(application: Application, user: User) -> Panel | None:
    """The audit on the case page: findings and where it stands."""
    audit = _visible_audit(application, user)
    if audit is None:
        return None
    rows = findings.in_order(findings.findings_of(audit, user))
    audience = "agency" if user.is_kind("agency") else "auditor"
    return Panel("audits/reports/_case_panel.html", {"audit": audit, "findings": rows, "audience": audience})


def _visible_audit(application: Application, user: User) -> Audit | None:
    audits = engagements.with_context(engagements.audits_visible_to(user))
    audits = audits.filter(application=application, kind__in=CASE_KINDS)
    return audits.exclude(state__in=[S.DECLINED, S.CANCELLED]).first()


def case_move(application: Application, user: User) -> Move | None:
    """Whose move a case is from its acceptance to the recommendation."""
    audit = engagements.live_audit_of(application.pk)
    manager = user.is_kind("scheme") and user.has_role("scheme_manager")
    if audit is None:
        return _to_assign(application) if manager else None
    if user.is_kind("agency") and audit.accepted_at is None:
        return None
    return move_for(audit, user)


def _to_assign(application: Application) -> Move:
    return Move(
        who=_("Your move: assign an audit firm and a lead auditor"),
        what=_(
            "Only those who know corridor, sector and language and have no tie with the agency can be chosen."
        ),
        yours=True,
        act_label=_("Assign an audit"),
        act_url=reverse("engagements:assign", args=[application.pk]),
    )


def cases_with_an_offer() -> QuerySet[Audit, Any]:
    """Applications for which a lead auditor was asked and has not declined."""
    asked = Audit.objects.filter(kind__in=CASE_KINDS).exclude(state__in=[S.DECLINED, S.CANCELLED])
    return asked.values("application_id")


def case_progress(application: Application) -> Progress | None:
    """How far the audit of a case is, for its steps."""
    audit = engagements.live_audit_of(application.pk)
    if audit is None:
        return None
    closed = audit.reported_at.date() if audit.reported_at and not findings.blockers(audit).any else None
    return Progress(
        stage1_on=audit.stage1_closed_at.date() if audit.stage1_closed_at else None,
        stage2_on=audit.stage2_ended_on,
        findings_closed_on=closed,
    )
