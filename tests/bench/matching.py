"""Names matched: the platform beside what a user would pick instead, on the same register and the same queries.

    ./dev bench matching [--register FILE --queries FILE] [--sizes 10k,100k,1m]
                         [--peers sparse,tantivy,...] [--all-queries]

Figures are reported on the half of the queries that nothing was tuned on. Slow peers answer a stratified sample.
Beside all queries the classes that a matcher can get right from the string are told apart from those where only the
world knows that two names are one (classes beginning with nat_). What one process holds for itself, and how many names
a long list takes a second, are measured in processes of their own (tests.bench.worker).
"""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.bench import quality, registers
from tests.bench.running import ROOT, SHARED, last_json, own_python, peers_python, say, workplace

SAMPLE = 500
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
OURS = "this platform"


@dataclass(frozen=True)
class Peer:
    """One thing to compare with: its module, whether it runs in the peers' environment, and its sample per size."""

    label: str
    module: str
    foreign: bool = True
    options: tuple[str, ...] = ()
    sampled_from: int = 0


PEERS = {
    "sparse": Peer("sparse-dot-topn (TF-IDF trigram)", "sparse_topn", sampled_from=1_000_000),
    "tantivy": Peer("tantivy trigram", "tantivy_trigram"),
    "rapidfuzz": Peer("rapidfuzz token_sort", "rapidfuzz_sort", sampled_from=100_000),
    "nomenklatura": Peer("nomenklatura logic-v2", "nomenklatura_logic", sampled_from=10_000),
    "pg-key": Peer(
        "PostgreSQL: key, then trigram, normalised", "postgres_trigram", False, ("--keyed",), 100_000
    ),
    "pg-raw": Peer("PostgreSQL: trigram GIN, raw names", "postgres_trigram", False, (), 100_000),
}


def main(argv: Sequence[str]) -> int:
    """Run every size, print a table with ratios each, and one JSON line at the end."""
    options = _options(argv)
    if not options.register.exists() or not options.queries.exists():
        say("Name the files: ./dev bench matching --register REGISTER.tsv --queries QUERIES.tsv")
        return 2
    register = registers.read_register(options.register)
    queries = registers.read_queries(options.queries)
    if not options.all_queries:
        queries = [one for one in queries if one.held_out]
    found: dict[str, Any] = {}
    for size in options.sizes:
        found[size] = _one_size(size, register, queries, options.peers)
    path = workplace("matching") / "result.json"
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")
    say(json.dumps(found))
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench matching", description=__doc__)
    parser.add_argument("--register", type=Path, default=SHARED / "matching/register_100k.tsv")
    parser.add_argument("--queries", type=Path, default=SHARED / "matching/queries.tsv")
    parser.add_argument("--sizes", type=lambda text: text.split(","), default=list(SIZES))
    parser.add_argument(
        "--peers", type=lambda text: [one for one in text.split(",") if one], default=list(PEERS)
    )
    parser.add_argument("--all-queries", action="store_true", help="report on both halves")
    return parser.parse_args(argv)


def _one_size(
    size: str, register: list[registers.Organisation], queries: list[registers.Query], peers: list[str]
) -> dict[str, Any]:
    rows, asked = _laid(size, register, queries)
    folder = workplace("matching")
    register_file = registers.write([one.line for one in rows], folder / f"register_{size}.tsv")
    queries_file = registers.write([one.line for one in asked], folder / f"queries_{size}.tsv")
    numbered = dict(enumerate(asked, start=1))
    say(f"\n== {size}: {len(rows):,} names, {len(asked):,} queries")
    results: dict[str, Any] = {}
    for name in ("ours", *peers):
        out = folder / f"out_{size}_{name}.tsv"
        try:
            summary = _run(name, len(rows), register_file, queries_file, out)
        except RuntimeError as error:
            say(f"{name}: {error}")
            continue
        measured = quality.measure(numbered, quality.read_answers(out))
        results[name] = {**summary, **asdict(measured)}
        made = {n: one for n, one in numbered.items() if not one.kind.startswith("nat_")}
        results[name]["made_up"] = asdict(quality.measure(made, quality.read_answers(out)))
        if name == "ours":
            results[name]["classes"] = quality.by_class(numbered, quality.read_answers(out))
        _show(name, results)
    _show_classes(results.get("ours", {}).get("classes", {}))
    if "ours" in results:
        results["ours"]["worker"] = last_json(
            [own_python(), "-P", "-m", "tests.bench.worker", str(register_file), str(queries_file)]
        )
        _judge(size, results)
    return results


def _laid(
    size: str, register: list[registers.Organisation], queries: list[registers.Query]
) -> tuple[list[registers.Organisation], list[registers.Query]]:
    wanted = SIZES[size]
    if wanted < len(register):
        return registers.nested(register, queries, wanted)
    if wanted > SIZES["100k"]:
        return registers.grown(register, queries, wanted), queries
    return register, queries


def _run(name: str, size: int, register: Path, queries: Path, out: Path) -> dict[str, Any]:
    if name == "ours":
        own = [own_python(), str(ROOT / "manage.py"), "match", str(register), str(queries), "--out", str(out)]
        return last_json(own)
    peer = PEERS[name]
    python = peers_python() if peer.foreign else own_python()
    if not python:
        raise RuntimeError("its environment is missing; run ./dev bench matching")
    argv = [python, "-P", "-m", f"tests.bench.peers.{peer.module}", *peer.options]
    argv += [str(register), str(queries), str(out)]
    if peer.sampled_from and size >= peer.sampled_from * 0.9:
        argv += ["--sample", str(SAMPLE)]
    if not peer.foreign:
        argv += ["--dsn", os.environ.get("DATABASE_OWNER_URL", settings.DATABASES["default"]["NAME"])]
    return last_json(argv, minutes=60)


def _show(name: str, results: dict[str, Any]) -> None:
    one, ours = results[name], results.get("ours", results[name])
    if name == "ours":
        say(
            f"{'':44} {'n':>6} {'F1':>6} {'R@1':>6} {'R@10':>6} {'R@P95':>6} {'p50 ms':>9} {'p99 ms':>9} {'names/s':>9}"
            f" {'MB':>7} {'build s':>8}   p50 ratio"
        )
    label = OURS if name == "ours" else PEERS[name].label
    ratio = one["p50"] / ours["p50"] if ours["p50"] else 0
    say(
        f"{label:44} {one['queries']:>6} {one['f1']:6.3f} {one['at1']:6.3f} {one['at10']:6.3f} {one['at_p95']:6.3f}"
        f" {one['p50']:9.3f} {one['p99']:9.3f} {one['per_second']:9.1f} {one['peak_mb']:7.0f}"
        f" {one['build_seconds']:8.1f}   {ratio:.1f}x"
    )


def _show_classes(classes: dict[str, dict[str, float]]) -> None:
    for kind, row in classes.items():
        say(f"   {kind:20} {row['queries']:5.0f}  right {row['right']:.3f}  p50 {row['ms']:.3f} ms")


@dataclass(frozen=True)
class Target:
    """A figure of the design, where to find ours, and whether more is better."""

    label: str
    value: float
    path: tuple[str, ...]
    more: bool = True


_MADE = ("ours", "made_up")
TARGETS: dict[str, list[Target]] = {
    "10k": [Target("F1", 0.92, (*_MADE, "f1"))],
    "100k": [Target("F1", 0.91, (*_MADE, "f1")), Target("R@1", 0.985, (*_MADE, "at1"))],
    "1m": [
        Target("F1", 0.88, (*_MADE, "f1")),
        Target("R@1", 0.96, (*_MADE, "at1")),
        Target("R@10", 0.99, (*_MADE, "at10")),
        Target("R@P95", 0.82, (*_MADE, "at_p95")),
        Target("p50 ms", 0.5, ("ours", "worker", "p50"), more=False),
        Target("p99 ms", 1.2, ("ours", "worker", "p99"), more=False),
        Target("names/s of a list", 5_000, ("ours", "worker", "bulk_per_second")),
        Target("MB of a worker for itself", 60, ("ours", "worker", "private_mb"), more=False),
    ],
}


def _judge(size: str, results: dict[str, Any]) -> None:
    """Each target of this size: reached, or by how much not. Quality over the made-up classes, as it was set."""
    told = []
    for target in TARGETS.get(size, []):
        found: Any = results
        for part in target.path:
            found = found[part]
        reached = found >= target.value if target.more else found <= target.value
        told.append({"target": target.label, "wanted": target.value, "found": found, "reached": reached})
        sign = ">=" if target.more else "<="
        of_all = results["ours"].get(target.path[-1])
        beside = f" (all classes: {of_all:.3f})" if target.path[1] == "made_up" else ""
        say(
            f"   target {target.label:26} {sign} {target.value:<8g} found {found:<9.4g}"
            f" {'reached' if reached else f'NOT reached, {found / target.value:.2f} of it'}{beside}"
        )
    results["ours"]["targets"] = told
