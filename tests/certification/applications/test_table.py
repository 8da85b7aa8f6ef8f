"""Every state x act x role of an application, against a table written by hand; and what plain SQL may move."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from certification.applications import services
from certification.applications.models import Application
from certification.applications.states import ApplicationState as State
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import accounts, agencies, assessments
from tests.factories.applications import application, audit_firm, lead_of, recommendation, screener, staff
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db

# state: {act: who may}. Everything else is refused.
OFFICE = ("screener", "manager")
TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "draft": {"submit": ("signatory",), "withdraw": ("signatory",)},
    "submitted": {
        "claim": OFFICE,
        "request_fee": OFFICE,
        "record_fee": OFFICE,
        "waive_fee": ("manager",),
        "withdraw": ("signatory",),
    },
    "fee_pending": {
        "claim": OFFICE,
        "record_fee": OFFICE,
        "waive_fee": ("manager",),
        "withdraw": ("signatory",),
    },
    "in_review": {
        "claim": OFFICE,
        "defer": OFFICE,
        "accept": OFFICE,
        "reject": OFFICE,
        "withdraw": ("signatory",),
    },
    "deferred": {
        "claim": OFFICE,
        "extend": OFFICE,
        "reject": OFFICE,
        "send": ("signatory", "compliance"),
        "withdraw": ("signatory",),
    },
    "rejected": {},
    "accepted": {
        "begin_audit": (*OFFICE, "lead"),
        "withdraw": ("signatory",),
    },
    "under_audit": {"recommend": ("lead",), "withdraw": ("signatory",)},
    "recommended": {"grant": ("decider",), "refuse": ("decider",), "withdraw": ("signatory",)},
    "granted": {},
    "granted_with_conditions": {},
    "refused": {},
    "withdrawn": {},
}
# From each state, where plain SQL may move a row at most. A case ended by the office or by a decider is taken up again
# by an appeal only; no other way leads out of an end.
MOVES: dict[str, set[str]] = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"fee_pending", "in_review", "withdrawn"},
    "fee_pending": {"in_review", "withdrawn"},
    "in_review": {"deferred", "accepted", "rejected", "withdrawn"},
    "deferred": {"in_review", "rejected", "withdrawn"},
    "rejected": {"in_review"},
    "accepted": {"under_audit", "withdrawn"},
    "under_audit": {"recommended", "withdrawn"},
    "recommended": {"granted", "granted_with_conditions", "refused", "withdrawn"},
    "granted": set(),
    "granted_with_conditions": set(),
    "refused": {"recommended"},
    "withdrawn": set(),
}
WORDS = "Said in the table test."


def _submit(row: Application, who: User) -> Any:
    declared = assessments.declaration(row.agency)
    return services.submit_application(application_id=row.pk, actor=who, declaration=declared)


def _recommend(row: Application, who: User) -> Any:
    told = recommendation(row) if row.firm else None
    if told is None:
        # Before an audit there is no firm whose advice it could be: the one who tries it gives their own.
        row.firm = who.organisation
        told = recommendation(row)
    return services.receive_recommendation(application_id=row.pk, actor=who, recommendation=told)


def _begin(row: Application, who: User) -> Any:
    firm = who.organisation if who.is_kind("audit_firm") else firm_of_the_test()
    return services.begin_audit(application_id=row.pk, actor=who, firm=firm)


def _outcome(outcome: Any) -> Any:
    return lambda row, who: services.record_outcome(
        application_id=row.pk, actor=who, outcome=outcome, reasons=WORDS
    )


ACTS = {
    "submit": _submit,
    "claim": lambda row, who: services.claim_application(application_id=row.pk, actor=who),
    "request_fee": lambda row, who: services.request_fee(
        application_id=row.pk, actor=who, invoice_number="I-1"
    ),
    "record_fee": lambda row, who: services.record_fee(
        application_id=row.pk, actor=who, paid_on=clocks.today(), invoice_number="I-1"
    ),
    "waive_fee": lambda row, who: services.waive_fee(application_id=row.pk, actor=who, reason=WORDS),
    "defer": lambda row, who: services.defer_application(application_id=row.pk, actor=who, reason=WORDS),
    "extend": lambda row, who: services.extend_deferral(application_id=row.pk, actor=who, reason=WORDS),
    "send": lambda row, who: services.send_information(application_id=row.pk, actor=who, text=WORDS),
    "accept": lambda row, who: services.accept_application(application_id=row.pk, actor=who),
    "reject": lambda row, who: services.reject_application(application_id=row.pk, actor=who, reason=WORDS),
    "withdraw": lambda row, who: services.withdraw_application(
        application_id=row.pk, actor=who, reason=WORDS
    ),
    "begin_audit": _begin,
    "recommend": _recommend,
    "grant": _outcome("granted"),
    "refuse": _outcome("refused"),
}


@cache
def firm_of_the_test() -> Any:
    return audit_firm()


def _lead(row: Application) -> User:
    return lead_of(row.firm) if row.firm else lead_of(firm_of_the_test())


PEOPLE = {
    "signatory": lambda row: agencies.signatory(row.agency),
    "compliance": lambda row: agencies.colleague(row.agency, "manager"),
    "contributor": lambda row: agencies.colleague(row.agency, "contributor"),
    "stranger": lambda _row: accounts.person("agency", "signatory"),
    "screener": lambda _row: screener(),
    "manager": lambda _row: staff("scheme_manager"),
    "decider": lambda _row: staff("decider"),
    "lead": _lead,
    "employer": lambda _row: accounts.person("employer", "sourcing_manager"),
}


def _made(state: str) -> Application:
    """A case in that state that nobody has, so that the table is about roles and not about who was first."""
    row = application(state)
    if state == State.DRAFT:
        assessments.complete_assessment(row.agency)
    if row.case_owner_id:
        Application.objects.filter(pk=row.pk).update(case_owner=None, claimed_at=None)
    return Application.objects.select_related("agency__organisation", "firm").get(pk=row.pk)


@pytest.fixture(autouse=True)
def _a_firm_for_each_test():
    firm_of_the_test.cache_clear()


def test_the_table_names_every_state():
    assert set(TABLE) == set(MOVES) == set(State.values)


@pytest.mark.parametrize("state", list(TABLE))
def test_every_act_in_this_state_is_for_those_named_and_refused_to_all_others(state):
    allowed = {(state, act, role) for act, roles in TABLE[state].items() for role in roles}
    count, wrong = wrong_rows(_made, [state], ACTS, PEOPLE, allowed)
    assert count == len(ACTS) * len(PEOPLE)
    assert not wrong, "\n".join(wrong)
    through = moves_let_through(_made_again(state), State.values)
    assert through <= MOVES[state], f"{state}: plain SQL went to {sorted(through - MOVES[state])}"


def _made_again(state: str) -> Application:
    """The row the table was tried on; every try was taken back."""
    return Application.objects.filter(state=state).order_by("-created_at").first() or application(state)
