"""A whole case as an archive: what its reader may see, with hashes that other software confirms."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings

from audits.findings import services as findings
from audits.reports import selectors, services
from audits.reports.models import CaseExport
from certification.applications.models import Application
from iris.accounts.models import Membership, User
from iris.core import files, outbox
from iris.core.errors import Conflict, NotPermitted
from iris.notify.models import Notice
from tests.audits.world import NOON, AuditCase
from tests.factories import audits


class ExportCase(AuditCase):
    state = "reported"

    def export(self, reader: User) -> zipfile.ZipFile:
        asked = services.ask_for_export(application_id=self.audit.application_id, actor=reader)
        made = services.make_export(export_id=asked.pk)
        assert made.file is not None
        return zipfile.ZipFile(io.BytesIO(files.read(made.file)))

    def test_archive_holds_the_case_and_its_index_agrees(self) -> None:
        report = selectors.report_of(self.audit)
        assert report is not None
        services.render_version(version_id=selectors.versions_of(report)[-1].pk)
        book = self.export(self.manager)

        names = set(book.namelist())
        root = f"3-audits/{self.audit.number}"
        assert {
            "1-application/application.json",
            "2-self-assessment/answers.csv",
            "2-self-assessment/ledger.csv",
            f"{root}/findings.csv",
            f"{root}/independence.json",
            f"{root}/report-1.json",
            f"{root}/report-1.pdf",
            "5-messages/messages.csv",
            "5-messages/events.csv",
            "6-trace/trace.json",
            "index.html",
            "index.json",
            "SHA256SUMS",
        } <= names
        listed = {row["path"] for row in json.loads(book.read("index.json")) if not row["left_out"]}
        assert listed == names - {"index.html", "index.json", "SHA256SUMS"}
        answers = list(
            csv.reader(io.StringIO(book.read("2-self-assessment/answers.csv").decode("utf-8-sig")))
        )
        assert len(answers) == 1 + self.audit.assessment.answers.count()

    @pytest.mark.skipif(
        shutil.which("sha256sum") is None, reason="sha256sum is not here to confirm the hashes"
    )
    def test_hashes_are_those_that_sha256sum_computes(self) -> None:
        book = self.export(self.manager)
        with TemporaryDirectory() as folder:
            book.extractall(folder)
            run = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
            assert subprocess.run(run, cwd=folder, check=False).returncode == 0
            changed = Path(folder) / "1-application" / "application.json"
            changed.write_bytes(changed.read_bytes() + b" ")
            assert subprocess.run(run, cwd=folder, check=False, capture_output=True).returncode == 1

    def test_lost_file_is_named_and_the_rest_is_there(self) -> None:
        report = selectors.report_of(self.audit)
        assert report is not None
        kept = services.render_version(version_id=selectors.versions_of(report)[-1].pk).file
        (Path(settings.IRIS_FILES_ROOT) / kept.path).unlink()

        book = self.export(self.manager)

        lost = {row["sha256"]: row["left_out"] for row in json.loads(book.read("index.json"))}
        assert "not in the store" in lost[kept.sha256]
        assert kept.sha256.encode() not in book.read("SHA256SUMS")

    def test_agency_gets_its_own_side_only(self) -> None:
        drafted = audits.finding("draft", audits.audit("stage2"))
        book = self.export(self.speaker)

        whole = b"".join(book.read(name) for name in book.namelist())
        assert "5-messages/events.csv" not in book.namelist()
        assert f"3-audits/{self.audit.number}/independence.json" not in book.namelist()
        assert b"For the scheme only" not in whole
        assert drafted.title.encode() not in whole

    def test_export_asked_twice_while_it_is_made(self) -> None:
        services.ask_for_export(application_id=self.audit.application_id, actor=self.speaker)
        with pytest.raises(Conflict, match="being made"):
            services.ask_for_export(application_id=self.audit.application_id, actor=self.speaker)

    def test_export_job_tells_the_person_once(self) -> None:
        services.ask_for_export(application_id=self.audit.application_id, actor=self.speaker)
        outbox.run_all()
        made = CaseExport.objects.get(asked_by=self.speaker)
        services.make_export(export_id=made.pk)

        assert made.files_inside > 5
        assert Notice.objects.filter(user=self.speaker, template="audits/export_ready").count() == 1

    def test_export_for_somebody_who_left(self) -> None:
        asked = services.ask_for_export(application_id=self.audit.application_id, actor=self.speaker)
        Membership.objects.filter(user=self.speaker).update(active=False, ended_at=NOON)

        left = services.make_export(export_id=asked.pk)

        assert left.file is None
        assert "no longer acts" in left.problem

    def test_who_may_ask(self) -> None:
        with pytest.raises(NotPermitted):
            services.ask_for_export(application_id=self.audit.application_id, actor=self.contributor)
        for stranger in (self.other_agency, self.other_lead, self.employer):
            with pytest.raises(Application.DoesNotExist):
                services.ask_for_export(application_id=self.audit.application_id, actor=stranger)

    def test_one_organisation_does_not_fetch_what_another_asked_for(self) -> None:
        self.export(self.manager)
        made = CaseExport.objects.get()
        self.client.force_login(self.speaker)

        assert not selectors.exports_visible_to(self.speaker).exists()
        assert self.client.get(f"/exports/{made.pk}/").status_code == 404
        self.client.force_login(self.manager)
        assert self.client.get(f"/exports/{made.pk}/")["Content-Type"] == "application/zip"

    def test_page_of_exports(self) -> None:
        self.client.force_login(self.speaker)
        path = f"/applications/{self.audit.application_id}/exports/"
        assert self.client.post(path).status_code == 302
        assert b"is being made" in self.client.get(path).content
        self.client.force_login(self.employer)
        assert self.client.get(path).status_code == 404


class DisputedCase(AuditCase):
    state = "draft_report"

    def test_messages_hold_every_turn_with_who_said_it(self) -> None:
        finding = audits.finding("issued", self.audit)
        findings.disagree(finding_id=finding.pk, actor=self.speaker, reason="The contracts exist.")
        findings.answer_disagreement(finding_id=finding.pk, actor=self.lead, answer="=Two do not.")
        asked = services.ask_for_export(application_id=self.audit.application_id, actor=self.manager)
        made = services.make_export(export_id=asked.pk)

        assert made.file is not None
        book = zipfile.ZipFile(io.BytesIO(files.read(made.file)))
        lines = list(csv.reader(io.StringIO(book.read("5-messages/messages.csv").decode("utf-8-sig"))))
        said = [(who, text) for _at, who, about, text in lines if about == f"Finding {finding.number}"]
        assert said[0] == (self.speaker.label, "The contracts exist.")
        assert said[1][0] == self.lead.label
        assert said[1][1].endswith("Two do not.")
        assert not said[1][1].startswith("=")
