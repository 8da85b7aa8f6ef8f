"""A list as it is becomes rows."""

import hashlib
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import events, files, sheets
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock
from supplychain.screenings import rules
from supplychain.screenings.models import MappingMemory, Screening, ScreeningRow
from supplychain.screenings.permissions import may_screen
from supplychain.screenings.selectors import table_of
from supplychain.screenings.states import RowResult, RowStatus

MOST_BYTES = 60 * 1024 * 1024
BATCH = 2_000


@transaction.atomic
def upload_list(*, actor: User, upload: "UploadedFile[Any] | None") -> Screening:
    """Keep a list and guess how it is read. Raises NotPermitted, BadInput (not a table, empty, too large)."""
    organisation = actor.organisation
    if organisation is None or not may_screen(actor):
        raise NotPermitted()
    stored = files.store(
        upload, organisation_id=organisation.pk, actor=actor, kinds=files.SHEET_KINDS, max_bytes=MOST_BYTES
    )
    table = _read_upload(stored)
    mapping = _remembered(organisation.pk, table.columns) or rules.guess_mapping(table.columns)
    screening = Screening.objects.create(
        organisation=organisation,
        person=actor,
        file=stored,
        title=stored.name,
        layout=asdict(table.layout),
        columns=list(table.columns),
        mapping=mapping,
    )
    events.record(
        screening, act="uploaded", actor=actor, data={"sha256": stored.sha256, "rows": len(table.rows)}
    )
    return screening


def _read_upload(stored: Any) -> sheets.Table:
    try:
        table = sheets.read(files.read(stored))
    except BadInput as error:
        raise BadInput(error.message, fields={"file": [error.message]}) from error
    if not table.rows:
        sentence = _("“%(name)s” holds column names but no rows.") % {"name": stored.name}
        raise BadInput(sentence, fields={"file": [sentence]})
    return table


def _columns_key(columns: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join(columns).casefold().encode()).hexdigest()


def _remembered(organisation_id: UUID, columns: tuple[str, ...]) -> dict[str, int] | None:
    memory = MappingMemory.objects.filter(
        organisation_id=organisation_id, columns_key=_columns_key(columns)
    ).first()
    return memory.mapping if memory else None


@transaction.atomic
def map_columns(
    *, screening_id: UUID, actor: User, mapping: dict[str, int], layout: dict[str, Any] | None = None
) -> Screening:
    """Read every row with this mapping and layout; rows with a problem say which. The mapping is remembered.

    Raises BadInput (no such column, unreadable with this layout), Conflict, NotPermitted.
    """
    screening = lock(Screening, screening_id)
    table = table_of(screening, layout)
    _check_mapping(mapping, len(table.columns))
    screening.columns = list(table.columns)
    screening.layout = asdict(table.layout)
    act(screening.map_columns, actor=actor, mapping=mapping, data={"rows": len(table.rows)})
    ScreeningRow.objects.filter(screening=screening).delete()
    _make_rows(screening, table, mapping)
    MappingMemory.objects.update_or_create(
        organisation_id=screening.organisation_id,
        columns_key=_columns_key(table.columns),
        defaults={"mapping": mapping},
    )
    if not rules.missing_to_start(screening):
        act(screening.make_ready, actor=events.SYSTEM)
    return screening


def _check_mapping(mapping: dict[str, int], width: int) -> None:
    if not 0 <= mapping.get("name", -1) < width:
        raise BadInput(fields={"name": [_("Choose the column that holds the names.")]})
    used = list(mapping.values())
    twice = next((field for field in mapping if used.count(mapping[field]) > 1), None)
    if twice:
        raise BadInput(fields={twice: [_("Each column can be used once. Choose another, or none.")]})


def _make_rows(screening: Screening, table: sheets.Table, mapping: dict[str, int]) -> None:
    batch: list[ScreeningRow] = []
    for number, cells in table.rows:
        parts = rules.read_row(number, cells, mapping, table.columns)
        failed = bool(parts["problem"])
        batch.append(
            ScreeningRow(
                screening=screening,
                number=number,
                cells=cells,
                status=RowStatus.FAILED if failed else RowStatus.WAITING,
                result=RowResult.PROBLEM if failed else "",
                **parts,
            )
        )
        if len(batch) >= BATCH:
            ScreeningRow.objects.bulk_create(batch)
            batch = []
    ScreeningRow.objects.bulk_create(batch)
