"""Base risk of corridors and sectors by hand; the data files and their check; pages and API."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from iris.accounts import services as accounts_services
from supplychain.risk import rules, selectors
from supplychain.risk.rules import Fact, Facts
from tests.factories import accounts

DAY = date(2026, 11, 1)
METHOD = rules.methods()[-1]


def _fact(subject: tuple[str, ...], code: str, value: str, day: date = date(2020, 1, 1), **more: Any) -> Fact:
    return Fact(subject, code, value, day, "a source", "https://example.org/", **more)


def _points(*rows: Fact, on: date = DAY) -> int:
    return rules.corridor_base(Facts.of(rows), METHOD, "NP", "QA", on).points


def test_a_corridor_of_which_nothing_is_known_counts_as_risk() -> None:
    """Every input unknown at 70: 70."""
    base = rules.corridor_base(Facts.of([]), METHOD, "NP", "QA", DAY)
    assert (base.points, base.band, base.known, base.version) == (70, "high", 0, "method 1")


def test_a_corridor_by_hand() -> None:
    """Fees capped 20x75, forbidden 20x20, 4 months 25x85, P29 there 10x0, the rest 25x70: 5775 / 100 = 57.75."""
    rows = [
        _fact(("NP",), "worker_fees", "capped"),
        _fact(("QA",), "worker_fees", "forbidden"),
        _fact(("NP", "QA"), "cost_months", "4"),
        _fact(("QA",), "p29", "yes"),
    ]
    base = rules.corridor_base(Facts.of(rows), METHOD, "NP", "QA", DAY)
    assert (str(sum(one.points for one in base.inputs)), base.points, base.known) == ("57.8", 58, 4)


def test_evidence_of_this_corridor_comes_before_that_of_the_origin() -> None:
    wide, narrow = _fact(("NP", "*"), "cost_months", "8"), _fact(("NP", "QA"), "cost_months", "1")
    assert rules.cost_fact(Facts.of([wide, narrow]), "NP", "QA", DAY) is narrow
    assert rules.cost_fact(Facts.of([wide, narrow]), "NP", "MY", DAY) is wide
    assert rules.cost_fact(Facts.of([narrow]), "NP", "MY", DAY) is None


def test_what_is_not_verified_never_looks_better_than_unknown() -> None:
    assert _points(_fact(("QA",), "worker_fees", "forbidden", verify=True)) == _points() == 70
    assert _points(_fact(("QA",), "worker_fees", "allowed", verify=True)) == 76  # bad news counts at once


def test_a_corridor_as_it_was_known_on_a_day() -> None:
    """From 2024 permits are free: 10x0 instead of 10x100; 70 x 90 / 100 = 63 then, 73 before."""
    rows = [
        _fact(("QA",), "permit", "tied", date(2012, 1, 1)),
        _fact(("QA",), "permit", "free", date(2024, 1, 1)),
    ]
    assert [_points(*rows, on=day) for day in (date(2011, 1, 1), date(2023, 12, 31), date(2024, 1, 1))] == [
        70,
        73,
        63,
    ]


def test_a_sector_by_hand() -> None:
    """Named 40x100 + makes no goods 20x30 + out of sight 25x100 + own rules unknown 15x70 = 8150 / 100 = 81.5."""
    rows = [
        _fact(("domestic",), "estimates", "yes"),
        _fact(("domestic",), "goods", "none"),
        _fact(("domestic",), "isolation", "yes"),
    ]
    base = rules.sector_base(Facts.of(rows), METHOD, "domestic", DAY)
    assert (base.points, base.known) == (82, 3)
    assert rules.sector_base(Facts.of([]), METHOD, "other", DAY).points == 70


def test_ratifying_never_raises_and_a_ban_never_raises() -> None:
    bad = _points(_fact(("NP",), "c181", "no"), _fact(("NP",), "worker_fees", "allowed"))
    good = _points(_fact(("NP",), "c181", "yes"), _fact(("NP",), "worker_fees", "forbidden"))
    assert good < _points() < bad


def test_the_shipped_data_is_sound() -> None:
    assert rules.problems() == []
    call_command("check_risk_data")


@pytest.mark.parametrize(
    ("file", "found", "instead", "sentence"),
    [
        ("countries.yaml", "country: NP", "country: XX", "XX is not a country"),
        ("countries.yaml", "value: capped", "value: fine", "expected one of forbidden"),
        ("corridors.yaml", "value: 17.6", "value: -3", "expected a number of months from 0"),
        (
            "corridors.yaml",
            "origin: PK, destination: SA",
            "origin: PK, destination: PK",
            "one country to another",
        ),
        ("sectors.yaml", "sector: fishing", "sector: angling", "not one of our sectors"),
        ("countries.yaml", 'source: "Labour Law 14 of 2004, article 33"', 'source: ""', "expected a source"),
        ("countries.yaml", "valid_from: 2021-07-01", "valid_from: soon", "could not be read"),
        ("method.yaml", "unknown: 80", "unknown: -5", "unknown may not count better"),
        ("method.yaml", "critical.yes: 60", "critical.maybe: 60", "is of no answer"),
    ],
)
def test_the_check_says_what_is_wrong(
    tmp_path: Path, file: str, found: str, instead: str, sentence: str
) -> None:
    folder = shutil.copytree(rules.FOLDER, tmp_path / "data")
    text = (folder / file).read_text(encoding="utf-8")
    assert found in text
    (folder / file).write_text(text.replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("check_risk_data", str(folder))


@pytest.mark.django_db
def test_pages_of_corridors_sectors_and_the_method(client: Client) -> None:
    client.force_login(accounts.person("employer", "sourcing_viewer"))
    listed = client.get("/risk/?origin=BD&destination=SA").content.decode()
    assert "Bangladesh to Saudi Arabia" in listed
    one = client.get("/risk/corridors/BD-SA/").content.decode()
    assert "17.6 months of pay" in one
    assert "not for this corridor alone" in one
    assert "To verify" in one
    assert "Named" in client.get("/risk/sectors/construction/").content.decode()
    assert client.get("/risk/sectors/").status_code == 200
    method = client.get("/risk/method/").content.decode()
    assert "Open critical finding" in method
    assert "sum of weights" in method
    for gone in ("/risk/corridors/BD-BD/", "/risk/corridors/XX-SA/", "/risk/sectors/angling/"):
        assert client.get(gone).status_code == 404


@pytest.mark.django_db
def test_the_list_as_known_before_a_fact_was(client: Client) -> None:
    client.force_login(accounts.person("employer", "sourcing_viewer"))
    page = client.get("/risk/?origin=BD&destination=SA&on=2019-01-01")
    _origin, _destination, base = page.context["page"].object_list[0]
    assert base == selectors.corridor_risk("BD", "SA", date(2019, 1, 1))
    assert "as known on 1 January 2019" in page.content.decode()


def _machine() -> APIClient:
    buyer = accounts.person("employer", "sourcing_manager")
    assert buyer.organisation is not None
    _key, secret = accounts_services.issue_api_key(buyer.organisation, buyer, "tool", ["read:register"])
    machine = APIClient()
    machine.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret}")
    return machine


@pytest.mark.django_db
def test_the_api_gives_inputs_and_sources() -> None:
    machine = _machine()
    rows = machine.get("/api/v1/risk/corridors/?origin=BD&destination=SA").json()
    assert (rows[0]["origin"], len(rows), len(rows[0]["inputs"])) == ("BD", 1, 8)
    assert rows[0]["points"] == selectors.corridor_risk("BD", "SA").points
    sectors = machine.get("/api/v1/risk/sectors/?on=2015-01-01").json()
    assert {row["on"] for row in sectors} == {"2015-01-01"}
    refused = machine.get("/api/v1/risk/corridors/?origin=BD&destination=BD")
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.django_db
def test_the_api_is_closed_without_a_key() -> None:
    assert APIClient().get("/api/v1/risk/corridors/").status_code == 401
