"""Rules of a chain that need no database."""

from supplychain.chains.rules.confidence import confidence
from supplychain.chains.rules.days import EARLIEST, day_problem
from supplychain.chains.rules.hiring import Corridor, Edge, Hire, Node, Roles, corridors_of, hires_on
from supplychain.chains.rules.naming import is_no_name

__all__ = [
    "EARLIEST",
    "Corridor",
    "Edge",
    "Hire",
    "Node",
    "Roles",
    "confidence",
    "corridors_of",
    "day_problem",
    "hires_on",
    "is_no_name",
]
