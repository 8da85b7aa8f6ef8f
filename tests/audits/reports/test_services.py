"""From the offer to the recommendation."""

from __future__ import annotations

import pytest

from certification.applications.models import Application
from tests.factories import audits

pytestmark = pytest.mark.django_db


def test_reported_audit_hands_over_the_recommendation() -> None:
    audit = audits.reported_audit()

    application = Application.objects.get(pk=audit.application_id)
    assert application.state == "recommended"
    assert application.recommendation["outcome"] == "grant"
    assert application.recommendation["audited_by"] == [str(audit.lead.person_id)]
