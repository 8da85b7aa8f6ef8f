"""The fixed records. Their ids, numbers and dates never change, so that tests of others can be built on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text

SPACE = UUID("6f1d2c5e-0c3b-5d54-9a3e-2a7f3a1b9c10")
MADE = "2026-01-15T09:00:00Z"


@dataclass(frozen=True)
class Case:
    """One fixed agency: what it is there to show, and how its certificate stands (empty: none)."""

    name: str
    shows: Text
    status: str = ""
    number: str = ""
    reason: str = ""
    since: str = "2026-01-15"
    licence: str = "valid"
    corridors: tuple[tuple[str, str], ...] = (("NP", "QA"), ("NP", "AE"))
    revision: int = 1

    @property
    def id(self) -> str:
        """Its id, for ever."""
        return str(uuid5(SPACE, self.name))

    @property
    def valid(self) -> bool:
        """Whether it may be relied on in its scope."""
        return self.status in ("certified", "certified_with_conditions", "reduced_scope")


AGENCIES: tuple[Case, ...] = (
    Case("Test Certified Manpower", _("A certificate in force"), "certified", "SANDBOX-C-0001"),
    Case(
        "Test Conditional Recruiters",
        _("In force, with conditions to meet"),
        "certified_with_conditions",
        "SANDBOX-C-0002",
    ),
    Case(
        "Test Narrow Overseas",
        _("In force for fewer corridors than before: Nepal to Qatar only"),
        "reduced_scope",
        "SANDBOX-C-0003",
        since="2026-03-01",
        corridors=(("NP", "QA"),),
        revision=2,
    ),
    Case(
        "Test Suspended Services",
        _("Suspended: do not rely on it"),
        "suspended",
        "SANDBOX-C-0004",
        "critical_finding",
        "2026-04-10",
    ),
    Case(
        "Test Withdrawn Agency",
        _("Withdrawn for good"),
        "withdrawn",
        "SANDBOX-C-0005",
        "complaint",
        "2026-05-20",
    ),
    Case("Test Expired Placement", _("Its time is over"), "expired", "SANDBOX-C-0006", since="2026-01-14"),
    Case("Test Enrolled Only", _("Enrolled, never certified; its licence is not known"), licence=""),
    Case("Test Lost Licence", _("Enrolled, with a licence whose time is over"), licence="over"),
    Case("Test Twin Overseas (East)", _("One of two agencies alike: a check cannot choose")),
    Case("Test Twin Overseas (West)", _("The other of the two")),
)

# What to type -> outcome of a check, and what it shows.
LOOKUPS: tuple[tuple[str, str, Text], ...] = (
    ("Test Certified Manpower", "found", _("Found; `verdict` is certified")),
    ("Test Suspended Services", "found", _("Found; `verdict` is not_valid")),
    ("Test Narrow Overseas", "found", _("Found; asked for NP to AE, `verdict` is other_scope")),
    ("Test Enrolled Only", "found", _("Found; `verdict` is not_certified")),
    ("SBX-004", "found", _("Found by the number of a licence")),
    ("Test Twin Overseas", "ambiguous", _("Two agencies alike")),
    ("Test Certifed Manpwer", "possible", _("Alike, and not the same: a person has to look")),
    ("Nobody Knows This Agency", "not_found", _("Any other text: nothing alike")),
    ("??", "invalid", _("Nothing that could be searched for")),
)


def registration(case: Case) -> str:
    """Its number in the company register."""
    return f"SANDBOX-{AGENCIES.index(case) + 1:03d}"


def licence_number(case: Case) -> str:
    """The number of its licence."""
    return f"SBX-{AGENCIES.index(case) + 1:03d}"


def numbers(case: Case) -> list[str]:
    """Every number that finds it."""
    licence = [licence_number(case)] if case.licence else []
    return [registration(case), *licence, *([case.number] if case.number else [])]


def agency(case: Case) -> dict[str, Any]:
    """An agency as the API tells it."""
    over = case.licence == "over"
    licences = [
        {
            "country": "NP",
            "authority": "Sandbox Department of Labour",
            "number": licence_number(case),
            "valid_from": "2020-01-01",
            "valid_to": "2025-12-31" if over else "2030-12-31",
        }
    ]
    return {
        "id": case.id,
        "legal_name": case.name,
        "registration_number": registration(case),
        "country": "NP",
        "kind": "private",
        "city": "Kathmandu",
        "website": "",
        "enrolled_at": MADE,
        "names": [{"kind": "legal", "name": case.name, "lang": "en"}],
        "licences": licences if case.licence else [],
        "corridors": corridors(case),
        "sectors": ["construction"],
        "branches": [],
        "sub_agents_declared": 0,
        "owners_declared": 1,
        "ended": None,
    }


def corridors(case: Case) -> list[dict[str, str]]:
    """From where to where."""
    return [{"origin": origin, "destination": destination} for origin, destination in case.corridors]


def certificate(case: Case) -> dict[str, Any]:
    """A certificate as the API tells it."""
    return {
        "id": str(uuid5(SPACE, case.number)),
        "number": case.number,
        "revision": case.revision,
        "status": case.status,
        "valid_today": case.valid,
        "status_since": case.since,
        "reason_code": case.reason,
        "public_note": "A record of the sandbox. It says nothing about anybody.",
        "agency_id": case.id,
        "legal_name": case.name,
        "other_names": [],
        "registration_number": registration(case),
        "country": "NP",
        "corridors": corridors(case),
        "sectors": ["construction"],
        "branches": [],
        "edition": 1,
        "audit_firm": "Sandbox Audit",
        "decided_on": "2025-01-14" if case.status == "expired" else "2026-01-14",
        "effective_on": "2025-01-15" if case.status == "expired" else "2026-01-15",
        "expires_on": "2026-01-14" if case.status == "expired" else "2099-01-14",
        "issued_at": "2025-01-14T09:00:00Z" if case.status == "expired" else MADE,
        "verify_url": f"{settings.IRIS_PUBLIC_URL}/verify/{case.number}/",
    }


_CHANGE_STATES = {
    "certified_with_conditions": "conditional",
    "certified": "active",
    "reduced_scope": "active",
}


def certificate_detail(case: Case) -> dict[str, Any]:
    """A certificate with its history."""
    state = _CHANGE_STATES.get(case.status, case.status)
    change = {"on": case.since, "what": str(case.shows), "state": state, "reason_code": case.reason}
    earlier = [{"revision": 1, "issued_at": MADE, "ended_on": case.since}] if case.revision > 1 else []
    return {
        **certificate(case),
        "changes": [{**change, "public_note": ""}],
        "earlier_revisions": earlier,
    }


def find(test: Callable[[Case], bool]) -> Case | None:
    """The first that fits."""
    return next((case for case in AGENCIES if test(case)), None)
