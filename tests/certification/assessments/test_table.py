"""Every state x act x role of a self-assessment, against a table written by hand; and the moves plain SQL may make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import ObjectDoesNotExist

from certification.assessments import services
from certification.assessments.models import Assessment
from certification.assessments.services import AnswerEntry, Flag, JobOrderEntry
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import DomainError
from tests.factories import accounts, agencies, assessments
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db

STATES = ("draft", "frozen", "reopened", "superseded", "withdrawn")
WRITERS = ("signatory", "manager", "contributor")
SCHEME = ("screener", "scheme_manager")
READERS = ("decider", "lead_auditor", "stranger")
ASKED, OTHER = "A.1.1", "A.1.2"


def found(act: Callable[[Any, User], Any]) -> Callable[[Any, User], Any]:
    """An act whose thing a stranger is told does not exist: a refusal like the others."""

    def tried(thing: Any, person: User) -> Any:
        try:
            return act(thing, person)
        except ObjectDoesNotExist as gone:
            raise DomainError(code="not_found") from gone

    return tried


def entry(thing: Assessment, code: str) -> AnswerEntry:
    answer = thing.answers.get(indicator__code=code)
    return AnswerEntry(answer.indicator_id, answer.version, "partly", 2, comment="Another word.")


def flags(thing: Assessment) -> list[Flag]:
    return [Flag(thing.answers.get(indicator__code=ASKED).indicator_id, "More, please.")]


ORDER = JobOrderEntry("JO-TABLE", "NP", "MY", "Tellmark Plastics", 3, "NPR")
ACTS = {
    "answer_asked": found(
        lambda t, p: services.save_answer(assessment_id=t.pk, actor=p, entry=entry(t, ASKED))
    ),
    "answer_other": found(
        lambda t, p: services.save_answer(assessment_id=t.pk, actor=p, entry=entry(t, OTHER))
    ),
    "order": found(lambda t, p: services.save_job_order(assessment_id=t.pk, actor=p, entry=ORDER)),
    "declare": found(lambda t, p: services.freeze_assessment(t.pk, p, assessments.declaration(t.agency))),
    "reopen": found(
        lambda t, p: services.reopen_flagged(
            assessment_id=t.pk, flags=flags(t), due_on=clocks.today(), actor=p, reason="One answer is thin."
        )
    ),
    "take_back": found(
        lambda t, p: services.withdraw_reopening(assessment_id=t.pk, actor=p, reason="Not needed.")
    ),
}
ALLOWED = {
    *{("draft", act, role) for act in ("answer_asked", "answer_other", "order") for role in WRITERS},
    *{("reopened", "answer_asked", role) for role in WRITERS},
    ("draft", "declare", "signatory"),
    ("reopened", "declare", "signatory"),
    *{("frozen", "reopen", role) for role in SCHEME},
    *{("reopened", "take_back", role) for role in SCHEME},
}
SQL = {
    "draft": {"frozen", "reopened"},
    "frozen": {"superseded"},
    "reopened": {"frozen", "withdrawn"},
    "superseded": set(),
    "withdrawn": set(),
}


def made(state: str) -> Assessment:
    """An assessment in that state, of an agency of its own; complete wherever it is open."""
    agency = agencies.agency()
    if state == "draft":
        return assessments.complete_assessment(agency)
    frozen = assessments.frozen_assessment(agency)
    if state == "frozen":
        return frozen
    screener = accounts.person("scheme", "screener")
    new = services.reopen_flagged(
        assessment_id=frozen.pk,
        flags=flags(frozen),
        due_on=dt.date(2026, 12, 21),
        actor=screener,
        reason="Thin.",
    )
    if state == "withdrawn":
        return services.withdraw_reopening(assessment_id=new.pk, actor=screener, reason="Not needed.")
    assessments.confirm_everything(new)
    if state == "superseded":
        services.freeze_assessment(new.pk, agencies.signatory(agency), assessments.declaration(agency))
        return Assessment.objects.get(pk=frozen.pk)
    return Assessment.objects.get(pk=new.pk)


def test_every_state_act_and_role() -> None:
    people: dict[str, Callable[[Any], User]] = {
        "signatory": lambda thing: agencies.signatory(thing.agency),
        "manager": lambda thing: agencies.colleague(thing.agency, "manager"),
        "contributor": lambda thing: agencies.colleague(thing.agency, "contributor"),
        "screener": lambda thing: accounts.person("scheme", "screener"),
        "scheme_manager": lambda thing: accounts.person("scheme", "scheme_manager"),
        "decider": lambda thing: accounts.person("scheme", "decider"),
        "lead_auditor": lambda thing: accounts.person("audit_firm", "lead_auditor"),
        "stranger": lambda thing: agencies.signatory(agencies.agency()),
    }
    count, wrong = wrong_rows(made, STATES, ACTS, people, ALLOWED)
    assert count == len(STATES) * len(ACTS) * len(people) == 240
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_plain_sql_moves_only_along_the_acts(state: str) -> None:
    through = moves_let_through(made(state), STATES)
    # Where a move needs dates and a signature a bare change of the state is refused as well.
    assert through <= SQL[state]
    assert through == ({"superseded"} if state == "frozen" else set())
