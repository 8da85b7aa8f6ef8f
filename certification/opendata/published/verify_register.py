#!/usr/bin/env python3
"""Check the register's log, or a folder of its open data, without trusting whoever runs the register.

    python3 verify_register.py log https://register.example [--keep head.json]
    python3 verify_register.py folder FOLDER

`log` reads every line of the log, builds the Merkle tree of RFC 6962 and compares it with the signed head. With --keep
it remembers the head it saw and, the next time, asks for the proof that the log has only grown since. `folder` checks
every file of a downloaded day against its manifest. Python 3.9 or later; nothing to install. Signatures (compact JWS,
keys in /.well-known/did.json) are checked by any JOSE library; this program checks everything else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import urllib.request
from collections.abc import Sequence
from typing import Any

Line = tuple[int, str, str]


def leaf(text: str) -> bytes:
    """The hash of one line."""
    return hashlib.sha256(b"\x00" + text.encode("utf-8")).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The Merkle tree hash over the hashes of the lines (RFC 6962, 2.1), by a stack of complete subtrees."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    stack: list[bytes] = []
    for count, one in enumerate(hashes, 1):
        stack.append(one)
        while count % 2 == 0:
            right = stack.pop()
            stack.append(node(stack.pop(), right))
            count //= 2
    found = stack.pop()
    while stack:
        found = node(stack.pop(), found)
    return found


def included(hashed: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a line with this hash stands at `index` of the log with this root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, hashed
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node(step, found)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            found = node(found, step)
        place, last = place // 2, last // 2
    return last == 0 and found == root


def consistent(first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Whether the log of `first` lines is the beginning of the one of `second`."""
    if first == second:
        return first_root == second_root and not path
    if not 0 <= first < second:
        return False
    if first == 0:
        return not path
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    if not steps:
        return False
    place, last = first - 1, second - 1
    while place % 2:
        place, last = place // 2, last // 2
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = node(step, old), node(step, new)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            new = node(new, step)
        place, last = place // 2, last // 2
    return last == 0 and old == first_root and new == second_root


def problems_of_lines(
    lines: Sequence[Line], head: dict[str, Any], known: dict[str, Any] | None = None
) -> list[str]:
    """What is wrong with lines [(index, text, hash)] under a head {size, root}; and against a head kept before."""
    found: list[str] = []
    hashes: list[bytes] = []
    for want, (index, text, told) in enumerate(lines):
        if index != want:
            found.append(f"Line {want} is missing: the next is {index}.")
            break
        hashes.append(leaf(text))
        if hashes[-1].hex() != told:
            found.append(f"Line {index} does not match its hash.")
        try:
            json.loads(text)
        except ValueError:
            found.append(f"Line {index} is not JSON.")
    for one, what in ((head, "The signed head"), (known, "The head you kept")):
        if one is None:
            continue
        if len(hashes) < one["size"]:
            found.append(f"{what} counts {one['size']} lines, the log has {len(hashes)}.")
        elif root_of(hashes[: one["size"]]).hex() != one["root"]:
            found.append(f"{what} has another root: a line was changed, moved, added or taken out.")
    if len(hashes) > head["size"]:
        found.append(f"{len(hashes) - head['size']} lines stand behind the signed head.")
    return found


def sha256_of(path: str) -> tuple[str, int]:
    """The SHA-256 of a file and its size, a piece at a time."""
    made, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            made.update(piece)
            size += len(piece)
    return made.hexdigest(), size


def problems_of_folder(folder: str) -> list[str]:
    """What is wrong with a folder of open data, as sentences; empty when it is whole."""
    try:
        with open(os.path.join(folder, "manifest.json"), "rb") as file:
            raw = file.read()
        manifest = json.loads(raw.decode("utf-8"))
        files = {str(one["name"]): one for one in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"There is no manifest.json that can be read: {error}"]
    found = []
    for name, told in sorted(files.items()):
        if os.path.basename(name) != name or name.startswith("."):
            found.append(f"{name!r} is not the name of a file.")
            continue
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            found.append(f"{name} is missing.")
            continue
        hashed, size = sha256_of(path)
        if hashed != told.get("sha256") or size != told.get("bytes"):
            found.append(f"{name} is not the file that the manifest names.")
    beside = {"manifest.json", "manifest.jws", "open-data.zip"}
    for name in sorted(set(os.listdir(folder)) - set(files) - beside):
        found.append(f"{name} is not in the manifest.")
    signature = os.path.join(folder, "manifest.jws")
    if os.path.isfile(signature):
        want = {"name": manifest.get("name"), "as_of": manifest.get("as_of")}
        found += problems_of_signature(
            signature, {**want, "manifest_sha256": hashlib.sha256(raw).hexdigest()}
        )
    return found + problems_of_log_file(folder, manifest)


def problems_of_signature(path: str, want: dict[str, Any]) -> list[str]:
    """Whether the signed payload names this manifest (the signature itself is for a JOSE library)."""
    import base64

    try:
        with open(path, encoding="ascii") as file:
            part = file.read().strip().split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return [] if told == want else ["manifest.jws signs another manifest."]
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        return [f"manifest.jws cannot be read: {error}"]


def problems_of_log_file(folder: str, manifest: dict[str, Any]) -> list[str]:
    """The log as it was that day, where it is among the files: lines against the head in the manifest."""
    path = os.path.join(folder, "log.jsonl")
    if not os.path.isfile(path):
        return []
    lines: list[Line] = []
    try:
        with open(path, encoding="utf-8") as file:
            for row in file:
                told = json.loads(row)
                lines.append((told["index"], told["text"], told["hash"]))
    except (ValueError, KeyError) as error:
        return [f"log.jsonl cannot be read: {error}"]
    return ["log.jsonl: " + one for one in problems_of_lines(lines, manifest["log"])]


def fetch(address: str) -> Any:
    """A JSON answer."""
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the address is the user's own
        return json.loads(answer.read().decode("utf-8"))


def read_log(base: str, size: int) -> list[Line]:
    """Every line of the log, in pieces."""
    lines: list[Line] = []
    while len(lines) < size:
        got = fetch(f"{base}/register/log/entries.json?start={len(lines)}&end={size}")["entries"]
        if not got:
            break
        lines += [(one["index"], one["text"], one["hash"]) for one in got]
    return lines


def check_log(base: str, keep: str | None) -> tuple[list[str], str]:
    """Read the whole log and check it; against the head kept last time too."""
    head = fetch(base + "/register/log/head.json")
    known = None
    if keep and os.path.exists(keep):
        with open(keep, encoding="utf-8") as file:
            known = json.load(file)
    found = problems_of_lines(read_log(base, head["size"]), head, known)
    if known and known["size"] <= head["size"]:
        told = fetch(f"{base}/register/log/consistency.json?first={known['size']}&second={head['size']}")
        path = [bytes.fromhex(one) for one in told["path"]]
        roots = bytes.fromhex(known["root"]), bytes.fromhex(head["root"])
        if not consistent(known["size"], head["size"], path, *roots):
            found.append("The log is no longer the one you saw: the proof that it only grew does not hold.")
    if keep and not found:
        with open(keep, "w", encoding="utf-8") as file:
            json.dump({"size": head["size"], "root": head["root"], "at": head["at"]}, file)
    return found, f"{head['size']} lines, root {head['root']}, signed {head['at']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong, or that it holds; exit 1 when it does not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("log", "folder"))
    parser.add_argument("where", help="the address of the register, or a folder")
    parser.add_argument("--keep", help="a file that remembers the head seen last")
    told = parser.parse_args(arguments)
    if told.what == "log":
        found, about = check_log(told.where.rstrip("/"), told.keep)
    else:
        found, about = problems_of_folder(told.where), told.where
    for one in found:
        print("WRONG: " + one)
    if not found:
        print("It holds: " + about)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
