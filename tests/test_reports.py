"""What a report says of a run of pytest: every result counted, failures named, figures kept, tables unbroken."""

from pathlib import Path

import pytest

from tests import reports

RUN = """<testsuites><testsuite>
<testcase classname="tests.a.test_b" name="test_kills" time="12.34"><system-out>------ Captured Out ------

15 points, 0 lost, 0 double
</system-out></testcase>
<testcase classname="tests.a.test_b" name="test_x[a|b]" time="0.5"><failure message="assert 1 == 2
 second | line">trace</failure></testcase>
<testcase classname="tests.a.test_c" name="test_y" time="0"><skipped message="no node here"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reports, "FOLDER", tmp_path / "reports")
    return tmp_path


def test_a_run_becomes_a_table_and_its_figures(folder: Path) -> None:
    (folder / "run.xml").write_text(RUN)
    text = reports.of_tests("campaign", folder / "run.xml", ["./dev", "campaign"]).read_text()
    assert "3 tests: 1 failed, 1 passed, 1 skipped." in text
    assert "| `a.test_b::test_kills` | passed | 12.3 |" in text
    assert "| `a.test_b::test_x[a/b]` | failed: assert 1 == 2 second / line | 0.5 |" in text
    assert "15 points, 0 lost, 0 double" in text
    assert "Captured" not in text
    assert "`./dev campaign` at commit" in text


def test_figures_of_parts_are_added_up(folder: Path) -> None:
    told = """<property name="figures" value='{"sent": {"cases": %d, "by": {"200": 1}}}'/>"""
    parts = [
        f'<testcase name="p[{n}]" time="2"><properties>{told % (1_000 + n)}</properties>{more}</testcase>'
        for n, more in enumerate(("", "<failure/>"))
    ]
    (folder / "run.xml").write_text(f"<testsuite>{''.join(parts)}</testsuite>")
    text = reports.of_tests("campaign", folder / "run.xml", ["./dev", "campaign"]).read_text()
    assert "| sent | cases 2,001; by 200: 2; FAILED in 1 of 2 | 4 |" in text


def test_a_bench_keeps_its_lines_and_not_its_json(folder: Path) -> None:
    path = reports.of_bench(
        "api", ["--names", "10", f"{reports.ROOT.parent}/list.csv"], ["one line", '{"names": 10}']
    )
    assert path.name.endswith("-bench-api.md")
    text = path.read_text()
    assert "./dev bench api --names 10 ../list.csv" in text
    assert "one line\n```" in text
    assert '{"names"' not in text
