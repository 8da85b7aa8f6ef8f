"""Small words that several questions share."""

from __future__ import annotations

from django.utils.translation import ngettext


def in_list(names: list[str], most: int = 4) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:most])
    rest = len(names) - most
    if rest <= 0:
        return shown
    return ngettext("%(shown)s and %(rest)s more", "%(shown)s and %(rest)s more", rest) % {
        "shown": shown,
        "rest": rest,
    }
