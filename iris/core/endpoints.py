"""What the rooms' endpoints share: a scope for reading and one for writing, checked input, cursor pages."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iris.core.drf import Pages, Scoped, StrictSerializer

M = TypeVar("M", bound=Model)
REFUSED = OpenApiResponse(description="problem+json: what to correct, by field.")
NOT_NOW = OpenApiResponse(
    description="problem+json: the thing does not stand where this act begins, and why."
)
ABSENT = OpenApiResponse(description="problem+json: it does not exist for you.")
ACTS = {
    403: OpenApiResponse(description="problem+json: not by this key."),
    404: ABSENT,
    409: NOT_NOW,
    422: REFUSED,
}


class Keyed(BasePermission):
    """Any working API key, whatever its scopes."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the call was signed."""
        return request.auth is not None


class Endpoint(APIView):
    """An endpoint of a room. Reading and writing ask for scopes of their own; lists come in cursor pages.

    `orderings` names the columns by which its list can be ordered, beside the time of entry: those that the answer
    shows, and that seldom change. `dated` says that its answers speak of the register (iris.core.drf.edge).
    """

    permission_classes = [Scoped]
    pagination_class: type[Pages] | None = Pages
    reads: ClassVar[str] = ""
    writes: ClassVar[str] = ""
    orderings: ClassVar[tuple[str, ...]] = ()
    dated: ClassVar[bool] = False

    @property
    def required_scope(self) -> str:
        """The scope this call needs; of a method that is not offered any of them, so that the answer is 405."""
        request = getattr(self, "request", None)
        method = (request.method if request else None) or "GET"
        if method == "OPTIONS" or not hasattr(self, method.lower()):
            return self.reads or self.writes
        return self.reads if method in SAFE_METHODS else self.writes

    def asked(self, query: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The filters of this call, checked."""
        given = query(data=self.request.query_params)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def given(self, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The body of this call, checked."""
        told = shape(data=self.request.data)
        told.is_valid(raise_exception=True)
        return dict(told.validated_data)

    def page(self, rows: "QuerySet[M]", shape: type[serializers.Serializer[Any]], **context: Any) -> Response:
        """One cursor page of these rows."""
        pages = Pages()
        found = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(shape(found, many=True, context=context).data)


class Filters(StrictSerializer):
    """Filters of a list; they add up. One that does not exist is refused."""

    unknown_word = "filter"


class Given(StrictSerializer):
    """What is sent in. A field that does not exist is refused."""


def scope_of(view: Any, method: str) -> str:
    """The scope that a view class asks for; empty where any key, or none, will do."""
    if isinstance(getattr(view, "required_scope", ""), property):
        return str(view.reads if method in SAFE_METHODS else view.writes)
    return str(getattr(view, "required_scope", ""))


def name_scopes(result: dict[str, Any], generator: Any, **given: Any) -> dict[str, Any]:
    """Hook of the OpenAPI document: every operation says which scope it needs."""
    for path, _regex, method, callback in generator.endpoints:
        operation = result["paths"].get(path, {}).get(method.lower())
        scope = scope_of(callback.cls, method) if operation else ""
        if operation and scope:
            operation["x-scope"] = scope
            told = operation.get("description", "").rstrip()
            operation["description"] = f"{told}\n\nScope: `{scope}`.".strip()
    return result
