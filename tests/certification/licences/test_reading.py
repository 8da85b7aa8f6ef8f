"""Reading the list of each register: what was kept, what was understood, what was said. Counted by hand."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.licences.rules.days import common_day, day_of
from certification.licences.rules.numbers import alike_key, number_key, usual_shape
from certification.licences.rules.reading import ReadEntry, read_list
from certification.licences.rules.registers import register, registers
from certification.licences.rules.words import known_word

LISTS = Path(__file__).parent / "lists"
FILES = {
    "PH-DMW": "ph.csv",
    "IN-EMIGRATE": "in.html",
    "BD-BMET": "bd.csv",
    "NP-DOFE": "np.html",
    "LK-SLBFE": "lk.csv",
    "ID-P3MI": "id.csv",
    "UK-GLAA": "gb.csv",
    "PL-KRAZ": "pl.csv",
    "CZ-UP": "cz.json",
    "SG-MOM": "sg.csv",
    "HK-EAA": "hk.html",
}
# rows, entries by state, problems: counted by hand from the files.
COUNTED = {
    "PH-DMW": (6, {"active": 1, "conditional": 1, "suspended": 1, "revoked": 3}, 1),
    "IN-EMIGRATE": (4, {"active": 1, "suspended": 1, "revoked": 1, "expired": 1}, 0),
    "BD-BMET": (4, {"active": 1, "revoked": 1, "suspended": 1, "unknown": 1}, 1),
    "NP-DOFE": (4, {"active": 1, "suspended": 1, "revoked": 2}, 1),
    "LK-SLBFE": (5, {"active": 1, "suspended": 1, "revoked": 1, "expired": 1}, 1),
    "ID-P3MI": (5, {"active": 1, "suspended": 1, "revoked": 1, "expired": 1}, 2),
    "UK-GLAA": (4, {"conditional": 1, "active": 1, "revoked": 1, "pending": 1}, 0),
    "PL-KRAZ": (3, {"active": 2, "revoked": 1}, 0),
    "CZ-UP": (4, {"active": 3}, 1),
    "SG-MOM": (3, {"conditional": 1, "active": 1, "revoked": 1}, 0),
    "HK-EAA": (3, {"active": 1, "conditional": 1, "revoked": 1}, 0),
}


def the(code: str):
    spec = register(code)
    assert spec is not None
    return spec


def read(code: str):
    return read_list(the(code), (LISTS / FILES[code]).read_bytes())


def entry(code: str, row: int) -> ReadEntry:
    return next(one for one in read(code).entries if one.row == row)


def test_every_register_has_a_list_to_read():
    assert set(FILES) == {spec.code for spec in registers()}


@pytest.mark.parametrize("code", FILES)
def test_read_list_as_counted_by_hand(code):
    rows, states, problems = COUNTED[code]
    found = read(code)
    assert found.why_failed == ""
    assert (found.rows, found.counts, len(found.problems)) == (rows, states, problems), found.problems


@pytest.mark.parametrize("code", FILES)
def test_read_list_keeps_no_column_of_people(code):
    raw = " ".join(value for one in read(code).entries for value in one.raw.values())
    assert "Invented Person" not in raw
    assert "Vymyšlená Osoba" not in raw
    assert "600 000" not in raw


def test_read_list_from_a_workbook_with_a_title_above_its_head():
    spec = the("ID-P3MI")
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("P3MI")
        sheet.write_row(0, 0, ["Daftar P3MI"])
        sheet.write_row(2, 0, ["No", "Nama P3MI", "Nomor SIP3MI", "Masa Berlaku", "Status"])
        sheet.write_row(3, 0, [1, "PT Orvane Mitra", "125/SIP3MI/2025", "2026-12-31", "DIBEKUKAN"])
    found = read_list(spec, made.getvalue())
    assert [(one.row, one.status, one.valid_to) for one in found.entries] == [
        (4, "suspended", date(2026, 12, 31))
    ]


def test_read_problems_name_row_column_expected_found_and_what_became_of_it():
    assert read("ID-P3MI").problems == [
        "Row 6, Nomor SIP3MI: expected a licence number, found nothing. The row was left out. "
        "Write the number of the licence, or take the row away.",
        "Row 7, Masa Berlaku: expected a day like 3 May 2026 or 2026-05-03, found “besok”. "
        "The row was kept without this day. Write the day as 2026-05-03, or leave it empty when there is none.",
    ]
    assert read("BD-BMET").problems == [
        "Row 5, অবস্থা: expected one of: valid, বৈধ, সচল, suspended, স্থগিত, cancelled, …, found “অনিশ্চিত”. "
        "The word was kept and counts as unknown. "
        "Write a word of the register that we know, or ask the scheme to add this one."
    ]
    assert asdict(read("ID-P3MI").noted[1]) == {
        "row": 7,
        "column": "Masa Berlaku",
        "found": "besok",
        "expected": "a day like 3 May 2026 or 2026-05-03",
        "became": "The row was kept without this day.",
        "fix": "Write the day as 2026-05-03, or leave it empty when there is none.",
    }


def test_read_keeps_raw_word_language_and_days():
    raw = entry("ID-P3MI", 5)
    assert (raw.raw_status, raw.lang, raw.status) == (
        "Dicabut, SK 12/2026 tanggal 3 Mei 2026",
        "id",
        "revoked",
    )
    assert entry("BD-BMET", 2).lang == "bn"
    assert entry("BD-BMET", 2).valid_to == date(2027, 12, 31)
    assert entry("PH-DMW", 4).valid_to == date(2028, 3, 14)  # month first
    assert entry("IN-EMIGRATE", 3).valid_to == date(2028, 6, 1)  # day first
    assert entry("UK-GLAA", 2).raw_status == "Licensed; Yes - training records by 1 June"


def test_read_same_number_twice_keeps_the_worse_state():
    found = read("LK-SLBFE")
    assert [one.status for one in found.entries if one.number == "2004"] == ["expired"]
    assert "The same number stands in row 5." in found.problems[0]


def test_read_czech_open_data_spans_all_permits():
    first, second, third = read("CZ-UP").entries
    assert (first.status, first.valid_from, first.valid_to) == ("active", date(2022, 8, 27), None)
    assert (second.valid_from, second.valid_to) == (date(2023, 1, 1), date(2027, 6, 30))
    assert third.valid_to == date(2026, 1, 31)  # listed, but by its own dates it has ended: said when asked
    assert not second.usual  # seven digits


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<html><body><p>Service unavailable</p></body></html>", "no table"),
        (b'{"polozky": [{"ico": "0123', "breaks off"),
        (b'{"polozky": []}', "no list"),
        (b"a,b,c\n1,2,3\n", "No column is headed as the licence number"),
        (b"PK\x03\x04 not a workbook", "workbook"),
        (b"ICO,Nazev\n,nobody\n", "No row holds a licence number"),
    ],
)
def test_read_a_file_without_a_list_says_why(data, words):
    found = read_list(the("CZ-UP"), data)
    assert words in found.why_failed
    assert found.entries == []


def test_a_good_word_has_to_stand_alone_and_the_worst_of_several_counts():
    spec = the("ID-P3MI")
    assert known_word(spec, "Aktif").means == "active"
    assert known_word(spec, "TIDAK AKTIF").means == "expired"
    assert known_word(spec, "aktif sampai dicabut").means == "revoked"
    assert known_word(spec, "aktif sekali") is None
    assert known_word(the("PH-DMW"), "not valid") is None
    assert known_word(the("LK-SLBFE"), "Blacklist released").means == "active"


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("BD-BMET", ["RL 354", "RL-0354", "আরএল ৩৫৪", "354", " rl354 "]),
        ("NP-DOFE", ["1234/064/065", "१२३४/०६४/०६५", "1234 / 064 / 065", "１２３４/064/065"]),
        ("IN-EMIGRATE", ["B-1794/PUN/PER/100/5/10094/2022", "b1794/pun/per/100/5/10094/2022"]),
        ("PH-DMW", ["POEA-123-LB-031526-R", "DMW 123-LB-031526-R"]),
        ("CZ-UP", ["012 34 567", "01234567"]),
    ],
)
def test_numbers_are_the_same_in_any_script_and_spelling(code, same):
    assert len({number_key(the(code), number) for number in same}) == 1


def test_numbers_that_only_look_alike_are_not_the_same():
    np, sg = the("NP-DOFE"), the("SG-MOM")
    assert number_key(np, "12/34064/065") != number_key(np, "1234/064/065")
    assert number_key(sg, "12C3456") != number_key(sg, "I2C34S6")
    assert alike_key(number_key(sg, "12C3456")) == alike_key(number_key(sg, "I2C34S6"))


def test_shapes_warn_in_any_script():
    assert usual_shape(the("NP-DOFE"), "१२३४/०६४/०६५")
    assert usual_shape(the("IN-EMIGRATE"), "B-3252/DEL/PER/1000+")
    assert not usual_shape(the("IN-EMIGRATE"), "L-77")
    assert usual_shape(the("LK-SLBFE"), "anything at all")  # no shape is known
    assert usual_shape(None, "x")


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (2070, date(2013, 4, 14)),
        (2077, date(2020, 4, 13)),
        (2080, date(2023, 4, 14)),
        (2081, date(2024, 4, 13)),
    ],
)
def test_bikram_sambat_new_years(year, first):
    assert common_day(year, 1, 1) == first


def test_bikram_sambat_days_outside_the_agreed_years_are_not_guessed():
    assert common_day(2081, 12, 31) == date(2025, 4, 13)
    assert common_day(2082, 1, 1) is None
    assert common_day(2081, 1, 32) is None
    assert day_of("२०८१-०३-३१", bikram_sambat=True) == date(2024, 7, 15)  # Shrawan began on the 16th
    assert "up to 2081" in read("NP-DOFE").problems[0]


@settings(max_examples=60, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
        st.text(alphabet="<>/tabledrh \"'=&;#x0", max_size=200).map(lambda text: b"<table" + text.encode()),
        st.text(alphabet='{}[]",:0ičo ', max_size=80).map(lambda text: ('{"polozky": [' + text).encode()),
        st.binary(max_size=80).map(lambda junk: b"PK\x03\x04" + junk),
    ),
    code=st.sampled_from(sorted(FILES)),
)
def test_reading_junk_never_raises(data, code):
    found = read_list(the(code), data)
    assert found.why_failed or found.entries


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.lists(st.text(max_size=20), min_size=5, max_size=5), min_size=1, max_size=8),
    code=st.sampled_from(sorted(FILES)),
)
def test_reading_junk_under_a_good_head_never_raises(cells, code):
    spec = the(code)
    head = [
        spec.columns[name][0] if name in spec.columns else "x"
        for name in ("number", "name", "status", "valid_from", "valid_to")
    ]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [head, *cells])
    found = read_list(spec, f"<table>{rows}</table>".encode("utf-8", "replace"))
    assert found.why_failed or found.entries
