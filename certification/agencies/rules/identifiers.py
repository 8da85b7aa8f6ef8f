"""Numbers that registers give: how they are checked. Pure. Only an LEI is refused; of the others a person is warned."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from certification.agencies.states import IdentifierScheme

NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
ICO_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


def compact(value: str) -> str:
    """Letters and digits only, in capitals."""
    if value.isascii():  # nothing to fold: nearly every number of a long list
        return value.upper().translate(ASCII_SIGNS)
    folded = unicodedata.normalize("NFKC", value).upper()
    return "".join(letter for letter in folded if letter.isalnum())


def mod97(text: str) -> int:
    """ISO 7064 MOD 97-10 of digits and letters, A = 10 to Z = 35: 1 where the check digits fit."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97


def lei_problem(value: str) -> str:
    """Why this cannot be an LEI by ISO 17442; empty when it can."""
    text = compact(value)
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text):
        return _(
            "An LEI has 20 signs: 18 letters and digits, then two check digits. This one has %(count)s."
        ) % {"count": len(text)}
    if mod97(text) != 1:
        return _("The last two digits do not fit the rest of this LEI. Compare it sign by sign.")
    return ""


def nip_problem(value: str) -> str:
    """Why this does not look like a Polish NIP (ten digits, weighted sum modulo 11)."""
    text = compact(value).removeprefix("PL")
    if not re.fullmatch(r"[0-9]{10}", text):
        return _("A NIP has ten digits. Please compare it with the paper.")
    total = sum(int(digit) * weight for digit, weight in zip(text, NIP_WEIGHTS, strict=False))
    if total % 11 != int(text[9]):
        return _("The check digit of this NIP does not fit. Please compare it with the paper.")
    return ""


def ico_problem(value: str) -> str:
    """Why this does not look like a Czech IČO (eight digits, weighted sum modulo 11)."""
    text = compact(value).removeprefix("CZ")
    if not re.fullmatch(r"[0-9]{8}", text):
        return _("An IČO has eight digits. Please compare it with the paper.")
    total = sum(int(digit) * weight for digit, weight in zip(text, ICO_WEIGHTS, strict=False))
    if (11 - total % 11) % 10 != int(text[7]):
        return _("The check digit of this IČO does not fit. Please compare it with the paper.")
    return ""


def gb_company_problem(value: str) -> str:
    """Why this does not look like a company number of the United Kingdom. It has no check digit."""
    if not re.fullmatch(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z]", compact(value)):
        return _(
            "A UK company number has eight digits, or two letters and six digits. "
            "Please compare it with the register."
        )
    return ""


_CHECKS = {
    IdentifierScheme.LEI: lei_problem,
    IdentifierScheme.PL_NIP: nip_problem,
    IdentifierScheme.CZ_ICO: ico_problem,
    IdentifierScheme.GB_COMPANY: gb_company_problem,
}
WITH_CHECK_DIGITS = (IdentifierScheme.LEI, IdentifierScheme.PL_NIP, IdentifierScheme.CZ_ICO)
# Schemes that say their country themselves.
COUNTRY_OF = {
    IdentifierScheme.LEI: "",
    IdentifierScheme.PL_NIP: "PL",
    IdentifierScheme.CZ_ICO: "CZ",
    IdentifierScheme.GB_COMPANY: "GB",
}


def problem_with(scheme: str, value: str) -> str:
    """What looks wrong about a number of a register; empty when nothing does or nothing can be checked."""
    check = _CHECKS.get(IdentifierScheme(scheme)) if scheme in IdentifierScheme.values else None
    return check(value) if check else ""
