"""Add parties, and change what is known of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import Organisation, User
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock
from iris.core.places import SECTORS, is_country
from supplychain.chains.models import Link, Party
from supplychain.chains.models.parties import NAME_LENGTH
from supplychain.chains.rules import day_problem, is_no_name
from supplychain.chains.services.changing import changing, note_version, own
from supplychain.chains.states import INTERMEDIARIES, PartyKind


@dataclass(frozen=True)
class About:
    """What else may be known of a party; the last five of a group of workers only."""

    number: str = ""
    address: str = ""
    owner: str = ""
    workers: int | None = None
    origin: str = ""
    destination: str = ""
    sector: str = ""
    arrived_on: date | None = None


def check_party(kind: PartyKind, name: str, country: str, about: About) -> None:
    """Raises BadInput with a sentence for every field that cannot be so."""
    wrong: dict[str, list[str]] = {}
    if len(name) > NAME_LENGTH:
        wrong["name"] = [
            _("The name has %(n)s characters; at most 300. Shorten it.") % {"n": f"{len(name):,}"}
        ]
    elif not name and kind not in INTERMEDIARIES:
        wrong["name"] = [_("Give the name. Only a recruiter or sub-agent may be left unknown.")]
    elif any(not char.isprintable() for char in name):
        wrong["name"] = [_("The name holds a character that cannot be printed. Type it again.")]
    for field, code in (("country", country), ("origin", about.origin), ("destination", about.destination)):
        if code and not is_country(code):
            wrong[field] = [_("Choose a country; “%(found)s” is not one we know.") % {"found": code[:20]}]
    if about.origin and about.origin == about.destination:
        wrong["destination"] = [
            _("A corridor goes from one country to another; both are the same. Change one of them.")
        ]
    if about.sector and about.sector not in SECTORS:
        wrong["sector"] = [
            _("Choose a sector; “%(found)s” is not one we know.") % {"found": about.sector[:20]}
        ]
    if about.arrived_on and (problem := day_problem(about.arrived_on, clocks.today())):
        wrong["arrived_on"] = [problem]
    if kind != PartyKind.COHORT and (
        about.workers is not None or about.origin or about.destination or about.sector or about.arrived_on
    ):
        wrong["workers"] = [
            _("Workers, corridor, sector and arrival belong to a group of workers. Leave them empty here.")
        ]
    if wrong:
        raise BadInput(fields=wrong)


@transaction.atomic
def add_party(
    *,
    actor: User,
    kind: PartyKind,
    name: str,
    country: str = "",
    agency: Agency | None = None,
    **about: Any,
) -> Party:
    """Add a party to the employer's chain; the same one twice is the same one. Raises NotPermitted, BadInput.

    A recruiter or sub-agent without a name ("", "unknown", "n/a") is kept as somebody nobody has named, each a new one.
    """
    organisation = own(actor)
    with changing(organisation):
        return place_party(
            organisation,
            actor,
            kind,
            name,
            country,
            About(**about),
            agency,
        )


def place_party(
    organisation: Organisation,
    actor: User,
    kind: PartyKind,
    name: str,
    country: str,
    about: About,
    agency: Agency | None = None,
) -> Party:
    """The party, made where it is not there yet. Inside `changing`."""
    name = " ".join(name.split())
    kind = PartyKind(kind)
    nameless = kind in INTERMEDIARIES and is_no_name(name)
    check_party(kind, "" if nameless else name, country, about)
    if nameless:
        name = unknown_name(organisation, kind)
    party, made = Party.objects.get_or_create(
        organisation=organisation,
        kind=kind,
        name=name,
        country=country,
        gone_at=None,
        defaults={"agency": agency, "nameless": nameless, **asdict(about)},
    )
    if made:
        note_version(party)
        events.record(party, act="added", actor=actor, data={"kind": str(kind)})
    return party


def unknown_name(organisation: Organisation, kind: PartyKind, more: int = 0) -> str:
    """ "Unknown recruiter 3": the next that is free."""
    known = Party.objects.filter(organisation=organisation, nameless=True).count()
    pattern = _("Unknown sub-agent %(n)s") if kind == PartyKind.SUB_AGENT else _("Unknown recruiter %(n)s")
    return pattern % {"n": known + more + 1}


def own_party(party_id: UUID, organisation: Organisation) -> Party:
    """The party, locked. Raises DoesNotExist for another employer's, Conflict where it is no longer one."""
    party = lock(Party, party_id)
    if party.organisation_id != organisation.pk:
        raise NotPermitted()
    if party.gone_at is not None:
        raise Conflict(_("“%(name)s” is no longer in the chain. Reload the page.") % {"name": party.name})
    return party


@transaction.atomic
def change_party(*, party_id: UUID, actor: User, changes: Mapping[str, object], reason: str = "") -> Party:
    """Change what is known of a party: name, country, kind and everything of About. What it was stays in its versions.

    A party without a name that gets one is no longer nameless. Raises NotPermitted, BadInput, Conflict.
    """
    organisation = own(actor)
    with changing(organisation):
        party = own_party(party_id, organisation)
        if party.confidential and "name" in changes:
            raise BadInput(
                fields={"name": [_("The supplier keeps this name. Ask it to open the name instead.")]}
            )
        before = {name: getattr(party, name) for name in changes}
        for name, value in changes.items():
            setattr(
                party, name, " ".join(value.split()) if name == "name" and isinstance(value, str) else value
            )
        changed = [name for name in changes if getattr(party, name) != before[name]]
        if not changed:
            return party
        if "name" in changed:
            party.nameless = False
        about = About(**{name: getattr(party, name) for name in About.__dataclass_fields__})
        check_party(PartyKind(party.kind), party.name, party.country, about)
        _not_twice(party)
        party.save()
        note_version(party)
        events.record(party, act="changed", actor=actor, reason=reason, data={"fields": sorted(changed)})
    return party


def _not_twice(party: Party) -> None:
    twin = Party.objects.filter(
        organisation_id=party.organisation_id,
        kind=party.kind,
        name=party.name,
        country=party.country,
        gone_at=None,
    ).exclude(pk=party.pk)
    if twin.exists():
        raise BadInput(
            fields={
                "name": [
                    _("“%(name)s” stands in the chain already. Are they the same? Then merge the two.")
                    % {"name": party.name}
                ]
            }
        )


@transaction.atomic
def merge_parties(*, keep_id: UUID, other_id: UUID, actor: User, reason: str = "") -> Party:
    """Two parties are one: the links of `other` become links of the kept one, and `other` is no longer a party.

    A link between the two falls away; one that the kept party has already (same ends, same first day) is not doubled.
    """
    organisation = own(actor)
    if keep_id == other_id:
        raise BadInput(fields={"other": [_("A party cannot be merged with itself. Choose another one.")]})
    with changing(organisation):
        keep, other = own_party(keep_id, organisation), own_party(other_id, organisation)
        if keep.kind != other.kind:
            raise BadInput(
                fields={
                    "other": [
                        _("“%(one)s” is a %(a)s and “%(two)s” a %(b)s. Change the kind of one of them first.")
                        % {
                            "one": keep.name,
                            "two": other.name,
                            "a": keep.get_kind_display().lower(),
                            "b": other.get_kind_display().lower(),
                        }
                    ]
                }
            )
        if keep.confidential or other.confidential:
            raise BadInput(fields={"other": [_("A party whose name is kept cannot be merged with another.")]})
        moved = _move_links(keep, other)
        if not keep.agency_id:
            keep.decisions = other.decisions
        for name in ("agency_id", "number", "address", "owner"):
            if not getattr(keep, name):
                setattr(keep, name, getattr(other, name))
        keep.save()
        note_version(keep)
        other.merged_into, other.gone_at = keep, clocks.now()
        other.save(update_fields=["merged_into", "gone_at"])
        note_version(other)
        data = {"other": str(other.pk), "links": moved}
        events.record(keep, act="merged", actor=actor, reason=reason, data=data)
        events.record(other, act="merged_away", actor=actor, reason=reason, data={"into": str(keep.pk)})
    return keep


def _move_links(keep: Party, other: Party) -> int:
    from supplychain.chains.services.linking import replace

    held = Link.objects.filter(organisation_id=keep.organisation_id, replaced_at=None)
    there = set(held.values_list("upper_id", "lower_id", "since"))
    moved = 0
    for link in [*held.filter(upper=other), *held.filter(lower=other)]:
        upper = keep.pk if link.upper_id == other.pk else link.upper_id
        lower = keep.pk if link.lower_id == other.pk else link.lower_id
        if upper == lower or (upper, lower, link.since) in there:
            replace(link, None)
            continue
        replace(link, {"upper_id": upper, "lower_id": lower})
        there.add((upper, lower, link.since))
        moved += 1
    return moved


@transaction.atomic
def remove_party(*, party_id: UUID, actor: User, reason: str) -> Party:
    """Take out a party that was entered by mistake, with its links. What was known stays readable."""
    from supplychain.chains.services.linking import replace

    organisation = own(actor)
    if not reason.strip():
        raise BadInput(fields={"reason": [_("Say why it was a mistake.")]})
    with changing(organisation):
        party = own_party(party_id, organisation)
        links = [*party.below.filter(replaced_at=None), *party.above.filter(replaced_at=None)]
        for link in links:
            replace(link, None)
        party.gone_at = clocks.now()
        party.save(update_fields=["gone_at"])
        note_version(party)
        events.record(party, act="removed", actor=actor, reason=reason, data={"links": len(links)})
    return party


@transaction.atomic
def end_party(*, party_id: UUID, actor: User, on: date, reason: str = "") -> int:
    """The employer no longer gets workers through this party: every link to and from it ends on a day."""
    from supplychain.chains.services.linking import end

    organisation = own(actor)
    with changing(organisation):
        party = own_party(party_id, organisation)
        links = [*party.below.filter(replaced_at=None), *party.above.filter(replaced_at=None)]
        running = [link for link in links if link.until is None or link.until > on]
        late = [link for link in running if link.since > on]
        if late:
            raise BadInput(
                fields={
                    "until": [
                        _("A link of it begins only on %(day)s. Give a later day, or remove that link.")
                        % {"day": in_words(late[0].since)}
                    ]
                }
            )
        for link in running:
            end(link, on)
        events.record(
            party, act="ended", actor=actor, reason=reason, data={"on": on.isoformat(), "links": len(running)}
        )
    return len(running)
