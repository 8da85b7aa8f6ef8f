"""How numbers, phones and web addresses are compared. Pure."""

import re
import unicodedata

SHORTEST_PHONE = 7
LONGEST_PHONE = 15  # ITU-T E.164

# Mail providers that anybody may use: their domain says nothing about who somebody is.
PUBLIC_MAIL = frozenset(
    {
        "126.com", "163.com", "aol.com", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com",
        "icloud.com", "live.com", "mail.com", "mail.ru", "msn.com", "naver.com", "outlook.com", "proton.me",
        "protonmail.com", "qq.com", "rediffmail.com", "yahoo.co.in", "yahoo.co.uk", "yahoo.com", "yandex.ru",
        "ymail.com", "zoho.com",
    }
)  # fmt: skip
_HOST = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_]{2,}"
_WEB = re.compile(rf"\s*(?:https?://)?(?:www\.)?({_HOST})(?::\d+)?(?:[/?#]\S*)?\s*", re.IGNORECASE)
_MAIL = re.compile(rf"\s*(?:mailto:)?([^\s@<>]+)@({_HOST})\s*", re.IGNORECASE)
_PHONE_WORD = re.compile(r"^(tel|phone|mobile|whatsapp)[:.\s]+", re.IGNORECASE)
_PHONE = re.compile(r"[\s+\d().\-/\u2010-\u2015\u2212]+")


def phone_of(text: str) -> str:
    """The digits of a phone number without prefixes of exchanges (00, a leading 0); empty when it is none."""
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = _PHONE_WORD.sub("", folded)
    if not _PHONE.fullmatch(folded):
        return ""
    # "+44 (0)20 ..." names the exchange's zero beside the country's code.
    folded = folded.replace("(0)", "") if folded.startswith(("+", "00")) else folded
    digits = "".join(str(unicodedata.digit(one)) for one in folded if one.isdigit()).lstrip("0")
    return digits if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE else ""


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers are the same, one of them perhaps without its country's code."""
    first, second = phone_of(one), phone_of(other)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    return long.endswith(short) and len(long) - len(short) <= 4


def email_of(text: str) -> tuple[str, str] | None:
    """The address and its domain, in small letters; None when the text is no e-mail address."""
    found = _MAIL.fullmatch(text)
    return (f"{found[1]}@{found[2]}".lower(), found[2].lower()) if found else None


def domain_of(text: str) -> str:
    """The domain of a web address without "www."; empty when the text is none."""
    found = _WEB.fullmatch(text)
    return found[1].lower() if found else ""


def is_lei_like(text: str) -> bool:
    """Whether somebody typed an LEI, right or wrong: 20 signs in one run or in groups, digits among them."""
    folded = unicodedata.normalize("NFKC", text).upper()
    compact = re.sub(r"[\s\-.]", "", folded.removeprefix("LEI").lstrip(" :"))
    return bool(re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", compact)) and sum(map(str.isdigit, compact)) >= 4
