"""Questions about risk: base risk, an employer's weights, and the rule itself for rooms that hand in facts."""

from supplychain.risk.rules import BaseRisk, RiskFacts, RiskInput, RiskScore, Weights, score
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
    "BaseRisk",
    "Moment",
    "NamedFacts",
    "Ranked",
    "RiskFacts",
    "RiskInput",
    "RiskScore",
    "Weights",
    "corridor_history",
    "corridor_risk",
    "corridors_known",
    "offer_parties",
    "parties_of",
    "ranking",
    "score",
    "sector_history",
    "sector_risk",
    "weight_sets_visible_to",
    "weights_from",
    "weights_of",
]
