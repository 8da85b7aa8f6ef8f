"""The first employer's own weights, and links that came and went, so that its coverage has a story."""

from datetime import datetime, timedelta

from iris.core import clocks
from iris.demo.building.scheme import World
from supplychain.risk import services as risk
from supplychain.risk.selectors import weights_of


def build(world: World, now: datetime) -> None:
    """One change of weights, with its reason."""
    user = world.employers[0][0]
    with clocks.freeze(now - timedelta(days=75)):
        values = {**weights_of(user.organisation).values, "fees": 25, "sub_agents": 10, "checked": 5}
        risk.change_weights(
            actor=user,
            values=values,
            reason="Our own interviews found fees more often than anything else, mostly taken by sub-agents.",
        )
