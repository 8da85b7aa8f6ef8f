"""Draft, dispute, final report and recommendation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audits.engagements.models import Audit
from audits.findings import services as findings
from audits.findings.models import Finding
from audits.reports import selectors, services
from audits.reports.models import Report
from audits.reports.services import ReportText
from certification.applications.models import Application
from certification.decisions.selectors import barred
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import audits

TODAY = NOON.date()
TEXT = ReportText(summary="The system works.")


class DraftCase(AuditCase):
    state = "stage2"

    def send(self, **more: object) -> Report:
        words = {"actor": self.lead, "text": TEXT, "ended_on": TODAY, **more}
        return services.send_draft(audit_id=self.audit.pk, **words)  # type: ignore[arg-type]

    def test_draft_issues_the_drafted_findings(self) -> None:
        audits.count_all(self.audit)
        finding = audits.finding("draft", self.audit)

        self.send()

        assert Finding.objects.get(pk=finding.pk).state == "issued"
        assert Notice.objects.filter(user=self.speaker, template="audits/draft_report").exists()

    def test_draft_with_a_last_day_in_the_future(self) -> None:
        audits.count_all(self.audit)

        with pytest.raises(BadInput) as refused:
            self.send(ended_on=TODAY + timedelta(days=1))
        assert "ended_on" in refused.value.fields

    def test_draft_by_the_firm_manager(self) -> None:
        audits.count_all(self.audit)

        with pytest.raises(NotPermitted):
            self.send(actor=self.firm_manager)


class ReportCase(AuditCase):
    state = "draft_report"

    def agree(self) -> None:
        services.agree_draft(audit_id=self.audit.pk, actor=self.speaker)

    def final(self, outcome: str = "grant") -> Report:
        return services.send_final(
            audit_id=self.audit.pk, actor=self.lead, outcome=outcome, recommendation="It works."
        )

    def test_final_hands_over_the_recommendation(self) -> None:
        self.agree()
        self.final()

        application = Application.objects.get(pk=self.audit.application_id)
        assert application.state == "recommended"
        recommendation = application.recommendation
        assert recommendation is not None
        assert (recommendation["outcome"], recommendation["open_critical"], recommendation["open_major"]) == (
            "grant",
            0,
            0,
        )
        assert recommendation["audited_by"] == [str(self.lead.pk)]
        assert self.again().state == "reported"

    def test_final_bars_the_whole_team(self) -> None:
        second = audits.auditor(self.audit.firm, lead=False)
        self.audit.team.create(auditor=second, role="auditor")
        self.agree()
        self.final()

        for person in (self.lead, second.person):
            assert [bar.kind for bar in barred(self.audit.agency, person)] == ["audited"]
        application = Application.objects.get(pk=self.audit.application_id)
        assert application.recommendation is not None
        assert set(application.recommendation["audited_by"]) == {str(self.lead.pk), str(second.person_id)}

    def test_grant_with_an_open_critical_or_major_names_them(self) -> None:
        audits.finding("issued", self.audit, "critical")
        audits.finding("evidence_sent", self.audit, "major")
        audits.finding("issued", self.audit, "minor")
        self.agree()

        with pytest.raises(TransitionRefused) as refused:
            self.final()

        assert refused.value.code == "grant_refused"
        assert [str(text).partition(" is ")[0] for text in refused.value.missing] == [
            "Finding 1",
            "Finding 2",
        ]
        assert Application.objects.get(pk=self.audit.application_id).state == "under_audit"

    def test_refuse_with_an_open_critical(self) -> None:
        audits.finding("issued", self.audit, "critical")
        self.agree()

        self.final("refuse")

        recommendation = Application.objects.get(pk=self.audit.application_id).recommendation
        assert recommendation is not None
        assert recommendation["open_critical"] == 1

    def test_grant_after_the_findings_are_closed(self) -> None:
        audits.finding("closed", self.audit, "critical")
        audits.finding("withdrawn", self.audit, "major")
        self.agree()

        assert self.final().outcome == "grant"

    def test_grant_long_after_stage_2(self) -> None:
        self.agree()

        with clocks.freeze(NOON + timedelta(days=190)), pytest.raises(TransitionRefused) as refused:
            self.final()
        assert "6 months" in str(refused.value.missing[0])

    def test_final_waits_for_the_agency_or_its_time(self) -> None:
        with pytest.raises(TransitionRefused) as refused:
            self.final()
        assert "1 December 2026" in str(refused.value.missing[0])

        with clocks.freeze(NOON + timedelta(days=11)):
            assert self.final().outcome == "grant"

    def test_final_without_words(self) -> None:
        self.agree()

        with pytest.raises(BadInput) as refused:
            services.send_final(audit_id=self.audit.pk, actor=self.lead, outcome="", recommendation=" ")
        assert set(refused.value.fields) == {"outcome", "recommendation"}

    def test_final_by_anyone_but_the_lead(self) -> None:
        self.agree()
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.send_final(
                        audit_id=self.audit.pk, actor=person, outcome="grant", recommendation="It works."
                    )

    def test_answer_twice(self) -> None:
        self.agree()

        with pytest.raises(Conflict):
            self.agree()

    def test_dispute_needs_a_finding_and_its_reason(self) -> None:
        finding = audits.finding("issued", self.audit)

        with pytest.raises(BadInput):
            services.dispute_draft(audit_id=self.audit.pk, actor=self.speaker, disputes={finding.pk: " "})
        with pytest.raises(NotPermitted):
            services.dispute_draft(
                audit_id=self.audit.pk, actor=self.contributor, disputes={finding.pk: "No."}
            )

    def test_dispute_is_answered_before_the_draft_goes_again(self) -> None:
        finding = audits.finding("issued", self.audit)
        services.dispute_draft(
            audit_id=self.audit.pk, actor=self.speaker, disputes={finding.pk: "See annex 3."}
        )
        assert self.again().state == "disputed"

        def revise(reason: str = "Annex 3 was read.") -> Report:
            return services.revise_draft(audit_id=self.audit.pk, actor=self.lead, reason=reason, text=TEXT)

        with pytest.raises(TransitionRefused):
            revise()
        findings.answer_disagreement(
            finding_id=finding.pk, actor=self.lead, answer="Annex 3 is of last year."
        )
        with pytest.raises(ReasonRequired):
            revise("")
        assert revise().agency_answer == ""
        assert self.again().state == "draft_report"

    def test_report_page_hides_the_note_for_the_scheme(self) -> None:
        self.agree()
        services.send_final(
            audit_id=self.audit.pk,
            actor=self.lead,
            outcome="grant",
            recommendation="Good.",
            scheme_note="Watch them.",
        )
        for person, seen in ((self.speaker, False), (self.manager, True), (self.lead, True)):
            self.client.force_login(person)
            page = self.client.get(f"/audits/{self.audit.pk}/report/").content.decode()
            assert ("Watch them." in page) is seen
        for person in (self.employer, self.other_agency, self.other_lead):
            self.client.force_login(person)
            assert self.client.get(f"/audits/{self.audit.pk}/report/").status_code == 404

    def test_pages_agree_and_conclude(self) -> None:
        self.client.force_login(self.speaker)
        assert (
            "Say that the facts are right"
            in self.client.get(f"/audits/{self.audit.pk}/report/").content.decode()
        )
        self.client.post(f"/audits/{self.audit.pk}/report/agree/", {"comment": ""})
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/report/conclude/"
        assert self.client.post(url, {"outcome": "grant"}).status_code == 422
        self.client.post(url, {"outcome": "grant", "recommendation": "It works."})

        assert self.again().state == "reported"

    def test_dispute_page_disputes(self) -> None:
        finding = audits.finding("issued", self.audit)
        self.client.force_login(self.speaker)
        url = f"/audits/{self.audit.pk}/report/dispute/"

        assert self.client.post(url, {}).status_code == 422
        self.client.post(url, {f"finding-{finding.number}": "See annex 3."})

        assert self.again().state == "disputed"

    def test_case_page_shows_the_audit_to_its_readers(self) -> None:
        for person in (self.speaker, self.lead, self.manager):
            self.client.force_login(person)
            page = self.client.get(f"/applications/{self.audit.application_id}/").content.decode()
            assert self.audit.number in page

    def test_move_is_the_agencys_then_the_leads(self) -> None:
        assert selectors.move_for(self.again(), self.speaker).yours
        self.agree()
        assert selectors.move_for(self.again(), self.lead).yours
        assert [todo.waiting for todo in selectors.todos_for(self.lead)] == [False]
        audits.finding("issued", self.audit)
        assert selectors.move_for(self.again(), self.speaker).yours
        assert Audit.objects.count() == 1
