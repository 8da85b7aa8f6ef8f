"""A refused agency appeals; who decided may not hear it; two others overturn it; the case is back before deciders."""

from collections.abc import Callable
from pathlib import Path

from tests.factories.accounts import PASSWORD as FACTORY_PASSWORD
from tests.journeys.people import DECIDER, SCREENER, SECOND_DECIDER, THIRD_DECIDER
from tests.journeys.stack import Stack
from tests.journeys.walker import Walker

# An application that the first decider refused, made by the services that the pages call.
REFUSED = f"""
from certification.certificates import services
from iris.accounts.models import User
from tests.factories import agencies, applications
bid = applications.application("recommended", agency=agencies.agency("Riverbend Placement Ltd."))
services.decide_application(
    application_id=bid.pk,
    actor=User.objects.get(email="{DECIDER}"),
    outcome="refuse",
    reasons="Workers paid for the medical test; the repayment is not secured.",
)
print(bid.pk, agencies.signatory(bid.agency).email)
"""
GROUNDS = "The client paid the clinic on 3 March. The report does not weigh the bank statement we sent."
HEARD = "The bank statement shows that the client paid, and the report does not mention it."


def test_an_appeal_is_heard_by_others_and_overturns(
    stage: Stack, walk: Callable[..., Walker], tmp_path: Path
) -> None:
    bid, email = stage.python(REFUSED).split()[-2:]
    statement = tmp_path / "bank statement.txt"
    statement.write_text("3 March 2026: 3,200 paid to the clinic.\n", encoding="utf-8")

    agency = walk(email, FACTORY_PASSWORD)
    agency.go(f"/applications/{bid}/").sees("Refused").follow("Appeal against the decision")
    agency.fill({"grounds": GROUNDS, "document": str(statement)}).shot("01-appeal")
    agency.press("Send the appeal").sees("Your appeal is in").shot("02-received")
    appeal = agency.path
    assert "We have your appeal" in stage.mail_to(email)

    office = walk(SCREENER).go(appeal)
    office.press("Acknowledge and open the hearing").sees("Acknowledged")
    assert "is being heard" in stage.mail_to(email)

    walk(DECIDER).go(appeal).sees("you took the decision it contests").shot("03-refused-to-decider")

    for number, decider in enumerate((SECOND_DECIDER, THIRD_DECIDER)):
        hearing = walk(decider).go(appeal).sees("bank statement.txt")
        hearing.fill({"outcome": "upheld", "reasons": HEARD}).press("Give my vote")
        hearing.sees("Answered" if number else "Others have to give theirs").shot(f"04-vote-{number + 1}")

    agency.go(appeal).sees("Upheld: the decision is overturned").sees(HEARD).shot("05-overturned")
    agency.go(f"/applications/{bid}/").shot("06-case")
    again = walk(THIRD_DECIDER).go(f"/applications/{bid}/decide/").sees("Your decision")
    again.shot("07-back-before-deciders")
    walk(DECIDER).go(f"/applications/{bid}/decide/").fill(
        {"outcome": "refuse", "reasons": "As before."}
    ).press("Decide").sees("an appeal overturned")
