"""Parts of the Standard as a page shows them: each text with the language it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from .. import selectors
from ..models import Edition
from ..selectors import Reading


@dataclass(frozen=True)
class Shown:
    """A text and its language."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text


def seen_by(request: HttpRequest, edition: Edition) -> Reading:
    """The edition in the language the address asks for, or else in one the reader prefers."""
    accept = request.headers.get("Accept-Language", "")
    asked = request.GET.get("lang", "")[:12]
    return selectors.reading(edition, asked, selectors.preferred_languages(accept, request.user))


def shown(seen: Reading, part: Any, name: str) -> Shown:
    """One text of a part for this reader."""
    return Shown(seen.text(part, name), seen.language_of(part, name))


def shown_all(seen: Reading, part: Any, *names: str) -> dict[str, Shown]:
    """Several texts of a part for this reader."""
    return {name: shown(seen, part, name) for name in names}
