"""Endpoints: added, tested, given a new secret, switched off. Messages: written once, sent until taken or given up."""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.accounts.selectors import managers_of
from iris.accounts.states import OrganisationState
from iris.core import clocks, events, outbox, outgoing
from iris.core.days import for_the_record
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from iris.core.models import OutboxRow
from iris.core.vault import Vault
from iris.webhooks import selectors
from iris.webhooks.models import Attempt, Delivery, Endpoint, Tally
from iris.webhooks.permissions import NAMED_ONLY, OWN_ONLY, may_add, may_manage
from iris.webhooks.rules import (
    CHOICES,
    MOST_BYTES,
    body_of,
    delivered,
    headers_of,
    names_of,
    new_secret,
    over,
    pause_after,
)
from iris.webhooks.states import DeliveryStatus, EndpointState

log = logging.getLogger(__name__)
SEND_JOB = "webhooks.send"
# Of its own: a receiver that lets every call hang must not keep what the register has to do waiting.
QUEUE = "webhooks"
PING = "webhook.ping"
MOST_ENDPOINTS = 10
MOST_OLD_SECRETS = 2
PATIENCE = timedelta(minutes=5)
MOST_AT_ONCE = 200
MOST_FORGOTTEN = 500
_vault = Vault("webhooks")


@transaction.atomic
def add_endpoint(
    *, actor: User, name: str, url: str, topics: Sequence[str] = (), watches: Sequence[UUID] = ()
) -> tuple[Endpoint, str]:
    """A new endpoint and its secret, shown once. Raises NotPermitted, BadInput (an address that may not be called)."""
    if not may_add(actor) or actor.organisation is None:
        raise NotPermitted()
    if not name.strip():
        raise BadInput(fields={"name": [_("Give the endpoint a name by which your colleagues know it.")]})
    _refuse_address(url)  # before the lock: it asks a resolver that may let us wait
    organisation = lock(Organisation, actor.organisation.pk)
    held = Endpoint.objects.filter(organisation=organisation).exclude(state=EndpointState.REMOVED)
    if held.count() >= MOST_ENDPOINTS:
        sentence = _("An organisation has %(most)s endpoints at most. Remove one first.")
        raise BadInput(fields={"url": [sentence % {"most": MOST_ENDPOINTS}]})
    secret = new_secret()
    made = Endpoint.objects.create(
        organisation=organisation,
        name=name.strip()[:100],
        url=url.strip(),
        secret=_vault.seal(secret),
        topics=_asked(organisation, topics),
        watches=_own(actor, watches),
        added_by=actor,
    )
    events.record(made, act="added", actor=actor)
    return made, secret


@transaction.atomic
def change_endpoint(
    *,
    endpoint_id: UUID,
    actor: User,
    name: str | None = None,
    topics: Sequence[str] | None = None,
    watches: Sequence[UUID] | None = None,
) -> Endpoint:
    """What an endpoint is called and what it asks for; None leaves it as it is, whoever changes it meanwhile.

    Its address stays: another address is another endpoint.
    """
    row = lock(Endpoint, endpoint_id)
    if not may_manage(row, actor):
        raise NotPermitted()
    if name is not None and not name.strip():
        raise BadInput(fields={"name": [_("Give the endpoint a name by which your colleagues know it.")]})
    row.name = row.name if name is None else name.strip()[:100]
    row.topics = row.topics if topics is None else _asked(row.organisation, topics)
    row.watches = row.watches if watches is None else _own(actor, watches, held=row.watches)
    row.save()
    events.record(row, act="changed", actor=actor, data={"topics": row.topics})
    return row


def _asked(organisation: Organisation, topics: Sequence[str]) -> list[str]:
    if organisation.kind in NAMED_ONLY and not topics:
        raise BadInput(
            fields={"topics": [_("Choose at least one event: none chosen, nothing would be sent.")]}
        )
    return _known(topics)


def _own(actor: User, watches: Sequence[UUID], held: Sequence[UUID] = ()) -> list[UUID]:
    """Watches of one's own organisation; of any other id the same is said, whether there is such a watch or not."""
    mine = {key for key, _words in selectors.watches_of(actor)} | set(held)
    if not set(watches) <= mine:
        sentence = _(
            "Not every one of these is a running watch of your organisation. Take ids from your list of watches."
        )
        raise BadInput(fields={"watches": [sentence]})
    return list(dict.fromkeys(watches))


def _known(topics: Sequence[str]) -> list[str]:
    unknown = [one for one in topics if one not in CHOICES]
    if unknown:
        sentence = _("There is no event %(name)s. There are: %(known)s.")
        told = {"name": unknown[0][:60], "known": ", ".join(CHOICES)}
        raise BadInput(fields={"topics": [sentence % told]})
    return list(dict.fromkeys(topics))


def _refuse_address(url: str) -> None:
    try:
        outgoing.check(url.strip())
    except (outgoing.Refused, outgoing.Unreachable) as refused:
        raise BadInput(fields={"url": [str(refused)]}) from refused


@transaction.atomic
def replace_secret(*, endpoint_id: UUID, actor: User) -> tuple[Endpoint, str]:
    """A new secret, shown once. For a day both sign, so that the receiver can change over in peace.

    Replaced again within that day, the one before signs on too: whoever pressed twice has only the last one on the
    page, and the receiver still checks with the first.
    """
    row = lock(Endpoint, endpoint_id)
    if not may_manage(row, actor):
        raise NotPermitted()
    hours = clocks.number("webhook_secret_overlap_hours")
    secret = new_secret()
    still = _secrets_of(row)[:MOST_OLD_SECRETS]
    row.old_secret, row.old_until = _vault.seal(" ".join(still)), clocks.now() + timedelta(hours=hours)
    row.secret = _vault.seal(secret)
    row.save()
    events.record(row, act="secret_changed", actor=actor)
    return row, secret


@transaction.atomic
def switch(*, endpoint_id: UUID, actor: User, act_name: str) -> Endpoint:
    """`pause`, `resume` or `remove` an endpoint."""
    found = Endpoint.objects.select_related("organisation").get(pk=endpoint_id)
    if act_name == "resume" and may_manage(found, actor):
        _refuse_address(found.url)  # before the lock, as in add_endpoint; an address never changes
    row = lock(Endpoint, endpoint_id)
    acts = {"pause": row.pause, "resume": row.resume, "remove": row.remove}
    act(acts[act_name], actor=actor)
    return row


@transaction.atomic
def publish(
    *, organisation: Organisation, topic: str, data: Mapping[str, Any], key: str, watch: UUID | None = None
) -> int:
    """One message to every endpoint that is on and asked for it; returns how many. The same `key` sends nothing."""
    rows = Endpoint.objects.filter(organisation=organisation, state=EndpointState.ACTIVE)
    rows = rows.filter(Q(topics=[]) | Q(topics__overlap=list(names_of(topic))))
    if watch is not None:
        rows = rows.filter(Q(watches=[]) | Q(watches__contains=[watch]))
    return sum(_write(row, topic, data, key) is not None for row in rows)


@transaction.atomic
def broadcast(
    *, topic: str, data: Mapping[str, Any], key: str, since: datetime, owner: Organisation | None = None
) -> int:
    """A public event to every endpoint that asked for its topic by name, and to those of the organisation it is about.

    Endpoints that were added after the event happened hear nothing of it. The same `key` again sends nothing.
    """
    rows = Endpoint.objects.filter(state=EndpointState.ACTIVE, created_at__lte=since)
    asked = Q(topics__overlap=list(names_of(topic)), organisation__state=OrganisationState.ACTIVE)
    own = Q(organisation=owner, topics=[]) | Q(organisation=owner, topics__overlap=list(names_of(topic)))
    public = asked & ~Q(organisation__kind__in=OWN_ONLY)
    return sum(_write(row, topic, data, key) is not None for row in rows.filter(public | own))


@transaction.atomic
def ping(*, endpoint_id: UUID, actor: User) -> Delivery:
    """A test message, to see that signatures are checked on the other side."""
    row = lock(Endpoint, endpoint_id)
    if not may_manage(row, actor):
        raise NotPermitted()
    if row.state != EndpointState.ACTIVE:
        raise Conflict(_("This endpoint is off. Switch it on first."))
    if row.deliveries.filter(topic=PING, status=DeliveryStatus.WAITING).exists():
        raise Conflict(_("A test message is on its way to this endpoint. Wait for what comes of it."))
    made = _write(row, PING, {"hello": actor.organisation.name if actor.organisation else ""}, "")
    assert made is not None
    return made


def _write(row: Endpoint, topic: str, data: Mapping[str, Any], key: str) -> Delivery | None:
    now = clocks.now()
    body = body_of(topic, now, data)
    if len(body.encode()) >= MOST_BYTES:
        short = {name: value for name, value in data.items() if not isinstance(value, list | dict)}
        body = body_of(topic, now, {**short, "shortened": True})
    try:
        with transaction.atomic():
            made = Delivery.objects.create(
                endpoint=row,
                message_id=f"msg_{uuid.uuid4().hex}",
                topic=topic,
                body=body,
                key=key,
                next_at=now,
            )
    except IntegrityError as error:
        if "webhook_once_per_key" not in str(error):
            raise
        return None
    outbox.enqueue(SEND_JOB, queue=QUEUE, delivery_id=str(made.pk), failures=0)
    return made


@transaction.atomic
def replay(*, delivery_id: UUID, actor: User) -> Delivery:
    """Send a message again, under its own id: a receiver that took it before may ignore it."""
    row = lock(Delivery, delivery_id)
    endpoint = lock(Endpoint, row.endpoint_id)
    if not may_manage(endpoint, actor):
        raise NotPermitted()
    if endpoint.state != EndpointState.ACTIVE:
        raise Conflict(_("This endpoint is off. Switch it on first."))
    row.status, row.delivered_at = DeliveryStatus.WAITING, None
    row.failures, row.next_at = 0, clocks.now()
    row.save()
    outbox.enqueue(SEND_JOB, queue=QUEUE, delivery_id=str(row.pk), failures=0)
    return row


def send(*, delivery_id: UUID, failures: int) -> bool:
    """One try. `failures` is how many came before: a job that is run twice, or late, finds it is not its turn.

    Nothing is locked while the other side takes its time. A worker that dies before it wrote the outcome leaves the
    row waiting, and its job is run again: the receiver may get a message twice, under the same id, and never none.
    """
    row = Delivery.objects.select_related("endpoint").get(pk=delivery_id)
    endpoint = row.endpoint
    if row.status != DeliveryStatus.WAITING or row.failures != failures:
        return False
    if endpoint.state != EndpointState.ACTIVE:
        _give_up(row.pk, _("The endpoint is off."))
        return False
    at = clocks.now()
    code, error, took = None, "", 0
    try:
        headers = headers_of(row.message_id, at, row.body, _secrets_of(endpoint))
        answer = outgoing.post(endpoint.url, row.body.encode(), headers)
        code, took = answer.status, answer.milliseconds
    except (outgoing.Refused, outgoing.Unreachable) as refused:
        error = str(refused)[:400]
    except (
        Exception
    ) as fault:  # a fault of ours is a failed try like any other: the schedule of tries goes on
        log.exception("Message %s could not be sent", row.message_id)
        error = _("It could not be sent because of a fault on our side (%(kind)s).") % {
            "kind": type(fault).__name__
        }
    good = code is not None and delivered(code)
    _note(row.pk, failures, Attempt(delivery=row, at=at, code=code, error=error, milliseconds=took), good)
    return good


@transaction.atomic
def send_stranded() -> int:
    """Order again what should have been tried and has no job any more; returns how many. The jobs are the usual way."""
    late = Delivery.objects.filter(status=DeliveryStatus.WAITING, next_at__lt=clocks.now() - PATIENCE)
    rows = list(late.order_by("next_at").values_list("pk", "failures")[:MOST_AT_ONCE])
    open_ = OutboxRow.objects.filter(
        job=SEND_JOB,
        status__in=(OutboxRow.State.WAITING, OutboxRow.State.LEASED),
        kwargs__delivery_id__in=[str(key) for key, _failures in rows],
    )
    ordered = {(told["delivery_id"], told["failures"]) for told in open_.values_list("kwargs", flat=True)}
    stranded = [(str(key), failures) for key, failures in rows if (str(key), failures) not in ordered]
    for key, failures in stranded:
        outbox.enqueue(SEND_JOB, queue=QUEUE, delivery_id=key, failures=failures)
    return len(stranded)


def _secrets_of(endpoint: Endpoint) -> list[str]:
    """The secret, and while they sign on those before it, newest first."""
    found = [_vault.open(endpoint.secret)]
    if endpoint.old_secret is not None and endpoint.old_until and endpoint.old_until > clocks.now():
        found += _vault.open(endpoint.old_secret).split()
    return found


@transaction.atomic
def _note(delivery_id: UUID, failures: int, attempt: Attempt, good: bool) -> None:
    row = lock(Delivery, delivery_id)
    attempt.save()
    endpoint = lock(Endpoint, row.endpoint_id)
    if row.status != DeliveryStatus.WAITING or row.failures != failures:
        return
    if good:
        row.status, row.delivered_at, row.next_at = DeliveryStatus.DELIVERED, clocks.now(), None
        endpoint.failing_since = None
    else:
        row.failures += 1
        pause = None if over(attempt.code) else pause_after(row.failures)
        row.next_at = clocks.now() + pause if pause else None
        row.status = DeliveryStatus.WAITING if pause else DeliveryStatus.GIVEN_UP
        endpoint.failing_since = endpoint.failing_since or attempt.at
        if row.next_at is not None:
            told = {"delivery_id": str(row.pk), "failures": row.failures}
            outbox.enqueue_at(row.next_at, SEND_JOB, queue=QUEUE, **told)
    row.save()
    endpoint.save()
    _give_endpoint_up(endpoint, gone=over(attempt.code))


def _give_endpoint_up(endpoint: Endpoint, *, gone: bool) -> None:
    """Gone by its own word (410), or after days without one success, it is switched off, and its people are told."""
    days = clocks.number("webhook_broken_days")
    since = endpoint.failing_since
    if endpoint.state != EndpointState.ACTIVE or since is None:
        return
    if not gone and clocks.now() - since < timedelta(days=days):
        return
    act(endpoint.give_up, actor=events.SYSTEM)
    outbox.enqueue(
        "notify.tell",
        people=[str(person.pk) for person in managers_of(endpoint.organisation)],
        template="webhooks/broken",
        context={"name": endpoint.name, "since": for_the_record(since)},
        url="/organisation/webhooks/",
        key=f"webhook:{endpoint.pk}:{since:%Y%m%d%H%M}"[:80],
    )


@transaction.atomic
def _give_up(delivery_id: UUID, why: str) -> None:
    row = lock(Delivery, delivery_id)
    if row.status == DeliveryStatus.WAITING:
        Attempt.objects.create(delivery=row, at=clocks.now(), error=why)
        row.status, row.next_at = DeliveryStatus.GIVEN_UP, None
        row.save()


@transaction.atomic
def forget_old(most: int = MOST_FORGOTTEN) -> int:
    """Drop messages that came to an end so long ago, with their tries, and count them; returns how many.

    Those that still wait stay, however old. One portion a call: the sweep goes on where this one ended.
    """
    until = clocks.now() - timedelta(days=clocks.number("webhook_log_days"))
    old = Delivery.objects.filter(created_at__lt=until).exclude(status=DeliveryStatus.WAITING)
    young = Attempt.objects.filter(delivery=OuterRef("pk"), at__gte=until)
    rows = list(old.exclude(Exists(young)).select_for_update(skip_locked=True).order_by("created_at")[:most])
    keys = [row.pk for row in rows]
    tried = Counter(Attempt.objects.filter(delivery__in=keys).values_list("delivery", flat=True))
    for row in rows:
        tally, _made = Tally.objects.get_or_create(
            endpoint_id=row.endpoint_id,
            topic=row.topic,
            status=row.status,
            defaults={"last_at": row.created_at},
        )
        Tally.objects.filter(pk=tally.pk).update(
            messages=F("messages") + 1,
            tries=F("tries") + tried[row.pk],
            last_at=Greatest("last_at", Value(row.created_at)),
        )
    with connection.cursor() as sql:
        sql.execute("SELECT iris_webhooks_forget_tries(%s)", [keys])
    Delivery.objects.filter(pk__in=keys).delete()
    return len(keys)
