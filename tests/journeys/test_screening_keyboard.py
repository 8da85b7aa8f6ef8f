"""An employer screens a list that was read wrongly at first, and resolves its open rows without a mouse."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD
from tests.journeys.stack import Stack
from tests.journeys.walker import PATIENCE, Walker

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]

# Three names that two agencies share but for the legal form, and two agencies of names of their own.
REGISTER = """
from tests.factories import accounts, agencies
for name in ("Amber Quay Staffing", "Tern Harbour Crews", "Silver Birch Manpower"):
    for form in ("Ltd", "Inc"):
        agencies.agency(f"{name} {form}")
for name in ("Lantern Ford Recruitment Ltd", "Copper Kite Overseas Ltd"):
    agencies.agency(name)
print(accounts.person("employer", "sourcing_manager", name="Anneke Visser").email)
"""
# As a Polish office saves it: a title above the names, semicolons, Windows-1250 in letters that pass for 1252.
COLUMNS = ["Vendor ref", "Pośrednik", "Kraj", "Licence no", "Uwagi"]
ROWS = """V-1001;Amber Quay Staffing;Nepal;;Kraków
V-1002;AMBER QUAY  STAFFING;NP;;Gdynia
V-1003;Tern Harbour Crews;Nepal;;biuro w Łodzi
V-1004;Silver Birch Manpower;NP;;
V-1005;Lantern Ford Recruitment Ltd;Nepal;;stała współpraca
V-1006;Wrzos i Świerk;PL;;
V-1007;;Nepal;;brak nazwy
V-1008;Marble Heron Crewing;Atlantyda;;
V-1009;Lantern Frod Recruitment;Nepal;;"""
LIST = f"Dostawcy pracowników, III kwartał\n;;;;\n{';'.join(COLUMNS)}\n{ROWS}\n".encode("cp1250")


def key(walker: Walker, *keys: str) -> None:
    """Press keys one after the other; the last one opens another page."""
    for one in keys[:-1]:
        walker.page.keyboard.press(one)
    with walker.page.expect_navigation(wait_until="load"):
        walker.page.keyboard.press(keys[-1])
    walker.look()


def asked(page: Page, name: str) -> None:
    """The resolve screen asks for this name."""
    expect(page.locator(".big-name bdi")).to_have_text(name)


def narrow(walker: Walker, name: str) -> None:
    """A picture at 320 pixels, and nothing of the page beside it."""
    page = walker.page
    page.set_viewport_size({"width": 320, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    walker.shot(f"{name}-320")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert wide <= 320, f"{name} is {wide} pixels wide at 320"


@pytest.fixture
def email(stage: Stack) -> str:
    """Whom the employer's sourcing manager signs in as, once the agencies stand on the register."""
    return stage.python(REGISTER).split()[-1]


def test_screen_a_list_by_keyboard(email: str, walk, tmp_path: Path) -> None:
    buyer: Walker = walk(email, PASSWORD)
    page = buyer.page

    buyer.go("/screenings/").fill(
        {"file": {"name": "dostawcy.csv", "mimeType": "text/csv", "buffer": LIST}}
    ).shot("1-upload")
    buyer.press("Upload the list").sees("Windows-1252 (Western Europe), columns divided by semicolon")
    buyer.sees("column names in row 3").sees("Poœrednik")
    expect(page.locator('main [name="name"]')).to_have_value("0")

    page.get_by_text("How the file is read").click()
    buyer.fill({"name": "1", "encoding": "cp1250"})
    buyer.press("Read the file again").sees("Windows-1250 (Central Europe)").sees("biuro w Łodzi")
    expect(page.locator('main [name="name"]')).to_have_value("1")
    buyer.shot("2-mapping")
    narrow(buyer, "2-mapping")

    buyer.press("Use these columns").sees("What a start would do").sees("Row 10, Pośrednik: expected a name")
    facts = page.locator("#h-prog").locator("xpath=../..").locator("dl.facts .facts-row")
    expect(facts).to_contain_text(["to check7", "same as another row1", "skipped0", "rejected1"])
    buyer.shot("3-preview")

    buyer.press("Start the screening")
    if page.locator("meta[name=reload]").count():
        buyer.shot("4-progress")
    done = page.get_by_text("Your move: resolve 4 rows")  # the page asks again by itself
    expect(done).to_be_visible(timeout=5 * PATIENCE)
    buyer.checked.clear()
    buyer.look().sees("same as row 4").sees("9 of 9 rows checked").shot("5-done")

    buyer.follow("Resolve").sees("4 rows wait").shot("6-resolve")
    narrow(buyer, "6-resolve")
    asked(page, "Amber Quay Staffing")
    buyer.sees("1 more row asks the same and follows.")
    first = page.locator("main tbody bdi").first.inner_text()
    key(buyer, "a")
    buyer.sees("Row 4: noted.")
    asked(page, "Tern Harbour Crews")
    key(buyer, "l")
    asked(page, "Silver Birch Manpower")
    key(buyer, "r")
    buyer.sees("Row 7: none of these.")
    asked(page, "Lantern Frod Recruitment")
    key(buyer, "u")
    buyer.sees("Row 7: taken back.")
    asked(page, "Silver Birch Manpower")
    page.keyboard.press("s")
    page.keyboard.type("Copper Kite Overseas")
    key(buyer, "Enter")
    buyer.sees("Same as this one Copper Kite Overseas Ltd").shot("7-same-as")
    key(buyer, "x")
    asked(page, "Lantern Frod Recruitment")
    expect(page.locator("main tbody bdi").first).to_have_text("Lantern Ford Recruitment Ltd")
    key(buyer, "a")  # one letter off is no name of its own: a person says so, with one key
    buyer.sees("Row 12: noted.")
    asked(page, "Tern Harbour Crews")
    key(buyer, "r")
    buyer.sees("Everything is resolved")

    buyer.follow("Back to the screening")
    with page.expect_download() as sent:
        page.get_by_role("link", name="Export CSV").click()
    result = tmp_path / sent.value.suggested_filename
    sent.value.save_as(result)
    assert result.name == "dostawcy-screened.csv"
    with result.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:7] == [*COLUMNS, "Row", "Result"]
    assert [";".join(row[:5]) for row in rows] == ROWS.splitlines()
    meant = {row[0]: (row[head.index("Agency")], row[head.index("Your resolution")]) for row in rows}
    assert meant["V-1001"] == meant["V-1002"] == (first, "Same")
    assert meant["V-1003"] == ("", "None of these")
    assert meant["V-1004"] == ("Copper Kite Overseas Ltd", "Same")
    assert meant["V-1005"] == ("Lantern Ford Recruitment Ltd", "")
    assert meant["V-1009"] == ("Lantern Ford Recruitment Ltd", "Same")
    assert {row[0]: row[6] for row in rows}["V-1006"] == "Not found"
