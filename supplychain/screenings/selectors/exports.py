"""The result with the original columns first; no cell of it is a formula."""

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from iris.core.places import country_name
from iris.core.sheets import harmless
from supplychain.screenings.models import Screening, ScreeningRow
from supplychain.screenings.selectors.reading import rows_of
from supplychain.screenings.states import Resolution, RowResult


def _header(screening: Screening) -> list[str]:
    own = [
        _("Result"),
        _("Agency"),
        _("Country of the agency"),
        _("Standing"),
        _("Found by"),
        _("Alike, %"),
        _("Other names alike"),
        _("Your resolution"),
        _("Problem"),
        _("Checked at (UTC)"),
    ]
    return [*screening.columns, *own]


def _line(row: ScreeningRow) -> list[str]:
    others = "; ".join(f"{one['name']} ({round(one['score'] * 100)}%)" for one in row.similar[:5])
    return [
        *row.cells,
        str(RowResult(row.result).label) if row.result else "",
        row.agency.legal_name if row.agency else "",
        country_name(row.agency.country) if row.agency else "",
        row.standing.replace("_", " "),
        row.how.replace("_", " "),
        str(round(row.score * 100)) if row.score else "",
        others if not row.agency else "",
        str(Resolution(row.resolution).label) if row.resolution else "",
        row.problem or row.warning,
        f"{row.checked_at:%Y-%m-%d %H:%M}" if row.checked_at else "",
    ]


def _lines(screening: Screening) -> Iterator[list[str]]:
    yield _header(screening)
    for row in rows_of(screening).iterator(chunk_size=2_000):
        yield _line(row)


def as_csv(screening: Screening) -> bytes:
    """UTF-8 with a byte-order mark, commas, every cell harmless to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in _lines(screening):
        writer.writerow([harmless(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(screening: Screening) -> bytes:
    """A workbook whose cells are all text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(_("Screening"))
    bold = book.add_format({"bold": True})
    for number, line in enumerate(_lines(screening)):
        for column, cell in enumerate(line):
            sheet.write_string(number, column, str(cell)[:32_000], bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
