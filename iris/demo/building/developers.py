"""Who builds on the API: keys, requests for live ones with every answer, and webhooks with a log that tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from iris.accounts import services as accounts
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import acting_memberships
from iris.core import clocks, outgoing
from iris.demo.building.scheme import PASSWORD, World, slug
from iris.developers import services
from iris.webhooks import services as webhooks
from iris.webhooks.models import Delivery, Endpoint
from supplychain.watches.models import Entry, Watch
from supplychain.watches.states import Outcome

REGISTER = ["read:register"]
DOCUMENTATION_ADDRESS = "93.184.215.14"  # example.org: public, as a check of an address wants it
OK, GONE, BUSY, DOWN = 200, 404, 503, 0


@dataclass(frozen=True)
class Builder:
    """One developer: what the software is for, and what became of the request."""

    name: str
    country: str
    person: str
    purpose: str
    calls: int
    days: int
    refused: str = ""


BUILDERS = (
    Builder(
        "Kestrel Loom Software",
        "GB",
        "Ottilie Mbeki-Strand",
        "A plug-in for staffing systems: before a recruiter is paid, it reads the recruiter's certificate and shows "
        "its status with the moment it was read. Forty customers, most of them hotels and farms.",
        12_000,
        2,
    ),
    Builder(
        "Pebbleworks Compliance Tools",
        "NL",
        "Jurre van Oostrum",
        "Supplier questionnaires for garment brands. We read the register once a night and mark every recruiter whose "
        "certificate changed since, with the date of the change.",
        2_500,
        24,
    ),
    Builder(
        "Quickscore Analytics",
        "US",
        "Desmond Farquharson",
        "We turn certificates into a score from 0 to 100 for every agency and sell the ranking to investors.",
        400_000,
        41,
        "A certificate says what it covers and no more; a score would say what nobody audited. The daily files under "
        "Open data serve an analysis without a key. Ask again with software that shows status, scope and “as of”.",
    ),
)


def build(world: World, now: datetime) -> None:
    """Three developers with their requests, then webhooks of a developer and of the first employer."""
    made = [_builder(world, row, now) for row in BUILDERS]
    with _the_other_side() as answers:
        _tried_out(made[0], now, answers)
        _in_use(world.employers[0][0], now, answers)


def _builder(world: World, row: Builder, now: datetime) -> User:
    with clocks.freeze(now - timedelta(days=row.days, hours=3)):
        domain = slug(row.name).split(".")[0]
        email = f"{slug(row.person)}@{domain}.example"
        user = accounts.register_person(email, row.person, PASSWORD, verified=True)
        own = services.sign_up(
            actor=user, name=row.name, country=row.country, website=f"https://{domain}.example"
        )
        user.acting = acting_memberships(user).get(organisation=own)
        first, _secret = accounts.issue_api_key(own, user, "First tries", REGISTER, mode="sandbox", months=6)
        second, _secret = accounts.issue_api_key(
            own, user, "Nightly tests", [*REGISTER, "read:lookups"], mode="sandbox"
        )
        asked = services.ask(actor=user, purpose=row.purpose, scopes=REGISTER, calls_a_day=row.calls)
    if row is BUILDERS[0]:
        accounts.mark_demo(user)
        with clocks.freeze(now - timedelta(hours=20)):
            accounts.revoke_api_key(client_id=first.pk, actor=user)
        with clocks.freeze(now - timedelta(hours=2)):
            accounts.note_use(second)
        return user
    with clocks.freeze(now - timedelta(days=row.days - 2)):
        services.answer(
            request_id=asked.pk,
            actor=world.staff["scheme_manager"],
            accept=not row.refused,
            reason=row.refused,
        )
        if not row.refused:
            live, _secret = accounts.issue_api_key(own, user, "Production", REGISTER, mode="live")
    if not row.refused:
        with clocks.freeze(now - timedelta(minutes=11)):
            accounts.note_use(live)
    return user


@contextmanager
def _the_other_side() -> Iterator[list[int]]:
    """Invented systems that answer with the codes in this list, in turn; nothing leaves this computer."""
    codes: list[int] = []

    def post(url: str, body: bytes, headers: Mapping[str, str]) -> outgoing.Answer:
        code = codes.pop(0)
        if code == DOWN:
            raise outgoing.Unreachable("No whole answer within 15 seconds.")
        return outgoing.Answer(code, b"", 40 + len(body) % 90)

    resolver, real = settings.IRIS_OUTGOING_RESOLVER, outgoing.post
    settings.IRIS_OUTGOING_RESOLVER = lambda _host: [DOCUMENTATION_ADDRESS]
    outgoing.post = post
    try:
        yield codes
    finally:
        settings.IRIS_OUTGOING_RESOLVER, outgoing.post = resolver, real


def _add(user: User, at: datetime, name: str, path: str, topics: Sequence[str] = ()) -> Endpoint:
    domain = slug(_own(user).name).split(".")[0]
    with clocks.freeze(at):
        made, _secret = webhooks.add_endpoint(
            actor=user, name=name, url=f"https://{domain}.example/{path}", topics=topics
        )
    return made


def _own(user: User) -> Organisation:
    assert user.organisation is not None  # whoever builds here acts for somebody
    return user.organisation


def _ping(user: User, endpoint: Endpoint, at: datetime, answers: list[int], *codes: int) -> None:
    with clocks.freeze(at):
        row = webhooks.ping(endpoint_id=endpoint.pk, actor=user)
    _send(row, answers, *codes)


def _send(row: Delivery, answers: list[int], *codes: int) -> None:
    """The tries of one message, each at the moment it is due."""
    answers[:] = codes
    for _code in codes:
        row = Delivery.objects.get(pk=row.pk)
        assert row.next_at is not None  # one try more than there is
        with clocks.freeze(row.next_at):
            webhooks.send(delivery_id=row.pk, failures=row.failures)


def _tried_out(user: User, now: datetime, answers: list[int]) -> None:
    """The developer's own endpoint: a test that failed by a slip in the path, then one that arrived."""
    endpoint = _add(user, now - timedelta(days=1, hours=4), "Staging", "hooks/register", ["certificate.*"])
    _ping(user, endpoint, now - timedelta(days=1, hours=4), answers, GONE, OK)
    _ping(user, endpoint, now - timedelta(hours=3), answers, OK)


def _in_use(user: User, now: datetime, answers: list[int]) -> None:
    """An employer's: one that takes everything, one that is tried again just now, one that was given up."""
    began = now - timedelta(days=58)
    system = _add(user, began, "Sourcing system", "iris/changes")
    tickets = _add(user, began, "Tickets for the buyers", "tickets/in", ["watch.changed"])
    for entry in _changes(_own(user)):
        key = f"watch:{entry.pk}"
        with clocks.freeze(entry.at):
            webhooks.publish(
                organisation=_own(user),
                topic="watch.changed",
                data={
                    "watch": str(entry.watch_id),
                    "title": entry.watch.title,
                    "at": entry.at.isoformat(timespec="seconds"),
                    "changed": entry.changed,
                },
                key=key,
                watch=entry.watch_id,
            )
        for row in Delivery.objects.filter(key=key):
            _send(row, answers, *((OK,) if row.endpoint_id == system.pk else (DOWN, OK)))
    old = _add(user, now - timedelta(days=30), "Old purchasing bridge", "legacy/hook")
    _ping(user, old, now - timedelta(days=30), answers, OK)
    _ping(user, old, now - timedelta(days=12), answers, *(BUSY for _try in range(10)))
    _ping(user, old, now - timedelta(days=6), answers, BUSY, BUSY)
    _ping(user, system, now - timedelta(hours=8), answers, OK)
    _ping(user, tickets, now - timedelta(hours=6), answers, BUSY, DOWN, BUSY, BUSY, BUSY)


def _changes(organisation: Organisation) -> list[Entry]:
    """The runs that found a change, of watches that the employer then also sends to its machines."""
    watches = Watch.objects.filter(organisation=organisation)
    watches.update(webhook=True)
    rows: Any = Entry.objects.filter(watch__in=watches, outcome=Outcome.CHANGED).select_related("watch")
    return list(rows.order_by("at")[:6])
