"""A copy in words, for its PDF. Works on the stored content only, so years later too."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from supplychain.dossiers.states import Profile

MOST_PRINTED = 200  # rows of one table in the PDF; all of them stand in the archive
STATES = {
    "held": ("good", gettext_lazy("Held")),
    "part": ("care", gettext_lazy("In part")),
    "missing": ("stop", gettext_lazy("Missing")),
}
HIDDEN = {
    Profile.FULL: gettext_lazy("Nothing is left out. Names that suppliers keep stand as commitments."),
    Profile.AUTHORITY: gettext_lazy("Left out: who asked for information, and what they wrote."),
    Profile.CUSTOMER: gettext_lazy(
        "Left out: people, other buyers, sub-agents and unregistered recruiters by name, reasons, documents, requests."
    ),
    Profile.PUBLIC: gettext_lazy(
        "Left out: every party, every person and the number of every record. Counts remain."
    ),
}


def printed(shown: dict[str, Any]) -> dict[str, Any]:
    """Everything the template shows."""
    pieces = shown["pieces"]
    names = {row["ref"]: row["name"] for row in pieces["chain"]}
    return {
        **shown,
        "profile_label": str(Profile(shown["profile"]).label),
        "hidden": str(HIDDEN[Profile(shown["profile"])]),
        "from_day": _day(shown["period"]["from"]),
        "to_day": _day(shown["period"]["to"]),
        "as_of_day": _day(shown["as_of"]),
        "approved_day": _day(shown["approved_on"]),
        "made": datetime.fromisoformat(shown["made_at"]),
        "facts": [{**one, "since": _day(one["valid_from"])} for one in shown["law"]["facts"]],
        "asks": [_ask(one, number) for number, one in enumerate(shown["asks"], 1)],
        "sums": _sums(shown["asks"]),
        "counted": _counted(shown["counts"]),
        "tables": {
            name: _table(pieces[name], names) for name in pieces if name not in ("links", "nominations")
        },
        "whole": shown["scope"] == "whole",
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _ask(row: dict[str, Any], number: int) -> dict[str, Any]:
    tone, word = STATES[row["state"]]
    held = [{**one, "day": _day(one["latest"])} for one in row["held"]]
    return {**row, "number": number, "tone": tone, "word": str(word), "held": held}


def _sums(asks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"tone": tone, "word": str(word), "n": sum(1 for one in asks if one["state"] == state)}
        for state, (tone, word) in STATES.items()
    ]


COUNT_WORDS = {
    "receipts": gettext_lazy("Checks with receipt"),
    "screenings": gettext_lazy("Screenings of lists"),
    "chain": gettext_lazy("Parties of the labour supply chain"),
    "findings": gettext_lazy("Findings of the chain"),
    "certificates": gettext_lazy("Recruiters known to the register"),
    "risk": gettext_lazy("Risk scores"),
    "decisions": gettext_lazy("Decisions"),
    "conditions": gettext_lazy("Conditions"),
    "nominations": gettext_lazy("Nominations for certification"),
    "watches": gettext_lazy("Outcomes of watches"),
    "requests": gettext_lazy("Requests for information"),
}


def _counted(counts: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": str(label),
            "n": counts[name]["all"],
            "by": ", ".join(f"{word.replace('_', ' ')} {n}" for word, n in counts[name]["by"].items()),
        }
        for name, label in COUNT_WORDS.items()
        if name in counts
    ]


def _table(rows: list[dict[str, Any]], names: dict[str, str]) -> dict[str, Any]:
    printed_rows = []
    for row in rows[:MOST_PRINTED]:
        days = {
            f"{name}_day": _day(str(row[name]))
            for name in ("on", "due_on", "closed_on", "expires_on", "review_on")
            if row.get(name)
        }
        path = " → ".join(names.get(ref, "") for ref in row.get("path", []))
        printed_rows.append(
            {**dict.fromkeys(EVERY, ""), **dict.fromkeys(DAYS), **row, **days, "path_words": path}
        )
    return {"rows": printed_rows, "more": max(0, len(rows) - MOST_PRINTED)}


DATED = ("on", "due_on", "closed_on", "expires_on", "review_on")
DAYS = tuple(f"{name}_day" for name in DATED)
# what a copy leaves out is empty in its PDF, never an error
EVERY = (
    *("number", "name", "asked", "agency", "by", "outcome", "title", "why", "reason", "proposed_by"),
    *("second_person", "responsible", "note", "owner", "standing", "band", "points", "kind_label", "level"),
    *("country_name", "commitment", "label", "state", "state_label", "outcome_label", "ground", "text"),
    *("decision", "rows", "certified", "not_certified", "to_resolve", "not_found", "problem", "step"),
    *("sha256", "country", "in_time", "receipt"),
    *("unchanged", "changed", "failed", "first"),
)
