"""The figures of coverage, and the facts of a chain's recruiters for their risk."""

from supplychain.coverage.selectors.exporting import as_csv
from supplychain.coverage.selectors.figures import Asked, Coverage, Expiring, Gap, coverage_of
from supplychain.coverage.selectors.scoring import parties_for

__all__ = ["Asked", "Coverage", "Expiring", "Gap", "as_csv", "coverage_of", "parties_for"]
