"""What an organisation decided about a name: kept for it alone, taken back by a further row, latest word counts."""

import pytest
from django.db import DatabaseError, connection, transaction

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted
from supplychain.names import selectors, services
from supplychain.names.models import MatchDecision
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def agency() -> Agency:
    return agencies.agency("Kalimaru Overseas Pvt. Ltd.")


def _say(
    buyer: User, agency: Agency, verdict: str, text: str = "Kalimaroo", country: str = ""
) -> MatchDecision:
    assert buyer.organisation is not None
    return services.remember(
        organisation=buyer.organisation,
        actor=buyer,
        text=text,
        country=country,
        verdict=verdict,
        agency_id=agency.pk,
    )


def _known(buyer: User, text: str = "Kalimaroo", country: str = "") -> selectors.Remembered | None:
    return selectors.decisions_for(buyer.organisation, [(text, country)]).get(selectors.key_of(text, country))


def test_same_and_not_same_are_remembered_by_canonical_key(buyer: User, agency: Agency) -> None:
    other = agencies.agency("Kalimaroo Staffing")
    _say(buyer, agency, "same", "Kalimaroo Overseas Ltd")
    _say(buyer, other, "not_same", "KALIMAROO  overseas")
    known = _known(buyer, "overseas, kalimaroo")
    assert known is not None
    assert (known.same, known.not_same) == (agency.pk, {other.pk})
    assert known.decided_by == buyer.label


def test_the_latest_word_about_an_agency_counts(buyer: User, agency: Agency) -> None:
    _say(buyer, agency, "same")
    _say(buyer, agency, "not_same")
    known = _known(buyer)
    assert known is not None
    assert (known.same, known.not_same) == (None, {agency.pk})


def test_a_choice_without_a_country_counts_for_each_and_one_with_it_only_there(
    buyer: User, agency: Agency
) -> None:
    other = agencies.agency("Kalimaroo Staffing", "PH")
    _say(buyer, agency, "same", country="NP")
    assert _known(buyer, country="PH") is None
    assert getattr(_known(buyer, country="NP"), "same", None) == agency.pk
    assert getattr(_known(buyer), "same", None) == agency.pk
    _say(buyer, other, "same", country="PH")
    assert getattr(_known(buyer, country="PH"), "same", None) == other.pk
    assert getattr(_known(buyer), "same", None) is None


def test_forget_takes_a_choice_back_and_keeps_both_rows(buyer: User, agency: Agency) -> None:
    row = _say(buyer, agency, "same")
    back = services.forget(row.pk, buyer)
    assert back.undoes_id == row.pk
    assert _known(buyer) is None
    assert MatchDecision.objects.count() == 2
    with pytest.raises(Conflict):
        services.forget(row.pk, buyer)
    with pytest.raises(Conflict):
        services.forget(back.pk, buyer)
    _say(buyer, agency, "same")
    assert _known(buyer) is not None


def test_decisions_are_of_one_organisation_alone(buyer: User, agency: Agency) -> None:
    row = _say(buyer, agency, "same")
    stranger = accounts.person("employer", "sourcing_manager")
    assert _known(stranger) is None
    assert not selectors.decisions_visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        services.forget(row.pk, stranger)
    with pytest.raises(NotPermitted):
        services.remember(
            organisation=row.organisation, actor=stranger, text="Kalimaroo", country="", verdict="same",
            agency_id=agency.pk,
        )  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), [("???", "same"), ("Kalimaroo", "perhaps")])
def test_what_cannot_be_remembered_is_refused_with_a_sentence(
    buyer: User, agency: Agency, text: str, verdict: str
) -> None:
    with pytest.raises(BadInput) as refused:
        _say(buyer, agency, verdict, text)
    assert refused.value.fields


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE supplychain_names_matchdecision SET verdict = 'same'",
        "DELETE FROM supplychain_names_matchdecision",
    ],
)
def test_a_decision_cannot_be_changed_in_plain_sql(buyer: User, agency: Agency, statement: str) -> None:
    _say(buyer, agency, "not_same")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_many_questions_are_one_query(buyer: User, agency: Agency, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    _say(buyer, agency, "same")
    with django_assert_num_queries(1):
        found = selectors.decisions_for(
            buyer.organisation, [("Kalimaroo", ""), ("Other", "NP"), ("Third", "")]
        )
    assert set(found) == {selectors.key_of("Kalimaroo")}
    decided = found[selectors.key_of("Kalimaroo")].decided_at
    assert decided is not None
    assert decided.date() == clocks.today()
