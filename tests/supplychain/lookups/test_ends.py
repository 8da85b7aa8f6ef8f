"""A company that merged or closed, as an employer hears it: check, receipt, match, columns, screening."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification.agencies.models import Agency
from certification.agencies.selectors import Ending
from certification.agencies.services import end_agency
from iris.accounts.models import User
from iris.core import clocks
from supplychain.lookups import selectors, services
from supplychain.lookups.states import How
from supplychain.reconciliation.rules import Extension
from supplychain.reconciliation.selectors import extend
from supplychain.reconciliation.selectors.answering import describe
from supplychain.screenings import selectors as screenings
from tests.factories import accounts, agencies
from tests.factories import certificates as factory
from tests.factories.machines import machine

from .test_scope import BARE, facts, found

MERGED = "Since 3 May 2026 this company is part of Ford Bridge Recruiters."
ENDED = Ending("merged", date(2026, 5, 3), UUID(int=8), "Ford Bridge Recruiters")
OLD = Path(__file__).with_name("receipt_2.json")


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


@pytest.fixture
def heir() -> Agency:
    return agencies.agency("Ford Bridge Recruiters")


@pytest.fixture
def merged(heir: Agency) -> Agency:
    agency = factory.certificate(name="Stone Bridge Recruiters").agency
    end(agency, heir)
    return agency


def end(agency: Agency, heir: Agency) -> None:
    end_agency(
        agency_id=agency.pk,
        actor=accounts.person("scheme", "scheme_manager"),
        kind="merged",
        ended_on=clocks.today().replace(month=5, day=3),
        successor_id=heir.pk,
        reason="Extract of the companies register.",
    )


@pytest.mark.parametrize(
    ("how", "asked", "more", "code"),
    [
        (How.CERTIFICATE, {}, {"ended": None}, "certified"),
        (How.CERTIFICATE, {}, {}, "ended"),
        (How.SAME_NAME, {}, {}, "ended"),
        (How.REMEMBERED, {}, {}, "ended"),
        (How.CERTIFICATE, {"origin": "NP", "destination": "JP"}, {}, "ended"),
        (How.NEAR_NAME, {}, {}, "name_alike"),  # of the company that is meant nothing is known
        (How.SAME_NAME, {"country": "QA"}, {}, "entity_unsure"),
        (How.CERTIFICATE, {}, {"valid": False, "standing": "withdrawn", "tone": "stop"}, "not_valid"),
    ],
)
def test_the_headline_is_never_a_plain_yes_for_a_company_that_is_no_more(
    how: How, asked: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    known = facts(**{"ended": ENDED, **more})
    answer = {
        "standing": {"valid": known.valid, "tone": known.tone, "code": known.standing},
        "scope_fit": selectors.scope_fit(known, replace(BARE, **asked), found(how)),
        "ended": known.ended.as_json() if known.ended else None,
    }
    snapshot = {"answer": answer, "how": str(how), "outcome": "found"}
    assert selectors.verdict_of(snapshot)["code"] == code


def test_a_check_tells_it_on_page_in_json_and_in_pdf(
    db: None, merged: Agency, heir: Agency, buyer: User, client: Client
) -> None:
    row = services.look_up(actor=buyer, text="Stone Bridge Recruiters")
    snapshot = selectors.snapshot_of(row)
    assert (snapshot["kind"], row.verdict, str(row.look.words)) == (
        "iris.lookup/3", "ended", "Certified, company ended",
    )  # fmt: skip
    assert snapshot["answer"]["ended"] == {
        "kind": "merged", "on": "2026-05-03", "sentence": MERGED,
        "successor": {"agency_id": str(heir.pk), "legal_name": "Ford Bridge Recruiters"},
    }  # fmt: skip
    assert (snapshot["answer"]["standing"]["code"], snapshot["answer"]["standing"]["valid"]) == (
        "certified",
        True,
    )
    client.force_login(buyer)
    text = client.get(reverse("lookups:lookup", args=[row.pk])).content.decode()
    assert "UNDEFINED VARIABLE" not in text
    for words in (
        "Certified, but the company is now part of another",
        MERGED,
        "?text=Ford%20Bridge%20Recruiters",
    ):
        assert words in text
    assert printed(snapshot).count(MERGED) == 2  # a note, and a fact
    other = selectors.snapshot_of(services.look_up(actor=buyer, text="Ford Bridge Recruiters"))
    assert other["answer"]["ended"] is None
    assert "part of" not in printed(other)
    assert "UNDEFINED" not in printed(other) + printed(snapshot)


def printed(snapshot: dict[str, Any]) -> str:
    context = {"shown": selectors.present(snapshot), "sha256": "0" * 64, "proof_url": "http://x/", "qr": ""}
    return render_to_string(selectors.pdf_template(snapshot), {**context, "lang": "en"})


def test_a_receipt_of_before_prints_the_very_same_page() -> None:
    """The hash is of what the page of kind 2 was before there was a kind 3."""
    assert hashlib.sha256(printed(json.loads(OLD.read_text())).encode()).hexdigest() == (
        "62f9c0149668c0d684384dd60d5b4317386eb274869721a487a4469c0c9f481e"
    )


def test_the_facts_of_many_cost_no_query_more_and_a_past_day_says_what_was_said_then(
    db: None, merged: Agency, heir: Agency
) -> None:
    goes_on = factory.certificate(name="Old Mill Manpower").agency
    keys = [merged.pk, heir.pk]
    asked = []
    for wanted in ([goes_on.pk], [merged.pk], [goes_on.pk, *keys]):
        with CaptureQueriesContext(connection) as queries:
            known = selectors.facts_for(wanted)
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert selectors.facts_for(keys[:1])[merged.pk] == known[merged.pk]  # by the statement that is kept
    assert known[merged.pk].ended == replace(ENDED, successor_id=heir.pk)
    assert known[heir.pk].ended is None
    then = selectors.facts_for(keys, on=clocks.today() - timedelta(days=1))
    assert {one.ended for one in then.values()} == {None}


def test_match_columns_preview_and_lists_tell_it(
    db: None, merged: Agency, heir: Agency, buyer: User, client: Client
) -> None:
    known = selectors.facts_for([merged.pk])[merged.pk]
    assert "Part of Ford Bridge Recruiters since 3 May 2026" in describe(known)
    cells = extend(Extension([str(merged.pk), str(heir.pk)], ["ended", "ended_on", "in_force"]))["rows"]
    assert cells[str(merged.pk)] == {
        "ended": [{"str": "Part of Ford Bridge Recruiters since 3 May 2026"}],
        "ended_on": [{"date": "2026-05-03T00:00:00Z"}],
        "in_force": [{"str": "yes"}],
    }
    assert cells[str(heir.pk)]["ended"] == cells[str(heir.pk)]["ended_on"] == []
    preview = client.get(reverse("reconciliation:preview"), {"id": str(merged.pk)}).content.decode()
    assert MERGED in preview
    asked = {"queries": {"a": {"name": "Stone Bridge Recruiters"}, "b": {"name": "Ford Bridge Recruiters"}}}
    answer = machine(buyer, "read:lookups").post("/api/v1/match/", asked, format="json").json()["responses"]
    first = answer["a"]["results"][0]
    assert (first["ended"]["kind"], first["standing"]["valid"]) == ("merged", True)
    assert answer["b"]["results"][0]["ended"] is None


def test_rows_of_a_screening_keep_it_and_all_others_hash_as_before(
    db: None, merged: Agency, heir: Agency
) -> None:
    told = screenings.facts_of([merged.pk, heir.pk])
    assert told[merged.pk]["ended"]["sentence"] == MERGED
    assert "ended" not in told[heir.pk]
