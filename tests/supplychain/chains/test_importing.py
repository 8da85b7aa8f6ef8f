"""A sheet of the chain: read, tried, taken in whole; every wrong cell has its sentence and nothing is half-imported."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from iris.core import unpacking
from iris.core.cells import rejects_csv
from iris.core.errors import BadInput, Conflict
from supplychain.chains import selectors, services
from supplychain.chains.models import ChainImport, Link, Party
from supplychain.chains.states import FindingCode
from tests.factories import chains

pytestmark = pytest.mark.django_db
HEAD = "Upper,Upper kind,Upper country,Lower,Lower kind,Lower country,Since,Until,Workers,Fee terms\n"


@pytest.fixture
def buyer():  # type: ignore[no-untyped-def]
    return chains.buyer()


def _upload(buyer, text: str):  # type: ignore[no-untyped-def]
    return services.upload_sheet(actor=buyer, upload=SimpleUploadedFile("chain.csv", text.encode()))


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _workbook_of(rows: int) -> bytes:
    """A workbook of equal rows, which packs to next to nothing; written as a stream."""
    made = io.BytesIO()
    row = b'<row><c t="inlineStr"><is><t>Red Kite</t></is></c></row>'
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{SHEET}"/>')
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{SHEET}"><sheetData>'.encode())
            for done in range(0, rows, 65_536):
                sheet.write(row * min(65_536, rows - done))
            sheet.write(b"</sheetData></worksheet>")
    return made.getvalue()


def test_the_longest_sheet_there_is_is_refused_before_it_is_opened(buyer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def opened(*_given: object) -> None:
        raise AssertionError("the sheet was laid out")

    monkeypatch.setattr("iris.core.sheets._opened_xlsx", opened)
    monkeypatch.setattr(unpacking._Measure, "take", opened)
    monkeypatch.setattr(zipfile.ZipExtFile, "read", _counted(looked_at := []))
    upload = SimpleUploadedFile("chain.xlsx", _workbook_of(1_048_576))
    with pytest.raises(BadInput) as refused:
        services.upload_sheet(actor=buyer, upload=upload)
    assert "has more than 200,000 rows" in str(refused.value.fields["file"][0])
    assert "Split the list, for example by supplier" in str(refused.value.fields["file"][0])
    # 59 MB unpacked, of which the first 200,010 rows of 56 bytes are looked at, and the rest of a chunk
    assert sum(looked_at) < 200_010 * 56 + 2 * unpacking.CHUNK


def _counted(looked_at: list[int]):  # type: ignore[no-untyped-def]
    read = zipfile.ZipExtFile.read

    def counted(part, size=-1):  # type: ignore[no-untyped-def]
        found = read(part, size)
        looked_at.append(len(found))
        return found

    return counted


def _sentences(made) -> list[str]:  # type: ignore[no-untyped-def]
    plan, _table = services.read_import(made)
    return [text for row in plan.rows for text in row.sentences]


def test_import_of_an_edge_list_makes_parties_and_links_once(buyer) -> None:  # type: ignore[no-untyped-def]
    text = HEAD + (
        "Shop,Buyer,NL,Plant One,Supplier site,Poland,2026-01-05,,,\n"
        'Plant One,site,PL,Red Kite,recruiter,NP,2026-01-05,,"1,200",workers pay\n'
        "Plant One,site,PL,unknown,sub-agent,,2026-02-01,,,\n"
    )
    made = _upload(buyer, text)
    plan, _table = services.read_import(made)
    assert plan.counts == {"parties": 4, "links": 3, "updated": 0, "skipped": 0, "rejected": 0}
    services.commit_import(import_id=made.pk, actor=buyer)
    link = Link.objects.get(lower__name="Red Kite")
    assert (link.workers, link.fee_terms, link.source, link.confidence) == (
        1200,
        "workers_pay",
        "sheet",
        "low",
    )
    assert Party.objects.get(nameless=True).name == "Unknown sub-agent 1"
    again = _upload(buyer, text)
    assert services.read_import(again)[0].counts["skipped"] == 3
    with pytest.raises(Conflict, match="anything new"):
        services.commit_import(import_id=again.pk, actor=buyer)


def test_import_changes_what_a_row_says_otherwise_and_keeps_what_was(buyer) -> None:  # type: ignore[no-untyped-def]
    row = "Plant One,site,PL,Red Kite,recruiter,NP,2026-01-05,,{},{}\n"
    services.commit_import(import_id=_upload(buyer, HEAD + row.format(40, "workers pay")).pk, actor=buyer)
    made = _upload(buyer, HEAD + row.format(55, ""))
    assert services.read_import(made)[0].counts["updated"] == 1
    services.commit_import(import_id=made.pk, actor=buyer)
    now, before = Link.objects.get(replaced_at=None), Link.objects.exclude(replaced_at=None).get()
    assert (now.workers, now.fee_terms, before.workers) == (55, "workers_pay", 40)
    assert now.line == before.line


def test_import_of_tiers_reads_each_row_as_one_way_down(buyer) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Buyer,Supplier site,Recruiter where workers come from,Sub-agent,Workers\n"
        "Shop,Plant One,Red Kite,,30\n"
        "Shop,Plant One,,Old Tom,12\n"
        "Shop,Plant One,?,Old Ben,7\n"
    )
    made = _upload(buyer, text)
    assert made.shape == "tiers"
    services.commit_import(import_id=made.pk, actor=buyer)
    links = {(row.upper.name, row.lower.name): row.workers for row in Link.objects.select_related()}
    assert links == {
        ("Shop", "Plant One"): None,
        ("Plant One", "Red Kite"): 30,
        ("Plant One", "Old Tom"): 12,
        ("Plant One", "Unknown recruiter 1"): None,
        ("Unknown recruiter 1", "Old Ben"): 7,
    }


def test_every_wrong_cell_has_its_sentence_and_nothing_is_taken_in(buyer) -> None:  # type: ignore[no-untyped-def]
    made = _upload(
        buyer,
        HEAD
        + "Plant,site,PL,Red Kite,recruiter,NP,03/04/25,,,\n"
        + "Plant,site,PL,Plant,site,PL,2026-01-05,,,\n"
        + "Plant,workshop,Atlantis,Red Kite,recruiter,NP,2026-01-05,,,\n"
        + "Plant,site,PL,Red Kite,recruiter,NP,2026-05-01,2026-04-01,many,barter\n"
        + "Upper,Upper kind,Upper country,Lower,Lower kind,Lower country,Since,Until,Workers,Fee terms\n"
        + "Plant,site,PL,,site,NP,2026-05-01,,,\n"
        + "Plant,site,PL,Good,recruiter,NP,2026-05-01,,,\n"
        + "Plant,site,PL,Good,recruiter,NP,2026-05-01,,9,\n"
        + f"Plant,site,PL,{'x' * 301},recruiter,NP,1805-05-01,,,\n",
    )
    told = _sentences(made)
    assert told[0].startswith("Row 2, Since: expected YYYY-MM-DD, found 03/04/25, fix it, for example 20")
    assert "Row 3, Lower: expected another party than the upper one, found “Plant” below itself" in told[1]
    assert told[2].startswith("Row 4, Upper kind: expected one of Buyer, Supplier site,")
    assert (
        told[3]
        == "Row 4, Upper country: expected a country such as NP or Nepal, found “Atlantis”, fix the word."
    )
    assert told[4] == "Row 5, Workers: expected a whole number of workers, found “many”, fix the number."
    assert told[5].startswith("Row 5, Fee terms: expected one of The employer pays all,")
    assert told[6] == (
        "Row 5, Until: expected a day from 2026-05-01 on, found 2026-04-01, fix one of the two."
    )
    assert told[7] == "Row 6: the column names stand here again; it is passed over."
    assert told[8].startswith("Row 7, Lower: expected a name, found “”, fill it in")
    assert told[9].startswith("Row 9: the same link as in row 8 with other values")
    assert told[10] == "Row 10, Since: expected a day from 1950 on, found 1805-05-01, fix the year."
    assert told[11] == "Row 10, Lower: expected a name of at most 300 characters, found 301, shorten it."
    with pytest.raises(Conflict, match="7 rows have to be corrected"):
        services.commit_import(import_id=made.pk, actor=buyer)
    assert not Party.objects.exists()
    services.commit_import(import_id=made.pk, actor=buyer, leave_out=True)
    assert Link.objects.count() == 1
    made = ChainImport.objects.get(pk=made.pk)
    rejects = rejects_csv(made.columns, made.rejects).decode()
    assert rejects.count("\r\n") == 8
    assert "Row 2, Since: expected YYYY-MM-DD" in rejects


def test_a_circle_is_taken_in_with_its_sentence_and_becomes_a_finding(buyer) -> None:  # type: ignore[no-untyped-def]
    made = _upload(
        buyer,
        HEAD
        + "A,recruiter,NP,B,recruiter,NP,2026-01-05,,,\n"
        + "B,recruiter,NP,C,recruiter,NP,2026-01-05,,,\n"
        + "C,recruiter,NP,A,recruiter,NP,2026-01-05,,,\n",
    )
    assert services.read_import(made)[0].notes == [
        "Rows 2, 3, 4 make a circle: A > B > C > A. It is taken in as written and shown as a finding."
    ]
    services.commit_import(import_id=made.pk, actor=buyer)
    codes = [one.code for one in selectors.findings_of(buyer)]
    assert codes.count(FindingCode.CYCLE) == 1


def test_a_link_from_before_the_register_is_noted(buyer) -> None:  # type: ignore[no-untyped-def]
    from tests.factories import agencies

    agencies.agency("First Agency")
    made = _upload(buyer, HEAD + "A,site,NP,B,recruiter,NP,1998-01-05,,,\n")
    [note] = services.read_import(made)[0].notes
    assert note.startswith("1 links begin before the register did")


def test_columns_twice_and_missing_have_their_sentences(buyer) -> None:  # type: ignore[no-untyped-def]
    made = _upload(buyer, "Upper,Upper kind,Lower,Lower kind\nA,site,B,recruiter\n")
    with pytest.raises(BadInput) as refused:
        services.map_sheet(import_id=made.pk, actor=buyer, shape="edges", mapping={"upper": 0, "lower": 0})
    assert set(refused.value.fields) == {"upper_kind", "lower_kind", "lower"}


def test_rows_by_machine_follow_the_same_rules(buyer) -> None:  # type: ignore[no-untyped-def]
    good = {"upper": "Plant", "upper_kind": "site", "lower": "Red Kite", "lower_kind": "recruiter_origin"}
    with pytest.raises(BadInput) as refused:
        services.import_rows(actor=buyer, rows=[good, {**good, "since": "soon"}])
    assert str(refused.value.fields["rows"][0]).startswith("Row 2, since: expected YYYY-MM-DD, found soon")
    assert services.import_rows(actor=buyer, rows=[good], dry_run=True).counts["links"] == 1
    assert not Link.objects.exists()
    services.import_rows(actor=buyer, rows=[good])
    assert Link.objects.get().source == "api"
