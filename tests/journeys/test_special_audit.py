"""A short-notice audit after a complaint: unannounced, a critical finding, and what the scheme then sees."""

import pytest

from tests.factories.accounts import PASSWORD as FACTORY_PASSWORD
from tests.journeys.people import MANAGER
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
ACCEPTED = """
from tests.factories import audits, certificates
made = certificates.certificate("active", name="Himchuli Placement Agency")
order = audits.order("short_notice", made, reason="Two complaints about deposits.")
lead = audits.auditor(name="Rasmus Vinterberg-Okafor")
audit = audits.ordered("accepted", order, lead)
print(made.pk, audit.pk, audits.speaker(audit).email, lead.person.email)
"""
ON_SITE = """
from tests.factories import audits
from audits.engagements.models import Audit
from audits.reports import services as reports
audit = audits.again(Audit.objects.get(pk="{audit}"))
for step in ("stage1", "stage1_closed", "stage2"):
    audits.walk_on(audit, step)
audits.finding("issued", audits.again(audit), "critical")
audits.walk_on(audit, "draft_report")
reports.agree_draft(audit_id=audit.pk, actor=audits.speaker(audit))
"""


def test_short_notice_audit_to_a_critical_outcome(stage: Stack, walk) -> None:
    certificate, audit, theirs, ours = stage.python(ACCEPTED).split()[-4:]
    manager, lead, agent = walk(MANAGER), walk(ours, FACTORY_PASSWORD), walk(theirs, FACTORY_PASSWORD)

    lead.go(f"/audits/{audit}/plan/").fill({"notice": "unannounced"})
    today = lead.page.locator('[name="stage1_on"]').input_value()
    lead.fill({"stage2_from": today, "stage2_to": today, "clash_reason": "It cannot wait."})
    lead.fill({"visit-1-place": "Training centre"}).press("Send the plan to the agency")
    lead.sees("Training centre").shot("1-planned")
    stage.python(ON_SITE.format(audit=audit))
    agent.go(f"/audits/{audit}/").sees("Training centre").shot("2-agency-on-the-day")

    lead.go(f"/audits/{audit}/report/conclude/").fill(
        {"outcome": "keep", "recommendation": "Deposits are taken."}
    )
    lead.press("Send the final report").sees("critical and open").shot("3-keep-refused")
    lead.fill({"outcome": "suspend", "recommendation": "Deposits are taken."}).press("Send the final report")
    manager.go(f"/certificates/{certificate}/").sees("A critical finding").shot("4-critical")
    manager.go("/inbox/").sees("critical")
