"""What is held for each thing a law asks, and what is missing. Pure: rows in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iris.core.errors import Text
from supplychain.dossiers.rules.laws import Ask, Law

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of piece in words, and the act that fills it when nothing is there."""

    label: Text
    missing: Text
    act: Text
    url_name: str


STEP_NAMES: tuple[Text, ...] = (
    gettext_lazy("Embed in policy"),
    gettext_lazy("Identify and assess"),
    gettext_lazy("Cease, prevent, mitigate"),
    gettext_lazy("Track"),
    gettext_lazy("Communicate"),
    gettext_lazy("Remedy"),
)


def _step(number: int) -> Kind:
    return Kind(
        gettext_lazy("Note on a step of the cycle"),
        gettext_lazy("Nothing is written down for this step of the due-diligence cycle."),
        gettext_lazy("Write the step down"),
        "diligence:steps",
    )


KINDS: dict[str, Kind] = {
    "receipts": Kind(
        gettext_lazy("Checks with receipt"),
        gettext_lazy("No agency was checked in the period."),
        gettext_lazy("Check an agency"),
        "lookups:check",
    ),
    "screenings": Kind(
        gettext_lazy("Screenings of lists"),
        gettext_lazy("No list was screened in the period."),
        gettext_lazy("Screen a list"),
        "screenings:list",
    ),
    "chain": Kind(
        gettext_lazy("Parties of the labour supply chain"),
        gettext_lazy("No supply chain is written down."),
        gettext_lazy("Write the chain down"),
        "chains:chain",
    ),
    "findings": Kind(
        gettext_lazy("Findings of the chain"),
        gettext_lazy("The chain was not looked at: there is none."),
        gettext_lazy("Write the chain down"),
        "chains:chain",
    ),
    "certificates": Kind(
        gettext_lazy("Recruiters with their standing on the register"),
        gettext_lazy("No recruiter of the chain is known to the register."),
        gettext_lazy("Join recruiters with the register"),
        "chains:chain",
    ),
    "risk": Kind(
        gettext_lazy("Risk scores with their inputs"),
        gettext_lazy("No recruiter has a risk score."),
        gettext_lazy("Write the chain down"),
        "chains:chain",
    ),
    "decisions": Kind(
        gettext_lazy("Decisions"),
        gettext_lazy("No decision about a recruiter is written down."),
        gettext_lazy("Write a decision down"),
        "diligence:list",
    ),
    "conditions": Kind(
        gettext_lazy("Conditions"),
        gettext_lazy("No condition was set for any recruiter."),
        gettext_lazy("Decide with conditions"),
        "diligence:list",
    ),
    "nominations": Kind(
        gettext_lazy("Recruiters nominated for certification"),
        gettext_lazy("No uncertified recruiter was nominated."),
        gettext_lazy("Nominate a recruiter"),
        "diligence:nominations",
    ),
    "watches": Kind(
        gettext_lazy("Outcomes of watches"),
        gettext_lazy("No recruiter is watched, so nothing shows what changed in between."),
        gettext_lazy("Watch the recruiters"),
        "watches:list",
    ),
    "requests": Kind(
        gettext_lazy("Requests for information"),
        gettext_lazy("No request is on record."),
        gettext_lazy("Open the inbox"),
        "diligence:requests",
    ),
    **{f"step{number}": _step(number) for number in range(1, 7)},
}


@dataclass(frozen=True)
class Held:
    """One kind of piece that answers an ask: how many, the newest day, or what is missing."""

    piece: str
    label: str
    count: int
    latest: str
    missing: str
    act: str
    url_name: str


@dataclass(frozen=True)
class Answered:
    """One ask with what is held for it: `state` is held, part or missing."""

    ask: Ask
    held: tuple[Held, ...]
    words: str
    state: str

    @property
    def missing(self) -> list[Held]:
        """What is not there."""
        return [one for one in self.held if not one.count]


def answered(law: Law, pieces: Mapping[str, Sequence[Row]], words: Mapping[str, str]) -> list[Answered]:
    """Each ask of a law with what we hold for it."""
    found = []
    for ask in law.asks:
        held = tuple(_held(piece, pieces) for piece in ask.pieces)
        text = words.get(ask.code, "").strip()
        found.append(Answered(ask, held, text, _state(held, text)))
    return found


def _state(held: Sequence[Held], words: str) -> str:
    """Held: every piece and the employer's own words. Part: some of it. Missing: nothing at all."""
    there = sum(1 for one in held if one.count) + bool(words)
    if there == len(held) + 1:
        return "held"
    return "part" if there else "missing"


def _held(piece: str, pieces: Mapping[str, Sequence[Row]]) -> Held:
    kind = KINDS[piece]
    rows = rows_of(piece, pieces)
    # A chain that was looked at and shows nothing is held, with nothing in it.
    looked = bool(pieces.get("chain")) if piece == "findings" else bool(rows)
    days = [str(row.get("on") or row.get("closed_on") or "") for row in rows]
    label = str(kind.label)
    if piece.startswith("step"):
        label = str(STEP_NAMES[int(piece[4:]) - 1])
    return Held(
        piece,
        label,
        len(rows) or int(looked),
        max(days, default=""),
        "" if looked else str(kind.missing),
        "" if looked else str(kind.act),
        "" if looked else kind.url_name,
    )


def rows_of(piece: str, pieces: Mapping[str, Sequence[Row]]) -> Sequence[Row]:
    """The rows of a piece; of a step, its one note."""
    if piece.startswith("step"):
        return [row for row in pieces.get("steps", []) if row["step"] == int(piece[4:])]
    return pieces.get(piece, [])


def in_words(held: Held) -> str:
    """ "12 checks with receipt"."""
    if held.piece == "findings" and held.count:
        return _("%(label)s: looked at") % {"label": held.label}
    return ngettext("%(label)s: %(n)s", "%(label)s: %(n)s", held.count) % {
        "label": held.label,
        "n": held.count,
    }
