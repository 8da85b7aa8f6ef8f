"""`manage.py match` on tiny files: the answers, the figures, and a sentence for every bad line."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

REGISTER = (
    "1\tKalimaru Overseas Services Ltd\tNP\tmade\n"
    "2\tBlue Lotus Recruitment\tBD\tmade\n"
    '3\tHouse "of" Quotes Crewing\t\tmade\n'
)
QUERIES = (
    "typo\tKalimaru Ovreseas Services\t1\tNP\t1\n"
    "exact\tBlue Lotus Recruitment\t2\tBD\t2\n"
    'exact\tHouse "of" Quotes Crewing\t3\t-\t3\n'
    "neg\tRed Falcon Ferries\t-1\tGB\t\n"
    "empty\t\t-1\t\t\n"
)


def run(tmp_path: Path, register: bytes, queries: bytes) -> tuple[list[list[str]], str, str]:
    (tmp_path / "register.tsv").write_bytes(register)
    (tmp_path / "queries.tsv").write_bytes(queries)
    said, complained = io.StringIO(), io.StringIO()
    call_command(
        "match",
        str(tmp_path / "register.tsv"),
        str(tmp_path / "queries.tsv"),
        out=tmp_path / "out.tsv",
        workers=1,
        stdout=said,
        stderr=complained,
    )
    lines = (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines], said.getvalue(), complained.getvalue()


def test_match_writes_answers_and_prints_figures(tmp_path: Path) -> None:
    rows, said, complained = run(tmp_path, REGISTER.encode(), QUERIES.encode())
    assert rows[0] == ["n", "class", "outcome", "ids", "scores", "micros"]
    assert [row[:3] for row in rows[1:]] == [
        ["1", "typo", "found"],
        ["2", "exact", "found"],
        ["3", "exact", "found"],
        ["4", "neg", "not_found"],
        ["5", "empty", "invalid"],
    ]
    assert [row[3].split(",")[0] for row in rows[1:4]] == ["1", "2", "3"]
    assert rows[5][3:5] == ["", ""]
    assert all(len(row) == 6 and int(row[5]) >= 0 for row in rows[1:])
    assert all(len(row[3].split(",")) == len(row[4].split(",")) for row in rows[1:])
    summary = json.loads(said.splitlines()[-1])
    assert set(summary) == {"queries", "seconds", "per_second", "build_seconds", "peak_mb"}
    assert summary["queries"] == 5
    assert "F1 1.0000" in said
    assert complained == ""


def test_match_says_what_is_wrong_with_a_line_and_goes_on(tmp_path: Path) -> None:
    bad_register = (
        b"\xef\xbb\xbf"
        + REGISTER.encode()
        + b"nothing\n\n\tno id\tNP\tx\n5\t \tNP\tx\n6\tCaf\xe9 Crews\tFR\tx\r\n"
    )
    rows, _said, complained = run(tmp_path, bad_register, QUERIES.encode() + b"only one column\n")
    sentences = complained.splitlines()
    register = tmp_path / "register.tsv"
    assert sentences[0].startswith(
        f"{register}, line 4: expected id, name, country, source separated by tabs, found 1"
    )
    assert sentences[1].startswith(f"{register}, line 6: expected an id without a comma")
    assert sentences[2].startswith(f"{register}, line 7: expected a name, found none")
    assert sentences[3].startswith(f"{register}, line 8: expected UTF-8, found byte 0xe9")
    assert "queries.tsv, line 6: expected class, query, truth, country, accepted" in sentences[4]
    assert len(rows) == 6


def test_match_refuses_files_it_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.tsv: cannot be read"):
        call_command(
            "match", str(tmp_path / "none.tsv"), str(tmp_path / "none.tsv"), out=tmp_path / "out.tsv"
        )
    with pytest.raises(CommandError, match="found none to use"):
        run(tmp_path, b"\n", QUERIES.encode())
