"""The API's edge: closed by default, one handler from domain errors to RFC 9457 problem+json, pages, limits."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle

from iris.core.errors import DomainError
from iris.core.middleware import status_of

if TYPE_CHECKING:  # rest_framework.views reads these classes while it is being imported
    from rest_framework.views import APIView

PROBLEM = "application/problem+json"


class Closed(BasePermission):
    """Nobody, until a view names who."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return False


class Scoped(BasePermission):
    """An API client whose key carries the view's `required_scope`."""

    message = "The API key lacks the scope this endpoint needs."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        scopes = getattr(request.auth, "scopes", None)
        return getattr(view, "required_scope", None) in (scopes or ())


class ReadOnlySerializer(serializers.Serializer[Any]):
    """A serializer that only ever writes out. Each act has an input serializer of its own."""

    def create(self, validated_data: Any) -> Any:
        raise TypeError("read-only serializer")

    def update(self, instance: Any, validated_data: Any) -> Any:
        raise TypeError("read-only serializer")


class Pages(CursorPagination):
    """Cursor pages, oldest first, 50 rows (at most 200 with ?page_size=)."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "created_at"


class ClientThrottle(SimpleRateThrottle):
    """One budget per API client, or per address without one."""

    scope = "client"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        """The client's id, else the address."""
        ident = getattr(request.auth, "id", None) or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


def _roll_back() -> None:
    """Undo what a refused request wrote, where the request runs in a transaction."""
    if connection.in_atomic_block:
        connection.set_rollback(True)


def _body(status: int, code: str, title: str, **more: Any) -> Response:
    data = {"type": f"urn:iris:problem:{code}", "title": title, "status": status, "code": code, **more}
    return Response(data, status=status, content_type=PROBLEM)


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. The transaction of a refused request is rolled back."""
    if isinstance(error, DomainError):
        _roll_back()
        fields = {name: [str(text) for text in texts] for name, texts in error.fields.items()}
        missing = [str(text) for text in error.missing]
        told: tuple[tuple[str, Any], ...] = (("errors", fields), ("missing", missing))
        return _body(
            status_of(error), error.code, str(error.message), **{key: value for key, value in told if value}
        )
    if isinstance(error, Http404 | ObjectDoesNotExist):
        error = exceptions.NotFound()
    if isinstance(error, exceptions.APIException):
        _roll_back()
        more: dict[str, Any] = (
            {"errors": error.detail} if isinstance(error, exceptions.ValidationError) else {}
        )
        title = "The request is not valid." if more else str(error.detail)
        response = _body(error.status_code, str(error.default_code), title, **more)
        if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
            response["WWW-Authenticate"] = getattr(error, "auth_header", "Api-Key")
        wait = getattr(error, "wait", None)
        if wait is not None:
            response["Retry-After"] = str(int(wait) + 1)
        return response
    _roll_back()
    return None
