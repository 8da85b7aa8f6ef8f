"""The register of threats to impartiality."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import TestCase

from audits.bodies import selectors, services
from audits.bodies.models import Threat
from audits.bodies.services import ThreatText
from audits.bodies.states import ThreatState
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput
from tests.audits.world import NOON
from tests.factories import accounts, agencies, audits
from tests.tables import moves_let_through, wrong_rows

SOON = NOON.date() + timedelta(days=30)
S = ThreatState


class RegisterCase(TestCase):
    manager: User
    decider: User
    lead: User

    @classmethod
    def setUpTestData(cls) -> None:
        with clocks.freeze(NOON):
            cls.manager = audits.manager()
            cls.decider = accounts.person("scheme", "decider")
            cls.lead = audits.auditor(fit=False).person

    def words(self) -> ThreatText:
        return ThreatText("familiarity", "They dine together.", self.manager.pk, SOON)

    def threat(self, state: str) -> Threat:
        made = services.record_threat(actor=self.manager, threat=self.words())
        if state != S.OPEN:
            services.safeguard_threat(
                threat_id=made.pk, actor=self.manager, safeguard="Another lead.", review_on=SOON
            )
        if state == S.CLOSED:
            services.close_threat(threat_id=made.pk, actor=self.manager, reason="Left the firm.")
        return Threat.objects.get(pk=made.pk)

    def test_table(self) -> None:
        acts = {
            "safeguard": lambda one, who: services.safeguard_threat(
                threat_id=one.pk, actor=who, safeguard="A second auditor.", review_on=SOON
            ),
            "close": lambda one, who: services.close_threat(threat_id=one.pk, actor=who, reason="Gone."),
            "reopen": lambda one, who: services.reopen_threat(
                threat_id=one.pk, actor=who, reason="Back.", review_on=SOON
            ),
        }
        people = {
            "manager": lambda _: self.manager,
            "decider": lambda _: self.decider,
            "lead": lambda _: self.lead,
        }
        allowed = {
            (S.OPEN, "safeguard", "manager"),
            (S.OPEN, "close", "manager"),
            (S.SAFEGUARDED, "safeguard", "manager"),
            (S.SAFEGUARDED, "close", "manager"),
            (S.CLOSED, "reopen", "manager"),
        }

        count, wrong = wrong_rows(
            self.threat, S.values, acts, people, {(str(s), a, p) for s, a, p in allowed}
        )
        assert (count, wrong) == (27, [])
        through = {str(state): moves_let_through(self.threat(state), S.values) for state in S}
        # Plain SQL may follow the arrows only; what a date or a safeguard still has to say stops it too.
        assert through == {"open": set(), "safeguarded": set(), "closed": set()}

    def test_threat_that_does_not_say_enough(self) -> None:
        wrong = replace(self.words(), kind="envy", text=" ", review_on=NOON.date(), owner_id=self.lead.pk)
        with pytest.raises(BadInput) as refused:
            services.record_threat(actor=self.manager, threat=wrong)
        assert set(refused.value.fields) == {"kind", "text", "review_on", "owner"}

    def test_threat_to_look_at_again_is_a_task_of_its_owner(self) -> None:
        services.record_threat(actor=self.manager, threat=self.words())
        assert selectors.todos_for(self.manager) == []
        with clocks.freeze(NOON + timedelta(days=30)):
            [todo] = selectors.todos_for(self.manager)
            assert todo.due == SOON
            assert selectors.todos_for(self.decider) == []

    def test_pages_of_the_register_are_for_the_scheme(self) -> None:
        one = self.threat(S.OPEN)
        speaker = agencies.signatory(agencies.agency())
        for person, status in ((self.manager, 200), (self.decider, 200), (self.lead, 404), (speaker, 404)):
            self.client.force_login(person)
            for url in ("", "board/", f"{one.pk}/"):
                assert self.client.get(f"/scheme/impartiality/{url}").status_code == status

    def test_pages_write_and_close(self) -> None:
        self.client.force_login(self.manager)
        data = {
            "kind": "intimidation",
            "text": "Threatened to sue.",
            "owner": str(self.manager.pk),
            "review_on": SOON.isoformat(),
        }
        answer = self.client.post("/scheme/impartiality/new/", data)
        assert answer.status_code == 302
        made = Threat.objects.get()
        url = f"/scheme/impartiality/{made.pk}/close/"
        assert self.client.post(url, {"reason": ""}).status_code == 422
        assert self.client.post(url, {"reason": "The claim was dropped."}).status_code == 302
        assert Threat.objects.get().state == S.CLOSED
