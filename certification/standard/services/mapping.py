"""Loading a mapping to another scheme, and signing its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.events import SYSTEM
from iris.core.fsm import Actor

from .. import models
from ..documents import Document, read_document
from ..models import Edition, Indicator, OtherItem, OtherScheme
from ..permissions import may_publish
from ..rules.mapping import validate_mapping
from ..selectors import indicators_of
from ..states import FROZEN_STATES, Relation
from .loading import Change, DocumentRefused, one_loader_at_a_time
from .shape import digest, normalised

Signature = tuple[Any, Any]


def load_mapping(source: Path | Mapping[str, Any], actor: Actor) -> tuple[OtherScheme, Change]:
    """Bring the rows of one scheme into agreement with its file; the same again changes nothing.

    A signature stays with its row as long as the row says the same. Raises DocumentRefused.
    """
    if actor is not SYSTEM and not may_publish(None, actor):
        raise NotPermitted()
    document = read_document(source) if isinstance(source, Path) else Document(source, {})
    edition = _edition(document.data)
    rows = {row.code: row for row in indicators_of(edition)} if edition else None
    problems = list(document.problems) or validate_mapping(document.data, rows)
    if problems or edition is None or rows is None:
        name = source.name if isinstance(source, Path) else ""
        raise DocumentRefused(problems, {"": document}, name)
    return _load(normalised(document.data), edition, rows, actor)


def _edition(data: Any) -> Edition | None:
    number = data.get("edition") if isinstance(data, Mapping) else None
    if not isinstance(number, int):
        return None
    return Edition.objects.filter(number=number, state__in=FROZEN_STATES).first()


@transaction.atomic
def _load(
    doc: dict[str, Any], edition: Edition, rows: Mapping[str, Indicator], actor: Actor
) -> tuple[OtherScheme, Change]:
    one_loader_at_a_time()
    head, content = doc["scheme"], digest(doc)
    scheme = OtherScheme.objects.select_for_update().filter(code=head["code"]).first()
    if scheme is not None and scheme.content_hash == content:
        return scheme, Change.UNCHANGED
    change = Change.REPLACED if scheme else Change.CREATED
    signed = _signatures(scheme) if scheme else {}
    scheme = scheme or OtherScheme(code=head["code"])
    for name in ("kind", "title", "publisher", "version", "source", "note"):
        setattr(scheme, name, head[name])
    scheme.edition, scheme.content_hash = edition, content
    scheme.save()
    models.Mapping.objects.filter(item__scheme=scheme).delete()
    OtherItem.objects.filter(scheme=scheme).delete()
    _write(scheme, doc["items"], rows, signed)
    events.record(scheme, act=f"mapping_{change.value}", actor=actor, data={"content_hash": content})
    return scheme, change


def _signatures(scheme: OtherScheme) -> dict[tuple[str, ...], Signature]:
    rows = models.Mapping.objects.filter(item__scheme=scheme, reviewed_at__isnull=False)
    return {
        _what(row.item, row.indicator_id, row.relation): (row.reviewed_by, row.reviewed_at)
        for row in rows.select_related("item", "reviewed_by")
    }


def _what(item: OtherItem, indicator_id: UUID, relation: str) -> tuple[str, ...]:
    """What a person signs: a row that says anything else is not signed."""
    return item.code, item.title, item.source, str(item.general_knowledge), str(indicator_id), relation


def _write(
    scheme: OtherScheme,
    entries: list[dict[str, Any]],
    rows: Mapping[str, Indicator],
    signed: Mapping[tuple[str, ...], Signature],
) -> None:
    items, mappings = [], []
    for order, entry in enumerate(entries):
        item = OtherItem(
            scheme=scheme,
            code=entry["code"],
            title=entry["title"],
            source=entry.get("source") or scheme.source,
            general_knowledge=entry.get("general_knowledge", False),
            order=order,
        )
        items.append(item)
        for relation in Relation.values:
            for code in entry.get(relation, []):
                by, at = signed.get(_what(item, rows[code].pk, relation), (None, None))
                mappings.append(
                    models.Mapping(
                        item=item, indicator=rows[code], relation=relation, reviewed_by=by, reviewed_at=at
                    )
                )
    OtherItem.objects.bulk_create(items)
    models.Mapping.objects.bulk_create(mappings)


@transaction.atomic
def sign_mappings(scheme_id: UUID, mapping_ids: Collection[UUID], actor: User) -> int:
    """A named person of the scheme signs rows as reviewed; how many were signed now. Signed rows stay as they are."""
    if not may_publish(None, actor):
        raise NotPermitted(_("The scheme's manager signs mappings."))
    scheme = OtherScheme.objects.select_for_update(of=("self",)).get(pk=scheme_id)
    if not mapping_ids:
        raise BadInput(fields={"mapping": [_("Choose at least one row.")]})
    found = models.Mapping.objects.filter(pk__in=mapping_ids, item__scheme=scheme)
    rows = list(found.select_related("item", "indicator"))
    if len(rows) != len(set(mapping_ids)):
        raise BadInput(
            fields={"mapping": [_("Some rows were changed meanwhile. Look at them again, then sign.")]}
        )
    fresh = [row for row in rows if row.reviewed_at is None]
    for row in fresh:
        row.reviewed_by, row.reviewed_at = actor, clocks.now()
    models.Mapping.objects.bulk_update(fresh, ["reviewed_by", "reviewed_at"])
    if fresh:
        said = [f"{row.item.code}: {row.indicator.code} {row.relation}" for row in fresh]
        events.record(scheme, act="mapping_signed", actor=actor, data={"rows": said})
    return len(fresh)


def signed_words(n: int) -> str:
    """What the page says afterwards."""
    return ngettext("%(n)s row signed in your name.", "%(n)s rows signed in your name.", n) % {"n": n}
