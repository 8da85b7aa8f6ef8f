"""What the first employer watches: five watches with two months of looks, among them two that found a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from certification.agencies.models import Agency
from certification.certificates.models import Certificate, CertificateCorridor
from certification.certificates.selectors import latest_certificates
from certification.certificates.states import CertificateState
from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.scheme import World
from supplychain.watches import services
from supplychain.watches.models import Entry, Round, Watch
from supplychain.watches.services import checking
from supplychain.watches.states import Cause, Outcome, SubjectKind, WatchState

DAYS = 60
STEP = 9
Facts = dict[str, Any]


def build(world: World, now: datetime) -> None:
    """Watches begun two months ago; what has happened since is found on its day."""
    user = world.employers[0][0]
    fallen = _fallen(now)
    with _as_it_was(fallen):
        with clocks.freeze(now - timedelta(days=DAYS)):
            watches = _begin(user, world, fallen)
        for days in range(DAYS - 1, 0, -STEP):
            _look(watches, now - timedelta(days=days, hours=-2))
    _look(watches, now - timedelta(minutes=12))


def _fallen(now: datetime) -> dict[UUID, Certificate]:
    """Two certificates that fell in these weeks: a suspension, and one more where there is one."""
    since = (now - timedelta(days=DAYS - 2)).date()
    rows = latest_certificates().filter(state_since__gte=since, state_since__lt=now.date())
    found: dict[UUID, Certificate] = {}
    for state in (CertificateState.SUSPENDED, CertificateState.WITHDRAWN, CertificateState.CONDITIONAL):
        one = rows.filter(state=state).exclude(agency_id__in=found).order_by("-state_since").first()
        if one is not None and len(found) < 2:  # two are enough for a story
            found[one.agency_id] = one
    if len(found) < 2:  # a world with fewer recent acts still shows a suspension
        older = latest_certificates().filter(state=CertificateState.SUSPENDED).exclude(agency_id__in=found)
        found.update({one.agency_id: one for one in older.order_by("-state_since")[: 2 - len(found)]})
    return found


def _begin(user: User, world: World, fallen: Mapping[UUID, Certificate]) -> list[Watch]:
    agencies = [Agency.objects.get(pk=key) for key in fallen]
    if len(agencies) < 2:  # see _fallen
        agencies += list(world.agencies.values())[:1]
    made = [
        services.watch(
            actor=user, subject_kind=SubjectKind.AGENCY, agency_id=agency.pk, relationship="Recruiter in use"
        )
        for agency in agencies
    ]
    pair = CertificateCorridor.objects.filter(certificate__agency__in=agencies).first()
    if pair is not None:
        made.append(
            services.watch(
                actor=user,
                subject_kind=SubjectKind.CORRIDOR,
                origin=pair.origin,
                destination=pair.destination,
            )
        )
    made.append(services.watch(actor=user, subject_kind=SubjectKind.CHAIN))
    made.append(services.watch(actor=user, subject_kind=SubjectKind.FILTER, wanted={"country": "PH"}))
    last = made[-1]
    weekly = services.Settings(
        last.title, "For the next tender.", "Candidates", (user.pk,), "weekly", False, False
    )
    services.change_watch(watch_id=last.pk, actor=user, settings=weekly)
    return made


@contextmanager
def _as_it_was(fallen: Mapping[UUID, Certificate]) -> Iterator[None]:
    """Until the day on which each certificate fell, runs see it as it stood before."""
    real = checking.settled_facts_of  # type: ignore[attr-defined] # seen through, and put back below

    def then(agency_ids: Iterable[UUID], seen: Mapping[UUID, str]) -> dict[UUID, Facts]:
        found = real(agency_ids, seen)
        today = clocks.today()
        return {
            key: _before(facts, fallen[key]) if key in fallen and today < fallen[key].state_since else facts
            for key, facts in found.items()
        }

    checking.settled_facts_of = then  # type: ignore[attr-defined] # until the block ends
    try:
        yield
    finally:
        checking.settled_facts_of = real  # type: ignore[attr-defined] # as it was


def _before(facts: Facts, fell: Certificate) -> Facts:
    return {
        **facts,
        "standing": "certified",
        "valid": True,
        "flag": False,
        "since": fell.effective_on.isoformat(),
        "reason": "",
        "note": "",
        "acts": facts["acts"] - 1,
        "history": facts["history"][:-1],
    }


def _look(watches: list[Watch], at: datetime) -> None:
    """One full check; people are told at that moment."""
    with clocks.freeze(at):
        this = Round.objects.create(began_at=at)
        running = Watch.objects.filter(pk__in=[one.pk for one in watches], state=WatchState.ACTIVE)
        for key in running.values_list("pk", flat=True):
            entry = services.check_watch(watch_id=key, cause=Cause.ROUND, round_=this)
            if entry is not None and entry.outcome == Outcome.CHANGED:
                services.tell(entry_id=entry.pk)
        rows = Entry.objects.filter(round=this)
        this.watches, this.changed = rows.count(), rows.filter(outcome=Outcome.CHANGED).count()
        this.ended_at = at + timedelta(seconds=4)
        this.save()
