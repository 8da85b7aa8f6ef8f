"""An auditor rates by keyboard on a narrow tablet, everything is saved; two who write at once both see it."""

import json

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.real_time]

# An audit in stage 1 of a firm of its own; prints what the walk needs.
AUDIT = """
import json
from tests.factories import audits
auditor = audits.auditor(name="Ilse Obuya")
audit = audits.audit("stage1", lead=auditor)
print(json.dumps({"audit": str(audit.pk), "email": auditor.person.email}))
"""


def test_rating_by_keyboard(stage, walk):
    made = json.loads(stage.python(AUDIT).strip().splitlines()[-1])
    url = f"/audits/{made['audit']}/stage-1/A/"
    auditor = walk(made["email"], PASSWORD)
    page = auditor.page
    page.set_viewport_size({"width": 768, "height": 1000})
    auditor.go(url)
    shown = page.locator("[data-indicator]:not([hidden])")
    expect(shown).to_have_count(1)
    first = shown.get_attribute("data-indicator")

    page.keyboard.press("1")
    expect(shown.locator("[data-status]")).to_contain_text("Saved")
    page.keyboard.press("j")
    expect(shown).not_to_have_attribute("data-indicator", first)
    second = shown.get_attribute("data-indicator")
    page.keyboard.press("3")
    expect(shown.locator("[data-status]")).to_contain_text("Say in the note what you saw")
    page.keyboard.press("n")
    page.keyboard.type("1 of 2 licences is missing; j and k are typed, not pressed")
    expect(shown.locator("[data-status]")).to_contain_text("Saved")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_visible()
    page.keyboard.press("Escape")
    auditor.shot("01-desk").look()

    other = page.context.new_page()
    other.goto(f"{url}#{second}")
    other.locator("[data-indicator]:not([hidden]) textarea").fill("Both licences were shown after all.")
    expect(other.locator("[data-indicator]:not([hidden]) [data-status]")).to_contain_text("Saved")
    other.close()
    shown.locator("textarea").fill("Still one of two.")
    expect(shown.locator("[data-clash]")).to_contain_text("Both licences were shown after all.")
    auditor.shot("02-two-texts").look()
    shown.locator('[data-take="mine"]').click()
    expect(shown.locator("[data-status]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(f'[data-indicator="{second}"] textarea')).to_have_value("Still one of two.")

    shown.locator("h3").focus()
    with page.expect_navigation():
        page.keyboard.press("f")
    auditor.look().sees("Raise a finding").sees(second)
