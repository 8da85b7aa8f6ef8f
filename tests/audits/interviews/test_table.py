"""Every state of an interview x every act x every role, and what plain SQL is let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from audits.interviews import services
from audits.interviews.models import Interview
from audits.interviews.services import IdentityInput, Reply
from audits.interviews.states import (
    InterviewState,
    SafeguardOutcome,
    SafeguardState,
    StopReason,
    WithdrawReason,
)
from tests.audits.world import AuditCase
from tests.factories import interviews
from tests.tables import moves_let_through, wrong_rows

# By hand: what the lead auditor, who is the team, may do. Nobody else may do anything.
DONE = {
    "planned": {"change", "consent", "name", "stop", "safeguard", "withdraw"},
    "consented": {"write", "finish", "name", "stop", "safeguard", "withdraw"},
    "held": {"name", "safeguard", "withdraw"},
    "stopped": {"name", "safeguard", "withdraw"},
    "withdrawn": {"safeguard"},
}
ACTS: dict[str, Callable[[Any, Any], Any]] = {
    "change": lambda row, by: services.change_interview(
        interview_id=row.pk, actor=by, details=interviews.details()
    ),
    "consent": interviews.agree,
    "name": lambda row, by: services.name_person(
        interview_id=row.pk, actor=by, person=IdentityInput("Kopila Rana")
    ),
    "write": lambda row, by: services.save_statements(
        interview_id=row.pk, actor=by, replies={"loan": Reply("yes")}
    ),
    "finish": lambda row, by: services.finish_interview(interview_id=row.pk, actor=by),
    "stop": lambda row, by: services.stop_interview(interview_id=row.pk, actor=by, why=StopReason.WISH),
    "safeguard": lambda row, by: services.safeguard(interview_id=row.pk, actor=by, immediate=False),
    "withdraw": lambda row, by: services.withdraw_interview(
        interview_id=row.pk, actor=by, why=WithdrawReason.CONSENT
    ),
}


class TableTest(AuditCase):
    state = "stage2"

    def _in(self, state: str) -> Interview:
        made = interviews.interview(state, self.audit)
        if state == "consented":
            services.save_statements(interview_id=made.pk, actor=self.lead, replies={"paid": Reply("no")})
        return made

    def test_interview_table(self) -> None:
        people = {name: (lambda _row, person=person: person) for name, person in self.people().items()}
        allowed = {(state, act, "lead") for state, acts in DONE.items() for act in acts}
        count, wrong = wrong_rows(self._in, InterviewState, ACTS, people, allowed)
        assert wrong == []
        assert count == len(InterviewState) * len(ACTS) * len(people)

    def test_plain_sql_moves_no_interview(self) -> None:
        for state in InterviewState:
            assert moves_let_through(self._in(state), InterviewState) == set(), state

    def test_safeguarding_table(self) -> None:
        case = services.safeguard(
            interview_id=interviews.interview("planned", self.audit).pk, actor=self.lead, immediate=False
        )
        acts = {
            "close": lambda row, by: services.close_case(
                case_id=row.pk, actor=by, outcome=SafeguardOutcome.SAFE
            )
        }
        people = {name: (lambda _row, person=person: person) for name, person in self.people().items()}
        _count, wrong = wrong_rows(
            lambda _state: case, [SafeguardState.OPEN], acts, people, {("open", "close", "manager")}
        )
        assert wrong == []
        closed = services.close_case(case_id=case.pk, actor=self.manager, outcome=SafeguardOutcome.SAFE)
        assert moves_let_through(closed, SafeguardState) == set()
