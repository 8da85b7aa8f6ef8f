"""Pages by cursor, and the feed of what changed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from iris.core import feeds
from iris.core.drf import cursors

PAGE = 50
MOST = 200


def orderings_of(view: Any) -> tuple[str, ...]:
    """The columns by which the list of a view can be ordered: those it names in `orderings`, and the time of entry."""
    return (cursors.FIRST, *getattr(view, "orderings", ()))


def choices_of(view: Any) -> list[str]:
    """What `?ordering=` takes: each column upwards, and with a minus down."""
    return [f"{sign}{name}" for name in orderings_of(view) for sign in ("", "-")]


class Pages(BasePagination):
    """Cursor pages of 50 rows (at most 200 with ?page_size=), oldest first or in the order of ?ordering=.

    A list whose view names a `feed` also answers `?changed_since=`: what changed since that cursor, in order. Either
    the feed is the reader's own (`feed_own`), or `once_public` of the view says of which things `gone` may tell.
    """

    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        """Refuses what is no number of rows, instead of guessing."""
        asked = request.query_params.get("page_size")
        if asked is None:
            return PAGE
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= MOST and len(asked) < 9):
            text = _("Expected a whole number from 1 to %(most)s.") % {"most": MOST}
            raise ValidationError({"page_size": [text]})
        return int(asked)

    def get_order(self, request: Request, view: Any) -> cursors.Order:
        """The order that is asked for. Refuses one that the list does not have, and names those it has."""
        asked = request.query_params.get("ordering")
        if asked is None:
            return cursors.Order()
        if asked not in choices_of(view):
            text = _("There is no such order. There are: %(known)s.") % {"known": ", ".join(choices_of(view))}
            raise ValidationError({"ordering": [text]})
        return cursors.Order(asked.removeprefix("-"), asked.startswith("-"))

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """A page of the list, or of the feed."""
        feed = getattr(view, "feed", "")
        self.news: feeds.News | None = None
        size, order = self.get_page_size(request), self.get_order(request, view)
        if "changed_since" not in request.query_params:
            return self._page(queryset, request, order, size)
        if not feed:
            raise ValidationError({"changed_since": [_("This list has no feed of changes.")]})
        if "ordering" in request.query_params:
            text = _("The feed of changes has an order of its own. Leave this away.")
            raise ValidationError({"ordering": [text]})
        try:
            own = queryset if getattr(view, "feed_own", False) else None
            self.news = feeds.read(feed, request.query_params["changed_since"], size, among=own)
        except feeds.UnknownCursor as error:
            raise ValidationError(
                {"changed_since": [_("This cursor is not one of ours. Begin again with it empty.")]}
            ) from error
        rows = {row.pk: row for row in queryset.filter(pk__in=self.news.subjects)}
        left = [one for one in self.news.subjects if one not in rows]
        public = view.once_public(left) if left else set()
        self.gone = [str(one) for one in left if one in public]
        return [rows[one] for one in self.news.subjects if one in rows]

    def _page(self, rows: "QuerySet[Any]", request: Request, order: cursors.Order, size: int) -> list[Any]:
        cursor = request.query_params.get("cursor", "")
        try:
            mark = cursors.opened(cursor) if cursor else None
            found = list(order.page(rows, mark, size + 1))
        except cursors.UnknownCursor as error:
            text = _("This cursor is not one of this list in this order. Begin again without it.")
            raise ValidationError({"cursor": [text]}) from error
        page, more = found[:size], len(found) > size
        turned = mark is not None and mark.turned
        if turned:
            page.reverse()
        self.base = request.build_absolute_uri()
        self.next_link = self._link(order, page[-1:], False) if more or turned else None
        self.previous_link = self._link(order, page[:1], True) if mark and (more or not turned) else None
        return page

    def _link(self, order: cursors.Order, rows: list[Model], turned: bool) -> str | None:
        return (
            replace_query_param(self.base, "cursor", order.mark(rows[0], turned=turned).text)
            if rows
            else None
        )

    def get_paginated_response(self, data: Any) -> Response:
        """`next` and `previous` of a list; of the feed also the cursor to keep, and what is no longer there."""
        if self.news is None:
            return Response({"next": self.next_link, "previous": self.previous_link, "results": data})
        more = {"next": None, "previous": None, "results": data}
        return Response(
            {**more, "changed_since": self.news.cursor, "more": self.news.more, "gone": self.gone}
        )

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters of paging in the OpenAPI document; of the feed where the list has one."""
        told = [
            _parameter("cursor", "From `next` or `previous` of a page.", {"type": "string"}),
            _parameter(
                "ordering",
                "By which column; with a minus the other way round. Rows that say the same stand in the order of "
                "their ids; empty ones stand last, with a minus first.",
                {"type": "string", "enum": choices_of(view), "default": cursors.FIRST},
            ),
            _parameter(
                "page_size",
                "Number of results to return per page.",
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
            ),
        ]
        if getattr(view, "feed", ""):
            text = "Instead of a page: what changed since this cursor; empty begins at the beginning. It has one order."
            told.append({**_parameter("changed_since", text, {"type": "string"}), "allowEmptyValue": True})
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


def _parameter(name: str, text: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "required": False, "in": "query", "description": text, "schema": shape}
