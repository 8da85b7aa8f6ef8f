"""What goes into an index, and the error of an index that cannot be read."""

from dataclasses import dataclass

KINDS = ("legal", "trading", "former", "local")


class UnreadableIndex(Exception):
    """A folder that is no index of this version; the message says which was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one thing. Several entries may share an `id`: trading, former and local names are rows.

    `kind` is legal, trading, former or local; `country` ISO 3166-1 alpha-2 or empty.
    """

    id: str
    name: str
    kind: str = "legal"
    country: str = ""
