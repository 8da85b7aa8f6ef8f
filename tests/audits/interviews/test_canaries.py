"""No identity of an interviewee leaves the vault: fifty canaries, searched for everywhere (R30, R93)."""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from audits.engagements import services as engagements
from audits.engagements.services import IndicatorRating
from audits.engagements.states import IntervieweeKind, Stage
from audits.findings import services as findings
from audits.findings.services import FindingText
from audits.interviews import services
from audits.interviews.models import Identity, Interview, Statement
from audits.interviews.services import Reply
from audits.reports import services as reports
from audits.reports.services import ReportText
from iris.core import clocks, outbox
from iris.core.errors import DomainError
from tests.audits.interviews import canaries
from tests.audits.interviews.canaries import COUNT, Canary, found_in
from tests.audits.world import NOON, AuditCase
from tests.factories import accounts as people
from tests.factories import audits, interviews, sampling
from tests.factories.machines import machine

LOG = canaries.Log()


class CanaryTest(AuditCase):
    state = "stage2"
    birds: list[Canary]
    rooms: list[Interview]
    files: Path

    @classmethod
    def setUpTestData(cls) -> None:
        cls.birds = canaries.flock()
        cls.files = Path(cls.enterClassContext(TemporaryDirectory()))
        root = logging.getLogger()
        level = root.level
        root.addHandler(LOG)
        root.setLevel(logging.DEBUG)
        try:
            with clocks.freeze(NOON), override_settings(IRIS_FILES_ROOT=cls.files):
                cls.build()
                cls.interview_all()
        finally:
            root.removeHandler(LOG)
            root.setLevel(level)

    @classmethod
    def interview_all(cls) -> None:
        """Twenty talks alone, three groups of ten: fifty people, each sealed on the page that asks for the name."""
        cls.rooms = []
        alone, groups = cls.birds[:20], cls.birds[20:]
        client = Client()
        client.force_login(cls.lead)
        rows = [
            f"W-{number},{bird.name},{bird.phone},NP,QA,Gulf Build,2025-03-14,f,deployed"
            for number, bird in enumerate(cls.birds)
        ]
        sampling.sample(cls.audit, "\n".join([sampling.HEAD, *rows]) + "\n")
        for number, bird in enumerate(alone):
            one = interviews.interview(
                "planned", cls.audit, sex="female" if number % 2 else "male", wish="any"
            )
            client.post(
                reverse("interviews:identity", args=[one.pk]), {"name": bird.name, "contact": bird.phone}
            )
            cls.rooms.append(one)
        for start in (0, 10, 20):
            one = interviews.interview("planned", cls.audit, mode="group", people=10, sex="female")
            for bird in groups[start : start + 10]:
                services.name_person(interview_id=one.pk, actor=cls.lead, person=bird.sealed())
            cls.rooms.append(one)
        for number, one in enumerate(cls.rooms):
            interviews.agree(one, cls.lead)
            answers = {
                "paid": Reply("yes" if number % 3 else "no", "NPR 90,000 to an agent."),
                "loan": Reply("no"),
            }
            services.save_statements(interview_id=one.pk, actor=cls.lead, replies=answers)
            services.finish_interview(interview_id=one.pk, actor=cls.lead)
        services.safeguard(interview_id=cls.rooms[0].pk, actor=cls.lead, immediate=True)
        services.open_vault(
            audit_id=cls.audit.pk, actor=cls.lead, purpose="verify", reason="Two answers disagree."
        )
        cls.try_to_leak(client)

    @classmethod
    def try_to_leak(cls, client: Client) -> None:
        """Every text an auditor writes, with a canary in it: each is refused."""
        one = interviews.interview("consented", cls.audit)
        guide = reverse("interviews:guide", args=[one.pk, "paying"])
        for number, bird in enumerate(cls.birds):
            note = f"call {bird.phone}" if number % 2 else bird.first.upper()
            answer = client.post(
                guide, {"paid-answer": "yes", "paid-note": note, **({"auto": "1"} if number % 5 else {})}
            )
            assert answer.status_code == 422
        for text in (cls.birds[7].last, cls.birds[7].phone):
            assert cls.refused(text) == 7

    @classmethod
    def refused(cls, text: str) -> int:
        """How many acts refuse a text."""
        indicator = audits.indicators(cls.audit)[0]
        key: dict[str, Any] = {"audit_id": cls.audit.pk, "actor": cls.lead}
        rating = IndicatorRating(indicator.pk, "fails", text)
        finding = FindingText("major", "A title", f"It was {text}.", "Interviews.")
        attempts = (
            lambda: services.open_vault(**key, purpose="verify", reason=text),
            lambda: engagements.rate_indicators(**key, stage=Stage.SITE, ratings=[rating]),
            lambda: engagements.count_interviews(**key, counts={"staff": (0, text)}),
            lambda: findings.raise_finding(**key, indicator_id=indicator.pk, text=finding),
            lambda: services.plan_interview(**key, details=interviews.details(employer_code=text[:12])),
            lambda: reports.send_draft(**key, text=ReportText(text), ended_on=clocks.today()),
        )
        count = 0
        for attempt in attempts:
            with pytest.raises(DomainError):
                attempt()
            count += 1
        saved = engagements.autosave(**key, stage=Stage.SITE, one=rating)
        assert (saved.kind, "interviewed" in saved.why) == ("draft", True)
        return count + 1

    def report(self) -> None:
        """The audit goes on to its final report; every message and PDF is made."""
        counts = {str(kind): (6, "") for kind in IntervieweeKind if kind != IntervieweeKind.WORKERS}
        engagements.count_interviews(audit_id=self.audit.pk, actor=self.lead, counts=counts)
        audits.finding("draft", audits.again(self.audit))
        audits.send_draft(audits.again(self.audit))
        finding = self.audit.findings.get()
        findings.withdraw_finding(finding_id=finding.pk, actor=self.lead, reason="The record exists.")
        reports.agree_draft(audit_id=self.audit.pk, actor=self.speaker)
        audits.send_final(audits.again(self.audit))
        for who in (self.lead, self.speaker, self.manager):
            reports.ask_for_export(application_id=self.audit.application_id, actor=who)
        outbox.run_all()

    def everything(self) -> dict[str, str]:
        """All that can be read anywhere, by where it is, but the vault opened with a purpose."""
        seen: dict[str, str] = {"log": "\n".join(LOG.lines)}
        seen |= {f"mail {n}": f"{one.subject}\n{one.body}" for n, one in enumerate(mail.outbox)}
        seen |= {f"table {table}": text for table, text in canaries.tables()}
        seen |= {f"file {name}": text for name, text in canaries.stored(Path(settings.IRIS_FILES_ROOT))}
        starts = ["/", reverse("reports:audit", args=[self.audit.pk]), reverse("engagements:list")]
        for name in ("list", "vault", "plan"):
            starts.append(reverse(f"interviews:{name}", args=[self.audit.pk]))
        starts += [reverse("interviews:interview", args=[self.rooms[n].pk]) for n in (0, 22)]
        starts += [
            reverse("interviews:help", args=[self.rooms[0].pk]),
            "/statistics/",
            "/register/",
            "/api/v1/openapi.json",
        ]
        who = {"lead": self.lead, "manager": self.manager, "decider": self.decider, "agency": self.speaker}
        who |= {
            "employer": self.employer,
            "other firm": self.other_lead,
            "government": people.person("government", "reader"),
        }
        for name, person in who.items():
            client = Client()
            client.force_login(person)
            seen |= {f"{name} {url}": text for url, text in canaries.crawl(client, starts, each=1)}
        seen |= {f"public {url}": text for url, text in canaries.crawl(Client(), starts, each=1)}
        return seen | self.api()

    def api(self) -> dict[str, str]:
        """Everything that the API says of audits and around them, to keys that may do all there is."""
        finding = self.audit.findings.get()
        assessment = self.audit.application.assessment_id
        routes = (
            "certificates/",
            "agencies/",
            "audits/",
            f"audits/{self.audit.pk}/",
            "findings/",
            f"findings/{finding.pk}/",
            "applications/",
            f"applications/{self.audit.application_id}/",
            "assessments/",
            f"assessments/{assessment}/answers/",
            "auditors/",
            f"auditors/{self.audit.lead_id}/busy/",
            "own/certificates/",
            "repayments/",
            "training/records/",
            "statistics/",
            "register/",
        )
        readers = {
            "employer": self.employer,
            "agency": self.speaker,
            "firm": self.lead,
            "scheme": self.manager,
            "government": people.person("government", "reader"),
        }
        seen = {}
        for name, person in readers.items():
            client = machine(person, every=True)
            seen |= {
                f"api {name} {route}": client.get(f"/api/v1/{route}").content.decode() for route in routes
            }
        assert finding.title in seen[f"api firm findings/{finding.pk}/"]
        return seen

    def test_fifty_canaries_none_found(self) -> None:
        root = logging.getLogger()
        root.addHandler(LOG)
        try:
            with override_settings(IRIS_FILES_ROOT=self.files):
                self.report()
                seen = self.everything()
        finally:
            root.removeHandler(LOG)
        leaks = {where: birds for where, text in seen.items() if (birds := found_in(text, self.birds))}
        assert leaks == {}
        kinds = sorted({where.partition(" ")[0] for where in seen})
        assert {"agency", "api", "file", "log", "mail", "public", "table"} <= set(kinds)
        assert len(seen) > 250
        assert Identity.objects.count() == COUNT
        found = len({bird for birds in leaks.values() for bird in birds})
        print(f"\n{COUNT} canaries, {found} found (in {len(seen)} places: {', '.join(kinds)})")

    def test_the_vault_shows_them_all_so_the_search_can_find(self) -> None:
        client = Client()
        client.force_login(self.lead)
        page = client.post(
            reverse("interviews:vault", args=[self.audit.pk]),
            {"purpose": "verify", "reason": "Compare with the list.", "interview": ""},
        )
        assert len(found_in(page.text, self.birds)) == COUNT

    def test_a_leak_past_the_services_is_found(self) -> None:
        bird = self.birds[3]
        consented = Interview.objects.get(state="consented")
        Statement.objects.create(
            interview=consented,
            question="wages",
            guide_version="1",
            answer="no",
            note=f"It was {bird.first.upper()}",
            author=self.lead,
            changed_on=clocks.today(),
        )
        tables = {table for table, text in canaries.tables() if found_in(text, self.birds)}
        assert tables == {"audits_interviews_statement"}
        client = Client()
        client.force_login(self.lead)
        pages = canaries.crawl(client, [reverse("interviews:interview", args=[consented.pk])], each=1)
        assert found_in(next(pages)[1], self.birds) == {bird.name}


def test_canaries_differ_from_one_another() -> None:
    birds = canaries.flock()
    assert len({needle for bird in birds for needle in bird.needles}) == 3 * COUNT
    assert all(found_in(bird.name + bird.phone, birds) == {bird.name} for bird in birds)


pytestmark = pytest.mark.django_db
