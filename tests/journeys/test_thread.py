"""Steps 1 to 8 in real Chromium against a real stack, once with JavaScript and once without."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from iris import env
from tests.journeys.people import FIRM, OFFICE
from tests.journeys.stack import Stack
from tests.journeys.thread import Thread

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
SHOTS = Path(env.text("IRIS_HOME")) / "shots" / "thread"
SUPPLIERS = """Supplier;Ctry;Licence no
{name};Nepal;
Kalimaroo Oversea;NP;
Zanzibar Ferry Crews;Atlantis;
;Nepal;
"=1+1";;
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A product of its own with the scheme's people and one audit firm."""
    made = Stack(tmp_path_factory.mktemp("stack"))
    try:
        made.start()
        made.python(OFFICE)
        made.python(FIRM)
        yield made
    finally:
        made.stop()


@pytest.mark.parametrize(
    ("script", "name"), [(True, "Kalimaru Overseas Services"), (False, "Lantangir Overseas House")]
)
def test_thread(stack: Stack, browser: Browser, tmp_path: Path, script: bool, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    thread = Thread(stack, browser, SHOTS, script=script, name=name)
    thread.enrol()
    thread.assess()
    thread.apply()
    thread.audit()
    thread.decide()
    page = PdfReader(io.BytesIO(thread.pdf)).pages
    assert len(page) == 1
    assert thread.number in page[0].extract_text()
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text(SUPPLIERS.format(name=name), encoding="cp1252")
    thread.check(suppliers)
    assert "Receipt" in PdfReader(io.BytesIO(thread.receipt)).pages[0].extract_text()
    assert f"{name},Nepal,,Certified,{name}" in thread.export
    assert "expected a name, found an empty cell" in thread.export
    assert "'=1+1" in thread.export
    found = thread.call()
    assert found["outcome"] == "found"
    assert thread.problems == []
