"""A repayment to closure: the agency fixes and pays, the scheme agrees, the auditor asks workers, the scheme closes."""

import pytest

from tests.journeys.people import MANAGER
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
PREPARED = """
from tests.factories import agencies, repayments
made = repayments.case("open", agencies.agency("Chandrika Overseas Pvt. Ltd."), paid=("3000", ""))
repayments.ready(made)
print(made.pk, agencies.signatory(made.agency).email, repayments.auditor(made).email)
"""
FACTORY_PASSWORD = "a long and plain password"


def test_repayment_to_closure(stage: Stack, walk) -> None:
    key, signatory, auditor = stage.python(PREPARED).split()[-3:]
    page = f"/repayments/{key}/"
    agency, manager = walk(signatory, FACTORY_PASSWORD), walk(MANAGER)

    agency.go(page).sees("USD 3,000.00").shot("1-open")
    agency.follow("Fix the amounts").press("Fix the amounts").sees("Owed in all: USD 6,000.00")
    manager.go(page).follow("Agree to the amounts").press("Agree to the amounts").sees("Agreed")
    today = stage.python("from iris.core import clocks; print(clocks.today())").split()[-1]
    agency.go(page).follow("Plan the instalments").fill({"day_1": today}).press("Plan the instalments")
    agency.follow("Begin to pay").press("Begin to pay").sees("W-0001 got USD 0.00 of USD 3,000.00")

    paid = {"paid_on": today, "amount": "3000"}
    said = {
        "amount": "3000",
        "how": "phone",
        "taken_on": today,
        "taken_by": "Union officer",
        "language": "ne",
    }
    for code in ("W-0001", "W-0002"):
        agency.go(page + "workers/").follow(code)
        agency.follow("Enter a payment").fill(paid).press("Enter a payment")
        agency.follow("Write down what the worker confirms").fill(said)
        agency.press("Write down what the worker confirms").sees("Union officer")
    agency.shot("2-worker").go(page).follow("Everybody is paid").press("Everybody is paid")
    agency.follow("Attach bank proof")
    proof = {"name": "bank.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 40}
    agency.fill({"instalment": 1, "proof": proof}).press("Attach bank proof").sees("for every payment")

    check = walk(auditor, FACTORY_PASSWORD).go(page).sees("There is no third-party check")
    asked = {"who": "Ilse", "organisation": "The firm", "on": today, "sample": 2, "result": "good"}
    check.follow("Write down a third-party check").fill(asked).press("Write down a third-party check")
    check.follow("Verify the payments").press("Verify the payments").sees("Verified").shot("3-verified")
    manager.go(page).follow("Close the case").press("Close the case").sees("Closed").shot("4-closed")
