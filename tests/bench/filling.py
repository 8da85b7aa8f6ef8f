"""Fill a register with many invented agencies that carry the names of a file, by COPY: for measuring only.

    from tests.bench.filling import fill
    fill("register_100k.tsv", 100_000)      # lines of id, name, country and more, no header; returns a sentence

Each agency is enrolled, has its name as legal name, one licence and no certificate; `agency_id_of(id)` is its number.
"""

import csv
import io
import json
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from django.db import connection, transaction

from iris.core import clocks
from iris.matching import key, normalise

SPACE = UUID("5c7a1a3e-0d0b-4d0e-9d53-1f0c6f9b2a11")
AT_ONCE = 20_000
Line = tuple[str, str, str]

_TABLES = {
    "iris_accounts_organisation": (
        "id", "created_at", "kind", "name", "country", "website", "purpose", "contact_name", "contact_email",
        "contact_phone", "state", "vetted_by_label", "refusal_reason",
    ),
    "certification_agencies_agency": (
        "id", "created_at", "legal_name", "legal_name_lang", "registration_number", "registration_key", "country",
        "kind", "address", "city", "contact_name", "phone", "email", "website", "sanctions", "sanctions_text",
        "enrolled_at", "organisation_id",
    ),
    "certification_agencies_agencyname": (
        "id", "created_at", "kind", "name", "lang", "normal", "key", "agency_id", "note",
    ),
    "certification_agencies_licence": (
        "id", "created_at", "country", "authority", "number", "number_key", "valid_from", "valid_to", "agency_id",
        "register_says", "lost_why",
    ),
}  # fmt: skip


def agency_id_of(register_id: str) -> UUID:
    """The agency made for a line of the file."""
    return uuid5(SPACE, f"agency {register_id}")


def fill(path: str | Path, count: int = 0) -> str:
    """Add the first `count` lines of a file (all by default) as enrolled agencies; says how many and how fast."""
    return fill_lines(islice(_lines(Path(path)), count or None))


def fill_lines(lines: Iterable[Line]) -> str:
    """Add agencies of (id, name, country) each."""
    began, total = time.perf_counter(), 0
    source = iter(lines)
    while chunk := list(islice(source, AT_ONCE)):
        with transaction.atomic():
            for table, columns in _TABLES.items():
                _copy(table, columns, chunk)
        total += len(chunk)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for table in _TABLES:
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("RESET statement_timeout")
    seconds = time.perf_counter() - began
    return f"{total:,} agencies in {seconds:.0f} s ({seconds / max(1, total) * 1e6:.0f} s per million)"


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) >= 3 and row[1].strip():
                country = row[2].strip().upper()[:2]
                yield row[0], row[1].strip()[:300], country if len(country) == 2 else "ZZ"


def _copy(table: str, columns: tuple[str, ...], chunk: list[Line]) -> None:
    text = "\n".join("\t".join(_cell(one) for one in row) for row in _rows(table, chunk)) + "\n"
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text))


def _cell(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _rows(table: str, chunk: list[Line]) -> Iterator[tuple[str, ...]]:
    at, today = clocks.now().isoformat(), clocks.today()
    last = clocks.add_months(today, 24).isoformat()
    for number, name, country in chunk:
        agency, plain = str(agency_id_of(number)), number.casefold().replace("-", "")
        organisation = str(uuid5(SPACE, f"organisation {number}"))
        if table == "iris_accounts_organisation":
            # "applied" is the state in which a row begins; nothing of a check asks for it.
            yield organisation, at, "agency", name[:200], country, *([""] * 5), "applied", "", ""
        elif table == "certification_agencies_agency":
            phone = f"+{900_000_000_000 + int(number):d}" if number.isdigit() else ""
            yield (
                *(agency, at, name, "en", f"BENCH-{number}", f"bench{plain}", country, "private"),
                *("", "", "", phone, "", "", "", "", at, organisation),
            )
        elif table == "certification_agencies_agencyname":
            row = str(uuid5(SPACE, f"name {number}"))
            yield row, at, "legal", name, "en", normalise(name), key(name)[:900], agency, ""
        else:
            row = str(uuid5(SPACE, f"licence {number}"))
            yield (
                *(row, at, country, "Bench authority", f"BENCH-L-{number}", f"benchl{plain}"),
                *(today.isoformat(), last, agency, "", ""),
            )


def time_hits(most: int = 400, turns: int = 5) -> str:
    """Median milliseconds of finding one canonical key and one number in PostgreSQL, as JSON; the best of a few turns
    for each, so that another process's turn on the core is not counted."""
    from supplychain.lookups.selectors import finding, identifying

    with connection.cursor() as cursor:
        names, licences = "certification_agencies_agencyname", "certification_agencies_licence"
        cursor.execute(f"SELECT key FROM {names} WHERE key <> '' ORDER BY md5(id::text) LIMIT %s", [most])
        keys = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT number_key FROM {licences} ORDER BY md5(id::text) LIMIT %s", [most])
        numbers = [row[0] for row in cursor.fetchall()]

    def nothing(_one: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchall()

    def middle(ask: Callable[[str], object], values: list[str]) -> float:
        times = []
        for value in values:
            rounds = []
            for _turn in range(turns):
                began = time.perf_counter()
                ask(value)
                rounds.append((time.perf_counter() - began) * 1000)
            times.append(min(rounds))
        return round(statistics.median(times), 3)

    return json.dumps(
        {
            "key_ms": middle(lambda one: finding._ONE_KEY.rows(one), keys),
            "number_ms": middle(lambda one: identifying._ONE.rows(one.upper(), one, None, None), numbers),
            "nothing_ms": middle(nothing, keys),
        }
    )
