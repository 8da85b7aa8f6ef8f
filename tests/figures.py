"""What slow tests tried, in figures: told by each, added up over processes and parts, printed when the run ends.

    def test_many(figures):
        figures("webhooks", events=1_000, lost=0)

Numbers of one name are added up, tables of numbers too; of words each is said once.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pytest

NAME = "figures"
Tell = Callable[..., None]


@dataclass
class Total:
    """One line of the closing table."""

    counted: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    parts: int = 0
    failed: int = 0

    def add(self, told: dict[str, Any], seconds: float, failed: bool) -> None:
        """Take in what one test told."""
        for name, value in told.items():
            was = self.counted.get(name)
            if isinstance(value, dict):
                self.counted[name] = {
                    key: (was or {}).get(key, 0) + value.get(key, 0) for key in [*(was or {}), *value]
                }
            elif isinstance(value, int):
                self.counted[name] = (was or 0) + value
            elif value not in str(was or "").split("; "):
                self.counted[name] = f"{was}; {value}" if was else value
        self.seconds += seconds
        self.parts += 1
        self.failed += failed

    @property
    def text(self) -> str:
        """The figures in words."""
        said = [f"{name.replace('_', ' ')} {_value(value)}" for name, value in self.counted.items()]
        return "; ".join(said) + (f"; FAILED in {self.failed} of {self.parts}" if self.failed else "")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {number:,}" for key, number in sorted(value.items()))
    return f"{value:,}" if isinstance(value, int) else str(value)


def totals(told: Iterable[tuple[str, float, bool]]) -> dict[str, Total]:
    """By name, from what was told (as JSON), how long that test took, and whether it failed."""
    found: dict[str, Total] = {}
    for text, seconds, failed in told:
        for name, counted in json.loads(text).items():
            found.setdefault(name, Total()).add(counted, seconds, failed)
    return dict(sorted(found.items()))


def of_junit(cases: Iterable[ElementTree.Element]) -> Iterator[tuple[str, float, bool]]:
    """What tests told, as pytest wrote it into its JUnit file."""
    for case in cases:
        for one in case.iter("property"):
            if one.get("name") == NAME:
                failed = case.find("failure") is not None
                yield one.get("value", "{}"), float(case.get("time") or 0), failed


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Tell:
    """Tell what was tried: `figures("webhooks", events=1_000, lost=0)`."""

    def tell(what: str, **counted: Any) -> None:
        record_property(NAME, json.dumps({what: counted}))
        one = Total()
        one.add(counted, 0, failed=False)
        print(f"{what}: {one.text}")

    return tell


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The closing table."""
    told = [
        (text, report.duration, kind == "failed")
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, [])
        for name, text in getattr(report, "user_properties", [])
        if name == NAME
    ]
    if told:
        terminalreporter.section("figures")
    for name, total in totals(told).items():
        terminalreporter.write_line(f"{name}: {total.text} ({total.seconds:.0f} s)")
