"""Money: whole minor units and an ISO 4217 code. Never floats, never a currency lost on the way."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pycountry
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iris.core.errors import BadInput

CURRENCY_CHOICES: list[tuple[str, str]] = sorted(
    (currency.alpha_3, f"{currency.alpha_3} - {currency.name}") for currency in pycountry.currencies
)
_CODES = {code for code, _name in CURRENCY_CHOICES}
MAX_MINOR = 10**15


def is_currency(code: str) -> bool:
    """Whether `code` is a current ISO 4217 code."""
    return code in _CODES


def minor_digits(currency: str) -> int:
    """Digits after the point: 2 for NPR, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


@dataclass(frozen=True, order=False)
class Money:
    """`minor` whole minor units of `currency`. Adding two currencies is an error, by design."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read what a person typed ("6,500", "1 200.50", "1.200,50"). Raises BadInput with what to do."""
        if not is_currency(currency):
            raise BadInput(
                _("Currency: expected a three-letter ISO code such as NPR, found “%(found)s”.")
                % {"found": currency}
            )
        digits = minor_digits(currency)
        cleaned = _plain_number(text)
        try:
            value = Decimal(cleaned)
        except InvalidOperation as error:
            raise BadInput(
                _("Amount: expected a number such as 6,500 or 6500.50, found “%(found)s”.")
                % {"found": text[:60]}
            ) from error
        minor = value.scaleb(digits)
        if minor != minor.to_integral_value():
            raise BadInput(
                _("Amount: %(currency)s has %(digits)s digits after the point, found “%(found)s”.")
                % {"currency": currency, "digits": digits, "found": text[:60]}
            )
        if value < 0 or minor > MAX_MINOR:
            raise BadInput(_("Amount: expected a positive amount, found “%(found)s”.") % {"found": text[:60]})
        return cls(int(minor), currency)

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.minor + other.minor, self.currency)

    def times(self, count: int) -> "Money":
        """The amount `count` times."""
        return Money(self.minor * count, self.currency)

    @property
    def amount(self) -> Decimal:
        """The exact decimal amount."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    @property
    def text(self) -> str:
        """With its code and the reader's separators: "NPR 6,500.00"."""
        locale = (get_language() or "en").replace("-", "_")
        return format_currency(self.amount, self.currency, format="¤¤ #,##0.00", locale=locale)


def _plain_number(text: str) -> str:
    """Turn thousands marks and a decimal comma into a plain decimal number."""
    cleaned = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    if "," in cleaned and "." in cleaned:
        decimal = "," if cleaned.rfind(",") > cleaned.rfind(".") else "."
        thousands = "." if decimal == "," else ","
        return cleaned.replace(thousands, "").replace(decimal, ".")
    if re.fullmatch(r"\d{1,3}(,\d{2,3})*,\d{3}", cleaned):
        return cleaned.replace(",", "")
    if re.fullmatch(r"\d+,\d{1,2}", cleaned):
        return cleaned.replace(",", ".")
    return cleaned
