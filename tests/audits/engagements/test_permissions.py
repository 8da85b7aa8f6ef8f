"""Who may do which act in which state: the whole table."""

from __future__ import annotations

from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from iris.core.fsm import may
from tests.audits.world import AuditCase

S = AuditState

# act -> (states in which it is possible, who may do it)
TABLE: dict[str, tuple[set[AuditState], set[str]]] = {
    "offer": ({S.PROPOSED}, {"manager"}),
    "decline": ({S.OFFERED}, {"lead", "firm_manager"}),
    "accept": ({S.OFFERED}, {"lead"}),
    "plan": ({S.ACCEPTED, S.PLANNED}, {"lead"}),
    "start_stage1": ({S.PLANNED}, {"lead"}),
    "close_stage1": ({S.STAGE1}, {"lead"}),
    "reopen_stage1": ({S.STAGE1_CLOSED}, {"lead"}),
    "start_stage2": ({S.STAGE1_CLOSED}, {"lead"}),
    "send_draft": ({S.STAGE2}, {"lead"}),
    "dispute": ({S.DRAFT_REPORT}, {"speaker"}),
    "revise_draft": ({S.DISPUTED}, {"lead"}),
    "report": ({S.DRAFT_REPORT}, {"lead"}),
    "cancel": (
        {
            S.PROPOSED,
            S.OFFERED,
            S.ACCEPTED,
            S.PLANNED,
            S.STAGE1,
            S.STAGE1_CLOSED,
            S.STAGE2,
            S.DRAFT_REPORT,
            S.DISPUTED,
        },
        {"manager"},
    ),
}


class PermissionsCase(AuditCase):
    def test_every_act_in_every_state_by_every_person(self) -> None:
        tried = 0
        for state in AuditState:
            audit = Audit(
                pk=self.audit.pk,
                state=state,
                agency=self.audit.agency,
                firm=self.audit.firm,
                lead=self.audit.lead,
            )
            for act, (states, people) in TABLE.items():
                for name, person in self.people().items():
                    expected = state in states and name in people
                    assert may(getattr(audit, act), person) is expected, (state, act, name)
                    tried += 1
        assert tried == len(AuditState) * len(TABLE) * 9

    def test_table_names_every_transition(self) -> None:
        from iris.core.fsm import transitions_of

        found = {(source, act) for source, act, _target in transitions_of(Audit)}
        assert found == {(str(state), act) for act, (states, _people) in TABLE.items() for state in states}
