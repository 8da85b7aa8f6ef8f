"""Fifty invented people whose names exist nowhere else, and a search for them in all that is kept or sent."""

from __future__ import annotations

import io
import itertools
import logging
import re
import string
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyascii import anyascii
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve
from pypdf import PdfReader

from audits.interviews.services import IdentityInput

COUNT = 50
_HREF = re.compile(r'(?:href|action|src)="(/[^"#]*)')
_LETTERS = "bdfgklmnprtvz"


@dataclass(frozen=True)
class Canary:
    """One invented person."""

    first: str
    last: str
    phone: str

    @property
    def name(self) -> str:
        """As it is sealed."""
        return f"{self.first} {self.last}"

    @property
    def needles(self) -> tuple[str, ...]:
        """What must be found nowhere."""
        return self.first.lower(), self.last.lower(), self.phone[-8:]

    def sealed(self) -> IdentityInput:
        """On the way into the vault."""
        return IdentityInput(self.name, self.phone, "")


def flock() -> list[Canary]:
    """Fifty of them."""
    pairs = itertools.islice(itertools.product(_LETTERS, repeat=2), COUNT)
    return [
        Canary(f"Qu{a}ox{b}ira", f"Wy{b}ez{a}und", f"+97798{37000000 + number * 7919}")
        for number, (a, b) in enumerate(pairs)
    ]


class _Ascii(dict[int, str]):
    """Each character in letters of ASCII, looked up once: binary files are full of them."""

    def __missing__(self, code: int) -> str:
        self[code] = found = anyascii(chr(code))
        return found


_ASCII = _Ascii()
_BETWEEN_DIGITS = dict.fromkeys(map(ord, string.whitespace + "\x1c\x1d\x1e\x1f-()./"))
_NAMES = re.compile(rf"qu[{_LETTERS}]ox[{_LETTERS}]ira|wy[{_LETTERS}]ez[{_LETTERS}]und")
_PHONES = re.compile(r"(?=(37\d{6}))")


def found_in(text: str, birds: Iterable[Canary]) -> set[str]:
    """Names of the canaries that a text gives away, written in any case, script or spacing of digits."""
    plain = (text if text.isascii() else text.translate(_ASCII)).lower()
    found = {*_NAMES.findall(plain), *_PHONES.findall(plain.translate(_BETWEEN_DIGITS))}
    return {bird.name for bird in birds if not found.isdisjoint(bird.needles)}


def readable(data: bytes, name: str = "") -> str:
    """The text of a page, a PDF, an archive or anything else."""
    if data.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(data)).pages
        return data.decode("latin-1") + "".join(page.extract_text() for page in pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(one + readable(archive.read(one), one) for one in archive.namelist())
    return name + data.decode("utf-8", "replace")


def tables() -> Iterator[tuple[str, str]]:
    """Every table of the database as text, row by row; bytes also as the text they may be."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            yield (
                table,
                "\n".join(
                    bytes(cell).decode("utf-8", "replace")
                    if isinstance(cell, memoryview | bytes)
                    else str(cell)
                    for row in rows
                    for cell in row
                ),
            )


def stored(root: Path) -> Iterator[tuple[str, str]]:
    """Every file the product keeps."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(root)), readable(path.read_bytes(), path.name)


def crawl(client: Client, starts: Iterable[str], *, each: int = 2) -> Iterator[tuple[str, str]]:
    """Every kind of page a person can reach by links, each kind at most `each` times, with files and exports."""
    waiting, seen = list(starts), set(starts)
    visits: dict[str, int] = {}
    while waiting:
        url = waiting.pop(0)
        try:
            kind = resolve(url.partition("?")[0]).view_name
        except Resolver404:
            continue
        if kind.startswith(("account", "mfa", "usersessions")) or visits.get(kind, 0) >= each:
            continue
        visits[kind] = visits.get(kind, 0) + 1
        answer: Any = client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = readable(body)
        yield url, text + str(dict(answer.headers))
        for link in _HREF.findall(text.replace("&amp;", "&")):
            if link not in seen and not link.startswith(("/static/", "/accounts/")):
                seen.add(link)
                waiting.append(link)


class Log(logging.Handler):
    """Everything that is logged, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line with its arguments."""
        self.lines.append(f"{record.getMessage()} {record.exc_text or ''} {record.args}")
