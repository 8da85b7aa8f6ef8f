"""Countries (ISO 3166-1), corridors from an origin to a destination, and the sectors people are recruited into."""

from dataclasses import dataclass
from functools import cache

import pycountry
from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from iris.core.errors import BadInput

SECTORS: dict[str, Promise | str] = {
    "agriculture": gettext_lazy("Agriculture"),
    "care": gettext_lazy("Care"),
    "construction": gettext_lazy("Construction"),
    "domestic": gettext_lazy("Domestic work"),
    "electronics": gettext_lazy("Electronics"),
    "fishing": gettext_lazy("Fishing"),
    "garment": gettext_lazy("Garment and textile"),
    "hospitality": gettext_lazy("Hospitality"),
    "manufacturing": gettext_lazy("Manufacturing"),
    "transport": gettext_lazy("Transport and logistics"),
    "other": gettext_lazy("Other"),
}
SECTOR_CHOICES = list(SECTORS.items())
_CODES = frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _names(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language, sep="-")
    except ValueError:
        locale = Locale("en")
    return {code: str(locale.territories.get(code, code)) for code in _CODES}


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code itself when it is unknown."""
    return _names(get_language() or "en").get(code, code)


def is_country(code: str) -> bool:
    """Whether `code` is an ISO 3166-1 alpha-2 code."""
    return code in _CODES


COUNTRY_CHOICES: list[tuple[str, str]] = sorted(
    ((code, name) for code, name in _names("en").items()), key=lambda pair: pair[1]
)


def sector_name(code: str) -> str:
    """The sector's name in the reader's language."""
    return str(SECTORS.get(code, code))


@dataclass(frozen=True)
class Corridor:
    """From an origin country to a destination country."""

    origin: str
    destination: str

    @property
    def text(self) -> str:
        """ "Nepal to Qatar"."""
        return _("%(origin)s to %(destination)s") % {
            "origin": country_name(self.origin),
            "destination": country_name(self.destination),
        }


def check_corridor(origin: str, destination: str) -> Corridor:
    """The corridor, or BadInput on the field to correct."""
    for field, code in (("origin", origin), ("destination", destination)):
        if not is_country(code):
            raise BadInput(
                fields={field: [_("Choose a country; “%(found)s” is not one we know.") % {"found": code}]}
            )
    if origin == destination:
        raise BadInput(
            fields={
                "destination": [
                    _(
                        "A corridor goes from one country to another; both are %(country)s. Change one of them."
                    )
                    % {"country": country_name(origin)}
                ]
            }
        )
    return Corridor(origin, destination)
