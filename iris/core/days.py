"""Dates in sentences, in the reader's language: the one place that knows how a day is written.

What is stored, hashed or signed (receipts, records, the columns of files) keeps its day as ISO 8601, or in the words of
`for_the_record` where it is a sentence: it must read the same for ever and for everybody, not as whoever acted reads.
"""

from datetime import date, datetime

from django.utils import formats

DAY, SHORT_DAY = "j F Y", "j M"


def in_words(day: date | datetime | None) -> str:
    """A day in a sentence: 3 May 2026. Nothing where there is none."""
    return formats.date_format(day, DAY) if day else ""


def for_the_record(day: date | datetime | None) -> str:
    """A day in a text that is stored or sent to others: in English as the text around it is, whoever acts."""
    return f"{day.day} {day:%B %Y}" if day else ""


def short(day: date | datetime | None) -> str:
    """A day where the year is plain from the rest: 3 May."""
    return formats.date_format(day, SHORT_DAY) if day else ""


def moment_in_words(moment: datetime | None) -> str:
    """A moment in a sentence: 3 May 2026, 14:05. Whoever writes it says that it is UTC."""
    return formats.date_format(moment, f"{DAY}, H:i") if moment else ""
