"""What every reader of the OpenAPI document relies on; linters and a generator say more in `./dev conformance`."""

from collections.abc import Iterator
from typing import Any

from iris.developers import reference


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in reference.document()["paths"].items():
        for method, told in methods.items():
            yield f"{method} {path}", told


def test_every_operation_says_in_a_line_what_it_does() -> None:
    wrong = {
        name: told.get("summary", "")
        for name, told in operations()
        if not 5 < len(told.get("summary", "")) <= 120 or told["summary"].endswith(".")
    }
    assert wrong == {}


def test_every_operation_says_whether_it_needs_a_key() -> None:
    public = {name for name, told in operations() if not told["security"] or {} in told["security"]}
    asked_without = {"get /api/v1/", "get /api/v1/receipts/{number}/", "post /api/v1/keys/revoke/"}
    assert public == asked_without | {"post /api/v1/verify/"}


def test_no_alternative_matches_everything() -> None:
    """Of `oneOf` exactly one may hold: an empty one beside `null` makes null an error."""

    def empty(thing: Any, place: str) -> Iterator[str]:
        if isinstance(thing, dict):
            if {} in thing.get("oneOf", []):
                yield place
            for key, value in thing.items():
                yield from empty(value, f"{place}/{key}")
        elif isinstance(thing, list):
            for number, value in enumerate(thing):
                yield from empty(value, f"{place}/{number}")

    assert list(empty(reference.document(), "#")) == []
