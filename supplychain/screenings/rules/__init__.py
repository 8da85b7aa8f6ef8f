"""Questions about screenings and their rows, and the tree that proves them; pure."""

from supplychain.screenings.rules import merkle
from supplychain.screenings.rules.records import canonical, record, sha256
from supplychain.screenings.rules.rows import (
    FIELDS,
    LONGEST_NAME,
    Parts,
    RowReader,
    columns_key,
    country_code,
    fingerprint,
    guess_mapping,
    missing_to_finish,
    missing_to_start,
    printable,
    problem_sentence,
)

__all__ = [
    "FIELDS",
    "LONGEST_NAME",
    "Parts",
    "RowReader",
    "canonical",
    "columns_key",
    "country_code",
    "fingerprint",
    "guess_mapping",
    "merkle",
    "missing_to_finish",
    "missing_to_start",
    "printable",
    "problem_sentence",
    "record",
    "sha256",
]
