"""Every page of the acts opens, refuses with a sentence, and does what it says."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from supplychain.chains import services
from supplychain.chains.models import Link, Party
from tests.factories import accounts, agencies, chains

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


@pytest.fixture
def buyer():  # type: ignore[no-untyped-def]
    return chains.buyer()


@pytest.fixture
def signed(client, buyer):  # type: ignore[no-untyped-def]
    client.force_login(buyer)
    return client


def test_add_a_party_below_another_with_its_link(signed, buyer) -> None:  # type: ignore[no-untyped-def]
    site = chains.party(buyer, "site", "Plant One", "PL")
    url = reverse("chains:add_below", args=[site.pk])
    told = {"kind": "recruiter_origin", "name": "Red Kite", "country": "NP", "since": "2026-01-05"}
    assert signed.get(url).status_code == 200
    wrong = signed.post(url, {**told, "fee_terms": "employer_pays", "fee": "100", "fee_currency": "NPR"})
    assert wrong.status_code == 422
    assert "Workers cannot pay 100 where the employer pays all" in wrong.content.decode()
    assert not Link.objects.exists()
    signed.post(
        url, {**told, "fee_terms": "workers_pay", "fee": "1,000", "fee_currency": "NPR", "workers": "12"}
    )
    link = Link.objects.get()
    assert (link.lower.name, link.fee_minor, link.workers) == ("Red Kite", 100_000, 12)


def test_change_end_verify_and_take_out_keep_what_was(signed, buyer) -> None:  # type: ignore[no-untyped-def]
    site, recruiter = chains.party(buyer, "site", "Plant One", "PL"), chains.party(buyer, name="Red Kite")
    link = chains.link(buyer, site, recruiter)
    assert signed.get(reverse("chains:change", args=[recruiter.pk])).status_code == 200
    signed.post(
        reverse("chains:change", args=[recruiter.pk]),
        {"kind": "recruiter_origin", "name": "Black Kite", "country": "NP"},
    )
    assert Party.objects.get(pk=recruiter.pk).name == "Black Kite"
    for name in ("change", "end", "verify", "remove"):
        assert signed.get(reverse("chains:link", args=[link.line, name])).status_code == 200
    assert signed.get(reverse("chains:link", args=[link.line, "burn"])).status_code == 404
    refused = signed.post(reverse("chains:link", args=[link.line, "end"]), {"until": "2020-01-01"})
    assert "expected a day from 2026-01-05 on, found 2020-01-01" in refused.content.decode()
    signed.post(reverse("chains:link", args=[link.line, "verify"]), {"how": "Contract seen on site"})
    signed.post(reverse("chains:link", args=[link.line, "end"]), {"until": "2026-02-01"})
    rows = list(Link.objects.order_by("recorded_at").values_list("claim", "until", "confidence"))
    assert rows == [
        ("declared", None, "low"),
        ("verified", None, "medium"),
        ("verified", date(2026, 2, 1), "medium"),
    ]
    signed.post(reverse("chains:remove", args=[recruiter.pk]), {"reason": "Typed into the wrong list"})
    assert not Link.objects.filter(replaced_at=None).exists()


def test_merge_moves_links_without_doubling_them(signed, buyer) -> None:  # type: ignore[no-untyped-def]
    site, plant = (
        chains.party(buyer, "site", "Plant One", "PL"),
        chains.party(buyer, "site", "Plant Two", "PL"),
    )
    keep, other = chains.party(buyer, name="Red Kite"), chains.party(buyer, name="Red Kite Ltd")
    chains.link(buyer, site, keep)
    chains.link(buyer, site, other)
    chains.link(buyer, plant, other)
    chains.link(buyer, keep, other)
    url = reverse("chains:merge", args=[keep.pk])
    assert "Red Kite Ltd" in signed.get(url).content.decode()
    signed.post(url, {"other": str(other.pk), "reason": "Same licence"})
    held = Link.objects.filter(replaced_at=None).values_list("upper__name", "lower__name")
    assert sorted(held) == [("Plant One", "Red Kite"), ("Plant Two", "Red Kite")]
    assert Party.objects.get(pk=other.pk).merged_into_id == keep.pk


def test_match_with_the_register_is_a_persons_choice(signed, buyer) -> None:  # type: ignore[no-untyped-def]
    agency = agencies.agency("Sagarpani Overseas")
    party = chains.party(buyer, name="Sagarpani Oversees")
    assert party.agency_id is None
    url = reverse("chains:match", args=[party.pk])
    assert "Sagarpani Overseas" in signed.get(url).content.decode()
    signed.post(url, {"agency": str(agency.pk), "note": "Licence number compared"})
    assert Party.objects.get(pk=party.pk).agency_id == agency.pk
    signed.post(url, {"agency": "none"})
    assert Party.objects.get(pk=party.pk).agency_id is None


def test_a_sheet_from_upload_to_the_chain(signed, buyer) -> None:  # type: ignore[no-untyped-def]
    rows = (
        "Upper;Upper kind;Lower;Lower kind;Since",
        "Plant;site;Red Kite;recruiter;2026-01-05",
        "Plant;site;Plant;site;",
    )
    text = "\n".join(rows)
    upload = SimpleUploadedFile("chain.csv", text.encode())
    page = signed.post(reverse("chains:imports"), {"file": upload}, follow=True)
    assert "Which column holds what?" in page.content.decode()
    [key] = _imports()
    columns = {"upper": 0, "upper_kind": 1, "lower": 2, "lower_kind": 3, "since": 4}
    page = signed.post(reverse("chains:import_columns", args=[key]), columns, follow=True).content.decode()
    assert "Row 3, Lower: expected another party than the upper one" in page
    assert signed.get(reverse("chains:import_rejects", args=[key])).status_code == 200
    refused = signed.post(reverse("chains:import_act", args=[key, "commit"]))
    assert refused.status_code == 409
    assert not Link.objects.exists()
    done = signed.post(reverse("chains:import_act", args=[key, "commit"]), {"leave_out": "1"}, follow=True)
    assert "What it did" in done.content.decode()
    assert Link.objects.count() == 1


def _imports() -> list[object]:
    from supplychain.chains.models import ChainImport

    return list(ChainImport.objects.values_list("pk", flat=True))


def test_viewers_read_and_do_not_write(client, buyer) -> None:  # type: ignore[no-untyped-def]
    party = chains.party(buyer)
    client.force_login(accounts.person("employer", "sourcing_viewer", buyer.organisation))
    assert client.get(reverse("chains:suppliers")).status_code == 200
    for name in ("change", "end", "remove", "merge", "match", "invite", "add_below"):
        assert client.get(reverse(f"chains:{name}", args=[party.pk])).status_code == 404
    assert client.get(reverse("chains:imports")).status_code == 404


def test_another_employers_party_does_not_exist(signed, buyer) -> None:  # type: ignore[no-untyped-def]
    other = chains.buyer()
    party, upper = chains.party(other), chains.party(other, "site")
    link = chains.link(other, upper, party)
    for name in ("change", "end", "remove", "merge", "match", "invite", "add_below"):
        assert signed.get(reverse(f"chains:{name}", args=[party.pk])).status_code == 404
    assert signed.get(reverse("chains:link", args=[link.line, "end"])).status_code == 404


def test_the_database_keeps_what_was_said_of_a_link(buyer) -> None:  # type: ignore[no-untyped-def]
    from django.db import transaction
    from django.db.utils import DatabaseError

    link = chains.link(buyer, chains.party(buyer, "site"), chains.party(buyer))
    services.verify_link(line=link.line, actor=buyer, how="Seen")
    for change in ({"workers": 3}, {"replaced_at": None}, {"since": DAY}):
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            Link.objects.filter(pk=link.pk).update(**change)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Link.objects.filter(pk=link.pk)._raw_delete("default")
