"""People and organisations, made by the real services."""

from __future__ import annotations

from iris.accounts import services
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import acting_memberships, scheme_organisation
from iris.accounts.states import FIRST_ROLE, OrganisationKind, OrganisationState
from tests.factories import numbers
from tests.stock import stocked

_numbers = numbers()
PASSWORD = "a long and plain password"


@stocked
def organisation(kind: str = "agency", name: str | None = None, country: str = "NP") -> Organisation:
    """An organisation that may act; those the scheme vets are admitted by a scheme manager."""
    if kind == OrganisationKind.SCHEME:
        return scheme_organisation() or services.create_organisation(kind, name or "Test Scheme", country)
    made = services.create_organisation(
        kind, name or f"{kind.replace('_', ' ').title()} {next(_numbers)}", country
    )
    if made.state == OrganisationState.APPLIED:
        vetter = person("scheme", "scheme_manager", email=f"vetter{next(_numbers)}@example.org")
        made = services.vet_organisation(made.pk, vetter, True)
    return made


@stocked
def person(
    kind: str | None = None,
    role: str | None = None,
    organisation: Organisation | None = None,
    name: str | None = None,
    email: str | None = None,
) -> User:
    """A person with a confirmed address; with `kind` a member of an organisation, acting for it."""
    number = next(_numbers)
    user = services.register_person(
        email or f"person{number}@example.org", name or f"Person {number}", PASSWORD, verified=True
    )
    if organisation is None and kind is not None:
        organisation = globals()["organisation"](kind)
    if organisation is not None:
        join(user, organisation, role)
    return user


def join(user: User, organisation: Organisation, role: str | None = None) -> User:
    """Make a person a member and let them act for that organisation."""
    services.add_member(organisation, user, role or FIRST_ROLE[organisation.kind])
    user.acting = acting_memberships(user).get(organisation=organisation)
    return user
