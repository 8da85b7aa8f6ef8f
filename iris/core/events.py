"""The event log: every act writes one row; a sequencer numbers and hash-chains what has committed."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.db import connection, models, transaction

from iris.core import clocks
from iris.core.errors import Text
from iris.core.models import ChainLink, Event, EventPayload

GENESIS = "0" * 64
_SEQUENCER_LOCK = 7_305_001
_words: dict[str, Text] = {}
_stops: set[str] = set()


class SystemActor:
    """Acts by the clock: sweeps and deadlines."""

    id = None
    label = "System"
    organisation = None


SYSTEM = SystemActor()


def subject_type(subject: models.Model | type[models.Model]) -> str:
    """`app_label.model` of a thing."""
    return subject._meta.label_lower


def name_acts(words: Mapping[str, Text], stops: tuple[str, ...] = ()) -> None:
    """Register the words for acts, keyed `app_label.model.act`; `stops` are shown in the colour of a stop."""
    _words.update(words)
    _stops.update(stops)


def name_of(subject: str, act: str) -> str:
    """An act on a kind of thing (`app_label.model`) in words; the bare name made readable where none are registered."""
    return str(_words.get(f"{subject}.{act}") or act.replace("_", " ").capitalize())


def words_for(event: Event) -> str:
    """The act in words."""
    return name_of(event.subject_type, event.act)


def tone_of(event: Event) -> str:
    """`stop`, `key` (a change of state) or empty."""
    if f"{event.subject_type}.{event.act}" in _stops:
        return "stop"
    return "key" if event.to_state and event.to_state != event.from_state else ""


def _mac(salt: str, actor_label: str, reason: str) -> str:
    payload = json.dumps([actor_label, reason], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(bytes.fromhex(salt), payload.encode(), hashlib.sha256).hexdigest()


def record(
    subject: models.Model,
    *,
    act: str,
    actor: Any,
    reason: str = "",
    data: dict[str, Any] | None = None,
    from_state: str = "",
    to_state: str = "",
) -> Event:
    """Write one event in the caller's transaction. `data` must hold nothing personal: it is in the chain."""
    salt = secrets.token_hex(32)
    label = str(getattr(actor, "label", "") or "")
    organisation = getattr(actor, "organisation", None)
    event = Event.objects.create(
        at=clocks.now(),
        created_at=clocks.written_at(),
        act=act,
        subject_type=subject_type(subject),
        subject_id=subject.pk,
        actor_id=getattr(actor, "id", None),
        organisation_id=organisation.pk if organisation is not None else None,
        from_state=from_state,
        to_state=to_state,
        data=data or {},
        payload_mac=_mac(salt, label, reason),
    )
    EventPayload.objects.create(event=event, salt=salt, actor_label=label, reason=reason)
    return event


def events_of(subject: models.Model, limit: int | None = None) -> list[Event]:
    """The events of one thing, newest first."""
    rows = (
        Event.objects.filter(subject_type=subject_type(subject), subject_id=subject.pk)
        .select_related("payload")
        .order_by("-at", "-created_at")
    )
    return list(rows[:limit] if limit else rows)


def last_change(subject: models.Model) -> Event | None:
    """The last event that changed the thing's state."""
    return (
        Event.objects.filter(subject_type=subject_type(subject), subject_id=subject.pk)
        .exclude(to_state="")
        .select_related("payload")
        .order_by("-at", "-created_at")
        .first()
    )


def digest(event: Event, seq: int, previous_hash: str) -> str:
    """SHA-256 over the canonical JSON of an event, its number and the hash before it."""
    body = {
        "seq": seq,
        "previous": previous_hash,
        "id": str(event.id),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "act": event.act,
        "subject": [event.subject_type, str(event.subject_id)],
        "actor": str(event.actor_id or ""),
        "organisation": str(event.organisation_id or ""),
        "states": [event.from_state, event.to_state],
        "data": event.data,
        "payload_mac": event.payload_mac,
    }
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def sequence(batch: int = 5_000) -> int:
    """Number and chain committed events that have no link yet; returns how many. One sequencer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEQUENCER_LOCK])
        row = cursor.fetchone()
        if not row or not row[0]:
            return 0
    last = ChainLink.objects.order_by("-seq").first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    links: list[ChainLink] = []
    for event in Event.objects.filter(link__isnull=True).order_by("at", "created_at", "id")[:batch]:
        seq += 1
        current = digest(event, seq, previous)
        links.append(ChainLink(seq=seq, event=event, previous_hash=previous, hash=current))
        previous = current
    ChainLink.objects.bulk_create(links)
    return len(links)


def verify_chain() -> list[str]:
    """Problems found in the whole chain, as sentences; empty when it holds."""
    problems: list[str] = []
    previous, expected = GENESIS, 1
    for link in ChainLink.objects.select_related("event", "event__payload").order_by("seq").iterator(2_000):
        if link.seq != expected:
            problems.append(f"Number {expected} is missing: the next link is {link.seq}.")
            expected = link.seq
        if link.previous_hash != previous or link.hash != digest(link.event, link.seq, link.previous_hash):
            problems.append(f"Event number {link.seq} ({link.event_id}) does not match its hash.")
        payload = getattr(link.event, "payload", None)
        if payload and link.event.payload_mac != _mac(payload.salt, payload.actor_label, payload.reason):
            problems.append(f"The words of event number {link.seq} ({link.event_id}) were changed.")
        previous, expected = link.hash, expected + 1
    return problems
