"""The chain as a table, with its gaps on top."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iris.core.policy import for_kinds
from supplychain.chains import selectors


@for_kinds("employer")
@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """Who gets workers through whom, and which recruiters are not certified."""
    lines = selectors.chain_of(request.user)
    return render(request, "chains/chain.html", {"lines": lines, "gaps": selectors.gaps_of(lines)})
