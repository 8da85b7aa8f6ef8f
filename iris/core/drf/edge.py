"""The one gate of every endpoint: limits, sandbox, sizes, retries, and what stands in the head of an answer.

Views know nothing of it. `mounted()` puts it before each of them where the addresses are composed (iris.urls).
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, time
from datetime import date as Day
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from iris.core import frozen
from iris.core.drf import limits, once, sandbox
from iris.core.drf.answers import Refusal
from iris.core.drf.input import PAGING, refuse_unasked

LONGEST_ADDRESS = 8_000


def deprecated(*, since: Day, sunset: Day | None = None, instead: str = "") -> Any:
    """Mark a view or one of its methods: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), a link to what to use."""

    def mark(thing: Any) -> Any:
        thing = extend_schema(deprecated=True)(thing)
        thing.deprecation = (since, sunset, instead)
        return thing

    return mark


class Edge(APIView):
    """Before and after every handler.

    A view that speaks of the register's state says `dated = True`: its answers begin with `as_of`, the moment of which
    they speak. The ETag stands for the rest, so that what did not change is not sent again; the 304 says as of when
    it was looked at in the header that every answer has.
    """

    gated = True
    standing: limits.Standing | None = None
    moment = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """DRF's own way, then the head of the answer."""
        self.moment = frozen.as_of()  # what is read is read after it
        return self._left(request, super().dispatch(request, *args, **kwargs))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the call, refuse what cannot be served, let DRF check key and scope, then choose who answers."""
        refused = self._who(request)
        self.standing = limits.count(self._budget(request, refused))
        if self.standing is not None and self.standing.over:
            raise limits.too_many(self.standing)
        if refused is not None:
            raise refused
        _refuse_unreadable(request, kwargs)
        self._refuse_beyond_the_sandbox(request)
        super().initial(request, *args, **kwargs)
        _refuse_paging(request, self)
        self._refuse_large(request)
        self._choose(request)

    def _who(self, request: Request) -> exceptions.APIException | None:
        try:
            request.auth  # noqa: B018 (asks the authenticators)
        except exceptions.APIException as error:
            return error
        return None

    def _budget(self, request: Request, refused: Exception | None) -> str:
        client = None if refused else getattr(request.auth, "pk", None)
        return f"client:{client}" if client else f"address:{BaseThrottle().get_ident(request)}"

    def _refuse_large(self, request: Request) -> None:
        files = any(issubclass(one, MultiPartParser) for one in self.parser_classes)
        form = request.content_type.startswith("multipart/") and files
        most = settings.IRIS_LIST_MOST_MB * 1_000_000 if form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length[:15]) > most:
            text = _("The body has %(found)s bytes; this endpoint takes %(most)s.")
            raise Refusal(413, "too_large", text % {"found": length[:15], "most": most})

    def _answer_of_sandbox(self, request: Request) -> Any:
        """What answers this call in the sandbox; None when nothing does."""
        match = request.resolver_match
        return sandbox.answer_for(match.url_name or "" if match else "", str(request.method).lower())

    def _refuse_beyond_the_sandbox(self, request: Request) -> None:
        """Before the scope is looked at: a sandbox key can have no scope that would help."""
        name = str(request.method).lower()
        if name == "options" or not hasattr(self, name) or not getattr(request.auth, "sandbox", False):
            return
        if self._answer_of_sandbox(request) is None:
            text = _("The sandbox does not offer this. It needs a live key.")
            raise Refusal(403, "not_in_sandbox", text)

    def _choose(self, request: Request) -> None:
        """Put the sandbox or the guard of retries in the place of the handler; DRF calls what stands there."""
        name = str(request.method).lower()
        handler = getattr(self, name, None)
        if handler is None or name == "options":
            return
        if getattr(request.auth, "sandbox", False):
            handler = sandbox.guarded(self, self._answer_of_sandbox(request))
        if name in ("get", "head"):
            setattr(self, name, self._heard(handler))
            return
        key = once.key_of(request)
        setattr(self, name, once.guarded(self, handler, key) if key else handler)

    def _heard(self, handler: once.Handler) -> once.Handler:
        """The handler, refused with whatever it did when it did not look at what the address asks."""

        def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.query_params:
                return handler(request, *args, **kwargs)
            with transaction.atomic():
                response = handler(request, *args, **kwargs)
                refuse_unasked(
                    request.query_params, paged=getattr(self, "pagination_class", None) is not None
                )
            return response

        return run

    def _left(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if self.standing is not None:
            for name, value in self.standing.headers.items():
                response[name] = value
        self._tell_deprecation(request, response)
        patch_vary_headers(response, ["Authorization"])
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache" if response.status_code < 400 else "no-store"
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response.render()
        if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.streaming:
            if getattr(self, "dated", False):
                _date(response, self.moment)
            return _conditional(request, response)
        return response

    def _tell_deprecation(self, request: HttpRequest, response: HttpResponseBase) -> None:
        method = "get" if request.method == "HEAD" else str(request.method).lower()
        handler = getattr(type(self), method, None)
        told = getattr(handler, "deprecation", None) or getattr(type(self), "deprecation", None)
        if told is None:
            return
        since, sunset, instead = told
        response["Deprecation"] = f"@{_noon_stamp(since)}"
        if sunset is not None:
            response["Sunset"] = http_date(_noon_stamp(sunset))
        if instead:
            response["Link"] = f'<{instead}>; rel="successor-version"'


def _noon_stamp(day: Day) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _date(response: Any, moment: str) -> None:
    """Put the moment before everything else of an object in JSON, and tell it in the head too."""
    content = response.content
    response["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    response[frozen.HEADER] = moment
    if content.startswith(b"{"):
        rest = content[1:]
        response.content = b'{"as_of":"' + moment.encode() + b'"' + (b"}" if rest == b"}" else b"," + rest)


def _conditional(request: HttpRequest, response: Any) -> HttpResponseBase:
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    if found is not response and found is not None:
        for name, value in response.items():
            if name.lower() not in ("content-type", "content-length") and not found.has_header(name):
                found[name] = value
    return found or response


def _refuse_unreadable(request: Request, kwargs: dict[str, Any]) -> None:
    """Text that no row can hold: in the path there is nothing under it, in the query it is refused."""
    if len(request.get_full_path()) > LONGEST_ADDRESS:
        raise Refusal(414, "address_too_long", _("The address is too long."))
    if any("\x00" in value for value in kwargs.values() if isinstance(value, str)):
        raise Http404
    for name, values in request.query_params.lists():
        if any("\x00" in text or not _encodes(text) for text in (name, *values)):
            raise exceptions.ValidationError(
                {name.replace("\x00", ""): [_("The text holds a NUL character. Take it out.")]}
            )


def _refuse_paging(request: Request, view: Any) -> None:
    """What speaks of pages is refused where there are none, instead of being passed over."""
    if request.method not in ("GET", "HEAD") or getattr(view, "pagination_class", None) is not None:
        return
    named = sorted(PAGING & set(request.query_params))
    if named:
        text = _("This endpoint has no pages and one order. Leave this away.")
        raise exceptions.ValidationError({name: [text] for name in named})


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def mounted(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses with the gate before every view."""
    found: list[URLPattern | URLResolver] = []
    for entry in patterns:
        cls = getattr(getattr(entry, "callback", None), "cls", None)
        if isinstance(entry, URLPattern) and cls is not None and not issubclass(cls, Edge):
            told = {"__module__": cls.__module__, "__doc__": cls.__doc__, "__qualname__": cls.__qualname__}
            gated: Any = type(cls.__name__, (Edge, cls), told)
            view: Any = gated.as_view(**getattr(entry.callback, "initkwargs", {}))
            view.url_name = entry.name
            found.append(URLPattern(entry.pattern, view, entry.default_args, entry.name))
        else:
            found.append(entry)
    return found
