"""Pages and feeds of fixed records: they page as those of the product do, and their cursors never change."""

import re
from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from iris.core.drf import Pages, cursors
from iris.developers.sandbox.records import SPACE

# What every feed ends with: a record that was there and is not any more.
GONE = str(uuid5(SPACE, "Test Gone Agency"))
LONGEST_PLACE = 4


def _place(name: str, text: str, kind: str) -> int:
    """The place a cursor stands for; 0 of an empty one. Raises ValidationError for one that we did not give."""
    if not text:
        return 0
    found = re.fullmatch(rf"sandbox-{kind}-(\d{{1,{LONGEST_PLACE}}})", text)
    if found is None:
        said = {
            "cursor": _("This cursor is not one of ours. Begin again without it."),
            "changed_since": _("This cursor is not one of ours. Begin again with it empty."),
        }
        raise serializers.ValidationError({name: [said[name]]})
    return int(found[1])


def page(request: Request, view: Any, rows: list[dict[str, Any]], kind: str) -> Response:
    """One cursor page of these rows, in the order asked for."""
    size, order = Pages().get_page_size(request), Pages().get_order(request, view)
    if order.column != cursors.FIRST:
        rows = sorted(rows, key=lambda row: str(row[order.column]))
    if order.down:
        rows = rows[::-1]
    start = _place("cursor", request.query_params.get("cursor", ""), kind)
    here = request.build_absolute_uri()

    def at(place: int) -> str:
        return replace_query_param(here, "cursor", f"sandbox-{kind}-{place}")

    return Response(
        {
            "next": at(start + size) if start + size < len(rows) else None,
            "previous": at(max(0, start - size)) if start > 0 else None,
            "results": rows[start : start + size],
        }
    )


def feed(request: Request, every: list[dict[str, Any]], fitting: list[dict[str, Any]], kind: str) -> Response:
    """One page of what changed: each record once, in a fixed order, and at the end one that is gone.

    A record that the filters leave out is gone too, as in the product.
    """
    size = Pages().get_page_size(request)
    start = _place("changed_since", request.query_params.get("changed_since", ""), kind)
    order = [row["id"] for row in every] + [GONE]
    told = order[start : start + size]
    rows = {row["id"]: row for row in fitting}
    end = min(start + len(told), len(order))
    return Response(
        {
            "next": None,
            "previous": None,
            "results": [rows[one] for one in told if one in rows],
            "changed_since": f"sandbox-{kind}-{max(end, start)}",
            "more": end < len(order),
            "gone": [one for one in told if one not in rows],
        }
    )


def listed(
    request: Request, view: Any, every: list[dict[str, Any]], fitting: list[dict[str, Any]], kind: str
) -> Response:
    """A page of the list, or of its feed."""
    if "changed_since" not in request.query_params:
        return page(request, view, fitting, kind)
    if "ordering" in request.query_params:
        text = _("The feed of changes has an order of its own. Leave this away.")
        raise serializers.ValidationError({"ordering": [text]})
    return feed(request, every, fitting, kind)
