"""Pages by cursor, and the feed of what changed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError as Malformed
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from iris.core import feeds

PAGE = 50
MOST = 200


class Pages(CursorPagination):
    """Cursor pages, oldest first, 50 rows (at most 200 with ?page_size=).

    A list whose view names a `feed` also answers `?changed_since=`: what changed since that cursor, in order.
    """

    page_size = PAGE
    page_size_query_param = "page_size"
    max_page_size = MOST
    ordering = "created_at"
    invalid_cursor_message = "This cursor is not one of ours. Begin again without it."

    def get_page_size(self, request: Request) -> int:
        """Refuses what is no number of rows, instead of guessing."""
        asked = request.query_params.get("page_size")
        if asked is None:
            return PAGE
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= MOST and len(asked) < 9):
            text = _("Expected a whole number from 1 to %(most)s.") % {"most": MOST}
            raise ValidationError({"page_size": [text]})
        return int(asked)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """A page of the list, or of the feed."""
        feed = getattr(view, "feed", "")
        self.news: feeds.News | None = None
        self.get_page_size(request)
        if "changed_since" not in request.query_params:
            return self._page(queryset, request, view)
        if not feed:
            raise ValidationError({"changed_since": [_("This list has no feed of changes.")]})
        size = self.get_page_size(request)
        try:
            self.news = feeds.read(feed, request.query_params["changed_since"], size)
        except feeds.UnknownCursor as error:
            raise ValidationError(
                {"changed_since": [_("This cursor is not one of ours. Begin again with it empty.")]}
            ) from error
        rows = {row.pk: row for row in queryset.filter(pk__in=self.news.subjects)}
        self.gone = [str(one) for one in self.news.subjects if one not in rows]
        return [rows[one] for one in self.news.subjects if one in rows]

    def _page(self, queryset: "QuerySet[Any]", request: Request, view: Any) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, Malformed, ValueError, OverflowError) as error:
            raise ValidationError({"cursor": [self.invalid_cursor_message]}) from error

    def get_paginated_response(self, data: Any) -> Response:
        """`next` and `previous` of a list; of the feed also the cursor to keep, and what is no longer there."""
        if self.news is None:
            return super().get_paginated_response(data)
        more = {"next": None, "previous": None, "results": data}
        return Response(
            {**more, "changed_since": self.news.cursor, "more": self.news.more, "gone": self.gone}
        )

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters of paging in the OpenAPI document; of the feed where the list has one."""
        told: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for one in told:
            if one["name"] == self.page_size_query_param:
                one["schema"] = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE}
        if getattr(view, "feed", ""):
            text = "Instead of a page: what changed since this cursor; empty begins at the beginning."
            told.append(
                {
                    "name": "changed_since",
                    "required": False,
                    "in": "query",
                    "description": text,
                    "allowEmptyValue": True,
                    "schema": {"type": "string"},
                }
            )
        return told

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The page in the OpenAPI document."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "Address of the next page; null on the last."},
                "previous": {**link, "description": "Address of the page before."},
                "results": schema,
                "changed_since": {
                    "type": "string",
                    "description": "Of a feed: keep it and ask with it next time.",
                },
                "more": {"type": "boolean", "description": "Of a feed: ask again at once, there is more."},
                "gone": {
                    "type": "array",
                    "items": {"type": "string", "format": "uuid"},
                    "description": "Of a feed: changed, and no longer in this list with these filters.",
                },
            },
        }
