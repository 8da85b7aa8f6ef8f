"""From the map of the chain to a recruiter without a certificate, to what is decided about it, to a dossier."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD
from tests.journeys.stack import Stack
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
CHAIN = """
from tests.factories import accounts, agencies
from tests.supplychain.chains.mapping import small_chain
user = accounts.person("employer", "sourcing_manager", email="sourcing@harbour.example")
user, made = small_chain(user, agencies.agency("Karnali Manpower", "NP"))
print(made["Shared"].pk, made["Site A"].pk)
"""
NAMES = ("Buyer", "Site A", "Site B", "Shared", "Sub 1", "=Sub 2")


def chosen(walker: Walker, party: str) -> None:
    """The party stands beside the map."""
    walker.page.wait_for_selector(f'.brief[data-node="{party}"]')


def drawn(walker: Walker) -> None:
    """The map is there."""
    walker.page.wait_for_selector('#map-frame[data-ready="true"]')


def test_map_to_decision_to_dossier(stage: Stack, walk) -> None:
    recruiter, site = stage.python(CHAIN).split()[-2:]
    buyer: Walker = walk("sourcing@harbour.example", PASSWORD)
    page = buyer.page

    buyer.go("/chain/")
    drawn(buyer)
    expect(page.locator("#map-say")).to_contain_text("6 of 6 parties drawn")
    page.fill("#map-q", "shar")
    page.locator("#map-found button", has_text="Shared").click()
    chosen(buyer, recruiter)
    assert f"node={recruiter}" in page.url
    brief = page.locator("#map-brief")
    expect(brief).to_contain_text("Not certified")
    expect(brief.locator(".brief-way li")).to_have_count(3)
    buyer.checked.clear()
    buyer.look().shot("1-recruiter")

    page.focus("#map-stage")
    page.keyboard.press("ArrowLeft")
    chosen(buyer, site)
    page.keyboard.press("ArrowRight")
    chosen(buyer, recruiter)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**fold={recruiter[:8]}*")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**open={recruiter[:8]}*")

    with page.expect_download() as picture:
        page.click('[data-map="png"]')
    assert picture.value.suggested_filename.endswith(".png")
    page.reload()
    chosen(buyer, recruiter)

    buyer.follow("Decide").fill({"outcome": "stop", "reason": "No certificate, and nobody says who pays."})
    buyer.press("Write the decision down").sees("nobody says who pays").shot("2-decision")

    buyer.go(f"/chain/?node={site}")
    chosen(buyer, site)
    buyer.follow("Draft a dossier")
    page.select_option('main [name="law"]', index=1)
    buyer.press("Keep the draft").sees("Site A").shot("3-dossier")

    plain: Walker = walk(script=False)
    plain.context.add_cookies(buyer.context.cookies())
    for path in ("/chain/", "/chain/tree/"):
        plain.go(path)
        for name in NAMES:
            expect(plain.page.locator("main .chain-tree bdi", has_text=name).first).to_be_visible()
    plain.shot("4-tree")
