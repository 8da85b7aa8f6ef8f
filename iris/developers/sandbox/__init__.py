"""The sandbox: fixed records for every outcome, the same for everybody, and no effects."""

from iris.developers.sandbox.answers import offer_all
from iris.developers.sandbox.records import AGENCIES, LOOKUPS, Case

__all__ = ["AGENCIES", "LOOKUPS", "Case", "offer_all"]
