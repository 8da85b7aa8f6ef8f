"""The chain as a map, a tree, a table and a list of findings: one question, four ways to read the answer."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iris.core import clocks
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from supplychain.chains import selectors
from supplychain.chains.forms.seeing import SeeingForm, asked_of
from supplychain.chains.selectors import lines, offers, seeing, sheets
from supplychain.chains.selectors.picture import Asked, Picture, drawn, picture_of
from supplychain.chains.selectors.seeing import View, look_at
from supplychain.chains.web.words import script_words

PER_PAGE = 100


@dataclass
class Page:
    """One request, answered once: the question, the chain as asked for, what of it is shown."""

    request: HttpRequest

    @cached_property
    def parsed(self) -> tuple[Asked, SeeingForm]:
        """The question and its form."""
        return asked_of(self.request.GET)

    @property
    def asked(self) -> Asked:
        """The question."""
        return self.parsed[0]

    @cached_property
    def view(self) -> View:
        """The chain as asked for."""
        return look_at(self.request.user, self.asked)

    @cached_property
    def picture(self) -> Picture:
        """What of it is shown."""
        return picture_of(self.view.sight, self.asked)

    @cached_property
    def kept(self) -> set[int]:
        """The parties listed: all, or those on the ways to something to look at."""
        sight = self.view.sight
        return sight.unclean if self.asked.unclean else set(range(len(sight.seen)))

    @cached_property
    def chosen(self) -> int | None:
        """The party selected."""
        return self.view.sight.by_id.get(self.asked.node) if self.asked.node else None

    def context(self, tab: str) -> dict[str, Any]:
        """What every tab shows around its answer."""
        sight, (asked, form) = self.view.sight, self.parsed
        return {
            "tab": tab,
            "seeing": form,
            "asked": asked,
            "filtered": bool(asked.on or asked.than or asked.unclean),
            "query": self.query(),
            "plain": self.query("node", "open", "fold", "part"),
            "sight": sight,
            "changes": self.view.changes,
            "before": seeing.known_since(sight),
            "unclean": sum(1 for seen in sight.seen if seen.unclean),
            "today": sight.on == clocks.today(),
            "brief": self.view.brief(self.chosen) if self.chosen is not None else None,
            "acts": self._acts(),
            "missing": bool(asked.node) and self.chosen is None,
        }

    def query(self, *without: str) -> str:
        """The question as it stands in the address, for links to the other ways of reading the answer."""
        query = self.request.GET.copy()
        for name in ("page", "q", "code", *without):
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else "?"

    def _acts(self) -> list[Any]:
        if self.chosen is None:
            return []
        return offers.acts_for(self.view.sight.seen[self.chosen].party, self.request.user)

    def drawn(self) -> dict[str, Any]:
        """The picture as JSON."""
        return drawn(self.picture, self.view.risks, self.view.changes)


@for_kinds("employer")
@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """The map, with the tree for who has no script or a small screen."""
    page = Page(request)
    context = page.context("map")
    context["picture"] = page.drawn()
    context["words"] = script_words()
    context["tree"] = _tree(page)
    context["part_rows"] = seeing.parts_of(page.picture)
    return render(request, "chains/map.html", context)


@for_kinds("employer")
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The same parties as lists in lists."""
    page = Page(request)
    return render(request, "chains/tree.html", {**page.context("tree"), "tree": _tree(page)})


def _tree(page: Page) -> lines.Tree:
    deep = page.asked.everything
    return lines.tree_of(page.view.sight, page.kept, risks=page.view.risks, chosen=page.chosen, deep=deep)


@for_kinds("employer")
@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The same parties as rows, a page at a time; with words to find only those."""
    page = Page(request)
    text = request.GET.get("q", "")[:200]
    rows = lines.rows_of(page.view.sight, sorted(page.kept), page.view.risks, text)
    context = page.context("table")
    context |= {"page": paginate(request, rows, PER_PAGE), "text": text}
    return render(request, "chains/table.html", context)


@for_kinds("employer")
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """What the chain shows that somebody should look at."""
    page = Page(request)
    context = page.context("findings")
    wanted = request.GET.get("code", "")
    found = page.view.sight.findings
    context["codes"] = seeing.codes_of(found)
    context["code"] = wanted
    chosen = [one for one in found if not wanted or one.code == wanted]
    context["page"] = paginate(request, chosen, PER_PAGE)
    return render(request, "chains/findings.html", context)


@for_kinds("employer")
@require_GET
def map_data(request: HttpRequest) -> HttpResponse:
    """The picture as JSON; nothing is sent again that the browser holds already."""
    body = json.dumps(Page(request).drawn(), ensure_ascii=False, separators=(",", ":"))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


@for_kinds("employer")
@require_GET
def map_csv(request: HttpRequest) -> HttpResponse:
    """The data behind what is shown."""
    page = Page(request)
    if page.picture.tiers:
        body = sheets.tiers_as_csv(seeing.parts_of(page.picture), page.view.sight.on)
    else:
        view = page.view
        body = sheets.shown_as_csv(
            view.sight, page.picture.folding.shown, view.risks, view.changes, page.asked.than
        )
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="chain-{page.view.sight.on:%Y-%m-%d}.csv"'
    return answer


@for_kinds("employer")
@require_GET
def map_search(request: HttpRequest) -> HttpResponse:
    """Parties of the chain whose names hold these words, folded ones too: the first twenty."""
    page = Page(request)
    found = seeing.named(page.view.sight, request.GET.get("q", "")[:200])
    return JsonResponse({"found": found})


@for_kinds("employer")
@require_GET
def party_brief(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One party in short, to stand beside the map."""
    get_or_404(selectors.parties_visible_to(request.user), pk=party_id)
    page = Page(request)
    number = page.view.sight.by_id.get(party_id)
    if number is None:
        raise Http404
    party = page.view.sight.seen[number].party
    context = {
        "brief": page.view.brief(number),
        "acts": offers.acts_for(party, request.user),
        "asked": page.asked,
        "plain": page.query("node", "open", "fold", "part"),
    }
    return render(request, "chains/_brief.html", context)
