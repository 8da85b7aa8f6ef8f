"""A sheet of branches, sub-agents, corridors or licences: kept as it is, its columns chosen, tried, taken in whole.

Each row that is taken goes through the service of its list, so that every rule, event and duty to report is the same as
for a row typed on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency, AgencyImport
from certification.agencies.rules import sheet as rules
from certification.agencies.rules.tree import depth_of
from certification.agencies.selectors.planning import Action, Plan, PlannedRow, plan
from certification.agencies.states import ImportState, ListPage
from iris.accounts.models import User
from iris.core import clocks, events, files, sheets
from iris.core.cells import check_size, read_by_header, read_kept
from iris.core.errors import BadInput, Conflict
from iris.core.fsm import act, lock

from .licences import add_licence, change_licence
from .offices import add_branch, change_branch
from .own import own
from .scope import add_corridor
from .sub_agents import add_sub_agent, change_sub_agent

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 1_000


@transaction.atomic
def upload_sheet(
    *, agency_id: UUID, actor: User, page: str, upload: UploadedFile[Any] | None
) -> AgencyImport:
    """Keep a sheet and guess its columns. Raises NotPermitted, BadInput (not a table, empty, too large)."""
    agency = own(agency_id, actor)
    kind = ListPage(page)
    stored = files.store(
        upload,
        organisation_id=agency.organisation_id,
        actor=actor,
        kinds=files.SHEET_KINDS,
        max_bytes=MOST_BYTES,
    )

    def hits(cells: Sequence[str]) -> int:
        return sum(bool(rules.known_header(kind, cell)) for cell in cells)

    try:
        table = read_by_header(files.read(stored), hits, MOST_ROWS)
    except BadInput as error:
        raise BadInput(error.message, fields={"file": [error.message]}) from error
    check_size(table, MOST_ROWS)
    row = AgencyImport.objects.create(
        agency=agency,
        person=actor,
        file=stored,
        title=stored.name[:200],
        page=kind,
        layout=asdict(table.layout),
        columns=list(table.columns),
        mapping=rules.guess_mapping(kind, table.columns),
    )
    data = {"sha256": stored.sha256, "rows": len(table.rows), "list": kind.value}
    events.record(row, act="uploaded", actor=actor, data=data)
    return row


def table_of(row: AgencyImport, layout: Mapping[str, Any] | None = None) -> sheets.Table:
    """The uploaded file, read again with its layout or another. Raises BadInput."""
    return read_kept(row.file, layout or row.layout)


@transaction.atomic
def map_sheet(*, import_id: UUID, actor: User, mapping: Mapping[str, int]) -> AgencyImport:
    """Say which column holds what. Raises BadInput, Conflict (taken in already), NotPermitted."""
    row = _own_import(import_id, actor)
    if wrong := rules.mapping_problems(ListPage(row.page), mapping, row.columns):
        raise BadInput(fields=wrong)
    row.mapping = dict(mapping)
    row.save(update_fields=["mapping"])
    return row


@transaction.atomic
def read_sheet_again(*, import_id: UUID, actor: User, layout: Mapping[str, Any]) -> AgencyImport:
    """Read the file another way and guess the columns anew. Raises BadInput."""
    row = _own_import(import_id, actor)
    table = table_of(row, layout)
    check_size(table, MOST_ROWS)
    row.layout, row.columns = {**asdict(table.layout), "sheets": row.layout["sheets"]}, list(table.columns)
    row.mapping = rules.guess_mapping(ListPage(row.page), table.columns)
    row.save(update_fields=["mapping", "columns", "layout"])
    return row


def _own_import(import_id: UUID, actor: User) -> AgencyImport:
    row = lock(AgencyImport, import_id)
    own(row.agency_id, actor)
    if row.state != ImportState.UPLOADED:
        raise Conflict(_("This sheet was taken in or thrown away already. Upload it again."))
    return row


def missing_columns(row: AgencyImport) -> dict[str, list[str]]:
    """What is still to be said of the columns before a preview."""
    return rules.mapping_problems(ListPage(row.page), row.mapping, row.columns)


def read_import(row: AgencyImport) -> tuple[Plan, sheets.Table]:
    """What the sheet would do to the list as it is now."""
    table = table_of(row)
    page = ListPage(row.page)
    reader = rules.Reader(page, row.mapping, table.columns, clocks.today())
    return plan(row.agency, page, reader, table.rows), table


def rejects_of(made: Plan, table: sheets.Table) -> list[list[Any]]:
    """The rows to be corrected: number, sentences, cells as they were."""
    cells = dict(table.rows)
    return [[one.number, one.sentences, cells.get(one.number, [])] for one in made.rejects]


@transaction.atomic
def commit_import(*, import_id: UUID, actor: User, leave_out: bool = False) -> AgencyImport:
    """Take everything in, in one transaction. Rows to be corrected stop it, unless they are left out on purpose."""
    row = _own_import(import_id, actor)
    if wrong := missing_columns(row):
        raise BadInput(_("Say first which column holds what."), fields=wrong)
    made, table = read_import(row)
    rejected = len(made.rejects)
    if rejected and not leave_out:
        raise Conflict(
            _("Nothing was taken in: %(n)s rows have to be corrected first, or left out on purpose.")
            % {"n": f"{rejected:,}"}
        )
    if made.does_nothing:
        raise Conflict(_("Nothing was taken in: no row tells anything new."))
    _write(row.agency, ListPage(row.page), actor, made)
    act(row.commit, actor=actor, result=made.counts, rejects=rejects_of(made, table), data=made.counts)
    return row


@transaction.atomic
def drop_import(*, import_id: UUID, actor: User) -> None:
    """Throw a sheet away."""
    act(_own_import(import_id, actor).drop, actor=actor)


@transaction.atomic
def import_rows(
    *,
    agency_id: UUID,
    actor: User,
    page: str,
    rows: Sequence[Mapping[str, str]],
    leave_out: bool = False,
    dry_run: bool = False,
) -> Plan:
    """Rows told by a machine, by our own column names; the same rules as for a sheet."""
    agency = own(agency_id, actor)
    kind = ListPage(page)
    columns = list(rules.COLUMNS[kind])
    _check_names(columns, rows)
    mapping = {name: at for at, name in enumerate(columns)}
    cells = [(number, [row.get(name, "") for name in columns]) for number, row in enumerate(rows, start=1)]
    made = plan(agency, kind, rules.Reader(kind, mapping, columns, clocks.today()), cells)
    if dry_run:
        return made
    if made.rejects and not leave_out:
        told = [text for one in made.rejects for text in one.sentences]
        raise BadInput(_("Nothing was taken in."), fields={"rows": told[:100]})
    _write(agency, kind, actor, made)
    return made


def _check_names(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    if not rows:
        raise BadInput(fields={"rows": [_("Send at least one row.")]})
    if len(rows) > MOST_ROWS:
        sentence = _("At most %(most)s rows at a time. Send them in parts.") % {"most": f"{MOST_ROWS:,}"}
        raise BadInput(fields={"rows": [sentence]})
    unknown = sorted({name for row in rows for name in row} - set(columns))
    if unknown:
        sentence = _("This list has no “%(name)s”. Its columns are: %(columns)s.")
        words = {"name": unknown[0][:80], "columns": ", ".join(columns)}
        raise BadInput(fields={"rows": [sentence % words]})


def _write(agency: Agency, page: ListPage, actor: User, made: Plan) -> None:
    """New rows and changes by the services of the list; whom others work for comes before them."""
    rows = made.having(Action.ADD, Action.CHANGE)
    shared: dict[str, Any] = {"agency_id": agency.pk, "actor": actor}
    if page == ListPage.SUB_AGENTS:
        _write_tree(agency, shared, rows)
        return
    for row in rows:
        if page == ListPage.CORRIDORS:
            add_corridor(**shared, origin=row.answers.origin, destination=row.answers.destination)
        elif page == ListPage.BRANCHES and row.kept is None:
            add_branch(**shared, answers=row.answers)
        elif page == ListPage.BRANCHES:
            change_branch(**shared, branch_id=row.pk, answers=row.answers)
        elif row.kept is None:
            add_licence(**shared, answers=row.answers)
        else:
            change_licence(**shared, licence_id=row.pk, answers=row.answers)


def _write_tree(agency: Agency, shared: Mapping[str, Any], rows: Sequence[PlannedRow]) -> None:
    parents: dict[UUID, UUID | None] = dict(agency.sub_agents.values_list("pk", "parent_id"))
    parents.update({row.pk: row.parent for row in rows})
    real: dict[UUID, UUID] = {}
    for row in sorted(rows, key=lambda one: depth_of(one.parent, parents)):
        parent = real.get(row.parent, row.parent) if row.parent else None
        answers = replace(row.answers, parent=parent)
        if row.kept is None:
            real[row.pk] = add_sub_agent(**shared, answers=answers).pk
        else:
            change_sub_agent(**shared, sub_agent_id=row.pk, answers=answers)
