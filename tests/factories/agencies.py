"""Agencies, enrolled by the real services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from certification.agencies import selectors, services
from certification.agencies.models import Agency, Licence
from certification.agencies.services import Contact, LegalEntity, LicenceAnswers, OfficerAnswers
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import accounts, numbers
from tests.stock import stocked

_numbers = numbers()
AUTHORITY = {"NP": "Department of Foreign Employment", "PH": "Department of Migrant Workers"}


def legal_entity(name: str | None = None, country: str = "NP", **more: object) -> LegalEntity:
    """A private company with a number nobody else has."""
    number = next(_numbers)
    words = {
        "legal_name": name or f"Agency {number} Pvt. Ltd.",
        "registration_number": f"REG-{number:06d}",
        "country": country,
        "kind": "private",
    }
    return LegalEntity(**{**words, **more})  # type: ignore[arg-type]


def contact() -> Contact:
    """A head office with a person to ask."""
    return Contact(
        address="14 Temple Road",
        city="Kathmandu",
        contact_name="Sabina Tharu",
        email="office@example.org",
        phone="+977 1 5550123",
    )


def licence_answers(
    country: str = "NP", *, days: int = 365, number: str = "", **more: object
) -> LicenceAnswers:
    """A licence that started a month ago and ends in so many days."""
    words = {
        "country": country,
        "authority": AUTHORITY.get(country, "Labour authority"),
        "number": number or f"L-{next(_numbers)}/064/065",
        "valid_from": clocks.today() - timedelta(days=30),
        "valid_to": clocks.today() + timedelta(days=days),
    }
    return LicenceAnswers(**{**words, **more})  # type: ignore[arg-type]


def officer_answers(name: str = "", **more: object) -> OfficerAnswers:
    """An owner who also directs, of a name that nobody else has."""
    words = {
        "kind": "person",
        "name": name or f"Owner {next(_numbers):04d}",
        "role": "owner_director",
        "country": "NP",
    }
    return OfficerAnswers(**{**words, **more})  # type: ignore[arg-type]


@stocked
def licence(agency: Agency, *, days: int = 365, country: str = "", **more: object) -> Licence:
    """A licence of the agency in its own country, unless told otherwise."""
    answers = licence_answers(country or agency.country, days=days, **more)  # type: ignore[arg-type]
    return services.add_licence(agency_id=agency.pk, actor=signatory(agency), answers=answers)


def signatory(agency: Agency) -> User:
    """The person who signs for the agency."""
    found = selectors.signatory(agency)
    assert found is not None
    return found


@stocked
def colleague(agency: Agency, role: str) -> User:
    """Another person of the agency."""
    return accounts.person(role=role, organisation=agency.organisation)


@stocked
def agency(
    name: str | None = None,
    country: str = "NP",
    complete: bool = True,
    corridors: Iterable[tuple[str, str]] | None = None,
    sectors: Iterable[str] = ("manufacturing",),
    actor: User | None = None,
) -> Agency:
    """An agency with a signatory; complete ones are confirmed and may apply."""
    entity = legal_entity(name, country)
    if actor is None:
        organisation = accounts.organisation("agency", entity.legal_name, country)
        actor = accounts.person(role="signatory", organisation=organisation)
    made = services.enrol_agency(actor=actor, details=entity, contact=contact() if complete else None)
    if not complete:
        return made
    destination = "MY" if country != "MY" else "QA"
    licence(made)
    services.set_corridors(agency_id=made.pk, actor=actor, corridors=corridors or [(country, destination)])
    services.set_sectors(agency_id=made.pk, actor=actor, sectors=sectors)
    services.add_officer(agency_id=made.pk, actor=actor, answers=officer_answers())
    services.declare_sanctions(agency_id=made.pk, actor=actor, answer="none")
    return services.confirm_enrolment(agency_id=made.pk, actor=actor)
