"""The map, the tree, the table: the same parties, bounded, one employer's only, harmless as a sheet."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client

from iris.core import clocks
from supplychain.chains import services
from supplychain.chains.models import Link
from supplychain.chains.selectors import picture
from supplychain.chains.selectors.chain import chain_at
from supplychain.chains.selectors.picture import Asked
from supplychain.chains.selectors.seeing import look_at
from supplychain.chains.selectors.sight import sight_from
from supplychain.chains.states import PartyKind
from tests.factories import accounts
from tests.supplychain.chains.mapping import DAY, join, party, small_chain

pytestmark = pytest.mark.django_db
PAGES = ("", "tree/", "table/", "findings/", "map.json", "map.csv", "search/?q=s")


def signed_in(user) -> Client:  # type: ignore[no-untyped-def]
    client = Client()
    client.force_login(user)
    return client


def test_every_way_to_read_shows_every_party_without_script() -> None:
    user, made = small_chain()
    client = signed_in(user)
    for page in ("", "tree/", "table/"):
        body = client.get(f"/chain/{page}").content.decode()
        missing = [name for name, one in made.items() if f"<bdi>{one.name}</bdi>" not in body]
        assert not missing, page
    tree = client.get("/chain/tree/").content.decode()
    assert tree.count("shown in full above") == 1, "the recruiter of both sites stands in full once"


def test_another_employer_sees_nothing_of_it() -> None:
    _user, made = small_chain()
    other = signed_in(accounts.person("employer", "sourcing_manager"))
    for path in (f"/chain/parties/{made['Shared'].pk}/", f"/chain/parties/{made['Shared'].pk}/brief/"):
        assert other.get(path).status_code == 404
    for page in PAGES:
        answer = other.get(f"/chain/{page}", {"node": str(made["Shared"].pk), "q": "Shared"})
        assert answer.status_code == 200
        assert b"Shared</bdi>" not in answer.content
        assert b'"Shared"' not in answer.content
    agency = signed_in(accounts.person("agency", "manager"))
    assert agency.get("/chain/").status_code == 404


def test_map_data_is_not_sent_twice() -> None:
    user, _made = small_chain()
    client = signed_in(user)
    first = client.get("/chain/map.json")
    assert len(first.json()["nodes"]) == 6
    again = client.get("/chain/map.json", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    party(user, "site", "Site C", "VN")
    join(user, *_parties(user, "Buyer", "Site C"))
    assert client.get("/chain/map.json", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def _parties(user, *names):  # type: ignore[no-untyped-def]
    from supplychain.chains.selectors import parties_visible_to

    rows = {row.name: row for row in parties_visible_to(user)}
    return [rows[name] for name in names]


def test_sheet_holds_what_is_shown_and_no_formula() -> None:
    user, made = small_chain()
    body = signed_in(user).get("/chain/map.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) == 1 + 1 + 6, "a header, the top, six links"
    assert {row[4] for row in rows[1:]} == {"Buyer", "Site A", "Site B", "Shared", "Sub 1", "'=Sub 2"}
    short = made["Shared"].pk.hex[:8]
    folded = signed_in(user).get("/chain/map.csv", {"fold": short}).content.decode()
    assert "Sub 1" not in folded


def test_as_of_a_day_shows_the_links_of_that_day() -> None:
    user, made = small_chain()
    new = party(user, "site", "Site New", "PL")
    join(user, made["Buyer"], new, since=DAY + timedelta(days=100))
    client = signed_in(user)
    then = client.get("/chain/map.json", {"on": DAY.isoformat()}).json()
    assert "Site New" not in {node["name"] for node in then["nodes"]}
    now = client.get("/chain/map.json").json()
    assert "Site New" in {node["name"] for node in now["nodes"]}
    both = client.get("/chain/map.json", {"than": DAY.isoformat()}).json()
    assert {node["name"]: node["mark"] for node in both["nodes"] if node["mark"]} == {"Site New": "new"}
    assert [link["mark"] for link in both["links"] if link["mark"]] == ["new"]
    page = client.get("/chain/", {"than": DAY.isoformat()}).content.decode()
    assert "1 party came" in page
    before = client.get("/chain/", {"on": "2019-01-01"}).content.decode()
    assert "Nothing of your chain is known for 1 January 2019" in before


def test_the_sheet_of_two_days_says_what_changed() -> None:
    """Since the tenth day: Site New came, the link to Site B ended, nothing else moved."""
    user, made = small_chain()
    new, then = party(user, "site", "Site New", "PL"), DAY + timedelta(days=10)
    join(user, made["Buyer"], new, since=DAY + timedelta(days=100))
    line = Link.objects.get(upper=made["Buyer"], lower=made["Site B"]).line
    services.end_link(line=line, actor=user, on=DAY + timedelta(days=50), reason="It ended.")
    client = signed_in(user)

    def told(**asked: str) -> dict[tuple[str, str], tuple[str, str]]:
        text = client.get("/chain/map.csv", asked).content.decode("utf-8-sig")
        return {
            (row["Upper party"], row["Party"]): (row["Compared with"], row["Change"]) for row in _rows(text)
        }

    since = told(than=then.isoformat())
    assert {pair: word for pair, (_day, word) in since.items() if word} == {
        ("Buyer", "Site New"): "new; link: new",
        ("Buyer", "Site B"): "link: ended",
    }
    assert {day for day, _word in since.values()} == {then.isoformat()}
    assert set(told().values()) == {("", "")}, "alone, the two columns are empty"


def _rows(text: str) -> list[dict[str, str]]:
    """What it is stands twice in the header; the named columns of each row."""
    return list(csv.DictReader(io.StringIO(text)))


def test_a_day_to_come_is_refused_with_a_sentence() -> None:
    user, _made = small_chain()
    tomorrow = clocks.today() + timedelta(days=1)
    page = signed_in(user).get("/chain/", {"on": tomorrow.isoformat()}).content.decode()
    assert "That day is still to come" in page
    assert "Enter a valid date" in signed_in(user).get("/chain/", {"on": "3 Maius"}).content.decode()


def test_folded_branches_say_what_they_hide_and_a_selection_opens_its_way() -> None:
    user, made = small_chain()
    client, short = signed_in(user), made["Shared"].pk.hex[:8]
    folded = client.get("/chain/map.json", {"fold": short}).json()
    hidden = {node["name"]: node["hidden"] for node in folded["nodes"] if node["hidden"]}
    assert hidden == {"Shared": 2}
    chosen = client.get("/chain/map.json", {"fold": short, "node": str(made["Sub 1"].pk)}).json()
    assert "Sub 1" in {node["name"] for node in chosen["nodes"]}
    assert {node["name"]: node["hidden"] for node in chosen["nodes"] if node["hidden"]} == {"Shared": 1}


def test_a_circle_is_marked_and_everybody_stays_on_the_map() -> None:
    user, made = small_chain()
    join(user, made["Sub 1"], made["Shared"])
    client = signed_in(user)
    data = client.get("/chain/map.json").json()
    assert len(data["nodes"]) == 6
    assert [link["back"] for link in data["links"]].count(True) == 1
    assert "closes a circle" in client.get("/chain/tree/").content.decode()


def test_brief_says_the_way_and_how_each_link_is_known() -> None:
    user, made = small_chain()
    body = signed_in(user).get(f"/chain/parties/{made['Sub 1'].pk}/brief/").content.decode()
    way = [str(made[name].pk) for name in ("Buyer", "Site A", "Shared", "Sub 1")]
    assert f'data-path="{" ".join(way)}"' in body
    assert "1 other way leads here" in body
    assert "7 workers a year; fee terms not known; declared" in body
    page = signed_in(user).get(f"/chain/parties/{made['Shared'].pk}/").content.decode()
    assert page.count("this party gets workers through it") == 2
    assert page.count("gets workers through this party") == 2


def test_more_than_can_be_drawn_is_counted_by_tier(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    user, _made = small_chain()
    monkeypatch.setattr(picture, "MOST_DRAWN", 5)
    client = signed_in(user)
    data = client.get("/chain/map.json").json()
    assert data["tiers"]
    assert [node["name"] for node in data["nodes"]] == ["1 party", "2 parties", "1 party", "2 parties"]
    assert "Draw these" in client.get("/chain/").content.decode()
    part = client.get("/chain/map.json", {"part": "2.unlisted"}).json()
    assert {node["name"] for node in part["nodes"]} == {"Buyer", "Site A", "Site B", "Shared"}
    too_many = client.get("/chain/map.json", {"part": "3.other"}).json()
    assert (too_many["shown"], too_many["leftOut"]) == (5, 1)
    assert (
        "Recruiters where workers come from,Not on the register"
        in client.get("/chain/map.csv").content.decode()
    )


def test_hidden_clean_branches_leave_the_ways_to_what_is_not_clean() -> None:
    user, made = small_chain()
    clean = party(user, "site", "Site Clean", "PL")
    join(user, made["Buyer"], clean)
    sight = sight_from(chain_at(user), [])  # without findings: a site with nobody below it is one
    shown = picture.picture_of(sight, Asked(unclean=True)).folding.shown
    names = {sight.seen[number].party.name for number in shown}
    assert "Site Clean" not in names
    assert {"Buyer", "Site A", "Site B", "Shared"} <= names, "a recruiter that nobody knows is not clean"


def test_queries_do_not_grow_with_the_chain(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    user, made = small_chain()
    for number in range(30):
        sub = services.add_party(actor=user, kind=PartyKind.SUB_AGENT, name=f"More {number}", country="NP")
        join(user, made["Shared"], sub)
    with django_assert_max_num_queries(10):
        view = look_at(user, Asked())
        body = json.dumps(picture.drawn(picture.picture_of(view.sight, Asked()), view.risks, view.changes))
    assert len(json.loads(body)["nodes"]) == 36
