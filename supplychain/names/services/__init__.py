"""Remembering decisions, and building the base of the index."""

from supplychain.names.services.building import Busy, build_base, keep_fresh, prune_feed, why_rebuild
from supplychain.names.services.deciding import forget, forget_all, remember

__all__ = [
    "Busy",
    "build_base",
    "forget",
    "forget_all",
    "keep_fresh",
    "prune_feed",
    "remember",
    "why_rebuild",
]
