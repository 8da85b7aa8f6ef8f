"""What the graph bench does inside the product it starts: PostgreSQL's own way, and chains of a given reach."""

import json
import time
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection, transaction

from iris.accounts.services import issue_api_key
from supplychain.chains.models import ChainVersion, Link, Party
from tests.bench.filling import agency_id_of, fill_lines

AGENCIES = 2_000
BELOW = """
WITH RECURSIVE met(node, depth) AS (
  SELECT unnest(%s::int[]), 0 UNION SELECT e.lower, met.depth + 1 FROM met JOIN bench_edges e ON e.upper = met.node
) SELECT count(DISTINCT node) FROM met
"""


def ask_database(path: str, turns: int = 3) -> str:
    """The recursive query over the bench's own graph; milliseconds and nodes met, as JSON."""
    data = np.load(path)
    found: dict[str, Any] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '256MB'")
        cursor.execute("CREATE TEMP TABLE bench_edges (upper int, lower int) ON COMMIT DROP")
        for start in range(0, data["upper"].size, 100_000):
            part = slice(start, start + 100_000)
            values = [data["upper"][part].tolist(), data["lower"][part].tolist()]
            cursor.execute("INSERT INTO bench_edges SELECT * FROM unnest(%s::int[], %s::int[])", values)
        cursor.execute("CREATE INDEX ON bench_edges (upper) INCLUDE (lower)")
        cursor.execute("ANALYZE bench_edges")
        for name in (one for one in data.files if one.startswith("roots_")):
            times, met = [], 0
            for _turn in range(turns):
                began = time.perf_counter()
                cursor.execute(BELOW, [data[name].tolist()])
                met = cursor.fetchone()[0]
                times.append((time.perf_counter() - began) * 1000)
            found[name.removeprefix("roots_")] = {"ms": sorted(times)[len(times) // 2], "met": met}
    return json.dumps(found)


def fill(reach: int, seed: int) -> str:
    """An employer with a chain of so many parties in six tiers, a fifth of the recruiters matched with agencies of the
    register; its API key."""
    from certification.agencies.models import Agency
    from tests.bench.graph import generate
    from tests.factories import accounts

    if not Agency.objects.filter(pk=agency_id_of("0")).exists():
        fill_lines((str(n), f"Bench Overseas {n}", "NP") for n in range(AGENCIES))
    boss = accounts.person("employer", "sourcing_manager", email=f"bench{reach}@example.org")
    assert boss.organisation is not None
    upper, lower, _flagged = generate(reach, int(reach * 1.24), seed)
    kinds = ("buyer", "site", "employer", "recruiter_destination", "recruiter_origin", "sub_agent")
    ends = np.cumsum(np.array([0.02, 0.06, 0.14, 0.22, 0.26, 0.30]) * reach)
    tier = np.searchsorted(ends, np.arange(reach), "right").clip(0, 5)
    parties = [
        Party(
            organisation=boss.organisation,
            kind=kinds[tier[n]],
            name=f"Party {n:06}",
            country="NP",
            agency_id=agency_id_of(str(n % AGENCIES)) if tier[n] in (3, 4) and n % 5 == 0 else None,
        )
        for n in range(reach)
    ]
    pairs = iter(sorted(set(zip(upper.tolist(), lower.tolist(), strict=True))))
    with transaction.atomic():
        Party.objects.bulk_create(parties, 5_000)
        while chunk := list(islice(pairs, 5_000)):
            Link.objects.bulk_create(
                Link(
                    organisation=boss.organisation,
                    upper_id=parties[a].pk,
                    lower_id=parties[b].pk,
                    since=date(2026, 1, 5),
                )
                for a, b in chunk
            )
        ChainVersion.objects.create(organisation=boss.organisation, number=1)
    _client, secret = issue_api_key(boss.organisation, boss, "bench", ["read:chains"])
    return secret
