"""Pages that act: begin, change, pause, go on, end; when digests come."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from supplychain.watches import selectors, services
from supplychain.watches.forms import CorridorForm, PlanForm, SearchForm, SettingsForm
from supplychain.watches.models import Watch
from supplychain.watches.permissions import KINDS, may_change, may_watch
from supplychain.watches.selectors.subjects import FILTERS
from supplychain.watches.states import SubjectKind
from supplychain.watches.web.reading import mine

ACTS = {"pause": services.pause_watch, "resume": services.resume_watch, "end": services.end_watch}


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a watch: a corridor or a search from the forms here, anything else by the press on its own page."""
    if not may_watch(request.user):
        raise Http404
    kind = request.POST.get("kind", "")
    corridor = CorridorForm(request.POST if kind == SubjectKind.CORRIDOR else None, auto_id="corridor_%s")
    search = SearchForm(request.POST if kind == SubjectKind.FILTER else None)
    form = {SubjectKind.CORRIDOR: corridor, SubjectKind.FILTER: search}.get(kind)  # type: ignore[call-overload] # a plain string from the form
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            row = _begin(request, kind, form.cleaned_data if form else {})
        except DomainError as error:
            if form is None:
                messages.error(request, str(error.message))
                return redirect("watches:list")
            form.add_domain_error(error)
        else:
            messages.success(request, _("You watch this now. The first look is in the ledger."))
            return redirect("watches:watch", row.pk)
    context = {
        "corridor": corridor,
        "search": search,
        "chain": selectors.watch_with_key(request.user, "chain"),
    }
    status = 422 if corridor.errors or search.errors else 200
    return render(request, "watches/begin.html", context, status=status)


def _begin(request: HttpRequest, kind: str, data: dict[str, str]) -> Watch:
    given = request.POST
    return services.watch(
        actor=request.user,
        subject_kind=kind,
        agency_id=_key(given.get("agency")) if kind == SubjectKind.AGENCY else None,
        screening_id=_key(given.get("screening")) if kind == SubjectKind.SCREENING else None,
        origin=data.get("origin", "") if kind == SubjectKind.CORRIDOR else "",
        destination=data.get("destination", "") if kind == SubjectKind.CORRIDOR else "",
        wanted={name: data.get(name, "") for name in FILTERS} if kind == SubjectKind.FILTER else None,
    )


def _key(text: str | None) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise Http404 from error


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """Who hears of it, when, and what is noted."""
    row = mine(request, watch_id)
    if not may_change(row, request.user):
        raise Http404
    form = SettingsForm(request.POST or None, watch=row)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_watch(watch_id=row.pk, actor=request.user, settings=form.settings())
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The watch was changed."))
            return redirect("watches:watch", row.pk)
    context = {"watch": row, "form": form}
    return render(request, "watches/change.html", context, status=422 if form.errors else 200)


@for_kinds(*KINDS)
@require_POST
def do(request: HttpRequest, watch_id: UUID, act: str) -> HttpResponse:
    """Pause, go on, end."""
    row = mine(request, watch_id)
    if act not in ACTS:
        raise Http404
    ACTS[act](watch_id=row.pk, actor=request.user)
    return redirect("watches:watch", row.pk)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def digests(request: HttpRequest) -> HttpResponse:
    """When the organisation's digests come."""
    organisation = request.user.organisation
    if organisation is None or not may_watch(request.user):
        raise Http404
    plan = selectors.plan_of(organisation)
    initial = {"hour": plan.hour, "weekday": plan.weekday, "when_unchanged": plan.when_unchanged}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_plan(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Digests now come at that time."))
        return redirect("watches:list")
    return render(request, "watches/digests.html", {"form": form}, status=422 if form.errors else 200)
