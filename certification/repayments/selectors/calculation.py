"""The calculation sheet: every figure with what it is made of, so that anybody can do it again by hand.

No cell is a formula and every number is written as exact text. `differences` reads a sheet, works everything out
again from its own input columns alone, and compares with its own result columns.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import xlsxwriter
from django.utils.translation import gettext as _

from certification.repayments.models import RepaymentCase, reckoning_of
from certification.repayments.models.reckoning import strength
from certification.repayments.rules import (
    Amount,
    CohortFigure,
    Line,
    Loan,
    Reckoning,
    Term,
    Worker,
    in_payout,
    instalment_parts,
    reckon,
    share_parts,
)
from certification.repayments.selectors.figures import rule_words
from iris.core import clocks
from iris.core.money import minor_digits
from iris.core.sheets import harmless

Rows = list[list[str]]
# Sheets by name, with the columns that go in (read again) and, after them, those that come out.
CASE, RATES, INTEREST, COSTS, LOANS = "Case", "Rates", "Late interest", "Costs", "Loans"
WORKERS, COHORTS, SHARES, PLAN = "Workers", "Cohorts", "Shares", "Instalments"


@dataclass(frozen=True)
class Calculation:
    """A sheet of the workbook: its name, what it says, its header and its rows."""

    name: str
    note: str
    header: Sequence[str]
    rows: Rows


def plain(value: Fraction) -> str:
    """An exact number: a decimal where it ends, else a fraction such as 10000/3."""
    bottom = value.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    if bottom != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = int(value * 10**digits)
    text = f"{abs(whole):0{digits + 1}d}"
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return f"-{text}" if whole < 0 else text


def units(minor: int | Fraction, currency: str) -> str:
    """Minor units as an exact amount in units of the currency."""
    return plain(Fraction(minor) / 10 ** minor_digits(currency))


def calculation(case: RepaymentCase) -> list[Calculation]:
    """Every sheet of the workbook."""
    inputs = reckoning_of(case)
    found = reckon(inputs)
    figures = {one.cohort: one for one in found.cohorts}
    return [
        _case(case, found.total),
        _rates(case),
        _interest(case),
        _costs(case, inputs),
        _loans(case, inputs),
        _workers(case, inputs, found.amounts, figures),
        _cohorts(case, found.cohorts),
        _shares(case, found.total),
        _plan(case, found.amounts),
    ]


def _case(case: RepaymentCase, total: int) -> Calculation:
    rows = [
        ["number", case.number],
        ["agency", case.agency.legal_name],
        ["title", case.title],
        ["rule", case.rule],
        ["currency", case.currency],
        ["total", units(total, case.currency)],
        ["rule in words", rule_words(case)],
        [
            "rounding",
            _(
                "Nothing is rounded before the last step. There every amount is rounded up to the next minor unit."
            ),
        ],
        ["receipts", _("No amount is lowered because a receipt is missing.")],
        ["made on", clocks.today().isoformat()],
    ]
    note = _("What was worked out, by which rule. The total is the sum of column Owed on the sheet Workers.")
    return Calculation(CASE, note, ["What", "Value"], rows)


def _rates(case: RepaymentCase) -> Calculation:
    rows = [[row.currency, row.shown, row.on.isoformat(), row.source] for row in case.rates.all()]
    note = _("How much of the payout currency one unit is worth, on which day, by whose word.")
    return Calculation(RATES, note, ["Currency", "Rate", "Day", "Source"], rows)


def _interest(case: RepaymentCase) -> Calculation:
    rows = [
        [row.shown, row.since.isoformat(), row.until.isoformat(), str(row.days), str(row.basis), row.why]
        for row in case.late_interest.all()
    ]
    note = _("Amount x per cent / 100 x days / basis. The last day is not counted.")
    return Calculation(INTEREST, note, ["Per cent a year", "From", "To", "Days", "Basis", "Why"], rows)


def _costs(case: RepaymentCase, inputs: Reckoning) -> Calculation:
    rows = []
    for worker in case.workers.select_related("cohort").prefetch_related("lines").order_by("code"):
        for line in worker.lines.all():
            there = line.currency == case.currency or line.currency in inputs.rates
            paid = units(in_payout(line.amount_minor, line.currency, inputs), case.currency) if there else ""
            rows.append(
                [
                    worker.code,
                    line.category,
                    line.label,
                    units(line.amount_minor, line.currency),
                    line.currency,
                    line.paid_on.isoformat() if line.paid_on else "",
                    line.grade,
                    strength(line.grade),
                    "yes" if line.counts else "no",
                    line.not_counted_because,
                    paid if line.counts else "0",
                ]
            )
    header = [
        "Code",
        "Kind",
        "Cost",
        "Amount",
        "Currency",
        "Paid on",
        "Evidence",
        "Strength",
        "Counts",
        "Why not",
        "In payout currency",
    ]
    note = _(
        "In payout currency = Amount x Rate of its currency. What does not count is nothing, with the reason."
    )
    return Calculation(COSTS, note, header, rows)


def _loans(case: RepaymentCase, inputs: Reckoning) -> Calculation:
    rows = []
    codes = {worker.code: worker for worker in inputs.workers}
    for worker in case.workers.prefetch_related("loans").order_by("code"):
        for row, loan in zip(worker.loans.all(), codes[worker.code].loans, strict=True):
            rows.append(
                [
                    worker.code,
                    units(row.principal_minor, row.currency),
                    row.currency,
                    row.shown,
                    str(row.days),
                    str(row.basis),
                    "" if row.stated_minor is None else units(row.stated_minor, row.currency),
                    units(in_payout(loan.interest, row.currency, inputs), case.currency),
                ]
            )
    header = [
        "Code",
        "Borrowed",
        "Currency",
        "Per cent a year",
        "Days",
        "Basis",
        "Interest as stated",
        "In payout currency",
    ]
    note = _(
        "As stated, or Borrowed x per cent / 100 x days / basis; then x Rate. The borrowed sum stands among the costs."
    )
    return Calculation(LOANS, note, header, rows)


def _workers(
    case: RepaymentCase, inputs: Reckoning, amounts: list[Amount], figures: dict[str, CohortFigure]
) -> Calculation:
    complete = {worker.code: worker.complete for worker in inputs.workers}
    currency = case.currency
    rows = [
        [
            one.code,
            one.cohort,
            "yes" if complete[one.code] else "no",
            units(one.proven, currency),
            units(figures[one.cohort].figure, currency),
            "own proof" if one.own else "higher of own proof and figure",
            units(one.base, currency),
            units(one.loan, currency),
            units(one.late, currency),
            units(one.exact, currency),
            units(one.due, currency),
        ]
        for one in amounts
    ]
    header = [
        "Code",
        "Cohort",
        "All costs proven",
        "Own proof",
        "Figure of the cohort",
        "Step",
        "Counts",
        "Loan interest",
        "Late interest",
        "Exact",
        "Owed",
    ]
    note = _("Exact = Counts + Loan interest + Late interest. Owed = Exact rounded up to the minor unit.")
    return Calculation(WORKERS, note, header, rows)


def _cohorts(case: RepaymentCase, figures: list[CohortFigure]) -> Calculation:
    rows = [
        [
            one.cohort,
            str(one.ground),
            str(one.n),
            units(one.average, case.currency),
            units(one.median, case.currency),
            units(one.figure, case.currency),
        ]
        for one in figures
    ]
    header = ["Cohort", "Rests on", "Workers it rests on", "Average", "Median", "Figure"]
    note = _(
        "From the workers who proved all costs; where there are none from testimony, else from estimates."
    )
    return Calculation(COHORTS, note, header, rows)


def _shares(case: RepaymentCase, total: int) -> Calculation:
    found = list(case.shares.all())
    parts = share_parts(total, [row.weight for row in found])
    rows = [
        [row.kind, row.name, str(row.weight), units(part, case.currency)]
        for row, part in zip(found, parts, strict=True)
    ]
    note = _(
        "Total x share / 10000; minor units left over go to the largest remainders: the parts make the total."
    )
    return Calculation(SHARES, note, ["Kind", "Payer", "Share of 10000", "Pays"], rows)


def _plan(case: RepaymentCase, amounts: list[Amount]) -> Calculation:
    plan = list(case.instalments.all())
    rows = []
    for one in amounts if plan else ():
        parts = instalment_parts(one.due, len(plan))
        rows += [
            [str(row.number), row.due_on.isoformat(), one.code, units(part, case.currency)]
            for row, part in zip(plan, parts, strict=True)
        ]
    note = _(
        "Every worker's amount in equal parts; a minor unit that is left over comes with the earlier ones."
    )
    return Calculation(PLAN, note, ["Instalment", "Day", "Code", "Amount"], rows)


def as_xlsx(case: RepaymentCase) -> bytes:
    """The workbook: all text, no formula."""
    out = io.BytesIO()
    said = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, **said})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"italic": True})
    for one in calculation(case):
        sheet = book.add_worksheet(one.name)
        sheet.write_string(0, 0, one.note, wrap)
        for place, cell in enumerate(one.header):
            sheet.write_string(1, place, cell, bold)
            sheet.set_column(place, place, max(12, min(40, len(cell) + 2)))
        for number, cells in enumerate(one.rows, start=2):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, harmless(cell)[:32_000])
        sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


# -- again, from the sheet alone ------------------------------------------------------------------------


def differences(data: bytes) -> list[str]:
    """What a sheet says that does not follow from its own inputs; empty when every figure is reproduced."""
    book = _read(data)
    facts = {row[0]: row[1] for row in book[CASE]}
    currency = facts["currency"]
    inputs = _inputs(book, facts)
    found = reckon(inputs)
    wrong: list[str] = []

    def same(where: str, said: str, right: int | Fraction) -> None:
        if said != units(right, currency):
            wrong.append(
                _("%(where)s: the sheet says %(said)s, its inputs give %(right)s.")
                % {"where": where, "said": said, "right": units(right, currency)}
            )

    figures = {one.cohort: one for one in found.cohorts}
    for row in book[COHORTS]:
        one = figures[row[0]]
        for place, right in ((3, one.average), (4, one.median), (5, one.figure)):
            same(f"{COHORTS}, {row[0]}, column {place + 1}", row[place], right)
    amounts = {one.code: one for one in found.amounts}
    if len(book[WORKERS]) != len(amounts):
        wrong.append(_("The sheet Workers lacks somebody."))
    for row in book[WORKERS]:
        worker = amounts[row[0]]
        steps: list[int | Fraction] = [worker.proven, figures[worker.cohort].figure, worker.base, worker.loan]
        steps += [worker.late, worker.exact, worker.due]
        for place, step in zip((3, 4, 6, 7, 8, 9, 10), steps, strict=True):
            same(f"{WORKERS}, {row[0]}, column {place + 1}", row[place], step)
    same(f"{CASE}, total", facts["total"], found.total)
    shares = share_parts(found.total, [int(row[2]) for row in book[SHARES]])
    for row, part in zip(book[SHARES], shares, strict=True):
        same(f"{SHARES}, {row[1]}", row[3], part)
    count = len({row[0] for row in book[PLAN]})
    for row in book[PLAN]:
        part = instalment_parts(amounts[row[2]].due, count)[int(row[0]) - 1]
        same(f"{PLAN}, {row[0]}, {row[2]}", row[3], part)
    return wrong


def _inputs(book: dict[str, Rows], facts: dict[str, str]) -> Reckoning:
    lines: dict[str, list[Line]] = {}
    for row in book[COSTS]:
        if row[8] == "yes":
            lines.setdefault(row[0], []).append(Line(_minor(row[3], row[4]), row[4], row[7]))
    loans: dict[str, list[Loan]] = {}
    for row in book[LOANS]:
        stated = _minor(row[6], row[2]) if row[6] else None
        rate = Fraction(row[3] or "0") / 100
        loans.setdefault(row[0], []).append(
            Loan(_minor(row[1], row[2]), row[2], rate, int(row[4]), int(row[5]), stated)
        )
    workers = [
        Worker(row[0], row[1], tuple(lines.get(row[0], ())), row[2] == "yes", tuple(loans.get(row[0], ())))
        for row in book[WORKERS]
    ]
    terms = [Term(Fraction(row[0]) / 100, int(row[3]), int(row[4])) for row in book[INTEREST]]
    rates = {row[0]: Fraction(row[1]) for row in book[RATES]}
    return Reckoning(facts["rule"], facts["currency"], workers, rates, terms)


def _minor(text: str, currency: str) -> int:
    return int(Decimal(text).scaleb(minor_digits(currency)))


def _read(data: bytes) -> dict[str, Rows]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [
            [str(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ][2:]
        for name in book.sheet_names
    }


__all__ = ["Calculation", "as_xlsx", "calculation", "differences"]
