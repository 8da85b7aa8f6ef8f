"""Votes: each person once, nobody on what they asked or are tied to; the database refuses what the service refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from certification.decisions import selectors, services
from certification.decisions.models import Decision, Vote
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from tests.factories import accounts, agencies, decisions

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def vote_by_sql(decision: Decision, person: User, outcome: str = "accept") -> None:
    sql(
        "INSERT INTO certification_decisions_vote (id, created_at, decision_id, person_id, outcome, reasons, at) "
        "VALUES (%s, now(), %s, %s, %s, 'r', %s)",
        uuid4(),
        decision.pk,
        person.pk,
        outcome,
        clocks.now(),
    )


def decide_by_sql(decision: Decision, person: User, outcome: str = "accept") -> None:
    sql(
        "UPDATE certification_decisions_decision SET state='decided', outcome=%s, reasons='r', "
        "decided_by_id=%s, decided_at=%s WHERE id=%s",
        outcome,
        person.pk,
        clocks.now(),
        decision.pk,
    )


def vote(decision: Decision, person: User, outcome: str = "accept", reasons: str = "Because.") -> Decision:
    return services.vote(decision_id=decision.pk, actor=person, outcome=outcome, reasons=reasons)


def test_two_votes_that_agree_decide() -> None:
    asked = decisions.decision()
    first, second, _third = decisions.deciders(3)
    assert vote(asked, first).state == "voting"
    taken = vote(asked, second, reasons="So do I.")
    assert (taken.state, taken.outcome, taken.decided_by) == ("decided", "accept", second)
    assert taken.reasons == "Because.\n\nSo do I."


def test_votes_that_differ_wait_for_a_third() -> None:
    asked = decisions.decision(opener=decisions.manager())
    first, second, third = decisions.deciders(3)
    vote(asked, first)
    assert vote(asked, second, "reject").state == "voting"
    taken = vote(asked, third, "reject", "The second is right.")
    assert (taken.state, taken.outcome) == ("decided", "reject")
    assert taken.reasons == "Because.\n\nThe second is right."


def test_whoever_asked_does_not_answer() -> None:
    asked = decisions.decision()
    opener = decisions.deciders(3)[2]
    assert asked.opened_by == opener
    with pytest.raises(NotPermitted, match="You asked this question") as refused:
        vote(asked, opener)
    assert refused.value.code == "four_eyes"
    with pytest.raises(IntegrityError, match="whoever asked does not answer"):
        vote_by_sql(asked, opener)
    with pytest.raises(IntegrityError, match="whoever asked does not decide"):
        decide_by_sql(asked, opener)


def test_without_four_eyes_whoever_asked_may_answer() -> None:
    opener = decisions.deciders(3)[2]
    asked = decisions.decision(opener=opener, four_eyes=False, votes_needed=1)
    assert vote(asked, opener).state == "decided"


def test_a_barred_person_does_not_vote() -> None:
    asked = decisions.decision()
    barred = decisions.deciders(1)[0]
    services.bar(
        agency=asked.agency,
        person=barred,
        kind="trained",
        since=clocks.today(),
        source="Course 4",
        actor=events.SYSTEM,
    )
    with pytest.raises(NotPermitted, match=r"you trained it \(Course 4\)"):
        vote(asked, barred)
    with pytest.raises(IntegrityError, match="the voter is barred"):
        vote_by_sql(asked, barred)


def test_a_member_of_the_agency_does_not_vote() -> None:
    asked = decisions.decision()
    both = decisions.deciders(1)[0]
    accounts.join(both, asked.agency.organisation, "contributor")
    both.acting = both.memberships.get(role="decider")
    with pytest.raises(NotPermitted, match="you belong to it"):
        vote(asked, both)


@pytest.mark.parametrize("role", ["scheme_manager", "screener"])
def test_only_deciders_vote(role: str) -> None:
    with pytest.raises(NotPermitted, match="Only a decider"):
        vote(decisions.decision(), accounts.person("scheme", role))


def test_a_second_vote_is_refused() -> None:
    asked = decisions.decision()
    first = decisions.deciders(1)[0]
    vote(asked, first)
    with pytest.raises(Conflict, match="You voted on 21 November 2026"):
        vote(asked, first, "reject")
    with pytest.raises(IntegrityError, match="vote_once_on_a_decision"):
        vote_by_sql(asked, first, "reject")


def test_a_vote_after_the_decision_names_who_decided() -> None:
    asked = decisions.decision("decided", votes_needed=1)
    late = decisions.deciders(2)[1]
    with pytest.raises(Conflict, match=decisions.deciders(1)[0].full_name):
        vote(asked, late)
    with pytest.raises(IntegrityError, match="is not voted on"):
        vote_by_sql(asked, late)


@pytest.mark.parametrize("change", ["UPDATE {} SET reasons = 'others'", "DELETE FROM {}"])
def test_votes_are_kept_as_given(change: str) -> None:
    decisions.decision("voting")
    with pytest.raises(DatabaseError):
        sql(change.format("certification_decisions_vote"))
    assert Vote.objects.get().reasons == "I read it all."


def test_a_vote_needs_reasons_and_an_answer() -> None:
    asked = decisions.decision()
    with pytest.raises(ReasonRequired):
        vote(asked, decisions.deciders(1)[0], reasons="  ")
    with pytest.raises(BadInput):
        vote(asked, decisions.deciders(1)[0], outcome=" ")
    assert not Vote.objects.exists()


def test_decide_refuses_where_more_votes_are_needed() -> None:
    asked = decisions.decision()
    with pytest.raises(Conflict, match="2 votes that agree"):
        services.decide(decision_id=asked.pk, actor=decisions.deciders(1)[0], outcome="accept", reasons="r")


def test_the_database_counts_the_votes() -> None:
    asked = decisions.decision()
    first, second, _third = decisions.deciders(3)
    with pytest.raises(IntegrityError, match="0 of 2 votes agree"):
        decide_by_sql(asked, first)
    vote_by_sql(asked, first)
    with pytest.raises(IntegrityError, match="1 of 2 votes agree"):
        decide_by_sql(asked, first)
    vote_by_sql(asked, second, "reject")
    with pytest.raises(IntegrityError, match="1 of 2 votes agree"):
        decide_by_sql(asked, second, "reject")


@pytest.mark.parametrize(
    "change",
    [
        "four_eyes = false",
        "votes_needed = 1",
        "opened_by_id = NULL",
        "question = 'Other?'",
        "facts = '{}'",
        "proposal = '{\"x\": 1}'",
        "subject_label = 'other'",
    ],
)
def test_the_terms_of_a_question_do_not_change(change: str) -> None:
    asked = decisions.decision()
    with pytest.raises(IntegrityError):
        sql(f"UPDATE certification_decisions_decision SET {change} WHERE id=%s", asked.pk)


def test_the_room_that_asked_hears_of_the_decision() -> None:
    told: list[tuple[str, User]] = []
    label = f"test.{uuid4()}"
    services.when_decided(label, lambda decision, actor: told.append((decision.outcome, actor)))
    first, second, _third = decisions.deciders(3)
    asked = services.open_decision(
        agency=agencies.agency(),
        subject_label=label,
        subject_id=uuid4(),
        question="?",
        facts={},
        actor=events.SYSTEM,
        four_eyes=True,
        votes_needed=2,
        due_on=clocks.today() + timedelta(days=7),
    )
    assert asked.opened_by is None
    vote(asked, first)
    assert told == []
    vote(asked, second)
    assert told == [("accept", second)]


def test_an_overturned_decision_is_not_retaken_by_the_same_people() -> None:
    overturned = decisions.decision("overturned")
    first, second, third = decisions.deciders(3)
    again = services.open_decision(
        agency=overturned.agency,
        subject_label=overturned.subject_label,
        subject_id=overturned.subject_id,
        question="Again?",
        facts={},
        actor=events.SYSTEM,
    )
    for person in (first, second):
        with pytest.raises(NotPermitted, match="an appeal overturned") as refused:
            vote(again, person)
        assert refused.value.code == "retaken"
        with pytest.raises(IntegrityError, match="took the decision that was overturned"):
            vote_by_sql(again, person)
    assert vote(again, third, "reject").state == "decided"


def test_hands_name_everybody_with_the_reason() -> None:
    asked = decisions.decision("voting")
    first, second, third = decisions.deciders(3)
    told = {hand.person: (hand.why_not, hand.voted) for hand in selectors.hands_on_decision(asked)}
    assert told == {first: ("", True), second: ("", False), third: ("Asked the question", False)}
