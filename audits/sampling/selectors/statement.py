"""The sampling statement: what was drawn, how, and how to do it again, with nobody in it.

It is read by the agency and stands in the report. A stratum of few people says who was drawn even without a name, so
strata below `aggregate_floor` are told together, and never fewer than that many together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.engagements.models import Audit
from iris.core import clocks

from ..models import Replacement, Sample, SampleMember, SampleStratum
from ..states import FrameKind, FrameState, ItemResult, MemberState, WhyReplaced
from .lists import frames_of, samples_of


@dataclass(frozen=True)
class StratumRow:
    """One line of the table of strata: what it is, how many are on the list, how many are in the sample."""

    label: str
    population: int
    drawn: int
    together: int = 1


@dataclass(frozen=True)
class CorridorRow:
    """A corridor with the strata that may be told apart."""

    label: str
    population: int
    drawn: int
    strata: list[StratumRow] = field(default_factory=list)


@dataclass(frozen=True)
class SampleStatement:
    """What is said of one sample. Never a name, a contact, a reference or a key."""

    kind: FrameKind
    what: str
    rule_text: str
    population: int
    drawn: int
    by_rule: int
    seed: str
    nonce: str
    commitment: str
    list_hash: str
    list_number: int
    list_rows: int
    asked_on: date
    received_on: date
    drawn_on: date
    drawn_at: datetime
    corridors: list[CorridorRow]
    strata: list[StratumRow]
    parts: list[StratumRow]
    empty: list[StratumRow]
    empty_strata: int
    raised: int
    raises: list[str]
    replacements: list[tuple[str, int]]
    given_up: int
    results: list[tuple[str, int]]
    earlier: int

    @property
    def replaced(self) -> int:
        """How many places were given up."""
        return sum(count for _reason, count in self.replacements)


@dataclass(frozen=True)
class SamplingStatement:
    """All samples of an audit, and the lists that were not drawn from with why."""

    samples: list[SampleStatement]
    not_drawn: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.samples or self.not_drawn)


def rule_text(sample: Sample) -> str:
    """The rule of a sample in words."""
    shared = (
        _("status, then sex, employer and joining half-year,")
        if sample.frame.of_people
        else _("employer and half-year,")
    )
    return _(
        "From each corridor: at least %(floor)s, at least the square root of all, and one in %(share)s up to "
        "%(cap)s; everyone where there are fewer. Shared over %(shared)s each time by largest remainder. "
        "Who is drawn in a stratum follows from the seed."
    ) % {"floor": sample.floor, "share": sample.share, "cap": sample.cap, "shared": shared}


def statement(audit: Audit) -> SamplingStatement:
    """What the report and the agency read about the samples of an audit."""
    samples = [statement_of(sample) for sample in samples_of(audit)]
    not_drawn = []
    for frame in frames_of(audit):
        if frame.state == FrameState.ASIDE:
            not_drawn.append((str(frame.get_kind_display()), frame.aside_reason))
        elif not frame.samples.all():
            not_drawn.append((str(frame.get_kind_display()), str(_("Not drawn yet."))))
    return SamplingStatement(samples, not_drawn)


def statement_of(sample: Sample) -> SampleStatement:
    """What is said of one sample."""
    strata = sorted(sample.strata.all(), key=lambda one: one.number)
    corridors = _corridors(strata)
    told = [row for corridor in corridors for row in corridor.strata]
    return SampleStatement(
        kind=FrameKind(sample.frame.kind),
        what=str(sample.frame.get_kind_display()),
        rule_text=rule_text(sample),
        population=sample.population,
        drawn=sum(one.size for one in strata),
        by_rule=sample.size,
        seed=sample.seed,
        nonce=sample.nonce,
        commitment=sample.commitment,
        list_hash=sample.version.content_hash,
        list_number=sample.version.number,
        list_rows=sample.version.rows,
        asked_on=sample.frame.asked_at.date(),
        received_on=sample.version.created_at.date(),
        drawn_on=sample.drawn_at.date(),
        drawn_at=sample.drawn_at,
        corridors=corridors,
        strata=told,
        parts=_parts(strata),
        empty=[row for row in told if not row.drawn],
        empty_strata=sum(1 for one in strata if not one.size),
        raised=sum(one.size - one.by_rule for one in strata),
        raises=[one.reason for stratum in strata for one in stratum.raises.all()],
        replacements=_replacements(sample),
        given_up=Replacement.objects.filter(given_up__sample=sample, taken=None).count(),
        results=_results(sample),
        earlier=Sample.objects.filter(frame_id=sample.frame_id, created_at__lt=sample.created_at).count(),
    )


def _replacements(sample: Sample) -> list[tuple[str, int]]:
    rows = Replacement.objects.filter(given_up__sample=sample).values_list("reason", flat=True)
    found = Counter(rows)
    return [(str(reason.label), found[reason]) for reason in WhyReplaced if found[reason]]


def _results(sample: Sample) -> list[tuple[str, int]]:
    """What was seen of things: counted, with how many are still to be looked at."""
    if sample.frame.of_people:
        return []
    held = Q(state=MemberState.DRAWN)
    counts = SampleMember.objects.filter(sample=sample).aggregate(
        **{one.value: Count("pk", filter=held & Q(result=one.value)) for one in ItemResult},
        left=Count("pk", filter=held & Q(result="")),
    )
    rows = [(str(one.label), counts[one.value]) for one in ItemResult]
    return [*rows, (str(_("Still to be looked at")), counts["left"])]


def _corridors(strata: list[SampleStratum]) -> list[CorridorRow]:
    rows = []
    for _cells, group in groupby(strata, key=lambda one: one.cells[:2]):
        own = list(group)
        rows.append(
            CorridorRow(
                label=own[0].corridor,
                population=sum(one.population for one in own),
                drawn=sum(one.size for one in own),
                strata=_told(own),
            )
        )
    return rows


def _told(strata: list[SampleStratum]) -> list[StratumRow]:
    """The strata of a corridor as they may be told: small ones together, and never fewer than the least together."""
    least = clocks.number("aggregate_floor")
    by_size = sorted(strata, key=lambda one: (one.population, one.number))
    hidden = [one for one in by_size if one.population < least]
    shown = [one for one in by_size if one.population >= least]
    while hidden and shown and sum(one.population for one in hidden) < least:
        hidden.append(shown.pop(0))
    rows = [
        StratumRow(_label(one), one.population, one.size) for one in sorted(shown, key=lambda one: one.number)
    ]
    if hidden:
        rows.append(
            StratumRow(
                f"{hidden[0].corridor}; "
                + ngettext("%d small stratum", "%d small strata together", len(hidden)) % len(hidden),
                sum(one.population for one in hidden),
                sum(one.size for one in hidden),
                together=len(hidden),
            )
        )
    return rows


def _parts(strata: list[SampleStratum]) -> list[StratumRow]:
    """All corridors together by sex and by status, each told only where no part of it is small."""
    least, rows = clocks.number("aggregate_floor"), []
    for name in ("status_words", "sex_words"):
        population: Counter[str] = Counter()
        drawn: Counter[str] = Counter()
        for one in strata:
            population[getattr(one, name)] += one.population
            drawn[getattr(one, name)] += one.size
        if len(population) > 1 and min(population.values()) >= least:
            rows += [
                StratumRow(words or str(_("Sex not given")), population[words], drawn[words])
                for words in sorted(population)
            ]
    return rows


def _label(stratum: SampleStratum) -> str:
    return f"{stratum.corridor}; {stratum.words}" if stratum.words != stratum.corridor else stratum.corridor
