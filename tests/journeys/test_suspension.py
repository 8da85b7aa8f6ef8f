"""From suspension to reinstatement: proposed by one person, decided by another, read by anyone."""

import pytest

from tests.journeys.people import DECIDER, MANAGER
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
CERTIFIED = """
from tests.factories import certificates
made = certificates.certificate("active", name="Sagarpani Manpower Agency")
print(made.pk, made.number, made.agency_id)
"""
WHY = {
    "reason_code": "complaint",
    "public_note": "A complaint about fees was upheld.",
    "reason": "Three workers on one job order paid for their medical test.",
}
BACK = {
    "public_note": "The fees were repaid.",
    "reason": "Receipts of all three repayments were seen.",
}


def test_suspension_to_reinstatement(stage: Stack, walk) -> None:
    key, number, agency = stage.python(CERTIFIED).split()[-3:]
    manager, decider, anyone = walk(MANAGER), walk(DECIDER), walk()

    manager.go(f"/certificates/{key}/").follow("Propose to suspend").fill(WHY).press("Propose it")
    question = manager.path
    manager.sees(f"Is certificate {number} suspended?").shot("1-proposed")
    assert manager.page.locator("main button", has_text="Give my vote").count() == 0, (
        "the proposer does not answer"
    )
    anyone.go(f"/verify/{number}/").sees("Yes, certified today")

    answer = {"outcome": "accept", "reasons": "I read the complaint and heard the agency."}
    decider.go(question).fill(answer).press("Give my vote").shot("2-decided")
    anyone.go(f"/verify/{number}/").sees("Suspended").sees("A complaint was upheld")
    anyone.sees("A complaint about fees was upheld.").shot("3-public")
    anyone.go(f"/register/{agency}/").sees("Suspended")

    manager.go(f"/certificates/{key}/").follow("Propose to reinstate").fill(BACK).press("Propose it")
    decider.go(manager.path).fill(answer).press("Give my vote")
    anyone.go(f"/verify/{number}/").sees("Yes, certified today").sees("The fees were repaid.")
    manager.go("/certificates/keeping/").shot("4-keeping")
