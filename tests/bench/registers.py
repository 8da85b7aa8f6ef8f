"""Registers and queries of the matching bench: read, nested smaller, and grown to a million with a fixed seed.

The files are those of `manage.py match`: a register line is id, name, country, source; a query line is class, query,
true id or -1, country, accepted ids. No header line.
"""

import random
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

SEED = 20_260_722
FIRST_MADE_ID = 100_000_000
MOST_IN_VAIN = 100_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Organisation:
    """One line of a register."""

    id: str
    name: str
    country: str
    source: str

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return "\t".join((self.id, self.name, self.country, self.source))


@dataclass(frozen=True)
class Query:
    """One line of a query file; `accepted` is empty where nothing may be found."""

    kind: str
    text: str
    truth: str
    country: str
    accepted: frozenset[str]
    line: str

    @property
    def positive(self) -> bool:
        """Whether something is there to be found."""
        return self.truth != "-1"

    @property
    def held_out(self) -> bool:
        """The half that figures are reported on; the other half may be tuned on."""
        return zlib.crc32(self.text.encode()) % 2 == 1


def read_register(path: Path) -> list[Organisation]:
    """The lines of a register file, in their order."""
    rows = (line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8") if line.strip())
    return [Organisation(*[*row, "", "", ""][:4]) for row in rows]


def read_queries(path: Path) -> list[Query]:
    """The lines of a query file, in their order."""
    found = []
    for line in path.open(encoding="utf-8"):
        if not line.strip():
            continue
        kind, text, truth, country, accepted = (line.rstrip("\n").split("\t") + [""] * 4)[:5]
        names = {one for one in [*accepted.split(","), truth] if one and one != "-1"}
        found.append(Query(kind, text, truth, country, frozenset(names), line.rstrip("\n")))
    return found


# A made name that differs from a real one in these words only would be as right an answer as the real one.
_FORMS = """
ltd limited inc incorporated llc llp lp plc co company corp corporation pvt private public pte pty gmbh ag ab sa as a s
p l n b v sas sarl srl spa spzoo sro oy oyj asa aps nv bv kk kg se publ berhad bhd sdn tbk pt holdings holding unlimited
agency agencies the of and de und et la le el
"""
_LEGAL = frozenset(_FORMS.split())
_LEGAL_UNSPACED = re.compile("股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|주식회사|公司")


def plain(name: str) -> str:
    """A name without case, order, punctuation and legal form: on purpose simpler than, and not, the matcher's own."""
    words = set(_WORD.findall(_LEGAL_UNSPACED.sub(" ", name.casefold())))
    return "".join(sorted(words - _LEGAL or words))


def nested(
    register: list[Organisation], queries: list[Query], size: int
) -> tuple[list[Organisation], list[Query]]:
    """The first `size` organisations of the file, and the queries that they allow."""
    kept = register[:size]
    ids = {one.id for one in kept}
    return kept, [one for one in queries if not one.positive or one.truth in ids]


def grown(register: list[Organisation], queries: list[Query], size: int) -> list[Organisation]:
    """The register with made names up to `size`: the beginning of one name, the end of another of the same source.

    They are dense with near misses. None equals (but for case, order and punctuation) a name of the register, a query,
    or another made name, so that the truth of no query changes. Raises ValueError when the names allow no more.
    """
    chance = random.Random(SEED)
    taken = {plain(one.name) for one in register} | {plain(one.text) for one in queries}
    by_source: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for one in register:
        by_source[one.source].append((_pieces(one), one.country))
    sources = list(by_source)
    shares = [len(by_source[source]) for source in sources]
    made = list(register)
    in_vain = 0
    while len(made) < size:
        in_vain += 1
        if in_vain > MOST_IN_VAIN:
            raise ValueError(f"{len(register)} names make {len(made)} different ones, not {size}.")
        source = chance.choices(sources, shares)[0]
        head, country = chance.choice(by_source[source])
        tail, _country = chance.choice(by_source[source])
        name = _joined(head, tail, chance)
        key = plain(name)
        if key and key not in taken:
            taken.add(key)
            in_vain = 0
            made.append(Organisation(str(FIRST_MADE_ID + len(made)), name, country, source))
    return made


def _pieces(one: Organisation) -> list[str]:
    return list(one.name) if " " not in one.name and not one.name.isascii() else one.name.split()


def _joined(head: list[str], tail: list[str], chance: random.Random) -> str:
    left = head[: max(1, chance.randint(len(head) // 2, len(head)))]
    right = tail[-max(1, chance.randint(1, max(1, len(tail) // 2))) :]
    together = left + right
    glue = "" if all(len(piece) == 1 and not piece.isascii() for piece in together) else " "
    return glue.join(together)


def write(lines: list[str], path: Path) -> Path:
    """Write lines as a file of the bench."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
