"""One run of one watch: look, compare with what was seen last, write the ledger, and say who has to hear of it.

All of it is one transaction. What was seen moves only together with the ledger row and the orders to tell people, so
that a run which dies leaves nothing behind, and a run which ends has been told or will be.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from iris.accounts.selectors import people_of
from iris.core import clocks, outbox
from iris.core.errors import BadInput
from iris.core.models import ChainLink
from supplychain.watches.models import Change, Entry, Round, Sight, Telling, Watch
from supplychain.watches.rules import Facts, differences, digest, digest_of_all
from supplychain.watches.selectors.facts import settled_facts_of
from supplychain.watches.selectors.subjects import members_of
from supplychain.watches.states import Cause, ChangeKind, Outcome, SubjectKind, Tempo, WatchState

log = logging.getLogger(__name__)
TELL_JOB = "watches.tell"


@dataclass(frozen=True)
class Found:
    """What a run found of one agency that differs from what was seen last."""

    agency_id: UUID
    kinds: list[ChangeKind]
    before: Facts | None
    after: Facts | None


def check_watch(
    *, watch_id: UUID, cause: str, agency_id: UUID | None = None, round_: Round | None = None
) -> Entry | None:
    """Run one watch, of one agency where an act concerned only that. None where there was nothing to look at.

    A run that fails is undone and written down as failed; it never passes for a check.
    """
    try:
        return _check(watch_id, cause, agency_id, round_)
    except Exception as error:  # whatever stops a check, the ledger says that it did not take place
        log.exception("Watch %s could not be checked", watch_id)
        return _note_failure(watch_id, cause, error, round_)


@transaction.atomic
def _check(watch_id: UUID, cause: str, agency_id: UUID | None, round_: Round | None) -> Entry | None:
    watch = Watch.objects.select_for_update(of=("self",)).get(pk=watch_id)
    if watch.state != WatchState.ACTIVE:
        return None
    if watch.kind == SubjectKind.AGENCY:  # few enough to look at all of them: it and its heirs
        agency_id = None
    sights = {sight.agency_id: sight for sight in _sights(watch, agency_id)}
    members = members_of(watch, agency_id)
    if agency_id is not None and not members and not sights:
        return None
    refuse_too_many(members)
    seen = {key: sight.facts_hash for key, sight in sights.items()}
    facts = settled_facts_of(members | set(sights), seen)
    first = watch.checked_at is None
    found = [] if first else _compare(sights, members, facts)
    before = watch.facts_hash
    _remember(watch, sights, {key: facts[key] for key in members if key in facts})
    return _write(watch, cause, found, before, len(members | set(sights)), first, round_)


def _sights(watch: Watch, agency_id: UUID | None) -> list[Sight]:
    rows = watch.sights.all()
    return list(rows.filter(agency_id=agency_id) if agency_id else rows)


def refuse_too_many(members: set[UUID]) -> None:
    most = clocks.number("watch_most_agencies")
    if len(members) > most:
        raise BadInput(
            _("This fits %(count)s agencies; a watch looks at %(most)s at most. Narrow it down.")
            % {"count": len(members), "most": most}
        )


def _compare(sights: Mapping[UUID, Sight], members: set[UUID], facts: Mapping[UUID, Facts]) -> list[Found]:
    found = []
    for key in sorted(members | set(sights), key=str):
        before, after = sights[key].facts if key in sights else None, facts.get(key)
        kinds = differences(before, after) if before is not None and after is not None else []
        if before is None:
            kinds = [ChangeKind.JOINED]
        elif key not in members:
            kinds = [*kinds, ChangeKind.LEFT]
        if kinds:
            found.append(Found(key, kinds, before, after))
    return found


def _remember(watch: Watch, sights: Mapping[UUID, Sight], facts: Mapping[UUID, Facts]) -> None:
    """What was seen becomes what the next run is compared with."""
    now = clocks.now()
    gone = [sight.pk for key, sight in sights.items() if key not in facts]
    Sight.objects.filter(pk__in=gone).delete()
    new, moved = [], []
    for key, seen in facts.items():
        hashed = digest(seen)
        sight = sights.get(key)
        if sight is None:
            new.append(Sight(watch=watch, agency_id=key, facts=seen, facts_hash=hashed, seen_at=now))
        elif sight.facts_hash != hashed or sight.facts != seen:
            sight.facts, sight.facts_hash, sight.seen_at = dict(seen), hashed, now
            moved.append(sight)
    Sight.objects.bulk_create(new)
    Sight.objects.bulk_update(moved, ["facts", "facts_hash", "seen_at"], batch_size=500)


def _write(
    watch: Watch,
    cause: str,
    found: list[Found],
    before: str,
    looked_at: int,
    first: bool,
    round_: Round | None,
) -> Entry:
    now = clocks.now()
    hashes = {str(key): one for key, one in watch.sights.values_list("agency_id", "facts_hash")}
    watch.facts_hash, watch.size = digest_of_all(hashes), len(hashes)
    watch.checked_at = watch.tried_at = now
    watch.failure = ""
    watch.save()
    outcome = Outcome.STARTED if first else Outcome.CHANGED if found else Outcome.UNCHANGED
    last = ChainLink.objects.order_by("-seq").values_list("seq", flat=True).first()
    entry = Entry.objects.create(
        watch=watch,
        round=round_,
        at=now,
        cause=cause,
        outcome=outcome,
        agencies=looked_at,
        changed=len(found),
        hash_before=watch.facts_hash if outcome is Outcome.UNCHANGED else before,
        hash_after=watch.facts_hash,
        register_event=last or 0,
    )
    if found:
        _order_telling(watch, entry, found)
    return entry


def _order_telling(watch: Watch, entry: Entry, found: list[Found]) -> None:
    """The changes, and one order to tell for each person: in the transaction of the run."""
    Change.objects.bulk_create(
        Change(
            entry=entry,
            watch=watch,
            agency_id=one.agency_id,
            kind=one.kinds[0],
            kinds=[str(kind) for kind in one.kinds],
            before=_plain(one.before),
            after=_plain(one.after),
        )
        for one in found
    )
    members = set(people_of(watch.organisation).values_list("pk", flat=True))
    people = [pk for pk in watch.people.values_list("pk", flat=True) if pk in members]
    Telling.objects.bulk_create(Telling(entry=entry, person_id=pk, tempo=watch.tempo) for pk in people)
    if watch.webhook or (people and watch.tempo == Tempo.NOW):
        outbox.enqueue(TELL_JOB, entry_id=str(entry.pk))


def _plain(facts: Facts | None) -> dict[str, Any] | None:
    return dict(facts) if facts is not None else None


@transaction.atomic
def _note_failure(watch_id: UUID, cause: str, error: Exception, round_: Round | None) -> Entry:
    watch = Watch.objects.select_for_update(of=("self",)).get(pk=watch_id)
    watch.tried_at, watch.failure = clocks.now(), _why(error)
    watch.save()
    return Entry.objects.create(
        watch=watch,
        round=round_,
        at=clocks.now(),
        cause=cause,
        outcome=Outcome.FAILED,
        agencies=0,
        hash_before=watch.facts_hash,
        hash_after=watch.facts_hash,
        note=watch.failure,
    )


def _why(error: Exception) -> str:
    """For the organisation's people and for ever: of a fault of ours only its kind, the rest is in the server's log."""
    if isinstance(error, BadInput) and str(error):
        return str(error)[:2_000]
    said = _(
        "The check broke off because of a fault on our side (%(kind)s). It is made again with the next full check."
    )
    return said % {"kind": type(error).__name__}


def agency_changed(*, agency_id: UUID) -> int:
    """Something was done that the register shows of an agency: run what watches it, or may now; returns how many."""
    looked = 0
    for watch_id in _concerned(agency_id):
        looked += check_watch(watch_id=watch_id, cause=Cause.ACT, agency_id=agency_id) is not None
    return looked


def _concerned(agency_id: UUID) -> list[UUID]:
    """Watches that saw the agency last time, and those whose corridor or search it may have come into."""
    seen = Exists(Sight.objects.filter(watch=OuterRef("pk"), agency_id=agency_id))
    open_ended = Q(kind__in=(SubjectKind.CORRIDOR, SubjectKind.FILTER))
    rows = Watch.objects.filter(Q(seen) | open_ended, state=WatchState.ACTIVE)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def chain_changed(*, organisation_id: UUID) -> int:
    """An employer changed its supply chain: who is in it is read anew at once."""
    rows = Watch.objects.filter(
        organisation_id=organisation_id, kind=SubjectKind.CHAIN, state=WatchState.ACTIVE
    )
    keys = list(rows.values_list("pk", flat=True))
    for key in keys:
        check_watch(watch_id=key, cause=Cause.CHAIN)
    return len(keys)
