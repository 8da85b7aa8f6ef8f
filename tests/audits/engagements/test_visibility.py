"""Who sees which audits."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.engagements.models import Audit
from audits.engagements.selectors import audits_visible_to, todos_for
from tests.audits.world import AuditCase
from tests.factories import audits


class VisibilityCase(AuditCase):
    state = "planned"
    foreign: Audit

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.foreign = audits.audit("offered", lead=cls.other_lead.auditor)

    def test_everyone_sees_their_own(self) -> None:
        both, own = {self.audit, self.foreign}, {self.audit}
        none: set[Audit] = set()
        expected = {
            "lead": own,
            "firm_manager": own,
            "other_lead": {self.foreign},
            "speaker": own,
            "contributor": own,
            "other_agency": none,
            "employer": none,
            "manager": both,
            "decider": both,
        }
        for name, person in self.people().items():
            assert set(audits_visible_to(person)) == expected[name], name

    def test_pages_of_others_do_not_exist(self) -> None:
        paths = [
            f"/audits/{self.audit.pk}/{end}"
            for end in ("", "stage-1/", "stage-2/", "offer/", "plan/", "report/")
        ]
        for person in (self.other_lead, self.other_agency, self.employer):
            self.client.force_login(person)
            for path in paths:
                assert self.client.get(path).status_code == 404, (person, path)

    def test_acts_on_others_do_not_exist(self) -> None:
        ends = (
            "accept/",
            "decline/",
            "stage-1/start/",
            "stage-1/close/",
            "stage-2/start/",
            "findings/issue/",
        )
        for person in (self.other_lead, self.other_agency, self.employer):
            self.client.force_login(person)
            for end in ends:
                assert self.client.post(f"/audits/{self.audit.pk}/{end}").status_code == 404, (person, end)

    def test_agency_reads_the_plan_and_no_notes(self) -> None:
        self.client.force_login(self.speaker)

        page = self.client.get(f"/audits/{self.audit.pk}/").content.decode()

        assert "See whether the agency" in page
        assert "No work, money or family ties." not in page
        assert "stage-1/" not in page

    def test_employer_has_no_list(self) -> None:
        self.client.force_login(self.employer)

        assert self.client.get("/audits/").status_code == 404
        assert self.client.get("/findings/").status_code == 404

    def test_todos_are_the_leads(self) -> None:
        assert [todo.url for todo in todos_for(self.lead)] == [f"/audits/{self.audit.pk}/stage-1/"]
        assert [todo.url for todo in todos_for(self.other_lead)] == [f"/audits/{self.foreign.pk}/offer/"]
        assert todos_for(self.firm_manager) == []
        assert todos_for(self.employer) == []

    def test_list_needs_as_many_queries_for_three_as_for_one(self) -> None:
        self.client.force_login(self.lead)
        with CaptureQueriesContext(connection) as one:
            self.client.get("/audits/")
        for _number in range(2):
            audits.audit("offered", lead=self.auditor)
        with CaptureQueriesContext(connection) as three:
            page = self.client.get("/audits/").content.decode()

        assert page.count("ORIS-AU-") >= 3
        assert len(three) <= len(one) <= 20
