"""How cells of a table name countries and corridors. Pure."""

import re

from iris.core.places import COUNTRY_CHOICES, is_country

_ALSO = {
    "uae": "AE", "emirates": "AE", "uk": "GB", "great britain": "GB", "usa": "US", "united states of america": "US",
    "ksa": "SA", "saudi": "SA", "south korea": "KR", "korea": "KR", "burma": "MM", "vietnam": "VN", "viet nam": "VN",
    "turkiye": "TR", "turkey": "TR", "hong kong": "HK", "russia": "RU",
}  # fmt: skip
_NAMES = {name.casefold(): code for code, name in COUNTRY_CHOICES} | _ALSO
MOST_PARTS = 10  # no two names of countries have more hyphens between them
_BETWEEN = re.compile(r"\s*(?:->|=>|→|>|/|;|,|\bto\b|-|\u2013|\u2014)\s*", re.IGNORECASE)


def country_of(text: str) -> str:
    """The ISO code of a country written as code or English name; empty when it is neither."""
    plain = " ".join(text.replace(".", "").split())
    if is_country(plain.upper()):
        return plain.upper()
    return _NAMES.get(plain.casefold(), "")


def corridor_of(text: str) -> tuple[str, str] | None:
    """A corridor written as "NP-QA", "NP > QA" or "Nepal to Qatar"; None when it is none."""
    parts = _BETWEEN.split(" ".join(text.split()), maxsplit=MOST_PARTS)
    if len(parts) > MOST_PARTS:
        return None
    for cut in range(1, len(parts)):
        origin, destination = country_of("-".join(parts[:cut])), country_of("-".join(parts[cut:]))
        if origin and destination and origin != destination:
            return origin, destination
    return None
