"""Which agency is meant: identifiers first, then what the organisation remembers, the same name, names alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from certification.agencies.states import NameKind
from iris.accounts.models import Organisation
from iris.core.days import in_words
from iris.core.prepared import Statement
from iris.matching import Candidate, Match, Outcome, Result, key, score
from supplychain.lookups.rules import clean, problem_with
from supplychain.lookups.selectors.identifying import Hit, hits_for, problem_with_number
from supplychain.lookups.states import CERTAIN, How, LookupOutcome
from supplychain.names import selectors as names
from supplychain.names.selectors import Remembered

SAME_NAME_SCORE = 0.99
MOST_TWINS = 10
EXPLAINED = 1  # of a list's names alike: the best says why, of the others the page does that shows them
MOST_OF_ROW = 5
_NUMBER_SIGNS = re.compile(r"[\d@]|\.\w")
Question = tuple[str, str, str]
_uuid = lru_cache(8_192)(UUID)  # of a text; each name alike needs several

_TWINS = """
SELECT n.key, a.id::text, n.name, n.kind, a.country
FROM certification_agencies_agencyname n JOIN certification_agencies_agency a ON a.id = n.agency_id
WHERE n.key = ANY(%s) AND a.enrolled_at IS NOT NULL
ORDER BY n.key, n.kind = 'former', n.kind <> 'legal', n.name, a.id
"""
_ONE_KEY = Statement("lookups_one_key", _TWINS.replace("ANY(%s)", "$1"), ("text",))
_ENROLLED = """
SELECT id, legal_name, country FROM certification_agencies_agency
WHERE id = ANY(%s::uuid[]) AND enrolled_at IS NOT NULL
"""


@dataclass(frozen=True)
class Similar:
    """One agency that may be meant: the name that matched, its score, why in words, and of what the score is made."""

    agency_id: UUID
    name: str
    kind: str
    country: str
    score: float
    why: str
    parts: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Found:
    """The outcome of a search; `similar` is best first, `how` what the best rests on.

    `problem` says why nothing was searched, `remembered` is the earlier choice that counted, `engine` the version of
    the index that proposed names, where it was asked.
    """

    outcome: LookupOutcome
    how: How | None = None
    similar: list[Similar] = field(default_factory=list)
    problem: str = ""
    remembered: Remembered | None = None
    engine: str = "postgresql"

    @property
    def agency_id(self) -> UUID | None:
        """The one agency found, if one is."""
        return self.similar[0].agency_id if self.outcome is LookupOutcome.FOUND else None

    def settles(self, country: str = "") -> bool:
        """Whether the match speaks for itself, so that no person has to look before anybody relies on it (R67).

        A number of its own does, what the organisation said before does, and the very name that the agency goes by
        now, where the country asked for is no other. A name alike, a former name, a shared phone never do.
        """
        if self.agency_id is None or self.how is None:
            return False
        first = self.similar[0]
        own_name = self.how is How.SAME_NAME and first.kind != NameKind.FORMER
        return self.how in CERTAIN or (own_name and country in ("", first.country))


def find(text: str, country: str = "", *, organisation: Organisation | None = None) -> Found:
    """Find the agency a text means. `country` lifts a match, it never hides one.

    With an organisation, what it decided about names alike counts.
    """
    return _answers([("", text, country)], organisation, alike_too=True)[0]


def find_many(questions: Sequence[Question], *, organisation: Organisation | None = None) -> list[Found]:
    """Find many at once: (identifier, name, country) each, in that order; equal questions are answered once.

    A fixed number of queries. Where one agency has the very name, no other names are proposed beside it.
    """
    distinct = list(dict.fromkeys(questions))
    answers = dict(zip(distinct, _answers(distinct, organisation, alike_too=False), strict=True))
    return [answers[question] for question in questions]


def _answers(
    questions: Sequence[Question], organisation: Organisation | None, *, alike_too: bool
) -> list[Found]:
    questions = [(clean(number), clean(name), country) for number, name, country in questions]
    answers: list[Found | None] = [_invalid(question) for question in questions]
    _fill_by_number(questions, answers)
    asked = [(name, country) for _number, name, country in questions]
    open_ones = [at for at, answer in enumerate(answers) if answer is None]
    words = [asked[at] for at in open_ones]
    keys = [key(text) for text, _country in words]
    remembered = names.decisions_for(organisation, words)
    memories = [remembered.get((one, country)) for one, (_text, country) in zip(keys, words, strict=True)]
    twins = _twins(keys)
    needs = [
        at
        for at, one in enumerate(keys)
        if alike_too or not _settled(twins.get(one, []), words[at][1], memories[at])
    ]
    engine = names.current(wait=len(needs) > 1) if needs else None
    alike = dict(zip(needs, names.search_many([words[at] for at in needs], using=engine), strict=True))
    chosen = _agencies({memory.same for memory in memories if memory and memory.same})
    for at, spot in enumerate(open_ones):
        judged = _judge(words[at], twins.get(keys[at], []), alike.get(at), memories[at], chosen, alike_too)
        answers[spot] = replace(judged, engine=engine.version) if engine and at in alike else judged
    return [answer if answer is not None else Found(LookupOutcome.NOT_FOUND) for answer in answers]


def _invalid(question: Question) -> Found | None:
    """The answer to a question that names nobody; a number may still be given beside such a name."""
    identifier, name, _country = question
    if identifier:
        return None
    problem = problem_with(name)
    return Found(LookupOutcome.INVALID, problem=problem) if problem else None


def _fill_by_number(questions: Sequence[Question], answers: list[Found | None]) -> None:
    """Answer what has a number: the identifier of a row first, else the text itself where it holds a digit or a dot."""
    asked: list[tuple[int, str]] = []
    for at, (identifier, name, _country) in enumerate(questions):
        if answers[at] is None:
            asked += [(at, text) for text in (identifier, name) if _may_be_number(text)]
    for (at, text), hits in zip(asked, hits_for([text for _at, text in asked]), strict=True):
        if answers[at] is None and hits:
            answers[at] = _by_number(hits, questions[at][2])
        elif answers[at] is None and problem_with_number(text):
            answers[at] = Found(LookupOutcome.INVALID, problem="lei")
    for at, (identifier, name, _country) in enumerate(questions):
        if answers[at] is None and identifier and problem_with(name):
            answers[at] = Found(LookupOutcome.NOT_FOUND)


def _may_be_number(text: str) -> bool:
    """Whether a text holds a digit of any script, an @, or a dot within a word as web addresses do."""
    return _NUMBER_SIGNS.search(text) is not None


def _by_number(hits: list[Hit], country: str) -> Found:
    near = [hit for hit in hits if hit.country == country] if country and len(hits) > 1 else []
    if len(near) == 1:
        hits = near
    similar = [Similar(one.agency_id, one.legal_name, "legal", one.country, 1.0, one.why) for one in hits]
    outcome = LookupOutcome.FOUND if len(similar) == 1 else LookupOutcome.AMBIGUOUS
    return Found(outcome, hits[0].how, similar)


def _twins(keys: Iterable[str]) -> dict[str, list[Candidate]]:
    """For each canonical key the agencies that have a name of that key: one query by index, status read now."""
    wanted = sorted({one for one in keys if one})
    found: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for one, agency_id, name, kind, country in _rows_of_keys(wanted):
        found[one].setdefault(agency_id, Candidate(agency_id, name, kind, country))
    return {one: list(rows.values()) for one, rows in found.items()}


def _rows_of_keys(wanted: list[str]) -> list[tuple[str, str, str, str, str]]:
    """One key, as in a single check, by a statement whose plan is kept."""
    if not wanted:
        return []
    if len(wanted) == 1:
        return _ONE_KEY.rows(wanted[0])
    with connection.cursor() as cursor:
        cursor.execute(_TWINS, [wanted])
        return list(cursor.fetchall())


def _settled(twins: list[Candidate], country: str, memory: Remembered | None) -> bool:
    """Whether the name alone decides, so that names alike need not be searched."""
    if memory is not None:
        return memory.same is not None
    return len(_of_country(twins, country)) == 1


def _of_country(twins: list[Candidate], country: str) -> list[Candidate]:
    here = [one for one in twins if one.country == country] if country else []
    return here if len(here) == 1 else twins


def _agencies(wanted: Iterable[UUID | None]) -> dict[UUID, tuple[str, str]]:
    keys = [str(one) for one in wanted if one]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ENROLLED, [keys])
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _judge(
    asked: tuple[str, str],
    twins: list[Candidate],
    alike: Result | None,
    memory: Remembered | None,
    chosen: dict[UUID, tuple[str, str]],
    explained: bool,
) -> Found:
    text, country = asked
    refused = memory.not_same if memory else frozenset()
    others = _others(text, alike.matches if alike else [], refused, explained)
    if memory and memory.same in chosen:
        assert memory.same is not None
        return _remembered(memory, memory.same, chosen[memory.same], others)
    twins = [one for one in twins if not refused or _uuid(one.id) not in refused]
    if twins:
        return _same_name(text, country, twins, others)
    if not others:
        return Found(LookupOutcome.NOT_FOUND, remembered=memory)
    assert alike is not None  # names alike come from it
    outcome = _without(alike, others)
    return Found(LookupOutcome(str(outcome)), How.NEAR_NAME, others, remembered=memory)


def _remembered(memory: Remembered, agency_id: UUID, agency: tuple[str, str], others: list[Similar]) -> Found:
    day = in_words(memory.decided_at) if memory.decided_at else ""
    why = _("%(who)s chose it on %(day)s") % {"who": memory.decided_by, "day": day}
    name, country = agency
    first = Similar(agency_id, name, "legal", country, 1.0, why)
    rest = [one for one in others if one.agency_id != agency_id]
    return Found(LookupOutcome.FOUND, How.REMEMBERED, [first, *rest], remembered=memory)


def _same_name(text: str, country: str, twins: list[Candidate], others: list[Similar]) -> Found:
    """One agency has the very name, or one of the country asked for; else the person has to choose."""
    best = _of_country(twins, country)
    known = {one.agency_id: one for one in others}
    same = [known.get(_uuid(one.id)) or _twin(text, one) for one in best[:MOST_TWINS]]
    taken = {one.agency_id for one in same}
    rest = [_twin(text, one) for one in twins if _uuid(one.id) not in taken]
    taken |= {one.agency_id for one in rest}
    rest += [one for one in others if one.agency_id not in taken]
    outcome = LookupOutcome.FOUND if len(best) == 1 else LookupOutcome.AMBIGUOUS
    if len(best) > 1:
        same.sort(key=lambda one: -one.score)
    return Found(outcome, How.SAME_NAME, [*same, *rest[: max(0, MOST_TWINS - len(same))]])


def _twin(text: str, one: Candidate) -> Similar:
    if text.casefold() == one.name.casefold():
        return Similar(_uuid(one.id), one.name, one.kind, one.country, SAME_NAME_SCORE, _("the same name"))
    explained = score(text, one.name)
    why = explained.sentence or _("the same name")
    return Similar(
        _uuid(one.id), one.name, one.kind, one.country, max(SAME_NAME_SCORE - 0.01, explained.score), why
    )


def _without(alike: Result, left: list[Similar]) -> Outcome:
    """The outcome when earlier choices took some out: the person decides, unless only rivals of the best went."""
    if str(left[0].agency_id) != alike.matches[0].candidate.id:
        return Outcome.POSSIBLE
    return Outcome.FOUND if alike.outcome is Outcome.AMBIGUOUS and len(left) == 1 else alike.outcome


def _others(text: str, matches: Sequence[Match], refused: frozenset[UUID], explained: bool) -> list[Similar]:
    """The names alike that nobody refused; of a row of a list fewer, and the best alone with its reasons."""
    if explained:
        found = [_similar(match) for match in matches]
        return [one for one in found if one.agency_id not in refused]
    rows = [match for match in matches if _uuid(match.candidate.id) not in refused] if refused else matches
    return [_brief(text, match, at < EXPLAINED) for at, match in enumerate(rows[:MOST_OF_ROW])]


def _brief(text: str, match: Match, explained: bool) -> Similar:
    one = match.candidate
    why = score(text, one.name).sentence if explained else ""
    return Similar(_uuid(one.id), one.name, one.kind, one.country, match.score, why)


def _similar(match: Match) -> Similar:
    one, explained = match.candidate, match.explanation
    parts = tuple(
        {
            "asked": token.query,
            "found": token.found,
            "how": token.how,
            "credit": round(token.credit, 3),
            "weight": round(token.weight, 3),
        }
        for token in explained.matched
    ) + tuple(
        {"asked": "", "found": word, "how": "extra", "credit": 0.0, "weight": 0.0} for word in explained.extra
    )
    return Similar(UUID(one.id), one.name, one.kind, one.country, match.score, explained.sentence, parts)
