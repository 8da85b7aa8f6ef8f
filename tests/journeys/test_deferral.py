"""The screener marks two questions, the agency answers only those, the screener sees what changed and accepts."""

import json

import pytest

from tests.factories.accounts import PASSWORD
from tests.journeys.people import SCREENER

pytestmark = [pytest.mark.browser, pytest.mark.real_time]

# A case in review that nobody has, of an agency of its own; prints what the walk needs.
CASE = """
import json
from certification.applications import services
from iris.accounts.models import User
from tests.factories import agencies, applications
row = applications.application("in_review", agencies.agency("Blue Kiln Overseas Pvt. Ltd."))
services.release_application(application_id=row.pk, actor=User.objects.get(pk=row.case_owner_id), reason="")
marked = list(row.assessment.answers_in_order()[:2])
print(json.dumps({
    "case": f"/applications/{row.pk}/",
    "signatory": agencies.signatory(row.agency).email,
    "marked": [[str(one.indicator_id), one.indicator.code] for one in marked],
    "criterion": marked[0].indicator.criterion.code,
}))
"""


def test_deferral_and_resubmission(stage, walk):
    made = json.loads(stage.python(CASE).strip().splitlines()[-1])
    case, (first, second) = made["case"], made["marked"]

    screener = walk(SCREENER)
    screener.go("/applications/?unclaimed=on").sees("Blue Kiln Overseas")
    screener.go(case).press("Claim the case").sees("You have this case since")
    screener.go(f"{case}defer/").fill({"reason": "Two answers are too short to be checked."})
    for indicator, code in (first, second):
        screener.page.evaluate(
            "document.querySelectorAll('details.mark-group').forEach(d => { d.open = true })"
        )
        screener.fill({f"flag-{indicator}": f"Say who does this and since when ({code})."})
    screener.press("Read the letter first").sees("The letter, as it will go out").shot("01-letter")
    screener.fill({"letter_body": "Two answers are too short to be checked. Please say who and since when."})
    screener.press("Defer and send the letter").sees("Waiting for the agency").shot("02-deferred")

    agency = walk(made["signatory"], PASSWORD)
    agency.go(case).sees("Your move: send what is missing").sees("What is missing")
    agency.follow("What is missing").sees("Please say who and since when").shot("03-letter-of-the-agency")
    agency.go(f"{case}information/").sees(first[1]).shot("04-what-is-asked")
    opened = agency.page.locator('main a[href*="/assessments/"]').first.get_attribute("href")
    assert opened
    assessment = "/".join(opened.split("/")[:3]) + "/"
    agency.go(f"{assessment}criteria/{made['criterion']}/").shot("05-only-the-marked-ones")
    boxes = agency.page.locator('main textarea[name$="-comment"]:not([readonly]):not([disabled])')
    assert boxes.count() == 2, "only the marked questions can be answered"
    for index in range(2):
        if not boxes.nth(index).is_visible():
            boxes.nth(index).locator("xpath=ancestor::details[not(@open)][last()]/summary").click()
        boxes.nth(index).fill("The compliance manager does, since May 2025; the register shows it.")
    agency.press("Save")
    agency.go(f"{case}information/").sees("Every marked question is answered anew").fill(
        {"text": "Both answers are written anew.", "declaration_role": "Managing director", "agree": True}
    )
    agency.shot("06-declare-again").press("Declare and send").sees("Waiting for the scheme")

    screener.go("/applications/?state=returned").sees("Blue Kiln Overseas").sees("back from a deferral")
    screener.go(case).sees("The compliance manager does, since May 2025").sees("as first declared")
    screener.shot("07-then-and-now").go(f"{case}accept/").press("Accept and send the letter")
    screener.sees("Waiting for the scheme manager: assign an audit firm")
