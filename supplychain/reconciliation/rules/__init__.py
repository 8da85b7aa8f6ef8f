"""What may be asked of the service, how a batch is read, and how a candidate's score is made. Pure."""

from supplychain.reconciliation.rules.reading import (
    BATCH,
    MOST_CELLS,
    Extension,
    Query,
    TooMuch,
    Unreadable,
    read_extension,
    read_queries,
)
from supplychain.reconciliation.rules.scoring import Evidence, features_of, ranked, score_of
from supplychain.reconciliation.rules.vocabulary import (
    ASKED,
    GIVEN,
    IDENTIFIERS,
    PROPERTIES,
    TYPE,
    TYPE_ID,
    Property,
    like,
)
from supplychain.reconciliation.rules.words import corridor_of, country_of

__all__ = [
    "ASKED",
    "BATCH",
    "GIVEN",
    "IDENTIFIERS",
    "MOST_CELLS",
    "PROPERTIES",
    "TYPE",
    "TYPE_ID",
    "Evidence",
    "Extension",
    "Property",
    "Query",
    "TooMuch",
    "Unreadable",
    "corridor_of",
    "country_of",
    "features_of",
    "like",
    "ranked",
    "read_extension",
    "read_queries",
    "score_of",
]
