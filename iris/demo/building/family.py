"""Owners, related companies, trees of sub-agents, a likeness to a withdrawn agency, and reported changes."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from certification.agencies import selectors
from certification.agencies import services as agencies
from certification.agencies.models import Agency
from certification.agencies.services import (
    BranchAnswers,
    BranchPersonAnswers,
    ChangeAnswers,
    Contact,
    IdentifierAnswers,
    LegalEntity,
    LicenceAnswers,
    OfficerAnswers,
    RelatedAnswers,
    SubAgentAnswers,
)
from iris.accounts import services as accounts
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.demo.building.scheme import World, person

# Invented people. One of them stands behind two agencies.
SHARED_DIRECTOR = ("Rafiq Talukder Meghna", 1971)
FIRST = (
    "Anjali",
    "Bao",
    "Carmela",
    "Desta",
    "Emeka",
    "Farida",
    "Gyan",
    "Hanan",
    "Irwan",
    "Jomo",
    "Kavya",
    "Lamai",
)
LAST = (
    "Adhikaram",
    "Bolante",
    "Chanthol",
    "Demissa",
    "Eshetu",
    "Fonsekar",
    "Gurungma",
    "Hartonoe",
    "Ismaila",
)


def officers(name: str, country: str, seed: int) -> list[OfficerAnswers]:
    """One or two people who own and direct an agency; the same for the same seed."""
    if name == "Meghnatir International":
        who, born = SHARED_DIRECTOR
        return [
            OfficerAnswers(
                kind="person",
                name=who,
                role="owner_director",
                country="BD",
                share=Decimal(80),
                birth_year=born,
            )
        ]
    first = OfficerAnswers(
        kind="person",
        name=f"{FIRST[seed % len(FIRST)]} {LAST[seed // 11 % len(LAST)]} {chr(65 + seed // 101 % 26)}.",
        role="owner_director",
        country=country,
        share=Decimal(100 if seed % 2 else 60),
        birth_year=1955 + seed % 40,
    )
    if seed % 2:
        return [first]
    second = OfficerAnswers(
        kind="person",
        name=f"{FIRST[seed // 13 % len(FIRST)]} {LAST[seed // 17 % len(LAST)]} {chr(65 + seed // 103 % 26)}.",
        role="owner",
        country=country,
        share=Decimal(40),
        birth_year=1958 + seed // 7 % 38,
    )
    return [first, second]


def build(world: World, now: datetime) -> None:
    """Two agencies told in full, one that resembles a withdrawn one, and what was reported."""
    with clocks.freeze(now - timedelta(days=6)):
        _tree(world.agencies["Kalimaru Overseas Services Pvt. Ltd."])
        _tree_forbidden(world.agencies["Nilgiri Crest Placement Services"])
    with clocks.freeze(now - timedelta(days=40)):
        _reborn(world)
    with clocks.freeze(now - timedelta(days=9)):
        _changes(world)
    with clocks.freeze(now - timedelta(hours=3)):
        agencies.look_for_likenesses()


def _signatory(agency: Agency) -> User:
    found = selectors.signatory(agency)
    assert found is not None
    return found


def _tree(agency: Agency) -> None:
    """Three steps from Kathmandu to a village, a branch with its people, an LEI, a sister company."""
    actor = _signatory(agency)
    today = clocks.today()
    east = agencies.add_branch(
        agency_id=agency.pk,
        actor=actor,
        answers=BranchAnswers(
            name="East office",
            country="NP",
            city="Biratnagar",
            address="7 Station Road",
            responsible="Office manager",
            phone="+977 21 5550177",
            authority_reference="BR-0112",
        ),
    )
    for name, role, days in (
        ("Sarita Limbune", "Signs with jobseekers", 800),
        ("Hari Raine", "Interviews", 90),
    ):
        agencies.add_branch_person(
            agency_id=agency.pk,
            actor=actor,
            answers=BranchPersonAnswers(
                branch=east.pk,
                name=name,
                role=role,
                since=today - timedelta(days=days),
                phone="+977 21 5550178",
            ),
        )
    above = None
    for name, city, district, agreed in (
        ("Purbeli Job Links", "Dharan", "Sunsari", 700),
        ("Dil Bahadur Thapale", "Itahari", "Sunsari", 500),
        ("Maya Chaudharine", "Inaruwa", "Sunsari", 0),
    ):
        row = agencies.add_sub_agent(
            agency_id=agency.pk,
            actor=actor,
            answers=SubAgentAnswers(
                name=name,
                country="NP",
                city=city,
                district=district,
                parent=above,
                agreement_on=today - timedelta(days=agreed) if agreed else None,
                fee_terms="NPR 3,000 for each worker who departs, paid by us. Workers pay nothing."
                if agreed
                else "",
                since=today - timedelta(days=agreed or 60),
            ),
        )
        above = row.pk
    agencies.add_identifier(
        agency_id=agency.pk,
        actor=actor,
        answers=IdentifierAnswers(scheme="lei", value=lei("ORISDEMO00KALIMARU")),
    )
    agencies.add_related(
        agency_id=agency.pk,
        actor=actor,
        answers=RelatedAnswers(kind="sister", name="Kalimaru Training Centre Pvt. Ltd.", country="NP"),
    )


def lei(start: str) -> str:
    """Eighteen signs with the two check digits that fit them (ISO 17442): invented, and well formed."""
    digits = "".join(str(int(sign, 36)) for sign in f"{start}00")
    return f"{start}{98 - int(digits) % 97:02d}"


def _tree_forbidden(agency: Agency) -> None:
    """A sub-agent in a country whose law forbids them."""
    agencies.add_sub_agent(
        agency_id=agency.pk,
        actor=_signatory(agency),
        answers=SubAgentAnswers(name="Kaveri Field Contacts", country="IN", city="Salem", district="Salem"),
    )


def _reborn(world: World) -> None:
    """A new agency with the director and the phone of the one whose certificate was withdrawn."""
    old = world.agencies["Meghnatir International"]
    name = "Meghna Tir Overseas Ltd."
    organisation = accounts.create_organisation(OrganisationKind.AGENCY, name, "BD")
    actor = person("Shirin Akandar", organisation, "signatory", at="meghnatir-overseas")
    agency = agencies.enrol_agency(
        actor=actor,
        details=LegalEntity(legal_name=name, registration_number="BD-774120", country="BD"),
        contact=Contact(
            address=old.address,
            city=old.city,
            contact_name="Shirin Akandar",
            email="office@meghnatir-overseas.example",
            phone=old.phone,
        ),
    )
    world.agencies[name] = agency
    who, born = SHARED_DIRECTOR
    key: dict[str, Any] = {"agency_id": agency.pk, "actor": actor}
    agencies.add_officer(
        **key,
        answers=OfficerAnswers(kind="person", name=who, role="director", country="BD", birth_year=born),
    )
    agencies.add_officer(
        **key,
        answers=OfficerAnswers(
            kind="person",
            name="Shirin Akandar",
            role="owner",
            country="BD",
            share=Decimal(100),
            birth_year=1990,
        ),
    )
    agencies.add_licence(
        **key,
        answers=LicenceAnswers(
            country="BD",
            authority="Ministry of Labour",
            number="BD-L-20417",
            valid_from=clocks.today() - timedelta(days=20),
            valid_to=clocks.today() + timedelta(days=700),
        ),
    )
    agencies.set_corridors(**key, corridors=[("BD", "SA")])
    agencies.set_sectors(**key, sectors=["construction"])
    agencies.declare_sanctions(**key, answer="none")
    agencies.confirm_enrolment(**key)


def _changes(world: World) -> None:
    """One report told late and noted, one that waits for the scheme, one that the agency still has to tell."""
    today = clocks.today()
    rows = (
        (
            "Kalimaru Overseas Services Pvt. Ltd.",
            "case",
            4,
            "The labour court opened a case about two refunds.",
        ),
        ("Talabright Human Resources Inc.", "owner", 31, "Our second owner sold her share to the first."),
    )
    reports = [
        agencies.report_change(
            agency_id=world.agencies[name].pk,
            actor=_signatory(world.agencies[name]),
            answers=ChangeAnswers(kind=kind, happened_on=today - timedelta(days=days), text=text),
        )
        for name, kind, days, text in rows
    ]
    agencies.note_change(
        report_id=reports[1].pk,
        actor=world.staff["screener"],
        reason="Read. The register shows the new shares. Please report within the time next change.",
    )
    shapla = world.agencies["Shapla Bridge Recruiting Ltd."]
    agencies.add_corridor(agency_id=shapla.pk, actor=_signatory(shapla), origin="BD", destination="MY")
