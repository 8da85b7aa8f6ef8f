"""Overrides, which two people give, and the pages of independence."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import TestCase

from audits.bodies import selectors, services
from audits.bodies.models import AuditFirm, Auditor, Override, OverrideAnswer, Tie
from audits.bodies.states import OverrideStanding, ReasonCode, TieKind
from certification.agencies.models import Agency
from certification.applications.models import Application
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.money import Money
from tests.audits.world import NOON
from tests.factories import accounts, agencies, applications, audits

TODAY = NOON.date()  # 21 November 2026


class OverrideCase(TestCase):
    manager: User
    second: User
    firm: AuditFirm
    firm_manager: User
    auditor: Auditor
    agency: Agency
    application: Application

    @classmethod
    def setUpTestData(cls) -> None:
        with clocks.freeze(NOON):
            cls.manager = audits.manager()
            cls.second = accounts.person("scheme", "decider")
            cls.firm = audits.firm()
            cls.firm_manager = audits.member(cls.firm, "firm_manager")
            cls.auditor = audits.auditor(cls.firm)
            cls.agency = agencies.agency()
            cls.application = applications.application("accepted", cls.agency)

    def reasons(self, auditor: Auditor | None = None, days: selectors.Days | None = None) -> list[str]:
        return [
            str(one)
            for one in selectors.ineligible_because(auditor or self.auditor, self.application, days=days)
        ]

    def codes(self, **more: object) -> list[str]:
        found = selectors.ineligible_because(self.auditor, self.application, **more)  # type: ignore[arg-type]
        return [one.code for one in found]

    def _year(self, fee: int, year: int = 2025, actor: User | None = None) -> None:
        services.keep_firm_year(
            firm_id=self.firm.pk,
            actor=actor or self.firm_manager,
            year=year,
            currency="USD",
            turnover=Money(1_000_000, "USD"),
            fees={self.agency.pk: Money(fee, "USD")},
        )

    # -- overrides -----------------------------------------------------------------------------------

    def _ask(self, key: str, reason: str = "A second auditor of another firm goes along.") -> Override:
        return services.ask_override(
            auditor_id=self.auditor.pk,
            application_id=self.application.pk,
            actor=self.manager,
            key=key,
            reason=reason,
        )

    def test_override_lets_one_reason_through_once_two_people_said_so(self) -> None:
        self._year(200_000)
        self._unfit_sector()
        [sector] = {one.sector for one in self.agency.sectors.all()}
        asked = self._ask("revenue:2025")

        assert self.codes() == ["sector", "revenue"]
        services.answer_override(override_id=asked.pk, actor=self.second, confirmed=True)
        assert self.codes() == ["sector"]
        [candidate] = [
            one for one in selectors.candidates_for(self.application) if one.auditor == self.auditor
        ]
        assert [one.key for one in candidate.let_through] == ["revenue:2025"]
        assert [one.key for one in candidate.reasons] == [f"sector:{sector}"]

    def _unfit_sector(self) -> None:
        [sector] = {one.sector for one in self.agency.sectors.all()}
        Auditor.objects.filter(pk=self.auditor.pk).update(
            sectors=[one for one in self.auditor.sectors if one != sector]
        )
        self.auditor = Auditor.objects.select_related("firm", "person").get(pk=self.auditor.pk)

    def test_override_of_one_year_does_not_cover_the_next(self) -> None:
        self._year(200_000)
        asked = self._ask("revenue:2025")
        services.answer_override(override_id=asked.pk, actor=self.second, confirmed=True)
        self._year(200_000, year=2026)

        assert self.codes() == ["revenue"]

    def test_override_confirmed_by_whoever_asked(self) -> None:
        self._year(200_000)
        asked = self._ask("revenue:2025")

        with pytest.raises(NotPermitted):
            services.answer_override(override_id=asked.pk, actor=self.manager, confirmed=True)
        with pytest.raises(DatabaseError, match="four eyes"), transaction.atomic():
            OverrideAnswer.objects.create(override=asked, person=self.manager, confirmed=True)
        assert self.codes() == ["revenue"]

    def test_override_refused_needs_a_reason_and_stays(self) -> None:
        self._year(200_000)
        asked = self._ask("revenue:2025")
        with pytest.raises(ReasonRequired):
            services.answer_override(override_id=asked.pk, actor=self.second, confirmed=False)
        services.answer_override(override_id=asked.pk, actor=self.second, confirmed=False, reason="No.")
        with pytest.raises(Conflict):
            services.answer_override(override_id=asked.pk, actor=self.second, confirmed=True)

        assert self.codes() == ["revenue"]
        assert Override.objects.get(pk=asked.pk).standing == OverrideStanding.REFUSED

    def test_override_of_a_tie_or_a_declaration_never(self) -> None:
        services.add_tie(
            auditor_id=self.auditor.pk,
            agency_id=self.agency.pk,
            kind=TieKind.CONSULTED,
            since=TODAY,
            until=None,
            note="",
            actor=self.manager,
        )
        with pytest.raises(TransitionRefused) as never:
            self._ask("tie:")
        assert never.value.code == "never_overridden"
        with pytest.raises(DatabaseError), transaction.atomic():
            Override.objects.create(
                auditor=self.auditor,
                application=self.application,
                code=ReasonCode.TIE,
                sentence="x",
                reason="x",
                given_by=self.manager,
            )

    def test_override_of_what_does_not_stand_or_without_reason_or_by_others(self) -> None:
        with pytest.raises(BadInput):
            self._ask("revenue:2025")
        self._year(200_000)
        with pytest.raises(ReasonRequired):
            self._ask("revenue:2025", reason=" ")
        assert self._ask("revenue:2025") == self._ask("revenue:2025")
        for person in (self.second, self.firm_manager):
            with pytest.raises(NotPermitted):
                services.ask_override(
                    auditor_id=self.auditor.pk,
                    application_id=self.application.pk,
                    actor=person,
                    key="revenue:2025",
                    reason="Let it.",
                )

    # -- pages ---------------------------------------------------------------------------------------

    def test_pages_open_for_whom_they_are(self) -> None:
        self._year(200_000)
        asked = self._ask("revenue:2025")
        stranger = audits.auditor().person
        pages = {
            f"/scheme/auditors/{self.auditor.pk}/": {self.manager, self.second},
            "/scheme/overrides/": {self.manager, self.second},
            f"/scheme/overrides/{asked.pk}/": {self.manager, self.second},
            f"/applications/{self.application.pk}/auditors/{self.auditor.pk}/override/?reason=revenue:2025": {
                self.manager
            },
            f"/auditors/{self.auditor.pk}/calendar/": {
                self.manager,
                self.second,
                self.firm_manager,
                self.auditor.person,
            },
            f"/audit-firms/{self.firm.pk}/years/": {self.manager, self.firm_manager},
            "/our-auditors/": {self.firm_manager, self.auditor.person, stranger},
            "/my-declaration/": {self.auditor.person, stranger},
        }
        speaker = agencies.signatory(self.agency)
        everyone = {self.manager, self.second, self.firm_manager, self.auditor.person, stranger, speaker}
        wrong = []
        for person in everyone:
            self.client.force_login(person)
            for url, readers in pages.items():
                status = self.client.get(url).status_code
                if (status == 200) != (person in readers):
                    wrong.append(f"{url} {person.email}: {status}")
        assert wrong == []

    def test_declaration_page_keeps_what_was_declared(self) -> None:
        self.client.force_login(self.auditor.person)
        data = {
            "text": "I checked my past work.",
            "interest-TOTAL_FORMS": "3",
            "interest-INITIAL_FORMS": "0",
            "interest-0-agency": str(self.agency.pk),
            "interest-0-kind": "consulted",
            "interest-0-since": "2024-05-01",
            "interest-0-until": "2024-06-30",
            "interest-1-organisation": "A union",
        }

        answer = self.client.post("/my-declaration/", data)
        assert answer.status_code == 422
        data.pop("interest-1-organisation")
        answer = self.client.post("/my-declaration/", data)
        assert answer.status_code == 302
        assert Tie.objects.get(auditor=self.auditor).kind == "consulted"

    def test_year_page_keeps_figures(self) -> None:
        self.client.force_login(self.firm_manager)
        data = {
            "year": "2025",
            "currency": "USD",
            "turnover": "10,000.00",
            "fee-TOTAL_FORMS": "1",
            "fee-INITIAL_FORMS": "0",
            "fee-0-agency": str(self.agency.pk),
            "fee-0-amount": "many",
        }

        answer = self.client.post(f"/audit-firms/{self.firm.pk}/years/", data)
        assert answer.status_code == 422
        answer = self.client.post(f"/audit-firms/{self.firm.pk}/years/", {**data, "fee-0-amount": "1,600"})
        assert answer.status_code == 302
        assert self.codes() == ["revenue"]

    def test_page_of_an_auditor_compares_findings(self) -> None:
        self.client.force_login(self.manager)

        text = self.client.get(f"/scheme/auditors/{self.auditor.pk}/").content.decode()

        assert "No reported audit as lead yet." in text
        assert "Never watched at work" in text
