"""Answers that do not hold together. Only warnings: the agency looks again, or says why it is no mistake. Pure."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from certification.assessments.states import AnswerValue, EvidenceKind

FIRM = 3  # from this level on a practice rests on something written
_PAIRS = Path(__file__).resolve().parent.parent / "consistency.yaml"
# The kinds of documents that hold something written down, of which a firm practice shows one.
WRITTEN = frozenset({EvidenceKind.POLICY.value, EvidenceKind.CONTRACT.value, EvidenceKind.FORM.value})


@dataclass(frozen=True)
class ShownDocument:
    """What the rules need to know of a document under an answer."""

    pk: str
    title: str
    kind: str
    valid_until: dt.date | None
    has_newer: bool


@dataclass(frozen=True)
class SaidAnswer:
    """What the rules need to know of an answer."""

    code: str
    value: str
    maturity: int | None
    asks_for_policy: bool
    documents: tuple[ShownDocument, ...]


@dataclass(frozen=True)
class Warning:
    """One thing that does not hold together: its rule, the indicators it is about, a sentence, and what it rests on."""

    rule: str
    codes: tuple[str, ...]
    text: StrOrPromise
    mark: str

    @property
    def subject(self) -> str:
        """What it is about, for telling one warning from another of the same rule."""
        return self.codes[0]


@dataclass(frozen=True)
class Pair:
    """Two answers that contradict each other."""

    id: str
    codes: tuple[str, str]
    values: tuple[frozenset[str], frozenset[str]]
    text: str


def warnings(
    answers: Sequence[SaidAnswer], *, edition: int, worker_borne: int, today: dt.date
) -> list[Warning]:
    """Everything that does not hold together, in the order of the answers."""
    by_code = {answer.code: answer for answer in answers}
    found = [warning for answer in answers for warning in _of_one(answer, today)]
    found += _of_older_versions(answers)
    found += _of_pairs(by_code, edition)
    found += _of_ledger(by_code, edition, worker_borne)
    place = {answer.code: n for n, answer in enumerate(answers)}
    return sorted(found, key=lambda warning: place[warning.subject])


def _of_one(answer: SaidAnswer, today: dt.date) -> Iterator[Warning]:
    if answer.value not in (AnswerValue.YES, AnswerValue.PARTLY):
        return
    facts = [answer.value, answer.maturity, *sorted(document.pk for document in answer.documents)]
    mark = _mark(facts)
    if not answer.documents:
        text = _("%(code)s says yes or partly and shows no document.") % {"code": answer.code}
        yield Warning("yes_without_evidence", (answer.code,), text, mark)
        return
    ended = [
        document for document in answer.documents if document.valid_until and document.valid_until < today
    ]
    if len(ended) == len(answer.documents):
        words = {"code": answer.code, "titles": "; ".join(document.title for document in ended)}
        text = _("%(code)s rests only on documents that have ended: %(titles)s.") % words
        yield Warning("only_ended_documents", (answer.code,), text, mark)
    firm = answer.maturity is not None and answer.maturity >= FIRM
    if firm and answer.asks_for_policy and not any(document.kind in WRITTEN for document in answer.documents):
        text = _("%(code)s says level %(level)s, but none of its documents is a policy, contract or form.")
        words = {"code": answer.code, "level": str(answer.maturity)}
        yield Warning("firm_without_policy", (answer.code,), text % words, mark)


def _of_older_versions(answers: Sequence[SaidAnswer]) -> Iterator[Warning]:
    """One warning for each document that has a newer version, whatever the number of answers that show the older."""
    shown: dict[ShownDocument, list[str]] = {}
    for answer in answers:
        for document in answer.documents:
            if document.has_newer:
                shown.setdefault(document, []).append(answer.code)
    for document, codes in shown.items():
        text = ngettext(
            "%(codes)s shows an older version of “%(title)s”; a newer one is in your documents.",
            "%(codes)s show an older version of “%(title)s”; a newer one is in your documents.",
            len(codes),
        ) % {"codes": ", ".join(codes), "title": document.title}
        yield Warning("older_version_shown", tuple(codes), text, _mark([document.pk, *codes]))


def _of_pairs(by_code: Mapping[str, SaidAnswer], edition: int) -> Iterator[Warning]:
    for pair in pairs_of(edition):
        said = [by_code.get(code) for code in pair.codes]
        if all(answer and answer.value in values for answer, values in zip(said, pair.values, strict=True)):
            mark = _mark([answer.value for answer in said if answer])
            yield Warning(pair.id, pair.codes, pair.text, mark)


def _of_ledger(by_code: Mapping[str, SaidAnswer], edition: int, worker_borne: int) -> Iterator[Warning]:
    for code in _of_edition(edition).get("nobody_paid", ()):
        answer = by_code.get(code)
        if worker_borne and answer and answer.value == AnswerValue.YES:
            text = ngettext(
                "%(code)s says that no worker paid; the cost ledger has %(n)s cost that workers bore.",
                "%(code)s says that no worker paid; the cost ledger has %(n)s costs that workers bore.",
                worker_borne,
            )
            words = {"code": code, "n": worker_borne}
            yield Warning(
                "nobody_paid_but_ledger", (code,), text % words, _mark([answer.value, worker_borne])
            )


def _values(half: dict[str, list[str]]) -> frozenset[str]:
    """The answers of the one question of a half."""
    (values,) = half.values()
    return frozenset(values)


def pairs_of(edition: int) -> list[Pair]:
    """The pairs of an edition; none for one that has no list."""
    return [
        Pair(
            id=row["id"],
            codes=(*row["if"], *row["and"]),
            values=(_values(row["if"]), _values(row["and"])),
            text=row["text"],
        )
        for row in _of_edition(edition).get("pairs", ())
    ]


def _of_edition(edition: int) -> dict[str, Any]:
    return next((row for row in _file() if row["edition"] == edition), {})


@functools.cache
def _file() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(_PAIRS.read_text(encoding="utf-8"))
    return rows


def _mark(facts: Sequence[object]) -> str:
    """What a warning rests on, as a short mark: when it changes, a warning that was put aside is back."""
    return hashlib.sha256(repr([str(fact) for fact in facts]).encode()).hexdigest()[:16]
