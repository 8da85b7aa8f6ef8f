"""Lists of an agency: names, licences, corridors, branches, sub-agents. Each row has its own small page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from certification.agencies import selectors, services
from certification.agencies.forms import (
    ConfirmForm,
    CorridorForm,
    LicenceForm,
    NameForm,
)
from certification.agencies.models import Agency
from certification.agencies.services import LicenceAnswers, NameAnswers
from certification.agencies.states import ListPage, NameKind
from iris.core import clocks, web
from iris.core.errors import DomainError
from iris.core.forms import Form
from iris.core.policy import for_kinds

from .lists import STRUCTURE, Data, Rows
from .reading import person, visible


def _licence_data(data: Data) -> Data:
    answers = LicenceAnswers(**{name: value for name, value in data.items() if name != "copy"})
    return {"answers": answers, "copy": data.get("copy")}


LISTS: dict[str, Rows] = {
    "names": Rows(
        page="names",
        title=gettext_lazy("Other names"),
        intro=gettext_lazy(
            "Trading names, the name in another language or script, and former names. "
            "Employers and workers find you by any of them."
        ),
        empty=gettext_lazy("No other names yet"),
        add_label=gettext_lazy("Add a name"),
        change_label=gettext_lazy("Change this name"),
        remove_label=gettext_lazy("Remove this name"),
        icon="language",
        form=NameForm,
        initial={"kind": "trading"},
        fields=("kind", "name", "lang", "used_until", "note"),
        rows=lambda agency: agency.names.exclude(kind=NameKind.LEGAL),
        add=lambda a, u, data: services.add_name(agency_id=a.pk, actor=u, answers=NameAnswers(**data)),
        change=lambda a, pk, u, data: services.change_name(
            agency_id=a.pk, name_id=pk, actor=u, answers=NameAnswers(**data)
        ),
        remove=lambda a, pk, u: services.remove_name(agency_id=a.pk, name_id=pk, actor=u),
    ),
    "licences": Rows(
        page="licences",
        title=gettext_lazy("Licences"),
        intro=gettext_lazy(
            "Every licence that allows you to recruit, in your own country and in others. We remind you three times "
            "before one ends, and compare each with the country’s register where we have it."
        ),
        empty=gettext_lazy("No licence yet"),
        add_label=gettext_lazy("Add a licence"),
        change_label=gettext_lazy("Change this licence"),
        remove_label=gettext_lazy("Remove this licence"),
        icon="license",
        form=LicenceForm,
        fields=("country", "authority", "number", "valid_from", "valid_to"),
        rows=lambda agency: agency.licences.select_related("copy"),
        add=lambda a, u, data: services.add_licence(agency_id=a.pk, actor=u, **_licence_data(data)),
        change=lambda a, pk, u, data: services.change_licence(
            agency_id=a.pk, licence_id=pk, actor=u, **_licence_data(data)
        ),
        remove=lambda a, pk, u: services.remove_licence(agency_id=a.pk, licence_id=pk, actor=u),
    ),
    "corridors": Rows(
        page="corridors",
        title=gettext_lazy("Corridors"),
        intro=gettext_lazy(
            "From which country to which country do you recruit? A certificate holds for the corridors it names "
            "and for no others."
        ),
        empty=gettext_lazy("No corridor yet"),
        add_label=gettext_lazy("Add a corridor"),
        change_label=gettext_lazy("Change this corridor"),
        remove_label=gettext_lazy("Remove this corridor"),
        icon="route",
        form=CorridorForm,
        fields=("origin", "destination"),
        rows=lambda agency: agency.corridors.all(),
        add=lambda a, u, data: services.add_corridor(agency_id=a.pk, actor=u, **data),
        change=lambda a, pk, u, data: services.change_corridor(
            agency_id=a.pk, corridor_id=pk, actor=u, **data
        ),
        remove=lambda a, pk, u: services.remove_corridor(agency_id=a.pk, corridor_id=pk, actor=u),
    ),
    **STRUCTURE,
}


def _kind(page: str) -> Rows:
    if page not in LISTS:
        raise Http404
    return LISTS[page]


@for_kinds("agency")
def row_list(request: HttpRequest, agency_id: UUID, page: str) -> HttpResponse:
    """All rows of one list, each with its own change and remove."""
    kind, agency = _kind(page), visible(request, agency_id)
    context = {
        "agency": agency,
        "kind": kind,
        "rows": kind.rows(agency),
        "add_url": reverse("agencies:row_add", args=[agency.pk, page]),
        "back": reverse("agencies:enrolment", args=[agency.pk]),
        "may_change": selectors.may_change(agency, person(request)),
        "today": clocks.today(),
        "notes": kind.notes(agency),
        "import_url": reverse("agencies:import", args=[agency.pk, page]) if page in ListPage.values else "",
        "tree": selectors.sub_agent_tree(agency.sub_agents.all()) if page == "sub_agents" else [],
    }
    if page == "licences":
        context["views"] = selectors.licence_views(agency, kind.rows(agency))
    return render(request, f"agencies/rows/{page}.html", context)


@for_kinds("agency")
def row_add(request: HttpRequest, agency_id: UUID, page: str) -> HttpResponse:
    """A small page for a new row."""
    kind, agency = _kind(page), visible(request, agency_id)
    initial = {"country": agency.country, "origin": agency.country, **kind.initial}
    initial.update({name: request.GET[name] for name in ("parent", "branch") if name in request.GET})
    form = _form(request, kind, agency, initial)
    if request.method == "POST" and form.is_valid():
        try:
            kind.add(agency, person(request), form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Added."))
            return redirect(_list_url(agency, page))
    return _question(request, agency, kind, form, kind.add_label)


@for_kinds("agency")
def row_change(request: HttpRequest, agency_id: UUID, page: str, row_id: UUID) -> HttpResponse:
    """A small page for one row."""
    kind, agency = _kind(page), visible(request, agency_id)
    row = web.get_or_404(kind.rows(agency), pk=row_id)
    initial = {name.removesuffix("_id"): getattr(row, name) for name in kind.fields}
    form = _form(request, kind, agency, initial, row)
    if request.method == "POST" and form.is_valid():
        try:
            kind.change(agency, row_id, person(request), form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Saved."))
            return redirect(_list_url(agency, page))
    return _question(request, agency, kind, form, kind.change_label)


@for_kinds("agency")
def row_remove(request: HttpRequest, agency_id: UUID, page: str, row_id: UUID) -> HttpResponse:
    """Ask once, then take the row off the list. A second time says nothing new."""
    kind, agency = _kind(page), visible(request, agency_id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        try:
            kind.remove(agency, row_id, person(request))
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Removed."))
        return redirect(_list_url(agency, page))
    row = web.get_or_404(kind.rows(agency), pk=row_id)
    context = {
        "agency": agency,
        "kind": kind,
        "row": row,
        "form": form,
        "back": _list_url(agency, page),
        "may_change": selectors.may_change(agency, person(request)),
    }
    return render(request, "agencies/remove.html", context)


def _form(request: HttpRequest, kind: Rows, agency: Agency, initial: Data, row: object | None = None) -> Form:
    """The form of a list, with the choices that only this agency has."""
    form = kind.form(request.POST or None, request.FILES or None, initial=initial)
    if hasattr(form, "bind"):
        form.bind(agency, row)
    return form


def _list_url(agency: Agency, page: str) -> str:
    return reverse(f"agencies:{page}", args=[agency.pk])


def _question(
    request: HttpRequest, agency: Agency, kind: Rows, form: Form, title: StrOrPromise
) -> HttpResponse:
    context = {
        "agency": agency,
        "form": form,
        "page_title": title,
        "intro": "",
        "parent": kind.title,
        "back": _list_url(agency, kind.page),
        "may_change": selectors.may_change(agency, person(request)),
    }
    return render(request, "agencies/question.html", context, status=422 if form.errors else 200)
