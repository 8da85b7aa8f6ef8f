"""The changes of watches as a feed: nothing is missed under any order of commits, and nothing is told of others."""

from typing import Any

import pytest

from iris.accounts.models import User
from iris.core import clocks
from supplychain.watches.models import Change, Entry, Watch
from tests.factories import accounts, agencies
from tests.iris.developers.conftest import client_for
from tests.iris.developers.test_feed import Writer

URL = "/api/v1/watches/changes/"
pytestmark = pytest.mark.django_db(transaction=True)


def watching(buyer: User, agency: Any) -> Watch:
    return Watch.objects.create(
        organisation=buyer.organisation,
        person=buyer,
        kind="agency",
        subject_key=f"agency:{agency.pk}",
        agency=agency,
        title="Himal",
    )


def found(watch: Watch, name: str) -> None:
    """A run that found something, as runs write it."""
    run = Entry.objects.create(
        watch=watch, at=clocks.now(), cause="clock", outcome="changed", agencies=1, changed=1
    )
    Change.objects.create(
        entry=run, watch=watch, agency=watch.agency, kind="other", before=None, after={"name": name}
    )


def names(answer: Any) -> list[str]:
    return [row["after"]["name"] for row in answer["results"]]


def followed(client: Any, cursor: str, address: str = URL, size: int = 50) -> dict[str, Any]:
    answer = client.get(address, {"changed_since": cursor, "page_size": size})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_a_change_found_first_and_committed_last_is_not_missed() -> None:
    buyer = accounts.person("employer", "sourcing_manager")
    client = client_for(buyer, "read:watches")
    watch = watching(buyer, agencies.agency())
    found(watch, "at first")
    start = followed(client, "")
    assert names(start) == ["at first"]

    slow = Writer(lambda: found(watch, "slow"))
    quick = Writer(lambda: found(watch, "quick"))
    quick.finish()
    listed = client.get(URL).json()
    between = followed(client, start["changed_since"])
    assert names(between) == names(listed)[1:] == ["quick"]

    slow.finish()
    assert names(client.get(URL).json()) == ["at first", "slow", "quick"]  # before the end that was read
    after = followed(client, between["changed_since"])
    assert names(after) == ["slow"]
    assert names(followed(client, after["changed_since"])) == []
    words = followed(client, after["changed_since"], "/api/v1/watches/notices/")  # one cursor serves both
    assert (words["results"], words["gone"], words["more"]) == ([], [], False)


def test_many_runs_that_commit_in_any_order_are_each_told_once() -> None:
    buyer = accounts.person("employer", "sourcing_manager")
    client = client_for(buyer, "read:watches")
    watch = watching(buyer, agencies.agency())
    cursor = followed(client, "")["changed_since"]
    writers = [Writer(lambda number=number: found(watch, str(number))) for number in range(6)]
    seen: list[str] = []
    for number in (4, 1, 5, 0, 3, 2):
        writers[number].finish()
        page = followed(client, cursor, size=1)
        seen, cursor = [*seen, *names(page)], page["changed_since"]
    assert seen == ["4", "1", "5", "0", "3", "2"]
    assert not followed(client, cursor, size=1)["results"]


def test_the_feed_tells_nothing_of_the_watches_of_others() -> None:
    buyer, other = (accounts.person("employer", "sourcing_manager") for _ in range(2))
    agency = agencies.agency()
    mine, theirs = watching(buyer, agency), watching(other, agency)
    client = client_for(buyer, "read:watches")
    for number in range(3):
        found(theirs, f"theirs {number}")
    found(mine, "mine")
    page = followed(client, "", size=1)
    assert (names(page), page["gone"], page["more"]) == (["mine"], [], False)
    assert followed(client_for(other, "read:watches"), "", size=3)["more"] is False
    nobody = client_for(accounts.person("employer", "sourcing_manager"), "read:watches")
    empty = followed(nobody, "")
    assert (empty["results"], empty["gone"], empty["more"]) == ([], [], False)
    wrong = client.get(URL, {"changed_since": page["changed_since"][:-1] + "_"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["changed_since"])
