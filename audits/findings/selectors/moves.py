"""Whose move a finding is, by when and what happens then; what waits for whom."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.decisions.selectors import agencies_barred_for
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core.errors import Text
from iris.core.moves import Move, Todo

from ..models import Finding
from ..states import AGENCY_TURN, Clock, ContainmentState, FindingState
from .findings import findings_visible_to, followed, with_context, with_day
from .time import open_extensions

MOST = 20


def move_for(finding: Finding, user: User) -> Move:
    """Whose move a finding is, by when, and what happens then."""
    if finding.state == FindingState.CLOSED:
        return Move(who=_("Closed"), what=_("Nothing is left to do on this finding."), done=True)
    if finding.state == FindingState.WITHDRAWN:
        return Move(
            who=_("Withdrawn"), what=_("The auditors took this finding back; it has no effect."), done=True
        )
    if finding.carried_to is not None:
        return _carried(finding.carried_to)
    if Clock.CONTAINMENT in finding.running:
        return _contain_move(finding, user)
    if finding.state in AGENCY_TURN:
        return _agency_move(finding, user)
    return _auditor_move(finding, user)


def _carried(later: Finding) -> Move:
    return Move(
        who=_("Goes on as finding %(number)s of audit %(audit)s")
        % {"number": later.number, "audit": later.audit.number},
        what=_("It was still open at the next audit and became a major there. Both are closed together."),
        act_label=_("Open that finding"),
        act_url=reverse("findings:finding", args=[later.pk]),
    )


def _contain_move(finding: Finding, user: User) -> Move:
    yours = finding.audit.is_answered_by(user)
    returned = finding.current_containment is not None
    act = _("stop the harm better and say how") if returned else _("stop the harm and say how")
    then = _(
        "The auditor accepts what you did at once, or sends it back with a reason. "
        "Past its day the scheme is told. The plan is answered apart."
    )
    return Move(
        who=(_("Your move: %s") if yours else _("Waiting for the agency: %s")) % act,
        what=then,
        yours=yours,
        due=finding.contain_due,
        act_label=_("Say how the harm was stopped") if yours else "",
        act_url=reverse("findings:act", args=[finding.pk, "contain"]) if yours else "",
    )


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
    act, then = _auditor_words(finding)
    if finding.audit.is_worked_by(user):
        return Move(who=_("Your move: %s") % act, what=then, yours=True)
    firm = finding.audit.firm.organisation.name
    return Move(
        who=_("Waiting for the auditors of %(firm)s: %(act)s") % {"firm": firm, "act": act},
        what=_("Nothing to do for you now. You hear by e-mail when it is your move."),
    )


def _auditor_words(finding: Finding) -> tuple[Text, Text]:
    seen = _("This one is seen on site before it is closed.") if finding.on_site else ""
    verify = _("Close the finding, or send the evidence back with a reason. The agency hears by e-mail.")
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
            f"{verify} {seen}".strip(),
        ),
    }
    return words[finding.state]


def todos_for(user: User) -> list[Todo]:
    """What this person can do now about findings."""
    if user.is_kind("agency") and user.has_role(Role.SIGNATORY, Role.MANAGER):
        rows = with_day(with_context(followed(findings_visible_to(user)))).filter(day__isnull=False)
        return [_todo(one, user) for one in rows.order_by("day")[:MOST]]
    if user.is_kind("audit_firm"):
        return [*_judging(user), *_containments(user)]
    if user.is_kind("scheme") and user.has_role(Role.DECIDER):
        return _extensions(user)
    return []


def _todo(finding: Finding, user: User) -> Todo:
    who = str(move_for(finding, user).who).partition(": ")[2].capitalize()
    return Todo(
        title=_("%(act)s: finding %(number)s") % {"act": who, "number": finding.number},
        url=reverse("findings:finding", args=[finding.pk]),
        what=f"{finding.get_grade_display()}: {finding.title}, {finding.audit.agency.legal_name}",
        due=finding.due,
        icon=finding.icon,
    )


def _judging(user: User) -> list[Todo]:
    turn = [FindingState.ANSWERED, FindingState.EVIDENCE_SENT]
    rows = followed(findings_visible_to(user)).filter(
        state__in=turn, carried_to=None, audit__team__auditor__person=user
    )
    found = []
    for finding in with_context(rows).distinct()[:MOST]:
        act, _then = _auditor_words(finding)
        found.append(
            Todo(
                title=_("%(act)s: finding %(number)s")
                % {"act": str(act).capitalize(), "number": finding.number},
                url=reverse("findings:finding", args=[finding.pk]),
                what=f"{finding.get_grade_display()}: {finding.title}, {finding.audit.agency.legal_name}",
                icon=finding.icon,
            )
        )
    return found


def _containments(user: User) -> list[Todo]:
    rows = followed(findings_visible_to(user)).filter(
        containments__state=ContainmentState.RECORDED, audit__team__auditor__person=user
    )
    return [
        Todo(
            title=_("Read what was done at once: finding %s") % finding.number,
            url=reverse("findings:finding", args=[finding.pk]),
            what=f"{finding.title}, {finding.audit.agency.legal_name}",
            icon="shield-half",
        )
        for finding in with_context(rows).distinct()[:MOST]
    ]


def _extensions(user: User) -> list[Todo]:
    rows = list(open_extensions()[: MOST * 2])
    tied = agencies_barred_for([one.agency for one in rows], user)
    return [
        Todo(
            title=_("Answer the wish for more time: finding %(number)s of %(agency)s")
            % {"number": one.finding.number, "agency": one.agency.legal_name},
            url=reverse("findings:extension", args=[one.finding_id, one.pk]),
            what=one.get_clock_display(),
            due=one.due_before,
            icon="clock-plus",
        )
        for one in rows
        if one.agency.pk not in tied
    ][:MOST]
