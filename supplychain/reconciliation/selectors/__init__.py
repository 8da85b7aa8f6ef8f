"""Answers to questions, suggestions, columns, and what the service says of itself. Statuses from PostgreSQL."""

from supplychain.reconciliation.selectors.answering import Answer, Candidate, answer, as_results
from supplychain.reconciliation.selectors.extending import extend
from supplychain.reconciliation.selectors.manifest import manifest
from supplychain.reconciliation.selectors.matching import matched
from supplychain.reconciliation.selectors.sandbox import sandbox_extend, sandbox_results, sandbox_suggest
from supplychain.reconciliation.selectors.suggesting import suggest_agencies

__all__ = [
    "Answer",
    "Candidate",
    "answer",
    "as_results",
    "extend",
    "manifest",
    "matched",
    "sandbox_extend",
    "sandbox_results",
    "sandbox_suggest",
    "suggest_agencies",
]
