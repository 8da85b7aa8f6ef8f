"""Steps 1 to 8 in real Chromium against a real product, with or without JavaScript."""

import io
from pathlib import Path

from playwright.sync_api import Browser
from pypdf import PdfReader

from iris import env
from tests.journeys.stack import Stack
from tests.journeys.thread import Thread

SHOTS = Path(env.text("IRIS_HOME")) / "shots" / "thread"
SUPPLIERS = """Supplier;Ctry;Licence no
{name};Nepal;
{alike};NP;
Zanzibar Ferry Crews;Atlantis;
;Nepal;
"=1+1";;
"""


def walk_the_thread(stage: Stack, browser: Browser, tmp_path: Path, *, script: bool, name: str) -> None:
    """An agency of that name from its sign-up to an employer's receipt."""
    thread = Thread(stage, browser, SHOTS, script=script, name=name)
    thread.enrol()
    thread.assess()
    thread.apply()
    thread.audit()
    thread.decide()
    page = PdfReader(io.BytesIO(thread.pdf)).pages
    assert len(page) == 1
    assert thread.number in page[0].extract_text()
    suppliers, alike = (
        tmp_path / "suppliers.csv",
        name[:4] + name[5] + name[4] + name[6:],
    )  # two letters swapped
    suppliers.write_text(SUPPLIERS.format(name=name, alike=alike), encoding="cp1252")
    thread.check(suppliers)
    assert "Receipt" in PdfReader(io.BytesIO(thread.receipt)).pages[0].extract_text()
    assert f"{name},Nepal,,2,Certified,{name}" in thread.export
    assert f"{alike},NP,,3,To resolve,," in thread.export, "a name alike is nobody's certificate"
    assert "expected a name, found an empty cell" in thread.export
    assert "'=1+1" in thread.export
    found = thread.call()
    assert found["outcome"] == "found"
    assert thread.problems == []
    for walker in thread.walkers.values():
        walker.context.close()
