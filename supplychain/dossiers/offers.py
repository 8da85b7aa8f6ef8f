"""What this room adds to the parties of a chain: a dossier about a supplier and everybody below it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import User
from supplychain.chains.selectors import ChainParty
from supplychain.chains.selectors.offers import PartyAct
from supplychain.chains.states import PartyKind
from supplychain.dossiers.permissions import may_make


def dossier_act(party: ChainParty, user: User) -> PartyAct | None:
    """For sites and employers of workers: that is where a law asks."""
    if party.kind not in {PartyKind.SITE, PartyKind.EMPLOYER} or not may_make(user):
        return None
    query = urlencode({"supplier": str(party.id)})
    return PartyAct(_("Draft a dossier"), f"{reverse('dossiers:add')}?{query}", "folders")
