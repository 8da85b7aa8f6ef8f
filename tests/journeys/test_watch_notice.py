"""From one press to a notice: a watched agency is suspended, and its watcher reads so within the minute."""

import time

import pytest

from tests.journeys.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]
CERTIFIED = """
from tests.factories import accounts, certificates
made = certificates.certificate("active", name="Lantern Bay Overseas")
buyer = accounts.person("employer", "sourcing_manager", name="Anneke Visser")
print(made.pk, made.agency_id, buyer.email)
"""
SUSPENDED = """
from certification.certificates.models import Certificate
from tests.factories import certificates
print(certificates.suspend(Certificate.objects.get(pk="{key}")).state)
"""
PASSWORD = "a long and plain password"
WITHIN = 60


def test_watch_to_notice(stage: Stack, walk) -> None:
    key, agency, email = stage.python(CERTIFIED).split()[-3:]
    buyer = walk(email, PASSWORD)
    buyer.go(f"/register/{agency}/").press("Watch this agency").sees("You watch this now").sees("First look")
    watch = buyer.path

    assert stage.python(SUSPENDED.format(key=key)).split()[-1] == "suspended"
    done = time.monotonic()
    words = "Lantern Bay Overseas: Certified → Suspended"
    while words not in buyer.go("/inbox/").page.inner_text("main"):
        assert time.monotonic() - done < WITHIN, "the notice came later than a minute after the act"
        time.sleep(0.3)
    buyer.shot("1-inbox")
    assert "Stop new recruitment through this agency" in stage.mail_to(email)

    buyer.go(watch).sees("Changed").sees("Certified → Suspended").shot("2-ledger")
    buyer.page.locator("tr.row-flag a").first.click()
    buyer.sees("What to do now:").sees("A complaint about fees was upheld.").look().shot("3-before-and-after")
