"""Weights of an employer: versions that stay, who may choose, and whose they are."""

import pytest
from django.db import connection, transaction
from django.db.utils import Error as DatabaseError
from django.test import Client

from iris.accounts.models import User
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from supplychain.risk import rules, selectors, services
from supplychain.risk.models import WeightSet
from supplychain.risk.rules import RiskFacts
from supplychain.risk.selectors import NamedFacts, ranking
from tests.factories import accounts

pytestmark = pytest.mark.django_db
DEFAULT = dict(rules.default_weights().values)


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def _heavier(**more: int) -> dict[str, int]:
    return {**DEFAULT, **more}


def test_the_scheme_s_weights_count_until_others_are_chosen(buyer: User) -> None:
    assert selectors.weights_of(buyer.organisation) == rules.default_weights()
    made = services.change_weights(actor=buyer, values=_heavier(fees=40), reason="Fees matter most to us.")
    held = selectors.weights_of(buyer.organisation)
    assert (made.number, held.version, held.own, held.values["fees"], held.total) == (
        1,
        "own 1",
        True,
        40,
        130,
    )


def test_going_back_is_a_version_too(buyer: User) -> None:
    services.change_weights(actor=buyer, values=_heavier(fees=40), reason="Fees matter most.")
    services.reset_weights(actor=buyer, reason="One method for the whole group.", seen=1)
    assert selectors.weights_of(buyer.organisation) == rules.default_weights()
    kept = selectors.weight_sets_visible_to(buyer)
    assert [(row.number, row.default, row.reason) for row in kept] == [
        (2, True, "One method for the whole group."),
        (1, False, "Fees matter most."),
    ]


def test_two_colleagues_at_once_the_second_is_told(buyer: User) -> None:
    services.change_weights(actor=buyer, values=_heavier(fees=40), reason="First.")
    with pytest.raises(Conflict, match="version 1"):
        services.change_weights(actor=buyer, values=_heavier(fees=50), reason="Second.", seen=0)


@pytest.mark.parametrize(
    ("values", "field"),
    [({**DEFAULT, "fees": -1}, "fees"), ({**DEFAULT, "fees": 101}, "fees"), ({"fees": 1}, "certificate")],
)
def test_weights_out_of_range_are_refused_on_their_field(
    buyer: User, values: dict[str, int], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        services.change_weights(actor=buyer, values=values, reason="x")
    assert field in refused.value.fields
    assert not WeightSet.objects.exists()


def test_all_zero_nothing_changed_and_no_reason_are_refused(buyer: User) -> None:
    with pytest.raises(BadInput, match="above 0"):
        services.change_weights(actor=buyer, values=dict.fromkeys(DEFAULT, 0), reason="x")
    with pytest.raises(BadInput, match="in force"):
        services.change_weights(actor=buyer, values=DEFAULT, reason="x")
    with pytest.raises(ReasonRequired):
        services.change_weights(actor=buyer, values=_heavier(fees=40), reason="  ")
    with pytest.raises(BadInput, match="already"):
        services.reset_weights(actor=buyer, reason="x")


def test_a_viewer_and_another_kind_may_not(buyer: User) -> None:
    for who in (accounts.person("employer", "sourcing_viewer"), accounts.person("scheme", "scheme_manager")):
        with pytest.raises(NotPermitted):
            services.change_weights(actor=who, values=_heavier(fees=40), reason="x")


def test_the_database_refuses_to_change_a_version(buyer: User) -> None:
    made = services.change_weights(actor=buyer, values=_heavier(fees=40), reason="Fees.")
    for statement in (
        "UPDATE supplychain_risk_weightset SET reason = 'no' WHERE id = %s",
        "DELETE FROM supplychain_risk_weightset WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [made.pk])


def test_an_input_gained_later_counts_with_the_scheme_s_weight(buyer: User) -> None:
    values = {code: weight for code, weight in DEFAULT.items() if code != "sector"}
    row = WeightSet(organisation=buyer.organisation, number=1, person=buyer, values=values, reason="old")
    assert selectors.weights_from(row).values["sector"] == DEFAULT["sector"]


def test_a_ranking_by_hand() -> None:
    """Only what workers pay counts then: the certified one whose workers pay (100) passes the uncertified (0)."""
    certified = NamedFacts("Alder", RiskFacts(standing="certified", scope="inside", fee_terms="shared"))
    other = NamedFacts("Birch", RiskFacts(standing="enrolled", fee_terms="employer"))
    then = rules.Weights({code: int(code == "fees") for code in DEFAULT}, "tried")
    rows = ranking([certified, other], rules.default_weights(), then)
    assert [(row.name, row.after.points, row.place_before, row.moved) for row in rows] == [
        ("Alder", 80, 2, 1),
        ("Birch", 0, 1, -1),
    ]


def test_the_page_previews_without_keeping_and_then_keeps(buyer: User, client: Client) -> None:
    client.force_login(buyer)
    form = {**_heavier(fees=40), "seen": 0, "reason": "Fees first."}
    tried = client.post("/risk/weights/", {**form, "try": "1"})
    assert tried.status_code == 200
    assert "What these weights would change" in tried.content.decode()
    assert not WeightSet.objects.exists()
    kept = client.post("/risk/weights/", {**form, "keep": "1"}, follow=True)
    assert "own 1" in kept.content.decode()
    assert "Fees first." in kept.content.decode()
    back = client.post("/risk/weights/reset/", {"seen": 1, "reason": "Back."}, follow=True)
    assert "In force: the scheme" in back.content.decode()


def test_the_page_refuses_with_a_sentence_and_keeps_what_was_typed(buyer: User, client: Client) -> None:
    client.force_login(buyer)
    answer = client.post("/risk/weights/", {**_heavier(fees=900), "seen": 0, "reason": "x", "keep": "1"})
    assert answer.status_code == 422
    assert "900" in answer.content.decode()
    no_reason = client.post("/risk/weights/", {**_heavier(fees=40), "seen": 0, "reason": "", "keep": "1"})
    assert no_reason.status_code == 422
    assert "Say in a sentence why" in no_reason.content.decode()


def test_versions_of_another_employer_are_not_there(buyer: User, client: Client) -> None:
    services.change_weights(actor=buyer, values=_heavier(fees=40), reason="Our secret reason.")
    stranger = accounts.person("employer", "sourcing_manager")
    assert not selectors.weight_sets_visible_to(stranger).exists()
    client.force_login(stranger)
    page = client.get("/risk/weights/")
    assert page.status_code == 200
    assert "Our secret reason." not in page.content.decode()
    assert not selectors.weights_of(stranger.organisation).own


def test_who_may_open_what(client: Client) -> None:
    viewer = accounts.person("employer", "sourcing_viewer")
    client.force_login(viewer)
    assert client.get("/risk/weights/").status_code == 200
    assert client.post("/risk/weights/", {**DEFAULT, "seen": 0, "keep": "1"}).status_code == 404
    assert client.get("/risk/weights/reset/").status_code == 404
    client.force_login(accounts.person("agency", "signatory"))
    for url in ("/risk/", "/risk/sectors/", "/risk/method/", "/risk/weights/"):
        assert client.get(url).status_code == 404
