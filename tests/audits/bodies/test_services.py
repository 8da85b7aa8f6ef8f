"""Approvals and ties in the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from audits.bodies import selectors, services
from audits.bodies.models import AuditFirm, Auditor
from audits.bodies.services import Competence
from audits.bodies.states import TieKind
from certification.agencies.models import Agency
from certification.decisions.selectors import barred
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted, ReasonRequired
from tests.audits.world import NOON
from tests.factories import accounts, agencies, applications, audits

TODAY = NOON.date()
FIT = Competence(lead=True, languages=["ne"], countries=["NP", "MY"], sectors=["manufacturing"])


class BodiesCase(TestCase):
    manager: User
    firm: AuditFirm
    auditor: Auditor
    agency: Agency

    @classmethod
    def setUpTestData(cls) -> None:
        with clocks.freeze(NOON):
            cls.manager = audits.manager()
            cls.firm = audits.firm()
            cls.auditor = audits.auditor(cls.firm)
            cls.agency = agencies.agency()

    def test_approve_firm_twice(self) -> None:
        with pytest.raises(BadInput):
            services.approve_firm(
                organisation_id=self.firm.organisation_id, actor=self.manager, approved_from=TODAY
            )

    def test_approve_firm_of_another_kind(self) -> None:
        employer = accounts.organisation("employer")

        with pytest.raises(BadInput):
            services.approve_firm(organisation_id=employer.pk, actor=self.manager, approved_from=TODAY)

    def test_approve_firm_by_a_screener(self) -> None:
        organisation = accounts.organisation("audit_firm")

        with pytest.raises(NotPermitted):
            services.approve_firm(
                organisation_id=organisation.pk, actor=applications.screener(), approved_from=TODAY
            )
        assert not AuditFirm.objects.filter(organisation=organisation).exists()

    def test_approve_auditor_who_is_no_member(self) -> None:
        stranger = accounts.person("audit_firm", "lead_auditor")

        with pytest.raises(BadInput) as refused:
            self._approve(stranger.pk, FIT)
        assert "person" in refused.value.fields

    def test_approve_lead_without_the_role(self) -> None:
        person = accounts.person(role="auditor", organisation=self.firm.organisation)

        with pytest.raises(BadInput) as refused:
            self._approve(person.pk, FIT)
        assert "lead" in refused.value.fields

    def test_approve_auditor_without_competence(self) -> None:
        person = accounts.person(role="lead_auditor", organisation=self.firm.organisation)

        with pytest.raises(BadInput) as refused:
            self._approve(person.pk, Competence(lead=True, languages=[], countries=[], sectors=[]))
        assert set(refused.value.fields) == {"languages", "countries", "sectors"}

    def _approve(self, person_id: object, competence: Competence) -> Auditor:
        return services.approve_auditor(
            firm_id=self.firm.pk,
            person_id=person_id,  # type: ignore[arg-type]
            actor=self.manager,
            competence=competence,
            approved_from=TODAY,
        )

    def test_end_approval_earlier_without_reason(self) -> None:
        change: dict[str, Any] = {
            "auditor_id": self.auditor.pk,
            "actor": self.manager,
            "competence": FIT,
            "approved_from": TODAY,
        }

        with pytest.raises(ReasonRequired):
            services.change_auditor(**change, approved_until=TODAY)
        services.change_auditor(**change, approved_until=TODAY, reason="Left the firm.")

        assert Auditor.objects.get(pk=self.auditor.pk).ended_reason == "Left the firm."

    def test_end_firm_without_reason(self) -> None:
        with pytest.raises(ReasonRequired):
            services.end_firm_approval(firm_id=self.firm.pk, actor=self.manager, until=TODAY, reason=" ")

    def test_tie_counts_for_two_years_after_its_end_and_bars_from_deciding(self) -> None:
        self._tie(TieKind.CONSULTED, until=date(2025, 6, 30))

        [bar] = barred(self.agency, self.auditor.person)
        assert bar.kind == "advised"
        assert bar.until == date(2027, 6, 30)
        assert self._reasons() == ["Consulted for the agency: not before 30 June 2027."]

    def test_tie_that_has_worn_off_does_not_count(self) -> None:
        self._tie(TieKind.CONSULTED, until=TODAY - timedelta(days=800))

        assert self._reasons() == []

    def test_family_tie_counts_while_it_lasts(self) -> None:
        self._tie(TieKind.FAMILY, until=None)

        assert self._reasons() == ["Family or other close tie, since 1 January 2023."]

    def test_tie_by_someone_else_than_the_manager(self) -> None:
        with pytest.raises(NotPermitted):
            services.add_tie(
                auditor_id=self.auditor.pk,
                agency_id=self.agency.pk,
                kind=TieKind.TRAINED,
                since=TODAY,
                until=None,
                note="",
                actor=self.auditor.person,
            )

    def _tie(self, kind: TieKind, until: date | None) -> None:
        services.add_tie(
            auditor_id=self.auditor.pk,
            agency_id=self.agency.pk,
            kind=kind,
            since=date(2023, 1, 1),
            until=until,
            note="",
            actor=self.manager,
        )

    def _reasons(self) -> list[str]:
        application = applications.application("draft", self.agency)
        return selectors.ineligible_because(Auditor.objects.get(pk=self.auditor.pk), application)

    def test_firm_page_is_for_the_scheme(self) -> None:
        for person, status in (
            (self.manager, 200),
            (self.auditor.person, 404),
            (agencies.signatory(self.agency), 404),
        ):
            self.client.force_login(person)
            for url in ("/scheme/audit-firms/", f"/scheme/audit-firms/{self.firm.pk}/"):
                assert self.client.get(url).status_code == status

    def test_add_auditor_page_approves(self) -> None:
        person = accounts.person(role="lead_auditor", organisation=self.firm.organisation)
        self.client.force_login(self.manager)
        data = {
            "person": str(person.pk),
            "lead": "on",
            "approved_from": "2026-11-21",
            "approved_until": "",
            "languages": ["ne"],
            "sectors": ["care"],
            "countries": ["NP", "MY"],
        }

        answer = self.client.post(f"/scheme/audit-firms/{self.firm.pk}/auditors/new/", data)

        assert answer.status_code == 302
        assert Auditor.objects.get(person=person).countries == ["NP", "MY"]

    def test_add_auditor_page_says_what_is_wrong(self) -> None:
        self.client.force_login(self.manager)

        answer = self.client.post(f"/scheme/audit-firms/{self.firm.pk}/auditors/new/", {"languages": ["ne"]})

        assert answer.status_code == 422
        assert "error-summary" in answer.content.decode()

    def test_list_of_firms_needs_as_many_queries_for_three_as_for_one(self) -> None:
        self.client.force_login(self.manager)
        with CaptureQueriesContext(connection) as one:
            self.client.get("/scheme/audit-firms/")
        for _number in range(2):
            audits.auditor()
        with CaptureQueriesContext(connection) as three:
            self.client.get("/scheme/audit-firms/")

        assert len(three) <= len(one) <= 15
