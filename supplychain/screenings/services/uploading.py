"""A list as it is: kept, looked at, mapped. The rows themselves are taken by services.taking."""

from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import connection, transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import events, files, tables
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.core.models import StoredFile
from supplychain.screenings import rules
from supplychain.screenings.models import MappingMemory, Screening
from supplychain.screenings.permissions import may_run, may_screen
from supplychain.screenings.selectors import layout_of
from supplychain.screenings.services.taking import take_rows
from supplychain.screenings.states import ScreeningState

PREVIEW = 10
MACHINE_COLUMNS = ("id", "name", "country", "number")


class AlreadyScreened(Conflict):
    """The organisation has screened exactly this file; `screening` is the last time it did."""

    code = "already_screened"

    def __init__(self, screening: Screening) -> None:
        self.screening = screening
        super().__init__(
            _("“%(title)s” is exactly the file that %(who)s uploaded on %(when)s. ")
            % {
                "title": screening.title,
                "who": screening.person.label,
                "when": in_words(screening.created_at),
            }
            + _("Open that screening, or screen the file again as a new one.")
        )


def most_bytes() -> int:
    """The largest list that is taken."""
    return int(settings.IRIS_LIST_MOST_MB) * 1024 * 1024


def upload_list(*, actor: User, upload: "UploadedFile[Any] | None") -> Screening:
    """Keep a list and guess how it is read; nothing is kept of one that is no table.

    Raises NotPermitted, BadInput (what is wrong, where, what to do), AlreadyScreened.
    """
    organisation = _screens(actor)

    def look(path: Path, sha256: str) -> tables.Head:
        _not_again(organisation, sha256)
        head = tables.look(path)
        if not head.n_rows:
            raise BadInput(
                _("“%(name)s” holds column names but no rows. Add the suppliers below the names.")
                % {"name": files.clean_name(upload.name or "") if upload else ""}
            )
        return head

    with transaction.atomic():
        stored, head = files.store_large(
            upload, organisation_id=organisation.pk, actor=actor, max_bytes=most_bytes(), look=look
        )
        return _make(actor, organisation, stored, head)


def _screens(actor: User) -> Organisation:
    organisation = actor.organisation
    if organisation is None or not may_screen(actor):
        raise NotPermitted()
    return organisation


def _not_again(organisation: Organisation, sha256: str) -> None:
    """One upload of a file at a time, and none of a file that was screened (a re-check is asked for by name)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{organisation.pk}{sha256}"]
        )
    known = (
        Screening.objects.filter(organisation=organisation, file__sha256=sha256)
        .exclude(state=ScreeningState.CANCELLED)
        .select_related("person")
        .first()
    )
    if known is not None:
        raise AlreadyScreened(known)


def _make(actor: User, organisation: Organisation, stored: StoredFile, head: tables.Head) -> Screening:
    key = rules.columns_key(head.columns)
    screening = Screening.objects.create(
        organisation=organisation,
        person=actor,
        file=stored,
        title=stored.name,
        layout=asdict(head.layout),
        columns=list(head.columns),
        columns_key=key,
        sample=[list(line) for line in head.sample[:PREVIEW]],
        n_lines=head.n_rows,
        mapping=_remembered(organisation.pk, key) or rules.guess_mapping(head.columns),
    )
    data = {"sha256": stored.sha256, "rows": head.n_rows}
    events.record(screening, act="uploaded", actor=actor, data=data)
    return screening


def _remembered(organisation_id: UUID, key: str) -> dict[str, int] | None:
    memory = MappingMemory.objects.filter(organisation_id=organisation_id, columns_key=key).first()
    return memory.mapping if memory else None


@transaction.atomic
def recheck(*, screening_id: UUID, actor: User) -> Screening:
    """The same file once more, deliberately: a screening of its own, read and mapped as the last one was."""
    organisation = _screens(actor)
    was = Screening.objects.select_related("file").get(pk=screening_id)
    if not may_run(was, actor):
        raise NotPermitted()
    kept = ("title", "layout", "columns", "columns_key", "sample", "n_lines", "mapping")
    again = Screening.objects.create(
        organisation=organisation,
        person=actor,
        file=was.file,
        recheck_of=was,
        **{name: getattr(was, name) for name in kept},
    )
    events.record(again, act="rechecked", actor=actor, data={"of": str(was.pk), "sha256": was.file.sha256})
    return again


def upload_rows(*, actor: User, rows: list[dict[str, str]], title: str = "") -> Screening:
    """Rows that came by machine, each with an id of its own; the id is the first column and comes back in results."""
    data = tables.from_rows(
        MACHINE_COLUMNS, [[row.get(name, "") for name in MACHINE_COLUMNS] for row in rows]
    )
    upload = SimpleUploadedFile(f"{title.strip()[:100] or 'rows'}.csv", data)
    made = upload_list(actor=actor, upload=upload)
    mapping = {"name": 1, "country": 2, "number": 3}
    return map_columns(screening_id=made.pk, actor=actor, mapping=mapping)


def map_columns(
    *, screening_id: UUID, actor: User, mapping: dict[str, int], layout: dict[str, Any] | None = None
) -> Screening:
    """Say which column holds what; the rows are taken at once or, of a long list, by a job. The mapping is remembered.

    Raises BadInput (no such column, unreadable with this layout), Conflict, NotPermitted.
    """
    head = None
    before = Screening.objects.select_related("file").get(pk=screening_id)
    if layout is not None and layout_of(before, layout) != layout_of(before):
        head = tables.look(files.path_of(before.file), layout_of(before, layout))
    with transaction.atomic():
        screening = lock(Screening, screening_id)
        if head is not None:
            screening.layout, screening.columns = asdict(head.layout), list(head.columns)
            screening.columns_key = rules.columns_key(head.columns)
            screening.sample = [list(line) for line in head.sample[:PREVIEW]]
            screening.n_lines = head.n_rows
        _check_mapping(mapping, len(screening.columns))
        act(screening.map_columns, actor=actor, mapping=mapping, data={"rows": screening.n_lines})
        MappingMemory.objects.update_or_create(
            organisation_id=screening.organisation_id,
            columns_key=screening.columns_key,
            defaults={"mapping": mapping},
        )
        take_rows(screening)
    return Screening.objects.get(pk=screening_id)


def _check_mapping(mapping: dict[str, int], width: int) -> None:
    if not 0 <= mapping.get("name", -1) < width:
        raise BadInput(fields={"name": [_("Choose the column that holds the names.")]})
    for field, index in mapping.items():
        if not 0 <= index < width:
            raise BadInput(fields={field: [_("The list has no such column. Choose another, or none.")]})
    used = list(mapping.values())
    twice = next((field for field in mapping if used.count(mapping[field]) > 1), None)
    if twice:
        raise BadInput(fields={twice: [_("Each column can be used once. Choose another, or none.")]})
