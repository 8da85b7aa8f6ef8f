"""Without a net: a kit taken along on a narrow tablet, a colleague at work meanwhile, the kit given back and merged."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.factories.accounts import PASSWORD
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]

# An audit in which Noor Aalto works too; what is needed for the draft report is there but one rating.
IN_STAGE_2 = """
from audits.engagements import services as engagements
from audits.engagements.services import IndicatorRating
from tests.factories import audits
lead = audits.auditor(name="Ines Quist")
noor = audits.auditor(lead.firm, lead=False, name="Noor Aalto")
made = audits.audit("accepted", lead=lead)
engagements.plan_audit(audit_id=made.pk, actor=lead.person, plan=audits.plan(made, team=[noor.pk]))
engagements.declare_no_conflict(audit_id=made.pk, actor=noor.person, no_conflict=True, text="No ties.")
engagements.start_stage1(audit_id=made.pk, actor=lead.person)
made = audits.again(made)
rows = audits.indicators(made)
ratings = [IndicatorRating(one.pk, "meets") for one in rows[2:]]
ratings += [IndicatorRating(one.pk, "check") for one in rows[:2]]
engagements.rate_indicators(audit_id=made.pk, actor=lead.person, stage=1, ratings=ratings)
engagements.close_stage1(audit_id=made.pk, actor=lead.person, readiness="ready", text="In order.")
engagements.start_stage2(audit_id=made.pk, actor=lead.person)
first = [IndicatorRating(rows[0].pk, "partly", "The register was asked for.")]
engagements.rate_indicators(audit_id=made.pk, actor=noor.person, stage=2, ratings=first)
audits.count_all(made)
audits.hold_meetings(made)
print(lead.person.email, made.pk, rows[0].code, rows[1].code, rows[0].criterion.principle.code)
"""
MEANWHILE = """
from audits.engagements import services as engagements
from audits.engagements.models import Audit, IndicatorNote
from audits.engagements.services import IndicatorRating
audit = Audit.objects.get(pk="{audit}")
note = IndicatorNote.objects.get(audit=audit, stage=2)
ratings = [IndicatorRating(note.indicator_id, "partly", "The register came by e-mail.")]
engagements.rate_indicators(audit_id=audit.pk, actor=note.author, stage=2, ratings=ratings)
"""


def test_audit_kit(stage: Stack, walk, tmp_path: Path) -> None:
    email, audit, first, second, principle = stage.python(IN_STAGE_2).split()[-5:]
    lead = walk(email, PASSWORD)
    lead.page.set_viewport_size({"width": 768, "height": 1024})

    lead.go(f"/audits/{audit}/stage-2/").shot("1-stage-2").press("Take a kit along").shot("2-kits")
    with lead.page.expect_download() as download:
        lead.page.locator("main a", has_text="Download kit 1").first.click()
    kit = tmp_path / "kit.xlsx"
    _write_on_site(Path(download.value.path()), kit, first, second)
    stage.python(MEANWHILE.format(audit=audit))

    lead.fill({"file": str(kit)}).press("Give the kit back").sees("Changed on both sides").shot("3-conflict")
    lead.sees("Noor Aalto").sees("The register came by e-mail.").sees("Nine on the register")
    lead.press("Apply the kit").sees("1 conflict waits for your choice")
    own = lead.page.locator('main input[type="radio"][value="text"]')
    lead.tick(own)
    lead.page.locator("main .kit-own textarea").fill("The register names nine; seven have a contract.")
    lead.press("Keep my choices").sees("Your choices are kept.").shot("4-chosen")
    lead.press("Apply the kit").sees("Kit 1 is applied").sees("Two of nine").shot("5-applied")
    assert "Left out" not in lead.page.inner_text("main")

    lead.go(f"/audits/{audit}/stage-2/{principle}/")
    assert "The register names nine; seven have a contract." in lead.page.content()
    lead.go(f"/audits/{audit}/kits/").fill({"file": str(kit)}).press("Give the kit back")
    lead.sees("was already applied")
    lead.go(f"/audits/{audit}/stage-2/").follow("Write the draft report").shot("6-draft")
    wide = lead.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, "the page scrolls sideways on a tablet"


def _write_on_site(source: Path, target: Path, first: str, second: str) -> None:
    """What the auditor types without a net."""
    book = load_workbook(io.BytesIO(source.read_bytes()))
    ratings = book["Ratings"]
    for row in ratings.iter_rows(min_row=4):
        if row[1].value == first:
            row[7].value = "Nine on the register."
        elif row[1].value == second:
            row[6].value, row[7].value = "meets", "Seen in the front office."
    findings = book["Findings"]
    typed = [second, "minor", "Two of nine have no contract", "Nine are named.", "Contracts.", "Small ones."]
    for column, text in enumerate(typed, start=3):
        findings.cell(4, column).value = text
    book.save(target)
