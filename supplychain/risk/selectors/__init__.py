"""Questions about risk: base risk of corridors and sectors, and an employer's weights."""

from supplychain.risk.selectors.bases import (
    Moment,
    corridor_history,
    corridor_risk,
    corridors_known,
    sector_history,
    sector_risk,
)
from supplychain.risk.selectors.ranking import NamedFacts, Ranked, offer_parties, parties_of, ranking
from supplychain.risk.selectors.weighing import weight_sets_visible_to, weights_from, weights_of

__all__ = [
    "Moment",
    "NamedFacts",
    "Ranked",
    "corridor_history",
    "corridor_risk",
    "corridors_known",
    "offer_parties",
    "parties_of",
    "ranking",
    "sector_history",
    "sector_risk",
    "weight_sets_visible_to",
    "weights_from",
    "weights_of",
]
