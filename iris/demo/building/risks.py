"""The first employer's own weights, and a second tier with a group of workers, so that its coverage has a story."""

from datetime import datetime, timedelta

from iris.accounts.models import User
from iris.core import clocks
from iris.demo.building.scheme import World
from supplychain.chains import services as chains
from supplychain.chains.models import Party
from supplychain.chains.states import Claim, FeeTerms, PartyKind
from supplychain.risk import services as risk
from supplychain.risk.selectors import weights_of


def build(world: World, now: datetime) -> None:
    """One change of weights with its reason; a recruiter behind another one; a link that tells no number."""
    user = world.employers[0][0]
    with clocks.freeze(now - timedelta(days=75)):
        values = {**weights_of(user.organisation).values, "fees": 25, "sub_agents": 10, "checked": 5}
        risk.change_weights(
            actor=user,
            values=values,
            reason="Our own interviews found fees more often than anything else, mostly taken by sub-agents.",
        )
    with clocks.freeze(now - timedelta(days=70)):
        _second_tier(user)


def _second_tier(user: User) -> None:
    parties = Party.objects.filter(organisation=user.organisation, gone_at=None)
    site = parties.filter(kind=PartyKind.SITE).order_by("name").first()
    certified = parties.filter(kind=PartyKind.RECRUITER_ORIGIN, country="NP").exclude(agency=None).first()
    if site is None or certified is None:
        return
    since = clocks.today() - timedelta(days=120)
    agency = chains.add_party(
        actor=user,
        kind=PartyKind.RECRUITER_DESTINATION,
        name="Harbour Lane Workforce",
        country=site.country,
    )
    silent = chains.add_party(
        actor=user, kind=PartyKind.RECRUITER_ORIGIN, name="Tundra Hands", country=certified.country
    )
    group = chains.add_party(
        actor=user,
        kind=PartyKind.COHORT,
        name="Assembly line, spring",
        workers=26,
        origin=certified.country,
        destination=site.country,
        sector="electronics",
    )
    terms = chains.Terms(workers=26, fee_terms=FeeTerms.EMPLOYER)
    chains.add_link(actor=user, upper=site, lower=agency, since=since, workers=40, claim=Claim.DECLARED)
    chains.add_link(actor=user, upper=agency, lower=certified, since=since, terms=terms)
    chains.add_link(actor=user, upper=certified, lower=group, since=since, workers=26)
    chains.add_link(actor=user, upper=site, lower=silent, since=since)
