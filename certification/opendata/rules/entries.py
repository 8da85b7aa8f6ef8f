"""What one line of the log says. Pure.

Only what the register shows of a certificate: no person, no address, and no sentence that somebody typed, because
nothing can ever be taken out of the log again.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certification.certificates.models import Certificate
    from iris.core.models import Event

VERSION = 1
# The acts that change what the register says of a certificate, and the words of the log for them.
EVENTS: dict[str, str] = {
    "attach_conditions": "conditions_set",
    "clear_conditions": "conditions_met",
    "suspend": "suspended",
    "reinstate": "reinstated",
    "reinstate_with_conditions": "reinstated",
    "lift": "reinstated",
    "lift_with_conditions": "reinstated",
    "withdraw": "withdrawn",
    "relinquish": "given_up",
    "expire": "expired",
    "supersede": "replaced",
}
ISSUED = "issued"
# A later revision is issued for a reason of its own.
CHANGES: dict[str, str] = {
    "": "issued",
    "renewed": "renewed",
    "reduced": "reduced",
    "corrected": "corrected",
    "restored": "restored",
}
ACTS = (ISSUED, *EVENTS)
KINDS = tuple(dict.fromkeys((*CHANGES.values(), *EVENTS.values())))


def kind_of(act: str, data: dict[str, Any]) -> str:
    """The word of the log for an act on a certificate."""
    return CHANGES[str(data.get("change", ""))] if act == ISSUED else EVENTS[act]


def line_of(event: Event, certificate: Certificate) -> dict[str, Any]:
    """The line for one act. Everything in it is fixed by the act: it can be made again at any time."""
    kind = kind_of(event.act, event.data)
    return {
        "v": VERSION,
        "id": str(event.pk),
        "event": kind,
        "at": moment(event.at),
        "on": _day_of(kind, event.at, certificate).isoformat(),
        "state": event.to_state,
        "reason_code": str(event.data.get("reason_code", "")),
        "certificate": certificate.number,
        "revision": certificate.revision,
        "agency": str(certificate.agency_id),
        "legal_name": certificate.legal_name,
        "registration_number": certificate.registration_number,
        "country": certificate.country,
        "corridors": sorted(f"{one.origin}-{one.destination}" for one in certificate.corridors.all()),
        "sectors": sorted(certificate.sectors),
        "edition": certificate.edition.number,
        "effective_on": certificate.effective_on.isoformat(),
        "expires_on": certificate.expires_on.isoformat(),
    }


def _day_of(kind: str, at: datetime, certificate: Certificate) -> date:
    return certificate.expires_on if kind == "expired" else at.astimezone(UTC).date()


def canonical(told: dict[str, Any]) -> str:
    """The one way to write it: keys in order, no spaces, UTF-8. These bytes are what is hashed."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def moment(at: datetime) -> str:
    """A moment in UTC to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
