"""Lists that lie, swell or hold what no database keeps: refused or read, never a crash and never gigabytes."""

from __future__ import annotations

import json
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.licences.models import Entry
from certification.licences.rules import tables
from certification.licences.rules.reading import ReadList, read_list
from certification.licences.rules.registers import register
from tests.factories import accounts
from tests.factories.machines import machine
from tests.iris.core.test_unpacking import book, cell, rows


def read(data: bytes) -> ReadList:
    spec = register("BD-BMET")
    assert spec is not None
    return read_list(spec, data)


def table(*lines: str) -> bytes:
    return f"<html><table>{''.join(f'<tr>{line}' for line in lines)}</table>".encode()


@pytest.mark.django_db
def test_a_file_of_json_with_text_that_no_database_keeps_is_taken_in() -> None:
    """JSON may write a NUL or half of a surrogate pair; the machine's own body is refused for it, a file was not."""
    firm = accounts.organisation("government", country="BD")
    client = machine(accounts.person("government", "reader", organisation=firm), "write:licences")
    data = b'[{"number":"RL-10\\u000001","name":"Sun\\ud800rise","status":"Valid","no\\u0000te":"\\udfff"}]'
    upload = SimpleUploadedFile("list.json", data, content_type="application/json")
    answer = client.post("/api/v1/licence-registers/BD-BMET/lists/", {"file": upload}, format="multipart")
    assert answer.status_code == 201, answer.content
    row = Entry.objects.get()
    assert (row.number, row.name) == ("RL-1001", "Sunrise")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table("<td>licence no<td>b" + "<td>" * 198, *["<td>1"] * 60_000), "Row 1 has 200 columns"),
        (b"[" + b"1," * 300_000 + b"1]", "no list of entries"),
        (b"[" + b"{}," * 100_001 + b'{"number":"1"}]', "more than 100,000 rows"),
        (b'{"a":[' + b"[]," * 2_600_000 + b"1]}", "more than 5,000,000 values"),
        (b"<html><table>" + b"<td>" * 1_000_001, "too long to be read"),
        (book(rows(cell("A1", "Licence no"), cell("XFD1048576"))), "reaches to row"),
    ],
    ids=["wide page", "numbers", "many rows", "many values", "many tags", "workbook"],
)
def test_a_list_that_swells_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    assert words in read(data).why_failed


def test_a_cell_that_spans_columns_without_end_fills_no_memory() -> None:
    lines = tables.lines_of(table("<td>licence no<td>status", "<td colspan=50>x" * 20_000))
    assert max(len(cells) for _number, cells in lines.rows) == tables.MOST_CELLS


def test_a_row_of_twenty_thousand_fields_is_read_in_no_time() -> None:
    """Each name was compared anew with every column: 2 s for one row of 250 kB, minutes for a file."""
    record = {"number": "RL-1001", "status": "Valid", **{f"k{n}": 1 for n in range(20_000)}}
    started = time.process_time()
    assert [one.number for one in read(json.dumps([record]).encode()).entries] == ["RL-1001"]
    assert time.process_time() - started < 1
