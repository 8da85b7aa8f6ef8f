"""Pages of a list in any order: every row once, however many say the same, there and back, while others write."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from iris.accounts.models import Organisation
from iris.core import clocks
from iris.core.drf import Pages
from tests.factories.accounts import organisation

pytestmark = pytest.mark.django_db
AGENCIES = "/api/v1/agencies/"


class Sample:
    """A view as pages see it."""

    orderings = ("name", "vetted_at")


def page(url: str) -> dict[str, Any]:
    """One page of organisations, each by its id."""
    pages = Pages()
    request = Request(APIRequestFactory().get(url))
    rows = pages.paginate_queryset(Organisation.objects.all(), request, Sample)
    found: dict[str, Any] = pages.get_paginated_response([row.pk for row in rows]).data
    return found


def walk(url: str, way: str = "next") -> tuple[list[Any], dict[str, Any]]:
    """Every page from one to the last, and that one."""
    one = page(url)
    rows = list(one["results"])
    while one[way]:
        one = page(one[way])
        rows = rows + one["results"] if way == "next" else one["results"] + rows
    return rows, one


@pytest.fixture
def made() -> list[Organisation]:
    """Nine, of which three share a name and four were never vetted."""
    now = clocks.now()
    for place, name in enumerate(["d", "a", "c", "b", "b", "e", "b", "a", "f"]):
        row = organisation("agency", name=name)
        if place % 2:
            Organisation.objects.filter(pk=row.pk).update(vetted_at=now - timedelta(days=place // 4))
    rows = list(Organisation.objects.all())
    assert sum(row.vetted_at is None for row in rows) > 3
    return rows


@pytest.mark.parametrize("column", ["created_at", "name", "vetted_at"])
@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("size", [1, 2, 4, 200])
def test_every_row_comes_once_there_and_back(
    made: list[Organisation], column: str, down: bool, size: int
) -> None:
    def place(row: Organisation) -> Any:
        held = getattr(row, column)
        return (held is None, held or "", row.pk)

    expected = [row.pk for row in sorted(made, key=place, reverse=down)]
    there, last = walk(f"/?ordering={'-' if down else ''}{column}&page_size={size}")
    assert there == expected
    if last["previous"]:
        back, first = walk(last["previous"], "previous")
        assert back + last["results"] == expected
        assert walk(first["next"])[0] == expected[len(first["results"]) :]


def test_what_is_written_meanwhile_moves_nothing(made: list[Organisation]) -> None:
    before = walk("/?ordering=name&page_size=3")[0]
    first = page("/?ordering=name&page_size=3")
    for name in ("a", "b", "z"):
        organisation("agency", name=name)
    Organisation.objects.filter(pk=first["results"][-1]).delete()
    rest = walk(first["next"])[0]
    assert [one for one in rest if one in before] == before[3:]
    assert len(rest) == len(set(rest))


def test_a_thousand_of_the_same_moment_are_told_once_each() -> None:
    Organisation.objects.bulk_create(
        Organisation(kind="agency", name="Same", country="NP", created_at=clocks.now()) for _ in range(1_250)
    )
    rows = walk("/?page_size=200")[0]
    assert len(rows) == len(set(rows)) == Organisation.objects.count()


def test_a_cursor_belongs_to_its_order(made: list[Organisation]) -> None:
    following = page("/?ordering=name&page_size=2")["next"]
    with pytest.raises(ValidationError) as refused:
        page(following.replace("ordering=name", "ordering=-name"))
    assert list(refused.value.detail) == ["cursor"]
    with pytest.raises(ValidationError):
        page(following[:-1] + ("A" if following[-1] != "A" else "B"))


def test_an_order_that_is_not_there_is_refused_with_those_that_are(client_with: Any) -> None:
    told = client_with("read:register").get(AGENCIES, {"ordering": "city"}).json()
    assert (told["status"], told["code"]) == (400, "invalid")
    assert told["errors"]["ordering"] == [
        "There is no such order. There are: created_at, -created_at, legal_name, -legal_name, country, -country, "
        "enrolled_at, -enrolled_at."
    ]


@pytest.mark.parametrize("name", ["cursor", "ordering", "page_size", "changed_since"])
def test_where_there_are_no_pages_their_parameters_are_refused(name: str, client_with: Any) -> None:
    answer = client_with("read:register").get("/api/v1/statistics/", {name: "1"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
