"""Parties and links: the same twice is the same once, nothing is overwritten."""

from datetime import date

import pytest

from iris.core.errors import BadInput, NotPermitted
from supplychain.chains import selectors, services
from supplychain.chains.models import ChainVersion, PartyVersion
from supplychain.chains.states import PartyKind
from tests.factories import accounts

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


@pytest.fixture
def buyer():  # type: ignore[no-untyped-def]
    return accounts.person("employer", "sourcing_manager")


def test_add_party_twice_is_the_same_party(buyer) -> None:  # type: ignore[no-untyped-def]
    first = services.add_party(actor=buyer, kind=PartyKind.SITE, name=" Plant One ", country="PL")
    again = services.add_party(actor=buyer, kind=PartyKind.SITE, name="Plant One", country="PL")
    assert first.pk == again.pk
    assert PartyVersion.objects.get(party=first).data["name"] == "Plant One"


def test_add_link_to_itself_is_refused(buyer) -> None:  # type: ignore[no-untyped-def]
    party = services.add_party(actor=buyer, kind=PartyKind.SITE, name="Plant One", country="PL")
    with pytest.raises(BadInput) as refused:
        services.add_link(actor=buyer, upper=party, lower=party, since=DAY)
    assert "below itself" in str(refused.value.fields["lower"][0])


def test_chain_of_another_employer_cannot_be_changed(buyer) -> None:  # type: ignore[no-untyped-def]
    party = services.add_party(actor=buyer, kind=PartyKind.SITE, name="Plant One", country="PL")
    other = accounts.person("employer", "sourcing_manager")
    theirs = services.add_party(actor=other, kind=PartyKind.SITE, name="Plant Two", country="PL")
    with pytest.raises(NotPermitted):
        services.add_link(actor=buyer, upper=party, lower=theirs, since=DAY)


def test_chain_at_counts_levels_from_the_top(buyer) -> None:  # type: ignore[no-untyped-def]
    top = services.add_party(actor=buyer, kind=PartyKind.BUYER, name="Buyer", country="NL")
    site = services.add_party(actor=buyer, kind=PartyKind.SITE, name="Plant One", country="PL")
    services.add_link(actor=buyer, upper=top, lower=site, since=DAY)
    chain = selectors.chain_at(buyer, DAY)
    assert [(party.name, party.level) for party in chain.parties] == [("Buyer", 0), ("Plant One", 1)]
    assert ChainVersion.objects.get(organisation=buyer.organisation).number == 3
