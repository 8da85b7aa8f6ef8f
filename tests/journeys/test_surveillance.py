"""A surveillance audit, from the scheme's order to the order held: assigned, planned, two short stages, report."""

import pytest

from tests.factories.accounts import PASSWORD as FACTORY_PASSWORD
from tests.journeys.people import MANAGER
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
ORDERED = """
from tests.factories import audits, certificates
made = certificates.certificate("active", name="Sagarmala Overseas Agency")
order = audits.order("surveillance", made)
lead = audits.auditor(name="Tereza Halvorsen")
print(made.pk, order.pk, lead.pk, lead.person.email)
"""
RATED = """
from audits.engagements.models import Audit
from tests.factories import audits
audit = Audit.objects.get(order_id="{order}")
audits.rate_all(audit, 1)
"""
DRAFTED = """
from audits.engagements.models import Audit
from audits.reports import services as reports
from tests.factories import audits
audit = audits.again(Audit.objects.get(order_id="{order}"))
audits.hold_meetings(audit)
audits.walk_on(audits.again(audit), "draft_report")
reports.agree_draft(audit_id=audit.pk, actor=audits.speaker(audit))
"""


def test_surveillance_from_order_to_held(stage: Stack, walk) -> None:
    certificate, order, auditor, email = stage.python(ORDERED).split()[-4:]
    manager, lead = walk(MANAGER), walk(email, FACTORY_PASSWORD)

    manager.go(f"/certificates/{certificate}/").follow("Assign an audit firm").shot("1-assign")
    manager.fill({"staff": 18}).tick(manager.page.locator(f'main input[value="{auditor}"]'))
    manager.press("Work out the days").sees("this kind takes 1/3 of that").press("Offer the audit")
    audit = manager.path

    lead.go(f"{audit}offer/").fill({"no_conflict": True})
    lead.page.locator('main [name="text"]').first.fill("No ties of work, money or family.")
    lead.press("Accept the audit")
    lead.go(f"{audit}plan/").fill({"notice": "short", "notice_reason": "The agency asked for it."})
    today = lead.page.locator('[name="stage1_on"]').input_value()
    lead.fill({"stage2_from": today, "stage2_to": today, "clash_reason": "Both fit into the day."})
    lead.shot("2-plan").press("Send the plan to the agency").sees("Take it into your calendar")
    lead.go(f"{audit}stage-1/").press("Start stage 1")
    stage.python(RATED.format(order=order))
    lead.go(f"{audit}stage-1/").shot("3-stage-1").fill({"readiness": "ready", "text": "In order."})
    lead.press("Close stage 1")
    lead.go(f"{audit}stage-2/").press("Start stage 2")

    stage.python(DRAFTED.format(order=order))
    lead.go(f"{audit}report/conclude/").fill({"outcome": "keep", "recommendation": "Nothing is in doubt."})
    lead.press("Send the final report")
    manager.go(f"/certificates/{certificate}/").sees("Held in time").sees("Nothing found").shot("4-held")
