"""The score: a weighted mean of badness, split into parts that add up, with what would change it.

Pure. score = sum(weight x badness) / sum(weights), from 0 to 100; unknown has a badness of its own in every input, so
silence never looks like good news; some answers raise the score to a floor whatever the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from iris.core.errors import Text
from supplychain.risk.rules.method import Gauge, Method, Number
from supplychain.risk.states import Band

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Weights:
    """How much each input counts, and which version of an employer's choice that is."""

    values: Mapping[str, int]
    version: str
    own: bool = False

    @property
    def total(self) -> int:
        """What the weights add up to. It need not be 100."""
        return sum(self.values.values())


@dataclass(frozen=True)
class Answer:
    """What is known for one input: an answer or a number, or nothing; and how it reads."""

    code: str
    label: Text
    level: str = ""
    number: Number | None = None
    badness: int | None = None  # for inputs that are a score themselves
    value: Text = ""
    reason: Text = ""
    source: Text = ""
    url: str = ""
    since: date | None = None
    verify: bool = False


@dataclass(frozen=True)
class RiskInput:
    """One line of the explanation: what is known, how bad that counts, its weight, and its points of the total."""

    code: str
    label: Text
    value: Text
    points: Decimal
    weight: int
    reason: Text
    source: Text
    unknown: bool
    badness: int = 0
    url: str = ""
    since: date | None = None
    verify: bool = False


@dataclass(frozen=True)
class Change:
    """What would take points away, and how many of the total."""

    code: str
    text: Text
    points: int


@dataclass(frozen=True)
class Mean:
    """A weighted mean with its parts: what scores of parties, corridors and sectors have in common."""

    exact: Decimal
    parts: tuple[RiskInput, ...]
    product: int  # sum of weight x badness
    whole: int  # sum of weights


@dataclass(frozen=True)
class BaseRisk:
    """The base risk of a corridor or a sector on a day."""

    points: int
    band: str
    inputs: list[RiskInput]
    version: str
    label: Text = ""
    on: date | None = None

    @property
    def band_member(self) -> Band:
        """The band as its member, for state tags."""
        return Band(self.band)

    @property
    def known(self) -> int:
        """How many inputs are known."""
        return sum(not one.unknown for one in self.inputs)

    @property
    def unknown_points(self) -> Decimal:
        """Points that come from what nobody has told us."""
        return sum((one.points for one in self.inputs if one.unknown), Decimal(0))


@dataclass(frozen=True)
class RiskScore:
    """A score and everything it is made of. `points` never is a verdict: it orders what to ask about."""

    points: int
    band: str
    inputs: list[RiskInput]
    weights_version: str
    would_change: list[str]
    changes: list[Change] = field(default_factory=list)
    exact: Decimal = Decimal(0)
    floor: int = 0
    floor_reason: Text = ""
    method_version: str = ""

    @property
    def unknown_points(self) -> Decimal:
        """Points that come from what nobody has told us."""
        return sum((one.points for one in self.inputs if one.unknown), Decimal(0))

    @property
    def band_member(self) -> Band:
        """The band as its member, for state tags."""
        return Band(self.band)

    @property
    def total_weight(self) -> int:
        """What the weights add up to."""
        return sum(one.weight for one in self.inputs)

    @property
    def reasons(self) -> list[RiskInput]:
        """The inputs that add points, most first."""
        return sorted((one for one in self.inputs if one.points), key=lambda one: -one.points)


def badness_of(gauge: Gauge, answer: Answer) -> tuple[int, bool]:
    """How bad an answer counts and whether it is unknown. An unconfirmed answer never counts better than unknown."""
    known = answer.badness
    if known is None and answer.number is not None:
        known = gauge.of_number(answer.number)
    if known is None and answer.level:
        known = gauge.of_level(answer.level)
    if known is None:
        return gauge.unknown, True
    return (max(known, gauge.unknown) if answer.verify else known), False


def weighted_mean(gauges: Mapping[str, Gauge], answers: Iterable[Answer], weights: Mapping[str, int]) -> Mean:
    """The mean in tenths of a point, and parts that add up to it exactly (largest remainder)."""
    lines = [
        (answer, weights.get(answer.code, 0), *badness_of(gauges[answer.code], answer)) for answer in answers
    ]
    whole = sum(weight for _answer, weight, _badness, _unknown in lines)
    if whole <= 0:
        raise ValueError("at least one weight is above zero")
    products = [weight * badness for _answer, weight, badness, _unknown in lines]
    total = _tenths(sum(products), whole)
    parts = tuple(
        RiskInput(
            code=answer.code,
            label=answer.label,
            value=answer.value,
            points=Decimal(tenth) * TENTH,
            weight=weight,
            reason=answer.reason,
            source=answer.source,
            unknown=unknown,
            badness=badness,
            url=answer.url,
            since=answer.since,
            verify=answer.verify,
        )
        for (answer, weight, badness, unknown), tenth in zip(
            lines, _shared(products, whole, total), strict=True
        )
    )
    return Mean(Decimal(total) * TENTH, parts, sum(products), whole)


def _tenths(product: int, whole: int) -> int:
    """Tenths of a point, half up, in whole numbers only."""
    return (20 * product + whole) // (2 * whole)


def _shared(products: Sequence[int], whole: int, total: int) -> list[int]:
    """`total` tenths among the parts: each its whole tenths, the rest to the largest remainders, first come first."""
    parts = [divmod(10 * product, whole) for product in products]
    tenths = [tenth for tenth, _rest in parts]
    order = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    for index in order[: max(0, total - sum(tenths))]:
        tenths[index] += 1
    return tenths


def rounded(exact: Decimal) -> int:
    """Whole points, half up."""
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def floor_of(method: Method, answers: Iterable[Answer]) -> tuple[int, Text]:
    """The highest floor that an answer asks for, and the words of that answer."""
    held = [
        (method.floors[f"{answer.code}.{answer.level}"], answer.reason)
        for answer in answers
        if f"{answer.code}.{answer.level}" in method.floors
    ]
    return max(held, key=lambda pair: pair[0]) if held else (0, "")


def total_of(
    method: Method, answers: Sequence[Answer], weights: Mapping[str, int]
) -> tuple[int, int, Text, Mean]:
    """Points after the floor, the floor and its reason where it lifted them, and the mean itself."""
    mean = weighted_mean(method.inputs, answers, weights)
    floor, why = floor_of(method, answers)
    points = rounded(mean.exact)
    return (floor, floor, why, mean) if floor > points else (points, 0, "", mean)


def changes_of(
    method: Method,
    answers: Sequence[Answer],
    mean: Mean,
    now: int,
    better: Mapping[str, tuple[str, Text]],
) -> list[Change]:
    """For each input that can be put right: how many points the total would lose, most first."""
    found = []
    for index, (answer, part) in enumerate(zip(answers, mean.parts, strict=True)):
        if answer.code not in better:
            continue
        mended = replace(answer, level=better[answer.code][0])
        floor = floor_of(method, [*answers[:index], mended, *answers[index + 1 :]])[0]
        tenths = _tenths(mean.product - part.weight * part.badness, mean.whole)
        then = max(floor, (tenths + 5) // 10)
        if then < now:
            found.append(Change(answer.code, better[answer.code][1], now - then))
    return sorted(found, key=lambda change: (-change.points, change.code))
