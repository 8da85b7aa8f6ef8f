"""Status lists: a place for every credential, and the signed list published again whenever a bit moves."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from certification.credentials import selectors
from certification.credentials.models import Credential, StatusList
from certification.credentials.rules import bits, untp
from certification.credentials.services.keys import sign
from certification.credentials.states import Purpose
from iris.core import clocks
from iris.core.fsm import lock

TTL_MS = 60_000  # how long a reader may keep a list; the standard leaves it to the issuer
HOLDS = timedelta(hours=1)  # an old list that somebody kept back is no list after this
AGAIN = timedelta(minutes=5)  # a list in which nothing moved is signed again after this


def take_place(purpose: str) -> tuple[StatusList, int]:
    """A free place on the current list of this purpose, drawn at random; its row stays locked until the end."""
    row = StatusList.objects.select_for_update().filter(purpose=purpose).order_by("-number").first()
    if row is None or row.taken >= row.size // 2:
        number = row.number + 1 if row else 1
        StatusList.objects.bulk_create([StatusList(purpose=purpose, number=number)], ignore_conflicts=True)
        row = StatusList.objects.select_for_update().get(purpose=purpose, number=number)
    where = Q(**{f"{purpose}_list": row})
    while True:
        index = secrets.randbelow(row.size)
        if not Credential.objects.filter(where, **{f"{purpose}_index": index}).exists():
            break
    row.taken += 1
    row.save(update_fields=["taken"])
    return row, index


def note_change(credential: Credential) -> None:
    """Its bits moved: both lists are published again. In the order in which places are taken, or two wait for ever."""
    for key in (credential.revocation_list_id, credential.suspension_list_id):
        StatusList.objects.filter(pk=key).update(changes=F("changes") + 1)


def publish_due() -> int:
    """Publish every list in which something moved, or that grows old; returns how many."""
    now = clocks.now()
    # One that is dated ahead was signed before the clock was set back: whoever reads it by a right clock refuses it.
    aged = Q(built_at__lt=now - AGAIN) | Q(built_at__gt=now)
    due = StatusList.objects.filter(Q(built_changes__lt=F("changes")) | Q(jwt="") | aged)
    return sum(publish_list(list_id=key) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def publish_list(*, list_id: UUID) -> bool:
    """Sign one list as the credentials are now. Whoever moves a bit meanwhile waits, and it is published again."""
    row = lock(StatusList, list_id)
    now = clocks.now()
    if not row.due and row.built_at is not None and timedelta() <= now - row.built_at < AGAIN:
        return False
    row.jwt = sign(
        untp.status_list(
            url=selectors.list_url(row),
            issuer=selectors.scheme_did(),
            purpose=row.purpose,
            encoded=bits.pack(_set(row), row.size),
            ttl=TTL_MS,
            valid_from=now,
            valid_until=now + HOLDS,
        ),
        typ="vc+jwt",
        cty="vc",
    )
    row.built_changes, row.built_at = row.changes, now
    row.save(update_fields=["jwt", "built_changes", "built_at"])
    return True


def _set(row: StatusList) -> list[int]:
    """The places that are set. A revoked credential stands on both lists: UNTP lets a credential name only one,

    and who reads only that of suspensions must not take a withdrawn certificate for a good one.
    """
    if row.purpose == Purpose.REVOCATION:
        found = Credential.objects.filter(revocation_list=row, revoked_at__isnull=False)
        return list(found.values_list("revocation_index", flat=True))
    out = Q(suspended_at__isnull=False) | Q(revoked_at__isnull=False)
    return list(
        Credential.objects.filter(out, suspension_list=row).values_list("suspension_index", flat=True)
    )


def lock_firm(firm_id: UUID) -> None:
    """One at a time for each firm, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(firm_id)])
