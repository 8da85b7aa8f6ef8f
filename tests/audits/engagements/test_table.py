"""Every state of an audit x act x role, against a table written by hand; and what plain SQL lets through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import TestCase

from audits.engagements import services
from audits.engagements.models import Audit
from audits.engagements.services import Refusal
from audits.engagements.states import AuditState
from audits.findings import services as findings
from audits.findings.models import Finding
from audits.reports import services as reports
from audits.reports.models import Report
from audits.reports.services import ReportText
from iris.accounts.models import User
from iris.core import clocks
from tests.audits.world import NOON
from tests.factories import accounts, agencies, audits
from tests.tables import moves_let_through, wrong_rows

STATES = [state for state in AuditState if state != AuditState.PROPOSED]
TEXT = ReportText(summary="The system works.")


def _dispute(audit: Audit, who: User) -> Any:
    first = Finding.objects.filter(audit=audit).order_by("number").first()
    return reports.dispute_draft(
        audit_id=audit.pk, actor=who, disputes={first.pk: "It is not so."} if first else {}
    )


ACTS: dict[str, Any] = {
    "accept": lambda a, who: services.accept_audit(
        audit_id=a.pk, actor=who, no_conflict=True, text="No ties."
    ),
    "decline": lambda a, who: services.decline_audit(
        audit_id=a.pk, actor=who, refusal=Refusal("No capacity.")
    ),
    "plan": lambda a, who: services.plan_audit(audit_id=a.pk, actor=who, plan=audits.plan(a)),
    "start_stage1": lambda a, who: services.start_stage1(audit_id=a.pk, actor=who),
    "close_stage1": lambda a, who: services.close_stage1(
        audit_id=a.pk, actor=who, readiness="ready", text="In order."
    ),
    "reopen_stage1": lambda a, who: services.reopen_stage1(audit_id=a.pk, actor=who, reason="Once more."),
    "start_stage2": lambda a, who: services.start_stage2(audit_id=a.pk, actor=who),
    "send_draft": lambda a, who: reports.send_draft(
        audit_id=a.pk, actor=who, text=TEXT, ended_on=clocks.today()
    ),
    "dispute": _dispute,
    "revise_draft": lambda a, who: reports.revise_draft(
        audit_id=a.pk, actor=who, reason="Answered.", text=TEXT
    ),
    "report": lambda a, who: reports.send_final(
        audit_id=a.pk, actor=who, outcome="suspend", recommendation="As the findings say."
    ),
    "cancel": lambda a, who: services.cancel_audit(audit_id=a.pk, actor=who, reason="Over."),
}

# Who does what where. `ready` things: the stage is rated, the interviews counted, the planned day has come.
ALLOWED = {
    ("offered", "accept", "lead"),
    ("offered", "decline", "lead"),
    ("offered", "decline", "firm_manager"),
    ("offered", "cancel", "scheme_manager"),
    ("accepted", "plan", "lead"),
    ("planned", "plan", "lead"),
    ("planned", "start_stage1", "lead"),
    ("stage1", "close_stage1", "lead"),
    ("stage1_closed", "reopen_stage1", "lead"),
    ("stage1_closed", "start_stage2", "lead"),
    ("stage2", "send_draft", "lead"),
    ("draft_report", "dispute", "signatory"),
    ("draft_report", "dispute", "agency_manager"),
    ("draft_report", "report", "lead"),
    ("disputed", "revise_draft", "lead"),
}

# What plain SQL may set the state to, by state. `disputed` and `draft_report` turn into each other.
MOVES = {
    "offered": {"declined", "cancelled"},
    "declined": set(),
    "accepted": {"planned", "cancelled"},
    "planned": {"stage1", "cancelled"},
    "stage1": {"stage1_closed", "cancelled"},
    "stage1_closed": {"stage1", "stage2", "cancelled"},
    "stage2": {"draft_report", "cancelled"},
    "draft_report": {"disputed", "cancelled", "reported"},
    "disputed": {"draft_report", "cancelled"},
    "reported": set(),
    "cancelled": set(),
}
# Moves whose own dates the database asks for as well, so that setting the state alone is refused.
DATED = {"declined", "cancelled", "reported", "accepted"}


class TableCase(TestCase):
    """One audit per state, made once."""

    made: dict[str, Audit]

    @classmethod
    def setUpTestData(cls) -> None:
        with clocks.freeze(NOON):
            cls.lead = audits.auditor(name="Ilse Obuya")
            cls.made = {str(state): cls._make(state) for state in STATES}
            cls.manager = audits.manager()
            cls.decider = accounts.person("scheme", "decider")
            cls.stranger = audits.auditor().person
            cls.employer = accounts.person("employer", "sourcing_manager")

    @classmethod
    def _make(cls, state: AuditState) -> Audit:
        if state in (AuditState.OFFERED, AuditState.DECLINED, AuditState.CANCELLED, AuditState.ACCEPTED):
            return audits.audit(state, lead=cls.lead)
        if state == AuditState.DISPUTED:
            made = audits.ordered(AuditState.DRAFT_REPORT, lead=cls.lead)
            disputed = audits.finding("issued", made)
            reports.dispute_draft(
                audit_id=made.pk, actor=audits.speaker(made), disputes={disputed.pk: "The record exists."}
            )
            findings.answer_disagreement(
                finding_id=disputed.pk, actor=audits.lead_of(made), answer="It was made later."
            )
            return audits.again(made)
        made = audits.ordered(state, lead=cls.lead)
        if state == AuditState.STAGE1:
            audits.rate_all(made, 1)
        elif state == AuditState.STAGE2:
            audits.count_all(made)
        elif state == AuditState.DRAFT_REPORT:
            audits.finding("issued", made)
            yesterday = clocks.today() - timedelta(days=1)
            Report.objects.filter(audit=made).update(answer_due=yesterday)
        return audits.again(made)

    def test_every_state_act_and_role(self) -> None:
        people: dict[str, Any] = {
            "lead": lambda a: self.lead.person,
            "firm_manager": lambda a: audits.member(a.firm, "firm_manager"),
            "other_firm": lambda a: self.stranger,
            "signatory": lambda a: audits.speaker(a),
            "agency_manager": lambda a: agencies.colleague(a.agency, "manager"),
            "contributor": lambda a: agencies.colleague(a.agency, "contributor"),
            "scheme_manager": lambda a: self.manager,
            "decider": lambda a: self.decider,
            "employer": lambda a: self.employer,
        }

        count, wrong = wrong_rows(self.made.__getitem__, STATES, ACTS, people, ALLOWED)

        assert wrong == []
        assert count == len(STATES) * len(ACTS) * len(people) == 1188

    def test_what_plain_sql_lets_through(self) -> None:
        for state, audit in self.made.items():
            wanted = {move for move in MOVES[state] if move not in DATED}
            assert moves_let_through(audit, AuditState) - {"cancelled"} == wanted, state
