"""The edge of the service: the key that may stand in the address, other origins, plain JSON, errors."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.core.drf import ClientThrottle, Scoped, problem
from supplychain.reconciliation.rules import TooMuch, Unreadable

SCOPE = "reconcile"
KEY = "key"
LIKE_A_KEY = re.compile(r"[A-Za-z0-9._-]{1,200}")


class TooLarge(exceptions.APIException):
    """More than is answered at once."""

    status_code = 413
    default_code = "too_large"
    default_detail = _("This is more than is answered at once. Send it in parts.")


class ServiceThrottle(ClientThrottle):
    """A budget of its own: OpenRefine sends ten names at a time, one batch after the other, without waiting."""

    scope = "reconcile"


class PlainJSON(JSONRenderer):
    """JSON in ASCII: whatever halves of characters a client named its questions with can be sent back."""

    ensure_ascii = True


class AlwaysJSON(BaseContentNegotiation):
    """There is one format; what a client would rather have does not matter."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first that reads the media type."""
        content = request.content_type.partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == content), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The only one."""
        return renderers[0], renderers[0].media_type


def _take_key(request: HttpRequest) -> str:
    """Move a key out of the address into the header, so that nothing behind this line can write it anywhere.

    What cannot be a key of ours is handed on as a wrong one.
    """
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    keys = [value for name, value in pairs if name == KEY]
    if not keys:
        return ""
    request.META["QUERY_STRING"] = urlencode([pair for pair in pairs if pair[0] != KEY])
    request.__dict__.pop("GET", None)
    if not keys[0] or "HTTP_AUTHORIZATION" in request.META:
        return ""
    key = keys[0] if LIKE_A_KEY.fullmatch(keys[0]) else "wrong"
    request.META["HTTP_AUTHORIZATION"] = f"Api-Key {key}"
    request.__dict__.pop("headers", None)
    return key


def in_sandbox(request: Request) -> bool:
    """Whether the caller's key opens fixed records only."""
    return bool(getattr(request.auth, "sandbox", False))


class ServiceView(APIView):
    """An endpoint of the service: open to other origins, closed without a key of its scope."""

    permission_classes = [Scoped]
    required_scope = SCOPE
    renderer_classes = [PlainJSON]
    parser_classes = [FormParser]
    throttle_classes = [ServiceThrottle]
    content_negotiation_class = AlwaysJSON
    schema = None
    # A view that lets sandbox keys in says so, and asks `in_sandbox` before it reads the product.
    gated = False
    key = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Take the key out of the address before anything else looks at it."""
        self.key = _take_key(request)
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A key that travels in addresses may open nothing but this service."""
        super().initial(request, *args, **kwargs)
        if self.key and list(getattr(request.auth, "scopes", [])) != [SCOPE]:
            raise exceptions.AuthenticationFailed(
                _(
                    "A key in an address is seen by others. This one opens more than reconciliation: "
                    "send it as a header, or make an address of its own on the page OpenRefine."
                )
            )

    def get_permissions(self) -> list[BasePermission]:
        """A browser asks before it calls, and then carries no key."""
        if self.request.method == "OPTIONS":
            return [AllowAny()]
        return list(super().get_permissions())  # type: ignore[arg-type] # the stubs name a protocol

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What browsers ask of another origin."""
        return Response(status=204)

    def handle_exception(self, exc: Exception) -> Response:
        """Refusals as problem+json with the status that the protocol names."""
        if isinstance(exc, TooMuch):
            exc = TooLarge(str(exc))
        elif isinstance(exc, Unreadable):
            exc = exceptions.ParseError(str(exc))
        elif isinstance(exc, SuspiciousOperation):  # a body over the limit of the house, or too many fields
            exc = TooLarge()
        return super().handle_exception(exc)

    def get_exception_handler(self) -> Any:
        """The house's."""
        return problem

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Any origin may read it, nobody may keep it, and it names no address that it came from."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        answer["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        answer["Access-Control-Max-Age"] = "86400"
        answer["Access-Control-Expose-Headers"] = "Retry-After"
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "no-referrer"
        return answer
