"""Sheets: workers and their costs after a preview; payments and confirmations by code. Whole, or not at all."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.repayments.models import CaseWorker, RepaymentCase, SheetDraft
from certification.repayments.models.workers import VAULT, Identity
from certification.repayments.permissions import verifies, works_on
from certification.repayments.selectors.columns import (
    CONFIRMATIONS,
    PAYMENTS,
    WORKERS,
    Column,
    day_of,
    grade_of,
    kind_of,
    truth,
)
from certification.repayments.services.paying import (
    ConfirmationEntry,
    PaymentEntry,
    make_confirmation,
    make_payment,
)
from certification.repayments.services.workers import LineEntry, WorkerEntry, make_line, make_worker
from certification.repayments.services.writing import case_for, in_state
from certification.repayments.states import PAY_STATES, CaseState
from iris.core import events, files, sheets
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User

MOST_ROWS = 2_000
SEARCHED_FOR_HEADER = 10


class _Undo(Exception):
    """Takes a preview back."""


@dataclass(frozen=True)
class SheetPreview:
    """What a sheet would do, or what is wrong with it."""

    workers: int = 0
    lines: int = 0
    problems: list[str] = field(default_factory=list)
    shown: list[tuple[int, str, str, str]] = field(default_factory=list)


@transaction.atomic
def keep_sheet(*, case_id: UUID, actor: User, upload: UploadedFile[Any] | None) -> SheetDraft:
    """Keep a sheet of workers for its preview: sealed, because it holds names. An older one of the person goes."""
    case = case_for(case_id, actor)
    name, data = _bytes(upload)
    SheetDraft.objects.filter(case=case, made_by=actor).delete()
    return SheetDraft.objects.create(
        case=case, made_by=actor, name=name, sealed=VAULT.seal(base64.b64encode(data).decode())
    )


def _bytes(upload: UploadedFile[Any] | None) -> tuple[str, bytes]:
    if upload is None:
        raise BadInput(fields={"upload": [_("Choose a sheet.")]})
    name = files.clean_name(upload.name or "")
    if (upload.size or 0) > files.MAX_BYTES:
        raise BadInput(fields={"upload": [_("“%(name)s” is too large. Split it.") % {"name": name}]})
    data = upload.read()
    files.check(data, name, kinds=files.SHEET_KINDS, field="upload")
    return name, data


def read_draft(draft: SheetDraft, actor: User) -> SheetPreview:
    """What the sheet would do: tried in full and taken back."""
    data = base64.b64decode(VAULT.open(draft.sealed))
    found = SheetPreview()
    try:
        with transaction.atomic():
            found = _bring_in(case_for(draft.case_id, actor), data)
            raise _Undo
    except _Undo:
        return found


@transaction.atomic
def import_sheet(*, draft_id: UUID, actor: User) -> SheetPreview:
    """Save every row, or none; the sealed sheet is deleted."""
    draft = SheetDraft.objects.select_for_update().get(pk=draft_id, made_by=actor)
    case = case_for(draft.case_id, actor)
    found = _bring_in(case, base64.b64decode(VAULT.open(draft.sealed)))
    if found.problems:
        raise Conflict(_("Nothing was saved: some rows have to be corrected first."))
    draft.delete()
    data = {"workers": found.workers, "lines": found.lines}
    events.record(case, act="sheet_imported", actor=actor, data=data)
    return found


@transaction.atomic
def drop_sheet(*, draft_id: UUID, actor: User) -> None:
    """Throw a sheet away."""
    SheetDraft.objects.filter(pk=draft_id, made_by=actor).delete()


def _bring_in(case: RepaymentCase, data: bytes) -> SheetPreview:
    """Every row: a worker the first time, a cost where one is named. A row that stands there already is passed over."""
    problems: list[str] = []
    shown: list[tuple[int, str, str, str]] = []
    known = {row.mark: row for row in case.workers.all()}
    there = {
        (line.worker_id, line.category, line.label, line.amount_minor, line.currency, line.paid_on)
        for worker in case.workers.prefetch_related("lines")
        for line in worker.lines.all()
    }
    workers = lines = 0
    for number, cells in _rows(data, WORKERS):
        try:
            with transaction.atomic():
                mark = Identity(cells.get("name", ""), cells.get("contact", "")).mark
                row = known.get(mark)
                made = None if row else make_worker(case, _worker_entry(cells))
                row = row or made
                assert row is not None
                entry = _line_entry(cells)
                line = make_line(row, entry) if entry else None
                if line is not None:
                    key = (row.pk, line.category, line.label, line.amount_minor, line.currency, line.paid_on)
                    if key in there:
                        line.delete()
                        line = None
        except BadInput as error:
            problems += _sentences(number, error, WORKERS)
            continue
        if made is not None:
            known[mark] = made
            workers += 1
        lines += line is not None
        if len(shown) < 50:
            shown.append((number, row.code, row.cohort.name, line.amount.text if line else ""))
    if not problems and not workers and not lines:
        problems = [_("Every row of the sheet is in the case already.")]
    return SheetPreview(workers, lines, problems, shown)


def _worker_entry(cells: Mapping[str, str]) -> WorkerEntry:
    left = truth(cells, "left")
    return WorkerEntry(
        cohort=cells.get("cohort", ""),
        name=cells.get("name", ""),
        contact=cells.get("contact", ""),
        bank=cells.get("bank", ""),
        left=left,
        found=not truth(cells, "missing"),
        complete=truth(cells, "complete"),
        wage=cells.get("wage", ""),
        wage_currency=(cells.get("wage_currency", "") or cells.get("currency", "")).upper(),
    )


def _line_entry(cells: Mapping[str, str]) -> LineEntry | None:
    if not any(cells.get(name) for name in ("category", "label", "amount")):
        return None
    counts = truth(cells, "counts", empty=True)
    return LineEntry(
        category=kind_of(cells.get("category", "")),
        label=cells.get("label", ""),
        amount=cells.get("amount", ""),
        currency=cells.get("currency", "").upper(),
        grade=grade_of(cells.get("grade", "")),
        paid_on=day_of(cells, "paid_on"),
        counts=counts,
        why_not=cells.get("why_not", ""),
    )


@transaction.atomic
def import_payments(
    *, case_id: UUID, actor: User, upload: UploadedFile[Any] | None, proof: UploadedFile[Any] | None = None
) -> int:
    """Payments by code and instalment, with one bank document for all of them."""
    case = case_for(case_id, actor, PAY_STATES)
    _name, data = _bytes(upload)
    stored = None
    if proof is not None:
        stored = files.store(proof, organisation_id=case.agency.organisation_id, actor=actor, field="proof")

    def one(worker: CaseWorker, cells: Mapping[str, str]) -> None:
        told = cells.get("instalment", "") or "1"
        if not (told.isascii() and told.isdigit()):
            raise BadInput(fields={"instalment": [_("expected a number such as 1, found “%s”.") % told[:20]]})
        entry = PaymentEntry(
            int(told), day_of(cells, "paid_on"), cells.get("amount", ""), truth(cells, "own_line")
        )
        make_payment(worker, actor, entry, stored)

    return _by_code(case, data, PAYMENTS, one)


@transaction.atomic
def import_confirmations(*, case_id: UUID, actor: User, upload: UploadedFile[Any] | None) -> int:
    """What workers confirmed, by code."""
    case = lock(RepaymentCase, case_id)
    if not works_on(case, actor) and not verifies(case, actor):
        raise NotPermitted()
    in_state(case, (CaseState.PAYING, CaseState.PAID))
    _name, data = _bytes(upload)

    def one(worker: CaseWorker, cells: Mapping[str, str]) -> None:
        entry = ConfirmationEntry(
            how=cells.get("how", "").lower().replace(" ", "_"),
            taken_by=cells.get("taken_by", ""),
            taken_on=day_of(cells, "taken_on"),
            language=cells.get("language", "").lower(),
            amount=cells.get("amount", ""),
            deducted=truth(cells, "deducted"),
            waived=truth(cells, "waived"),
        )
        last = worker.confirmations.order_by("created_at").last()
        if (
            last
            and (last.how, last.taken_on) == (entry.how, entry.taken_on)
            and last.taken_by == entry.taken_by
        ):
            return
        make_confirmation(worker, actor, entry)

    return _by_code(case, data, CONFIRMATIONS, one)


def _by_code(
    case: RepaymentCase,
    data: bytes,
    columns: Sequence[Column],
    one: Callable[[CaseWorker, Mapping[str, str]], None],
) -> int:
    known = {row.code: row for row in case.workers.all()}
    for row in known.values():
        row.case = case
    problems: list[str] = []
    count = 0
    for number, cells in _rows(data, columns):
        worker = known.get(cells.get("code", "").upper())
        try:
            if worker is None:
                said = _("expected a code of this case such as W-0001, found “%(found)s”.")
                raise BadInput(fields={"code": [said % {"found": cells.get("code", "")[:20]}]})
            one(worker, cells)
            count += 1
        except BadInput as error:
            problems += _sentences(number, error, columns)
    if problems:
        raise BadInput(fields={"upload": [_("Nothing was saved."), *problems[:50]]})
    return count


def _rows(data: bytes, columns: Sequence[Column]) -> list[tuple[int, dict[str, str]]]:
    """The rows under the row that names most of our columns."""
    whole = sheets.read(data, replace(sheets.read(data).layout, header_row=0))
    names = {name: column.field for column in columns for name in column.names}

    def known(cell: str) -> str:
        return names.get(" ".join(cell.casefold().replace("_", " ").split()), "")

    top = whole.rows[:SEARCHED_FOR_HEADER]
    _best, number = max((sum(bool(known(cell)) for cell in cells), -number) for number, cells in top)
    table = sheets.read(data, replace(whole.layout, header_row=-number))
    places = {known(name): place for place, name in enumerate(table.columns) if known(name)}
    lacking = [str(column.header) for column in columns if column.needed and column.field not in places]
    if lacking:
        raise BadInput(
            fields={
                "upload": [
                    _(
                        "The sheet lacks the columns %(names)s. Download the empty sheet to see how they are called."
                    )
                    % {"names": ", ".join(lacking)}
                ]
            }
        )
    if len(table.rows) > MOST_ROWS:
        raise BadInput(
            fields={
                "upload": [
                    _("The sheet has %(found)s rows; at most %(most)s at a time. Split it.")
                    % {"found": len(table.rows), "most": MOST_ROWS}
                ]
            }
        )
    return [
        (number, {name: _unescaped(cells[place].strip()) for name, place in places.items()})
        for number, cells in table.rows
    ]


def _unescaped(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _sentences(number: int, error: BadInput, columns: Sequence[Column]) -> list[str]:
    """ "Row 42, Amount: expected …, found …, fix …"."""
    headers = {column.field: str(column.header) for column in columns}
    told = []
    for name, texts in error.fields.items():
        for text in texts:
            plain = str(text).removeprefix(f"{_('Amount')}: ").removeprefix(f"{_('Currency')}: ")
            told.append(
                _("Row %(row)s, %(column)s: %(text)s")
                % {"row": number, "column": headers.get(name, name), "text": plain}
            )
    return told or [_("Row %(row)s: %(text)s") % {"row": number, "text": error.message}]
