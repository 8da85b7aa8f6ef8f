"""Who may do which act on a finding in which state: the whole table."""

from __future__ import annotations

from audits.findings.models import CorrectiveAction, Finding
from audits.findings.states import ActionState, FindingState
from iris.core.fsm import may, transitions_of
from tests.audits.world import AuditCase

S = FindingState
A = ActionState

TABLE: dict[str, tuple[set[FindingState], set[str]]] = {
    "issue": ({S.DRAFT}, {"lead"}),
    "note": ({S.ISSUED}, {"lead"}),
    "answer": ({S.ISSUED, S.RETURNED}, {"speaker"}),
    "return_answer": ({S.ANSWERED}, {"lead"}),
    "agree_action": ({S.ANSWERED}, {"lead"}),
    "send_evidence": ({S.ACTION_AGREED, S.RETURNED}, {"speaker"}),
    "return_evidence": ({S.EVIDENCE_SENT}, {"lead"}),
    "close": ({S.EVIDENCE_SENT}, {"lead"}),
    "settle": ({S.ISSUED, S.ANSWERED, S.RETURNED, S.ACTION_AGREED, S.EVIDENCE_SENT}, set()),
    "withdraw": ({S.DRAFT, S.ISSUED, S.ANSWERED, S.RETURNED, S.ACTION_AGREED, S.EVIDENCE_SENT}, {"lead"}),
}
ACTIONS: dict[str, tuple[set[ActionState], set[str]]] = {
    "agree": ({A.PLANNED}, {"lead"}),
    "send": ({A.IN_PROGRESS, A.REJECTED}, {"speaker"}),
    "verify": ({A.EVIDENCE_SENT}, {"lead"}),
    "reject": ({A.PLANNED, A.EVIDENCE_SENT}, {"lead"}),
}


class PermissionsCase(AuditCase):
    state = "accepted"

    def test_every_act_in_every_state_by_every_person(self) -> None:
        for state in FindingState:
            finding = Finding(audit=self.audit, state=state)
            for act, (states, people) in TABLE.items():
                for name, person in self.people().items():
                    expected = state in states and name in people
                    assert may(getattr(finding, act), person) is expected, (state, act, name)

    def test_every_act_on_an_action(self) -> None:
        finding = Finding(audit=self.audit)
        for state in ActionState:
            action = CorrectiveAction(finding=finding, state=state)
            for act, (states, people) in ACTIONS.items():
                for name, person in self.people().items():
                    expected = state in states and name in people
                    assert may(getattr(action, act), person) is expected, (state, act, name)

    def test_tables_name_every_transition(self) -> None:
        for model, table in ((Finding, TABLE), (CorrectiveAction, ACTIONS)):
            found = {(source, act) for source, act, _target in transitions_of(model)}
            assert found == {
                (str(state), act) for act, (states, _people) in table.items() for state in states
            }
