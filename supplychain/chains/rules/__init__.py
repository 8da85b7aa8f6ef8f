"""Rules of a chain that need no database."""

from supplychain.chains.rules.confidence import confidence
from supplychain.chains.rules.days import EARLIEST, day_problem
from supplychain.chains.rules.naming import is_no_name

__all__ = ["EARLIEST", "confidence", "day_problem", "is_no_name"]
