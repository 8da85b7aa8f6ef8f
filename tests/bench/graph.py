"""Everything uncertified below a buyer, each with the way down to it: kernel, graph libraries, PostgreSQL, first page.

    ./dev bench graph [--nodes 1000000] [--edges 1240000] [--no-api]

One graph in six tiers is generated with a fixed seed; a third of its nodes are uncertified recruiters. From as many
nodes of the top tier as reach about 10,000 and 100,000 nodes the same is asked of everyone: breadth first, which
uncertified nodes are met, and one shortest way to each. The same counts have to come out. Then a product of its own is
started, two employers get chains of that reach, and the findings' first page is read through the API.
"""

import argparse
import http.client
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from supplychain.chains.graph import Graph
from tests.bench.running import last_json, peers_python, say, workplace

REACHES = (10_000, 100_000)
TARGETS = {10_000: (1.0, 60.0), 100_000: (15.0, 250.0)}
SEED = 20261122
TIERS = 6
TURNS = 15
FILL = "from tests.bench.graph_filling import fill; print(fill({reach}, {seed}))"
CTE = "from tests.bench.graph_filling import ask_database; print(ask_database({path!r}))"


def generate(nodes: int, edges: int, seed: int = SEED) -> tuple[Any, Any, Any]:
    """Upper and lower ends of the edges, and which nodes are uncertified recruiters. Tiers grow downwards."""
    rng = np.random.default_rng(seed)
    sizes = np.array([0.02, 0.06, 0.14, 0.22, 0.26, 0.30]) * nodes
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    starts[-1] = nodes
    tier = rng.choice(TIERS - 1, edges, p=np.diff(starts)[1:] / np.diff(starts)[1:].sum())
    upper = starts[tier] + rng.integers(0, 1 << 40, edges) % (starts[tier + 1] - starts[tier])
    lower = starts[tier + 1] + rng.integers(0, 1 << 40, edges) % (starts[tier + 2] - starts[tier + 1])
    flagged = np.zeros(nodes, bool)
    flagged[starts[2] :] = rng.random(nodes - starts[2]) < 0.4
    return upper.astype(np.int32), lower.astype(np.int32), flagged


def roots_for(graph: Graph, reach: int) -> Any:
    """The first nodes of the top tier, as many as reach about so many."""
    low, high = 1, graph.n // 50
    while low < high:
        middle = (low + high) // 2
        if graph.walk(0, np.arange(middle)).order.size < reach:
            low = middle + 1
        else:
            high = middle
    return np.arange(low, dtype=np.int32)


def best_of(turns: int, ask: Callable[[], Any]) -> tuple[float, Any]:
    """The median in milliseconds, and the last answer."""
    times, answer = [], None
    for _turn in range(turns):
        began = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), answer


def by_kernel(graph: Graph, roots: Any, flagged: Any) -> tuple[int, int, int]:
    """Nodes met, uncertified ones among them, and the length of all ways together."""
    walk = graph.walk(0, roots)
    places = np.flatnonzero(flagged[walk.order])
    _begin, ways = walk.ways(places)
    return walk.order.size, places.size, ways.size


def main(argv: Sequence[str]) -> int:
    """Print tables and one JSON line."""
    options = _options(argv)
    began = time.perf_counter()
    upper, lower, flagged = generate(options.nodes, options.edges)
    graph = Graph.build(options.nodes, upper, lower)
    say(
        f"{options.nodes:,} nodes, {options.edges:,} edges, {TIERS} tiers; made in {time.perf_counter() - began:.1f} s"
    )
    found: dict[str, Any] = {"nodes": options.nodes, "edges": options.edges, "seed": SEED}
    path = workplace("graph") / "graph.npz"
    roots = {reach: roots_for(graph, reach) for reach in REACHES}
    np.savez(
        path,
        upper=upper,
        lower=lower,
        flagged=flagged,
        **{f"roots_{reach}": roots[reach] for reach in REACHES},
    )
    rows: dict[str, dict[int, float]] = {"kernel": {}}
    for reach in REACHES:
        milliseconds, told = best_of(TURNS, lambda reach=reach: by_kernel(graph, roots[reach], flagged))
        rows["kernel"][reach] = milliseconds
        found[f"answer_{reach}"] = told
        say(
            f"{reach:,} reachable: {told[0]:,} met, {told[1]:,} uncertified, ways of {told[2]:,} steps together"
        )
    _peers(rows, path, found)
    if not options.no_api:
        _product(rows, path, found)
    _table(rows, found)
    say(json.dumps(found))
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench graph", description=__doc__)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--edges", type=int, default=1_240_000)
    parser.add_argument("--no-api", action="store_true", help="leave out PostgreSQL and the API")
    return parser.parse_args(argv)


def _peers(rows: dict[str, dict[int, float]], path: Path, found: dict[str, Any]) -> None:
    for name in ("igraph", "networkx"):
        python = peers_python()
        if not python:
            say(f"{name} is not installed for the bench: left out.")
            continue
        told = last_json([python, "-m", "tests.bench.peers.graphs", name, str(path)])
        rows[name] = {int(reach): one["ms"] for reach, one in told.items()}
        for reach, one in told.items():
            _agree(name, one["answer"], found[f"answer_{reach}"])


def _agree(name: str, answer: list[int], ours: tuple[int, int, int]) -> None:
    if tuple(answer) != tuple(ours):
        raise RuntimeError(f"{name} found {answer}, the kernel {ours}: not the same work")


def _product(rows: dict[str, dict[int, float]], path: Path, found: dict[str, Any]) -> None:
    os.environ["IRIS_API_RATE"] = "10000000/min"
    from tests.journeys.stack import Stack

    stack = Stack(Path(tempfile.mkdtemp(prefix="iris_bench_")), lane=1)
    try:
        say("Starting a product of its own …")
        stack.start()
        told = json.loads(stack.python(CTE.format(path=str(path))).strip().splitlines()[-1])
        rows["PostgreSQL, UNION (node, depth)"] = {int(reach): one["ms"] for reach, one in told.items()}
        for reach, one in told.items():
            met = found[f"answer_{reach}"][0]
            if one["met"] != met:
                raise RuntimeError(f"PostgreSQL met {one['met']}, the kernel {met}: not the same work")
        rows["API, first page of findings"] = {}
        for reach in REACHES:
            secret = stack.python(FILL.format(reach=reach, seed=SEED)).strip().splitlines()[-1]
            first, times, body = _pages(stack.url, secret)
            rows["API, first page of findings"][reach] = statistics.median(times)
            found[f"api_{reach}"] = {
                "first_ms": round(first, 1),
                "p50_ms": round(statistics.median(times), 1),
                "max_ms": round(times[-1], 1),
                "findings": body["count"],
            }
            say(
                f"API at {reach:,}: {body['count']:,} findings; first request (chain read from the database)"
                f" {first:.0f} ms, then p50 {statistics.median(times):.1f} ms, slowest {times[-1]:.1f} ms"
            )
    finally:
        stack.stop()


def _pages(url: str, secret: str, turns: int = 40) -> tuple[float, list[float], dict[str, Any]]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    times: list[float] = []
    body: dict[str, Any] = {}
    for _turn in range(turns):
        began = time.perf_counter()
        connection.request("GET", "/api/v1/chain/findings/", headers={"Authorization": f"Api-Key {secret}"})
        answer = connection.getresponse()
        content = answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {content[:300]!r}")
        body = json.loads(content)
    connection.close()
    return times[0], sorted(times[1:]), body


def _table(rows: dict[str, dict[int, float]], found: dict[str, Any]) -> None:
    say(f"\n{'':34}" + "".join(f"{reach:>12,}{'':>9}" for reach in REACHES))
    for name, times in rows.items():
        cells = []
        for reach in REACHES:
            ratio = times[reach] / rows["kernel"][reach]
            cells.append(
                f"{times[reach]:>9.2f} ms" + (f"{ratio:>7.0f} x " if name != "kernel" else f"{'':>9}")
            )
        say(f"{name:34}" + "".join(cells))
    api = rows.get("API, first page of findings", {})
    for reach, (kernel, page) in TARGETS.items():
        parts = [f"kernel {rows['kernel'][reach]:.2f} of {kernel:.0f} ms"]
        if api:
            parts.append(f"first page {api[reach]:.1f} of {page:.0f} ms")
        good = rows["kernel"][reach] <= kernel and api.get(reach, 0) <= page
        say(f"target at {reach:,}: {', '.join(parts)}: {'reached' if good else 'NOT reached'}")
    found["ms"] = {
        name: {str(reach): round(one, 3) for reach, one in times.items()} for name, times in rows.items()
    }
