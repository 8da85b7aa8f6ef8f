"""Recertification: last cycle's answers, what changed since, and the round trip through Excel."""

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl

from tests.journeys.stack import Stack
from tests.journeys.walker import Walker

# A certificate of 31 months ago: five months before its end, inside the six in which its renewal opens.
CASE = """
import json
from datetime import timedelta
from iris.core import clocks
from tests.factories import agencies, certificates
then = clocks.now() - timedelta(days=945)
with clocks.freeze(then):
    agency = agencies.agency("Marigold Passage Recruitment Pvt. Ltd.")
    agencies.licence(agency, days=1400)
    certificate = certificates.certificate(agency=agency)
print(json.dumps({"email": agencies.signatory(agency).email, "ends": certificate.expires_on.isoformat()}))
"""


def test_recertification_with_prefill_and_excel(stage: Stack, walk: Callable[..., Walker]) -> None:
    from tests.factories.accounts import PASSWORD

    case = json.loads(stage.python(CASE).strip().splitlines()[-1])
    agent = walk(case["email"], PASSWORD).go("/applications/start/")
    agent.sees("What you can apply for is its renewal").shot("1-apply")
    agent.press("Open an application")
    home = agent.go("/assessments/").path
    agent.sees("answers from last time").shot("2-tasks")
    agent.go(f"{home}changes/").sees("From last time, not yet looked at").shot("3-changes")
    confirmed = _confirm_first_section(agent)

    agent.go(f"{home}workbook/").shot("4-workbook")
    answer = agent.context.request.get(stage.url + f"{home}workbook/download/")
    assert answer.status == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.body()))
    sheet = book.worksheets[2]
    sheet["D4"], sheet["E4"], sheet["G4"] = (
        "maybe",
        2,
        "A second branch opened; its staff are not trained yet.",
    )
    _upload(agent, book)
    agent.sees(f"Sheet “{sheet.title}”, cell D4: expected yes, partly, no or n/a; found “maybe”.").shot(
        "5-refused"
    )

    sheet["D4"], sheet["H5"] = "partly", "yes"
    _upload(agent, book)
    agent.sees("What the workbook changes").sees("Now on the website").sees("From the workbook")
    agent.sees("A second branch opened").sees("Confirmed in cell H5").shot("6-diff")
    agent.press("Save these 2 answers").sees("1 answer taken from the workbook. 1 answer confirmed.")

    agent.go(f"{home}changes/?show=changed").sees("A second branch opened").sees("Changed").shot("7-changed")
    left = 102 - confirmed - 2
    agent.go(f"{home}changes/?show=waiting").sees(
        f"{left} answers were copied and nobody has looked at them yet"
    )


def _confirm_first_section(agent: Walker) -> int:
    """Say of the first section that it was read and is still true; how many answers that were."""
    first = agent.page.locator("form.read-criterion").first
    count = first.locator(".change").count()
    first.locator('input[name="answers"]').first.wait_for()
    agent.press("I read").sees(f"{count} answers confirmed." if count > 1 else "1 answer confirmed.")
    return count


def _upload(agent: Walker, book: Any) -> None:
    target = io.BytesIO()
    book.save(target)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = "self-assessment.xlsx"
    agent.fill({"file": {"name": name, "mimeType": kind, "buffer": target.getvalue()}})
    agent.press("Upload the workbook")
