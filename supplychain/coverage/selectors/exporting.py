"""The figures as one plain table, for a spreadsheet or a report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from iris.core.places import Corridor as Place
from iris.core.sheets import harmless
from supplychain.chains.selectors import Corridor
from supplychain.coverage.rules import Share
from supplychain.coverage.selectors.figures import Coverage
from supplychain.coverage.states import Part


def corridor_text(corridor: Corridor | None) -> str:
    """A corridor in words."""
    return Place(*corridor).text if corridor else _("Corridor not known")


def as_csv(coverage: Coverage) -> bytes:
    """UTF-8 with a byte-order mark, one row for each part of each figure; every cell harmless to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["figure", "group", "as_of", "part", "workers", "of", "percent", "links_without_a_number"]
    )
    for figure, group, day, share in _figures(coverage):
        for part in Part:
            row = [figure, group, day, part.value, share.parts[part], share.whole, share.percent_of(part)]
            writer.writerow([harmless(str(cell)) for cell in [*row, share.untold]])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _figures(coverage: Coverage) -> Iterator[tuple[str, str, str, Share]]:
    on = coverage.asked.on.isoformat()
    yield "coverage", f"tier {coverage.asked.tier}", on, coverage.share
    for tier, share in coverage.tiers:
        yield "by_tier", f"tier {tier}", on, share
    for corridor, share in coverage.corridors:
        yield "by_corridor", "-".join(corridor) if corridor else "unknown", on, share
    for day, share in coverage.trend:
        yield "trend", f"tier {coverage.asked.tier}", day.isoformat(), share
