"""Loading an edition and its languages from their files: all of it, or nothing and the reasons why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from iris.core import events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.events import SYSTEM
from iris.core.fsm import Actor, act, lock

from ..documents import Document, language_files, read_document
from ..models import Criterion, Edition, Indicator, Principle, Translation
from ..permissions import may_publish
from ..rules import Problem, validate_document
from ..selectors import indicators_of, newest_translations
from ..states import EditionState
from .shape import (
    differences,
    digest,
    edition_fields,
    hashes,
    indicators_in,
    normalised_document,
    write_tree,
)

_LOADER_LOCK = 7_305_101


class Change(StrEnum):
    """What loading a file did."""

    CREATED = "created"
    REPLACED = "replaced"
    REFERENCES = "references"
    LANGUAGES = "languages"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Loaded:
    """The edition a file stands for, and what loading it did."""

    edition: Edition
    change: Change


class DocumentRefused(BadInput):
    """The file cannot be loaded; `numbered` says where, what is wrong and what to do, by line.

    `lines` says it as one text each: file, line, path, what was expected, what is there, what to do.
    """

    code = "standard_document"

    def __init__(
        self, problems: Iterable[Problem], documents: Mapping[str, Document], name: str = ""
    ) -> None:
        self.problems = list(problems)
        self.numbered = [
            (documents[problem.file].line_of(problem.path), problem) for problem in self.problems
        ]
        self.lines = [_said(line, problem, name) for line, problem in self.numbered]
        super().__init__(
            _("This is not a valid file of the Standard. Nothing was changed."),
            fields={"document": self.lines},
        )


def _said(line: int, problem: Problem, name: str) -> str:
    file = problem.file or name
    where = _("line %(line)s") % {"line": line}
    address = f"{problem.address}: " if problem.path else ""
    return f"{file + ', ' if file else ''}{where}: {address}{problem}"


def load_edition(source: Path | Mapping[str, Any], actor: Actor) -> Loaded:
    """Bring the database into agreement with a file or its parsed content; the same again changes nothing.

    The files of its other languages stand beside it. Raises DocumentRefused (what is wrong, line by line) and
    Conflict (issued already, and reads otherwise).
    """
    if actor is not SYSTEM and not may_publish(None, actor):
        raise NotPermitted()
    name = source.name if isinstance(source, Path) else ""
    documents, problems = _read(source)
    data = documents[""].data
    if not problems:
        problems = [_in_its_file(problem, documents) for problem in validate_document(data, _previous(data))]
    if problems:
        raise DocumentRefused(problems, documents, name)
    doc, translations = normalised_document(data)
    return _load(doc, translations, str(data["edition"]["status"]), actor)


def _read(source: Path | Mapping[str, Any]) -> tuple[dict[str, Document], list[Problem]]:
    """The file and those of its languages, whose texts are laid into it; the key of the file itself is empty."""
    if not isinstance(source, Path):
        return {"": Document(source, {})}, []
    document = read_document(source)
    documents, problems = {"": document}, list(document.problems)
    for code, path in language_files(source).items():
        other = read_document(path)
        documents[path.name] = other
        problems += [replace(problem, file=path.name) for problem in other.problems]
        if isinstance(document.data, dict) and not other.problems:
            given = document.data.setdefault("translations", {})
            if isinstance(given, dict) and code not in given:
                given[code] = other.data
                other.stands_at = ("translations", code)
    return documents, problems


def _in_its_file(problem: Problem, documents: Mapping[str, Document]) -> Problem:
    for name, document in documents.items():
        at = document.stands_at
        if at and problem.path[: len(at)] == at:
            return replace(problem, path=problem.path[len(at) :], file=name)
    return problem


def _previous(data: Any) -> dict[str, str] | None:
    """The indicators of the edition a file goes on from; None where it is not loaded or not named."""
    head = data.get("edition") if isinstance(data, Mapping) else None
    number = head.get("previous") if isinstance(head, Mapping) else None
    if not isinstance(number, int):
        return None
    edition = Edition.objects.filter(number=number).first()
    return {row.code: row.text for row in indicators_of(edition)} if edition else None


@transaction.atomic
def _load(
    doc: dict[str, Any], translations: Mapping[str, dict[str, Any]], status: str, actor: Actor
) -> Loaded:
    one_loader_at_a_time()
    existing = Edition.objects.select_for_update().filter(number=doc["edition"]["number"]).first()
    if existing is None:
        edition, change = _create(doc, status), Change.CREATED
        events.record(edition, act="loaded", actor=actor, data={"content_hash": edition.content_hash})
    elif existing.is_frozen:
        edition, change = _agree_with_issued(existing, doc, actor)
    else:
        edition, change = _replace_draft(existing, doc, status, actor)
    if not edition.is_frozen:
        edition = _follow_status(edition.pk, status, actor)
    if _write_languages(edition, doc, translations, actor) and change is Change.UNCHANGED:
        change = Change.LANGUAGES
    return Loaded(edition, change)


def _write_languages(
    edition: Edition, doc: Mapping[str, Any], translations: Mapping[str, dict[str, Any]], actor: Actor
) -> bool:
    """A new version of every language that reads otherwise than its newest; whether there was one."""
    declared = doc["edition"].get("languages", [])
    newest = newest_translations(edition) if declared else {}
    changed = []
    for row in declared:
        texts = translations[row["code"]]
        before = newest.get(row["code"])
        content = digest([row["extent"], texts])
        if before is None or before.content_hash != content:
            changed.append(row["code"])
            Translation.objects.create(
                edition=edition,
                language=row["code"],
                version=before.version + 1 if before else 1,
                extent=row["extent"],
                note=texts.get("note", ""),
                texts={code: part for code, part in texts.items() if code != "note"},
                content_hash=content,
            )
    if edition.languages != declared:
        changed = changed or sorted(row["code"] for row in [*edition.languages, *declared])
        edition.languages = declared
        edition.save()
    if changed:
        events.record(edition, act="languages_revised", actor=actor, data={"languages": changed})
    return bool(changed)


def one_loader_at_a_time() -> None:
    """Wait for whoever loads or issues now; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADER_LOCK])


def _create(doc: dict[str, Any], status: str) -> Edition:
    edition = Edition(**edition_fields(doc, status))
    edition.save()
    write_tree(edition, doc)
    return edition


def _replace_draft(
    edition: Edition, doc: dict[str, Any], status: str, actor: Actor
) -> tuple[Edition, Change]:
    fields = edition_fields(doc, status)
    if all(getattr(edition, name) == value for name, value in fields.items()):
        return edition, Change.UNCHANGED
    Indicator.objects.filter(criterion__principle__edition=edition).delete()
    Criterion.objects.filter(principle__edition=edition).delete()
    Principle.objects.filter(edition=edition).delete()
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()
    write_tree(edition, doc)
    events.record(edition, act="replaced", actor=actor, data={"content_hash": edition.content_hash})
    return edition, Change.REPLACED


def _agree_with_issued(edition: Edition, doc: dict[str, Any], actor: Actor) -> tuple[Edition, Change]:
    content, references = hashes(doc)
    if edition.content_hash != content:
        raise Conflict(
            _("Edition %(n)s was issued and its text does not change. The file differs in: %(parts)s. ")
            % {"n": edition.number, "parts": ", ".join(differences(edition, doc))}
            + _("Give changed text a new edition number, in a file of its own."),
            code="edition_issued",
        )
    if edition.references_hash == references:
        return edition, Change.UNCHANGED
    _revise_references(edition, doc, references)
    events.record(edition, act="references_revised", actor=actor, data={"references_hash": references})
    return edition, Change.REFERENCES


def _revise_references(edition: Edition, doc: dict[str, Any], references: str) -> None:
    wanted = {row["code"]: row["references"] for row in indicators_in(doc)}
    changed = [row for row in indicators_of(edition) if row.references != wanted[row.code]]
    for row in changed:
        row.references = wanted[row.code]
    Indicator.objects.bulk_update(changed, ["references"])
    edition.sources = doc["sources"]
    edition.reference_note = doc["reference_note"]
    edition.references_revised_on = date.fromisoformat(doc["edition"]["references_revised"])
    edition.references_hash = references
    edition.save()


def _follow_status(edition_id: UUID, status: str, actor: Actor) -> Edition:
    edition = lock(Edition, edition_id)
    if status == "consultation" and edition.state == EditionState.DRAFT:
        act(edition.open_consultation, actor=actor)
    elif status == "draft" and edition.state == EditionState.CONSULTATION:
        act(edition.back_to_draft, actor=actor)
    return edition
