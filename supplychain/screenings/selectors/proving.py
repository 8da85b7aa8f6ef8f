"""What proves a row: its record made again, its path, and the root that was written when the screening ended."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from supplychain.screenings import rules
from supplychain.screenings.models import RowOutcome, Screening, ScreeningRow
from supplychain.screenings.rules import merkle

KIND = "iris.screening-proof/1"


def nodes_of(screening: Screening) -> merkle.Nodes:
    """The nodes of the tree over every row, folded as the leaves stream by."""
    return merkle.fold(_leaves(screening))


def _leaves(screening: Screening) -> Iterator[tuple[int, bytes]]:
    rows = screening.outcomes.order_by("number").values_list("number", "leaf")
    for number, leaf in rows.iterator(chunk_size=10_000):
        yield number, bytes(leaf or b"")


def record_of(row: ScreeningRow, outcome: RowOutcome) -> str:
    """The canonical record of a row from what is stored; its hash is the leaf."""
    return rules.record(
        screening=str(row.screening_id),
        row=row.number,
        asked=(row.name, row.country, row.identifier),
        at=outcome.checked_at,
        result=outcome.checked,
        outcome=outcome.outcome,
        how=outcome.how,
        agency=str(outcome.agency_id or ""),
        facts=outcome.fact.sha256 if outcome.fact else "",
        score=outcome.score,
        why=outcome.why,
        alike=outcome.similar,
        same_as=outcome.same_as,
    )


def proof_of(screening: Screening, number: int) -> dict[str, Any] | None:
    """The proof of one row as data for a JSON file; None where the screening or row has none."""
    row = ScreeningRow.objects.filter(screening=screening, number=number).first()
    outcome = screening.outcomes.filter(number=number).select_related("fact").first()
    if row is None or outcome is None or outcome.leaf is None or not screening.nodes:
        return None
    nodes = merkle.Nodes.unpacked(bytes(screening.nodes))
    place, first, after = nodes.block_of(number)
    block = screening.outcomes.filter(number__gte=first).order_by("number")
    block = block.filter(number__lt=after) if after is not None else block
    pairs = list(block.values_list("number", "leaf"))
    leaves = [bytes(leaf or b"") for _number, leaf in pairs]
    at = next(i for i, (other, _leaf) in enumerate(pairs) if other == number)
    steps = [*merkle.path(leaves, at), *merkle.path(nodes.hashes, place)]
    return {
        "kind": KIND,
        "screening": str(screening.pk),
        "row": number,
        "record": record_of(row, outcome),
        "facts": rules.canonical(outcome.fact.facts) if outcome.fact else "",
        "cells": row.cells,
        "path": [{"side": side, "hash": text} for side, text in steps],
        "root": screening.rows_root,
    }


@dataclass(frozen=True)
class Proof:
    """How a proof that was handed in stands; `reason` names what does not hold."""

    holds: bool
    reason: str = ""  # "unreadable", "other", "row", "facts"


def check_proof(screening: Screening, data: bytes) -> Proof:
    """Whether a file is the proof of a row of this screening, unchanged. Nothing of it is kept."""
    try:
        given = json.loads(data.decode("utf-8-sig"))
        record, facts = str(given["record"]), str(given["facts"])
        steps = [(str(step["side"]), str(step["hash"])) for step in given["path"]][:64]
        body = json.loads(record)
        root = merkle.climb(record, steps)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Proof(False, "unreadable")
    if not isinstance(body, Mapping) or body.get("screening") != str(screening.pk):
        return Proof(False, "other")
    if root != screening.rows_root:
        return Proof(False, "row")
    if str(body.get("facts", "")) != rules.sha256(facts):
        return Proof(False, "facts")
    if (given.get("row"), given.get("screening")) != (body.get("row"), str(screening.pk)):
        return Proof(False, "row")
    return Proof(True)


def provable(screening_id: UUID) -> Screening | None:
    """The screening whose rows can be proven, for the public page that shows nothing of it."""
    return Screening.objects.filter(pk=screening_id).exclude(nodes=b"").first()
