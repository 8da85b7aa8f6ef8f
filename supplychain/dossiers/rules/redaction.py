"""What each copy of a dossier shows. Written as what may pass, never as what is hidden: a new field is left out.

full       everything the employer itself may read. A name that a supplier keeps is a commitment even here.
authority  as full, without who asked for information and what they wrote.
customer   recruiters and sites by name; no people, no other buyers, no sub-agents' names, no reasons, no requests.
public     counts and the employer's own words; no party, no person, no number of any record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from supplychain.dossiers.states import PROFILES, Profile

Row = dict[str, Any]
SHOWN_TO_CUSTOMER = frozenset({"site", "employer", "recruiter_origin", "recruiter_destination"})
CHAIN = (
    "ref kind kind_label name country country_name level registered confidential commitment standing valid"
)

# piece -> the fields that pass in a copy for an authority, and for a customer; nothing of any row is public
FIELDS: dict[str, tuple[str, str]] = {
    "receipts": ("number on outcome asked agency by sha256", "number on outcome agency sha256"),
    "screenings": (
        "title on state rows certified not_certified to_resolve not_found problem by file_sha256 root",
        "on state rows certified not_certified to_resolve not_found problem root",
    ),
    "chain": (CHAIN, CHAIN),
    "links": ("upper lower since until workers claim fee_terms confidence", "upper lower since until claim"),
    "findings": ("code label party name path why", "code label party name path"),
    "certificates": (
        "name country standing valid number expires_on corridors",
        "name country standing valid number expires_on corridors",
    ),
    "risk": ("name points band weights unknown inputs", "name points band weights unknown inputs"),
    "decisions": (
        "number on name registered outcome outcome_label state state_label reason proposed_by second_person "
        "needed_second_person receipt basis_sha256",
        "number on name outcome outcome_label state state_label needed_second_person basis_sha256",
    ),
    "conditions": (
        "decision name number text responsible due_on state note closed_on evidence_sha256 evidence_id",
        "decision name number text due_on state closed_on evidence_sha256",
    ),
    "nominations": ("name country on state state_label", "country on state state_label"),
    "watches": (
        "name kind kind_label on first unchanged changed failed",
        "kind kind_label on first unchanged changed failed",
    ),
    "requests": (
        "number on due_on extended state state_label closed_on in_time ground messages",
        "on due_on extended state state_label closed_on in_time",
    ),
    "steps": ("step on note owner review_on", "step on note review_on"),
}
COUNTED = {
    "receipts": "outcome",
    "chain": "kind_label",
    "findings": "label",
    "certificates": "standing",
    "risk": "band",
    "decisions": "outcome_label",
    "conditions": "state",
    "nominations": "state_label",
    "requests": "state_label",
}


def redacted(content: Mapping[str, Any], profile: str) -> Row:
    """The content as one kind of reader may have it."""
    if profile not in PROFILES:
        raise ValueError(f"no such copy: {profile}")
    found: Row = {name: content[name] for name in HEAD}
    found["profile"] = profile
    found["counts"] = {piece: _count(piece, rows) for piece, rows in content["pieces"].items()}
    found["words"] = {
        code: row["text"]
        for code, row in content["words"].items()
        if PROFILES.index(profile) <= PROFILES.index(row["audience"])
    }
    found["made_by"] = content["made_by"] if profile in (Profile.FULL, Profile.AUTHORITY) else ""
    found["suppliers"] = content["suppliers"] if profile != Profile.PUBLIC else []
    found["pieces"] = _pieces(content["pieces"], profile)
    if profile == Profile.CUSTOMER:
        shown = {row["name"] for row in found["pieces"]["chain"]}
        found["suppliers"] = [name for name in content["suppliers"] if name in shown]
    return found


HEAD = (
    "kind",
    "scheme",
    "number",
    "version",
    "law",
    "title",
    "organisation",
    "period",
    "as_of",
    "scope",
    "signed_by",
    "approved_by",
    "approved_on",
    "made_at",
    "events_up_to",
    "laws_sha256",
)


def _count(piece: str, rows: Sequence[Row]) -> Row:
    by: dict[str, int] = {}
    if piece in COUNTED:
        for row in rows:
            by[str(row[COUNTED[piece]])] = by.get(str(row[COUNTED[piece]]), 0) + 1
    return {"all": len(rows), "by": dict(sorted(by.items()))}


def _pieces(pieces: Mapping[str, Sequence[Row]], profile: str) -> dict[str, list[Row]]:
    if profile == Profile.FULL:
        return {name: [dict(row) for row in rows] for name, rows in pieces.items()}
    if profile == Profile.PUBLIC:
        return {name: [] for name in pieces}
    place = 0 if profile == Profile.AUTHORITY else 1
    found: dict[str, list[Row]] = {}
    for name, rows in pieces.items():
        pair = FIELDS.get(name)
        fields = pair[place].split() if pair else []
        found[name] = (
            [{field: row[field] for field in fields if field in row} for row in rows] if pair else []
        )
    if profile == Profile.AUTHORITY:
        _without_askers(found["requests"])
    else:
        _aliases(found, pieces)
    return found


def _without_askers(rows: list[Row]) -> None:
    """What an asker wrote may say who they are: only that and when they wrote stays."""
    for row in rows:
        row["messages"] = [
            {**one, "text": ""} if one["from_asker"] or one["kind"] == "note" else one
            for one in row["messages"]
        ]


def _aliases(found: dict[str, list[Row]], pieces: Mapping[str, Sequence[Row]]) -> None:
    """For a customer: other buyers, sub-agents and recruiters that the register does not know are numbered."""
    aliases: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for row in pieces["chain"]:
        kept = (
            row["confidential"]
            or row["registered"]
            or (row["kind"] in SHOWN_TO_CUSTOMER and not row["kind"].startswith("recruiter"))
        )
        if kept or row["name"] in aliases:
            continue
        numbers[row["kind"]] = numbers.get(row["kind"], 0) + 1
        aliases[row["name"]] = f"{row['kind_label']} {numbers[row['kind']]}"
    for name in ("chain", "findings", "risk"):
        for row in found[name]:
            row["name"] = aliases.get(row["name"], row["name"])
    for name in ("decisions", "conditions"):
        for row, whole in zip(found[name], pieces[name], strict=True):
            if not whole.get("registered"):
                row["name"] = aliases.get(row["name"], "A recruiter that is not on the register")
