"""One process as the web has it: single queries, a long list, and the memory it holds for itself.

    python -m tests.bench.worker REGISTER.tsv QUERIES.tsv       prints JSON on its last line

The index is saved and opened, as workers do, so that its pages are shared; what is told of memory are private dirty
pages, less those of a process that has loaded Django and not the matcher. Every name is asked for once before any time
is taken; a query's time includes its normalisation. The long list runs in as many processes as there are cores.
"""

import json
import multiprocessing
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench import registers

LIST = 20_000  # names of the long list, the queries again and again


def private_mb() -> float:
    """What this process alone holds."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def as_worker(folder: str, pairs: list[tuple[str, str]], pipe: Any) -> None:
    """What a fresh worker process does; sends its figures."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "iris.settings.bare"
    import django

    django.setup()
    before = private_mb()
    import numpy  # noqa: F401 - what arrays alone cost, whatever is done with them

    floor = private_mb() - before
    from iris.matching import Index, warm
    from iris.matching.normalise import parse

    warm()
    index = Index.open(folder)
    for text, country in pairs[:500]:
        index.search(text, country=country)
    times = []
    for text, country in pairs:
        parse.cache_clear()
        began = time.perf_counter_ns()
        index.search(text, country=country)
        times.append((time.perf_counter_ns() - began) / 1e6)
    times.sort()
    pipe.send(
        {
            "p50": round(statistics.median(times), 3),
            "p99": round(times[int(0.99 * len(times))], 3),
            "private_mb": round(private_mb() - before, 1),
            "private_mb_of_numpy": round(floor, 1),
            "compiler_loaded": "numba" in sys.modules,
        }
    )


def as_lister(folder: str, pairs: list[tuple[str, str]], gate: Any, pipe: Any) -> None:
    """One of the processes that share a long list; sends how long it took from the common start."""
    from iris.matching import Index, warm

    warm()
    index = Index.open(folder)
    index.nearest_many(pairs[:500])
    gate.wait()
    began = time.perf_counter()
    index.nearest_many(pairs)
    pipe.send(time.perf_counter() - began)


def main(argv: list[str]) -> int:
    """Build, save, measure in fresh processes."""
    import django

    django.setup()
    from iris.matching.bulk import build
    from iris.matching.files import read_register
    from tests.bench.running import workplace

    entries, _bad = read_register(Path(argv[0]))
    folder = str(workplace("matching") / "index")
    build(entries, os.cpu_count() or 1).save(folder)
    del entries
    pairs = [(one.text, one.country) for one in registers.read_queries(Path(argv[1]))]
    context = multiprocessing.get_context("spawn")
    inner, outer = context.Pipe()
    process = context.Process(target=as_worker, args=(folder, pairs, inner))
    process.start()
    found: dict[str, Any] = outer.recv()
    process.join()
    print(json.dumps({**found, **_long_list(context, folder, pairs)}))
    return 0


def _long_list(context: Any, folder: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    processes = os.cpu_count() or 1
    asked = [pairs[at % len(pairs)] for at in range(LIST)]
    gate = context.Barrier(processes)
    inner, outer = context.Pipe()
    workers = [
        context.Process(target=as_lister, args=(folder, asked[at::processes], gate, inner))
        for at in range(processes)
    ]
    for worker in workers:
        worker.start()
    seconds = max(outer.recv() for _worker in workers)
    for worker in workers:
        worker.join()
    return {"bulk_names": LIST, "bulk_processes": processes, "bulk_per_second": round(LIST / seconds, 1)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
