"""Chains, made by the real services."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from iris.accounts.models import User
from supplychain.chains import services
from supplychain.chains.models import Link, Party
from supplychain.chains.states import PartyKind
from tests.factories import accounts, numbers
from tests.stock import stocked

_numbers = numbers()
SINCE = date(2026, 1, 5)


@stocked
def buyer(name: str | None = None) -> User:
    """A sourcing manager of a new employer."""
    organisation = accounts.organisation("employer", name) if name else None
    return accounts.person("employer", "sourcing_manager", organisation)


@stocked
def party(
    actor: User, kind: str = "recruiter_origin", name: str | None = None, country: str = "NP", **about: Any
) -> Party:
    """One party of the actor's chain."""
    name = f"{PartyKind(kind).label} {next(_numbers)}" if name is None else name
    return services.add_party(actor=actor, kind=PartyKind(kind), name=name, country=country, **about)


@stocked
def link(actor: User, upper: Party, lower: Party, since: date = SINCE, **more: Any) -> Link:
    """One link."""
    return services.add_link(actor=actor, upper=upper, lower=lower, since=since, **more)


def line(actor: User, *parties: Party, since: date = SINCE) -> list[Link]:
    """Links from each party to the next."""
    return [link(actor, upper, lower, since) for upper, lower in pairwise(parties)]
