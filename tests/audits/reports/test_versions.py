"""Versions of a report: what went out is kept, printed and superseded, and a final one is corrected openly."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from pypdf import PdfReader

from audits.engagements.models import Audit
from audits.findings import services as findings
from audits.reports import selectors, services
from audits.reports.models import ReportFile, ReportVersion
from audits.reports.services import ReportText
from iris.core import files
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import audits

TEXT = ReportText(summary="The system works.", strengths="Contracts are read aloud.")


class DraftVersionCase(AuditCase):
    state = "stage2"

    def test_each_sending_is_a_version_and_the_last_is_the_most_recent(self) -> None:
        audits.count_all(self.audit)
        finding = audits.finding("draft", self.audit)
        services.send_draft(audit_id=self.audit.pk, actor=self.lead, text=TEXT, ended_on=NOON.date())
        services.dispute_draft(
            audit_id=self.audit.pk, actor=self.speaker, disputes={finding.pk: "The contracts exist."}
        )
        findings.answer_disagreement(finding_id=finding.pk, actor=self.lead, answer="Two do not.")
        services.revise_draft(
            audit_id=self.audit.pk,
            actor=self.lead,
            reason="Finding 1 says more.",
            text=ReportText(summary="The system works, in part."),
        )

        report = selectors.report_of(self.audit)
        assert report is not None
        rows = selectors.versions_of(report)
        assert [(row.number, row.kind, row.reason) for row in rows] == [
            (2, "revised", "Finding 1 says more."),
            (1, "draft", ""),
        ]
        first = rows[1].content
        assert first["text"]["summary"] == "The system works."
        assert [(one["number"], one["disagreement"]) for one in first["findings"]] == [(1, "")]
        assert rows[0].content["findings"][0]["disagreement"] == "The contracts exist."
        assert rows[1].sha256 == selectors.fingerprint(first)


class FinalVersionCase(AuditCase):
    state = "reported"

    def correct(self, **more: object) -> ReportVersion:
        words = {"actor": self.lead, "reason": "A date was wrong.", "text": TEXT, **more}
        return services.correct_report(audit_id=self.audit.pk, **words)  # type: ignore[arg-type]

    def newest(self) -> ReportVersion:
        report = selectors.report_of(Audit.objects.get(pk=self.audit.pk))
        assert report is not None
        return selectors.versions_of(report)[0]

    def test_correct_report_keeps_the_recommendation_and_tells_both(self) -> None:
        before = self.newest()

        version = self.correct()

        assert (version.number, version.kind) == (before.number + 1, "corrected")
        assert version.content["recommendation"] == before.content["recommendation"]
        assert version.content["text"]["summary"] == "The system works."
        told = Notice.objects.filter(template="audits/report_corrected").values_list("user_id", flat=True)
        assert {self.speaker.pk, self.manager.pk} <= set(told)

    def test_correct_report_refusals(self) -> None:
        with pytest.raises(ReasonRequired):
            self.correct(reason=" ")
        with pytest.raises(NotPermitted):
            self.correct(actor=self.firm_manager)
        self.correct()
        with pytest.raises(BadInput, match="Nothing is different"):
            self.correct()

    def test_a_version_cannot_be_changed_or_deleted(self) -> None:
        version = self.newest()
        table = ReportVersion._meta.db_table
        for statement in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{statement} WHERE id = %s", [version.pk])

    def test_printed_report_says_what_the_version_says(self) -> None:
        version = self.newest()

        made = services.render_version(version_id=version.pk)
        again = services.render_version(version_id=version.pk)

        assert made.pk == again.pk
        assert ReportFile.objects.filter(version=version).count() == 1
        reader = PdfReader(BytesIO(files.read(made.file)))
        text = "".join(page.extract_text() for page in reader.pages)
        assert self.audit.number in text
        assert version.content["recommendation"]["label"] in text
        assert version.sha256[:40] in text.replace("\n", "")
        assert "/StructTreeRoot" in reader.trailer["/Root"]

    def test_version_is_read_by_those_who_read_the_audit(self) -> None:
        for person in (self.speaker, self.lead, self.manager):
            assert selectors.version_visible_to(person, self.audit, 1) is not None
        for person in (self.other_agency, self.other_lead, self.employer):
            assert selectors.version_visible_to(person, self.audit, 1) is None

    def test_version_page_asks_for_the_pdf_and_then_serves_it(self) -> None:
        self.client.force_login(self.speaker)
        path = f"/audits/{self.audit.pk}/report/versions/1/"
        assert self.client.get(path).status_code == 302
        services.render_version(version_id=selectors.version_visible_to(self.speaker, self.audit, 1).pk)  # type: ignore[union-attr]

        answer = self.client.get(path)

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        self.client.force_login(self.employer)
        assert self.client.get(path).status_code == 404


class NotFinalCase(AuditCase):
    state = "draft_report"

    def test_correct_report_before_it_is_final(self) -> None:
        with pytest.raises(TransitionRefused, match="Only a final report"):
            services.correct_report(audit_id=self.audit.pk, actor=self.lead, reason="x", text=TEXT)
