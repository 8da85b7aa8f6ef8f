"""The Reconciliation Service API 0.2 at one address: manifest, questions, columns, suggestions."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, PermissionDenied
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from supplychain.reconciliation import selectors
from supplychain.reconciliation.permissions import may_reconcile
from supplychain.reconciliation.rules import ASKED, GIVEN, TYPE, like, read_extension, read_queries
from supplychain.reconciliation.web.edge import ServiceView, in_sandbox

PAGE = 10
MOST_PREFIX = 400
_ACTS = ("queries", "extend")


class Service(ServiceView):
    """Manifest to everyone; questions and columns to whoever has a key."""

    gated = True

    def get_permissions(self) -> list[BasePermission]:
        """The manifest says how to get in, so it is open; a key that is wrong is refused there too."""
        if self.request.method == "GET" and not any(act in self.request.GET for act in _ACTS):
            return [AllowAny()]
        return super().get_permissions()

    def get(self, request: Request) -> Response:
        """The manifest, or the same as POST for clients that put their question into the address."""
        if "callback" in request.query_params:
            raise ParseError(_("JSONP is not served: it would run our answer as a script. Use CORS."))
        if any(act in request.query_params for act in _ACTS):
            return Response(_answered(request, request.query_params))
        return Response(selectors.manifest(self.key))

    def post(self, request: Request) -> Response:
        """A batch of questions in the form field `queries`, or columns in `extend`."""
        return Response(_answered(request, request.data))


def _answered(request: Request, sent: Any) -> dict[str, Any]:
    fixed = in_sandbox(request)
    if not fixed:
        _relying(request)
    given = [act for act in _ACTS if act in sent]
    if len(given) != 1:
        raise ParseError(_("Send one form field: “queries” with questions, or “extend” with columns."))
    text = str(sent[given[0]])
    if given == ["extend"]:
        wish = read_extension(text)
        return selectors.sandbox_extend(wish) if fixed else selectors.extend(wish)
    queries = read_queries(text)
    if fixed:
        return {key: {"result": selectors.sandbox_results(one)} for key, one in queries.items()}
    answers = selectors.answer(list(queries.values()), request.user.organisation)
    return {key: {"result": selectors.as_results(one)} for key, one in zip(queries, answers, strict=True)}


def _relying(request: Request) -> None:
    if not may_reconcile(request.user):
        raise PermissionDenied(_("Matching is for organisations that rely on agencies."))


def _typed(request: Request) -> tuple[str, int]:
    """What was typed, and how many suggestions to skip."""
    prefix = request.query_params.get("prefix", "")
    cursor = request.query_params.get("cursor", "0") or "0"
    if len(prefix) > MOST_PREFIX:
        raise ParseError(_("“prefix” has at most %(most)s characters.") % {"most": MOST_PREFIX})
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 6):
        raise ParseError(_("“cursor” is a whole number: how many suggestions to skip."))
    return prefix, int(cursor)


class SuggestEntity(ServiceView):
    """Agencies by what was typed so far."""

    gated = True

    def get(self, request: Request) -> Response:
        """One page of suggestions."""
        if in_sandbox(request):
            return Response({"result": selectors.sandbox_suggest(*_typed(request))})
        _relying(request)
        return Response({"result": selectors.suggest_agencies(*_typed(request), request.user.organisation)})


class SuggestProperty(ServiceView):
    """Properties that a question may carry or a column may hold."""

    gated = True

    def get(self, request: Request) -> Response:
        """One page of suggestions."""
        prefix, skipped = _typed(request)
        rows = [one.as_json() for one in like((ASKED | GIVEN).values(), prefix)]
        return Response({"result": rows[skipped : skipped + PAGE]})


class SuggestType(ServiceView):
    """The one type."""

    gated = True

    def get(self, request: Request) -> Response:
        """It, where it begins so."""
        prefix, skipped = _typed(request)
        return Response({"result": [one.as_json() for one in like([TYPE], prefix)][skipped:]})


class Propose(ServiceView):
    """The columns that can be fetched."""

    gated = True

    def get(self, request: Request) -> Response:
        """All of them for our type, none for another."""
        wanted = request.query_params.get("type", TYPE.id)
        limit = request.query_params.get("limit", "")
        rows = [one.as_json() for one in GIVEN.values()] if wanted in ("", TYPE.id) else []
        told: dict[str, Any] = {"type": wanted, "properties": rows}
        if limit:
            if not (limit.isascii() and limit.isdigit() and 0 < len(limit) <= 6):
                raise ParseError(_("“limit” is a whole number."))
            told |= {"limit": int(limit), "properties": rows[: int(limit)]}
        return Response(told)
