"""Appeals: in time, by the signatory, heard by others; the decision stands or falls with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from certification.decisions import selectors, services
from certification.decisions.models import Appeal, Decision
from iris.accounts.models import User
from iris.core import clocks, events, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.certification.decisions.test_votes import sql
from tests.factories import accounts, agencies, decisions

pytestmark = pytest.mark.django_db


def appeal(decision: Decision, actor: User | None = None, **more: Any) -> Appeal:
    words = {"grounds": "The register shows another licence.", **more}
    return services.appeal(
        decision_id=decision.pk, actor=actor or agencies.signatory(decision.agency), **words
    )


def vote(row: Appeal, person: User, outcome: str = "upheld") -> Appeal:
    return services.vote_on_appeal(appeal_id=row.pk, actor=person, outcome=outcome, reasons="Because.")


def vote_by_sql(row: Appeal, person: User, outcome: str = "upheld") -> None:
    sql(
        "INSERT INTO certification_decisions_vote (id, created_at, appeal_id, person_id, outcome, reasons, at) "
        "VALUES (%s, now(), %s, %s, %s, 'r', %s)",
        uuid4(),
        row.pk,
        person.pk,
        outcome,
        clocks.now(),
    )


def answer_by_sql(row: Appeal, person: User, state: str = "upheld") -> None:
    sql(
        "UPDATE certification_decisions_appeal SET state=%s, decided_by_id=%s, decided_at=%s WHERE id=%s",
        state,
        person.pk,
        clocks.now(),
        row.pk,
    )


def state_of(decision: Decision) -> str:
    return str(Decision.objects.get(pk=decision.pk).state)


def test_an_appeal_stops_no_clock_but_its_own() -> None:
    taken = decisions.decision("decided")
    made = appeal(taken)
    assert (made.state, state_of(taken)) == ("received", "appealed")
    assert made.acknowledge_by == date(2026, 11, 28)
    assert made.due_on == date(2027, 1, 20)
    assert made.votes_needed == 2


def test_receipt_acknowledgment_and_outcome_are_told() -> None:
    made = decisions.appeal("upheld")
    signatory = agencies.signatory(made.agency)
    told = list(
        Notice.objects.filter(user=signatory, template__startswith="decisions/").values_list("template")
    )
    assert sorted(told) == [
        ("decisions/appeal_acknowledged",),
        ("decisions/appeal_received",),
        ("decisions/appeal_upheld",),
    ]
    assert Notice.objects.filter(template="decisions/appeal_new").count() == 3
    outbox.run_all()
    letter = next(one for one in mail.outbox if "upheld" in one.subject)
    assert "I read it all." in letter.body


@pytest.mark.parametrize(("days", "possible"), [(0, True), (30, True), (31, False)])
def test_an_appeal_within_30_days(days: int, possible: bool) -> None:
    taken = decisions.decision("decided")
    signatory = agencies.signatory(taken.agency)
    with clocks.freeze(clocks.now() + timedelta(days=days)):
        assert selectors.appealable(taken, signatory) is possible
        if possible:
            assert appeal(taken).state == "received"
            return
        with pytest.raises(TransitionRefused, match="ended on 21 December 2026") as refused:
            appeal(taken)
        assert refused.value.code == "too_late"


def test_only_the_signatory_of_that_agency_appeals() -> None:
    taken = decisions.decision("decided")
    others = [
        agencies.colleague(taken.agency, "manager"),
        agencies.signatory(agencies.agency()),
        decisions.manager(),
    ]
    for person in others:
        assert not selectors.appealable(taken, person)
        with pytest.raises(NotPermitted, match="authorised signatory"):
            appeal(taken, person)


def test_an_appeal_needs_grounds() -> None:
    with pytest.raises(ReasonRequired) as refused:
        appeal(decisions.decision("decided"), grounds=" ")
    assert "grounds" in refused.value.fields


def test_a_document_comes_with_the_appeal() -> None:
    made = appeal(
        decisions.decision("decided"), upload=SimpleUploadedFile("licence.txt", b"Licence 12/064/065\n")
    )
    assert made.document is not None
    assert made.document.organisation_id == made.agency.organisation_id
    with pytest.raises(BadInput) as refused:
        appeal(decisions.decision("decided"), upload=SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 20))
    assert "document" in refused.value.fields


def test_a_decision_is_appealed_once() -> None:
    taken = decisions.decision("decided")
    decisions.appeal("withdrawn", taken)
    assert state_of(taken) == "decided"
    assert not selectors.appealable(Decision.objects.get(pk=taken.pk), agencies.signatory(taken.agency))
    with pytest.raises(Conflict, match="There was an appeal"):
        appeal(taken)


def test_what_is_not_decided_is_not_appealed() -> None:
    with pytest.raises(TransitionRefused, match="not decided"):
        appeal(decisions.decision())


def test_what_went_the_agencys_way_is_not_appealed(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = selectors.Subject(name="It", favourable=frozenset({"accept"}))
    monkeypatch.setitem(selectors.offers._providers, decisions.LABEL, lambda decision: offered)
    taken = decisions.decision("decided")
    with pytest.raises(TransitionRefused, match="went your way"):
        appeal(taken)
    assert selectors.appeal_card(taken, agencies.signatory(taken.agency)) is None


def test_nobody_votes_before_the_office_acknowledges() -> None:
    made = decisions.appeal("received")
    fourth = decisions.deciders(4)[3]
    with pytest.raises(Conflict, match="not acknowledged"):
        vote(made, fourth)
    with pytest.raises(IntegrityError, match="while it is heard"):
        vote_by_sql(made, fourth)


@pytest.mark.parametrize(
    ("place", "words"),
    [(0, "you voted on the decision"), (1, "you took the decision"), (2, "you opened the decision")],
)
def test_whoever_had_a_part_in_the_decision_does_not_hear_it(place: int, words: str) -> None:
    made = decisions.appeal("in_hearing")
    person = decisions.deciders(3)[place]
    with pytest.raises(NotPermitted, match=words) as refused:
        vote(made, person)
    assert refused.value.code == "took_part"
    with pytest.raises(IntegrityError, match="took part in the decision appealed"):
        vote_by_sql(made, person)
    with pytest.raises(IntegrityError, match="does not answer the appeal"):
        answer_by_sql(made, person)


def test_a_barred_person_does_not_hear_it() -> None:
    made = decisions.appeal("in_hearing")
    fourth = decisions.deciders(4)[3]
    services.bar(
        agency=made.agency,
        person=fourth,
        kind="advised",
        since=clocks.today(),
        source="Told",
        actor=events.SYSTEM,
    )
    with pytest.raises(NotPermitted, match="you advised it"):
        vote(made, fourth)
    with pytest.raises(IntegrityError, match="the voter is barred"):
        vote_by_sql(made, fourth)
    with pytest.raises(IntegrityError, match="whoever answers is barred"):
        answer_by_sql(made, fourth)


@pytest.mark.parametrize("role", ["scheme_manager", "screener"])
def test_only_deciders_hear_it(role: str) -> None:
    with pytest.raises(NotPermitted):
        vote(decisions.appeal("in_hearing"), accounts.person("scheme", role))


def test_two_votes_that_agree_answer_it() -> None:
    made = decisions.appeal("in_hearing")
    fourth, fifth, sixth = decisions.deciders(6)[3:]
    assert vote(made, fourth).state == "in_hearing"
    with pytest.raises(Conflict, match="You voted on"):
        vote(made, fourth)
    assert vote(made, fifth, "dismissed").state == "in_hearing"
    answered = vote(made, sixth, "dismissed")
    assert (answered.state, state_of(made.decision)) == ("dismissed", "upheld")
    with pytest.raises(Conflict, match=sixth.full_name):
        vote(made, decisions.deciders(7)[6])


def test_the_database_counts_the_votes_of_an_appeal() -> None:
    made = decisions.appeal("in_hearing")
    fourth, fifth = decisions.deciders(5)[3:]
    with pytest.raises(IntegrityError, match="0 of 2 votes agree"):
        answer_by_sql(made, fourth)
    vote_by_sql(made, fourth)
    vote_by_sql(made, fifth, "dismissed")
    with pytest.raises(IntegrityError, match="1 of 2 votes agree"):
        answer_by_sql(made, fourth)
    with pytest.raises(IntegrityError, match="upheld or dismissed"):
        vote_by_sql(made, decisions.deciders(6)[5], "granted")


@pytest.mark.parametrize("state", ["overturned", "upheld", "decided"])
def test_a_decision_follows_its_appeal_only(state: str) -> None:
    made = decisions.appeal("in_hearing")
    with pytest.raises(IntegrityError, match=r"does not go from|no act leads"):
        sql("UPDATE certification_decisions_decision SET state=%s WHERE id=%s", state, made.decision_id)


def test_a_decision_without_appeal_is_not_under_appeal() -> None:
    taken = decisions.decision("decided")
    with pytest.raises(IntegrityError):
        sql("UPDATE certification_decisions_decision SET state='appealed' WHERE id=%s", taken.pk)


@pytest.mark.parametrize("change", ["grounds = 'x'", "due_on = due_on + 1", "votes_needed = 1"])
def test_the_words_of_an_appeal_do_not_change(change: str) -> None:
    made = decisions.appeal()
    with pytest.raises(IntegrityError, match="words of an appeal"):
        sql(f"UPDATE certification_decisions_appeal SET {change} WHERE id=%s", made.pk)
    with pytest.raises(IntegrityError, match="are kept"):
        sql("DELETE FROM certification_decisions_appeal WHERE id=%s", made.pk)


def test_overturned_is_told_to_the_room_that_asked() -> None:
    told: list[Decision] = []
    services.when_overturned(decisions.LABEL, lambda decision, actor: told.append(decision))
    try:
        decisions.appeal("dismissed")
        assert told == []
        made = decisions.appeal("upheld")
        assert [(one.pk, str(one.state)) for one in told] == [(made.decision_id, "overturned")]
    finally:
        services.when_overturned(decisions.LABEL, lambda decision, actor: None)


def test_the_agency_takes_its_appeal_back() -> None:
    made = decisions.appeal("in_hearing")
    with pytest.raises(NotPermitted):
        services.withdraw_appeal(appeal_id=made.pk, actor=decisions.manager())
    services.withdraw_appeal(appeal_id=made.pk, actor=agencies.signatory(made.agency))
    assert state_of(made.decision) == "decided"
    with pytest.raises(Conflict):
        vote(made, decisions.deciders(4)[3])


def test_the_card_says_until_when() -> None:
    taken = decisions.decision("decided")
    signatory = agencies.signatory(taken.agency)
    card = selectors.appeal_card(taken, signatory)
    assert card is not None
    assert (card.may_appeal, card.last_day, card.appeal) == (True, date(2026, 12, 21), None)
    made = appeal(taken)
    card = selectors.appeal_card(Decision.objects.get(pk=taken.pk), signatory)
    assert card is not None
    assert (card.may_appeal, card.appeal) == (False, made)
    with clocks.freeze(clocks.now() + timedelta(days=31)):
        assert selectors.appeal_card(decisions.decision(), signatory) is None
