"""What an employer does to its chain."""

from supplychain.chains.services.linking import (
    Terms,
    add_link,
    change_link,
    end_link,
    remove_link,
    verify_link,
)
from supplychain.chains.services.writing import (
    About,
    add_party,
    change_party,
    end_party,
    merge_parties,
    remove_party,
    resolve_party,
)

__all__ = [
    "About",
    "Terms",
    "add_link",
    "add_party",
    "change_link",
    "change_party",
    "end_link",
    "end_party",
    "merge_parties",
    "remove_link",
    "remove_party",
    "resolve_party",
    "verify_link",
]
