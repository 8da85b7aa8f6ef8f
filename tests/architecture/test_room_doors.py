"""Rooms are entered through four doors, and some packages have one door each."""

import ast

import pytest

from tests.architecture import house

DOORS = {"services", "selectors", "states", "models"}

# A package that is hard to use well is used in one place.
ONE_DOOR = {
    "django_fsm": "iris.core.fsm",
    "weasyprint": "iris.core.pdf",
    "psycopg": "nowhere: the driver is psycopg2, and Django would prefer this one if it were there",
}


def test_import_between_rooms_uses_a_door() -> None:
    """From another room only services, selectors, states and models are imported."""
    wrong = []
    for path in house.sources():
        module = house.module_of(path)
        if module.startswith(house.COMPOSITION):
            continue
        for node, name in house.imports(path):
            room = house.room_of(name)
            if not room or room == house.room_of(module) or room.startswith(house.PLATFORM):
                continue
            door = name.removeprefix(f"{room}.").split(".")[0]
            if name != room and door not in DOORS and room not in house.COMPOSITION:
                wrong.append(f"{house.where(path, node)} imports {name}")
    assert not wrong, "Import services, selectors, states or models instead:\n" + "\n".join(wrong)


@pytest.mark.parametrize("package", ONE_DOOR)
def test_package_has_one_door(package: str) -> None:
    """Only its door imports a package that needs care."""
    door = ONE_DOOR[package]
    wrong = [
        f"{house.where(path, node)} imports {name}"
        for path in house.sources()
        for node, name in house.imports(path)
        if name.split(".")[0] == package and not house.module_of(path).startswith(door)
    ]
    assert not wrong, f"Use {door}:\n" + "\n".join(wrong)


def test_weasyprint_is_imported_inside_functions() -> None:
    """The site starts where Pango is missing."""
    wrong = [
        house.where(path, node)
        for path in house.sources()
        for node in house.parsed(path).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "weasyprint" in ast.unparse(node)
    ]
    assert not wrong, "\n".join(wrong)


def test_time_comes_from_the_one_clock() -> None:
    """Nothing asks the machine for the time but iris.core.clocks."""
    forbidden = {
        "timezone.now",
        "date.today",
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "localdate",
    }
    wrong = []
    for path in house.sources():
        if house.module_of(path).startswith("iris.core.clocks"):
            continue
        for node in ast.walk(house.parsed(path)):
            if isinstance(node, ast.Call) and _ends(ast.unparse(node.func), forbidden):
                wrong.append(f"{house.where(path, node)} calls {ast.unparse(node.func)}()")
    assert not wrong, "Use iris.core.clocks.now() or today():\n" + "\n".join(wrong)


def _ends(name: str, endings: set[str]) -> bool:
    return any(name == ending or name.endswith(f".{ending}") for ending in endings)
