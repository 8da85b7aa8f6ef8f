"""The ledger as a sheet: the columns it is written and read with, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_stubs_ext import StrOrPromise

from certification.assessments.models import Assessment, CostLine, JobOrder
from certification.assessments.selectors.ledger import LedgerLine, LedgerOrder, ledger
from certification.assessments.states import Payer
from iris.core.sheets import harmless


@dataclass(frozen=True)
class Column:
    """A column that is read back: the name of its field, its header, and headers people write instead."""

    field: str
    header: StrOrPromise
    also: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Every header it is recognised by, in small letters."""
        with override("en"):
            english = str(self.header)
        return {
            name.casefold() for name in (str(self.header), english, self.field.replace("_", " "), *self.also)
        }


COLUMNS = (
    Column("reference", gettext_lazy("Job order"), ("job order no", "reference", "order")),
    Column("origin", gettext_lazy("From"), ("origin", "country of origin", "workers come from")),
    Column("destination", gettext_lazy("To"), ("destination", "country of destination", "workers go to")),
    Column("employer_name", gettext_lazy("Employer"), ("employer name",)),
    Column("workers", gettext_lazy("Workers"), ("number of workers",)),
    Column("sector", gettext_lazy("Sector")),
    Column("wage", gettext_lazy("Monthly wage"), ("wage",)),
    Column("wage_currency", gettext_lazy("Currency of the wage"), ("wage currency",)),
    Column("category", gettext_lazy("Kind"), ("kind of cost", "category", "ilo category")),
    Column("label", gettext_lazy("Cost"), ("name of the cost", "label", "description")),
    Column("amount", gettext_lazy("Amount"), ("amount for one worker", "amount per worker")),
    Column("currency", gettext_lazy("Currency")),
    Column("should_pay", gettext_lazy("Should pay"), ("who should pay",)),
    Column("paid_by", gettext_lazy("Paid by"), ("who paid", "paid")),
    Column("share_employer", gettext_lazy("Share of the employer")),
    Column("share_agency", gettext_lazy("Share of the agency")),
    Column("share_worker", gettext_lazy("Share of the worker")),
    Column("share_other", gettext_lazy("Share of someone else")),
    Column("paid_by_name", gettext_lazy("Someone else: who"), ("someone else: who?",)),
    Column("lawful", gettext_lazy("Lawful here"), ("lawful here?", "lawful")),
    Column("law_reference", gettext_lazy("Law or rule"), ("law",)),
    Column("exception_reason", gettext_lazy("Exception")),
    Column("exception_note", gettext_lazy("Exception described"), ("exception note",)),
)


def _cells(order: JobOrder, line: CostLine | None) -> list[str]:
    facts: dict[str, object] = {
        "reference": order.reference,
        "origin": order.origin,
        "destination": order.destination,
        "employer_name": order.employer_name,
        "workers": order.workers,
        "sector": order.sector,
        "wage": order.wage.amount if order.wage else "",
        "wage_currency": order.wage_currency,
    }
    if line is not None:
        plain = ("category", "label", "currency", "should_pay", "paid_by", "paid_by_name", "lawful")
        facts |= {
            name: getattr(line, name)
            for name in (*plain, "law_reference", "exception_reason", "exception_note")
        }
        facts["amount"] = line.money.amount
        if line.paid_by == Payer.SHARED:
            facts |= {f"share_{payer.value}": part.amount for payer, part in line.shares}
    return [str(facts.get(column.field, "")) for column in COLUMNS]


def _more(row: LedgerOrder, entry: LedgerLine) -> list[str]:
    """What is told and not read back."""
    return [
        str(entry.line.conforms.label),
        entry.line.proof.title if entry.line.proof else "",
        "; ".join(warning.term for warning in entry.warnings),
        str(entry.word.word.label),
        str(row.price.verdict.label),
        "" if row.burden.shown is None else str(row.burden.shown),
    ]


def sheet_rows(assessment: Assessment) -> Iterator[list[str]]:
    """The header, then a row per cost."""
    own = [
        _("Fits employer pays"),
        _("Proof"),
        _("Watched words"),
        _("Employer says"),
        _("Price of the job order"),
        _("Months of wage borne by one worker"),
    ]
    yield [*(str(column.header) for column in COLUMNS), *own]
    for row in ledger(assessment):
        for entry in row.rows:
            yield [*_cells(row.order, entry.line), *_more(row, entry)]
        if not row.lines:
            yield [*_cells(row.order, None), *([""] * len(own))]


def as_csv(assessment: Assessment) -> bytes:
    """UTF-8 with a byte-order mark, commas, every cell harmless to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    for cells in sheet_rows(assessment):
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(assessment: Assessment) -> bytes:
    """A workbook whose cells are all text."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **plain})
    sheet = book.add_worksheet(_("Cost ledger")[:31])
    bold = book.add_format({"bold": True})
    for number, cells in enumerate(sheet_rows(assessment)):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell[:32_000], bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
