"""A small chain for tests of the map, with a day between what was and what is."""

from datetime import date
from typing import Any

from supplychain.chains import services
from supplychain.chains.models import Party
from supplychain.chains.states import PartyKind
from tests.factories import accounts

DAY = date(2025, 3, 3)


def party(user: Any, kind: str, name: str, country: str = "NP", **more: Any) -> Party:
    """One party of the person's employer."""
    return services.add_party(actor=user, kind=PartyKind(kind), name=name, country=country, **more)


def join(user: Any, upper: Party, *lower: Party, since: date = DAY, workers: int | None = None) -> None:
    """Links from one party to others."""
    for one in lower:
        services.add_link(actor=user, upper=upper, lower=one, since=since, workers=workers)


def small_chain(user: Any = None, agency: Any = None) -> tuple[Any, dict[str, Party]]:
    """(its person, parties by name): buyer over two sites, over a shared recruiter with two sub-agents."""
    user = user or accounts.person("employer", "sourcing_manager")
    made = {
        "Buyer": party(user, "buyer", "Buyer", "DE"),
        "Site A": party(user, "site", "Site A", "QA"),
        "Site B": party(user, "site", "Site B", "MY"),
        "Shared": party(user, "recruiter_origin", "Shared", agency=agency),
        "Sub 1": party(user, "sub_agent", "Sub 1"),
        "Sub 2": party(user, "sub_agent", "=Sub 2"),
    }
    join(user, made["Buyer"], made["Site A"], made["Site B"])
    join(user, made["Site A"], made["Shared"], workers=40)
    join(user, made["Site B"], made["Shared"], workers=5)
    join(user, made["Shared"], made["Sub 1"], made["Sub 2"], workers=7)
    return user, made
