"""nomenklatura: candidates of its blocker, scored by logic-v2 (what yente scores with).

Its blocker answers a batch, so a query's time is its share of the batch and its own comparisons.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from followthemoney import StatementEntity
from followthemoney.dataset import Dataset
from nomenklatura.blocker.index import Index
from nomenklatura.matching import LogicV2

from tests.bench.peers import common

DATASET = Dataset.make({"name": "bench", "title": "Bench"})
THRESHOLD = 0.0


class View:
    """What the blocker wants of a store: all entities."""

    def __init__(self, rows: list[common.Row]) -> None:
        self.rows = rows

    def entities(self, *_args: Any, **_named: Any) -> Iterator[StatementEntity]:
        """The register as companies."""
        for id_, name, country in self.rows:
            yield company(id_, name, country)


def company(id_: str, name: str, country: str) -> StatementEntity:
    """One organisation with a name and a country."""
    values = {"name": [name], **({"country": [country.lower()]} if country else {})}
    return StatementEntity.from_data(DATASET, {"id": id_, "schema": "Organization", "properties": values})


def main() -> None:
    """Block the whole sample at once, then compare one query at a time."""
    options = common.arguments()
    began = time.perf_counter()
    rows = common.register(options.register)
    index = Index(View(rows), Path(tempfile.mkdtemp()), {})  # type: ignore[type-var] # only its entities are read
    index.build()
    build = time.perf_counter() - began
    known = {id_: (name, country) for id_, name, country in rows}
    asked = common.questions(options.queries, options.sample)
    began = time.perf_counter()
    subjects = [company(f"q-{n}", text, country) for n, _kind, text, country in asked if text.strip()]
    blocked = {str(one): [str(other) for other, _s in near] for one, near in index.match_entities(subjects)}
    share = (time.perf_counter() - began) / max(1, len(asked))
    config = LogicV2.default_config()

    def compare(n: int, text: str, country: str) -> list[common.Hit]:
        query = company(f"q-{n}", text, country)
        hits = []
        for other in blocked.get(f"q-{n}", []):
            score = LogicV2.compare(query, company(other, *known[other]), config).score
            if score > THRESHOLD:
                hits.append((other, score))
        return sorted(hits, key=lambda one: -one[1])

    numbers = iter([n for n, _kind, _text, _country in asked])
    common.answer(
        asked, lambda text, country: compare(next(numbers), text, country), options.out, build, extra=share
    )


if __name__ == "__main__":
    main()
