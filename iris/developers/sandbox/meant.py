"""Who is meant by a name or a number: the same fixed answers for a check, a match and a reconciliation."""

from dataclasses import dataclass, field
from typing import Any

from iris.developers.sandbox import records
from iris.developers.sandbox.records import Case

LABELS = {
    "certified": "Certified",
    "certified_with_conditions": "Certified with conditions",
    "reduced_scope": "Certified, scope reduced",
    "suspended": "Suspended",
    "withdrawn": "Withdrawn",
    "expired": "Expired",
    "": "Not certified",
}


@dataclass(frozen=True)
class Candidate:
    """An agency that may be meant: how alike, whether it settles, and why."""

    case: Case
    score: float
    match: bool
    why: str

    @property
    def standing(self) -> dict[str, Any]:
        """How it stands."""
        return {
            "code": self.case.status or "enrolled",
            "label": LABELS[self.case.status],
            "valid": self.case.valid,
            "since": self.case.since if self.case.status else None,
        }


@dataclass(frozen=True)
class Meant:
    """The outcome of a question and those who may be meant."""

    outcome: str
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def case(self) -> Case | None:
        """The one it settles on."""
        return self.candidates[0].case if self.outcome == "found" else None


def meant(name: str, identifier: str = "") -> Meant:
    """The answer of the sandbox to a name, a number, or both."""
    number = _plain(identifier) or _plain(name)
    if not number:
        return Meant("invalid")
    by_number = records.find(lambda one: number in {_plain(text) for text in records.numbers(one)})
    if by_number is not None:
        return Meant("found", [Candidate(by_number, 1.0, True, "the same number")])
    if identifier.strip() and not name.strip():
        return Meant("not_found")
    exact = records.find(lambda one: one.name == name)
    if exact is not None:
        return Meant("found", [Candidate(exact, 0.89, True, "the same name")])
    outcome = next((one for text, one, _shows in records.LOOKUPS if text == name), "not_found")
    if outcome == "ambiguous":
        twins = [one for one in records.AGENCIES if "Twin" in one.name]
        return Meant(outcome, [Candidate(one, 0.78, False, "a part of the name") for one in twins])
    if outcome == "possible":
        return Meant(outcome, [Candidate(records.AGENCIES[0], 0.71, False, "a like name")])
    return Meant(outcome)


def _plain(text: str) -> str:
    return "".join(one for one in text.upper() if one.isalnum())
