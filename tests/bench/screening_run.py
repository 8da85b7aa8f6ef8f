"""One screening of any size, from the upload to the export, with rows a second and peak memory of each stage.

    ./dev bench screening_run [LIST.csv | --rows 1000000] [--register FILE --names 100000] [--workers 2]

`run(path or rows, ...)` is what other benches call. Reading and checking are done by processes of their own, as Celery
would, so that the peak of each is told apart. `make_list` writes a list of any length with a seed of its own.
"""

import argparse
import csv
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

SEED = 20_261_122
HITS = 0.6
WORDS = ("Granite", "Tundra", "Saffron", "Juniper", "Cobalt", "Marlin", "Quill", "Orchard", "Falcon", "Mesa")
KINDS = ("Labour", "Manpower", "Staffing", "Crews", "Overseas", "Recruitment", "Placements", "Services")


def make_list(target: Path, rows: int, names: Sequence[tuple[str, str]], hits: float = HITS) -> Path:
    """A CSV of `rows` suppliers: a share has the very name of a register entry, the rest is misspelt or invented."""
    dice = random.Random(SEED)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Supplier", "Ctry", "Our id"))
        for number in range(rows):
            name, country = dice.choice(names)
            if dice.random() >= hits:
                if dice.random() < 0.5 and len(name) > 6:
                    at = dice.randrange(1, len(name) - 2)
                    name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
                else:
                    name = f"{dice.choice(WORDS)} {dice.choice(WORDS)} {number} {dice.choice(KINDS)} Ltd"
            writer.writerow((name, country, f"S-{number}"))
    return target


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(function: Callable[..., Any], *given: Any) -> tuple[Any, float, float]:
    """Run a stage in a process of its own: its answer, its seconds, its peak memory in MB."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    began = time.perf_counter()
    process = context.Process(target=_stage, args=(theirs, function, given))
    process.start()
    theirs.close()
    try:
        answer, peak = ours.recv()
    except EOFError:
        raise RuntimeError(f"the stage {function.__name__} died") from None
    process.join()
    if isinstance(answer, Exception):
        raise answer
    return answer, time.perf_counter() - began, peak


def _stage(pipe: Any, function: Callable[..., Any], given: tuple[Any, ...]) -> None:
    import django

    django.setup()
    try:
        answer: Any = function(*given)
    except Exception as error:  # told to the parent, which raises it
        answer = RuntimeError(f"{type(error).__name__}: {error}")
    pipe.send((answer, _peak_mb()))


def upload(path: str, email: str) -> str:
    """The file kept and looked at."""
    from django.core.files.uploadedfile import TemporaryUploadedFile

    from iris.accounts.models import User
    from supplychain.screenings import services

    given = TemporaryUploadedFile(Path(path).name, "text/csv", Path(path).stat().st_size, None)
    with Path(path).open("rb") as source:
        while chunk := source.read(1 << 20):
            given.write(chunk)
    given.seek(0)
    actor = User.objects.get(email=email)
    try:
        return str(services.upload_list(actor=actor, upload=given).pk)
    except services.AlreadyScreened as error:
        return str(services.recheck(screening_id=error.screening.pk, actor=actor).pk)


def read(screening_id: str, email: str) -> int:
    """The columns mapped and every row taken from the file."""
    from iris.accounts.models import User
    from supplychain.screenings import services
    from supplychain.screenings.models import Screening

    actor = User.objects.get(email=email)
    one = Screening.objects.get(pk=screening_id)
    services.map_columns(screening_id=one.pk, actor=actor, mapping=one.mapping)
    services.read_list(screening_id=one.pk, seconds=36_000)
    one = Screening.objects.get(pk=screening_id)
    if one.state != "ready":
        raise RuntimeError(f"the list is {one.state} after reading")
    services.start_screening(screening_id=one.pk, actor=actor)
    return one.n_lines


def check(screening_id: str) -> int:
    """Batches checked until none is left."""
    from supplychain.screenings import services

    return services.work(screening_id=UUID(screening_id), seconds=36_000)


def export(screening_id: str, kind: str) -> int:
    """The result written to nowhere; its bytes."""
    from supplychain.screenings import selectors
    from supplychain.screenings.models import Screening

    write = selectors.as_csv if kind == "csv" else selectors.as_xlsx
    return sum(map(len, write(Screening.objects.get(pk=screening_id))))


def run(
    path: Path | str | None = None,
    *,
    email: str,
    rows: int = 0,
    names: Sequence[tuple[str, str]] = (),
    workers: int = 2,
    exports: Sequence[str] = ("csv", "xlsx"),
) -> dict[str, Any]:
    """Screen a file (or `rows` generated rows over register `names`) for the employer's person of this address."""
    if path is None:
        folder = Path(tempfile.mkdtemp(prefix="iris_list_"))
        path = make_list(folder / f"list-{rows}.csv", rows, names)
    seconds: dict[str, float] = {}
    peak: dict[str, float] = {}
    screening_id, seconds["upload"], peak["upload"] = _apart(upload, str(path), email)
    count, seconds["read"], peak["read"] = _apart(read, screening_id, email)
    began = time.perf_counter()
    checked, peak["check"] = _check_together(screening_id, workers)
    seconds["check"] = time.perf_counter() - began
    for kind in exports:
        _bytes, seconds[f"export_{kind}"], peak[f"export_{kind}"] = _apart(export, screening_id, kind)
    return {
        "rows": count,
        "checked": checked,
        "workers": workers,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "rows_per_s": {name: round(count / value) for name, value in seconds.items()},
        "peak_mb": {name: round(value) for name, value in peak.items()},
        "results": _apart(results, screening_id)[0],
    }


def results(screening_id: str) -> dict[str, Any]:
    """How it ended."""
    from supplychain.screenings import selectors
    from supplychain.screenings.models import Screening

    one = Screening.objects.get(pk=screening_id)
    return {"state": one.state, **selectors.counts_by_result(one), "same": one.counts.get("same", 0)}


def _check_together(screening_id: str, workers: int) -> tuple[int, float]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers) as pool:
        done = list(pool.map(lambda _n: _apart(check, screening_id), range(workers)))
    return sum(answer for answer, _seconds, _peak in done), max(peak for *_rest, peak in done)


_NAMES = """
import json
from certification.agencies.models import AgencyName
print(json.dumps(list(AgencyName.objects.filter(kind="legal").values_list("name", "agency__country"))))
"""
_BUYER = """
from tests.factories import accounts
print(accounts.person("employer", "sourcing_manager").email)
"""


def main(argv: Sequence[str]) -> int:
    """Fill a database of its own, run, print a table and one JSON line."""
    import os

    from tests.bench.running import SHARED, say
    from tests.journeys.stack import Stack

    parser = argparse.ArgumentParser(prog="./dev bench screening_run", description=__doc__)
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--register", type=Path, default=SHARED / "matching/register_100k.tsv")
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(argv)
    stack = Stack(Path(tempfile.mkdtemp(prefix="iris_bench_")), lane=1)
    try:
        stack.prepare()
        fill = (
            f"from tests.bench.filling import fill\nprint(fill({str(options.register)!r}, {options.names}))"
        )
        say(stack.python(fill).strip()[-200:])
        say(
            stack.python("from supplychain.names.services import build_base\nprint(build_base())").strip()[
                -200:
            ]
        )
        email = stack.python(_BUYER).strip().splitlines()[-1]
        names = [] if options.path else json.loads(stack.python(_NAMES).strip().splitlines()[-1])
        os.environ.update(stack.environment)
        found = run(options.path, email=email, rows=options.rows, names=names, workers=options.workers)
    finally:
        stack.stop()
    for stage, value in found["seconds"].items():
        say(
            f"{stage:12} {value:8.1f} s {found['rows_per_s'][stage]:>10,} rows/s {found['peak_mb'][stage]:>6} MB"
        )
    say(json.dumps(found))
    return 0
