"""Four eyes on certificates: proposed by one person, decided by another, undone by an appeal; and the database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from certification.certificates import selectors, services
from certification.certificates.models import Certificate
from certification.decisions import services as decisions
from certification.decisions.models import Decision
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from tests.factories import accounts, agencies
from tests.factories import certificates as factory
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db


def _sql(change: str, row: Certificate) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE certification_certificates_certificate SET {change} WHERE id=%s",
            [row.pk],
        )


def _overturn(decision: Decision, outcome: str = "upheld") -> None:
    made = decisions.appeal(
        decision_id=decision.pk, actor=agencies.signatory(decision.agency), grounds="The facts are others."
    )
    decisions.acknowledge_appeal(appeal_id=made.pk, actor=factory.manager())
    for person in (accounts.person("scheme", "decider"), accounts.person("scheme", "decider")):
        decisions.vote_on_appeal(appeal_id=made.pk, actor=person, outcome=outcome, reasons="I read it all.")


def test_a_proposal_changes_nothing_until_somebody_else_accepts_it(base: Certificate) -> None:
    asked = factory.proposed(base, "suspend")
    assert factory.latest(base).state == "active"
    assert (asked.four_eyes, asked.opened_by, str(asked.due_on)) == (True, factory.manager(), "2026-12-05")
    assert asked in selectors.proposals_waiting(factory.decider())
    assert selectors.proposals_waiting(factory.manager()) == []
    with pytest.raises(NotPermitted):
        factory.answer(asked, by=factory.manager())
    factory.answer(asked)
    row = factory.latest(base)
    assert (row.state, row.settled_by_id) == ("suspended", asked.pk)


def test_a_refused_proposal_stays_as_a_decision_and_changes_nothing(base: Certificate) -> None:
    asked = factory.answer(factory.proposed(base, "withdraw"), "reject")
    assert factory.latest(base).state == "active"
    assert (asked.state, asked.outcome) == ("decided", "reject")
    assert events.events_of(base)[0].act == "refused_withdraw"
    factory.proposed(base, "withdraw")


def test_a_barred_decider_does_not_answer(base: Certificate) -> None:
    decider = accounts.person("scheme", "decider")
    decisions.bar(
        agency=base.agency,
        person=decider,
        kind="audited",
        since=clocks.today(),
        source="Audit 3",
        actor=events.SYSTEM,
    )
    asked = factory.proposed(base, "suspend")
    assert asked not in selectors.proposals_waiting(decider)
    with pytest.raises(NotPermitted, match="audited"):
        factory.answer(asked, by=decider)


def test_accepting_what_can_no_longer_be_done_is_refused_and_not_recorded(base: Certificate) -> None:
    asked = factory.proposed(base, "suspend")
    services.relinquish_certificate(
        certificate_id=base.pk, actor=agencies.signatory(base.agency), reason="We close."
    )
    with pytest.raises(Conflict, match="Given up"):
        factory.answer(asked)
    assert Decision.objects.get(pk=asked.pk).state == "open"


@pytest.mark.parametrize("outcome", ["accept", "no such answer"])
def test_answers_are_known(base: Certificate, outcome: str) -> None:
    asked = factory.proposed(base, "suspend")
    if outcome == "accept":
        assert factory.answer(asked, outcome).outcome == "accept"
        return
    with pytest.raises(BadInput):
        factory.answer(asked, outcome)


# -- appeals -----------------------------------------------------------------------------------------------


def test_an_overturned_suspension_is_lifted(base: Certificate) -> None:
    asked = factory.answer(factory.proposed(base, "suspend"))
    _overturn(asked)
    row = factory.latest(base)
    assert (row.state, row.suspended_on, row.reason_code) == ("active", None, "")
    assert row.changes.get(what="Reinstated").public_note == "The decision was overturned on appeal."


def test_an_overturned_suspension_is_lifted_although_an_audit_was_missed_meanwhile(base: Certificate) -> None:
    """The answer to an appeal never waits for something else; that has a rule of its own, which acts the same night."""
    with clocks.freeze(datetime(2027, 11, 20, 12, tzinfo=UTC)):
        asked = factory.answer(factory.proposed(base, "suspend"))
    with clocks.freeze(datetime(2027, 11, 25, 12, tzinfo=UTC)):
        services.miss_surveillance()
        _overturn(asked)
        assert factory.latest(base).state == "active"
        assert services.miss_surveillance() == 1
        row = factory.latest(base)
    assert (row.state, row.rule) == ("suspended", "surveillance_missed")


def test_a_dismissed_appeal_leaves_the_suspension(base: Certificate) -> None:
    asked = factory.answer(factory.proposed(base, "suspend"))
    _overturn(asked, "dismissed")
    assert factory.latest(base).state == "suspended"


def test_an_overturned_withdrawal_is_a_new_revision_as_before(base: Certificate) -> None:
    asked = factory.answer(factory.proposed(base, "withdraw"))
    _overturn(asked)
    made = Certificate.objects.get(replaces=base)
    assert (made.revision, made.scope_change, made.state) == (2, "restored", "active")
    assert made.expires_on == base.expires_on
    assert [one.text for one in made.corridors.all()] == ["Nepal to Malaysia", "Nepal to Qatar"]
    assert factory.latest(base).state == "withdrawn", "what happened stays in the history"
    assert selectors.standing_of(base.agency).valid


def test_an_overturned_reduction_gives_the_scope_back(base: Certificate) -> None:
    made = factory.reduce(base, [("NP", "QA")])
    assert made.settled_by_id is not None
    decision = Decision.objects.get(pk=made.settled_by_id)
    _overturn(decision)
    latest = Certificate.objects.get(replaces=made)
    assert [one.text for one in latest.corridors.all()] == ["Nepal to Malaysia", "Nepal to Qatar"]


def test_an_overturned_withdrawal_gives_nothing_back_after_the_last_day(base: Certificate) -> None:
    with clocks.freeze(datetime(2029, 11, 15, 12, tzinfo=UTC)):
        asked = factory.answer(factory.proposed(base, "withdraw"))
    with clocks.freeze(datetime(2029, 11, 25, 12, tzinfo=UTC)):
        _overturn(asked)
    assert not Certificate.objects.filter(replaces=base).exists()


# -- the database ----------------------------------------------------------------------------------------------

SUSPENDED = (
    "state='suspended', state_since='2026-11-21', suspended_on='2026-11-21', suspension_ends_on='2027-05-21', "
    "reason_code='other', state_reason='x', public_note='x'"
)
WITHDRAWN = (
    "state='withdrawn', state_since='2026-11-21', ended_on='2026-11-21', suspended_on=NULL, "
    "suspension_ends_on=NULL, reason_code='other', state_reason='x', public_note='x'"
)
BACK = (
    "state='active', state_since='2026-11-21', suspended_on=NULL, suspension_ends_on=NULL, reason_code='', "
    "state_reason='', public_note=''"
)


@pytest.mark.parametrize(
    "rule", ["", "surveillance_missed", "licence_lost", "conditions_unmet", "suspended_too_long"]
)
def test_database_refuses_to_suspend_or_withdraw_alone(base: Certificate, rule: str) -> None:
    """Neither without a ground, nor by a rule whose fact is not in the rows."""
    for change in (SUSPENDED, WITHDRAWN):
        with pytest.raises(DatabaseError, match="four eyes"):
            _sql(f"{change}, rule='{rule}'", base)


def test_database_takes_the_same_change_with_an_accepted_decision(base: Certificate) -> None:
    """The oracle of the refusals: with the ground they lack, the very same statement goes through."""
    asked = factory.proposed(base, "suspend")
    with pytest.raises(DatabaseError, match="four eyes"):
        _sql(f"{SUSPENDED}, settled_by_id='{asked.pk}'", base)
    with pytest.MonkeyPatch.context() as patch:  # decided, but the act does not happen
        patch.setitem(decisions.deciding._decided, "certificate.suspend", lambda decision, actor: None)
        factory.answer(asked)
    with pytest.raises(DatabaseError, match="four eyes"):
        _sql(f"{WITHDRAWN}, settled_by_id='{asked.pk}'", base)
    _sql(f"{SUSPENDED}, settled_by_id='{asked.pk}'", base)
    assert factory.latest(base).state == "suspended"
    with pytest.raises(DatabaseError, match="four eyes"):
        _sql(BACK, base)


def test_database_refuses_a_decision_used_twice_or_about_another(
    base: Certificate, base_conditional: Certificate
) -> None:
    suspended = factory.suspend(base)
    ground = suspended.settled_by_id
    factory.reinstate(base)
    with pytest.raises(DatabaseError, match="four eyes"):
        _sql(f"{SUSPENDED}, settled_by_id='{ground}'", base_conditional)
    factory.suspend(base_conditional)
    with pytest.raises(DatabaseError, match="four eyes"):
        _sql(f"{BACK}, settled_by_id='{ground}'", base_conditional)


@pytest.mark.parametrize(
    "change", ["state_reason='nicer'", "public_note='nicer'", "rule='licence_lost'", "settled_by_id=NULL"]
)
def test_database_keeps_the_words_of_a_suspension(base: Certificate, change: str) -> None:
    factory.suspend(base)
    with pytest.raises(DatabaseError, match="change only with its state"):
        _sql(change, base)


def test_database_refuses_a_second_running_certificate_of_one_legal_entity(base: Certificate) -> None:
    """The same entity enrolled twice, under another name: one live certificate for each country and registration."""
    other = agencies.agency()
    number = base.registration_number
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certification_agencies_agency SET registration_number=%s WHERE id=%s", [number, other.pk]
        )
    application = factory.recommended(other)
    with pytest.raises(DatabaseError, match="one_running_per_entity"), transaction.atomic():
        services.decide_application(
            application_id=application.pk, actor=factory.decider(), outcome="grant", reasons="It is good."
        )


def test_service_and_database_refuse_a_grant_with_an_open_major(world: object) -> None:
    application = factory.recommended(major=1)
    with pytest.raises(TransitionRefused) as refused:
        services.decide_application(
            application_id=application.pk, actor=factory.decider(), outcome="grant", reasons="It is good."
        )
    assert refused.value.code == "open_findings"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("certification.certificates.services.deciding._refuse_open_findings", lambda row: None)
        with pytest.raises(DatabaseError, match="critical or major finding is open"), transaction.atomic():
            services.decide_application(
                application_id=application.pk, actor=factory.decider(), outcome="grant", reasons="It is good."
            )


def test_after_six_months_stage_two_is_held_again(world: object) -> None:
    application = factory.recommended(major=1)
    with clocks.freeze(datetime(2027, 5, 22, tzinfo=UTC)), pytest.raises(TransitionRefused) as refused:
        services.decide_application(
            application_id=application.pk, actor=factory.decider(), outcome="grant", reasons="It is good."
        )
    assert "stage 2 is held again" in str(refused.value.missing[-1])
    assert "21 May 2027" in str(refused.value.missing[-1])


# -- every state x act x role ------------------------------------------------------------------------------------

STATES = ["active", "conditional", "suspended", "expired", "withdrawn", "relinquished", "superseded"]
ALLOWED = {
    ("active", "propose suspend", "manager"),
    ("active", "propose withdraw", "manager"),
    ("active", "correct", "manager"),
    ("active", "order", "manager"),
    ("active", "give up", "signatory"),
    ("active", "accept the mark", "signatory"),
    ("conditional", "propose suspend", "manager"),
    ("conditional", "propose withdraw", "manager"),
    ("conditional", "correct", "manager"),
    ("conditional", "order", "manager"),
    ("conditional", "meet", "manager"),
    ("conditional", "give up", "signatory"),
    ("conditional", "accept the mark", "signatory"),
    ("suspended", "propose withdraw", "manager"),
    ("suspended", "propose reinstate", "manager"),
    ("suspended", "order", "manager"),
    ("suspended", "give up", "signatory"),
}
# Where plain SQL that changes only the state gets: nowhere, since dates, reasons and grounds go with it.
SQL_MOVES: dict[str, set[str]] = {
    **{state: set() for state in STATES},
    "active": {"conditional"},
    "conditional": {"active"},
}


def _meet(row: Certificate, person: Any) -> Any:
    condition = row.conditions.first()
    if condition is None:
        raise Conflict("No condition.")
    return services.meet_condition(condition_id=condition.pk, actor=person, note="Seen.")


def test_every_state_act_and_role(
    world: dict[str, Any], base: Certificate, base_conditional: Certificate
) -> None:
    things = {
        "active": base,
        "conditional": base_conditional,
        **{state: factory.certificate(state) for state in STATES if state not in ("active", "conditional")},
    }
    words = {"reason": "R.", "public_note": "P."}
    acts = {
        "propose suspend": lambda row, who: factory.proposed(row, "suspend", by=who),
        "propose withdraw": lambda row, who: factory.proposed(row, "withdraw", by=who),
        "propose reinstate": lambda row, who: factory.proposed(row, "reinstate", by=who),
        "correct": lambda row, who: services.correct_certificate(certificate_id=row.pk, actor=who, **words),
        "order": lambda row, who: services.order_audit(
            certificate_id=row.pk, kind="special", reason="R.", actor=who
        ),
        "meet": _meet,
        "give up": lambda row, who: services.relinquish_certificate(
            certificate_id=row.pk, actor=who, reason="R."
        ),
        "accept the mark": lambda row, who: services.accept_mark_terms(
            certificate_id=row.pk, actor=who, version=1
        ),
    }
    people = {
        "manager": lambda row: factory.manager(),
        "decider": lambda row: factory.decider(),
        "screener": lambda row: accounts.person("scheme", "screener"),
        "signatory": lambda row: agencies.signatory(row.agency),
        "colleague": lambda row: agencies.colleague(row.agency, "manager"),
        "stranger": lambda row: agencies.signatory(base_conditional.agency if row == base else base.agency),
        "employer": lambda row: accounts.person("employer", "sourcing_manager"),
    }
    tried, wrong = wrong_rows(lambda state: things[state], STATES, acts, people, ALLOWED)
    assert wrong == []
    assert tried == 7 * 8 * 7
    assert {state: moves_let_through(thing, STATES) for state, thing in things.items()} == SQL_MOVES
