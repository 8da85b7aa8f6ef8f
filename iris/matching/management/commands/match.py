"""`manage.py match REGISTER.tsv QUERIES.tsv --out OUT.tsv`: the kernel on anybody's own files, without a database."""

import json
import os
import resource
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iris.matching.bulk import answer_all, build
from iris.matching.files import Answer, BadFile, Query, read_queries, read_register
from iris.matching.quality import Quality, by_class, measure, percentile

HEADER = "n\tclass\toutcome\tids\tscores\tmicros"
SHOWN = 20  # sentences about bad lines that are printed


class Command(BaseCommand):
    """Match every query of a file against a register, write the answers, print quality and speed."""

    help = (
        "Match QUERIES.tsv (class, query, truth or -1, country, accepted ids) against REGISTER.tsv (id, name, country,"
        " source); neither has a header line. OUT.tsv lists the nearest ids of each query, also where none counts: what"
        " counts is the outcome. No database is needed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two files, where to write, how many processes."""
        parser.add_argument("register", type=Path, help="id, name, country, source; tab-separated, no header")
        parser.add_argument("queries", type=Path, help="class, query, truth, country, accepted; no header")
        parser.add_argument("--out", type=Path, required=True, help="where the answers are written")
        parser.add_argument(
            "--workers",
            type=int,
            default=len(os.sched_getaffinity(0)),
            help="processes (default: one per core)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, build, answer, write, print."""
        workers = options["workers"]
        if workers < 1:
            raise CommandError(f"--workers: expected 1 or more, found {workers}.")
        try:
            entries, bad = read_register(options["register"])
            queries, more = read_queries(options["queries"])
        except BadFile as error:
            raise CommandError(str(error)) from error
        self._complain([*bad, *more])
        begun = time.perf_counter()
        index = build(entries, workers)
        built = time.perf_counter() - begun
        names = len(entries)
        del entries
        begun = time.perf_counter()
        answers = answer_all(index, queries, workers)
        seconds = time.perf_counter() - begun
        self._write(options["out"], answers)
        self.stdout.write(
            f"{names:,} names, index {index.version}, {len(queries):,} queries, {workers} processes"
        )
        self._show(list(zip(queries, answers, strict=True)))
        summary = {
            "queries": len(queries),
            "seconds": round(seconds, 3),
            "per_second": round(len(queries) / max(seconds, 1e-9), 1),
            "build_seconds": round(built, 3),
            "peak_mb": _peak(),
        }
        self.stdout.write(json.dumps(summary))

    def _complain(self, sentences: list[str]) -> None:
        for sentence in sentences[:SHOWN]:
            self.stderr.write(sentence)
        if len(sentences) > SHOWN:
            self.stderr.write(f"... and {len(sentences) - SHOWN:,} more lines like these.")

    def _write(self, path: Path, answers: Sequence[Answer]) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.write(HEADER + "\n")
                file.writelines(answer.line + "\n" for answer in answers)
        except OSError as error:
            raise CommandError(f"--out {path}: cannot be written ({error.strerror}).") from error

    def _show(self, pairs: list[tuple[Query, Answer]]) -> None:
        self.stdout.write(
            f"{'class':20} {'queries':>8} {'found':>7} {'R@1':>6} {'R@10':>6} {'p50 ms':>8} {'p99 ms':>8}"
        )
        for kind, group in by_class(pairs):
            self._row(kind, group, measure(group))
        whole = measure(pairs)
        self._row("all", pairs, whole)
        self.stdout.write(
            f"F1 {whole.f1:.4f} (at score {whole.threshold:.4f}), R@1 {whole.at1:.4f}, R@10 {whole.at10:.4f},"
            f" recall at precision 0.95 {whole.at_p95:.4f}, over {whole.queries:,} queries of which"
            f" {whole.positives:,} are in the register"
        )

    def _row(self, kind: str, group: Sequence[tuple[Query, Answer]], quality: Quality) -> None:
        times = [answer.micros / 1000 for _query, answer in group]
        found = sum(answer.outcome == "found" for _query, answer in group) / len(group)
        ranks = f"{quality.at1:6.3f} {quality.at10:6.3f}" if quality.positives else f"{'-':>6} {'-':>6}"
        middle, slow = percentile(times, 0.5), percentile(times, 0.99)
        self.stdout.write(f"{kind[:20]:20} {len(group):8,} {found:7.3f} {ranks} {middle:8.3f} {slow:8.3f}")


def _peak() -> float:
    """The most memory of this process or one it started (shared pages counted in each), in MB."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(most / 1024, 1)
