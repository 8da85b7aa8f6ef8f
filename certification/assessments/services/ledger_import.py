"""Bringing a sheet of costs into the ledger: read, told row by row, and saved whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from certification.assessments.models import Assessment, CostLine
from certification.assessments.selectors.ledger_sheet import COLUMNS
from certification.assessments.services.ledger import save_cost_line, save_job_order
from certification.assessments.services.ledger_entries import (
    CostLineEntry,
    JobOrderEntry,
    Wrong,
    read_money,
    read_shares,
    wrong_in_line,
    wrong_in_order,
)
from certification.assessments.services.writing import open_for
from certification.assessments.states import (
    SINGLE_PAYERS,
    Category,
    ExceptionReason,
    Lawful,
    Payer,
)
from iris.accounts.models import User
from iris.core import files, sheets
from iris.core.errors import BadInput, Conflict, Text
from iris.core.models import StoredFile
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

MOST_ROWS = 1_000
SEARCHED_FOR_HEADER = 10
NEEDED = ("reference", "category", "label", "amount", "currency", "paid_by")
Choices = list[tuple[str, Text]]
CHOICES: dict[str, Choices] = {
    "origin": list(COUNTRY_CHOICES),
    "destination": list(COUNTRY_CHOICES),
    "sector": list(SECTOR_CHOICES),
    "category": [(kind.value, kind.label) for kind in Category],
    "should_pay": [(payer.value, payer.label) for payer in SINGLE_PAYERS],
    "paid_by": [(payer.value, payer.label) for payer in Payer],
    "lawful": [(word.value, word.label) for word in Lawful],
    "exception_reason": [(reason.value, reason.label) for reason in ExceptionReason],
}


@dataclass(frozen=True)
class SheetLine:
    """One row of the sheet: what it would do, or what is wrong with it in sentences."""

    number: int
    reference: str
    order: JobOrderEntry
    entry: CostLineEntry
    new_order: bool = False
    there: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def paid_words(self) -> str:
        """Who paid, in words."""
        words = {str(value): str(label) for value, label in CHOICES["paid_by"]}
        return words.get(self.entry.paid_by, "")


@dataclass(frozen=True)
class SheetPreview:
    """What a sheet would do to the ledger."""

    lines: list[SheetLine]
    notes: list[str]
    ignored: list[str]

    @property
    def problems(self) -> list[str]:
        """Everything to correct, row by row."""
        return [problem for line in self.lines for problem in line.problems]

    @property
    def new(self) -> list[SheetLine]:
        """Rows that would be added."""
        return [line for line in self.lines if not line.there and not line.problems]

    @property
    def there(self) -> int:
        """Rows that stand in the ledger already, word for word."""
        return sum(line.there for line in self.lines)

    @property
    def new_orders(self) -> list[str]:
        """Job orders that would be added, by number."""
        return list(dict.fromkeys(line.reference for line in self.new if line.new_order))


@transaction.atomic
def keep_sheet(*, assessment_id: UUID, actor: User, upload: UploadedFile[Any] | None) -> StoredFile:
    """Keep the sheet for the preview. Raises BadInput on `upload`."""
    assessment = _open(assessment_id, actor)
    organisation_id = assessment.agency.organisation_id
    return files.store(
        upload, organisation_id=organisation_id, actor=actor, kinds=files.SHEET_KINDS, field="upload"
    )


def preview_sheet(assessment: Assessment, data: bytes) -> SheetPreview:
    """Read a sheet without saving anything. Raises BadInput when there is no table of costs in it."""
    table = _table(data)
    found = {_column(name): place for place, name in enumerate(table.columns) if _column(name)}
    missing = [_header(name) for name in NEEDED if name not in found]
    if missing:
        raise BadInput(
            _(
                "The sheet lacks the columns %(names)s. Download the ledger as a sheet to see how they are called."
            )
            % {"names": ", ".join(missing)}
        )
    if len(table.rows) > MOST_ROWS:
        raise BadInput(
            _("The sheet has %(found)s rows; at most %(most)s at a time. Split it.")
            % {"found": len(table.rows), "most": MOST_ROWS}
        )
    reader = _Reader(assessment)
    rows = [
        (number, {name: cells[place].strip() for name, place in found.items() if name})
        for number, cells in table.rows
    ]
    lines = [reader.read(number, cells) for number, cells in rows]
    ignored = [name for name in table.columns if not _column(name)]
    return SheetPreview(lines, list(table.layout.notes), ignored)


@transaction.atomic
def import_sheet(*, assessment_id: UUID, actor: User, data: bytes) -> SheetPreview:
    """Save every row of a sheet, or none. Raises Conflict while a row has something to correct."""
    assessment = _open(assessment_id, actor)
    preview = preview_sheet(assessment, data)
    if preview.problems:
        raise Conflict(_("Nothing was saved: some rows have to be corrected first."))
    if not preview.new:
        raise Conflict(_("Nothing to save: every row of the sheet is in the ledger already."))
    orders = {order.reference.lower(): order for order in assessment.job_orders.all()}
    for line in preview.new:
        order = orders.get(line.reference.lower())
        if order is None:
            order = save_job_order(assessment_id=assessment_id, actor=actor, entry=line.order)
            orders[line.reference.lower()] = order
        save_cost_line(assessment_id=assessment_id, actor=actor, order_id=order.pk, entry=line.entry)
    return preview


def _open(assessment_id: UUID, actor: User) -> Assessment:
    assessment = open_for(assessment_id, actor)
    if not assessment.may_change_ledger:
        raise Conflict(_("The scheme reopened single questions only. The cost ledger stays as declared."))
    return assessment


def _table(data: bytes) -> sheets.Table:
    """The table with the row on top that names most of our columns."""
    whole = sheets.read(data, replace(sheets.read(data).layout, header_row=0))
    top = whole.rows[:SEARCHED_FOR_HEADER]
    known = [(sum(bool(_column(cell)) for cell in cells), -number) for number, cells in top]
    best, number = max(known)
    return sheets.read(data, replace(whole.layout, header_row=-number if best > 1 else 1))


def _column(name: str) -> str:
    """The field a header stands for, or nothing."""
    plain = " ".join(name.casefold().replace("_", " ").split())
    return next((column.field for column in COLUMNS if plain in column.names), "")


def _header(field_name: str) -> str:
    return str(next(column.header for column in COLUMNS if column.field == field_name))


class _Reader:
    """Reads rows one after the other, knowing the ledger and the job orders met so far."""

    def __init__(self, assessment: Assessment) -> None:
        self.orders = {order.reference.lower(): order for order in assessment.job_orders_in_order()}
        self.prints = {
            (reference, line.fingerprint)
            for reference, order in self.orders.items()
            for line in order.cost_lines.all()
        }
        self.new: dict[str, JobOrderEntry] = {}

    def read(self, number: int, cells: Mapping[str, str]) -> SheetLine:
        """One row: cells become choices and texts, then the same checks as in the form."""
        said = {name: _unescaped(text) for name, text in cells.items()}
        problems: list[str] = []
        for name, choices in CHOICES.items():
            if said.get(name):
                said[name] = self._choose(number, name, said[name], choices, problems)
        reference = said.get("reference", "")
        entry, order = _entry(said), self._order(said)
        wrong: Wrong = {}
        new_order = reference.lower() not in self.orders
        if new_order and reference.lower() not in self.new:
            wrong |= wrong_in_order(order)
        wrong |= _wrong_line(entry)
        told = {name for name in CHOICES if any(f", {_header(name)}: " in one for one in problems)}
        for name, texts in wrong.items():
            if name not in told:
                problems += [_sentence(number, name, str(text)) for text in texts]
        if not problems and new_order:
            self.new.setdefault(reference.lower(), order)
        there = not problems and (reference.lower(), _fingerprint(entry)) in self.prints
        return SheetLine(number, reference, order, entry, new_order, there, problems)

    def _order(self, said: Mapping[str, str]) -> JobOrderEntry:
        workers = said.get("workers", "").replace(",", "")
        return JobOrderEntry(
            reference=said.get("reference", ""),
            origin=said.get("origin", ""),
            destination=said.get("destination", ""),
            employer_name=said.get("employer_name", ""),
            workers=int(workers) if workers.isascii() and workers.isdigit() else 0,
            currency=said.get("currency", "").upper(),
            sector=said.get("sector", ""),
            wage=said.get("wage", ""),
            wage_currency=(said.get("wage_currency", "") or said.get("currency", "")).upper(),
        )

    def _choose(self, number: int, name: str, text: str, choices: Choices, problems: list[str]) -> str:
        plain = text.casefold().strip()
        for value, label in choices:
            with override("en"):
                english = str(label)
            words = {
                value.casefold(),
                str(label).casefold(),
                english.casefold(),
                f"{value}: {english}".casefold(),
            }
            if plain in words:
                return value
        expected = ", ".join(value for value, _label in choices[:12])
        if name in ("origin", "destination"):
            expected = _("a country such as NP or Nepal")
        said = _("expected %(expected)s, found “%(found)s”. Write one of these.")
        if name in ("origin", "destination"):
            said = _("expected %(expected)s, found “%(found)s”. Write its two-letter code.")
        problems.append(_sentence(number, name, said % {"expected": expected, "found": text[:60]}))
        return ""


def _sentence(number: int, name: str, text: str) -> str:
    """ "Row 42, Currency: expected …, found …, fix …"."""
    header = _header(name) if name in {column.field for column in COLUMNS} else name
    for lead in (header, _("Amount"), _("Currency")):
        text = text.removeprefix(f"{lead}: ")
    return _("Row %(row)s, %(column)s: %(text)s") % {"row": number, "column": header, "text": text}


def _unescaped(text: str) -> str:
    """What an export wrote as text lest a spreadsheet compute it."""
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _entry(said: Mapping[str, str]) -> CostLineEntry:
    shares = {payer.value: said.get(f"share_{payer.value}", "") for payer in SINGLE_PAYERS}
    paid_by = said.get("paid_by", "") or (Payer.SHARED if any(shares.values()) else "")
    names = (
        "category",
        "label",
        "amount",
        "paid_by_name",
        "law_reference",
        "exception_reason",
        "exception_note",
    )
    words: dict[str, Any] = {name: said.get(name, "") for name in names}
    return CostLineEntry(
        **words,
        currency=said.get("currency", "").upper(),
        paid_by=paid_by,
        should_pay=said.get("should_pay", "") or Payer.EMPLOYER,
        lawful=said.get("lawful", "") or Lawful.UNCLEAR,
        shares=shares,
    )


def _wrong_line(entry: CostLineEntry) -> Wrong:
    money, wrong = read_money(entry)
    if "currency" in wrong:
        said = _(
            "expected a three-letter code such as NPR, found “%(found)s”. Write the code of the currency."
        )
        wrong["currency"] = [said % {"found": entry.currency[:60]}]
    return wrong | wrong_in_line(entry) | read_shares(entry, money)[1]


def _fingerprint(entry: CostLineEntry) -> str:
    """What an unsaved line would be known by."""
    money, _wrong = read_money(entry)
    if money is None:
        return ""
    shares, _wrong = read_shares(entry, money)
    line = CostLine(
        category=entry.category,
        label=entry.label.strip(),
        amount_minor=money.minor,
        currency=money.currency,
        should_pay=entry.should_pay,
        paid_by=entry.paid_by,
        paid_by_name=entry.paid_by_name.strip(),
        **{f"share_{payer}_minor": minor for payer, minor in shares.items()},
    )
    return line.fingerprint
