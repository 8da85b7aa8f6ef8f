"""Witness audits, and decisions that went otherwise than the audit said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audits.engagements import selectors, services
from audits.engagements.models import WitnessAudit
from iris.core.errors import BadInput, Conflict, NotPermitted
from tests.audits.world import NOON, AuditCase
from tests.factories import accounts, applications

TODAY = NOON.date()


class WitnessCase(AuditCase):
    state = "accepted"

    def plan(self, **more: Any) -> WitnessAudit:
        words: dict[str, Any] = {
            "audit_id": self.audit.pk,
            "auditor_id": self.auditor.pk,
            "witness_id": self.manager.pk,
            "planned_on": TODAY,
            "actor": self.manager,
        }
        return services.plan_witness(**{**words, **more})

    def held(self, row: WitnessAudit, **more: Any) -> WitnessAudit:
        words: dict[str, Any] = {
            "witness_audit_id": row.pk,
            "actor": self.manager,
            "held_on": TODAY,
            "outcome": "improve",
            "notes": "Asked leading questions.",
        }
        return services.record_witness(**{**words, **more})

    def test_planned_twice_moves_the_day(self) -> None:
        later: date = TODAY + timedelta(days=3)
        assert self.plan() == self.plan(planned_on=later)
        assert WitnessAudit.objects.get().planned_on == later

    def test_watchers_are_not_of_the_team_and_do_not_decide(self) -> None:
        for person in (self.lead, self.decider, self.speaker):
            with pytest.raises(BadInput) as wrong:
                self.plan(witness_id=person.pk)
            assert set(wrong.value.fields) == {"witness"}
        assert self.plan(witness_id=self.other_lead.pk).witness == self.other_lead
        with pytest.raises(NotPermitted):
            self.plan(actor=applications.screener())
        with pytest.raises(BadInput):
            self.plan(planned_on=TODAY - timedelta(days=1))

    def test_held_is_told_once_by_the_witness_or_the_manager(self) -> None:
        row = self.plan(witness_id=self.other_lead.pk)
        for person in (self.lead, self.decider, accounts.person("scheme", "screener")):
            with pytest.raises(NotPermitted):
                self.held(row, actor=person)
        with pytest.raises(BadInput) as wrong:
            self.held(row, outcome="fine", notes=" ", held_on=TODAY + timedelta(days=1))
        assert set(wrong.value.fields) == {"outcome", "notes", "held_on"}
        assert self.held(row, actor=self.other_lead).outcome == "improve"
        with pytest.raises(Conflict):
            self.held(row)

    def test_pages(self) -> None:
        row = self.plan(witness_id=self.other_lead.pk)
        self.client.force_login(self.manager)
        assert self.client.get(f"/scheme/auditors/{self.auditor.pk}/witness/new/").status_code == 200
        assert "planned for" in self.client.get(f"/scheme/auditors/{self.auditor.pk}/").content.decode()
        for person, status in ((self.other_lead, 200), (self.lead, 404), (self.speaker, 404)):
            self.client.force_login(person)
            assert self.client.get(f"/witness/{row.pk}/").status_code == status

    def test_nothing_decided_is_no_reversal(self) -> None:
        found = selectors.reversals_of(self.auditor)
        assert (found.decided, found.rows) == (0, [])
