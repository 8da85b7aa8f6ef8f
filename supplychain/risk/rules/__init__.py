"""How points come about. Pure: facts and weights in, a score with its reasons out."""

from supplychain.risk.rules.bases import corridor_base, cost_fact, dates_of, sector_base
from supplychain.risk.rules.explaining import (
    MethodRow,
    MethodTable,
    bands_in_words,
    floors_in_words,
    method_tables,
)
from supplychain.risk.rules.facts import FOLDER, Fact, Facts, facts, problems, read_facts
from supplychain.risk.rules.method import Gauge, Method, method_on, methods, read_methods
from supplychain.risk.rules.parties import RiskFacts, answers_of, default_weights, score
from supplychain.risk.rules.scoring import (
    Answer,
    BaseRisk,
    Change,
    RiskInput,
    RiskScore,
    Weights,
    rounded,
    weighted_mean,
)

__all__ = [
    "FOLDER",
    "Answer",
    "BaseRisk",
    "Change",
    "Fact",
    "Facts",
    "Gauge",
    "Method",
    "MethodRow",
    "MethodTable",
    "RiskFacts",
    "RiskInput",
    "RiskScore",
    "Weights",
    "answers_of",
    "bands_in_words",
    "corridor_base",
    "cost_fact",
    "dates_of",
    "default_weights",
    "facts",
    "floors_in_words",
    "method_on",
    "method_tables",
    "methods",
    "problems",
    "read_facts",
    "read_methods",
    "rounded",
    "score",
    "sector_base",
    "weighted_mean",
]
