"""A report never names who was interviewed, and never shows a number that points at one."""

from __future__ import annotations

import pytest

from audits.interviews.services import IdentityInput
from audits.reports import selectors, services
from audits.reports.models import Report
from audits.reports.services import ReportText
from iris.core.errors import BadInput
from tests.audits.world import NOON, AuditCase
from tests.factories import audits, interviews

PERSON = IdentityInput(name="Sarita Khadka", contact="+977 9841 555 017")


class NobodyNamedCase(AuditCase):
    state = "stage2"

    def send(self, summary: str) -> Report:
        text = ReportText(summary=summary)
        return services.send_draft(audit_id=self.audit.pk, actor=self.lead, text=text, ended_on=NOON.date())

    def talk(self, **more: object) -> None:
        interviews.interview("held", self.audit, by=self.lead, **more)  # type: ignore[arg-type]

    def test_summary_with_the_name_of_an_interviewee(self) -> None:
        self.talk(person=PERSON)
        for _ in range(2):
            self.talk()
        audits.count_all(self.audit)

        with pytest.raises(BadInput) as refused:
            self.send("Sarita Khadka said that she paid the clinic.")

        [sentence] = refused.value.fields["summary"]
        assert "the worker" in str(sentence)
        assert "Khadka" not in str(sentence)
        self.send("One worker said that she paid the clinic.")

    def test_few_are_hidden_and_the_kept_version_says_the_same(self) -> None:
        for _ in range(3):
            self.talk()
        audits.count_all(self.audit)

        report = self.send("The system works.")

        shown = {row["label"]: row["held"] for row in selectors.interview_counts(self.audit)}
        assert shown["Workers at their place of work"] is None
        kept = selectors.versions_of(report)[0].content["interviews"]
        assert {row["label"]: row["held"] for row in kept} == shown
