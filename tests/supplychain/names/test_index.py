"""The index: fresh with each search, never the word on a status, equal to the fallback, and safe where it is cold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from certification.agencies.models import Agency, AgencyName
from iris.matching import key, normalise
from supplychain.names import folder, index, selectors, services
from supplychain.names.folder import Manifest
from supplychain.names.services import building

pytestmark = pytest.mark.django_db
Register = Callable[..., list[UUID]]
Build = Callable[[], Manifest]
NAMES = (
    "Kalimaru Overseas Services Pvt. Ltd.",
    "Sagarpani Manpower Pvt. Ltd.",
    ("Talabright Human Resources Inc.", "PH"),
    ("Orvane Staffing Ltd", "GB"),
    ("PT Orvane Mitra", "ID"),
)


def _ids(text: str, country: str = "") -> list[str]:
    return [match.candidate.id for match in selectors.search(text, country).matches]


def test_without_a_base_the_register_itself_is_searched(own_folder: Path, register: Register) -> None:
    (first, *_others) = register(*NAMES)
    assert not selectors.current().ready
    assert selectors.current().version == selectors.COLD
    assert _ids("Kalimaroo Oversea Service")[0] == str(first)


def test_with_a_base_the_index_is_searched(build: Build, register: Register) -> None:
    (first, *_others) = register(*NAMES)
    made = build()
    assert made.names == AgencyName.objects.filter(agency__enrolled_at__isnull=False).count()
    names = selectors.current()
    assert names.ready
    assert names.size >= len(NAMES)
    assert _ids("Kalimaroo Oversea Service")[0] == str(first)


def test_new_changed_and_removed_names_are_seen_by_the_next_search(build: Build, register: Register) -> None:
    (first, *_others) = register(*NAMES)
    build()
    before = _ids("Zebrafinch Placements")
    (new,) = register("Zebrafinch Placements")
    assert str(new) not in before
    assert _ids("Zebrafinch Placements")[0] == str(new)
    AgencyName.objects.create(
        agency_id=first, kind="trading", name="Quartzbell Crew", normal=normalise("Quartzbell Crew"),
        key=key("Quartzbell Crew"),
    )  # fmt: skip
    assert _ids("Quartzbell Crew")[0] == str(first)
    AgencyName.objects.filter(agency_id=first, kind="trading").delete()
    assert str(first) not in _ids("Quartzbell Crew")


def test_who_left_the_register_is_not_found(build: Build, register: Register) -> None:
    (first, *_others) = register(*NAMES)
    build()
    assert str(first) in _ids("Kalimaru Overseas Services")
    Agency.objects.filter(pk=first).update(enrolled_at=None)
    assert str(first) not in _ids("Kalimaru Overseas Services")


def test_an_index_that_is_behind_still_asks_the_register(
    build: Build, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with the feed cut off, an agency the register no longer has is in no answer."""
    (first, second, *_others) = register(*NAMES)
    build()
    stale = selectors.current()
    monkeypatch.setattr(index.feed, "since", lambda snapshot: index.feed.News(snapshot, False, []))
    Agency.objects.filter(pk=first).update(enrolled_at=None)
    results = selectors.search_many(
        [("Kalimaru Overseas Services", ""), ("Sagarpani Manpower", "")], using=stale
    )
    assert str(first) not in [match.candidate.id for match in results[0].matches]
    assert results[1].matches[0].candidate.id == str(second)


def test_the_process_keeps_nothing_of_a_transaction_that_is_still_open(
    build: Build, register: Register
) -> None:
    """What a test or a request writes and rolls back is in its own searches only."""
    build()
    held = index._process.held
    (new,) = register("Zebrafinch Placements")
    assert _ids("Zebrafinch Placements")[0] == str(new)
    assert index._process.held is not None
    assert held is None or index._process.held.index is held.index
    kept = index._process.held.index.search("Zebrafinch Placements")
    assert str(new) not in [match.candidate.id for match in kept.matches]


@pytest.mark.parametrize(
    "text",
    [
        "Kalimaru Overseas Services Pvt Ltd",
        "Kalimaroo Overseas Services",
        "Sagarpani Man power Pvt Ltd",
        "Zanzibar Ferries",
        "???",
    ],
)
def test_index_and_fallback_come_to_the_same_outcome(build: Build, register: Register, text: str) -> None:
    """Near a threshold they may differ: the index knows how rare a word is, the fallback does not."""
    register(*NAMES)
    cold = selectors.search(text)
    build()
    warm = selectors.search(text)
    assert cold.outcome == warm.outcome
    assert [one.candidate.id for one in cold.matches][:1] == [one.candidate.id for one in warm.matches][:1]


def test_a_base_of_another_database_is_never_used(build: Build, own_folder: Path) -> None:
    build()
    file = folder.home() / folder.MANIFEST
    told = json.loads(file.read_text())
    file.write_text(json.dumps({**told, "database": "7000000000000000000-1"}))
    index.forget()
    assert not selectors.current().ready
    assert services.why_rebuild() == "missing"


def test_a_base_that_cannot_be_read_is_made_again(build: Build, own_folder: Path, register: Register) -> None:
    (first, *_others) = register(*NAMES)
    made = build()
    for path in (folder.home() / made.folder).iterdir():
        path.unlink()
    index.forget()
    assert not selectors.current().ready
    assert _ids("Kalimaru Overseas Services")[0] == str(first)
    assert services.why_rebuild() == "unreadable"
    assert services.keep_fresh()
    assert selectors.current().ready


def test_a_base_far_behind_is_made_again_and_old_ones_go(
    build: Build, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    assert not services.keep_fresh()
    monkeypatch.setattr(building, "GROWN", 1)
    for turn in range(4):
        register(f"Zebrafinch {turn}", f"Quartzbell {turn}")
        assert services.why_rebuild() == "grown"
        assert services.keep_fresh()
    assert len(list(folder.home().glob("base-*"))) == building.KEPT_BASES
    assert not list(folder.home().glob("draft-*"))


def test_one_builder_at_a_time(build: Build, own_folder: Path) -> None:
    build()
    with building._alone(), pytest.raises(services.Busy):
        build()


def test_too_much_news_falls_back_until_there_is_a_new_base(
    build: Build, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    monkeypatch.setattr(index.feed, "MOST", 2)
    (first, *_others) = register(*NAMES)
    assert not selectors.current().ready
    assert _ids("Kalimaru Overseas Services")[0] == str(first)


def test_a_search_asks_a_bounded_number_of_queries(
    build: Build, register: Register, django_assert_num_queries: Any
) -> None:
    register(*NAMES)
    build()
    selectors.search("Kalimaru")
    with django_assert_num_queries(3):  # what changed, its names, who is enrolled
        selectors.search_many([("Kalimaru Oversees", "NP"), ("Orvane", ""), ("Talabright", "PH")])
