"""The chain as a tree and as a table: the same parties as the picture, for reading without script."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from supplychain.chains.selectors.chain import ChainLink
from supplychain.chains.selectors.risks import Risks
from supplychain.chains.selectors.sight import Look, Seen, Sight
from supplychain.chains.states import Claim

MOST_LINES = 1_500


@dataclass
class Line:
    """One line of the tree. `closes` lists end after it; `more` says it is shown in full further up."""

    seen: Seen
    depth: int
    tie: ChainLink | None
    has_below: bool
    more: bool = False
    open: bool = True
    chosen: bool = False
    circle: bool = False
    risk: Look = field(default_factory=Look)
    closes: int = 0

    @property
    def ends(self) -> range:
        """For a template: once for each list that ends here."""
        return range(self.closes)


@dataclass(frozen=True)
class Tree:
    """The lines, top down, and how many parties found no room."""

    lines: list[Line]
    left_out: int


def tree_of(
    sight: Sight, kept: set[int], *, risks: Risks, chosen: int | None = None, deep: bool = False
) -> Tree:
    """Every kept party under those it stands below; below a repeated one only its name. `deep`: every branch open."""
    way = set(sight.way_to(chosen)) if chosen is not None else set()
    lines: list[Line] = []
    met: set[int] = set()
    for line in _walk(sight, kept, met):
        if len(lines) == MOST_LINES:
            break
        number = line.seen.index
        line.chosen = number == chosen
        line.open = deep or len(kept) <= 80 or line.depth < 2 or number in way
        line.risk = risks.look(line.seen.party.id)
        if lines:
            before = lines[-1]
            before.closes = max(0, before.depth - line.depth)
            before.has_below = before.has_below and line.depth > before.depth
        lines.append(line)
    if lines:
        lines[-1].has_below = False
        lines[-1].closes = lines[-1].depth
    return Tree(lines, len(kept) - len({line.seen.index for line in lines}))


def _walk(sight: Sight, kept: set[int], met: set[int]) -> Iterator[Line]:
    ties: dict[tuple[int, int], ChainLink] = {}
    for number, pair in enumerate(sight.pairs):
        ties.setdefault(pair, sight.ties[number])
    circles: dict[int, list[int]] = {}
    for number in sorted(sight.back):
        circles.setdefault(sight.pairs[number][0], []).append(sight.pairs[number][1])
    stack = [
        (n, 0, -1, False) for n in sorted(kept, reverse=True) if not any(u in kept for u in sight.above[n])
    ]
    while stack:
        number, depth, upper, circle = stack.pop()
        again = number in met
        under = [] if again or circle else [n for n in dict.fromkeys(sight.below[number]) if n in kept]
        round_again = (
            [] if again or circle else [n for n in dict.fromkeys(circles.get(number, [])) if n in kept]
        )
        met.add(number)
        yield Line(
            sight.seen[number],
            depth,
            ties.get((upper, number)),
            bool(under or round_again),
            again and not circle,
            circle=circle,
        )
        stack += [(one, depth + 1, number, True) for one in reversed(round_again)]
        stack += [(one, depth + 1, number, False) for one in reversed(under)]


@dataclass(frozen=True)
class Row:
    """One row of the table: a party, the link that leads to it, who stands above, its level."""

    seen: Seen
    level: int
    tie: ChainLink | None
    upper: Seen | None
    back: bool
    risks: Risks

    @property
    def risk(self) -> Look:
        """The risk of the party, worked out when the row is shown."""
        return self.risks.look(self.seen.party.id)

    @property
    def number(self) -> int:
        """Its level as people count: from 1."""
        return self.level + 1

    @property
    def claim(self) -> str:
        """Where the link is known from, in a word."""
        return str(Claim(self.tie.claim).label) if self.tie else ""


def rows_of(sight: Sight, shown: list[int], risks: Risks, text: str = "") -> list[Row]:
    """A row for every link between parties shown, and one for each top; only rows that hold `text` where given."""
    kept, wanted = set(shown), text.casefold().strip()
    rows = []
    for number in sorted(kept, key=lambda n: (sight.levels[n], n)):
        seen = sight.seen[number]
        if wanted and wanted not in seen.party.name.casefold():
            continue
        leads = [t for t in sight.ties_to.get(number, []) if sight.pairs[t][0] in kept]
        if not leads:
            rows.append(Row(seen, sight.levels[number], None, None, False, risks))
        rows += [
            Row(
                seen,
                sight.levels[number],
                sight.ties[tie],
                sight.seen[sight.pairs[tie][0]],
                tie in sight.back,
                risks,
            )
            for tie in leads
        ]
    return rows
