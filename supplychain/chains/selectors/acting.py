"""What a sourcing manager may do about a party: acts beside it, and the panel of a kept name's proof."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from iris.accounts.models import User
from supplychain.chains.models import Party
from supplychain.chains.permissions import may_change
from supplychain.chains.rules.commitment import proves
from supplychain.chains.selectors.chain import ChainParty
from supplychain.chains.selectors.inviting import opened
from supplychain.chains.selectors.offers import PartyAct, PartyPanel, offer_act, offer_panel
from supplychain.chains.states import INTERMEDIARIES, PartyKind

Allowed = Callable[[ChainParty], bool]


def _open_recruiter(party: ChainParty) -> bool:
    return party.kind in INTERMEDIARIES and not party.confidential


ACTS: tuple[tuple[str, StrOrPromise, str, Allowed], ...] = (
    ("add_below", _("Add below"), "plus", lambda party: party.kind != PartyKind.COHORT),
    ("match", _("Match with the register"), "search", _open_recruiter),
    ("change", _("Change"), "pencil", lambda _party: True),
    ("invite", _("Ask for its part"), "mail", lambda party: party.kind != PartyKind.COHORT),
    ("merge", _("Merge"), "arrows-join", lambda party: not party.confidential),
    ("end", _("End its links"), "ban", lambda _party: True),
    ("remove", _("Take out"), "trash", lambda _party: True),
)


def _provider(
    name: str, label: StrOrPromise, icon: str, allowed: Allowed
) -> Callable[[ChainParty, User], PartyAct | None]:
    def provide(party: ChainParty, user: User) -> PartyAct | None:
        if not may_change(user) or not allowed(party):
            return None
        return PartyAct(label, reverse(f"chains:{name}", args=[party.id]), icon)

    return provide


def proof_of(party: ChainParty, user: User) -> PartyPanel | None:
    """The commitment to a kept name; once it was opened, whether name and salt prove it."""
    row = Party.objects.filter(pk=party.id).exclude(commitment="").first()
    if row is None:
        return None
    entry = row.entries.select_related("invitation").first()
    told = opened(entry.sealed)["name"] if entry is not None and row.opened_salt else ""
    holds = bool(told) and proves(row.commitment, told, row.opened_salt)
    context = {"row": row, "entry": entry, "told": told, "holds": holds}
    return PartyPanel("chains/_proof.html", context)


def offer_own() -> None:
    """Register the room's own acts and panel."""
    for order, (name, label, icon, allowed) in enumerate(ACTS, start=1):
        offer_act(f"chains.{name}", _provider(name, label, icon, allowed), order=order)
    offer_panel("chains.proof", proof_of, order=10)
