"""A supplier fills in its part by a link: its own part only, names kept with a proof, nothing taken in unseen."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict
from supplychain.chains import selectors, services
from supplychain.chains.models import Entry, Invitation, Link, Party
from supplychain.chains.rules.commitment import commit, proves
from supplychain.chains.services import Line
from tests.factories import agencies, certificates, chains

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():  # type: ignore[no-untyped-def]
    return chains.buyer("Anker Retail")


@pytest.fixture
def site(buyer):  # type: ignore[no-untyped-def]
    return chains.party(buyer, "site", "Plant One", "PL")


@pytest.fixture
def asked(buyer, site) -> Invitation:  # type: ignore[no-untyped-def]
    return services.invite_supplier(actor=buyer, party_id=site.pk, email="Jan@plant.example", contact="Jan")


def _sent(asked: Invitation, *lines: Line) -> list[Entry]:
    token = services.token_of(asked)
    made = [services.add_entry(token=token, line=line) for line in lines]
    services.send_part(token=token)
    return made


def test_the_link_goes_out_by_mail_and_only_its_hash_is_kept(asked: Invitation) -> None:
    outbox.run_all()
    [letter] = mail.outbox
    assert letter.to == ["jan@plant.example"]
    assert f"/part/{services.token_of(asked)}/" in letter.body
    assert services.token_of(asked) not in str(Invitation.objects.values().get())


def test_what_a_supplier_sends_is_taken_in_as_declared_by_it(buyer, site, asked) -> None:  # type: ignore[no-untyped-def]
    [first] = _sent(asked, Line("recruiter_origin", "Red Kite", "NP", workers=30, fee_terms="workers_pay"))
    assert not Link.objects.exists()  # nothing before the employer has looked
    services.add_entry(
        token=services.token_of(asked), line=Line("sub_agent", "Old Tom", "NP", above=first.pk)
    )
    services.send_part(token=services.token_of(asked))
    assert services.accept_entries(invitation_id=asked.pk, actor=buyer) == 2
    ways = {(row.upper.name, row.lower.name): row.source for row in Link.objects.select_related()}
    assert ways == {("Plant One", "Red Kite"): "supplier", ("Red Kite", "Old Tom"): "supplier"}
    assert Link.objects.get(lower__name="Red Kite").declared_by == "Plant One: Jan"
    assert Invitation.objects.get().state == "closed"


def test_a_kept_name_shows_country_and_standing_and_nothing_that_tells_it(buyer, asked) -> None:  # type: ignore[no-untyped-def]
    agency = certificates.certificate(agency=agencies.agency("Quiet River Overseas")).agency
    _sent(asked, Line("recruiter_origin", "Quiet River Overseas", "NP", confidential=True))
    services.accept_entries(invitation_id=asked.pk, actor=buyer)
    party = selectors.chain_at(buyer).parties[1]
    assert (party.name, party.country, party.confidential) == ("Confidential recruiter 1", "NP", True)
    assert party.standing is not None
    assert (party.standing.valid, party.standing.certificate, party.standing.since) == (True, None, None)
    assert (party.agency_id, party.number) == (None, "")
    row = Party.objects.get(confidential=True)
    assert row.hidden_agency_id == agency.pk
    assert b"Quiet" not in bytes(row.sealed)
    assert len(row.commitment) == 64


def test_a_name_alike_is_never_taken_for_the_agency(buyer, asked) -> None:  # type: ignore[no-untyped-def]
    agencies.agency("Quiet River Overseas")
    _sent(asked, Line("recruiter_origin", "Quite River Oversea", "NP", confidential=True))
    services.accept_entries(invitation_id=asked.pk, actor=buyer)
    assert Party.objects.get(confidential=True).hidden_agency_id is None


def test_an_opened_name_proves_what_was_committed_to(buyer, asked) -> None:  # type: ignore[no-untyped-def]
    [line] = _sent(asked, Line("recruiter_origin", "Quiet  River", "NP", confidential=True))
    services.accept_entries(invitation_id=asked.pk, actor=buyer)
    before = Party.objects.get(confidential=True)
    services.open_name(token=services.token_of(asked), entry_id=line.pk)
    party = Party.objects.get(pk=before.pk)
    assert (party.name, party.confidential, party.commitment) == ("Quiet River", False, before.commitment)
    assert proves(party.commitment, party.name, party.opened_salt)
    assert not proves(party.commitment, "Quiet River Ltd", party.opened_salt)
    with pytest.raises(Conflict, match="open already"):
        services.open_name(token=services.token_of(asked), entry_id=line.pk)


def test_the_commitment_is_sha256_of_salt_line_feed_name() -> None:
    # printf 'ab\nRed Kite' | sha256sum
    digest = "877b338aa83c86f9b474ad189d63a1a2e341143576d38eec2c75d3ab10961d76"
    assert commit(" Red  Kite ", "ab") == digest
    assert commit("Red Kite", "ac") != digest


def test_a_line_not_taken_in_takes_those_below_with_it(buyer, asked) -> None:  # type: ignore[no-untyped-def]
    token = services.token_of(asked)
    upper = services.add_entry(token=token, line=Line("recruiter_origin", "Red Kite", "NP"))
    services.add_entry(token=token, line=Line("sub_agent", "Old Tom", "NP", above=upper.pk))
    services.send_part(token=token)
    with pytest.raises(BadInput):
        services.refuse_entry(entry_id=upper.pk, actor=buyer, reason=" ")
    services.refuse_entry(entry_id=upper.pk, actor=buyer, reason="We know that this is another firm.")
    assert {row.status for row in Entry.objects.all()} == {"refused"}
    assert services.accept_entries(invitation_id=asked.pk, actor=buyer) == 0


def test_a_link_ends_by_time_by_revoking_and_by_a_new_one(buyer, asked) -> None:  # type: ignore[no-untyped-def]
    old, line = services.token_of(asked), Line("sub_agent", "Old Tom", "NP")
    with clocks.freeze(clocks.now() + timedelta(days=31)), pytest.raises(Conflict, match="no longer works"):
        services.add_entry(token=old, line=line)
    with clocks.freeze(clocks.now() + timedelta(seconds=5)):
        again = services.send_again(invitation_id=asked.pk, actor=buyer)
    with pytest.raises(Conflict, match="not known"):
        services.add_entry(token=old, line=line)
    services.add_entry(token=services.token_of(again), line=line)
    services.revoke_invitation(invitation_id=asked.pk, actor=buyer)
    with pytest.raises(Conflict, match="no longer works"):
        services.add_entry(token=services.token_of(again), line=line)


def test_the_supplier_sees_its_own_part_and_nothing_else(buyer, site, asked, client) -> None:  # type: ignore[no-untyped-def]
    top = chains.party(buyer, "buyer", "Secret Brand", "NL")
    other = chains.party(buyer, "site", "Plant Two", "PL")
    chains.line(buyer, top, site, chains.party(buyer, "recruiter_origin", "Known Kite", "NP"))
    chains.line(buyer, top, other, chains.party(buyer, "recruiter_origin", "Others Kite", "NP"))
    url = reverse("chains:part", args=[services.token_of(asked)])
    page = client.get(url).content.decode()
    assert "Known Kite" in page
    assert not any(word in page for word in ("Secret Brand", "Plant Two", "Others Kite"))
    client.post(
        url,
        {"act": "add", "kind": "recruiter_origin", "name": "Mine", "fee_terms": "unknown", "country": "NP"},
    )
    assert client.post(url, {"act": "send"}, follow=True).status_code == 200
    assert Entry.objects.get().status == "sent"
    wrong = client.post(url, {"act": "add", "kind": "site", "name": "", "fee_terms": "unknown"})
    assert wrong.status_code == 422
    assert client.get(reverse("chains:part", args=["x" * 43])).status_code == 404


def test_another_employer_finds_no_invitation(asked, client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(chains.buyer())
    assert client.get(reverse("chains:supplier", args=[asked.pk])).status_code == 404
    assert client.post(reverse("chains:supplier_act", args=[asked.pk, "revoke"])).status_code == 404


def test_an_answer_waits_on_the_day_s_list_until_it_is_looked_through(buyer, asked) -> None:  # type: ignore[no-untyped-def]
    assert selectors.todos_for(buyer) == []
    _sent(asked, Line("recruiter_origin", "Red Kite", "NP", workers=30))
    [todo] = selectors.todos_for(buyer)
    assert (todo.title, todo.url) == (
        f"Look through what {asked.party.name} answered",
        f"/chain/suppliers/{asked.pk}/",
    )
    assert selectors.todos_for(chains.buyer()) == []
