"""The Excel round trip: what comes back is read cell by cell, shown, and saved only on the person's word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Answer, Assessment, WorkbookReturn
from certification.assessments.selectors.workbook import SIGNER
from certification.assessments.services import AnswerEntry, Flag
from iris.accounts.models import User
from iris.core.errors import BadInput, Conflict
from iris.core.workbooks import WorkbookRefused
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency: Agency) -> Assessment:
    return assessments.draft_assessment(agency)


def opened(assessment: Assessment) -> Any:
    return openpyxl.load_workbook(io.BytesIO(selectors.workbook(assessment)))


def upload_of(book: Any, name: str = "answers.xlsx") -> SimpleUploadedFile:
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def give_back(assessment: Assessment, actor: User, book: Any) -> WorkbookReturn:
    return services.return_workbook(assessment_id=assessment.pk, actor=actor, upload=upload_of(book))


def refusal(assessment: Assessment, actor: User, book: Any) -> list[str]:
    """The sentences of the refusal; nothing may be left of the workbook."""
    versions = list(assessment.answers.order_by("pk").values_list("version", "value"))
    with pytest.raises(BadInput) as error:
        give_back(assessment, actor, book)
    assert not WorkbookReturn.objects.exists()
    assert list(assessment.answers.order_by("pk").values_list("version", "value")) == versions
    if isinstance(error.value, WorkbookRefused):
        return [str(cell) for cell in error.value.cells]
    return [str(text) for texts in error.value.fields.values() for text in texts]


def law(book: Any) -> Any:
    return book[next(name for name in book.sheetnames if name.startswith("A "))]


def answer_of(assessment: Assessment, code: str) -> Answer:
    return assessment.answers.select_related("indicator").get(indicator__code=code)


def apply(returned: WorkbookReturn, actor: User, **choices: str) -> Any:
    rows = selectors.workbook_diff(returned)
    return services.apply_workbook(
        return_id=returned.pk,
        actor=actor,
        seen={row.code: row.answer.version for row in rows},
        choices={(row.code, name): what for row in rows for name, what in choices.items()},
    )


def test_workbook_has_a_sheet_for_each_principle_and_no_formula(draft: Assessment) -> None:
    book = opened(draft)
    assert book.sheetnames[0] == "Read me first"
    assert [name.split()[0] for name in book.sheetnames[1:-1]] == ["A", "B", "1", "2", "3", "4", "5"]
    assert book["_iris"].sheet_state == "veryHidden"
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    sheet = law(book)
    assert [sheet[f"{c}4"].protection.locked for c in "ABCDEFGHI"] == [True] * 3 + [False] * 4 + [True] * 2
    assert sheet.protection.sheet
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["E4"] == '"0,1,2,3,4"'
    assert lists["D4"].startswith('"yes,partly,no')


def test_text_that_looks_like_a_formula_stays_text(draft: Assessment, signatory: User) -> None:
    answer = answer_of(draft, "A.1.1")
    entry = AnswerEntry(answer.indicator_id, 0, "yes", 3, comment="=1+1 is what they told us")
    services.save_answer(assessment_id=draft.pk, actor=signatory, entry=entry)
    cell = law(opened(draft))["G4"]
    assert (cell.data_type, cell.value) == ("s", "=1+1 is what they told us")


def test_round_trip_saves_what_was_shown(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    sheet["D4"], sheet["E4"], sheet["G4"] = "Yes", "3", "Licence on the wall."
    sheet["D5"] = "partly"
    returned = give_back(draft, signatory, book)
    assert answer_of(draft, "A.1.1").value == ""
    rows = selectors.workbook_diff(returned)
    told = [(row.code, cell.cell, cell.web_words, cell.sheet_words) for row in rows for cell in row.cells]
    assert told == [
        ("A.1.1", "D4", "", "Yes"),
        ("A.1.1", "E4", "", "3. Working: done everywhere, with records that show it"),
        ("A.1.1", "G4", "", "Licence on the wall."),
        ("A.1.2", "D5", "", "Partly"),
    ]
    result = apply(returned, signatory)
    assert (len(result.saved), WorkbookReturn.objects.count()) == (2, 0)
    answer = answer_of(draft, "A.1.1")
    assert (answer.value, answer.maturity, answer.comment, answer.version) == (
        "yes",
        3,
        "Licence on the wall.",
        1,
    )


def test_an_untouched_workbook_changes_nothing_even_when_the_web_moved_on(
    draft: Assessment, signatory: User
) -> None:
    book = opened(draft)
    answer = answer_of(draft, "A.1.1")
    services.save_answer(
        assessment_id=draft.pk, actor=signatory, entry=AnswerEntry(answer.indicator_id, 0, "no", 1)
    )
    assert selectors.workbook_diff(give_back(draft, signatory, book)) == []


def test_conflict_shows_both_and_is_chosen_cell_by_cell(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    sheet["D4"], sheet["G4"] = "yes", "From the workbook."
    answer = answer_of(draft, "A.1.1")
    services.save_answer(
        assessment_id=draft.pk, actor=signatory, entry=AnswerEntry(answer.indicator_id, 0, "partly", 2)
    )
    returned = give_back(draft, signatory, book)
    [row] = selectors.workbook_diff(returned)
    assert [(cell.name, cell.conflict) for cell in row.cells] == [("value", True), ("comment", False)]
    with pytest.raises(BadInput, match="correct what is marked") as missing:
        apply(returned, signatory)
    assert "Choose for A.1.1" in str(missing.value.fields["choices"][0])
    apply(returned, signatory, value="web")
    found = answer_of(draft, "A.1.1")
    assert (found.value, found.maturity, found.comment) == ("partly", 2, "From the workbook.")


def test_an_answer_changed_while_looking_saves_nothing(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    sheet["D4"], sheet["D5"] = "yes", "yes"
    returned = give_back(draft, signatory, book)
    seen = {row.code: row.answer.version for row in selectors.workbook_diff(returned)}
    answer = answer_of(draft, "A.1.2")
    services.save_answer(
        assessment_id=draft.pk, actor=signatory, entry=AnswerEntry(answer.indicator_id, 0, "no", 1)
    )
    with pytest.raises(Conflict, match=r"A\.1\.2 changed on the website"):
        services.apply_workbook(return_id=returned.pk, actor=signatory, seen=seen, choices={})
    assert answer_of(draft, "A.1.1").value == ""


def test_bad_cells_are_told_one_by_one(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    sheet["D4"], sheet["E5"], sheet["D6"], sheet["G7"] = "maybe", 7, "=IF(1,2,3)", "x" * 5001
    sheet["D8"] = "n/a"
    told = refusal(draft, signatory, book)
    name = sheet.title
    assert told[0] == (
        f"Sheet “{name}”, cell D4: expected yes, partly, no or n/a; found “maybe”. Choose one of the list."
    )
    assert told[1].startswith(f"Sheet “{name}”, cell E5: expected a level from 0 to 4; found “7”")
    assert told[2].startswith(f"Sheet “{name}”, cell D6: expected a value; found the formula “=IF(1,2,3)”")
    assert len(told) == 3


def test_contradictions_are_told_at_their_cells(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    sheet["D4"], sheet["E4"] = "yes", 0
    sheet["G7"] = "x" * 5001
    told = refusal(draft, signatory, book)
    assert "cell E4" in told[0]
    assert "contradict" in told[0]
    assert "cell G7" in told[1]
    assert "5001" in told[1]


def test_moved_rows_changed_ids_and_columns_are_told(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    for column in "ABCD":
        sheet[f"{column}4"].value, sheet[f"{column}5"].value = (
            sheet[f"{column}5"].value,
            sheet[f"{column}4"].value,
        )
    told = refusal(draft, signatory, book)
    assert [text.split(":")[0][-7:] for text in told] == ["cell A4", "cell A5"]
    assert "expected the id A.1.1; found “A.1.2”" in told[0]

    book = opened(draft)
    law(book)["A6"] = "A.1.99"
    assert "found “A.1.99”" in refusal(draft, signatory, book)[0]

    book = opened(draft)
    law(book)["B6"] = "Another question?"
    assert "may have slipped" in refusal(draft, signatory, book)[0]

    book = opened(draft)
    law(book).insert_cols(4)
    assert (
        "cell D3: expected the heading “Your answer”; found “nothing”" in refusal(draft, signatory, book)[0]
    )

    book = opened(draft)
    sheet = law(book)
    sheet[f"A{sheet.max_row + 1}"] = "A.9.9"
    assert "nothing is expected below" in refusal(draft, signatory, book)[0]


def test_extra_columns_and_sheets_are_noted_not_read(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    sheet = law(book)
    sheet["K4"], sheet["D4"] = "mine", "yes"
    book.create_sheet("Notes")
    returned = give_back(draft, signatory, book)
    assert returned.rows["notes"] == [
        f"Sheet “{sheet.title}”, column K is not ours; it was not read.",
        "The sheet “Notes” is not ours; it was not read.",
    ]
    assert len(selectors.workbook_diff(returned)) == 1


def test_missing_sheet_is_told(draft: Assessment, signatory: User) -> None:
    book = opened(draft)
    name = law(book).title
    del book[name]
    assert refusal(draft, signatory, book)[0].startswith(f"Sheet “{name}”: the sheet is missing")


def test_a_workbook_that_is_not_this_one_is_refused(
    draft: Assessment, agency: Agency, signatory: User
) -> None:
    other = assessments.draft_assessment(agencies.agency())
    assert "another agency" in refusal(draft, signatory, opened(other))[0]
    book = opened(draft)
    del book["_iris"]
    assert "not a workbook that was downloaded here" in refusal(draft, signatory, book)[0]
    book = opened(draft)
    book["_iris"]["A2"] = book["_iris"]["A2"].value.replace('"edition":1', '"edition":2')
    assert "hidden sheet of this workbook was changed" in refusal(draft, signatory, book)[0]


def test_a_workbook_of_another_edition_or_revision_is_refused(agency: Agency, signatory: User) -> None:
    draft = assessments.complete_assessment(agency)
    book = opened(draft)
    hidden = book["_iris"]
    hidden["A2"] = hidden["A2"].value.replace('"edition":1', '"edition":2')
    hidden["A1"] = SIGNER.signature(hidden["A2"].value)
    assert "questions of edition 2; yours follows edition 1" in refusal(draft, signatory, book)[0]
    book = opened(draft)
    frozen = services.freeze_assessment(draft.pk, signatory, assessments.declaration(agency))
    with pytest.raises(Conflict):
        give_back(frozen, signatory, book)
    second = assessments.draft_assessment(agency)
    assert "made for cycle 1, revision 1" in refusal(second, signatory, book)[0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"id;answer\nA.1.1;yes\n", "is a text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "protected by a password"),
        (b"%PDF-1.7 nothing", "not a file we can take here"),
        (b"PK\x03\x04 broken", "not a file we can take here"),
        (b"x" * (50 * 1024 * 1024), "50 MB"),
    ],
    ids=["empty", "csv", "locked", "pdf", "broken", "50 MB"],
)
def test_files_that_are_no_workbook(draft: Assessment, signatory: User, data: bytes, sentence: str) -> None:
    upload = SimpleUploadedFile("answers.xlsx", data)
    with pytest.raises(BadInput) as error:
        services.return_workbook(assessment_id=draft.pk, actor=signatory, upload=upload)
    assert sentence in str(error.value.fields["file"][0])
    assert not WorkbookReturn.objects.exists()


def test_a_reopened_workbook_takes_only_what_was_asked(agency: Agency, signatory: User) -> None:
    frozen = assessments.frozen_assessment(agency)
    new = services.reopen_flagged(
        assessment_id=frozen.pk,
        flags=[Flag(answer_of(frozen, "A.1.2").indicator_id, "Where is the register?")],
        due_on=frozen.created_at.date(),
        actor=accounts.person("scheme", "screener"),
        reason="One answer is thin.",
    )
    book = opened(new)
    sheet = law(book)
    assert (sheet["D4"].protection.locked, sheet["D5"].protection.locked) == (True, False)
    assert "Where is the register?" in sheet["C5"].value
    sheet["D4"] = "no"
    assert "cell D4: the scheme did not ask about A.1.1 again" in refusal(new, signatory, book)[0]
    sheet["D4"], sheet["H5"] = "yes", "yes"
    apply(give_back(new, signatory, book), signatory)
    assert not answer_of(new, "A.1.2").carried


def test_pages_of_the_round_trip(
    draft: Assessment, signatory: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(signatory)
    url = reverse("assessments:workbook", args=[draft.pk])
    assert "Download the workbook" in client.get(url).content.decode()
    response = client.get(reverse("assessments:workbook_download", args=[draft.pk]))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = law(book)
    sheet["D4"] = "maybe"
    response = client.post(url, {"file": upload_of(book)})
    assert response.status_code == 422
    assert "cell D4: expected yes, partly, no or n/a; found “maybe”" in response.content.decode()
    assert client.post(url, {}).status_code == 422
    sheet["D4"], sheet["E4"] = "yes", 3
    check = reverse("assessments:workbook_check", args=[draft.pk])
    assert client.post(url, {"file": upload_of(book)})["Location"] == check
    page = client.get(check).content.decode()
    assert "From the workbook" in page
    assert client.post(check, {"seen-A.1.1": "7"}).status_code == 422
    assert client.post(check, {"seen-A.1.1": "0"}).status_code == 302
    assert answer_of(draft, "A.1.1").value == "yes"
    sheet["D5"] = "no"
    client.post(url, {"file": upload_of(book)})
    client.post(reverse("assessments:workbook_discard", args=[draft.pk]))
    assert not WorkbookReturn.objects.exists()
    stranger = client_of(agencies.signatory(agencies.agency()))
    assert stranger.get(url).status_code == 404
    assert stranger.get(reverse("assessments:workbook_download", args=[draft.pk])).status_code == 404
