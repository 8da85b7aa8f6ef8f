#!/usr/bin/env python3
"""Check a dossier archive: every file against the manifest, the manifest against the top hash.

Needs Python 3.9 or later and nothing else. Usage: python3 check_dossier.py DOSSIER.zip [TOP-HASH]
With the top hash printed on the PDF given as well, it says whether this archive is the one of that PDF.
"""

import hashlib
import json
import sys
import zipfile
from typing import Any

MANIFEST = "manifest.sha256"
SEAL = "seal.json"
PDF = "dossier.pdf"
MOST_BYTES = 500 * 1024 * 1024


def check(archive: Any, expected: str = "") -> tuple[list[str], str]:
    """Problems found in an archive (path or file), as sentences, and its top hash. No problem: an empty list."""
    try:
        with zipfile.ZipFile(archive) as box:
            return _check(box, expected.strip().lower())
    except zipfile.BadZipFile:
        return ["This is not a zip archive, or it is damaged. Get the file again."], ""


def _check(box: zipfile.ZipFile, expected: str) -> tuple[list[str], str]:
    infos = [info for info in box.infolist() if not info.is_dir()]
    names = [info.filename for info in infos]
    problems: list[str] = []
    if sum(info.file_size for info in infos) > MOST_BYTES:
        return ["The archive unpacks to more than 500 MB. It was not made here."], ""
    if len(set(names)) != len(names):
        problems.append("A file name stands twice in the archive.")
    if MANIFEST not in names or SEAL not in names:
        return [*problems, "manifest.sha256 or seal.json is missing: this is no dossier archive."], ""
    text = box.read(MANIFEST)
    top = hashlib.sha256(text).hexdigest()
    listed: dict[str, str] = {}
    for line in text.decode("utf-8", "replace").splitlines():
        found, _, name = line.partition("  ")
        listed[name] = found
    for name in sorted(set(names) - {MANIFEST, SEAL, PDF} - set(listed)):
        problems.append(f"{name} is in the archive and not in the manifest: it was added.")
    for name in sorted(listed):
        if name not in names:
            problems.append(f"{name} is in the manifest and not in the archive: it was taken out.")
        elif hashlib.sha256(box.read(name)).hexdigest() != listed[name]:
            problems.append(f"{name} was changed: its SHA-256 is not the one of the manifest.")
    problems += _sealed(box, names, top)
    if expected and expected != top:
        problems.append(f"The top hash is {top}, not {expected}: this archive belongs to another PDF.")
    return problems, top


def _sealed(box: zipfile.ZipFile, names: list[str], top: str) -> list[str]:
    try:
        seal = json.loads(box.read(SEAL).decode("utf-8"))
    except ValueError:
        return ["seal.json cannot be read."]
    problems: list[str] = []
    if seal.get("top_sha256") != top:
        problems.append("The manifest was changed: its SHA-256 is not the top hash of seal.json.")
    if PDF not in names:
        problems.append("dossier.pdf was taken out.")
    elif hashlib.sha256(box.read(PDF)).hexdigest() != seal.get("pdf_sha256"):
        problems.append("dossier.pdf was changed: its SHA-256 is not the one of seal.json.")
    return problems


def main(arguments: list[str]) -> int:
    """Print what was found; 0 when all is well."""
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    problems, top = check(*arguments)
    for problem in problems:
        print("WRONG: " + problem)
    if top:
        print("top hash " + top)
    if not problems:
        print("All files agree with the manifest. Compare the top hash with the one printed on the PDF.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
