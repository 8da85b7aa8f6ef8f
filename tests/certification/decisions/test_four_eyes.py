"""Four eyes: the service refuses in words, the database refuses whatever way somebody takes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from certification.agencies.models import Agency
from certification.decisions import selectors, services
from certification.decisions.models import Bar, Decision, Vote
from certification.decisions.states import BarKind
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from tests.factories import accounts, agencies, applications

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return agencies.agency("Kalimaru Overseas Services Pvt. Ltd.")


@pytest.fixture
def decider() -> User:
    return accounts.person("scheme", "decider", name="Maren Oduya-Lind")


def _open(agency: Agency) -> Decision:
    return services.open_decision(
        agency=agency,
        subject_label="x.y",
        subject_id=uuid4(),
        question="Is it so?",
        facts={},
        actor=events.SYSTEM,
    )


def _bar(agency: Agency, person: User, since: date, until: date | None = None, kind: str = "audited") -> Bar:
    return services.bar(
        agency=agency,
        person=person,
        kind=kind,
        since=since,
        until=until,
        source="Audit 7",
        actor=events.SYSTEM,
    )


def _sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _decide_by_sql(decision: Decision, person: User) -> None:
    _sql(
        "UPDATE certification_decisions_decision SET state='decided', outcome='grant', reasons='r', "
        "decided_by_id=%s, decided_at=%s WHERE id=%s",
        person.pk,
        clocks.now(),
        decision.pk,
    )


def test_decide_by_someone_without_ties(agency: Agency, decider: User) -> None:
    decision = services.decide(
        decision_id=_open(agency).pk, actor=decider, outcome="grant", reasons=" Because. "
    )
    assert (decision.state, decision.outcome, decision.reasons) == ("decided", "grant", "Because.")
    assert decision.decided_by == decider
    last = events.last_change(decision)
    assert last is not None
    assert last.act == "decide"


def test_decide_refuses_whoever_audited_and_says_why(agency: Agency, decider: User) -> None:
    decision = _open(agency)
    _bar(agency, decider, clocks.today())
    with pytest.raises(NotPermitted) as refused:
        services.decide(decision_id=decision.pk, actor=decider, outcome="grant", reasons="r")
    assert refused.value.code == "barred"
    assert "you audited it (Audit 7)" in str(refused.value.message)
    assert Decision.objects.get(pk=decision.pk).state == "open"


def test_decide_refuses_a_member_of_the_agency(agency: Agency) -> None:
    both = accounts.person("scheme", "decider")
    accounts.join(both, agency.organisation, "contributor")
    both.acting = both.memberships.get(role="decider")
    with pytest.raises(NotPermitted, match="you belong to it"):
        services.decide(decision_id=_open(agency).pk, actor=both, outcome="grant", reasons="r")


@pytest.mark.parametrize("role", ["scheme_manager", "screener"])
def test_decide_is_only_for_deciders(agency: Agency, role: str) -> None:
    with pytest.raises(NotPermitted):
        services.decide(
            decision_id=_open(agency).pk, actor=accounts.person("scheme", role), outcome="grant", reasons="r"
        )


def test_decide_needs_reasons(agency: Agency, decider: User) -> None:
    with pytest.raises(ReasonRequired):
        services.decide(decision_id=_open(agency).pk, actor=decider, outcome="grant", reasons="  ")


def test_decide_twice_tells_who_was_first(agency: Agency, decider: User) -> None:
    decision = _open(agency)
    services.decide(decision_id=decision.pk, actor=decider, outcome="grant", reasons="r")
    other = accounts.person("scheme", "decider")
    with pytest.raises(Conflict, match="Maren Oduya-Lind"):
        services.decide(decision_id=decision.pk, actor=other, outcome="refuse", reasons="r")


@pytest.mark.parametrize(
    ("since", "until", "barred"),
    [(-1, None, True), (0, 0, True), (-10, -1, False), (1, None, False), (-10, 0, True)],
)
def test_bar_counts_on_its_days_only(
    agency: Agency, decider: User, since: int, until: int | None, barred: bool
) -> None:
    today = clocks.today()
    last = None if until is None else today + timedelta(days=until)
    _bar(agency, decider, today + timedelta(days=since), last)
    decision = _open(agency)
    assert bool(selectors.barred(agency, decider)) is barred
    if barred:
        with pytest.raises(IntegrityError, match="four eyes"):
            _decide_by_sql(decision, decider)
    else:
        Vote.objects.create(decision=decision, person=decider, outcome="grant", reasons="r", at=clocks.now())
        _decide_by_sql(decision, decider)
    assert Decision.objects.get(pk=decision.pk).state == ("open" if barred else "decided")


def test_bar_of_another_agency_does_not_count(agency: Agency, decider: User) -> None:
    _bar(agencies.agency(), decider, clocks.today())
    services.decide(decision_id=_open(agency).pk, actor=decider, outcome="grant", reasons="r")


def test_database_refuses_a_barred_decider_in_an_insert(agency: Agency, decider: User) -> None:
    _bar(agency, decider, clocks.today())
    with pytest.raises(IntegrityError, match="four eyes"):
        _sql(
            "INSERT INTO certification_decisions_decision (id, created_at, agency_id, subject_label, subject_id, "
            "question, facts, state, outcome, reasons, decided_by_id, decided_at) "
            "VALUES (%s, now(), %s, 'x', %s, 'q', '{}', 'decided', 'grant', 'r', %s, %s)",
            uuid4(),
            agency.pk,
            uuid4(),
            decider.pk,
            clocks.now(),
        )


def test_database_refuses_moving_a_decision_to_another_agency(agency: Agency, decider: User) -> None:
    _bar(agency, decider, clocks.today())
    elsewhere = _open(agencies.agency())
    services.decide(decision_id=elsewhere.pk, actor=decider, outcome="grant", reasons="r")
    with pytest.raises(IntegrityError, match="does not change"):
        _sql("UPDATE certification_decisions_decision SET agency_id=%s WHERE id=%s", agency.pk, elsewhere.pk)


@pytest.mark.parametrize(
    "change",
    [
        "reasons = 'others'",
        "outcome = 'refuse'",
        "decided_at = decided_at - interval '1 day'",
        "question = 'q'",
        "state = 'open'",
    ],
)
def test_database_keeps_a_decision_as_it_was_taken(agency: Agency, decider: User, change: str) -> None:
    decision = services.decide(decision_id=_open(agency).pk, actor=decider, outcome="grant", reasons="r")
    with pytest.raises(IntegrityError):
        _sql(f"UPDATE certification_decisions_decision SET {change} WHERE id=%s", decision.pk)
    with pytest.raises(IntegrityError, match="are kept"):
        _sql("DELETE FROM certification_decisions_decision WHERE id=%s", decision.pk)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'trained'",
        "since = since + 1",
        "until = since",
        "person_id = (SELECT id FROM iris_accounts_user WHERE id <> person_id LIMIT 1)",
    ],
)
def test_database_keeps_a_bar(agency: Agency, decider: User, change: str) -> None:
    tie = _bar(agency, decider, clocks.today() - timedelta(days=5), clocks.today() + timedelta(days=5))
    with pytest.raises(IntegrityError):
        _sql(f"UPDATE certification_decisions_bar SET {change} WHERE id=%s", tie.pk)
    with pytest.raises(IntegrityError, match="are kept"):
        _sql("DELETE FROM certification_decisions_bar WHERE id=%s", tie.pk)


def test_bar_is_extended_never_shortened(agency: Agency, decider: User) -> None:
    tie = _bar(agency, decider, clocks.today(), clocks.today() + timedelta(days=5))
    later = clocks.today() + timedelta(days=9)
    assert services.extend_bar(bar_id=tie.pk, until=later, actor=events.SYSTEM).until == later
    with pytest.raises(BadInput, match="correct what is marked"):
        services.extend_bar(bar_id=tie.pk, until=clocks.today(), actor=events.SYSTEM)
    assert services.extend_bar(bar_id=tie.pk, until=None, actor=events.SYSTEM).until is None
    with pytest.raises(IntegrityError, match="never made shorter"):
        _sql("UPDATE certification_decisions_bar SET until=%s WHERE id=%s", later, tie.pk)


def test_bar_said_twice_is_kept_once(agency: Agency, decider: User) -> None:
    _bar(agency, decider, clocks.today(), clocks.today())
    _bar(agency, decider, clocks.today(), clocks.today() + timedelta(days=30))
    _bar(agency, decider, clocks.today(), clocks.today() + timedelta(days=3))
    (tie,) = Bar.objects.filter(agency=agency)
    assert tie.until == clocks.today() + timedelta(days=30)


def test_bar_after_advice_holds_24_months_after_its_last_day(agency: Agency, decider: User) -> None:
    tie = services.bar_by_hand(
        agency=agency,
        person=decider,
        kind=BarKind.ADVISED,
        since=date(2024, 1, 10),
        ended_on=date(2024, 12, 31),
        source="Told by the person",
        actor=decider,
    )
    assert tie.until == date(2026, 12, 31)
    assert selectors.barred(agency, decider, date(2026, 12, 31))
    assert not selectors.barred(agency, decider, date(2027, 1, 1))


def test_bar_by_hand_only_for_oneself_or_by_a_manager(agency: Agency, decider: User) -> None:
    words: dict[str, Any] = {
        "agency": agency,
        "kind": "conflict",
        "since": clocks.today(),
        "ended_on": None,
        "source": "Told",
    }
    with pytest.raises(NotPermitted):
        services.bar_by_hand(person=decider, actor=accounts.person("scheme", "decider"), **words)
    with pytest.raises(NotPermitted):
        services.bar_by_hand(person=decider, actor=applications.screener(), **words)
    tie = services.bar_by_hand(person=decider, actor=accounts.person("scheme", "scheme_manager"), **words)
    assert tie.until is None


@pytest.mark.parametrize(
    "columns",
    [
        "state='decided'",
        "outcome='grant'",
        "decided_at=now()",
        "state='decided', outcome='grant', reasons=''",
    ],
)
def test_constraints_tie_state_and_signature(agency: Agency, columns: str) -> None:
    decision = _open(agency)
    with pytest.raises(IntegrityError):
        _sql(f"UPDATE certification_decisions_decision SET {columns} WHERE id=%s", decision.pk)


def test_one_open_decision_for_a_subject(agency: Agency) -> None:
    first = _open(agency)
    words: dict[str, Any] = {
        "agency": agency,
        "subject_label": "x.y",
        "subject_id": first.subject_id,
        "question": "Again?",
    }
    assert services.open_decision(facts={}, actor=events.SYSTEM, **words) == first
    with pytest.raises(IntegrityError, match="decision_one_open_per_subject"), transaction.atomic():
        Decision.objects.create(**words)
