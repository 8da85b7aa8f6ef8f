"""Days as registers write them: in several orders, digits and languages, and in Bikram Sambat."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .numbers import plain

# Days in the months of Bikram Sambat, as published calendars agree on them. Years in which published tables differ, and
# those still to come, are left out on purpose: their dates are kept as they stand and not turned into our calendar.
# 1 Baisakh 2063 was 14 April 2006. Checked against: 1 Baisakh 2070 = 14 April 2013, 2077 = 13 April 2020,
# 2080 = 14 April 2023, 2082 = 14 April 2025 (general knowledge: widely published).
FIRST_BS_YEAR = 2063
FIRST_BS_DAY = date(2006, 4, 14)
BS_MONTHS = {
    2063: "31 31 32 31 31 31 30 29 30 29 30 30",
    2064: "31 31 32 32 31 30 30 29 30 29 30 30",
    2065: "31 32 31 32 31 30 30 30 29 29 30 31",
    2066: "31 31 31 32 31 31 29 30 30 29 29 31",
    2067: "31 31 32 31 31 31 30 29 30 29 30 30",
    2068: "31 31 32 32 31 30 30 29 30 29 30 30",
    2069: "31 32 31 32 31 30 30 30 29 29 30 31",
    2070: "31 31 31 32 31 31 29 30 30 29 30 30",
    2071: "31 31 32 31 31 31 30 29 30 29 30 30",
    2072: "31 32 31 32 31 30 30 29 30 29 30 30",
    2073: "31 32 31 32 31 30 30 30 29 29 30 31",
    2074: "31 31 31 32 31 31 30 29 30 29 30 30",
    2075: "31 31 32 31 31 31 30 29 30 29 30 30",
    2076: "31 32 31 32 31 30 30 30 29 29 30 30",
    2077: "31 32 31 32 31 30 30 30 29 30 29 31",
    2078: "31 31 31 32 31 31 30 29 30 29 30 30",
    2079: "31 31 32 31 31 31 30 29 30 29 30 30",
    2080: "31 32 31 32 31 30 30 30 29 29 30 30",
    2081: "31 32 31 32 31 30 30 30 29 30 29 31",
}
NO_END = {
    "", "-", "–", "—", "n/a", "none", "nil", "null", "unlimited", "indefinite", "until revoked", "bez omezení",
    "neomezeně", "na dobu neurčitou", "bezterminowo", "na czas nieokreślony", "seumur hidup", "tidak terbatas",
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari ledna stycznia",
            "feb february februari února lutego",
            "mar march maret března marca",
            "apr april dubna kwietnia",
            "may mei května maja",
            "jun june juni června czerwca",
            "jul july juli července lipca",
            "aug august agustus agu srpna sierpnia",
            "sep sept september září września",
            "oct october oktober okt října października",
            "nov november listopadu listopada",
            "dec december desember des prosince grudnia",
        ),
        start=1,
    )
    for name in names.split()
}


def no_end(text: str) -> bool:
    """Whether a cell says that there is no such day."""
    return " ".join(text.split()).casefold() in NO_END


def day_of(text: str, *, month_first: bool = False, bikram_sambat: bool = False) -> date | None:
    """The day a cell names; None when it names none that we can be sure of."""
    clean = plain(text).strip().casefold()
    found = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$", clean)
    if found:
        year, month, day = (int(part) for part in found.groups())
    elif found := re.match(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$", clean):
        first, second, year = (int(part) for part in found.groups())
        day, month = (second, first) if month_first and first <= 12 else (first, second)
    else:
        return _in_words(clean)
    if bikram_sambat and year >= 2040:
        return common_day(year, month, day)
    return _date(year, month, day)


def _in_words(text: str) -> date | None:
    found = re.match(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-]+([^\W\d_]+)[\s.,\-]+(\d{4})$", text)
    if found:
        day, name, year = found.groups()
    elif found := re.match(r"([^\W\d_]+)[\s.]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", text):
        name, day, year = found.groups()
    else:
        return None
    month = MONTHS.get(name)
    return _date(int(year), month, int(day)) if month else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def common_day(year: int, month: int, day: int) -> date | None:
    """A day of Bikram Sambat in the common calendar; None outside the years whose months are agreed on."""
    if year not in BS_MONTHS or not 1 <= month <= 12:
        return None
    lengths = [int(length) for length in BS_MONTHS[year].split()]
    if not 1 <= day <= lengths[month - 1]:
        return None
    before = sum(sum(int(length) for length in BS_MONTHS[one].split()) for one in range(FIRST_BS_YEAR, year))
    return FIRST_BS_DAY + timedelta(days=before + sum(lengths[: month - 1]) + day - 1)


def bs_year_in_words(number: str) -> tuple[int, int] | None:
    """The years of Bikram Sambat in a Nepal licence number, 1234/064/065 -> (2064, 2065), if there are any."""
    found = re.search(r"/\s*(?:2?0)?(\d{2})(?:\s*/\s*(?:2?0)?(\d{2}))?\s*$", plain(number))
    if not found:
        return None
    first = 2000 + int(found.group(1))
    second = 2000 + int(found.group(2)) if found.group(2) else first
    return (first, second) if first <= second <= first + 1 else None
