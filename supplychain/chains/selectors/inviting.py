"""Suppliers who were asked for their part: the employer's list, and what the holder of a link may see."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Q, QuerySet

from iris.accounts.models import User
from iris.core import clocks
from iris.core.vault import Vault
from supplychain.chains.models import Entry, Invitation, Link, Party
from supplychain.chains.selectors.drawing import parties_visible_to
from supplychain.chains.states import EntryStatus

VAULT = Vault("chains.names")
MOST_KNOWN = 500


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """The invitations of the person's own employer, with how many lines wait."""
    rows = Invitation.objects.filter(party__in=parties_visible_to(user).values("pk"))
    rows = rows.select_related("party", "invited_by", "organisation").order_by("-sent_at", "id")
    return rows.annotate(
        n_waiting=Count("entries", filter=Q(entries__status=EntryStatus.SENT)),
        n_entries=Count("entries", filter=~Q(entries__status=EntryStatus.DRAFT)),
    )


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation a link belongs to."""
    return (
        Invitation.objects.filter(token_hash=hash_of(token))
        .select_related("organisation", "party", "invited_by")
        .first()
    )


def opened(sealed: bytes | memoryview | None) -> dict[str, str]:
    """Name, number and salt of a kept name. Only for its supplier, and for opening it."""
    return dict(json.loads(VAULT.open(sealed))) if sealed else {}


@dataclass(frozen=True)
class OwnLine:
    """One line of a supplier's own, with its real name, as the supplier sees it."""

    entry: Entry
    name: str
    depth: int
    can_open: bool


def own_lines(invitation: Invitation) -> list[OwnLine]:
    """What the supplier entered, each under the line it stands below."""
    rows = list(invitation.entries.select_related("party").all())
    below: dict[object, list[Entry]] = {}
    for row in rows:
        below.setdefault(row.above_id, []).append(row)
    found: list[OwnLine] = []
    stack = [(row, 0) for row in reversed(below.get(None, []))]
    while stack:
        row, depth = stack.pop()
        name = opened(row.sealed).get("name", row.name) if row.confidential else row.name
        can_open = bool(row.confidential and row.party and row.party.confidential)
        found.append(OwnLine(row, name, depth, can_open))
        stack += [(one, depth + 1) for one in reversed(below.get(row.pk, []))]
    return found


def known_below(invitation: Invitation) -> list[Party]:
    """What the employer's chain holds directly below the supplier already, besides the supplier's own lines."""
    own = invitation.entries.filter(party__isnull=False).values("party_id")
    today = clocks.today()
    links = Link.objects.filter(upper=invitation.party, replaced_at=None).filter(
        Q(until=None) | Q(until__gte=today)
    )
    rows = Party.objects.filter(pk__in=links.values("lower_id"), gone_at=None).exclude(pk__in=own)
    return list(rows[:MOST_KNOWN])
