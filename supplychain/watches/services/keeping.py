"""Begin, change, pause and end a watch. None of it is told to anybody outside the organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.agencies.selectors import enrolled_agencies
from certification.certificates.states import Standing
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES, Corridor, check_corridor
from supplychain.screenings.models import Screening
from supplychain.screenings.selectors import screenings_visible_to
from supplychain.screenings.states import ScreeningState
from supplychain.watches.models import Plan, Watch
from supplychain.watches.permissions import may_change, may_watch
from supplychain.watches.rules import canonical
from supplychain.watches.selectors.subjects import FILTERS, members_of, words_of_filter
from supplychain.watches.services.checking import check_watch, refuse_too_many
from supplychain.watches.states import Cause, SubjectKind, Tempo, WatchState


@dataclass(frozen=True)
class Subject:
    """What is to be watched, checked: the fields of the row and how it is called."""

    key: str
    title: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Settings:
    """What a person sets on a watch."""

    title: str
    note: str
    relationship: str
    people: tuple[UUID, ...]
    tempo: str
    webhook: bool
    disclosed: bool


@transaction.atomic
def watch(
    *,
    actor: User,
    subject_kind: str,
    agency_id: UUID | None = None,
    origin: str = "",
    destination: str = "",
    wanted: Mapping[str, str] | None = None,
    screening_id: UUID | None = None,
    relationship: str = "",
) -> Watch:
    """Begin to watch, and look for the first time. The same subject again gives the watch there is.

    Raises NotPermitted, BadInput (an empty search, no corridor, too many agencies), DoesNotExist.
    """
    if not may_watch(actor) or actor.organisation is None:
        raise NotPermitted(_("Only people who decide on sourcing begin a watch. Ask one of your colleagues."))
    organisation = lock(Organisation, actor.organisation.pk)
    subject = _subject(actor, subject_kind, agency_id, origin, destination, wanted or {}, screening_id)
    held = (
        Watch.objects.filter(organisation=organisation, subject_key=subject.key)
        .exclude(state=WatchState.ENDED)
        .first()
    )
    if held is not None:
        return held
    _refuse_one_too_many(organisation)
    made = Watch.objects.create(
        organisation=organisation,
        person=actor,
        kind=subject_kind,
        subject_key=subject.key,
        title=subject.title[:300],
        relationship=relationship.strip()[:200],
        **subject.fields,
    )
    made.people.set([actor])
    refuse_too_many(members_of(made))
    events.record(made, act="began", actor=actor, data={"kind": subject_kind})
    check_watch(watch_id=made.pk, cause=Cause.STARTED)
    return Watch.objects.get(pk=made.pk)


def _refuse_one_too_many(organisation: Organisation) -> None:
    """Counted under the lock on the organisation: of two at once the second sees the first."""
    most = clocks.number("watch_most_of_organisation")
    if Watch.objects.filter(organisation=organisation).exclude(state=WatchState.ENDED).count() >= most:
        sentence = _(
            "Your organisation keeps %(most)s watches, which is the most it can. End one that you no longer need, "
            "or watch your whole supply chain, a corridor or a search instead of single agencies."
        )
        raise BadInput(sentence % {"most": most})


def _subject(
    actor: User,
    kind: str,
    agency_id: UUID | None,
    origin: str,
    destination: str,
    wanted: Mapping[str, str],
    screening_id: UUID | None,
) -> Subject:
    if kind == SubjectKind.AGENCY:
        agency: Agency = enrolled_agencies().filter(pk__in=[agency_id]).get()
        return Subject(f"agency:{agency.pk}", agency.legal_name, {"agency": agency})
    if kind == SubjectKind.CHAIN:
        return Subject("chain", _("Our whole supply chain"), {})
    if kind == SubjectKind.CORRIDOR:
        check_corridor(origin, destination)
        return Subject(
            f"corridor:{origin}-{destination}",
            Corridor(origin, destination).text,
            {"origin": origin, "destination": destination},
        )
    if kind == SubjectKind.FILTER:
        return _search(wanted)
    if kind == SubjectKind.SCREENING:
        screening: Screening = screenings_visible_to(actor).filter(pk__in=[screening_id]).get()
        if screening.state != ScreeningState.DONE:
            raise BadInput(_("This screening is not finished yet. Watch its agencies when it is done."))
        return Subject(f"screening:{screening.pk}", screening.title, {"screening": screening})
    raise BadInput(_("Say what to watch: an agency, your chain, a corridor, a search or a screening."))


def _search(wanted: Mapping[str, str]) -> Subject:
    kept = {name: str(wanted[name]) for name in FILTERS if wanted.get(name)}
    if not kept:
        raise BadInput(
            _(
                "A search without any filter is the whole register. Choose a country, corridor, sector or status."
            )
        )
    known = {"status": Standing.values, "sector": dict(SECTOR_CHOICES)}
    wrong = [name for name, value in kept.items() if value not in known.get(name, dict(COUNTRY_CHOICES))]
    if wrong:
        raise BadInput(
            fields={name: [_("“%(value)s” is not known here.") % {"value": kept[name]}] for name in wrong}
        )
    if kept.get("origin") and kept.get("destination"):
        check_corridor(kept["origin"], kept["destination"])
    return Subject(f"filter:{canonical(kept)}", words_of_filter(kept), {"wanted": kept})


@transaction.atomic
def change_watch(*, watch_id: UUID, actor: User, settings: Settings) -> Watch:
    """Set who hears of it, how, and what is noted about it. Raises NotPermitted, BadInput."""
    row = lock(Watch, watch_id)
    if not may_change(row, actor):
        raise NotPermitted()
    _check(row, settings)
    row.title = settings.title.strip()
    row.note, row.relationship = settings.note.strip(), settings.relationship.strip()
    row.tempo, row.webhook, row.disclosed = settings.tempo, settings.webhook, settings.disclosed
    row.save()
    row.people.set(people_of(row.organisation).filter(pk__in=settings.people))
    data = {"tempo": row.tempo, "webhook": row.webhook, "disclosed": row.disclosed}
    events.record(row, act="changed", actor=actor, data=data)
    return row


def _check(row: Watch, settings: Settings) -> None:
    wrong: dict[str, list[Any]] = {}
    if not settings.title.strip():
        wrong["title"] = [_("Give the watch a name by which your colleagues know it.")]
    members = set(people_of(row.organisation).values_list("pk", flat=True))
    if not set(settings.people) <= members:
        wrong["people"] = [_("Only people of your own organisation can get its notices.")]
    if not settings.people and not settings.webhook:
        wrong["people"] = [_("Somebody has to hear of a change: choose a person, or the webhook.")]
    if settings.tempo not in Tempo.values:
        wrong["tempo"] = [_("Say when people hear of a change.")]
    if settings.disclosed and row.kind != SubjectKind.AGENCY:
        wrong["disclosed"] = [_("Only the watch of one agency can be shown to that agency.")]
    if wrong:
        raise BadInput(fields=wrong)


@transaction.atomic
def change_some(*, watch_id: UUID, actor: User, **changes: Any) -> Watch:
    """Set what is given and leave the rest as it is, whoever changes it meanwhile. Raises NotPermitted, BadInput."""
    row = lock(Watch, watch_id)
    return change_watch(watch_id=watch_id, actor=actor, settings=settings_of(row, **changes))


@transaction.atomic
def pause_watch(*, watch_id: UUID, actor: User) -> Watch:
    """No runs until it goes on."""
    row = lock(Watch, watch_id)
    act(row.pause, actor=actor)
    return row


@transaction.atomic
def resume_watch(*, watch_id: UUID, actor: User) -> Watch:
    """It goes on, and looks at once: what changed in the pause is told now."""
    row = lock(Watch, watch_id)
    act(row.resume, actor=actor)
    check_watch(watch_id=row.pk, cause=Cause.RESUMED)
    return Watch.objects.get(pk=row.pk)


@transaction.atomic
def end_watch(*, watch_id: UUID, actor: User) -> Watch:
    """No more runs. The ledger stays."""
    row = lock(Watch, watch_id)
    act(row.end, actor=actor)
    return row


@transaction.atomic
def set_plan(*, actor: User, hour: int, weekday: int, when_unchanged: bool) -> Plan:
    """When the organisation gets its digests, in UTC. Raises NotPermitted, BadInput."""
    if not may_watch(actor) or actor.organisation is None:
        raise NotPermitted()
    if not (0 <= hour <= 23 and 0 <= weekday <= 6):
        raise BadInput(_("Choose an hour from 0 to 23 and a day of the week."))
    values = {"hour": hour, "weekday": weekday, "when_unchanged": when_unchanged}
    plan, _made = Plan.objects.update_or_create(organisation=actor.organisation, defaults=values)
    return plan


def people_ids(people: Iterable[User]) -> tuple[UUID, ...]:
    """Keys of people, for Settings."""
    return tuple(person.pk for person in people)


def settings_of(row: Watch, **changes: Any) -> Settings:
    """What is set on a watch now, with these changes: for callers that change one thing and not the others."""
    now: dict[str, Any] = {
        "title": row.title,
        "note": row.note,
        "relationship": row.relationship,
        "people": people_ids(people_of(row.organisation).filter(pk__in=row.people.values("pk"))),
        "tempo": row.tempo,
        "webhook": row.webhook,
        "disclosed": row.disclosed,
    }
    return Settings(**{**now, **changes})
