"""Evidence and its chain: hash, who, when, source, versions; nothing is changed, nothing is deleted (R33)."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction

from audits.fieldwork import selectors, services
from audits.fieldwork.models import Evidence, EvidenceWithdrawal, HashCheck
from audits.fieldwork.states import EvidenceSource, GivenBy
from iris.core import clocks, files
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from tests.audits.world import AuditCase
from tests.factories import audits, fieldwork


def photo(where: bytes = b"GPS 27.7172 85.3240 Kathmandu") -> bytes:
    """A small JPEG that says where it was taken, and that its right side is up."""
    from PIL import Image

    picture = Image.new("RGB", (24, 16), (200, 30, 40))
    notes = Image.Exif()
    notes[0x010E] = where.decode()
    notes[0x0112] = 6
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=notes, comment=b"taken by Maya")
    return made.getvalue() + b"hidden behind the end"


class EvidenceCase(AuditCase):
    state = "stage2"

    def redact(
        self, of: Evidence, text: bytes = b"Contract of [hidden].\n", reason: str = "Names of workers."
    ) -> Evidence:
        return services.redact_evidence(
            evidence_id=of.pk,
            actor=self.lead,
            upload=SimpleUploadedFile("hidden.txt", text, "text/plain"),
            reason=reason,
        )

    def test_evidence_keeps_the_hash_of_the_original(self) -> None:
        given = SimpleUploadedFile("list.txt", b"nine sub-agents\n", "text/plain")

        made = fieldwork.evidence(self.audit, audits.indicators(self.audit)[0], given)

        assert made.sha256 == hashlib.sha256(b"nine sub-agents\n").hexdigest()
        assert (made.taken_by, made.version, made.is_original) == (self.lead, 1, True)
        assert list(selectors.evidence_of(self.audit, audits.indicators(self.audit)[0])) == [made]
        assert not selectors.evidence_of(self.audit, audits.indicators(self.audit)[1])

    def test_evidence_kept_twice_is_one(self) -> None:
        for _press in range(2):
            fieldwork.evidence(
                self.audit, upload=SimpleUploadedFile("list.txt", b"nine sub-agents\n", "text/plain")
            )
        assert Evidence.objects.count() == 1

    def test_evidence_without_a_file_is_the_words(self) -> None:
        made = services.add_evidence(
            audit_id=self.audit.pk,
            actor=self.lead,
            evidence=fieldwork.words(
                source=EvidenceSource.OBSERVATION, note="The safe held forty passports."
            ),
        )
        assert files.read(made.file) == b"The safe held forty passports.\n"

    def test_evidence_refused_says_where_and_what_to_do(self) -> None:
        tomorrow = clocks.today() + timedelta(days=1)
        for words, field in (
            (fieldwork.words(title=" "), "title"),
            (fieldwork.words(source="rumour"), "source"),
            (fieldwork.words(given_by="Maya"), "given_by"),
            (fieldwork.words(taken_on=tomorrow), "taken_on"),
            (fieldwork.words(note=""), "file"),
            (fieldwork.words(source=EvidenceSource.PHOTO), "file"),
            (fieldwork.words(given_by=GivenBy.WORKER, open_as_it_is=True), "open_as_it_is"),
        ):
            with pytest.raises(BadInput) as refused:
                services.add_evidence(audit_id=self.audit.pk, actor=self.lead, evidence=words)
            assert list(refused.value.fields) == [field]
        assert not Evidence.objects.exists()

    def test_evidence_by_people_outside_the_team(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.add_evidence(audit_id=self.audit.pk, actor=person, evidence=fieldwork.words())

    def test_evidence_before_fieldwork(self) -> None:
        early = audits.audit("planned", lead=self.auditor)
        with pytest.raises(TransitionRefused):
            fieldwork.evidence(early)

    def test_evidence_cannot_be_altered(self) -> None:
        made = fieldwork.evidence(self.audit)
        services.withdraw_evidence(evidence_id=made.pk, actor=self.lead, reason="Belongs to another agency.")
        services.check_hash(evidence_id=made.pk, actor=self.lead)
        for table in (model._meta.db_table for model in (Evidence, EvidenceWithdrawal, HashCheck)):
            for statement in (
                f'UPDATE "{table}" SET created_at = now()',
                f'DELETE FROM "{table}"',
                f'TRUNCATE "{table}" CASCADE',
            ):
                with (
                    pytest.raises(DatabaseError),
                    transaction.atomic(),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(statement)

    def test_database_refuses_what_the_service_refuses(self) -> None:
        made = fieldwork.evidence(self.audit)
        base = {
            name: getattr(made, name)
            for name in ("audit", "file", "sha256", "title", "source", "given_by", "taken_on", "taken_by")
        }
        for wrong in (
            {"sha256": "abc"},
            {"title": ""},
            {"redaction_of": made, "version": 2},
            {"version": 2},
            {"source": EvidenceSource.WORKER, "open_as_it_is": True},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Evidence.objects.create(**{**base, **wrong})

    def test_hash_check_finds_an_altered_file(self) -> None:
        made = fieldwork.evidence(self.audit)
        assert services.check_hash(evidence_id=made.pk, actor=self.decider).matches

        path = Path(settings.IRIS_FILES_ROOT) / made.file.path
        path.write_bytes(path.read_bytes() + b" ")
        assert not services.check_hash(evidence_id=made.pk, actor=self.lead).matches

        path.unlink()
        gone = services.check_hash(evidence_id=made.pk, actor=self.lead)
        assert (gone.matches, gone.found) == (False, "")
        with pytest.raises(NotPermitted):
            services.check_hash(evidence_id=made.pk, actor=self.speaker)

    def test_redacted_version_is_what_others_get(self) -> None:
        made = fieldwork.evidence(self.audit, source=EvidenceSource.WORKER, given_by=GivenBy.WORKER)
        assert selectors.shared_version(made) is None

        second = self.redact(made)
        third = self.redact(second, b"Contract of [hidden] with [hidden].\n")

        assert (third.version, third.redaction_of) == (3, made)
        assert selectors.shared_version(made) == third
        services.withdraw_evidence(evidence_id=third.pk, actor=self.lead, reason="A name was left in it.")
        assert selectors.shared_version(Evidence.objects.get(pk=made.pk)) == second

    def test_redacted_version_needs_a_reason_and_another_file(self) -> None:
        made = fieldwork.evidence(self.audit)
        with pytest.raises(ReasonRequired):
            self.redact(made, reason=" ")
        with pytest.raises(BadInput) as refused:
            self.redact(made, files.read(made.file))
        assert "byte for byte" in str(refused.value.fields["file"][0])

    def test_withdrawn_once_with_a_reason(self) -> None:
        made = fieldwork.evidence(self.audit)
        with pytest.raises(ReasonRequired):
            services.withdraw_evidence(evidence_id=made.pk, actor=self.lead, reason="")
        services.withdraw_evidence(evidence_id=made.pk, actor=self.lead, reason="Another agency's.")
        with pytest.raises(Conflict):
            services.withdraw_evidence(evidence_id=made.pk, actor=self.lead, reason="Again.")
        assert not selectors.evidence_of(self.audit)
        with pytest.raises(TransitionRefused):
            self.redact(made)

    def test_files_are_read_by_the_team_and_only_shared_versions_by_others(self) -> None:
        made = fieldwork.evidence(self.audit, source=EvidenceSource.WORKER, given_by=GivenBy.WORKER)
        second = self.redact(made)
        expected = {
            "lead": (200, 200),
            "decider": (404, 200),
            "firm_manager": (404, 200),
            "speaker": (404, 404),
            "contributor": (404, 404),
            "other_lead": (404, 404),
            "employer": (404, 404),
            "other_agency": (404, 404),
        }
        for name, statuses in expected.items():
            self.client.force_login(self.people()[name])
            for row, status in zip((made, second), statuses, strict=True):
                answer = self.client.get(f"/audits/{self.audit.pk}/evidence/{row.pk}/file/")
                assert answer.status_code == status, (name, row.version)

    def test_pages_are_closed_to_the_agency(self) -> None:
        made = fieldwork.evidence(self.audit)
        urls = (f"/audits/{self.audit.pk}/evidence/", made.get_absolute_url())
        for person, status in (
            (self.speaker, 404),
            (self.other_lead, 404),
            (self.decider, 200),
            (self.lead, 200),
        ):
            self.client.force_login(person)
            for url in urls:
                assert self.client.get(url).status_code == status
        text = self.client.get(made.get_absolute_url()).content.decode()
        assert made.sum_line in text

    def test_photo_is_shown_without_what_the_camera_wrote(self) -> None:
        raw = photo()
        made = fieldwork.evidence(
            self.audit,
            upload=SimpleUploadedFile("gate.jpg", raw, "image/jpeg"),
            source=EvidenceSource.PHOTO,
        )
        assert made.sha256 == hashlib.sha256(raw).hexdigest()
        assert made.shown is not None
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/evidence/{made.pk}/file/"
        seen = self.client.get(url).content
        assert (b"Kathmandu" in raw, b"Kathmandu" in seen, b"Maya" in seen, b"hidden" in seen) == (
            True,
            False,
            False,
            False,
        )
        assert self.client.get(f"{url}?as=original").content == raw

    def test_evidence_from_the_desk_in_two_steps(self) -> None:
        first = audits.indicators(self.audit)[0]
        self.client.force_login(self.lead)
        desk = f"/audits/{self.audit.pk}/stage-2/{first.criterion.principle.code}/"

        asked = self.client.post(desk, {"evidence": first.code})
        done = self.client.post(
            asked["Location"],
            {
                "file": SimpleUploadedFile("list.txt", b"nine\n", "text/plain"),
                "title": "List of sub-agents",
                "source": "agency",
                "given_by": "management",
                "taken_on": str(clocks.today()),
            },
        )

        assert done["Location"] == f"{desk}#{first.code}"
        assert "List of sub-agents" in self.client.get(desk).content.decode()
