"""The decision log: who decides, who approves, what never changes, and conditions with their days."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, DomainError, NotPermitted, ReasonRequired
from iris.notify.models import Notice
from supplychain.diligence import selectors, services
from supplychain.diligence.models import Condition, Decision
from supplychain.diligence.rules import reasons_for_approval
from supplychain.diligence.states import DecisionState
from supplychain.lookups import services as lookups
from tests.factories import accounts, agencies, certificates
from tests.tables import moves_let_through, tried, wrong_rows

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def pair() -> tuple[User, User]:
    """Two sourcing managers of one employer."""
    first = accounts.person("employer", "sourcing_manager", name="Anna Proposer")
    return first, accounts.person("employer", "sourcing_manager", organisation=first.organisation)


def _decide(actor: User, **more: object) -> Decision:
    given = {"outcome": "stop", "reason": "Workers paid.", "name": "Harbour Hands", "country": "NP", **more}
    return services.decide(actor=actor, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "certified", "findings", "setting", "expected"),
    [
        ("proceed", True, [], "risky", []),
        ("proceed", False, [], "risky", ["not_certified"]),
        ("conditions", False, ["uncertified"], "risky", ["not_certified"]),
        ("proceed", True, ["suspended", "cycle"], "risky", ["cycle", "suspended"]),
        ("proceed", True, ["too_many_intermediaries"], "risky", []),
        ("stop", False, ["suspended"], "risky", []),
        ("stop", True, [], "every", ["every"]),
    ],
)
def test_a_second_person_is_asked_when_the_rule_says(
    outcome: str, certified: bool, findings: list[str], setting: str, expected: list[str]
) -> None:
    found = reasons_for_approval(outcome=outcome, certified=certified, findings=findings, setting=setting)
    assert found == expected


def test_stopping_is_in_force_at_once(pair: tuple[User, User]) -> None:
    row = _decide(pair[0])
    assert (row.state, row.needs_approval, row.decided_by_id) == ("in_force", False, pair[0].pk)
    assert row.number == f"D-{clocks.today().year}-0001"


def test_going_ahead_without_a_certificate_waits_for_a_colleague(pair: tuple[User, User]) -> None:
    proposer, colleague = pair
    row = _decide(proposer, outcome="proceed")
    assert (row.state, row.why_approval) == ("proposed", ["not_certified"])
    assert list(Notice.objects.values_list("user_id", flat=True)) == [colleague.pk]
    with pytest.raises(NotPermitted):
        services.approve_decision(decision_id=row.pk, actor=proposer)
    done = services.approve_decision(decision_id=row.pk, actor=colleague)
    assert (done.state, done.decided_by_id) == ("in_force", colleague.pk)


def test_a_certified_agency_needs_no_second_person(pair: tuple[User, User]) -> None:
    agency = certificates.certificate(agency=agencies.agency("Clean Hands Recruitment")).agency
    row = services.decide(actor=pair[0], agency_id=agency.pk, outcome="proceed", reason="Certified.")
    assert (row.state, row.name) == ("in_force", "Clean Hands Recruitment")
    assert json.loads(row.basis)["standing"]["valid"] is True


def test_only_the_named_approver_approves(pair: tuple[User, User]) -> None:
    proposer, named = pair
    third = accounts.person("employer", "sourcing_manager", organisation=proposer.organisation)
    row = _decide(proposer, outcome="proceed", approver=named)
    with pytest.raises(NotPermitted):
        services.approve_decision(decision_id=row.pk, actor=third)
    assert services.approve_decision(decision_id=row.pk, actor=named).state == "in_force"


def test_the_proposer_cannot_be_named_as_approver(pair: tuple[User, User]) -> None:
    with pytest.raises(BadInput) as refused:
        _decide(pair[0], outcome="proceed", approver=pair[0])
    assert "approver" in refused.value.fields


def test_the_basis_is_kept_with_its_hash_and_receipt(pair: tuple[User, User]) -> None:
    agencies.agency("Harbour Hands Recruitment")
    receipt = lookups.look_up(actor=pair[0], text="Harbour Hands Recruitment")
    row = services.decide(
        actor=pair[0],
        agency_id=receipt.agency_id,
        outcome="stop",
        reason="Not certified.",
        receipt_number=receipt.number.lower(),
    )
    assert hashlib.sha256(row.basis.encode()).hexdigest() == row.basis_sha256
    assert json.loads(row.basis)["receipt"]["sha256"] == receipt.sha256


def test_a_receipt_of_another_employer_is_refused(pair: tuple[User, User]) -> None:
    other = accounts.person("employer", "sourcing_manager")
    agencies.agency("Harbour Hands Recruitment")
    receipt = lookups.look_up(actor=other, text="Harbour Hands Recruitment")
    with pytest.raises(BadInput) as refused:
        _decide(pair[0], receipt_number=receipt.number)
    assert "receipt_number" in refused.value.fields


def test_a_later_decision_replaces_the_one_before(pair: tuple[User, User]) -> None:
    first = _decide(pair[0])
    second = _decide(pair[0], name="HARBOUR  hands", outcome="proceed")
    assert Decision.objects.get(pk=first.pk).state == "in_force", "a proposal replaces nothing yet"
    services.approve_decision(decision_id=second.pk, actor=pair[1])
    first.refresh_from_db(fields=["replaced_by"])
    old = Decision.objects.get(pk=first.pk)
    assert (old.state, old.replaced_by_id) == ("superseded", second.pk)
    assert [row.pk for row in selectors.history_of(second)] == [second.pk, first.pk]


@pytest.mark.parametrize(
    ("outcome", "conditions", "field"),
    [
        ("conditions", [], "conditions"),
        ("proceed", [("Pay back", date(2026, 5, 1))], "conditions"),
        ("conditions", [("Pay back", date(2026, 3, 1))], "conditions"),
        ("conditions", [("", date(2026, 5, 1))], "conditions"),
        ("conditions", [("Pay back", None)], "conditions"),
        ("conditions", [("Pay back", date(2026, 5, 1))] * 21, "conditions"),
        ("perhaps", [], "outcome"),
    ],
)
def test_what_cannot_be_decided_is_refused_on_its_field(
    pair: tuple[User, User], outcome: str, conditions: list[object], field: str
) -> None:
    with clocks.freeze(NOON), pytest.raises(BadInput) as refused:
        _decide(pair[0], outcome=outcome, conditions=conditions)
    assert field in refused.value.fields
    assert not Decision.objects.exists()


def _with_condition(pair: tuple[User, User], due: date = date(2026, 3, 31)) -> Condition:
    row = _decide(pair[0], outcome="conditions", conditions=[("Repay the fees", due, "Quality team")])
    services.approve_decision(decision_id=row.pk, actor=pair[1])
    return Condition.objects.get(decision=row)


def test_a_condition_is_overdue_the_day_after_its_last_day(pair: tuple[User, User]) -> None:
    with clocks.freeze(NOON):
        row = _with_condition(pair)
        assert row.responsible == "Quality team"
    assert not row.overdue_on(date(2026, 3, 31))
    assert row.overdue_on(date(2026, 4, 1))


def test_the_sweep_reminds_once_before_and_once_after(pair: tuple[User, User]) -> None:
    with clocks.freeze(NOON):
        _with_condition(pair)
    Notice.objects.all().delete()
    told = []
    for day in (23, 24, 25, 31):
        with clocks.freeze(datetime(2026, 3, day, 9, tzinfo=UTC)):
            told.append(services.remind_of_conditions())
    for day in (1, 2):
        with clocks.freeze(datetime(2026, 4, day, 9, tzinfo=UTC)):
            told.append(services.remind_of_conditions())
    # due 31 March, reminded from 7 days before (24 March) on; both managers each time
    assert told == [0, 2, 0, 0, 2, 0]
    assert Notice.objects.filter(template="diligence/condition_overdue").count() == 2


def test_a_condition_is_met_with_what_shows_it(pair: tuple[User, User]) -> None:
    with clocks.freeze(NOON):
        row = _with_condition(pair)
        proof = SimpleUploadedFile("bank.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")
        with pytest.raises(BadInput):
            services.meet_condition(condition_id=row.pk, actor=pair[0], note=" ")
        done = services.meet_condition(condition_id=row.pk, actor=pair[0], note="Paid.", upload=proof)
    assert (done.state, done.evidence is not None) == ("met", True)
    organisation = pair[0].organisation
    assert organisation is not None
    assert list(selectors.open_conditions(organisation)) == []


def test_the_proposer_does_not_waive_and_a_waiver_needs_a_reason(pair: tuple[User, User]) -> None:
    with clocks.freeze(NOON):
        row = _with_condition(pair)
        with pytest.raises(NotPermitted):
            services.waive_condition(condition_id=row.pk, actor=pair[0], reason="Enough.")
        with pytest.raises(ReasonRequired):
            services.waive_condition(condition_id=row.pk, actor=pair[1], reason=" ")
        assert (
            services.waive_condition(condition_id=row.pk, actor=pair[1], reason="Enough.").state == "waived"
        )


def test_conditions_of_a_replaced_decision_rest(pair: tuple[User, User]) -> None:
    with clocks.freeze(NOON):
        row = _with_condition(pair)
        _decide(pair[0])
        with pytest.raises(Conflict):
            services.meet_condition(condition_id=row.pk, actor=pair[0], note="Paid.")
    with clocks.freeze(datetime(2026, 4, 9, tzinfo=UTC)):
        assert services.remind_of_conditions() == 0


def _made(pair: tuple[User, User], state: str) -> Decision:
    row = _decide(pair[0], outcome="proceed", name=f"Recruiter {state}")
    if state in ("in_force", "superseded"):
        row = services.approve_decision(decision_id=row.pk, actor=pair[1])
    if state == "superseded":
        _decide(pair[0], name=f"Recruiter {state}")
        row = Decision.objects.get(pk=row.pk)
    if state == "declined":
        row = services.decline_decision(decision_id=row.pk, actor=pair[1], reason="No.")
    if state == "withdrawn":
        row = services.withdraw_decision(decision_id=row.pk, actor=pair[0])
    return row


def test_every_state_act_and_role(pair: tuple[User, User]) -> None:
    employer = pair[0].organisation
    acts = {
        "approve": lambda row, by: services.approve_decision(decision_id=row.pk, actor=by),
        "decline": lambda row, by: services.decline_decision(decision_id=row.pk, actor=by, reason="r"),
        "withdraw": lambda row, by: services.withdraw_decision(decision_id=row.pk, actor=by),
    }
    people = {
        "proposer": lambda row: pair[0],
        "colleague": lambda row: pair[1],
        "viewer": lambda row: accounts.person("employer", "sourcing_viewer", organisation=employer),
        "other employer": lambda row: accounts.person("employer", "sourcing_manager"),
        "scheme": lambda row: accounts.person("scheme", "scheme_manager"),
        "agency": lambda row: accounts.person("agency", "signatory"),
    }
    allowed = {
        ("proposed", "approve", "colleague"),
        ("proposed", "decline", "colleague"),
        ("proposed", "withdraw", "proposer"),
    }
    count, wrong = wrong_rows(lambda state: _made(pair, state), DecisionState, acts, people, allowed)
    assert wrong == []
    assert count == 5 * 3 * 6


@pytest.mark.parametrize("role", ["sourcing_viewer", None])
def test_who_may_not_decide(pair: tuple[User, User], role: str | None) -> None:
    by = (
        accounts.person("employer", role, organisation=pair[0].organisation)
        if role
        else accounts.person("government")
    )
    assert tried(lambda _thing, person: _decide(person), None, by) == "not_permitted"


def test_plain_sql_cannot_rewrite_or_sign_alone(pair: tuple[User, User]) -> None:
    row = _decide(pair[0], outcome="proceed")
    assert moves_let_through(row, DecisionState.values) == {"declined", "withdrawn"}
    table = Decision._meta.db_table
    for change in ("reason = 'x'", "outcome = 'stop'", "basis = '{}'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [row.pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET state = 'in_force', decided_by_id = proposed_by_id, decided_at = now() WHERE id = %s",
            [row.pk],
        )


def test_another_employer_and_the_scheme_see_nothing(client, pair: tuple[User, User]) -> None:  # type: ignore[no-untyped-def]
    row = _decide(pair[0])
    url = reverse("diligence:decision", args=[row.pk])
    for person, status in (
        (pair[1], 200),
        (accounts.person("employer", "sourcing_manager"), 404),
        (accounts.person("scheme", "scheme_manager"), 404),
        (accounts.person("agency", "signatory"), 404),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status
        assert selectors.decisions_visible_to(person).filter(pk=row.pk).exists() == (status == 200)


def test_the_pages_decide_approve_and_meet(client, pair: tuple[User, User]) -> None:  # type: ignore[no-untyped-def]
    client.force_login(pair[0])
    assert client.get(reverse("diligence:add")).status_code == 200
    sent = {
        "name": "Harbour Hands",
        "country": "NP",
        "outcome": "conditions",
        "reason": "They repay.",
        "text_1": "Repay",
        "due_1": "2999-01-01",
        "who_1": "Quality team",
    }
    assert client.post(reverse("diligence:add"), {**sent, "outcome": "proceed"}).status_code == 422
    client.post(reverse("diligence:add"), sent)
    row = Decision.objects.get()
    page = client.get(reverse("diligence:decision", args=[row.pk])).content.decode()
    assert "Repay" in page
    assert "Approve the decision" not in page
    client.force_login(pair[1])
    assert "Approve the decision" in client.get(reverse("diligence:decision", args=[row.pk])).content.decode()
    client.post(reverse("diligence:approve", args=[row.pk]))
    condition = Condition.objects.get()
    client.post(reverse("diligence:condition", args=[condition.pk, "meet"]), {"note": "Seen."})
    assert Condition.objects.get().state == "met"
    assert "Harbour Hands" in client.get(reverse("diligence:list")).content.decode()


def test_the_rule_can_be_changed_to_every_decision(client, pair: tuple[User, User]) -> None:  # type: ignore[no-untyped-def]
    client.force_login(pair[0])
    client.post(reverse("diligence:approval"), {"approval": "every"})
    assert _decide(pair[0]).why_approval == ["every"]
    with pytest.raises(DomainError):
        services.change_approval(actor=pair[0], approval="never")
