"""The API's edge: closed by default, one handler from refusals to RFC 9457 problem+json, pages, limits, retries."""

from iris.core.drf.access import Closed, Methods, Scoped
from iris.core.drf.answers import Refusal, is_api, plain, problem
from iris.core.drf.input import ReadOnlySerializer, StrictJSONParser, StrictSerializer
from iris.core.drf.limits import ClientThrottle
from iris.core.drf.pages import Pages
from iris.core.problems import PROBLEM

__all__ = [
    "PROBLEM",
    "ClientThrottle",
    "Closed",
    "Methods",
    "Pages",
    "ReadOnlySerializer",
    "Refusal",
    "Scoped",
    "StrictJSONParser",
    "StrictSerializer",
    "is_api",
    "plain",
    "problem",
]
