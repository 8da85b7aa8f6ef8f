"""The files of a day: written as they are read, hashed, described, signed, and chained to the day before.

Everything is written into a folder that nobody is shown, which takes its name together with its row. A run that dies
leaves a folder without a row, and the next run begins again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from certification.credentials import services as credentials
from certification.opendata.models import Dump, DumpEnd
from certification.opendata.rules import package
from certification.opendata.rules.entries import canonical, moment
from certification.opendata.selectors import log
from certification.opendata.selectors import rows as read
from certification.opendata.services.writing import Writer
from certification.opendata.states import DumpKind
from iris.core import clocks, outbox
from iris.core.models import OutboxRow

DUMP_JOB = "opendata.dump"
GENESIS = "0" * 64
_LOCK = 7_305_089
WHAT = {
    "agencies.csv": "Agencies of the register",
    "agencies.jsonl": "Agencies of the register, one JSON object a line",
    "certificates.csv": "Certificates, every revision",
    "certificates.jsonl": "Certificates, every revision, one JSON object a line",
    "entities.ftm.json": "Both as FollowTheMoney entities, one a line",
    "log.jsonl": "The log of the register up to this moment",
    "datapackage.json": "Schema, licence and sources (Frictionless Data Package)",
    "changes.jsonl": "Rows that are new, changed or gone since the files before",
}


def root() -> Path:
    """Where the files of open data stand."""
    return Path(settings.IRIS_FILES_ROOT) / "open-data"


def folder_of(dump: Dump) -> Path:
    """The folder of one dump."""
    return root() / dump.folder


def ask_when_due() -> bool:
    """Order the files of today where nobody has yet; the job makes them."""
    today = clocks.today()
    if Dump.objects.filter(day=today, kind=DumpKind.FULL).exists():
        return False
    open_ = OutboxRow.objects.filter(job=DUMP_JOB, kwargs={"day": today.isoformat()})
    if open_.exclude(status=OutboxRow.State.DONE).exists():
        return False
    with transaction.atomic():
        outbox.enqueue(DUMP_JOB, day=today.isoformat())
    return True


def dump(*, day: date) -> list[Dump]:
    """The files of a day, everything and what changed; nothing where they are there, or the day is over."""
    if day != clocks.today():
        return []
    with transaction.atomic():
        _one_snapshot()
        if Dump.objects.filter(day=day, kind=DumpKind.FULL).exists():
            return []
        before = Dump.objects.filter(kind=DumpKind.FULL, end=None).order_by("-as_of").first()
        full = _make(day, DumpKind.FULL, None)
        made = [full]
        if before is not None and folder_of(before).is_dir():
            made.append(_make(day, DumpKind.DELTA, before, full))
        return made


def _one_snapshot() -> None:
    """All files show one and the same moment, whatever is written meanwhile; one maker at a time."""
    with connection.cursor() as cursor:
        if len(connection.atomic_blocks) == 1:  # the outermost: nothing was read in it yet
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _make(day: date, kind: DumpKind, before: Dump | None, full: Dump | None = None) -> Dump:
    name = f"{day.isoformat()}-{kind}"
    place = root() / f".{name}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    as_of = full.as_of if full else clocks.now()
    counts = _write_changes(place, before, full) if before and full else _write_all(place, as_of)
    last = Dump.objects.order_by("-created_at", "-as_of").first()
    size = full.tree_size if full else log.size_of_log()
    told = {
        "name": name,
        "kind": str(kind),
        "as_of": moment(as_of),
        "since": moment(before.as_of) if before else None,
        "previous_manifest_sha256": last.manifest_sha256 if last else GENESIS,
        "log": {"size": size, "root": log.root_of(size)},
        "counts": counts,
        "licence": package.LICENCE["name"],
        "files": [_described(path) for path in sorted(place.iterdir())],
    }
    return _close(place, day, kind, as_of, before, told, size)


def _close(
    place: Path,
    day: date,
    kind: DumpKind,
    as_of: datetime,
    before: Dump | None,
    told: dict[str, Any],
    size: int,
) -> Dump:
    """Sign the manifest, pack it all, give the folder its name, and keep the row."""
    text = canonical(told)
    hashed = hashlib.sha256(text.encode()).hexdigest()
    payload = {"name": told["name"], "as_of": told["as_of"], "manifest_sha256": hashed}
    signature = credentials.sign(payload, typ="open-data-manifest+jws")
    (place / "manifest.json").write_text(text, encoding="utf-8")
    (place / "manifest.jws").write_text(signature, encoding="ascii")
    _pack(place)
    made = Dump.objects.create(
        day=day,
        kind=kind,
        as_of=as_of,
        since=before.as_of if before else None,
        folder=told["name"],
        manifest=text,
        manifest_sha256=hashed,
        previous_sha256=told["previous_manifest_sha256"],
        signature=signature,
        tree_size=size,
        counts=told["counts"],
    )
    final = folder_of(made)
    shutil.rmtree(final, ignore_errors=True)  # of a run that died before its row was kept
    place.rename(final)
    return made


def _write_all(place: Path, as_of: datetime) -> dict[str, int]:
    with Writer(place) as out:
        for row in read.agency_rows():
            out.agency(row)
        for row in read.certificate_rows():
            out.certificate(row)
        for line in read.log_rows():
            out.line(line)
    told = package.data_package(
        name=f"recruitment-register-{as_of:%Y-%m-%d}",
        title=str(settings.SCHEME_NAME) + ": register",
        as_of=moment(as_of),
        base=settings.IRIS_PUBLIC_URL.rstrip("/"),
        rows=out.counts,
    )
    text = json.dumps(told, indent=1, ensure_ascii=False)
    (place / "datapackage.json").write_text(text, encoding="utf-8")
    return out.counts


def _write_changes(place: Path, before: Dump, full: Dump) -> dict[str, int]:
    counts = {"changed": 0, "gone": 0}
    with (place / "changes.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for table in ("agencies", "certificates"):
            old = dict(_hashed(folder_of(before) / f"{table}.jsonl"))
            for key, hashed, row in _rows_of(folder_of(full) / f"{table}.jsonl"):
                if old.pop(key, None) != hashed:
                    out.write(canonical({"table": table, "act": "put", "id": key, "row": row}) + "\n")
                    counts["changed"] += 1
            for key in sorted(old):
                out.write(canonical({"table": table, "act": "gone", "id": key}) + "\n")
                counts["gone"] += 1
    return counts


def _rows_of(path: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["id"], hashlib.sha256(line.encode()).digest(), row


def _hashed(path: Path) -> Iterator[tuple[str, bytes]]:
    for key, hashed, _row in _rows_of(path):
        yield key, hashed


def _described(path: Path) -> dict[str, Any]:
    made, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            made.update(piece)
            size += len(piece)
    return {"name": path.name, "bytes": size, "sha256": made.hexdigest(), "what": WHAT[path.name]}


def _pack(place: Path) -> None:
    """All of it in one file for people; each file also stands alone."""
    names = sorted(place.iterdir())
    with zipfile.ZipFile(place / "open-data.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in names:
            packed.write(path, f"{place.name.lstrip('.')}/{path.name}")


def tidy() -> int:
    """Take the files of old days off the server; those of the last day of a month stay, and every manifest does."""
    days, today, gone = clocks.number("open_data_keep_days"), clocks.today(), 0
    for row in Dump.objects.filter(end=None):
        if package.kept(row.day, today, days):
            continue
        shutil.rmtree(folder_of(row), ignore_errors=True)
        DumpEnd.objects.create(dump=row, at=clocks.now())
        gone += 1
    return gone
