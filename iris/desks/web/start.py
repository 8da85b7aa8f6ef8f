"""Landing page, dashboard, search box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from iris.core import clocks
from iris.core.policy import public, signed_in
from iris.desks import selectors


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Anyone lands here; a signed-in person goes on to their day."""
    if request.user.is_authenticated:
        return redirect("desks:today")
    return render(request, "home.html", {"figures": selectors.landing_figures()})


@signed_in
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What now?"""
    user = request.user
    if user.organisation is None:
        return redirect("accounts:start")
    todos = selectors.todos_for(user)
    context = {
        "today": clocks.today(),
        "todos": todos[: selectors.MOST_TODOS],
        "n_todos": len([todo for todo in todos if not todo.waiting]),
        "more": max(0, len(todos) - selectors.MOST_TODOS),
        "move": selectors.move_of_the_day(todos),
        "figures": selectors.figures_for(user),
        "card": selectors.certificate_card(user),
        "deadlines": selectors.deadlines_of(todos),
        "lately": selectors.lately(user),
    }
    return render(request, "desks/today.html", context)


@signed_in
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One box that finds agencies, cases and certificates."""
    text = request.GET.get("q", "")
    hits = selectors.search(request.user, text)
    if len(hits) == 1:
        return redirect(hits[0].url)
    return render(request, "desks/search.html", {"q": text, "hits": hits})
