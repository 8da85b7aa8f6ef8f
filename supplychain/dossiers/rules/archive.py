"""A zip whose bytes depend on its pieces alone: sorted, without clock, with a manifest and an index."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from iris.core.sheets import harmless
from supplychain.dossiers.rules.checking import MANIFEST, PDF, SEAL

LONG_AGO = (1980, 1, 1, 0, 0, 0)
COLUMNS = ("path", "piece", "title", "on", "bytes", "sha256")


@dataclass(frozen=True)
class Piece:
    """One file: `path` names numbers and hashes only, never people or organisations."""

    path: str
    kind: str
    title: str
    data: bytes
    on: str = ""

    @property
    def sha256(self) -> str:
        """Of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def as_json(data: Any) -> bytes:
    """Readable JSON that is the same for the same data."""
    return (json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def with_index(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces by path, with index.csv and index.json that list them."""
    rows = sorted(pieces, key=lambda one: one.path)
    listed = [
        {
            "path": one.path,
            "piece": one.kind,
            "title": one.title,
            "on": one.on,
            "bytes": len(one.data),
            "sha256": one.sha256,
        }
        for one in rows
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(str(row[name])) for name in COLUMNS] for row in listed)
    index = [
        Piece("index.csv", "index", "Index", out.getvalue().encode()),
        Piece("index.json", "index", "Index", as_json(listed)),
    ]
    return sorted([*rows, *index], key=lambda one: one.path)


def manifest_of(pieces: Sequence[Piece]) -> bytes:
    """One line for each file, as sha256sum writes it. Its own SHA-256 is the top hash."""
    return "".join(f"{one.sha256}  {one.path}\n" for one in pieces).encode()


def top_of(manifest: bytes) -> str:
    """The hash that stands for all of it, printed on the PDF."""
    return hashlib.sha256(manifest).hexdigest()


def zipped(pieces: Sequence[Piece], manifest: bytes, document: bytes) -> bytes:
    """The archive: pieces, manifest, PDF, and the seal that ties the PDF to the manifest."""
    seal = {"top_sha256": top_of(manifest), "pdf_sha256": hashlib.sha256(document).hexdigest()}
    files = {one.path: one.data for one in pieces}
    files |= {MANIFEST: manifest, PDF: document, SEAL: as_json(seal)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as box:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            box.writestr(info, files[name])
    return out.getvalue()
