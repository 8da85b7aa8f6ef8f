"""Signs of forced labour: what was seen, on what it rests, what is done next; never a verdict (R99)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction

from audits.fieldwork import rules, selectors, services
from audits.fieldwork.models import SignRecord
from audits.fieldwork.services import SignEntry
from audits.fieldwork.states import NOT_A_VERDICT, Seen
from certification.standard.models import Indicator
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted
from tests.audits.world import AuditCase
from tests.factories import audits, fieldwork

VERDICT = re.compile(
    r"forced labou?r(?::|\s+(?:is|was|found|exists|confirmed|likely|yes|no\b))|(?:is|was|no|found)\s+forced labou?r|"
    r"\b\d+ (?:of 11|signs? (?:seen|found))|score|total|probab|risk level",
    re.I,
)


def said_without_the_disclaimer(page: str) -> str:
    """The words of the page's main part, without the sentence that says what it is not."""
    main = page[page.index("<main") : page.index("</main>")]
    text = re.sub(r"<[^>]+>", " ", main)
    return re.sub(r"\s+", " ", text).replace(str(NOT_A_VERDICT), "")


class SignCase(AuditCase):
    state = "stage2"

    def write(self, sign: str = "7", entry: SignEntry | None = None) -> SignRecord:
        return services.record_sign(
            audit_id=self.audit.pk,
            actor=self.lead,
            sign=sign,
            entry=entry or fieldwork.sign_entry(fieldwork.evidence(self.audit)),
        )

    def test_eleven_signs_with_their_indicators(self) -> None:
        rows = selectors.signs_of(self.audit)

        assert [row.sign.code for row in rows] == [str(number) for number in range(1, 12)]
        assert all(row.indicators for row in rows)
        passports = next(row for row in rows if row.sign.code == "7")
        assert [one.code for one in passports.indicators] == ["2.1.1", "2.1.3"]

    def test_sign_seen_without_what_is_asked(self) -> None:
        piece = fieldwork.evidence(self.audit)
        for entry, field in (
            (fieldwork.sign_entry(), "evidence"),
            (fieldwork.sign_entry(piece, saw=" "), "saw"),
            (fieldwork.sign_entry(piece, next_step=""), "next_step"),
            (fieldwork.sign_entry(piece, owner=""), "owner"),
            (fieldwork.sign_entry(piece, due_on=None), "due_on"),
            (fieldwork.sign_entry(piece, due_on=clocks.today() - timedelta(days=1)), "due_on"),
            (SignEntry("perhaps"), "seen"),
        ):
            with pytest.raises(BadInput) as refused:
                self.write(entry=entry)
            assert list(refused.value.fields) == [field]
        with pytest.raises(IntegrityError), transaction.atomic():
            SignRecord.objects.create(audit=self.audit, sign="7", version=1, seen=Seen.YES, author=self.lead)

    def test_evidence_of_another_audit_or_withdrawn(self) -> None:
        gone = fieldwork.evidence(self.audit)
        services.withdraw_evidence(evidence_id=gone.pk, actor=self.lead, reason="Belongs elsewhere.")
        with pytest.raises(BadInput) as refused:
            self.write(entry=fieldwork.sign_entry(gone))
        assert list(refused.value.fields) == ["evidence"]

    def test_words_that_state_a_verdict_are_refused(self) -> None:
        piece = fieldwork.evidence(self.audit)
        for words in (
            "This is forced labour.",
            "No forced labor was found.",
            "It amounts to bonded labour.",
            "A clear case of forced labour",
            "modern slavery",
        ):
            assert rules.states_a_verdict(words), words
            with pytest.raises(BadInput) as refused:
                self.write(entry=fieldwork.sign_entry(piece, saw=words))
            assert list(refused.value.fields) == ["saw"]
        for words in (
            "Staff had a course on the signs of forced labour.",
            "The ban on forced labour hangs in the hall.",
            "Forty passports lay in the safe.",
        ):
            assert not rules.states_a_verdict(words), words

    def test_versions_stay_and_the_same_once_more_is_nothing(self) -> None:
        piece = fieldwork.evidence(self.audit)
        first = self.write(entry=fieldwork.sign_entry(piece))
        assert self.write(entry=fieldwork.sign_entry(piece)) == first

        second = self.write(entry=SignEntry(Seen.NO, "Workers hold their papers.", base=1))

        assert (second.version, second.next_step, second.due_on) == (2, "", None)
        assert [one.version for one in selectors.history_of(self.audit, "7")] == [2, 1]
        with pytest.raises(Conflict):
            self.write(entry=SignEntry(Seen.NO, "Other words.", base=1))

    def test_draft_report_asks_for_a_critical_finding_or_a_reason(self) -> None:
        assert selectors.missing_for_draft(self.audit) == []
        piece = fieldwork.evidence(self.audit)
        self.write(entry=fieldwork.sign_entry(piece))
        [left] = selectors.missing_for_draft(self.audit)
        assert "Papers are kept back" in left

        self.write(
            entry=fieldwork.sign_entry(piece, why_no_critical="Given back the same day; see finding 2.")
        )
        assert selectors.missing_for_draft(self.audit) == []

        self.write(entry=fieldwork.sign_entry(piece))
        passports = Indicator.objects.get(
            code="2.1.1", criterion__principle__edition=self.audit.application.assessment.edition
        )
        audits.finding("draft", self.audit, "critical")
        assert selectors.missing_for_draft(self.audit)
        audits.finding("draft", self.audit, "critical", passports)
        assert selectors.missing_for_draft(self.audit) == []

    def test_no_output_gives_a_verdict(self) -> None:
        fields = {
            field.name
            for field in SignRecord._meta.get_fields()
            if isinstance(field, models.Field) and not field.is_relation
        }
        assert fields == {
            "id",
            "created_at",
            "sign",
            "version",
            "seen",
            "saw",
            "next_step",
            "step_text",
            "owner",
            "due_on",
            "why_no_critical",
        }
        piece = fieldwork.evidence(self.audit)
        for sign in rules.sign_list().signs:
            self.write(sign.code, fieldwork.sign_entry(piece))
        base = f"/audits/{self.audit.pk}"
        self.client.force_login(self.lead)
        for url in (f"{base}/signs/", f"{base}/signs/7/"):
            page = self.client.get(url).content.decode()
            assert str(NOT_A_VERDICT) in page
            assert not VERDICT.search(said_without_the_disclaimer(page)), url
        table = self.client.get(f"{base}/signs/table.csv").content.decode()
        assert table.splitlines()[0].lstrip("\ufeff").strip('"') == str(NOT_A_VERDICT)
        assert not VERDICT.search(table.replace(str(NOT_A_VERDICT), ""))
        card = said_without_the_disclaimer(self.client.get(f"{base}/stage-2/").content.decode())
        assert "not a verdict" in card

    def test_verdict_pattern_can_find_one(self) -> None:
        for words in ("Forced labour: yes", "forced labour was found", "7 of 11", "Risk level: high"):
            assert VERDICT.search(words)

    def test_table_holds_no_formula(self) -> None:
        piece = fieldwork.evidence(self.audit)
        self.write(entry=fieldwork.sign_entry(piece, saw="=HYPERLINK(1)"))
        assert "'=HYPERLINK(1)" in selectors.signs_csv(self.audit)

    def test_signs_by_people_outside_the_team(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.record_sign(
                        audit_id=self.audit.pk, actor=person, sign="7", entry=SignEntry(Seen.NO)
                    )
        for person, status in ((self.speaker, 404), (self.other_lead, 404), (self.decider, 200)):
            self.client.force_login(person)
            assert self.client.get(f"/audits/{self.audit.pk}/signs/").status_code == status
            assert self.client.get(f"/audits/{self.audit.pk}/signs/table.csv").status_code == status

    def test_sign_page_keeps_what_was_typed(self) -> None:
        piece = fieldwork.evidence(self.audit)
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/signs/7/"

        wrong = self.client.post(url, {"seen": "yes", "saw": "Forty passports.", "base": "0"})
        assert wrong.status_code == 422
        assert "Forty passports." in wrong.content.decode()

        right = self.client.post(
            url,
            {
                "seen": "yes",
                "saw": "Forty passports.",
                "evidence": str(piece.pk),
                "next_step": "refer",
                "owner": "Lead auditor",
                "due_on": str(clocks.today()),
                "base": "0",
            },
        )
        assert right.status_code == 302
        assert SignRecord.objects.get().evidence.get() == piece
