"""What the launcher chooses of a machine before it starts anything."""

import os
from pathlib import Path

import pytest

from launcher import constants, packages
from launcher.places import House, keep_bytecode


def _program(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o700)
    return str(path)


def test_the_browser_without_a_screen_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IRIS_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert packages.find_chromium() == ""
    whole = _program(tmp_path, "chromium")
    assert packages.find_chromium() == whole
    shell = _program(tmp_path, "chromium-headless-shell")
    assert packages.find_chromium() == shell
    monkeypatch.setenv("IRIS_CHROMIUM", whole)
    assert packages.find_chromium() == whole, "who names one gets it"


def test_a_browser_that_is_not_to_be_had_is_asked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fails(argv: list[str], **options: object) -> bool:
        asked.append(argv[1])
        return False

    monkeypatch.delenv("IRIS_CHROMIUM", raising=False)
    whole = _program(tmp_path, "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(packages, "may_apt", lambda: True)
    monkeypatch.setattr(packages, "apt_knows", lambda name: False)
    monkeypatch.setattr(packages, "works", fails)
    house = House(tmp_path, 8000, with_tests=True)
    packages.prefer_headless(house)
    packages.prefer_headless(house)
    assert asked == ["update"]
    assert packages.find_chromium() == whole


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, {}),
        ({"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONPYCACHEPREFIX": "/home/of/iris/bytecode"}),
        (
            {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/elsewhere"},
            {"PYTHONPYCACHEPREFIX": "/elsewhere"},
        ),
    ],
)
def test_bytecode_is_kept_and_not_beside_the_sources(
    given: dict[str, str], kept: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", dict(given))
    keep_bytecode(Path("/home/of/iris"))
    assert os.environ == kept


def test_the_oldest_postgresql_knows_what_the_structure_asks_of_it() -> None:
    structure = (constants.ROOT / "iris/core/structure.sql").read_text()
    assert "NULLS NOT DISTINCT" in structure  # of PostgreSQL 15; when none is left, 14 may be tried
    assert constants.OLDEST_POSTGRES >= 15
