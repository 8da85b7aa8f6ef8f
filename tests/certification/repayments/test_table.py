"""Every state of a case and of a breach x every act x every role, and what plain SQL is let through."""

from __future__ import annotations

import pytest

from certification.repayments import services
from certification.repayments.models import Breach
from certification.repayments.services import BreachEntry
from certification.repayments.states import BreachState, CaseState
from iris.core import clocks
from tests.factories import accounts, agencies, decisions, repayments
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db

OFFICE = ("manager", "screener")
ROWS = {
    ("open", "quantify", "signatory"),
    *[("quantified", act, role) for act in ("agree", "send back") for role in OFFICE],
    ("agreed", "begin", "signatory"),
    ("paying", "finish", "signatory"),
    ("paid", "verify", "auditor"),
    ("paid", "send back paid", "auditor"),
    *[("verified", act, role) for act in ("close", "reopen") for role in OFFICE],
    *[("closed", "reopen", role) for role in OFFICE],
}
BREACH_ROWS = {
    ("reported", "answer", "signatory"),
    *[("answered", act, role) for act in ("settle", "refuse") for role in (*OFFICE, "auditor")],
}
ACTS = {
    "quantify": lambda row, by: services.quantify_case(case_id=row.pk, actor=by),
    "agree": lambda row, by: services.agree_case(case_id=row.pk, actor=by),
    "send back": lambda row, by: services.send_back_case(case_id=row.pk, actor=by, reason="r"),
    "begin": lambda row, by: services.begin_paying(case_id=row.pk, actor=by),
    "finish": lambda row, by: services.finish_paying(case_id=row.pk, actor=by),
    "send back paid": lambda row, by: services.send_back_paid(case_id=row.pk, actor=by, reason="r"),
    "verify": lambda row, by: services.verify_case(case_id=row.pk, actor=by),
    "close": lambda row, by: services.close_case(case_id=row.pk, actor=by),
    "reopen": lambda row, by: services.reopen_case(case_id=row.pk, actor=by, reason="r"),
}
PEOPLE = {
    "signatory": lambda row: agencies.signatory(row.agency),
    "contributor": lambda row: agencies.colleague(row.agency, "contributor"),
    "other signatory": lambda row: agencies.signatory(agencies.agency()),
    "manager": lambda row: repayments.manager(),
    "screener": lambda row: accounts.person("scheme", "screener"),
    "decider": lambda row: decisions.deciders(1)[0],
    "auditor": repayments.auditor,
    "other auditor": lambda row: accounts.person("audit_firm", "lead_auditor"),
    "employer": lambda row: accounts.person("employer", "sourcing_manager"),
}


def test_case_table() -> None:
    count, wrong = wrong_rows(repayments.poised, CaseState, ACTS, PEOPLE, ROWS)
    assert wrong == []
    assert count == len(CaseState) * len(ACTS) * len(PEOPLE) == 567


@pytest.mark.parametrize(
    ("state", "through"),
    [
        ("open", set()),
        ("quantified", {"open"}),
        ("agreed", {"paying"}),
        ("paying", set()),
        ("paid", set()),
        ("verified", {"paid"}),
        ("closed", set()),
    ],
)
def test_plain_sql_on_a_case(state: str, through: set[str]) -> None:
    """A move without the day that belongs to it is refused like one that no act makes."""
    assert moves_let_through(repayments.poised(state), CaseState.values) == through


def _breach(state: str) -> Breach:
    case = repayments.case("open", paid=("100",))
    entry = BreachEntry("deduction", clocks.today(), "Taken back from the wage of May.")
    made = services.report_breach(case_id=case.pk, actor=repayments.manager(), entry=entry)
    if state != BreachState.REPORTED:
        services.answer_breach(breach_id=made.pk, actor=agencies.signatory(case.agency), text="Paid again.")
    if state == BreachState.SETTLED:
        services.settle_breach(breach_id=made.pk, actor=repayments.manager())
    return Breach.objects.select_related("case__agency").get(pk=made.pk)


def test_breach_table() -> None:
    acts = {
        "answer": lambda row, by: services.answer_breach(breach_id=row.pk, actor=by, text="So."),
        "settle": lambda row, by: services.settle_breach(breach_id=row.pk, actor=by),
        "refuse": lambda row, by: services.refuse_answer(breach_id=row.pk, actor=by, reason="r"),
    }
    people = {
        name: lambda row, person=person: person(row.case)
        for name, person in PEOPLE.items()
        if name != "other signatory"
    }
    count, wrong = wrong_rows(_breach, BreachState, acts, people, BREACH_ROWS)
    assert wrong == []
    assert count == len(BreachState) * len(acts) * len(people)


@pytest.mark.parametrize(
    ("state", "through"), [("reported", set()), ("answered", {"reported"}), ("settled", set())]
)
def test_plain_sql_on_a_breach(state: str, through: set[str]) -> None:
    assert moves_let_through(_breach(state), BreachState.values) == through
