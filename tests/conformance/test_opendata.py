"""Open data under the eyes of others: Node, jsonschema, PyJWT, frictionless and FollowTheMoney."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import jwt
import pytest
from django.test import Client

from certification.credentials import selectors as credentials
from certification.opendata import services
from certification.opendata.models import Dump
from certification.opendata.published import verify_register as given
from certification.opendata.rules import merkle
from iris.core import clocks, events
from tests.conformance.tools import node
from tests.factories import certificates as factory
from tests.figures import Tell

LOG = "register_log.mjs"
Case = dict[str, Any]
Line = dict[str, Any]


def log_of(texts: list[str]) -> tuple[list[Line], dict[tuple[int, int], bytes]]:
    """Lines and the store of their tree, grown as the sequencer grows it."""
    held: dict[tuple[int, int], bytes] = {}
    lines = []
    for index, text in enumerate(texts):
        hashed = merkle.leaf_hash(text.encode())
        lines.append({"index": index, "text": text, "hash": hashed.hex()})
        for level, place, value in merkle.grown(index, hashed, lambda lv, pl: held[lv, pl]):
            held[level, place] = value
    return lines, held


def head_of(size: int, held: dict[tuple[int, int], bytes]) -> dict[str, Any]:
    return {"size": size, "root": merkle.root(size, lambda lv, pl: held[lv, pl]).hex()}


def _edit(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(len(lines))
    row = dict(lines[place])
    at = rng.randrange(len(row["text"]))
    row["text"] = row["text"][:at] + chr(ord(row["text"][at]) ^ 1) + row["text"][at + 1 :]
    return [*lines[:place], row, *lines[place + 1 :]]


def _renumbered(lines: list[Line]) -> list[Line]:
    """Somebody who tampers covers it: numbers and hashes of lines agree again."""
    return [
        {"index": index, "text": row["text"], "hash": merkle.leaf_hash(row["text"].encode()).hex()}
        for index, row in enumerate(lines)
    ]


def _delete(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(len(lines))
    return [*lines[:place], *lines[place + 1 :]]


def _reorder(lines: list[Line], rng: random.Random) -> list[Line]:
    one, other = rng.sample(range(len(lines)), 2)
    made = list(lines)
    made[one], made[other] = made[other], made[one]
    return made


def _insert(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(len(lines))  # behind the last line it would be what a log is for
    return [*lines[:place], {"text": f'{{"event":"issued","n":{rng.random()}}}'}, *lines[place:]]


def _cut(lines: list[Line], rng: random.Random) -> list[Line]:
    return lines[: rng.randrange(len(lines))]


def _rewrite(lines: list[Line], rng: random.Random) -> list[Line]:
    place = rng.randrange(len(lines))
    return [*lines[:place], *({"text": f"{row['text']} "} for row in lines[place:])]


WAYS: tuple[Callable[[list[Line], random.Random], list[Line]], ...] = (
    _edit,
    _delete,
    _reorder,
    _insert,
    _cut,
    _rewrite,
)


def tampered(rng: random.Random, way: int) -> Case:
    """A log tampered with in one of six ways; half of them covered, and half of those under a new head of its own.

    Under a head of the tamperer's own only the head that a reader kept tells; that is what a reader keeps it for.
    """
    size = rng.randrange(2, 60)
    lines, held = log_of([f'{{"event":"issued","n":{one},"r":{rng.random()}}}' for one in range(size)])
    known = head_of(size, held)
    broken = WAYS[way](lines, rng)
    head = known
    if rng.random() < 0.5 or any("hash" not in row for row in broken):
        broken = _renumbered(broken)
        if rng.random() < 0.5:
            again, store = log_of([row["text"] for row in broken])
            head = head_of(len(again), store)
    return {"lines": broken, "head": head, "known": known}


def read_by_both(cases: list[Case]) -> list[tuple[list[str], list[str]]]:
    """What the program that is given away and Node say of each case."""
    theirs = node(LOG, cases)
    ours = [
        given.problems_of_lines(
            [(row["index"], row["text"], row["hash"]) for row in case["lines"]], case["head"], case["known"]
        )
        for case in cases
    ]
    return list(zip(ours, theirs, strict=True))


def find_all(count: int, seed: int) -> int:
    """Tamper so many times; every one is found by both readers, and no whole log is called broken."""
    rng = random.Random(seed)
    cases = [tampered(rng, one % len(WAYS)) for one in range(count)]
    missed = [place for place, (ours, theirs) in enumerate(read_by_both(cases)) if not ours or not theirs]
    assert missed == []
    whole = []
    for size in range(1, 40):
        lines, held = log_of([f'{{"n":{one}}}' for one in range(size)])
        whole.append(
            {"lines": lines, "head": head_of(size, held), "known": head_of(rng.randrange(size + 1), held)}
        )
    assert [both for both in read_by_both(whole) if both != ([], [])] == []
    return len(cases)


def test_sixty_tamperings_are_found_by_both_readers() -> None:
    assert find_all(60, seed=7) == 60


@pytest.mark.conformance
def test_a_thousand_tamperings_are_found_by_both_readers(figures: Tell) -> None:
    tried = find_all(1_000, seed=20261122)
    figures("log of the register", tamperings=tried, not_found_by_python=0, not_found_by_node=0)


def test_node_checks_every_proof_of_a_log_and_refuses_false_ones() -> None:
    size = 21
    lines, held = log_of([f'{{"n":{one}}}' for one in range(size)])

    def fetch(level: int, place: int) -> bytes:
        return held[level, place]

    right: Case = {"inclusion": [], "consistency": []}
    for upto in range(1, size + 1):
        root = merkle.root(upto, fetch).hex()
        for index in range(upto):
            path = [one.hex() for one in merkle.inclusion(index, upto, fetch)]
            right["inclusion"].append(
                {"index": index, "size": upto, "text": lines[index]["text"], "path": path, "root": root}
            )
        for first in range(upto + 1):
            path = [one.hex() for one in merkle.consistency(first, upto, fetch)]
            old = merkle.root(first, fetch).hex()
            right["consistency"].append(
                {"first": first, "second": upto, "path": path, "first_root": old, "second_root": root}
            )
    assert len(right["inclusion"]) + len(right["consistency"]) == 483
    wrong = [{"inclusion": [{**one, "text": one["text"] + " "}]} for one in right["inclusion"][-20:]]
    wrong += [
        {"consistency": [{**one, "first_root": "0" * 64}]}
        for one in right["consistency"][-20:-2]
        if one["first"]
    ]
    found = node(LOG, [right, *wrong])
    assert found[0] == []
    assert all(found[1:])


@pytest.fixture
def folder() -> Path:
    factory.certificate("suspended", name='=Sunrise, "Overseas" Pvt. Ltd.')
    factory.certificate(name="Al-Noor للتوظيف")
    events.sequence()
    services.sequence()
    (full,) = services.dump(day=clocks.today())
    return services.folder_of(full)


@pytest.mark.django_db
def test_files_fit_their_schema_and_the_signature_is_the_schemes(folder: Path, client: Client) -> None:
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    kinds = {
        "string": "string",
        "array": "array",
        "boolean": "boolean",
        "integer": "integer",
        "date": "string",
    }
    for table in told["resources"]:
        fields = table["schema"]["fields"]
        properties = {one["name"]: {"type": [kinds.get(one["type"], "string"), "null"]} for one in fields}
        schema = {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
        rows = (folder / f"{table['name']}.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(rows) == table["rows"]
        for row in rows:
            jsonschema.validate(json.loads(row), schema)
    token = (folder / "manifest.jws").read_text(encoding="ascii")
    payload = jwt.decode(token, public_key(token), algorithms=["EdDSA", "ES256"])
    assert payload["manifest_sha256"] == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    head = client.get("/register/log/head.json").json()
    signed = jwt.decode(head["signature"], public_key(head["signature"]), algorithms=["EdDSA", "ES256"])
    assert (signed["size"], signed["root"]) == (head["size"], head["root"])
    head, body, _signature = token.split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{head}.{body}.{'A' * 86}", public_key(token), algorithms=["EdDSA", "ES256"])


def public_key(token: str) -> Any:
    """The key that did.json publishes under the token's key id."""
    kid = jwt.get_unverified_header(token)["kid"]
    (found,) = [one for one in credentials.did_document()["verificationMethod"] if one["id"] == kid]
    return jwt.PyJWK(found["publicKeyJwk"]).key


FOREIGN = """
import json, sys
from frictionless import Package
report = Package(sys.argv[1] + "/datapackage.json").validate()
assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "message"])
rows = {task["name"]: task["stats"]["rows"] for task in report.to_dict()["tasks"]}
from followthemoney import model
from followthemoney.proxy import EntityProxy
seen, kinds = set(), {}
for line in open(sys.argv[1] + "/entities.ftm.json", encoding="utf-8"):
    told = json.loads(line)
    entity = model.get_proxy(told)
    clean = model.get_proxy(told, cleaned=False)
    entity.schema.validate(told)
    dropped = {name for name in told["properties"] if not clean.get(name)}
    assert not dropped, (entity.schema.name, dropped)
    for holder in entity.get("holder", quiet=True):
        assert holder in seen, holder
    seen.add(entity.id)
    kinds[entity.schema.name] = kinds.get(entity.schema.name, 0) + 1
print(json.dumps({"rows": rows, "kinds": kinds}))
"""


@pytest.fixture
def foreign() -> str:
    """The interpreter that has frictionless and FollowTheMoney; `./dev conformance` brings it."""
    python = os.environ.get("IRIS_FOREIGN_OPENDATA", "")
    if not python:
        pytest.skip("needs frictionless and followthemoney: run ./dev conformance")
    return python


@pytest.mark.conformance
@pytest.mark.django_db
def test_frictionless_and_followthemoney_load_the_files(folder: Path, foreign: str, figures: Tell) -> None:
    run = subprocess.run(
        [foreign, "-c", FOREIGN, str(folder)], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    told = json.loads(run.stdout)
    counts = Dump.objects.get().counts
    assert told["rows"] == {"agencies": counts["agencies"], "certificates": counts["certificates"]}
    assert told["kinds"]["Company"] + told["kinds"].get("Organization", 0) == counts["agencies"]
    assert told["kinds"]["Identification"] == counts["certificates"]
    figures("open data", frictionless="valid", rows=told["rows"], followthemoney=told["kinds"])
