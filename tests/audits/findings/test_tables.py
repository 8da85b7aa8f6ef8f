"""Every state x act x role of a finding and of what belongs to it, through the services and by plain SQL.

The tables are written by hand: nothing here reads what the machines declare.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from audits.findings import services
from audits.findings.models import Containment, CorrectiveAction, Extension, Finding
from audits.findings.services import FindingText
from audits.findings.states import ActionState, ContainmentState, ExtensionState, FindingState
from iris.core import clocks
from tests.audits.world import AuditCase
from tests.factories import audits
from tests.tables import moves_let_through, wrong_rows

Act = Callable[[Any, Any], Any]
TEXT = FindingText("major", "No list", "There is no list.", "Visit of 3 November.")


def on(service: Callable[..., Any], **words: Any) -> Act:
    """A service on a finding, or on the finding of the thing."""
    return lambda thing, person: service(
        finding_id=getattr(thing, "finding_id", thing.pk), actor=person, **words
    )


def ask(thing: Any, person: Any) -> Extension:
    wanted = clocks.today() + timedelta(days=16)
    return services.ask_extension(
        finding_id=thing.pk, actor=person, clock="plan", wanted=wanted, reason="A feast."
    )


ACTS: dict[str, Act] = {
    "edit": on(services.edit_finding, text=TEXT),
    "issue": on(services.issue_finding),
    "answer": lambda one, who: on(services.answer_finding, plan=audits.action_plan())(one, who),
    "return_answer": on(services.return_answer, reason="The cause is not named."),
    "agree": on(services.agree_action),
    "send_evidence": lambda one, who: on(services.send_evidence, uploads=(audits.a_file(),))(one, who),
    "return_evidence": on(services.return_evidence, reason="Unsigned."),
    "close": on(services.close_finding, verification="site", note="Seen."),
    "withdraw": on(services.withdraw_finding, reason="The contracts were shown."),
    "regrade": on(services.regrade_finding, grade="minor", reason="One case of many."),
    "disagree": on(services.disagree, reason="It exists."),
    "answer_disagreement": on(services.answer_disagreement, answer="It does not."),
    "contain": lambda one, who: on(services.record_containment, done="Stopped.", done_on=clocks.today())(
        one, who
    ),
    "more_time": ask,
}
BY_LEAD = {
    "draft": {"edit", "issue", "withdraw"},
    "issued": {"withdraw", "regrade"},
    "answered": {"return_answer", "agree", "withdraw", "regrade"},
    "returned": {"withdraw", "regrade"},
    "action_agreed": {"withdraw", "regrade"},
    "evidence_sent": {"return_evidence", "close", "withdraw", "regrade"},
}
BY_AGENCY = {
    "issued": {"answer", "disagree", "more_time"},
    "answered": {"disagree"},
    "returned": {"answer", "disagree", "more_time"},
    "action_agreed": {"send_evidence", "disagree"},
    "evidence_sent": {"disagree"},
    "closed": {"disagree"},
}
FINDING_SQL = {
    "issued": {"answered"},
    "answered": {"action_agreed"},
    "returned": {"answered", "evidence_sent"},
    "action_agreed": {"evidence_sent"},
}
OF_FINDING = {
    ActionState.PLANNED: "answered",
    ActionState.IN_PROGRESS: "action_agreed",
    ActionState.EVIDENCE_SENT: "evidence_sent",
    ActionState.VERIFIED: "closed",
    ActionState.REJECTED: "returned",
}


class TablesCase(AuditCase):
    state = "stage2"

    def roles(self) -> dict[str, Callable[[Any], Any]]:
        chosen = ("lead", "firm_manager", "other_lead", "speaker", "contributor", "manager", "decider")
        people = self.people()
        return {name: partial(lambda who, thing: who, people[name]) for name in chosen}

    def finding(self, state: str, grade: str = "major") -> Finding:
        return audits.finding(state, self.audit, grade)

    def test_every_act_on_a_finding(self) -> None:
        allowed = {(state, act, "lead") for state, acts in BY_LEAD.items() for act in acts}
        allowed |= {(state, act, "speaker") for state, acts in BY_AGENCY.items() for act in acts}

        count, wrong = wrong_rows(self.finding, FindingState.values, ACTS, self.roles(), allowed)

        assert (count, wrong) == (8 * 14 * 7, [])

    def test_moves_of_findings_and_actions_that_plain_sql_may_make(self) -> None:
        for state in FindingState.values:
            assert moves_let_through(self.finding(state), FindingState.values) == FINDING_SQL.get(
                state, set()
            ), state
        for action_state, state in OF_FINDING.items():
            action = CorrectiveAction.objects.get(finding=self.finding(state))
            expected = {"evidence_sent"} if action_state == ActionState.IN_PROGRESS else set()
            assert action.state == action_state
            assert moves_let_through(action, ActionState.values) == expected, action_state

    def extension(self, state: str) -> Extension:
        wish = ask(self.finding("issued"), self.speaker)
        if state in ("granted", "refused"):
            services.decide_extension(
                extension_id=wish.pk,
                actor=self.decider,
                grant=state == "granted",
                reason="The feast is known.",
            )
        elif state == "withdrawn":
            services.take_back_extension(extension_id=wish.pk, actor=self.speaker)
        return Extension.objects.get(pk=wish.pk)

    def test_every_act_on_a_wish_for_more_time(self) -> None:
        acts: dict[str, Act] = {
            "grant": lambda one, who: services.decide_extension(
                extension_id=one.pk, actor=who, grant=True, reason="Known."
            ),
            "refuse": lambda one, who: services.decide_extension(
                extension_id=one.pk, actor=who, grant=False, reason="Vague."
            ),
            "take_back": lambda one, who: services.take_back_extension(extension_id=one.pk, actor=who),
        }
        allowed = {
            ("asked", "grant", "decider"),
            ("asked", "refuse", "decider"),
            ("asked", "take_back", "speaker"),
        }

        count, wrong = wrong_rows(self.extension, ExtensionState.values, acts, self.roles(), allowed)

        assert (count, wrong) == (4 * 3 * 7, [])
        for state in ExtensionState.values:
            expected = {"withdrawn"} if state == "asked" else set()
            assert moves_let_through(self.extension(state), ExtensionState.values) == expected, state

    def containment(self, state: str) -> Containment:
        finding = self.finding("issued", "critical")
        audits.contain(finding, accepted=state == "accepted")
        if state == "returned":
            services.return_containment(finding_id=finding.pk, actor=self.lead, reason="To whom?")
        return Containment.objects.get(finding=finding)

    def test_every_act_on_a_containment(self) -> None:
        acts = {
            "record": ACTS["contain"],
            "accept": on(services.accept_containment),
            "return": on(services.return_containment, reason="To whom?"),
        }
        allowed = {
            ("recorded", "accept", "lead"),
            ("recorded", "return", "lead"),
            ("returned", "record", "speaker"),
        }

        count, wrong = wrong_rows(self.containment, ContainmentState.values, acts, self.roles(), allowed)

        assert (count, wrong) == (3 * 3 * 7, [])
        for state in ContainmentState.values:
            assert moves_let_through(self.containment(state), ContainmentState.values) == set(), state
