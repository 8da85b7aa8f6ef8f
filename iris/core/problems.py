"""Every code a refusal can carry: what it means, what to do about it, and what it looks like.

Rooms name their codes in `AppConfig.ready()`. A code that is raised and not named fails a test; the pages under
/developers/errors/ are made from what stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from iris.core.errors import Text

PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """One code: its usual status, a short title, why it happens, what helps, and the members an answer may add."""

    code: str
    status: int
    title: Text
    cause: Text
    fix: Text
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def example(self) -> dict[str, Any]:
        """An answer with this code."""
        title, more = _shown.get(self.code, (self.title, self.more))
        return body(self.status, self.code, title, **more)


_named: dict[str, Problem] = {}
_shown: dict[str, tuple[str, Mapping[str, Any]]] = {}


def name(
    code: str, *, status: int, title: Text, cause: Text, fix: Text, more: Mapping[str, Any] | None = None
) -> None:
    """Register a code. Naming one twice in different words is a mistake of the house."""
    made = Problem(code, status, title, cause, fix, more or {})
    known = _named.get(code)
    if known is not None and (known.status, str(known.title)) != (status, str(title)):
        raise ValueError(f"The code {code} is named twice.")
    _named[code] = made


def show(code: str, title: str, more: Mapping[str, Any]) -> None:
    """What an answer with this code says, for its page."""
    _shown[code] = (title, more)


def facts_of(code: str) -> Problem | None:
    """What is known of a code."""
    return _named.get(code)


def every() -> list[Problem]:
    """All of them, by status and code."""
    return sorted(_named.values(), key=lambda one: (one.status, one.code))


def path_of(code: str) -> str:
    """Where a code's page is."""
    return f"/developers/errors/{code}/"


def address_of(code: str) -> str:
    """The `type` of a problem: the address of the page that explains it."""
    return f"{settings.IRIS_PUBLIC_URL.rstrip('/')}{path_of(code)}"


def body(status: int, code: str, title: Text, **more: Any) -> dict[str, Any]:
    """The members of a problem, in the order people read them."""
    return {"type": address_of(code), "title": str(title), "status": status, "code": code, **more}
