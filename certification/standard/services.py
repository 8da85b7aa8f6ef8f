"""Loading an edition from its file, bringing it into force, letting the one before it go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

from .documents import Document, read_document
from .models import Criterion, Edition, Indicator, Principle
from .permissions import may_publish
from .rules import Problem, missing_for_issue, validate_document
from .selectors import document_of, editions_due, editions_past, indicators_of
from .states import EditionState

_LOADER_LOCK = 7_305_101


class Change(StrEnum):
    """What loading a file did."""

    CREATED = "created"
    REPLACED = "replaced"
    REFERENCES = "references"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Loaded:
    """The edition a file stands for, and what loading it did."""

    edition: Edition
    change: Change


class DocumentRefused(BadInput):
    """The file cannot be loaded; `numbered` says where, what is wrong and what to do, by line."""

    code = "standard_document"

    def __init__(self, problems: Iterable[Problem], document: Document) -> None:
        self.problems = list(problems)
        self.numbered = [(document.line_of(problem.path), problem) for problem in self.problems]
        texts = [
            _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}
            for line, problem in self.numbered
        ]
        super().__init__(_("This is not a valid edition of the Standard."), fields={"document": texts})


def load_edition(source: Path | Mapping[str, Any], actor: Actor) -> Loaded:
    """Bring the database into agreement with a file or its parsed content; the same again changes nothing.

    Raises DocumentRefused (what is wrong, line by line) and Conflict (issued already, and reads otherwise).
    """
    if actor is not SYSTEM and not may_publish(None, actor):
        raise NotPermitted()
    document = read_document(source) if isinstance(source, Path) else Document(source, {})
    problems = list(document.problems) or validate_document(document.data)
    if problems:
        raise DocumentRefused(problems, document)
    return _load(_normalised(document.data), str(document.data["edition"]["status"]), actor)


@transaction.atomic
def _load(doc: dict[str, Any], status: str, actor: Actor) -> Loaded:
    _one_loader_at_a_time()
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
    return Loaded(edition, change)


def _one_loader_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADER_LOCK])


def _create(doc: dict[str, Any], status: str) -> Edition:
    edition = Edition(**_edition_fields(doc, status))
    edition.save()
    _write_tree(edition, doc)
    return edition


def _replace_draft(
    edition: Edition, doc: dict[str, Any], status: str, actor: Actor
) -> tuple[Edition, Change]:
    fields = _edition_fields(doc, status)
    if all(getattr(edition, name) == value for name, value in fields.items()):
        return edition, Change.UNCHANGED
    Indicator.objects.filter(criterion__principle__edition=edition).delete()
    Criterion.objects.filter(principle__edition=edition).delete()
    Principle.objects.filter(edition=edition).delete()
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()
    _write_tree(edition, doc)
    events.record(edition, act="replaced", actor=actor, data={"content_hash": edition.content_hash})
    return edition, Change.REPLACED


def _agree_with_issued(edition: Edition, doc: dict[str, Any], actor: Actor) -> tuple[Edition, Change]:
    content, references = _hashes(doc)
    if edition.content_hash != content:
        raise Conflict(
            _("Edition %(n)s was issued and its text does not change. The file differs in: %(parts)s. ")
            % {"n": edition.number, "parts": ", ".join(_differences(edition, doc))}
            + _("Give changed text a new edition number, in a file of its own."),
            code="edition_issued",
        )
    if edition.references_hash == references:
        return edition, Change.UNCHANGED
    _revise_references(edition, doc, references)
    events.record(edition, act="references_revised", actor=actor, data={"references_hash": references})
    return edition, Change.REFERENCES


def _revise_references(edition: Edition, doc: dict[str, Any], references: str) -> None:
    wanted = {row["code"]: row["references"] for row in _indicators(doc)}
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


@transaction.atomic
def issue_edition(edition_id: UUID, actor: Actor) -> Edition:
    """Bring a final edition into force on or after its first day; the one before it begins to retire.

    Raises Conflict (already issued), NotPermitted and TransitionRefused (with what is missing).
    """
    _one_loader_at_a_time()
    edition = lock(Edition, edition_id)
    before = edition.edition_in_force()
    if (
        before is not None
        and before.pk != edition.pk
        and edition.previous_valid_until
        and not missing_for_issue(edition)
    ):
        act(lock(Edition, before.pk).begin_retirement, actor=actor, valid_until=edition.previous_valid_until)
    act(edition.issue, actor=actor, data={"content_hash": edition.content_hash})
    return edition


@transaction.atomic
def retire_edition(edition_id: UUID, actor: Actor) -> Edition:
    """Close an edition whose last day has passed; certificates on it have ended by then."""
    edition = lock(Edition, edition_id)
    act(edition.retire, actor=actor)
    return edition


def turn_editions(actor: Actor = SYSTEM) -> list[Edition]:
    """What the calendar asks for: issue final editions on their first day, retire others after their last."""
    turned = [issue_edition(row.pk, actor) for row in editions_due() if not missing_for_issue(row)]
    return turned + [retire_edition(row.pk, actor) for row in editions_past()]


# The shape of a file, made comparable -----------------------------------------------------------------------


def _normalised(value: Any) -> Any:
    """Days as text, no outer blanks, absent notes as empty: files that mean the same become equal."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        plain = {str(key): _normalised(item) for key, item in value.items()}
        if "question" in plain:
            plain["applicable"] = plain.get("applicable") or ""
            plain["references"] = plain.get("references") or []
        if "valid_from" in plain:
            plain.setdefault("previous_valid_until", None)
        return plain
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    return value


def _indicators(doc: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        row
        for principle in doc["principles"]
        for criterion in principle["criteria"]
        for row in criterion["indicators"]
    ]


def _without_references(doc: Mapping[str, Any]) -> dict[str, Any]:
    """What of a document is frozen when it is issued."""
    content: dict[str, Any] = json.loads(json.dumps(doc))
    for name in ("format", "sources", "reference_note"):
        content.pop(name, None)
    for name in ("status", "references_revised"):
        content["edition"].pop(name, None)
    for row in _indicators(content):
        row.pop("references")
    return content


def _hashes(doc: Mapping[str, Any]) -> tuple[str, str]:
    references = [doc["sources"], doc["reference_note"], doc["edition"]["references_revised"]]
    references += [[row["code"], row["references"]] for row in _indicators(doc)]
    return _hash(_without_references(doc)), _hash(references)


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _differences(edition: Edition, doc: Mapping[str, Any]) -> list[str]:
    """Where a file and the issued text part, as places people know: `A.1.2 text`, `edition title`."""
    ours, theirs = _flat(_without_references(document_of(edition))), _flat(_without_references(doc))
    return sorted(place for place in ours.keys() | theirs.keys() if ours.get(place) != theirs.get(place))[:12]


def _flat(content: Mapping[str, Any]) -> dict[str, Any]:
    rows: list[tuple[str, Mapping[str, Any]]] = [("edition", content["edition"])]
    for principle in content["principles"]:
        rows.append((principle["code"], principle))
        for criterion in principle["criteria"]:
            rows.append((criterion["code"], criterion))
            rows += [(row["code"], row) for row in criterion["indicators"]]
    flat = {
        f"{place} {key}": value
        for place, row in rows
        for key, value in row.items()
        if key not in ("criteria", "indicators")
    }
    return flat | {
        "evidence_kinds": content["evidence_kinds"],
        "order of codes": [place for place, _row in rows],
    }


def _edition_fields(doc: Mapping[str, Any], status: str) -> dict[str, Any]:
    head = doc["edition"]
    content, references = _hashes(doc)
    until = head["previous_valid_until"]
    names = ("number", "title", "summary", "language", "copyright", "licence", "public_text")
    return {
        **{name: head[name] for name in names},
        "final": status == "final",
        "valid_from": date.fromisoformat(head["valid_from"]),
        "previous_valid_until": date.fromisoformat(until) if until else None,
        "evidence_kinds": doc["evidence_kinds"],
        "sources": doc["sources"],
        "reference_note": doc["reference_note"],
        "references_revised_on": date.fromisoformat(head["references_revised"]),
        "content_hash": content,
        "references_hash": references,
    }


def _write_tree(edition: Edition, doc: Mapping[str, Any]) -> None:
    """Three inserts, whatever the size."""
    principles, criteria, indicators = [], [], []
    for at, row in enumerate(doc["principles"]):
        principle = Principle(
            edition=edition, code=row["code"], title=row["title"], text=row["intent"], order=at
        )
        principles.append(principle)
        for position, part in enumerate(row["criteria"]):
            criterion = Criterion(
                principle=principle, code=part["code"], title=part["title"], text=part["text"], order=position
            )
            criteria.append(criterion)
            indicators += [
                Indicator(criterion=criterion, order=place, **fields)
                for place, fields in enumerate(part["indicators"])
            ]
    Principle.objects.bulk_create(principles)
    Criterion.objects.bulk_create(criteria)
    Indicator.objects.bulk_create(indicators)
