"""How many calls a client may make: counted one by one in the shared cache, in windows that begin with the clock.

The answer says where the client stands in `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset` and
`RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-06, which clients in use read).
"""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from iris.core import clocks
from iris.core.caches import tally

if TYPE_CHECKING:
    from rest_framework.views import APIView

log = logging.getLogger(__name__)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Standing:
    """Where a client stands in the window that runs."""

    limit: int
    window: int
    used: int
    reset: int

    @property
    def over(self) -> bool:
        """Whether this call is one too many."""
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """What the answer says."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.limit};w={self.window}",
        }


def rate(told: str = "") -> tuple[int, int]:
    """Calls and seconds of a rate such as `600/min`; of the operator's for the API where none is given."""
    calls, _slash, unit = (told or settings.IRIS_API_RATE).partition("/")
    return int(calls), SECONDS[unit.strip()[:1].lower()]


def count(who: str, most: tuple[int, int] | None = None) -> Standing | None:
    """Count one call against the rate of the API, or another one.

    None when the cache cannot be reached: the API answers on, and the log says so. The cache adds one in one step,
    whoever else does at the same moment, so that exactly `limit` calls of a window get through. The number of the
    window is in the name: nothing has to be reset.
    """
    limit, window = most or rate()
    now = int(clocks.now().timestamp())
    name = f"api-rate:{who}:{window}:{now // window}"
    try:
        used = tally(name, 2 * window)
    except Exception:  # whatever the cache's client raises
        log.exception("Calls cannot be counted: the shared cache does not answer")
        return None
    return Standing(limit, window, used, window - now % window)


class ClientThrottle(BaseThrottle):
    """One budget per API client, or per address without one: for services beside the API, with rates of their own."""

    scope = "client"
    standing: Standing | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count this call, like the gate of the API does."""
        house: Any = settings.REST_FRAMEWORK
        told = house["DEFAULT_THROTTLE_RATES"][self.scope]
        ident = getattr(request.auth, "id", None) or self.get_ident(request)
        self.standing = count(f"{self.scope}:{ident}", rate(told))
        return self.standing is None or not self.standing.over

    def wait(self) -> float | None:
        """Seconds until the next window."""
        return self.standing.reset if self.standing else None


def too_many(standing: Standing) -> Throttled:
    """The refusal."""
    text = _("You made your %(limit)s calls of this window. The next one opens in %(wait)s s.")
    refused: Any = Throttled()
    refused.detail = text % {"limit": standing.limit, "wait": standing.reset}
    refused.wait = standing.reset
    return refused  # type: ignore[no-any-return] # the stubs know no wait
