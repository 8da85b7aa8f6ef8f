"""What must not pass: other audits' kits, edited ids, old bases, broken files. Told with its cell; nothing is lost."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from audits.engagements.models import Audit, IndicatorNote
from audits.engagements.states import Stage
from audits.findings import services as findings
from audits.findings.models import Finding
from audits.kits import selectors, services
from audits.kits.models import Kit, KitReturn
from audits.kits.selectors.workbook import SIGNER
from audits.kits.states import Verdict
from iris.core import workbooks
from iris.core.errors import BadInput, Conflict, DomainError, NotPermitted, TransitionRefused
from iris.core.workbooks import WorkbookRefused
from tests.audits.world import AuditCase
from tests.factories import audits, kits

pytestmark = pytest.mark.django_db


class HostileCase(AuditCase):
    state = "stage2"

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.codes = [one.code for one in audits.indicators(cls.audit)[:6]]
        cls.kit = kits.kit(cls.audit)
        cls.book = selectors.workbook(cls.kit)

    codes: list[str]
    kit: Kit
    book: bytes

    def tearDown(self) -> None:
        """Whatever came: nothing was written into the audit."""
        assert not IndicatorNote.objects.filter(stage=Stage.SITE).exclude(versions__origin="desk").exists()
        super().tearDown()

    def give(self, data: bytes) -> KitReturn:
        return kits.given_back(self.kit, data, self.lead)

    def refused(self, data: bytes) -> str:
        """The sentences of a refusal."""
        with pytest.raises(BadInput) as error:
            self.give(data)
        if isinstance(error.value, WorkbookRefused):
            return "\n".join(str(cell) for cell in error.value.cells)
        return "\n".join(str(text) for texts in error.value.fields.values() for text in texts)

    def edited(self, edit: kits.Edit) -> bytes:
        return kits.edited(self.book, edit)

    # -- whose it is --------------------------------------------------------------------------------------

    def test_kit_of_another_audit(self) -> None:
        other = audits.audit("stage2", lead=self.auditor)
        data = selectors.workbook(kits.kit(other))
        assert f"belongs to audit {other.number}" in self.refused(data)
        assert not KitReturn.objects.exists()

    def test_kit_of_another_audit_that_the_person_may_not_see(self) -> None:
        other = audits.audit("stage2")
        said = self.refused(selectors.workbook(kits.kit(other)))
        assert "belongs to another audit" in said
        assert other.number not in said

    def test_edited_row_id(self) -> None:
        def edit(book: Any) -> None:
            sheet = book["Ratings"]
            sheet["A7"] = "0123456789"
            kits.write(book, "Ratings", self.codes[0], {"Note": "Not to be lost."})

        said = self.refused(self.edited(edit))
        assert "“Ratings”, cell A7" in said
        assert "0123456789" in said
        [kept] = KitReturn.objects.all()
        assert (kept.verdict, kept.file.size > 0) == (Verdict.REFUSED, True)
        assert Kit.objects.get(pk=self.kit.pk).state == "out"

    def test_row_id_of_another_sheet(self) -> None:
        def edit(book: Any) -> None:
            book["Findings"]["A4"] = book["Ratings"]["A4"].value

        assert "“Findings”, cell A4" in self.refused(self.edited(edit))

    def test_row_copied(self) -> None:
        def edit(book: Any) -> None:
            book["Findings"]["A5"] = book["Findings"]["A4"].value

        said = self.refused(self.edited(edit))
        assert "cell A5" in said
        assert "stands twice: here and in A4" in said

    def test_hidden_sheet_removed(self) -> None:
        assert "hidden sheet was deleted" in self.refused(
            self.edited(lambda book: book.remove(book["_iris"]))
        )

    def test_signature_changed(self) -> None:
        def edit(book: Any) -> None:
            book["_iris"]["A1"] = "x" + str(book["_iris"]["A1"].value)[1:]

        assert "hidden sheet of this workbook was changed" in self.refused(self.edited(edit))

    def test_signed_rows_changed(self) -> None:
        def edit(book: Any) -> None:
            sheet = book["_iris"]
            sheet["A2"] = sheet["A2"].value.replace(self.codes[0], self.codes[1], 1)

        assert "hidden sheet of this workbook was changed" in self.refused(self.edited(edit))

    def test_kit_that_is_not_known_here(self) -> None:
        def edit(book: Any) -> None:
            sheet = book["_iris"]
            body = "".join(str(row[0].value) for row in sheet.iter_rows(min_row=2, max_col=1))
            body = body.replace(str(self.kit.pk), "0198a5c3-0000-7000-8000-000000000000")
            sheet.delete_rows(1, sheet.max_row)
            sheet["A1"], sheet["A2"] = SIGNER.signature(body), body

        assert "not known here" in self.refused(self.edited(edit))

    # -- what kind of file it is ---------------------------------------------------------------------------

    def test_files_that_are_no_kit(self) -> None:
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * 80_000_000)
        other = io.BytesIO()
        Workbook().save(other)
        for data, said in (
            (b"", "is empty"),
            (b"code,rating\n1,meets\n", "is a text file"),
            (b"%PDF-1.7 no", "is not a file we can take"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
            (b"PK\x03\x04 cut", "is not a file we can take"),
            (bomb.getvalue(), "is not a file we can take"),
            (other.getvalue(), "not a kit that was downloaded here"),
            (self.book[: len(self.book) // 2], "is not a file we can take"),
        ):
            assert said in self.refused(data), said

    def test_file_too_large_and_unpacking_to_too_much(self) -> None:
        assert "stays below 5 MB" in self.refused(self.book + b"0" * 5_300_000)
        with pytest.raises(BadInput, match="unpacks to"):
            workbooks.opened(self.book, max_unzipped=1_000)

    def test_giant_sheet(self) -> None:
        def edit(book: Any) -> None:
            book["Ratings"]["A900000"] = "far away"

        assert "more than 3,000 rows" in self.refused(self.edited(edit))

    def test_too_many_sheets(self) -> None:
        assert "sheets" in self.refused(self.edited(lambda book: [book.create_sheet() for _n in range(70)]))

    def test_sheet_or_heading_gone(self) -> None:
        assert "Sheet “Findings”: the sheet is missing" in self.refused(
            self.edited(lambda book: book.remove(book["Findings"]))
        )

        def edit(book: Any) -> None:
            book["Ratings"]["H3"] = "Remarks"

        said = self.refused(self.edited(edit))
        assert "“Ratings”, cell H3" in said
        assert "expected the heading “Note”; found “Remarks”" in said
        assert "line of headings is missing" in self.refused(
            self.edited(lambda book: book["Interviews"].delete_rows(1, 3))
        )

    # -- cells -----------------------------------------------------------------------------------------------

    def test_cells_that_cannot_be_taken(self) -> None:
        one, two, three, four, five, _six = self.codes
        finding = {**kits.a_finding(), "Indicator": one}
        typed: list[tuple[str, str, dict[str, Any], int, str]] = [
            ("Ratings", one, {"Rating": "excellent"}, 0, "Ratings!G4: expected one of"),
            ("Ratings", two, {"Rating": "fails"}, 0, "Ratings!H5: expected what you saw"),
            ("Ratings", three, {"Note": "Alone."}, 0, "Ratings!G6: a note needs a rating"),
            (
                "Ratings",
                four,
                {"Rating": "=1+1"},
                0,
                "Ratings!G7: expected a value; found the formula “=1+1”",
            ),
            (
                "Ratings",
                five,
                {"Rating": "meets", "Note": "x" * 8_001},
                0,
                "Ratings!H8: expected at most 8,000 characters, found 8,001",
            ),
            ("Interviews", "Employer-clients", {"Held": "a few"}, 0, "found “a few”"),
            ("Interviews", "Staff of the agency", {"Held": -3}, 0, "found “-3”"),
            (
                "Interviews",
                "Workers who have returned",
                {"Held": 0},
                0,
                "expected why nobody was spoken with",
            ),
            (
                "Findings",
                "new",
                {**finding, "Indicator": "9.9.9"},
                0,
                "Findings!C4: expected an indicator of",
            ),
            (
                "Findings",
                "new",
                {**finding, "What it rests on": None},
                1,
                "Findings!G5: expected what the statement rests on",
            ),
            (
                "Findings",
                "new",
                {**finding, "Grade": "bad"},
                2,
                "Findings!D6: expected one of critical, major",
            ),
            (
                "Findings",
                "new",
                {**finding, "Indicator": None},
                3,
                "Findings!C7: expected an indicator, found nothing",
            ),
            (
                "Evidence",
                "new",
                {"What was seen": "A list", "Day (2026-11-22)": "May"},
                0,
                "Evidence!F4: expected a day like 2026-11-22; found “May”",
            ),
        ]
        data = self.edited(
            lambda book: [kits.write(book, sheet, row, cells, nth) for sheet, row, cells, nth, _said in typed]
        )
        diff = selectors.diff_of(self.give(data), self.again())
        assert diff.ready == []
        told = "\n".join(text for row in diff.left for text in row.problems)
        assert len(diff.left) == len(typed)
        for *_typed, said in typed:
            assert said in told, said

    def test_text_of_a_cell_that_cannot_be_taken_is_kept(self) -> None:
        returned = self.give(
            self.edited(
                lambda book: kits.write(book, "Ratings", self.codes[0], {"Rating": "so so", "Note": "Mine."})
            )
        )
        services.apply_return(return_id=returned.pk, actor=self.lead)
        [left] = KitReturn.objects.get().result["left"]
        assert [cell["kit"] for cell in left["cells"]] == ["so so", "Mine."]

    def test_control_characters_and_foreign_text(self) -> None:
        def edit(book: Any) -> None:
            book["Ratings"]["G4"], book["Ratings"]["H4"] = "meets", "Bell_x0007_ and नेपाली \u202e text"

        returned = self.give(self.edited(edit))
        [row] = selectors.diff_of(returned, self.again()).ready
        assert row.values["note"] == "Bell and नेपाली \u202e text"

    def test_locked_cells_are_told_and_ignored(self) -> None:
        returned = self.give(
            self.edited(
                lambda book: kits.write(book, "Ratings", self.codes[0], {"Note of stage 1": "Better now."})
            )
        )
        assert returned.diff["rows"] == {}
        [said] = returned.diff["ignored"]
        assert said.startswith("Ratings!F4 is for reading only")
        assert "found “Better now.”" in said

    def test_row_without_id_keeps_its_text(self) -> None:
        def edit(book: Any) -> None:
            book["Findings"].append([None, None, self.codes[0], "major", "Written below the rows"])

        returned = self.give(self.edited(edit))
        assert "Written below the rows" in returned.diff["loose"][0]

    def test_rows_sorted_deleted_and_columns_moved(self) -> None:
        def edit(book: Any) -> None:
            kits.write(book, "Ratings", self.codes[3], {"Rating": "meets", "Note": "Third."})
            sheet = book["Ratings"]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
            rows = [row for row in rows if row[1] != self.codes[5]]
            rows.sort(key=lambda row: str(row[1]), reverse=True)
            sheet.delete_rows(4, sheet.max_row)
            for row in rows:
                sheet.append(row)
            sheet.insert_cols(3)
            sheet["C3"] = "My own column"

        returned = self.give(self.edited(edit))
        [row] = selectors.diff_of(returned, self.again()).ready
        assert (row.own, row.values["note"]) == (self.codes[3], "Third.")
        assert "My own column" in returned.diff["ignored"][0]

    # -- when ---------------------------------------------------------------------------------------------------

    def test_older_base_after_a_newer_kit_was_applied(self) -> None:
        write = kits.write
        audits.rate_all(self.audit, Stage.SITE)
        newer = kits.kit(self.audit)
        data = kits.filled(newer, Interviews=[("Employer-clients", {"Held": 3})])
        services.apply_return(return_id=kits.given_back(newer, data).pk, actor=self.lead)

        old = self.give(
            self.edited(lambda book: write(book, "Ratings", self.codes[0], {"Rating": "n/a", "Note": "?"}))
        )

        assert (old.verdict, old.kit.state) == (Verdict.STALE, "out")
        assert "Kit 2, which was made after kit 1, was applied on 21 November 2026" in old.reason
        assert selectors.diff_of(old, self.again()).open_cells[0].theirs == "na"
        with pytest.raises(Conflict):
            services.apply_return(return_id=old.pk, actor=self.lead)
        assert IndicatorNote.objects.filter(stage=Stage.SITE, rating="na").count() == 0

    def test_audit_that_takes_no_notes_now(self) -> None:
        other = audits.audit("stage1_closed")
        lead = audits.lead_of(other)
        kit = kits.kit(other)
        data = kits.filled(kit, Interviews=[("Employer-clients", {"Held": 3})])
        returned = kits.given_back(kit, data)
        with pytest.raises(TransitionRefused, match="Stage 1 closed"):
            services.apply_return(return_id=returned.pk, actor=lead)
        assert KitReturn.objects.get(pk=returned.pk).applied_at is None

    def test_draft_issued_meanwhile_keeps_the_kits_text(self) -> None:
        draft = audits.finding("draft", self.audit)
        kit = kits.kit(self.audit)
        data = kits.edited(
            selectors.workbook(kit),
            lambda book: kits.write(book, "Findings", f"draft {draft.number}", {"Title": "A better title"}),
        )
        findings.issue_finding(finding_id=draft.pk, actor=self.lead)
        returned = kits.given_back(kit, data)

        services.apply_return(return_id=returned.pk, actor=self.lead)

        [left] = KitReturn.objects.get().result["left"]
        assert "not a draft any more" in left["problems"][0]
        assert left["cells"][0]["kit"] == "A better title"
        assert Finding.objects.get().title != "A better title"

    def test_people_outside_the_team(self) -> None:
        for name, person in self.people().items():
            if name == "lead":
                continue
            with pytest.raises(NotPermitted):
                services.give_back(audit_id=self.audit.pk, actor=person, upload=kits.upload(self.book))
            with pytest.raises(DomainError):
                services.make_kit(audit_id=self.audit.pk, actor=person)

    def test_workbook_holds_no_formula_and_no_macro(self) -> None:
        book = load_workbook(io.BytesIO(self.book))
        assert [c.coordinate for s in book for row in s.iter_rows() for c in row if c.data_type == "f"] == []
        with zipfile.ZipFile(io.BytesIO(self.book)) as archive:
            assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name]

    def test_kit_is_the_same_twice(self) -> None:
        assert kits.kit(self.audit) == self.kit
        first = load_workbook(io.BytesIO(self.book))["_iris"]["A1"].value
        assert load_workbook(io.BytesIO(selectors.workbook(self.kit)))["_iris"]["A1"].value == first
        assert Audit.objects.get(pk=self.audit.pk).kits.count() == 1
