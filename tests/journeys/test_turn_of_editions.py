"""A new edition comes into force while an agency has a draft, and another case has been sent.

The last journey by its name: it leaves the shared product on a new edition.
"""

import json
from collections.abc import Callable

from tests.journeys.stack import Stack
from tests.journeys.walker import Walker

CASES = """
import json
from certification.assessments.services import AnswerEntry, save_answers
from tests.factories import agencies, applications, assessments
agency = agencies.agency("Harbour Bridge Recruitment Pvt. Ltd.")
draft = assessments.draft_assessment(agency)
said = {"A.1.1": ("yes", 3, ""), "3.2.2": ("partly", 2, "Five days, always."), "4.3.3": ("yes", 3, "Each January.")}
rows = draft.answers.filter(indicator__code__in=said).select_related("indicator")
entries = []
for row in rows:
    value, maturity, comment = said[row.indicator.code]
    entries.append(AnswerEntry(row.indicator_id, row.version, value, maturity, comment=comment))
actor = assessments.signatory_of(agency)
assert save_answers(assessment_id=draft.pk, actor=actor, entries=entries).complete
sent = applications.application("in_review")
print(json.dumps({
    "email": actor.email, "draft": str(draft.pk), "sent": str(sent.pk),
    "other": assessments.signatory_of(sent.agency).email,
}))
"""
ISSUE = """
from certification.standard import services
from iris.core import clocks
from iris.core.events import SYSTEM
from iris.demo.building.next_edition import document
today = clocks.today()
services.load_edition(document(
    status="final", valid_from=today, previous_valid_until=clocks.add_months(today, 24),
    open_cases_until=clocks.add_months(today, 6),
), SYSTEM)
print([edition.number for edition in services.turn_editions()])
"""


def test_a_draft_moves_to_the_new_edition_and_a_sent_case_stays(
    stage: Stack, walk: Callable[..., Walker]
) -> None:
    from tests.factories.accounts import PASSWORD

    cases = json.loads(stage.python(CASES).strip().splitlines()[-1])
    assert "[2]" in stage.python(ISSUE)
    home = f"/assessments/{cases['draft']}/"

    agency = walk(cases["email"], PASSWORD).go(home)
    agency.sees("Edition 2 of the Standard is in force; this draft is on edition 1").shot("1-banner")
    agency.follow("See what changes, and move")
    agency.sees("Your draft is on edition 1").sees("B.6.1").sees("Five days, always.").shot("2-before")
    agency.press("Move this self-assessment to edition 2")
    agency.sees("Nothing you wrote is lost").sees("Worded anew: still true?").sees("Each January.")
    agency.sees("Asked already by 4.2.1 and 4.2.2").shot("3-after")

    agency.follow("3.2.2").sees("seven days before departure").sees("Worded anew: still true?").shot(
        "4-question"
    )
    assert "Five days, always." in [box.input_value() for box in agency.page.locator("main textarea").all()]
    agency.go(home).sees("Moved to edition 2.").shot("5-home")
    agency.go("/standard/compare/?from=1&to=2").sees("Fell away").shot("6-compare")

    other = walk(cases["other"], PASSWORD).go(f"/applications/{cases['sent']}/")
    other.sees("Edition 1").shot("7-sent")
