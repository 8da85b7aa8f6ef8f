"""What a person says on a party's match page counts in every room of the organisation, until it is taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core.errors import BadInput
from supplychain.chains import services
from supplychain.chains.models import Party
from supplychain.lookups.selectors import find
from supplychain.names.models import MatchDecision
from supplychain.names.selectors import decisions_for
from tests.factories import agencies, chains, screenings

pytestmark = pytest.mark.django_db
WRITTEN = "Everest Staffing"


@pytest.fixture
def two() -> list[Agency]:
    """Two agencies that a name without its legal form may both mean."""
    return [agencies.agency("Everest Staffing Ltd"), agencies.agency("Everest Staffing Inc")]


@pytest.fixture
def buyer() -> User:
    return chains.buyer()


def screened(buyer: User, turn: int) -> tuple[str, str]:
    """What a new screening says of the name: the result, and the agency it settled on."""
    text = f"Supplier,Ctry\n{WRITTEN},Nepal\nOnly here {turn} zz,Nepal\n"
    row = screenings.done(buyer, text).outcomes.select_related("fact").get(number=2)
    return row.result, str(row.agency_id or "")


def pressed(client: Client, party: Party, **told: str) -> None:
    answer = client.post(reverse("chains:match", args=[party.pk]), told)
    assert answer.status_code == 302, answer.content.decode()


def test_a_match_on_a_chain_settles_a_screening_until_it_is_taken_back(
    two: list[Agency], buyer: User, client: Client
) -> None:
    party = chains.party(buyer, name=WRITTEN)
    client.force_login(buyer)
    assert screened(buyer, 1) == ("to_resolve", "")
    pressed(client, party, agency=str(two[1].pk), note="Licence number compared")
    assert screened(buyer, 2) == ("not_certified", str(two[1].pk))
    assert find(WRITTEN, "NP", organisation=buyer.organisation).agency_id == two[1].pk
    page = client.get(reverse("chains:match", args=[party.pk])).content.decode()
    assert "Matched with: Everest Staffing Inc" in page
    choices = client.get(reverse("names:choices")).content.decode()
    assert "Licence number compared" in choices
    pressed(client, party, act="undo")
    assert Party.objects.get(pk=party.pk).agency_id is None
    assert screened(buyer, 3) == ("to_resolve", "")


def test_another_agency_chosen_takes_the_first_word_back(two: list[Agency], buyer: User) -> None:
    party = chains.party(buyer, name=WRITTEN)
    for agency in (two[0], two[1]):
        services.resolve_party(party_id=party.pk, actor=buyer, agency_id=agency.pk)
    [held] = decisions_for(buyer.organisation, [(WRITTEN, "NP")]).values()
    assert (held.same, held.not_same) == (two[1].pk, frozenset())
    services.resolve_party(party_id=party.pk, actor=buyer, agency_id=two[1].pk)
    assert MatchDecision.objects.filter(verdict="same").count() == 2, "the same word twice is one word"


def test_none_of_these_is_remembered_of_those_that_were_shown(
    two: list[Agency], buyer: User, client: Client
) -> None:
    party = chains.party(buyer, name=WRITTEN)
    client.force_login(buyer)
    pressed(client, party, agency="none")
    [held] = decisions_for(buyer.organisation, [(WRITTEN, "NP")]).values()
    assert held.same is None
    assert set(held.not_same) == {one.pk for one in two}
    assert screened(buyer, 1) == ("not_found", "")
    page = client.get(reverse("chains:match", args=[party.pk])).content.decode()
    assert "You said that it is none of the agencies listed." in page
    services.undo_match(party_id=party.pk, actor=buyer)
    assert decisions_for(buyer.organisation, [(WRITTEN, "NP")]) == {}
    with pytest.raises(BadInput, match="nothing to undo"):
        services.undo_match(party_id=party.pk, actor=buyer)


def test_taken_back_on_the_page_of_choices_is_no_obstacle(
    two: list[Agency], buyer: User, client: Client
) -> None:
    party = chains.party(buyer, name=WRITTEN)
    services.resolve_party(party_id=party.pk, actor=buyer, agency_id=two[0].pk)
    client.force_login(buyer)
    client.post(reverse("names:take_back", args=[MatchDecision.objects.get().pk]))
    assert decisions_for(buyer.organisation, [(WRITTEN, "NP")]) == {}
    services.resolve_party(
        party_id=party.pk, actor=buyer, agency_id=two[0].pk
    )  # said again, remembered again
    [held] = decisions_for(buyer.organisation, [(WRITTEN, "NP")]).values()
    assert held.same == two[0].pk


def test_a_party_without_a_name_teaches_nothing(two: list[Agency], buyer: User) -> None:
    party = chains.party(buyer, name="unknown")
    services.resolve_party(party_id=party.pk, actor=buyer, agency_id=two[0].pk)
    assert Party.objects.get(pk=party.pk).agency_id == two[0].pk
    assert not MatchDecision.objects.exists()


def test_nobody_else_hears_of_it(two: list[Agency], buyer: User) -> None:
    services.resolve_party(party_id=chains.party(buyer, name=WRITTEN).pk, actor=buyer, agency_id=two[0].pk)
    other = chains.buyer()
    assert screened(other, 1) == ("to_resolve", "")


def test_merging_keeps_what_there_is_to_take_back(two: list[Agency], buyer: User) -> None:
    keep, other = chains.party(buyer, name="Everest Staffing of Nepal"), chains.party(buyer, name=WRITTEN)
    services.resolve_party(party_id=other.pk, actor=buyer, agency_id=two[0].pk)
    services.merge_parties(keep_id=keep.pk, other_id=other.pk, actor=buyer)
    assert Party.objects.get(pk=keep.pk).agency_id == two[0].pk
    services.undo_match(party_id=keep.pk, actor=buyer)
    assert decisions_for(buyer.organisation, [(WRITTEN, "NP")]) == {}
