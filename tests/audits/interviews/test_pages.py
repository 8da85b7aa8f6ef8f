"""The pages of the interviews: who may open them, and that a talk can be held on them without a script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from audits.interviews import services
from audits.interviews.models import Identity, IdentityAccess, Interview, SafeguardCase, Statement
from audits.interviews.services import IdentityInput
from iris.accounts.models import User
from iris.core import clocks
from tests.audits.world import AuditCase
from tests.factories import interviews

SITA = IdentityInput("Sita Gurung", "+977 9841122334")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


class PagesTest(AuditCase):
    state = "stage2"

    def test_a_talk_is_held_on_plain_pages(self) -> None:
        client = signed_in(self.lead)
        answer = client.post(
            reverse("interviews:plan", args=[self.audit.pk]),
            {
                "kind": "workers",
                "mode": "individual",
                "people": 1,
                "place": "neutral",
                "planned_for": clocks.today().isoformat(),
                "language": "ar",
                "interpreter": "independent",
                "sex": "female",
                "wish": "same",
                "interviewer_sex": "female",
                "origin": "NP",
                "destination": "QA",
                "employer_code": "E2",
            },
        )
        one = Interview.objects.get()
        assert answer.headers["Location"] == reverse("interviews:identity", args=[one.pk])
        answer = client.post(
            answer.headers["Location"], {"name": "Sita Gurung", "contact": "+977 9841122334"}
        )
        assert answer.status_code == 302
        assert Identity.objects.count() == 1
        page = client.get(reverse("interviews:consent", args=[one.pk]))
        assert 'dir="rtl"' in page.text
        answer = client.post(
            reverse("interviews:consent", args=[one.pk]),
            {"given": "voice", "version": "1", "language": "ar"},
        )
        guide = reverse("interviews:guide", args=[one.pk, "paying"])
        assert answer.headers["Location"] == guide
        assert client.get(guide).status_code == 200
        answer = client.post(guide, {"paid-answer": "yes", "paid-note": "Sita paid", "next": "1"})
        assert answer.status_code == 422
        assert "holds the name" in answer.text
        answer = client.post(guide, {"paid-answer": "yes", "paid-note": "NPR 90,000", "auto": "1"})
        assert answer.json() == {"kept": True, "problems": []}
        answer = client.post(guide, {"paid-answer": "yes", "paid-note": "9841122334", "auto": "1"})
        assert answer.status_code == 422
        answer = client.post(guide, {"paid-answer": "yes", "paid-note": "NPR 90,000", "next": "1"})
        assert answer.headers["Location"].endswith("/guide/freedom/")
        assert Statement.objects.get().note == "NPR 90,000"
        answer = client.post(reverse("interviews:finish", args=[one.pk]))
        assert Interview.objects.get().state == "held"
        assert answer.headers["Location"] == reverse("interviews:list", args=[self.audit.pk])

    def test_each_page_opens_in_each_state(self) -> None:
        client = signed_in(self.lead)
        for state in ("planned", "consented", "held", "stopped", "withdrawn"):
            one = interviews.interview(state, self.audit)
            assert client.get(reverse("interviews:interview", args=[one.pk])).status_code == 200, state
        for name in ("list", "plan", "vault"):
            assert client.get(reverse(f"interviews:{name}", args=[self.audit.pk])).status_code == 200, name
        for name in ("change", "identity", "withdraw"):
            assert client.get(reverse(f"interviews:{name}", args=[one.pk])).status_code in (200, 404), name
        for name in ("safeguarding", "hotlines"):
            assert client.get(reverse(f"interviews:{name}")).status_code == 200, name
        assert client.get(reverse("engagements:stage2", args=[self.audit.pk])).status_code == 200

    def test_one_button_stops_tells_and_shows_whom_to_call(self) -> None:
        client = signed_in(self.lead)
        one = interviews.interview("consented", self.audit, person=SITA, origin="LK")
        answer = client.post(reverse("interviews:safeguard", args=[one.pk]))
        page = client.get(answer.headers["Location"])
        assert "1989" in page.text
        assert "No number is on file: ask the scheme." in page.text
        case = SafeguardCase.objects.get()
        assert (interviews.get(one).state, case.immediate) == ("stopped", False)
        client.post(reverse("interviews:help", args=[one.pk]))
        assert SafeguardCase.objects.get().immediate
        page = signed_in(self.manager).get(reverse("interviews:safeguarding"))
        assert self.audit.number in page.text
        assert "Sita" not in page.text

    def test_the_vault_opens_once_and_leaves_its_log(self) -> None:
        one = interviews.interview("planned", self.audit, person=SITA)
        client = signed_in(self.lead)
        url = reverse("interviews:vault", args=[self.audit.pk])
        assert "Sita" not in client.get(url).text
        refused = client.post(url, {"purpose": "contact", "reason": "Sita asked me to call", "interview": ""})
        assert refused.status_code == 422
        assert not IdentityAccess.objects.exists()
        opened = client.post(
            url, {"purpose": "contact", "reason": "The day has to be moved", "interview": str(one.pk)}
        )
        assert "Sita Gurung" in opened.text
        assert opened.headers["Cache-Control"] == "no-store, private"
        row = IdentityAccess.objects.get()
        assert (row.actor, row.purpose, row.shown) == (self.lead, "contact", 1)
        assert "Sita" not in client.get(url).text
        assert "The day has to be moved" in client.get(url).text

    def test_who_may_open_what(self) -> None:
        one = interviews.interview("held", self.audit, person=SITA)
        of_audit = {
            "list": {"lead", "firm_manager", "manager", "decider"},
            "plan": {"lead"},
            "vault": {"lead"},
        }
        for name, readers in of_audit.items():
            for who, person in self.people().items():
                status = (
                    signed_in(person).get(reverse(f"interviews:{name}", args=[self.audit.pk])).status_code
                )
                assert (status == 200) == (who in readers), (name, who, status)
        for who, person in self.people().items():
            status = signed_in(person).get(reverse("interviews:interview", args=[one.pk])).status_code
            assert status == (200 if who == "lead" else 404), who
        counts = signed_in(self.manager).get(reverse("interviews:list", args=[self.audit.pk])).text
        assert one.label not in counts

    def test_the_scheme_enters_a_hotline(self) -> None:
        url = reverse("interviews:hotlines")
        words = {
            "country": "QA",
            "name": "A helper",
            "channel": "phone",
            "number": "800 100",
            "source": "Called today",
        }
        assert signed_in(self.lead).post(url, words).status_code == 404
        assert signed_in(self.manager).post(url, {**words, "source": ""}).status_code == 422
        assert signed_in(self.manager).post(url, words).status_code == 302
        case = services.safeguard(
            interview_id=interviews.interview("planned", self.audit).pk, actor=self.lead, immediate=True
        )
        page = signed_in(self.lead).get(reverse("interviews:help", args=[case.interview_id]))
        assert "800 100" in page.text

    def test_one_earlier_employment_page_is_closed_without_an_earlier_audit(self) -> None:
        assert (
            signed_in(self.lead).get(reverse("interviews:earlier", args=[self.audit.pk])).status_code == 404
        )


pytestmark = pytest.mark.django_db
