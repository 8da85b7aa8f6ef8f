"""Dated reports under docs/reports/: what a bench or a campaign printed, on which machine, at which commit.

    python -m tests.reports KIND JUNIT.xml COMMAND...     the report of a run of pytest

A second run on the same day takes the place of the first. A report holds figures and no judgement.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from tests import figures

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reports"
LONGEST = 160


def of_bench(name: str, arguments: Sequence[str], said: Sequence[str]) -> Path:
    """The report of `./dev bench NAME`, with the lines it said; its closing JSON is left out."""
    lines = [line[:LONGEST].rstrip() for line in said if not line.startswith("{")]
    return _write(f"bench-{name}", ["./dev", "bench", name, *arguments], ["```text", *lines, "```"])


def of_tests(kind: str, xml: Path, command: Sequence[str]) -> Path:
    """The report of a run of pytest from its JUnit file: a row for each test, then the figures that tests printed."""
    cases = list(ElementTree.parse(xml).getroot().iter("testcase"))
    rows = ["| test | result | seconds |", "| --- | --- | --- |"]
    printed: list[str] = []
    for case in cases:
        name = f"{case.get('classname', '').removeprefix('tests.')}::{case.get('name', '')}".replace("|", "/")
        rows.append(f"| `{name}` | {_result(case)} | {float(case.get('time') or 0):.1f} |")
        if said := _printed(case):
            printed += [f"`{name}`", "", "```text", *said, "```", ""]
    counts = [_result(case).split(":")[0] for case in cases]
    total = ", ".join(f"{counts.count(one)} {one}" for one in sorted(set(counts)))
    told = figures.totals(figures.of_junit(cases)).items()
    table = ["| what | figures | seconds |", "| --- | --- | --- |"]
    table += [f"| {name} | {one.text} | {one.seconds:.0f} |" for name, one in told]
    head = [f"{len(cases)} tests: {total}.", "", *((*table, "") if told else ())]
    return _write(kind, command, [*head, *rows, "", *printed])


def _result(case: ElementTree.Element) -> str:
    for tag, word in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
        found = case.find(tag)
        if found is not None:
            why = " ".join((found.get("message") or "").split()).replace("|", "/")[:LONGEST]
            return f"{word}: {why}" if why else word
    return "passed"


def _printed(case: ElementTree.Element) -> list[str]:
    """The lines a test printed itself; pytest's headings and what is blank are left out."""
    text = "".join(part.text or "" for part in case.iter("system-out"))
    lines = (line.rstrip()[:LONGEST] for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("----")]


def _write(kind: str, command: Sequence[str], body: Sequence[str]) -> Path:
    now = datetime.now(UTC)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{now:%Y-%m-%d}-{kind}.md"
    head = [
        f"# {kind}, {now:%Y-%m-%d}",
        "",
        f"`{' '.join(command)}` at {_commit()}, {now:%H:%M} UTC, on {_machine()}.",
        "",
    ]
    text = "\n".join([*head, *body]).rstrip() + "\n"
    path.write_text(text.replace(str(ROOT.parent), ".."), encoding="utf-8")  # a report is read elsewhere
    return path


def _commit() -> str:
    def ask(*argv: str) -> str:
        done = subprocess.run(["git", *argv], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = ask("status", "--porcelain", "--untracked-files=no")
    return f"commit `{ask('rev-parse', '--short', 'HEAD') or 'unknown'}`{' with changes' if changed else ''}"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.stdout.write(f"{of_tests(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]).relative_to(ROOT)}\n")
