"""What this room adds to the parties of a chain: writing a decision down."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from iris.accounts.models import User
from supplychain.chains.selectors import ChainParty
from supplychain.chains.selectors.offers import PartyAct
from supplychain.chains.states import RECRUITERS
from supplychain.diligence.permissions import may_work


def decide_act(party: ChainParty, user: User) -> PartyAct | None:
    """For recruiters whose name is known: one of the register is meant by its entry, another by its name."""
    if party.kind not in RECRUITERS or party.confidential or not may_work(user):
        return None
    about = (
        {"agency": str(party.agency_id)}
        if party.agency_id
        else {"name": party.name, "country": party.country}
    )
    query = urlencode({**about, "source": _("Map of the supply chain")})
    return PartyAct(_("Decide"), f"{reverse('diligence:add')}?{query}", "gavel")
