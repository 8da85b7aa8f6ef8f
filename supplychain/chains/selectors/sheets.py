"""What a map shows, as a sheet: a row for each link, with the words and the dates behind the picture."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from iris.core.places import country_name
from iris.core.sheets import harmless
from supplychain.chains.selectors.comparing import Changes
from supplychain.chains.selectors.lines import Row, rows_of
from supplychain.chains.selectors.risks import Risks
from supplychain.chains.selectors.seeing import Part
from supplychain.chains.selectors.sight import Sight
from supplychain.chains.states import Claim, Confidence, FeeTerms, PartyKind, Source


def shown_as_csv(
    sight: Sight, shown: list[int], risks: Risks, changes: Changes, than: date | None = None
) -> bytes:
    """UTF-8 with a byte-order mark, commas, every cell harmless to a spreadsheet.

    The last two columns stay empty where no other day (`than`) is beside this one.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    beside = than.isoformat() if than and than != sight.on else ""
    lines = ([*_line(sight, row), beside, _change(row, changes)] for row in rows_of(sight, shown, risks))
    for line in [_header(), *lines]:
        writer.writerow([harmless(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _header() -> list[str]:
    return [
        _("As of"),
        _("Level"),
        _("Upper party"),
        _("What it is"),
        _("Party"),
        _("What it is"),
        _("Country"),
        _("Standing"),
        _("Number"),
        _("Workers a year"),
        _("Fee terms"),
        _("Claim"),
        _("Source"),
        _("Confidence"),
        _("Since"),
        _("Until"),
        _("Closes a circle"),
        _("Risk"),
        _("Findings"),
        _("Compared with"),
        _("Change"),
    ]


def _change(row: Row, changes: Changes) -> str:
    """What became of the party and of the link since the other day, in the words of the map."""
    mark = changes.marks.get(row.seen.party.id)
    link = changes.links.get(row.tie.line, "") if row.tie else ""
    said = {"new": _("link: new"), "gone": _("link: ended")}
    return "; ".join(word for word in (mark.word if mark else "", said.get(link, "")) if word)


def _line(sight: Sight, row: Row) -> list[str]:
    party, tie = row.seen.party, row.tie
    link = (
        [
            "" if tie.workers is None else str(tie.workers),
            str(FeeTerms(tie.fee_terms).label),
            str(Claim(tie.claim).label),
            str(Source(tie.source).label),
            str(Confidence(tie.confidence).label),
            tie.since.isoformat(),
            tie.until.isoformat() if tie.until else "",
        ]
        if tie
        else [""] * 7
    )
    return [
        sight.on.isoformat(),
        str(row.level + 1),
        row.upper.party.name if row.upper else "",
        str(PartyKind(row.upper.party.kind).label) if row.upper else "",
        party.name,
        row.seen.kind,
        country_name(party.country) if party.country else "",
        row.seen.standing.word,
        "" if party.confidential else party.number,
        *link,
        _("yes") if row.back else "",
        row.risk.word,
        "; ".join(finding.why for finding in row.seen.findings),
    ]


def tiers_as_csv(parts: Sequence[Part], on: date) -> bytes:
    """The counts of a chain too large to draw."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("As of"), _("Tier"), _("Standing"), _("Country"), _("Parties")])
    for part in parts:
        cells = [on.isoformat(), part.tier, part.standing.word, part.country, str(part.many)]
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
