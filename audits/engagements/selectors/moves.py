"""Whose move an audit is until its report is drafted, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core.errors import Text
from iris.core.moves import Move, Todo

from ..models import Audit
from ..states import LIVE, AuditState, Readiness
from .audits import audits_visible_to, corridor_words, due_for, with_context
from .ordered import order_todos

S = AuditState


def move_for(audit: Audit, user: User) -> Move:
    """Whose move an audit is until its report is drafted."""
    makers = {
        S.PROPOSED: _to_offer,
        S.OFFERED: _offered,
        S.DECLINED: _declined,
        S.ACCEPTED: _to_plan,
        S.PLANNED: _to_stage1,
        S.STAGE1: _in_stage1,
        S.STAGE1_CLOSED: _to_stage2,
        S.STAGE2: _in_stage2,
        S.CANCELLED: _cancelled,
    }
    maker = makers.get(AuditState(audit.state))
    if maker is None:
        return Move(who=_("The report is being settled"), what=_("Its page says whose move it is."))
    return maker(audit, user)


def _auditor_move(audit: Audit, user: User, act: Text, then: Text, label: Text, url_name: str) -> Move:
    if audit.is_led_by(user):
        return Move(
            who=_("Your move: %s") % act,
            what=then,
            yours=True,
            due=audit.due,
            act_label=label,
            act_url=reverse(url_name, args=[audit.pk]),
        )
    return Move(
        who=_("Waiting for %(firm)s: %(act)s") % {"firm": audit.firm.organisation.name, "act": act},
        what=_("Nothing to do for you now. You hear by e-mail when it is your move."),
        due=due_for(audit, user),
    )


def _to_offer(audit: Audit, user: User) -> Move:
    return Move(who=_("Waiting for the scheme: offer the audit"), what=_("The lead auditor is proposed."))


def _offered(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("accept or decline the audit"),
        _("Accepting needs your declaration that you have no conflict. The agency then hears who audits it."),
        _("Answer the offer"),
        "engagements:offer",
    )


def _declined(audit: Audit, user: User) -> Move:
    return Move(
        who=_("Declined: the scheme chooses another auditor"),
        what=_("Reason given: %s") % audit.declined_reason,
        done=True,
    )


def _to_plan(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("plan the audit"),
        _("The agency gets the plan by e-mail, at least the notice time before an announced visit."),
        _("Write the plan"),
        "engagements:plan",
    )


def _to_stage1(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("start stage 1, the desk review"),
        _("Answers and evidence stand side by side; every indicator gets a rating."),
        _("Open stage 1"),
        "engagements:stage1",
    )


def _in_stage1(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("rate every indicator and close stage 1"),
        _("Closing says whether the agency is ready for stage 2. The agency hears the conclusion by e-mail."),
        _("Go on with stage 1"),
        "engagements:stage1",
    )


def _to_stage2(audit: Audit, user: User) -> Move:
    if audit.readiness == Readiness.NOT_READY:
        if audit.concerns_agency(user):
            return Move(
                who=_("Your move: put right what stage 1 found"),
                what=_(
                    "The auditor wrote what is missing. Tell the lead auditor when it is done: "
                    "stage 1 is then taken up again."
                ),
                yours=True,
            )
        return _auditor_move(
            audit,
            user,
            _("take stage 1 up again when the agency is ready"),
            _("Stage 2 cannot start before stage 1 finds the agency ready."),
            _("Open stage 1"),
            "engagements:stage1",
        )
    return _auditor_move(
        audit,
        user,
        _("start stage 2, interviews and visits"),
        _("It can start on the first planned day."),
        _("Open stage 2"),
        "engagements:stage2",
    )


def _in_stage2(audit: Audit, user: User) -> Move:
    return _auditor_move(
        audit,
        user,
        _("finish stage 2 and draft the report"),
        _("The agency reads the draft and may dispute a finding before it is final."),
        _("Go on with stage 2"),
        "engagements:stage2",
    )


def _cancelled(audit: Audit, user: User) -> Move:
    return Move(who=_("Cancelled"), what=_("Reason given: %s") % audit.cancelled_reason, done=True)


def todos_for(user: User) -> list[Todo]:
    """What this person can do now about audits, until the report is drafted."""
    if not user.is_kind("audit_firm"):
        return order_todos(user)
    states = [S.OFFERED, S.ACCEPTED, S.PLANNED, S.STAGE1, S.STAGE1_CLOSED, S.STAGE2]
    audits = with_context(audits_visible_to(user).filter(state__in=states, lead__person=user))
    return [*_lead_todos(audits, user), *_declaration_todos(user)]


def _lead_todos(audits: Iterable[Audit], user: User) -> list[Todo]:
    todos = []
    for audit in audits:
        move = move_for(audit, user)
        todos.append(
            Todo(
                title=_("%(act)s: %(agency)s")
                % {"act": str(move.who).partition(": ")[2].capitalize(), "agency": audit.agency.legal_name},
                url=str(move.act_url),
                what=f"{audit.number}, {corridor_words(audit)}",
                due=audit.due,
                icon="clipboard-check",
            )
        )
    return todos


def _declaration_todos(user: User) -> list[Todo]:
    audits = audits_visible_to(user).filter(state__in=LIVE, team__auditor__person=user)
    audits = audits.exclude(declarations__auditor__person=user).exclude(state=S.OFFERED)
    return [
        Todo(
            title=_("Declare that you have no conflict: %s") % audit.agency.legal_name,
            url=reverse("engagements:declare", args=[audit.pk]),
            what=audit.number,
            icon="shield-check",
        )
        for audit in with_context(audits)
    ]
