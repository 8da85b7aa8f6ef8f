"""The one sequencer of the log: acts on certificates, in the order of the event log, each exactly once.

It reads the links of the event log, which one sequencer has numbered without gaps after their acts had committed. So a
number once passed never gets company: nothing that commits later can stand before it, and reading on from the last
number seen misses nothing.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from certification.certificates.models import Certificate
from certification.opendata.models import LogEntry, LogNode, LogPlace, TreeHead
from certification.opendata.rules import entries, merkle
from certification.opendata.selectors import log
from certification.opendata.services.signing import signed_head
from iris.core import clocks, outbox
from iris.core.events import subject_type
from iris.core.models import ChainLink, Event

ANNOUNCE_JOB = "opendata.announce"
PLACE = "register"
_LOCK = 7_305_088
BATCH = 500
# Links of other things than certificates that are passed over at once.
REACH = 20_000


@transaction.atomic
def sequence() -> int:
    """Log what the event log has numbered since; returns how many lines. One sequencer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    if not row or not row[0]:
        return 0
    place, _made = LogPlace.objects.get_or_create(name=PLACE)
    last = ChainLink.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    upto = min(last, place.seen + REACH)
    if upto == place.seen:
        return 0
    links = list(_acts(place.seen, upto)[:BATCH])
    if len(links) == BATCH:
        upto = links[-1].seq
    _write(links)
    place.seen = upto
    place.save()
    return len(links)


def _acts(after: int, upto: int) -> QuerySet[ChainLink]:
    return (
        ChainLink.objects.filter(
            seq__gt=after,
            seq__lte=upto,
            event__subject_type=subject_type(Certificate),
            event__act__in=entries.ACTS,
        )
        .select_related("event")
        .order_by("seq")
    )


def _write(links: list[ChainLink]) -> None:
    if not links:
        return
    found = Certificate.objects.select_related("edition").prefetch_related("corridors")
    about = found.in_bulk([link.event.subject_id for link in links])
    now, size = clocks.now(), log.size_of_log()
    fresh: dict[tuple[int, int], bytes] = {}

    def fetch(level: int, place: int) -> bytes:
        return fresh.get((level, place)) or log.node(level, place)

    rows = []
    for index, link in enumerate(links, size):
        row = _line(index, link, about[link.event.subject_id])
        rows.append(row)
        for level, place, value in merkle.grown(index, bytes.fromhex(row.hash), fetch):
            fresh[level, place] = value
    LogEntry.objects.bulk_create(rows)
    # Lowest level first: the database looks at the two halves of every node it is given.
    LogNode.objects.bulk_create(
        LogNode(level=level, place=place, hash=value.hex()) for (level, place), value in sorted(fresh.items())
    )
    for row in rows:
        outbox.enqueue(ANNOUNCE_JOB, index=row.index)
    new = size + len(rows)
    signed_head(new, merkle.root(new, fetch).hex(), now)


def _line(index: int, link: ChainLink, certificate: Certificate) -> LogEntry:
    event: Event = link.event
    text = entries.canonical(entries.line_of(event, certificate))
    return LogEntry(
        index=index,
        event=event,
        chain_seq=link.seq,
        certificate=certificate,
        kind=entries.kind_of(event.act, event.data),
        at=event.at,
        text=text,
        hash=merkle.leaf_hash(text.encode()).hex(),
        logged_at=clocks.now(),
    )


@transaction.atomic
def head_when_old() -> TreeHead | None:
    """A new signature on the same log once an hour: an old head must not pass for the present."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = log.last_head()
    hours = clocks.number("log_head_hours")
    if last is not None and clocks.now() - last.at < timedelta(hours=hours):
        return None
    size = log.size_of_log()
    return signed_head(size, log.root_of(size), clocks.now())


def verify_log() -> list[str]:
    """Problems of the log, as sentences: against itself, its heads, and the acts it is made from."""
    problems: list[str] = []
    hashes: list[bytes] = []
    rows = LogEntry.objects.select_related("event", "certificate__edition").order_by("index")
    for want, row in enumerate(rows.prefetch_related("certificate__corridors").iterator(1_000)):
        if row.index != want:
            return [*problems, f"Line {want} is missing: the next is {row.index}."]
        value = merkle.leaf_hash(row.text.encode())
        hashes.append(value)
        if value.hex() != row.hash:
            problems.append(f"Line {row.index} does not match its hash.")
        if row.text != entries.canonical(entries.line_of(row.event, row.certificate)):
            problems.append(f"Line {row.index} says something else than the act it is made from.")
    problems += _heads_that_differ(hashes)
    place = LogPlace.objects.filter(name=PLACE).first()
    logged = LogEntry.objects.values("chain_seq")
    for link in _acts(0, place.seen if place else 0).exclude(seq__in=logged):
        problems.append(f"Act {link.event_id} (number {link.seq}) is not in the log.")
    return problems


def _heads_that_differ(hashes: list[bytes]) -> list[str]:
    known: dict[tuple[int, int], bytes] = {}

    def fetch(level: int, place: int) -> bytes:
        if level == 0:
            return hashes[place]
        if (level, place) not in known:
            halves = fetch(level - 1, 2 * place), fetch(level - 1, 2 * place + 1)
            known[level, place] = merkle.node_hash(*halves)
        return known[level, place]

    wrong = []
    for head in TreeHead.objects.order_by("size").iterator():
        if head.size > len(hashes):
            wrong.append(f"A signed head counts {head.size} lines; the log has {len(hashes)}.")
        elif merkle.root(head.size, fetch).hex() != head.root:
            wrong.append(f"The signed head of {head.size} lines has another root.")
    return wrong
