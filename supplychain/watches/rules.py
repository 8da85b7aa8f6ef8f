"""What counts as a change. Pure: facts in, differences out; the database is not asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from supplychain.watches.states import ChangeKind, Tempo

Facts = Mapping[str, Any]
# Which facts make which kind of change, in the order in which a reader should hear of them.
KIND_OF_FACT: tuple[tuple[ChangeKind, tuple[str, ...]], ...] = (
    (ChangeKind.ENDED, ("end",)),
    (ChangeKind.STANDING, ("standing",)),
    (ChangeKind.FLAG, ("flag",)),
    (ChangeKind.LICENCE, ("licences",)),
    (ChangeKind.SCOPE, ("corridors", "sectors", "branches")),
    (ChangeKind.CERTIFICATE, ("certificate", "revision", "expires_on")),
    (ChangeKind.NAME, ("name", "former")),
    (ChangeKind.NOTE, ("reason", "note")),
)
# Read for the words, never compared by themselves: `since` moves with the standing, `history` with `acts`, and the name
# of who took a company over (`heir`) is that agency's own.
ONLY_WORDS = frozenset({"since", "valid", "history", "heir"})


def canonical(facts: Facts) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(facts: Facts) -> str:
    """SHA-256 of what is compared of one agency."""
    compared = {name: value for name, value in facts.items() if name not in ONLY_WORDS}
    return hashlib.sha256(canonical(compared).encode()).hexdigest()


def digest_of_all(digests: Mapping[str, str]) -> str:
    """One hash for everything a watch saw: agency ids with the digest of each, in order."""
    lines = "\n".join(f"{key} {digests[key]}" for key in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


def differences(before: Facts, after: Facts) -> list[ChangeKind]:
    """What differs, the gravest first. Acts with nothing to show for them mean: changed and changed back."""
    kinds = [
        kind for kind, names in KIND_OF_FACT if any(before.get(name) != after.get(name) for name in names)
    ]
    if not kinds and before.get("acts") != after.get("acts"):
        return [ChangeKind.BETWEEN]
    return kinds


def last_due(now: datetime, tempo: str, hour: int, weekday: int) -> datetime:
    """The last moment (UTC) at which a digest was due: every day, or on one day of the week (0 is Monday)."""
    due = datetime.combine(now.astimezone(UTC).date(), time(hour), tzinfo=UTC)
    if due > now:
        due -= timedelta(days=1)
    while tempo == Tempo.WEEKLY and due.weekday() != weekday:
        due -= timedelta(days=1)
    return due


def period_of(tempo: str) -> timedelta:
    """How long one digest reaches back."""
    return timedelta(days=7 if tempo == Tempo.WEEKLY else 1)
