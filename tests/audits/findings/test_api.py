"""Findings by machine: the agency reads what was issued and answers it; nobody raises, grades or closes by key."""

from __future__ import annotations

from audits.findings.models import Finding
from tests.audits.world import AuditCase
from tests.factories import audits
from tests.factories.machines import machine

PLAN = {
    "root_cause": "Nobody was responsible for the list of sub-agents.",
    "correction": "Both sub-agents signed the contract.",
    "action": "The compliance manager approves every sub-agent before the first job order.",
    "prevention": "The list is compared with payments every month.",
    "owner": "Compliance manager",
    "due_on": "2026-11-21",
}


class FindingsByMachineTest(AuditCase):
    state = "stage2"
    draft: Finding
    issued: Finding

    @classmethod
    def build(cls) -> None:
        super().build()
        indicators = audits.indicators(cls.audit)
        cls.draft = audits.finding("draft", cls.audit, indicator=indicators[0])
        cls.issued = audits.finding("issued", cls.audit, indicator=indicators[1])

    def test_the_agency_reads_what_was_issued_and_the_firm_drafts_too(self) -> None:
        agency, firm = machine(self.speaker, "read:audits"), machine(self.lead, "read:audits")
        seen = {row["id"] for row in agency.get("/api/v1/findings/").json()["results"]}
        assert seen == {str(self.issued.pk)}
        assert agency.get(f"/api/v1/findings/{self.draft.pk}/").status_code == 404
        rows = firm.get("/api/v1/findings/", {"state": "draft"}).json()["results"]
        assert [row["id"] for row in rows] == [str(self.draft.pk)]

    def test_a_plan_is_sent_once_and_its_missing_parts_are_named(self) -> None:
        client = machine(self.speaker, "read:audits", "write:audits")
        url = f"/api/v1/findings/{self.issued.pk}/plan/"
        late = client.post(url, {**PLAN, "due_on": "2026-11-20"}, format="json")
        assert (late.status_code, list(late.json()["errors"])) == (422, ["due_on"])
        sent = client.post(url, PLAN, format="json")
        assert (sent.status_code, sent.json()["state"]) == (200, "answered")
        assert [one["root_cause"] for one in sent.json()["actions"]] == [PLAN["root_cause"]]
        assert client.post(url, PLAN, format="json").status_code == 409

    def test_the_audit_firm_does_not_answer_for_the_agency(self) -> None:
        client = machine(self.lead, "read:audits", "write:audits")
        answer = client.post(f"/api/v1/findings/{self.issued.pk}/plan/", PLAN, format="json")
        assert answer.status_code == 403
        assert Finding.objects.get(pk=self.issued.pk).state == "issued"

    def test_answers_of_a_declared_assessment_are_read_and_not_written(self) -> None:
        client = machine(self.speaker, "read:certification", "write:certification")
        url = f"/api/v1/assessments/{self.audit.application.assessment_id}/answers/"
        answers = client.get(url).json()
        assert (answers["state"], len(answers["results"]) > 50) == ("frozen", True)
        first = answers["results"][0]
        body = {"version": first["version"], "comment": "Written by a machine."}
        assert client.patch(f"{url}{first['indicator']}/", body, format="json").status_code == 409

    def test_nothing_raises_grades_or_closes(self) -> None:
        client = machine(self.lead, every=True)
        assert client.post("/api/v1/findings/", {}, format="json").status_code == 405
        for act in ("close", "grade", "verify", "withdraw"):
            assert (
                client.post(f"/api/v1/findings/{self.issued.pk}/{act}/", {}, format="json").status_code == 404
            )
