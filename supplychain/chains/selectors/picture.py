"""The picture of a chain as data: what is shown, where it stands, what is written on it.

static/js/chain-map.js draws it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.core.places import country_name
from supplychain.chains.drawing import Drawing, Folding, draw, fold, keep_with_ways
from supplychain.chains.drawing.folding import reach
from supplychain.chains.selectors.comparing import Changes
from supplychain.chains.selectors.risks import Risks
from supplychain.chains.selectors.sight import ICONS, RANK, TIERS, Seen, Sight
from supplychain.chains.states import Claim, PartyKind

MOST_DRAWN = 1_500
OPEN_AT_FIRST = 60
CARD = (236, 46)
STEP = (286, 58)
HEAD = -58


@dataclass(frozen=True)
class Asked:
    """What a person wants to see, as it stands in the address."""

    on: date | None = None
    than: date | None = None
    unclean: bool = False
    node: UUID | None = None
    opened: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    everything: bool = False
    part: str = ""


@dataclass
class Picture:
    """Numbers of the parties shown and how; `tiers` instead of parties where there are too many to draw."""

    sight: Sight
    folding: Folding
    kept: int
    tiers: bool = False
    left_out: int = 0
    counts: dict[tuple[int, str], list[Seen]] = field(default_factory=dict)


def picture_of(sight: Sight, asked: Asked) -> Picture:
    """Choose what is shown: clean branches hidden, a part, folded branches, tiers instead of too many."""
    everyone = set(range(len(sight.seen)))
    kept = sight.unclean if asked.unclean else everyone
    chosen = sight.by_id.get(asked.node) if asked.node else None
    left_out = 0
    if len(kept) > MOST_DRAWN:
        if asked.part:
            members = [
                seen.index for seen in sight.seen if seen.index in kept and part_of(sight, seen, asked.part)
            ]
            kept, fit = keep_with_ways(sight.above, members, MOST_DRAWN)
            left_out = len(members) - fit
        elif chosen is not None:
            kept, left_out = _around(sight, chosen)
        else:
            return Picture(sight, Folding([], set(), {}), len(kept), True, 0, tiers_of(sight, kept))
    elif chosen is not None:
        kept = kept | reach(sight.above, [chosen])
    folding = _folded(sight, asked, kept, chosen)
    return Picture(sight, folding, len(kept), left_out=left_out)


def _folded(sight: Sight, asked: Asked, kept: set[int], chosen: int | None) -> Folding:
    below = [
        [one for one in sight.below[n] if one in kept] if n in kept else [] for n in range(len(sight.seen))
    ]
    tops = [n for n in sorted(kept) if not any(one in kept for one in sight.above[n])]

    def said(number: int) -> bool | None:
        short = sight.seen[number].party.id.hex[:8]
        return True if short in asked.opened else False if short in asked.folded else None

    way = reach(sight.above, [chosen]) if chosen is not None else set()
    most = MOST_DRAWN if asked.everything or asked.part else OPEN_AT_FIRST
    return fold(below, tops, most=most, opened=said, forced=way)


def _around(sight: Sight, chosen: int) -> tuple[set[int], int]:
    """One party of a chain too large to draw: everyone above it, and below it as many as fit, nearest first."""
    kept = reach(sight.above, [chosen])
    wave, total = [chosen], reach(sight.below, [chosen])
    while wave and len(kept) < MOST_DRAWN:
        wave = [one for n in wave for one in sight.below[n] if one not in kept][: MOST_DRAWN - len(kept)]
        kept.update(wave)
    return kept, len(total - kept)


def part_of(sight: Sight, seen: Seen, part: str) -> bool:
    """Whether a party belongs to a part: "level.standing" or "level.standing.country"."""
    level, _dot, rest = part.partition(".")
    code, _dot, country = rest.partition(".")
    same = str(sight.levels[seen.index]) == level and seen.standing.code == code
    return same and (not country or seen.party.country == country)


def tiers_of(sight: Sight, kept: set[int]) -> dict[tuple[int, str], list[Seen]]:
    """The parties of each level and standing, gravest first."""
    found: dict[tuple[int, str], list[Seen]] = {}
    for seen in sight.seen:
        if seen.index in kept:
            found.setdefault((sight.levels[seen.index], seen.standing.code), []).append(seen)
    grave = ["stop", "unsure", "past", "work", "care", "good", ""]
    return dict(
        sorted(found.items(), key=lambda one: (one[0][0], grave.index(one[1][0].standing.tone), one[0][1]))
    )


def drawn(picture: Picture, risks: Risks, changes: Changes) -> dict[str, Any]:
    """The picture as JSON for the page's script."""
    if picture.tiers:
        return _tiers_drawn(picture)
    sight, shown = picture.sight, picture.folding.shown
    order = sorted(shown)
    at = {number: place for place, number in enumerate(order)}
    numbers = [n for n, (upper, lower) in enumerate(sight.pairs) if upper in at and lower in at]
    made = draw(
        len(order),
        [(at[sight.pairs[n][0]], at[sight.pairs[n][1]]) for n in numbers],
        [RANK.get(sight.seen[n].party.kind, 0) for n in order],
    )
    nodes = [_node(picture, number, made, place, risks, changes) for place, number in enumerate(order)]
    links = [_link(picture, number, made, index, changes) for index, number in enumerate(numbers)]
    heads = _heads([sight.seen[n].party.kind for n in order], made)
    return _whole(picture, nodes, links, heads, made.rows)


def _whole(
    picture: Picture, nodes: list[dict[str, Any]], links: list[dict[str, Any]], heads: list[Any], rows: float
) -> dict[str, Any]:
    return {
        "on": picture.sight.on.isoformat(),
        "tiers": picture.tiers,
        "parties": len(picture.sight.seen),
        "kept": picture.kept,
        "shown": len(nodes),
        "leftOut": picture.left_out,
        "card": CARD,
        "width": (len(heads) - 1) * STEP[0] + CARD[0],
        "height": round(rows * STEP[1]),
        "heads": heads,
        "nodes": nodes,
        "links": links,
    }


def _place(level: int, row: float) -> tuple[int, int]:
    return level * STEP[0], round(row * STEP[1])


def _node(
    picture: Picture, number: int, made: Drawing, place: int, risks: Risks, changes: Changes
) -> dict[str, Any]:
    seen = picture.sight.seen[number]
    party = seen.party
    risk = risks.look(party.id)
    x, y = _place(made.level[place], made.row[place])
    mark = changes.marks.get(party.id)
    return {
        "id": str(party.id),
        "x": x,
        "y": y,
        "name": party.name,
        "kind": party.kind,
        "kindWord": seen.kind,
        "icon": ICONS.get(party.kind, "sitemap"),
        "country": country_name(party.country) if party.country else "",
        "tone": seen.standing.tone,
        "word": seen.standing.word,
        "sign": seen.standing.icon,
        "riskTone": risk.tone,
        "riskWord": risk.word,
        "riskSign": risk.icon,
        "findings": len(seen.findings),
        "hidden": picture.folding.hidden.get(number, 0),
        "open": number in picture.folding.open,
        "secret": party.confidential,
        "mark": mark.code if mark else "",
        "markWord": mark.word if mark else "",
    }


def _link(picture: Picture, number: int, made: Drawing, index: int, changes: Changes) -> dict[str, Any]:
    tie, line = picture.sight.ties[number], made.lines[index]
    mark = changes.links.get(tie.line, "")
    return {
        "id": f"l{tie.id}",
        "from": str(tie.upper),
        "to": str(tie.lower),
        "via": [_place(level, row) for level, row in line.via],
        "back": line.back,
        "verified": tie.claim == Claim.VERIFIED,
        "workersPay": tie.fee_terms in {"part", "workers_pay"},
        "workers": tie.workers or 0,
        "word": tie_words(tie.workers, tie.claim),
        "mark": mark,
    }


def tie_words(workers: int | None, claim: str) -> str:
    """A link in a few words: how many come this way, and where that is known from."""
    said = str(Claim(claim).label).lower()
    if workers is None:
        return said
    many = ngettext("%(n)s worker", "%(n)s workers", workers) % {"n": f"{workers:,}"}
    return f"{many}, {said}"


def _heads(kinds: list[str], made: Drawing) -> list[dict[str, Any]]:
    """What stands above each column: the kind most of it is."""
    found: list[Counter[str]] = [Counter() for _each in range(made.levels)]
    for place, kind in enumerate(kinds):
        found[made.level[place]][kind] += 1
    return [_head(level, counter) for level, counter in enumerate(found)]


def _head(level: int, counter: Counter[str]) -> dict[str, Any]:
    kinds = [kind for kind, _many in sorted(counter.items(), key=lambda one: (-one[1], RANK.get(one[0], 9)))]
    many = counter.total()
    word = str(PartyKind(kinds[0]).label) if many == 1 else str(TIERS[kinds[0]])
    return {"x": level * STEP[0], "y": HEAD, "word": word, "many": many, "mixed": len(kinds) > 1}


def _tiers_drawn(picture: Picture) -> dict[str, Any]:
    """A card for each tier and standing, joined where somebody of one gets workers through somebody of the other."""
    sight, keys = picture.sight, list(picture.counts)
    at = {seen.index: place for place, key in enumerate(keys) for seen in picture.counts[key]}
    joined = Counter(
        (at[upper], at[lower])
        for number, (upper, lower) in enumerate(sight.pairs)
        if number not in sight.back and upper in at and lower in at and at[upper] != at[lower]
    )
    pairs = sorted(joined)
    made = draw(len(keys), pairs, [level for level, _code in keys])
    nodes = [_group(picture, key, made, place) for place, key in enumerate(keys)]
    links = [
        {
            "id": f"l{index}",
            "from": nodes[upper]["id"],
            "to": nodes[lower]["id"],
            "via": [_place(level, row) for level, row in made.lines[index].via],
            "back": False,
            "verified": True,
            "workersPay": False,
            "workers": 0,
            "word": ngettext("%(n)s link", "%(n)s links", joined[pair]) % {"n": f"{joined[pair]:,}"},
            "mark": "",
        }
        for index, pair in enumerate(pairs)
        for upper, lower in [pair]
    ]
    kinds: list[Counter[str]] = [Counter() for _each in range(made.levels)]
    for place, key in enumerate(keys):
        kinds[made.level[place]].update(seen.party.kind for seen in picture.counts[key])
    return _whole(picture, nodes, links, [_head(n, counter) for n, counter in enumerate(kinds)], made.rows)


def _group(picture: Picture, key: tuple[int, str], made: Drawing, place: int) -> dict[str, Any]:
    members = picture.counts[key]
    look, many = members[0].standing, len(members)
    x, y = _place(made.level[place], made.row[place])
    countries = Counter(seen.party.country for seen in members if seen.party.country).most_common(3)
    return {
        "id": f"part:{key[0]}.{key[1]}",
        "x": x,
        "y": y,
        "name": ngettext("%(n)s party", "%(n)s parties", many) % {"n": f"{many:,}"},
        "kind": members[0].party.kind,
        "kindWord": str(TIERS[members[0].party.kind]),
        "icon": ICONS.get(members[0].party.kind, "sitemap"),
        "country": ", ".join(f"{country_name(code)} {n:,}" for code, n in countries),
        "tone": look.tone,
        "word": look.word or _("No standing of its own"),
        "sign": look.icon,
        "riskTone": "",
        "riskWord": "",
        "riskSign": "",
        "findings": sum(len(seen.findings) for seen in members),
        "hidden": 0,
        "open": False,
        "secret": False,
        "mark": "",
        "markWord": "",
    }
