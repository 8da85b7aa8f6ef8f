"""What a sandbox key gets instead of the product. An endpoint that nobody offered here is closed to it."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

Answer = Callable[..., HttpResponseBase]
_offered: dict[tuple[str, str], Answer] = {}


def offer(endpoint: str, method: str, answer: Answer) -> None:
    """Answer `method` of the endpoint of this URL name for sandbox keys: `answer(request, view, **kwargs)`."""
    _offered[(endpoint, method.upper())] = answer


def answer_for(endpoint: str, method: str) -> Answer | None:
    """What was offered."""
    return _offered.get((endpoint, "GET" if method.upper() == "HEAD" else method.upper()))


def offered() -> list[tuple[str, str]]:
    """Every endpoint and method that sandbox keys can call."""
    return sorted(_offered)


def guarded(view: Any, answer: Answer) -> Answer:
    """The answer in the place of a view's handler."""

    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return answer(request, view, **kwargs)

    return run
