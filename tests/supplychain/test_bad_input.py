"""Pages of an employer with input nobody means well: never a failure of ours, always a sentence, nothing half kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from iris.accounts.models import User
from iris.core import clocks
from supplychain.chains import services as chain_services
from supplychain.chains.models import Link, Party
from supplychain.lookups import services as lookup_services
from tests.factories import agencies, chains, screenings

pytestmark = pytest.mark.django_db

# What the address of a page may hold: signs nobody sees, two scripts in a word and a picture, a day before all days, a
# number that is none.
ADDRESSES = ("a\x00b\x07 Kаlimaru % \U0001f98a", "0001-01-01", "9" * 1_000)
FIELDS = ("x" * 5_000, "a\x00b")
NAMES = (
    "on", "than", "hide", "node", "open", "fold", "part", "q", "code", "page", "tier", "corridor", "result", "text",
    "after", "before", "change", "after_change", "row", "outcome", "relationship", "since", "until", "via", "mine",
    "origin", "destination", "sector", "country", "state", "overdue", "show", "law", "supplier", "top", "kind", "from",
    "receipt", "source", "name", "id",
)  # fmt: skip


@pytest.fixture
def buyer() -> User:
    return chains.buyer()


@pytest.fixture
def world(buyer: User) -> dict[str, Any]:
    """A little of everything that has a page."""
    agency = agencies.agency("Kalimaru Overseas")
    site, recruiter = chains.party(buyer, "site", "Plant", "PL"), chains.party(buyer, name="Kalimaru")
    link = chains.link(buyer, site, recruiter)
    was = screenings.done(buyer, "Supplier\nGranite Hands\n", "q3.csv")
    now = screenings.done(buyer, "Supplier\nOrchard Hands\n", "q4.csv")
    lookup = lookup_services.look_up(actor=buyer, text="Kalimaru")
    return {
        "party": recruiter.pk, "link": link.line, "now": now.pk, "was": was.pk, "lookup": lookup.pk,
        "agency": agency.pk, "site": site.pk,
    }  # fmt: skip


@pytest.fixture
def signed(client: Client, buyer: User) -> Client:
    client.force_login(buyer)
    client.raise_request_exception = False
    return client


def readable(made: dict[str, Any]) -> list[str]:
    """Every page that reads its address."""
    plain = (
        "chains:chain", "chains:tree", "chains:table", "chains:findings", "chains:map_data", "chains:map_csv",
        "chains:map_search", "coverage:coverage", "coverage:download", "coverage:recruiters", "screenings:list",
        "lookups:check", "names:choices", "risk:corridors", "risk:sectors", "watches:list", "watches:begin",
        "diligence:list", "diligence:add", "diligence:nominations", "diligence:nominate", "diligence:requests",
        "diligence:steps", "dossiers:list", "dossiers:add", "dossiers:check", "reconciliation:preview",
    )  # fmt: skip
    with_keys = (
        ("chains:party", made["party"]),
        ("chains:party_brief", made["party"]),
        ("chains:match", made["party"]),
        ("chains:merge", made["party"]),
        ("coverage:recruiter", made["party"]),
        ("screenings:screening", made["now"]),
        ("screenings:resolve", made["now"]),
        ("screenings:compare", made["now"], made["was"]),
        ("screenings:export", made["now"], "csv"),
        ("screenings:compare_export", made["now"], made["was"], "csv"),
    )
    return [reverse(name) for name in plain] + [reverse(name, args=keys) for name, *keys in with_keys]


def test_no_address_breaks_a_page(signed: Client, world: dict[str, Any]) -> None:
    broken = []
    for url in readable(world):
        for value in ADDRESSES:
            answer: Any = signed.get(url, dict.fromkeys(NAMES, value))
            if getattr(answer, "streaming", False):
                b"".join(answer.streaming_content)
            if answer.status_code >= 500:
                broken.append((url, value[:20]))
    assert broken == []


@pytest.mark.parametrize("value", ["a\x00b", "x" * 1_000, "\U0001f98a"])
def test_no_address_of_a_public_page_breaks_it(client: Client, value: str) -> None:
    """Whoever types the number of a receipt, of a request or of an invitation wrong is told that there is none."""
    client.raise_request_exception = False
    for name in ("lookups:proof", "chains:part", "diligence:follow", "diligence:invited"):
        answer = client.get(reverse(name, args=[value]))
        assert (name, answer.status_code) == (name, 404)
    assert client.get(reverse("dossiers:check"), {"top": value}).status_code == 200


def writable(made: dict[str, Any]) -> list[str]:
    """Every page with a form on it."""
    plain = (
        "chains:add", "chains:imports", "lookups:check", "watches:begin", "watches:digests", "diligence:add",
        "diligence:approval", "diligence:nominate", "diligence:record", "diligence:inbox", "dossiers:add",
        "dossiers:check", "dossiers:hold_add", "risk:weights",
    )  # fmt: skip
    acts = ("add_below", "change", "end", "remove", "merge", "match", "invite")
    return [
        *(reverse(name) for name in plain),
        *(reverse(f"chains:{name}", args=[made["party"]]) for name in acts),
        *(
            reverse("chains:link", args=[made["link"], name])
            for name in ("change", "end", "verify", "remove")
        ),
    ]


def rows() -> int:
    """How many rows the rooms of an employer hold, receipts apart: a question that names nobody has its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND table_name LIKE 'supplychain\\_%' AND table_name NOT LIKE 'supplychain_lookups\\_%'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f'SELECT count(*) FROM "{name}"' for name in tables))
        return sum(number for (number,) in cursor.fetchall())


def test_no_form_takes_what_cannot_be(signed: Client, world: dict[str, Any]) -> None:
    """Every field of every form holds it at once: refused on the page, with a sentence, and nothing is kept."""
    before, wrong = rows(), []
    for url in writable(world):
        form = signed.get(url).context.get("form")
        for value in FIELDS:
            told = dict.fromkeys(form.fields if form is not None else NAMES, value)
            answer = signed.post(url, told, follow=True)
            if answer.status_code not in (200, 403, 409, 422) or not sentences(answer):
                wrong.append((url, value[:5], answer.status_code))
    assert wrong == []
    assert rows() == before


def sentences(answer: Any) -> list[str]:
    """What the page says is wrong: at each field, or as one refusal."""
    text = answer.content.decode()
    return re.findall(r'class="[^"]*(?:invalid-feedback|error-summary|note-stop|refused)[^"]*"', text)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("site", "", "Give the name."),
        ("buyer", "x" * 5_000, "The name has 5,000 characters; at most 300. Shorten it."),
        ("recruiter_origin", "Ka\x07lima", "The name holds a character that cannot be printed."),
    ],
)
def test_a_party_that_cannot_be_has_its_sentence(signed: Client, kind: str, name: str, words: str) -> None:
    answer = signed.post(reverse("chains:add"), {"kind": kind, "name": name, "country": "NP"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Party.objects.exists()


def test_a_party_with_a_link_that_cannot_be_is_not_kept_without_it(signed: Client, buyer: User) -> None:
    """Below itself, or with an end before its beginning: neither the party nor the link is there afterwards."""
    site = chains.party(buyer, "site", "Plant", "PL")
    url = reverse("chains:add_below", args=[site.pk])
    link = {"since": "2026-01-05", "fee_terms": "unknown"}
    itself = signed.post(url, {"kind": "site", "name": "Plant", "country": "PL", **link})
    assert "A party cannot stand below itself" in itself.content.decode()
    late = {"kind": "recruiter_origin", "name": "", "country": "NP", **link, "until": "2025-01-05"}
    assert "expected a day from 2026-01-05 on" in signed.post(url, late).content.decode()
    old = {"kind": "recruiter_origin", "name": "Red Kite", "country": "NP", **link, "since": "1805-01-05"}
    assert "expected a day from 1950 on" in signed.post(url, old).content.decode()
    assert (Link.objects.count(), Party.objects.count()) == (0, 1)


def test_the_page_of_a_party_stands_on_every_day(signed: Client, buyer: User) -> None:
    """Before its first link, while it runs, and after its last one ended: never a failure."""
    site, recruiter = chains.party(buyer, "site", "Plant", "PL"), chains.party(buyer, name="Red Kite")
    since = clocks.today() - timedelta(days=100)
    link = chains.link(buyer, site, recruiter, since)
    ended = clocks.today() - timedelta(days=10)
    chain_services.end_link(line=link.line, actor=buyer, on=ended, reason="It ended.")
    url = reverse("chains:party", args=[recruiter.pk])
    for day, joined in (
        (since - timedelta(days=1), False),
        (since, True),
        (ended, True),
        (ended + timedelta(days=1), False),
        (clocks.today(), False),
    ):
        page = signed.get(url, {"on": day.isoformat()})
        assert page.status_code == 200, day
        text = page.content.decode()
        assert "<bdi>Red Kite</bdi>" in text
        assert ("Joined to nobody on" in text) is not joined, day
