"""What every peer does alike: read the files, answer one query at a time, write OUT.tsv, say how long and how large.

Standard library only, because peers run in an environment of their own.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterable

Row = tuple[str, str, str]
Hit = tuple[str, float]
Ask = Callable[[str, str], list[Hit]]


def arguments() -> argparse.Namespace:
    """REGISTER QUERIES OUT, and the numbers of the queries to answer (all without)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("register")
    parser.add_argument("queries")
    parser.add_argument("out")
    parser.add_argument(
        "--sample", type=int, default=0, help="answer every class in its share, this many in all"
    )
    parser.add_argument("--dsn", default="")
    return parser.parse_args()


def register(path: str) -> list[Row]:
    """(id, name, country) of each line."""
    with open(path, encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file if line.strip())
        return [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]


def questions(path: str, sample: int) -> list[tuple[int, str, str, str]]:
    """(line number, class, text, country); with `sample`, evenly out of every class, the same ones each time."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip()]
    asked = [(n, row[0], row[1], row[3] if len(row) > 3 else "") for n, row in enumerate(rows, start=1)]
    if not sample or sample >= len(asked):
        return asked
    ordered = sorted(asked, key=lambda one: (one[1], one[0]))
    step = len(ordered) / sample
    return [ordered[int(index * step)] for index in range(sample)]


def answer(
    asked: Iterable[tuple[int, str, str, str]], ask: Ask, out: str, build_seconds: float, extra: float = 0.0
) -> None:
    """Ask one by one, write OUT.tsv, print the summary. `extra` seconds were spent on each query beforehand."""
    began = time.perf_counter()
    count = 0
    with open(out, "w", encoding="utf-8") as file:
        file.write("n\tclass\toutcome\tids\tscores\tmicros\n")
        for n, kind, text, country in asked:
            start = time.perf_counter()
            hits = ask(text, country)[:10]
            micros = (time.perf_counter() - start + extra) * 1e6
            ids, scores = ",".join(one for one, _s in hits), ",".join(f"{s:.5f}" for _one, s in hits)
            file.write(f"{n}\t{kind}\t{'found' if hits else 'not_found'}\t{ids}\t{scores}\t{micros:.0f}\n")
            count += 1
    summarise(count, time.perf_counter() - began + extra * count, build_seconds)


def summarise(count: int, seconds: float, build_seconds: float) -> None:
    """The last line printed, the same as of `manage.py match`."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "queries": count,
                "seconds": round(seconds, 3),
                "per_second": round(count / seconds, 1) if seconds else 0,
                "build_seconds": round(build_seconds, 2),
                "peak_mb": round(peak, 1),
            }
        )
    )
