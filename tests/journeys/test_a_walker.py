"""The walker itself: what it sets, what it leaves to be waited for, and what axe is asked to read."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.journeys.walker import FILL, Walker

FORM = """<!doctype html><html lang="en"><title>Form</title><main><h1>Form</h1><form>
<label>Name <input name="name" maxlength="10"></label>
<label>Shut <input name="shut" disabled></label>
<label>Read <input name="read" readonly value="kept"></label>
<label hidden>Away <input name="away"></label>
<label>Day <input name="day" type="date"></label>
<label>Land <select name="land"><option value="">-</option><option value="NP">Nepal</option></select></label>
<label>Yes <input name="say" type="radio" value="yes"></label>
<label>No <input name="say" type="radio" value="no"></label>
<label>A <input name="many" type="checkbox" value="a" checked></label>
<label>B <input name="many" type="checkbox" value="b"></label>
<details><summary>More</summary><label>C <input name="deep" type="checkbox" value="c"></label></details>
</form></main>"""
PAGE = '<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>{body}</main>'


@pytest.fixture
def walker(browser: Browser, tmp_path: Path) -> Walker:
    return Walker(browser, "http://localhost", tmp_path)


@pytest.mark.parametrize("script", [True, False])
def test_fill_sets_what_a_person_could_and_names_the_rest(
    browser: Browser, tmp_path: Path, script: bool
) -> None:
    walker = Walker(browser, "http://localhost", tmp_path, script=script)
    walker.page.set_content(FORM)
    walker.fill({"name": "Sabina", "day": "2026-05-03", "land": "NP", "say": "no", "many": ["a", "b"]})
    said = "() => [...new FormData(document.querySelector('form'))].map(pair => pair.join('=')).join('&')"
    assert (
        walker.page.evaluate(said)
        == "name=Sabina&read=kept&away=&day=2026-05-03&land=NP&say=no&many=a&many=b"
    )
    refused = [
        ["name", "Sabina Tharu"],  # longer than it takes
        ["shut", "x"],
        ["read", "x"],
        ["away", "x"],
        ["day", "3 May"],
        ["land", "QA"],
        ["say", "perhaps"],
        ["deep", True],
        ["none", "x"],
    ]
    assert walker.page.evaluate(FILL, refused) == [name for name, _value in refused]
    walker.page.set_default_timeout(200)
    with pytest.raises(Error):
        walker.fill({"shut": "x"})


def test_axe_reads_a_new_shape_and_no_shape_twice(walker: Walker) -> None:
    def found(body: str) -> list[str]:
        walker.problems.clear()
        walker.checked.clear()
        walker.page.set_content(PAGE.format(body=body))
        walker.look()
        return [problem.split(": ")[0] for problem in walker.problems]

    assert found("<p>One</p>") == []
    assert found("<p>Two</p><p>Three</p>") == []
    assert found("<p>Two</p><img src='data:,'>") == ["axe about:blank image-alt"]
    assert found("<img src='data:,'>") == [], "it was told once"
    assert found("<p>Two</p><button></button>") == ["axe about:blank button-name"]
    assert found("<button>Send</button>") == []
    assert found("<h4>Deep</h4><h2>Less deep</h2>") == ["axe about:blank heading-order"]
    assert found('<h2 id="a">A</h2><p><input aria-labelledby="a"></p>') == []
    assert found('<h2 id="a">A</h2><p><input aria-labelledby="b"></p>') != [], "no such id"


def test_a_page_may_not_show_an_undefined_variable(walker: Walker) -> None:
    walker.page.set_content(PAGE.format(body="<p>UNDEFINED VARIABLE agency.name</p>"))
    with pytest.raises(AssertionError, match="undefined variable"):
        walker.look()
