"""A lookup through HTTP with status and receipt, by one client and by eight.

    ./dev bench api [--register FILE] [--names 100000] [--lookups 2000]

A whole product of its own is started (web, worker, beat, database), its register filled with invented agencies that
carry the register file's names, and ended. The names are looked up with the bench's own queries. Inside the product
the hit of a canonical key and of a number in PostgreSQL are timed, as the lookup makes them, one statement each.
"""

import argparse
import http.client
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.bench import registers
from tests.bench.running import SHARED, say, workplace

CLIENTS = (1, 8)
WARM_WITHIN = 600
FALLBACK = "trigram"
PREPARE = """
from iris.accounts.services import issue_api_key
from tests.factories import accounts
boss = accounts.person("employer", "sourcing_manager")
client, secret = issue_api_key(boss.organisation, boss, "bench", ["read:lookups"])
print(secret)
"""
HITS = "from tests.bench.filling import time_hits; print(time_hits())"
FILL = """
from tests.bench.filling import fill
print(fill({path!r}, {count}))
"""


def main(argv: Sequence[str]) -> int:
    """Print a table and one JSON line."""
    options = _options(argv)
    if not options.register.exists():
        say("Name the file: ./dev bench api --register REGISTER.tsv")
        return 2
    os.environ["IRIS_API_RATE"] = "10000000/min"
    from tests.journeys.stack import Stack

    stack = Stack(Path(tempfile.mkdtemp(prefix="iris_bench_")), lane=1)
    found: dict[str, Any] = {}
    try:
        say("Starting a product of its own …")
        stack.start()
        began = time.perf_counter()
        say(stack.python(FILL.format(path=str(options.register), count=options.names)).strip()[-500:])
        say(f"register filled in {time.perf_counter() - began:.0f} s")
        secret = stack.python(PREPARE).strip().splitlines()[-1]
        found = _lookups(stack.url, secret, options)
        found["hits"] = json.loads(stack.python(HITS).strip().splitlines()[-1])
        _judge(found)
    finally:
        stack.stop()
    (workplace("api") / "result.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    say(json.dumps(found))
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench api", description=__doc__)
    parser.add_argument("--register", type=Path, default=SHARED / "matching/register_100k.tsv")
    parser.add_argument("--queries", type=Path, default=SHARED / "matching/queries.tsv")
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--lookups", type=int, default=2_000)
    return parser.parse_args(argv)


def _texts(options: argparse.Namespace) -> list[tuple[str, str]]:
    if options.queries.exists():
        queries = registers.read_queries(options.queries)
        return [(one.text, one.country) for one in queries if one.held_out and one.text.strip()]
    return [(one.name, one.country) for one in registers.read_register(options.register)[:5_000]]


def _lookups(url: str, secret: str, options: argparse.Namespace) -> dict[str, Any]:
    texts = _texts(options)
    _wait_until_warm(url, secret, texts[0])
    _ask_all(url, secret, texts[:200])
    found: dict[str, Any] = {"names": options.names}
    say(f"{'clients':>8} {'lookups':>8} {'p50 ms':>8} {'p99 ms':>8} {'per s':>8}   (POST, receipt stored)")
    for clients in CLIENTS:
        asked = [texts[index % len(texts)] for index in range(options.lookups)]
        shares = [asked[index::clients] for index in range(clients)]
        began = time.perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            times = sorted(chain.from_iterable(pool.map(lambda share: _ask_all(url, secret, share), shares)))
        seconds = time.perf_counter() - began
        row = {
            "lookups": len(times),
            "p50": round(statistics.median(times), 2),
            "p99": round(times[int(0.99 * len(times))], 2),
            "per_second": round(len(times) / seconds, 1),
        }
        found[f"clients_{clients}"] = row
        say(f"{clients:>8} {row['lookups']:>8} {row['p50']:>8} {row['p99']:>8} {row['per_second']:>8}")
    return found


def _judge(found: dict[str, Any]) -> None:
    """Each target of the design: reached, or what was found instead."""
    one, hits = found["clients_1"], found["hits"]
    found["targets"] = [
        {"target": name, "wanted": wanted, "found": got, "reached": got <= wanted}
        for name, wanted, got in (
            ("lookup with receipt, 1 client, p50 ms", 8, one["p50"]),
            ("lookup with receipt, 1 client, p99 ms", 25, one["p99"]),
            ("hit of a canonical key in PostgreSQL, p50 ms", 0.1, hits["key_ms"]),
            ("hit of a number in PostgreSQL, p50 ms", 0.1, hits["number_ms"]),
        )
    ]
    for row in found["targets"]:
        word = "reached" if row["reached"] else "NOT reached"
        say(f"target {row['target']:46} <= {row['wanted']:<5} found {row['found']:<8} {word}")
    say(f"   (a statement that does nothing, SELECT 1, takes {hits['nothing_ms']} ms there)")


def _ask_all(url: str, secret: str, asked: list[tuple[str, str]]) -> list[float]:
    """Milliseconds of each lookup, over one kept connection."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Authorization": f"Api-Key {secret}", "Content-Type": "application/json"}
    times = []
    for text, country in asked:
        body = json.dumps({"text": text, "country": country})
        began = time.perf_counter()
        connection.request("POST", "/api/v1/lookups/", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status >= 500 or answer.status in {401, 403, 429}:
            raise RuntimeError(f"{answer.status} for {text!r}: {content[:300]!r}")
    connection.close()
    return times


def _wait_until_warm(url: str, secret: str, asked: tuple[str, str]) -> None:
    """Until the index answers three times in a row, else say that the fallback is measured."""
    until = time.monotonic() + WARM_WITHIN
    row = 0
    while time.monotonic() < until:
        row = row + 1 if _engine(url, secret, asked) != FALLBACK else 0
        if row == 3:
            return
        time.sleep(1)
    say("The index of names did not become warm: what is measured is the fallback.")


def _engine(url: str, secret: str, asked: tuple[str, str]) -> str:
    headers = {"Authorization": f"Api-Key {secret}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    body = json.dumps({"text": asked[0], "country": asked[1]})
    connection.request("POST", "/api/v1/lookups/", body, headers)
    engine = json.loads(connection.getresponse().read()).get("snapshot", {}).get("engine", FALLBACK)
    connection.close()
    return str(engine)
