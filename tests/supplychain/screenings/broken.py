"""Broken lists by seed: the same seed makes the same file. Each kind is a way in which real files are broken."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date

from openpyxl import Workbook

ROWS = [
    ("Supplier", "Country", "Licence"),
    ("Blue Lotus Ltd", "Nepal", "L-1"),
    ("Éclair & Söhne", "Germany", ""),
]
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "cp1250",
    "cp1251",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "gb18030",
    "latin-1",
)
Maker = Callable[[random.Random], bytes]


def _text(dice: random.Random, rows: int = 6) -> str:
    lines = [",".join(f'"{cell}"' if dice.random() < 0.3 else cell for cell in row) for row in ROWS]
    lines += [
        f"Agency {dice.randrange(99)},{dice.choice(['NP', 'Atlantis', '', 'Qatar'])},"
        for _turn in range(rows)
    ]
    return dice.choice(["\n", "\r\n", "\r"]).join(lines) + dice.choice(["", "\n", "\n\n\n"])


def encoded(dice: random.Random) -> bytes:
    """Any encoding, told or not."""
    return _text(dice).encode(dice.choice(ENCODINGS), errors="replace")


def lying(dice: random.Random) -> bytes:
    """A byte-order mark of one encoding before text of another."""
    mark = dice.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
    return mark + _text(dice).encode(dice.choice(["cp1252", "cp1251", "utf-8"]), errors="replace")


def flipped(dice: random.Random) -> bytes:
    """Bytes changed at random places."""
    data = bytearray(encoded(dice))
    for _turn in range(dice.randrange(1, 12)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def cut(dice: random.Random) -> bytes:
    """Cut off in the middle."""
    data = dice.choice([encoded, workbook, dated])(dice)
    return data[: dice.randrange(1, len(data))]


def open_quote(dice: random.Random) -> bytes:
    """A quotation mark that nobody closes."""
    lines = _text(dice, 12).splitlines()
    lines[dice.randrange(1, len(lines))] = f'"Never closed {dice.randrange(9)},Nepal,'
    return "\n".join(lines).encode()


def twice(dice: random.Random) -> bytes:
    """The header twice, in the names or among the rows."""
    header = dice.choice(["Supplier,Supplier,Country", "Name,Country,Name", "Supplier,Country,Licence"])
    return f"{header}\nA,B,C\n{header}\nD,E,F\n".encode()


def ragged(dice: random.Random) -> bytes:
    """Rows of any width, empty cells, nulls, control characters, very long cells."""
    signs = ["", "x" * dice.randrange(1, 3_000), "\x00", "\x07\x1b", "😀", "‮gnp", " ", "?", "\u0627\u0644"]
    lines = [",".join(dice.choice(signs) for _n in range(dice.randrange(1, 9))) for _turn in range(12)]
    return ("Supplier,Country\n" + "\n".join(lines) + "\nGood name,Nepal\n").encode()


def only_header(dice: random.Random) -> bytes:
    """Nothing below the names, or nothing at all."""
    return dice.choice([b"Supplier,Country\n", b"", b"\n\n", b",,,\n,,\n", b"\xef\xbb\xbf", b"Supplier\r\n"])


def binary(dice: random.Random) -> bytes:
    """No list at all."""
    start = dice.choice(
        [
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\x7fELF",
            b"PK\x03\x04",
            b"",
        ]
    )
    return start + dice.randbytes(dice.randrange(20, 900))


def _book(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(dice: random.Random) -> bytes:
    """Merged cells, formulas, errors, numbers where names stand, more sheets, empty rows and columns."""

    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in ROWS:
            sheet.append(row)
        for _turn in range(8):
            cells = ["Agency", 12, 1.5, True, None, "=1/0", '=HYPERLINK("x")', "#N/A", "😀"]
            sheet.append([dice.choice(cells) for _n in range(3)])
        if dice.random() < 0.5:
            sheet.merge_cells(dice.choice(["A2:A5", "A1:C1", "B3:C6", "A10:D14"]))
        if dice.random() < 0.3:
            sheet.insert_rows(1, dice.randrange(1, 4))
        if dice.random() < 0.3:
            sheet.insert_cols(1)
        if dice.random() < 0.3:
            book.create_sheet("Empty", 0)

    return _book(fill)


def dated(dice: random.Random) -> bytes:
    """Dates, counted from 1904 or from 1900."""

    def fill(book: Workbook) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        if dice.random() < 0.7:
            book.epoch = CALENDAR_MAC_1904
        sheet = book.active
        assert sheet is not None
        sheet.append(["Supplier", "Since"])
        sheet.append(["Blue Lotus Ltd", date(2026, 5, 3)])

    return _book(fill)


def gutted(dice: random.Random) -> bytes:
    """A workbook one of whose parts is missing, cut or nonsense."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(dice))) as book, zipfile.ZipFile(out, "w") as new:
        names = book.namelist()
        hurt = dice.choice([name for name in names if name != "xl/workbook.xml"])
        for name in names:
            data = book.read(name)
            if name == hurt:
                if dice.random() < 0.4:
                    continue
                data = dice.choice([data[: len(data) // 2], b"<nonsense>", b"", dice.randbytes(60)])
            new.writestr(name, data)
    return out.getvalue()


KINDS: tuple[Maker, ...] = (
    encoded, lying, flipped, cut, open_quote, twice, ragged, only_header, binary, workbook, dated, gutted
)  # fmt: skip


def broken(seed: int) -> tuple[str, bytes]:
    """The file of a seed: its kind goes round, so that any run of seeds holds every kind."""
    dice = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    return f"{kind.__name__}-{seed}.{'xlsx' if kind in {workbook, dated, gutted} else 'csv'}", kind(dice)
