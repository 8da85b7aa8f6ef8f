"""A sheet of the chain: kept as it is, its columns chosen, tried, and taken in whole."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import clocks, events, files, sheets
from iris.core.cells import check_size, read_by_header, read_kept
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from supplychain.chains.models import ChainImport, Link, Party, PartyVersion
from supplychain.chains.rules import sheet as rules
from supplychain.chains.rules.sheet import LinkCells
from supplychain.chains.selectors.planning import Action, Key, Plan, plan
from supplychain.chains.services.changing import changing, own, version_data
from supplychain.chains.services.linking import confidence_of
from supplychain.chains.services.linking import replace as replace_link
from supplychain.chains.services.writing import unknown_name
from supplychain.chains.states import ImportState, Shape, Source

MOST_BYTES = 40 * 1024 * 1024
MOST_ROWS = 200_000
BATCH = 2_000


@transaction.atomic
def upload_sheet(*, actor: User, upload: "UploadedFile[Any] | None") -> ChainImport:
    """Keep a sheet and guess how it is read. Raises NotPermitted, BadInput (not a table, empty, too large)."""
    organisation = own(actor)
    stored = files.store(
        upload, organisation_id=organisation.pk, actor=actor, kinds=files.SHEET_KINDS, max_bytes=MOST_BYTES
    )
    try:
        table = read_by_header(files.read(stored), _known, MOST_ROWS)
    except BadInput as error:
        raise BadInput(error.message, fields={"file": [error.message]}) from error
    check_size(table, MOST_ROWS)
    shape = rules.guess_shape(table.columns)
    row = ChainImport.objects.create(
        organisation=organisation,
        person=actor,
        file=stored,
        title=stored.name[:200],
        layout=asdict(table.layout),
        columns=list(table.columns),
        shape=shape,
        mapping=rules.guess_mapping(shape, table.columns),
    )
    data = {"sha256": stored.sha256, "rows": len(table.rows)}
    events.record(row, act="uploaded", actor=actor, data=data)
    return row


def _known(cells: Sequence[str]) -> int:
    """How many of our columns a row names, in the way of writing that fits it better."""
    return max(sum(bool(rules.known_header(shape, cell)) for cell in cells) for shape in Shape)


def table_of(row: ChainImport, layout: Mapping[str, Any] | None = None) -> sheets.Table:
    """The uploaded file, read again with its layout or another. Raises BadInput."""
    return read_kept(row.file, layout or row.layout)


@transaction.atomic
def map_sheet(
    *,
    import_id: UUID,
    actor: User,
    shape: str,
    mapping: Mapping[str, int],
    layout: Mapping[str, Any] | None = None,
) -> ChainImport:
    """Say which column holds what. Raises BadInput, Conflict (taken in already), NotPermitted."""
    row = _own_import(import_id, actor)
    table = table_of(row, layout)
    check_size(table, MOST_ROWS)
    chosen = Shape(shape)
    wrong = rules.mapping_problems(chosen, mapping, table.columns)
    if wrong:
        raise BadInput(fields=wrong)
    row.shape, row.mapping, row.columns = chosen, dict(mapping), list(table.columns)
    row.layout = asdict(table.layout)
    row.save(update_fields=["shape", "mapping", "columns", "layout"])
    return row


def _own_import(import_id: UUID, actor: User) -> ChainImport:
    organisation = own(actor)
    row = lock(ChainImport, import_id)
    if row.organisation_id != organisation.pk:
        raise NotPermitted()
    if row.state != ImportState.UPLOADED:
        raise Conflict(_("This sheet was taken in or thrown away already. Upload it again."))
    return row


def read_import(row: ChainImport) -> tuple[Plan, sheets.Table]:
    """What the sheet would do to the chain as it is now."""
    table = table_of(row)
    shape = Shape(row.shape)
    read = rules.read_rows(shape, table.rows, row.mapping, table.columns, clocks.today())
    return plan(row.organisation, read), table


@transaction.atomic
def commit_import(*, import_id: UUID, actor: User, leave_out: bool = False) -> ChainImport:
    """Take everything in, in one transaction. Rows to be corrected stop it, unless they are left out on purpose."""
    row = _own_import(import_id, actor)
    with changing(row.organisation):
        made, table = read_import(row)
        _check_plan(made, leave_out)
        write_plan(row.organisation, actor, made, Source.SHEET)
        cells = dict(table.rows)
        rejects = [
            [one.number, one.sentences, cells.get(one.number, [])]
            for one in made.rows
            if one.action == Action.REJECT
        ]
        act(row.commit, actor=actor, result=made.counts, rejects=rejects, data=made.counts)
    return row


def _check_plan(made: Plan, leave_out: bool) -> None:
    rejected = made.count(Action.REJECT)
    if rejected and not leave_out:
        raise Conflict(
            _("Nothing was taken in: %(n)s rows have to be corrected first, or left out on purpose.")
            % {"n": f"{rejected:,}"}
        )
    if made.does_nothing:
        raise Conflict(_("Nothing was taken in: no row tells anything new."))


@transaction.atomic
def drop_import(*, import_id: UUID, actor: User) -> None:
    """Throw a sheet away."""
    act(_own_import(import_id, actor).drop, actor=actor)


@transaction.atomic
def import_rows(
    *, actor: User, rows: Sequence[Mapping[str, str]], leave_out: bool = False, dry_run: bool = False
) -> Plan:
    """Links told by a machine, row by row with the columns of an edge list; the same rules as for a sheet."""
    organisation = own(actor)
    columns = list(rules.EDGE_COLUMNS)
    mapping = {name: place for place, name in enumerate(columns)}
    cells = [(number, [row.get(name, "") for name in columns]) for number, row in enumerate(rows, start=1)]
    read = rules.read_rows(Shape.EDGES, cells, mapping, columns, clocks.today())
    if dry_run:
        return plan(organisation, read)
    with changing(organisation):
        made = plan(organisation, read)
        if made.count(Action.REJECT) and not leave_out:
            told = [text for row in made.rows if row.action == Action.REJECT for text in row.sentences]
            raise BadInput(_("Nothing was taken in."), fields={"rows": list(told[:100])})
        write_plan(organisation, actor, made, Source.API)
    return made


def write_plan(organisation: Organisation, actor: User, made: Plan, source: Source) -> None:
    """Make the parties and links of a plan. Inside `changing`."""
    now = clocks.now()
    ids: dict[Key, UUID] = {}
    parties, versions = [], []
    unnamed = 0
    for key, cell in made.parties.items():
        name = cell.name or unknown_name(organisation, cell.kind, unnamed)
        unnamed += not cell.name
        party = Party(
            organisation=organisation,
            kind=cell.kind,
            name=name,
            country=cell.country,
            number=cell.number,
            nameless=cell.unnamed,
        )
        ids[key] = party.pk
        parties.append(party)
        versions.append(PartyVersion(party=party, at=now, data=version_data(party)))
    Party.objects.bulk_create(parties, BATCH)
    PartyVersion.objects.bulk_create(versions, BATCH)
    links = [
        Link(
            organisation=organisation,
            upper_id=_id(one.upper, ids),
            lower_id=_id(one.lower, ids),
            since=one.cells.since,
            recorded_at=now,
            source=source,
            declared_by=actor.label,
            **_told(one.cells),
            until=one.cells.until,
            confidence=confidence_of({"contract_reference": one.cells.contract}),
        )
        for one in made.links
        if one.replaces is None
    ]
    Link.objects.bulk_create(links, BATCH)
    held = Link.objects.in_bulk([one.replaces for one in made.links if one.replaces])
    for one in made.links:
        if one.replaces is not None:
            changes = {
                name: value for name, value in _told(one.cells).items() if value not in (None, "", "unknown")
            }
            if one.cells.until is not None:
                changes["until"] = one.cells.until
            replace_link(held[one.replaces], {**changes, "source": source, "declared_by": actor.label})


def _id(key: Key, ids: Mapping[Key, UUID]) -> UUID:
    return key if isinstance(key, UUID) else ids[key]


def _told(cells: LinkCells) -> dict[str, Any]:
    return {
        "workers": cells.workers,
        "fee_terms": cells.fee_terms,
        "contract_reference": cells.contract,
    }


@transaction.atomic
def read_again(*, import_id: UUID, actor: User, shape: str, layout: Mapping[str, Any]) -> ChainImport:
    """Read the file another way and guess the columns anew. Raises BadInput."""
    row = _own_import(import_id, actor)
    table = table_of(row, layout)
    check_size(table, MOST_ROWS)
    row.shape, row.layout, row.columns = Shape(shape), asdict(table.layout), list(table.columns)
    row.mapping = rules.guess_mapping(Shape(shape), table.columns)
    row.save(update_fields=["shape", "mapping", "columns", "layout"])
    return row


def missing_columns(row: ChainImport) -> dict[str, list[str]]:
    """What is still to be said of the columns before a preview."""
    return rules.mapping_problems(Shape(row.shape), row.mapping, row.columns)


def reading_notes(row: ChainImport) -> list[str]:
    """What was met while reading: formulas, merged cells, a column name that stands twice."""
    notes = list(row.layout.get("notes", ()))
    for name in rules.twice_named(row.columns):
        notes.append(
            _("The column name “%(name)s” stands more than once: check which of them is meant.")
            % {"name": name}
        )
    return notes
