"""The columns of the sheets that are read: names, choices in words, days."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_stubs_ext import StrOrPromise

from certification.assessments.states import Category
from certification.repayments.states import Grade
from iris.core.errors import BadInput

YES = {"yes", "y", "true", "1", "x"}
NO = {"no", "n", "false", "0", "-"}


@dataclass(frozen=True)
class Column:
    """A column that is read: its field, its header, what people write instead."""

    field: str
    header: StrOrPromise
    also: tuple[str, ...] = ()
    needed: bool = False

    @property
    def names(self) -> set[str]:
        """Every header it is recognised by, in small letters."""
        with override("en"):
            english = str(self.header)
        own = self.field.replace("_", " ")
        return {name.casefold() for name in (str(self.header), english, own, *self.also)}


WORKERS = (
    Column("name", gettext_lazy("Worker"), ("worker name", "full name"), needed=True),
    Column("contact", gettext_lazy("Contact"), ("phone",)),
    Column("bank", gettext_lazy("Bank account"), ("bank reference", "iban", "account")),
    Column("cohort", gettext_lazy("Cohort"), needed=True),
    Column("left", gettext_lazy("Left"), ("has left",)),
    Column("missing", gettext_lazy("Still to be found"), ("not found",)),
    Column("complete", gettext_lazy("All costs proven"), ("all proven",)),
    Column("wage", gettext_lazy("Monthly wage")),
    Column("wage_currency", gettext_lazy("Currency of the wage"), ("wage currency",)),
    Column("category", gettext_lazy("Kind"), ("category", "kind of cost")),
    Column("label", gettext_lazy("Cost"), ("name of the cost", "description")),
    Column("amount", gettext_lazy("Amount")),
    Column("currency", gettext_lazy("Currency")),
    Column("paid_on", gettext_lazy("Paid on"), ("date",)),
    Column("grade", gettext_lazy("Evidence"), ("grade", "rests on")),
    Column("counts", gettext_lazy("Counts")),
    Column("why_not", gettext_lazy("Why it does not count"), ("reason",)),
)
PAYMENTS = (
    Column("code", gettext_lazy("Code"), ("worker code", "worker"), needed=True),
    Column("instalment", gettext_lazy("Instalment")),
    Column("paid_on", gettext_lazy("Paid on"), ("date",), needed=True),
    Column("amount", gettext_lazy("Amount"), needed=True),
    Column("own_line", gettext_lazy("Own line on the payslip"), ("payslip line",)),
)
CONFIRMATIONS = (
    Column("code", gettext_lazy("Code"), ("worker code", "worker"), needed=True),
    Column("how", gettext_lazy("How"), needed=True),
    Column("taken_by", gettext_lazy("Taken by"), needed=True),
    Column("taken_on", gettext_lazy("Taken on"), ("date",), needed=True),
    Column("language", gettext_lazy("Language"), needed=True),
    Column("amount", gettext_lazy("Amount"), ("amount confirmed",), needed=True),
    Column("deducted", gettext_lazy("Money taken back"), ("deducted",)),
    Column("waived", gettext_lazy("Waiver signed"), ("waiver",)),
)
SHEETS: Mapping[str, Sequence[Column]] = {
    "workers": WORKERS,
    "payments": PAYMENTS,
    "confirmations": CONFIRMATIONS,
}


def truth(cells: Mapping[str, str], field: str, *, empty: bool = False) -> bool:
    """Yes or no, in English or the reader's language."""
    text = cells.get(field, "").strip().casefold()
    if not text:
        return empty
    if text in YES or text == _("yes").casefold():
        return True
    if text in NO or text == _("no").casefold():
        return False
    raise BadInput(fields={field: [_("expected yes or no, found “%(found)s”.") % {"found": text[:30]}]})


def day_of(cells: Mapping[str, str], field: str) -> date | None:
    """A day as 2026-05-03, or nothing."""
    text = cells.get(field, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        said = _("expected a day such as 2026-05-03, found “%(found)s”. Write year, month, day.")
        raise BadInput(fields={field: [said % {"found": text[:30]}]}) from error


def kind_of(text: str) -> str:
    """The kind of cost by its code."""
    plain = text.strip().upper().split(":")[0].strip()
    if plain in Category.values:
        return plain
    said = _("expected one of %(expected)s, found “%(found)s”. Write the code of the kind.")
    raise BadInput(fields={"category": [said % {"expected": ", ".join(Category.values), "found": text[:30]}]})


def grade_of(text: str) -> str:
    """What it rests on, by word or code."""
    plain = text.strip().casefold().replace(" ", "_")
    for grade in Grade:
        with override("en"):
            english = str(grade.label)
        words = {grade.value, english.casefold(), str(grade.label).casefold()}
        if plain in words or text.strip().casefold() in words:
            return grade.value
    said = _("expected one of %(expected)s, found “%(found)s”. Write one of these.")
    raise BadInput(fields={"grade": [said % {"expected": ", ".join(Grade.values), "found": text[:30]}]})


def empty_sheet(name: str) -> bytes:
    """The header row alone, as CSV with a byte-order mark."""
    out = io.StringIO()
    csv.writer(out).writerow([str(column.header) for column in SHEETS[name]])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
