"""The people and organisations around the agencies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from audits.bodies import services as bodies
from audits.bodies.models import Auditor
from audits.bodies.states import language_table
from certification.agencies.models import Agency
from iris.accounts import services as accounts
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import acting_memberships, scheme_organisation
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.core.places import COUNTRY_CHOICES, SECTORS

PASSWORD = "demo-people-only"
EVERYWHERE = [code for code, _name in COUNTRY_CHOICES]


@dataclass
class World:
    """Who is there."""

    spec: Mapping[str, Any]
    staff: dict[str, User] = field(default_factory=dict)
    deciders: list[User] = field(default_factory=list)
    auditors: list[Auditor] = field(default_factory=list)
    employers: list[tuple[User, Mapping[str, Any]]] = field(default_factory=list)
    agencies: dict[str, Agency] = field(default_factory=dict)

    def a_name(self, seed: int) -> str:
        """An invented person's name, the same for the same seed."""
        first, last = self.spec["first_names"], self.spec["last_names"]
        return f"{first[seed % len(first)]} {last[seed // 7 % len(last)]}"


def slug(name: str) -> str:
    """The part of an address: letters and dots only."""
    from iris.matching import normalise

    return normalise(name).replace(" ", ".") or "person"


def person(name: str, organisation: Organisation, role: str, *, demo: bool = False, at: str = "") -> User:
    """A person with a confirmed address who belongs to an organisation."""
    domain = at or slug(organisation.name).split(".")[0]
    user = accounts.register_person(f"{slug(name)}@{domain}.example", name, PASSWORD, verified=True)
    accounts.add_member(organisation, user, role)
    user.acting = acting_memberships(user).get(organisation=organisation)
    return accounts.mark_demo(user) if demo else user


def build(spec: Mapping[str, Any], first_day: date) -> World:
    """The scheme, the audit firms with their auditors, employers, governments, and organisations that apply."""
    world = World(spec)
    scheme = scheme_organisation() or accounts.create_organisation(
        OrganisationKind.SCHEME, "Scheme office", "CH"
    )
    for row in spec["scheme"]:
        user = person(row["name"], scheme, row["role"], demo=True, at="scheme")
        world.staff.setdefault(row["role"], user)
        if row["role"] == "decider":
            world.deciders.append(user)
    for row in spec["firms"]:
        _firm(world, row, first_day)
    for row in spec["employers"]:
        user = _vetted(world, OrganisationKind.EMPLOYER, row, "sourcing_manager")
        world.employers.append((user, row))
    for row in spec["governments"]:
        _vetted(world, OrganisationKind.GOVERNMENT, {**row, "demo": True}, "reader")
    return world


def _vetted(world: World, kind: str, row: Mapping[str, Any], role: str) -> User:
    made = accounts.create_organisation(kind, row["name"], row["country"])
    made = accounts.vet_organisation(made.pk, world.staff["scheme_manager"], True)
    return person(row["person"], made, role, demo=bool(row.get("demo")))


def _firm(world: World, row: Mapping[str, Any], first_day: date) -> None:
    manager = world.staff["scheme_manager"]
    made = accounts.create_organisation(OrganisationKind.AUDIT_FIRM, row["name"], row["country"])
    made = accounts.vet_organisation(made.pk, manager, True)
    firm = bodies.approve_firm(organisation_id=made.pk, actor=manager, approved_from=first_day)
    competence = bodies.Competence(
        lead=True, languages=list(language_table()[0]), countries=EVERYWHERE, sectors=list(SECTORS)
    )
    for index, name in enumerate(row["auditors"]):
        user = person(name, made, "lead_auditor", demo=name == row.get("demo"))
        if index == 0:
            accounts.add_member(made, _firm_manager(row, made), "firm_manager")
        auditor = bodies.approve_auditor(
            firm_id=firm.pk, person_id=user.pk, actor=manager, competence=competence, approved_from=first_day
        )
        world.auditors.append(auditor)
        _keep_fit(auditor, manager, first_day)


def _keep_fit(auditor: Auditor, manager: User, first_day: date) -> None:
    """Scheme training and a declaration of interests without a gap, from the first day of the story to its last."""
    for months in range(0, 43, 11):
        day = clocks.add_months(first_day, months)
        with clocks.freeze(datetime.combine(day, time(8), tzinfo=UTC)):
            bodies.declare_interests(
                auditor_id=auditor.pk,
                actor=auditor.person,
                text="No work, money or family ties with an agency.",
            )
    for months, course in ((0, "Lead auditor course"), (30, "Lead auditor course, refresher")):
        day = clocks.add_months(first_day, months)
        with clocks.freeze(datetime.combine(day, time(8), tzinfo=UTC)):
            bodies.record_training(auditor_id=auditor.pk, actor=manager, course=course, passed_on=day)


def _firm_manager(row: Mapping[str, Any], organisation: Organisation) -> User:
    domain = slug(organisation.name).split(".")[0]
    return accounts.register_person(
        f"office@{domain}.example", f"Office of {row['name']}", PASSWORD, verified=True
    )


def applicants(spec: Mapping[str, Any]) -> None:
    """Organisations that wait for the scheme's answer."""
    for row in spec["applicants"]:
        domain = slug(row["name"]).split(".")[0]
        user = accounts.register_person(
            f"{slug(row['person'])}@{domain}.example", row["person"], PASSWORD, verified=True
        )
        facts = accounts.OrganisationFacts(
            kind=row["kind"],
            name=row["name"],
            country=row["country"],
            purpose="We place or support migrant workers and want to check the agencies they came through.",
            contact_name=row["person"],
            contact_email=user.email,
        )
        accounts.apply_organisation(actor=user, facts=facts)
