"""Make an address with a key in it, and remember what people decided in a tool of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.selectors import enrolled_agencies
from iris.accounts import services as accounts
from iris.accounts.models import ApiClient, User
from iris.core.errors import BadInput, NotPermitted
from supplychain.lookups.services import storable
from supplychain.names import selectors as names
from supplychain.names import services as remembering
from supplychain.names.models import MatchDecision
from supplychain.names.states import Verdict
from supplychain.reconciliation.permissions import may_make_address, may_reconcile
from supplychain.reconciliation.rules import country_of

SCOPE = "reconcile"
MOST_DECISIONS = 200


@dataclass(frozen=True)
class Judgement:
    """What a person decided in a tool: a name as written there means an agency, or does not."""

    text: str
    agency_id: UUID
    verdict: str = str(Verdict.SAME)
    country: str = ""
    note: str = ""


def make_address(*, actor: User, name: str, form_key: UUID | None = None) -> tuple[ApiClient, str]:
    """A key that opens the reconciliation service and nothing else, and its secret, shown once."""
    if not may_make_address(actor) or actor.organisation is None:
        raise NotPermitted()
    return accounts.issue_api_key(actor.organisation, actor, name, [SCOPE], form_key=form_key)


@transaction.atomic
def decide(*, actor: User, judgements: Sequence[Judgement]) -> list[MatchDecision]:
    """Remember them all or none, for the actor's organisation alone. What it said already is not said twice.

    Raises NotPermitted, and BadInput naming the first line that cannot be kept.
    """
    organisation = actor.organisation
    if not may_reconcile(actor) or organisation is None:
        raise NotPermitted()
    if len(judgements) > MOST_DECISIONS:
        said = _("Send at most %(most)s decisions at once, found %(found)s.")
        raise BadInput(fields={"decisions": [said % {"most": MOST_DECISIONS, "found": len(judgements)}]})
    there = set(
        enrolled_agencies().filter(pk__in={one.agency_id for one in judgements}).values_list("pk", flat=True)
    )
    said_before = _standing(actor, judgements)
    kept = []
    for at, one in enumerate(judgements):
        if one.agency_id not in there:
            raise BadInput(fields={f"decisions.{at}.agency": [_("No agency of the register has this id.")]})
        country = country_of(one.country) if one.country else ""
        if one.country and not country:
            said = _("Expected a country as two letters, like NP, found “%(found)s”.")
            raise BadInput(fields={f"decisions.{at}.country": [said % {"found": one.country[:20]}]})
        known = said_before.get((*names.key_of(one.text, country), one.agency_id))
        if known is not None and known.verdict == one.verdict:
            kept.append(known)
            continue
        kept.append(_remember(at, one, country, actor))
    return kept


def _standing(actor: User, judgements: Sequence[Judgement]) -> dict[tuple[str, str, UUID], MatchDecision]:
    """The latest standing word of each (key, country, agency) asked about."""
    rows = names.standing_decisions(actor).filter(
        key__in={names.key_of(one.text)[0] for one in judgements},
        agency_id__in={one.agency_id for one in judgements},
    )
    return {(row.key, row.country, row.agency_id): row for row in reversed(rows)}


def _remember(at: int, one: Judgement, country: str, actor: User) -> MatchDecision:
    assert actor.organisation is not None
    try:
        return remembering.remember(
            organisation=actor.organisation,
            actor=actor,
            text=storable(one.text),
            country=country,
            verdict=one.verdict,
            agency_id=one.agency_id,
            note=storable(one.note),
        )
    except BadInput as error:
        raise BadInput(
            fields={f"decisions.{at}.{name}": texts for name, texts in error.fields.items()}
        ) from error
