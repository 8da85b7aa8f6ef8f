"""Likenesses between agencies, for the scheme alone: a list, two side by side, and what a person made of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.agencies import selectors, services
from certification.agencies.forms import LikenessFilters, SettleForm
from certification.agencies.models import Agency, LikenessSignal
from iris.core import clocks, events, fsm, web
from iris.core.errors import DomainError
from iris.core.places import country_name
from iris.core.policy import for_kinds

from .reading import person, visible


@for_kinds("scheme")
def likenesses(request: HttpRequest) -> HttpResponse:
    """Every likeness, the strongest first; the open ones unless the address says otherwise."""
    filters = LikenessFilters(request.GET if request.GET else {"state": "open"})
    rows = selectors.likenesses_visible_to(person(request))
    filtered = bool(request.GET)
    if filters.is_valid():
        rows = rows.filter(**{name: value for name, value in filters.cleaned_data.items() if value})
    return _list(request, rows, {"filters": filters, "filtered": filtered})


@for_kinds("scheme")
def likenesses_of(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The likenesses of one agency."""
    agency = visible(request, agency_id)
    rows = selectors.likenesses_visible_to(person(request)).filter(Q(agency=agency) | Q(other=agency))
    return _list(request, rows, {"agency": agency})


def _list(request: HttpRequest, rows: object, more: dict[str, object]) -> HttpResponse:
    page = web.paginate(request, rows)
    signals: list[LikenessSignal] = list(page.object_list)
    standings = selectors.known_standings(
        {row.pk: row for signal in signals for row in (signal.agency, signal.other)}.values()
    )
    lines = [
        {
            "signal": signal,
            "reasons": selectors.sentences_of(signal),
            "standing": standings[signal.other_id],
            "own_standing": standings[signal.agency_id],
        }
        for signal in signals
    ]
    context = {"page": page, "lines": lines, "filters": None, "filtered": False, "agency": None, **more}
    return render(request, "agencies/likeness/list.html", context)


@for_kinds("scheme")
def likeness(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Two agencies side by side, why they are alike, and what it is."""
    rows = selectors.likenesses_visible_to(person(request))
    signal = web.get_or_404(rows, pk=signal_id)
    user = person(request)
    form = SettleForm(request.POST or None)
    if request.method == "POST":
        try:
            if "again" in request.POST:
                services.look_again(signal_id=signal.pk, actor=user)
                messages.success(request, _("Open again."))
                return redirect("agencies:likeness", signal.pk)
            if form.is_valid():
                services.settle_likeness(signal_id=signal.pk, actor=user, **form.cleaned_data)
                messages.success(
                    request, _("Kept with your reasons. Nothing else follows from it by itself.")
                )
                return redirect("agencies:likeness", signal.pk)
        except DomainError as error:
            form.add_domain_error(error)
    context = {
        "signal": signal,
        "reasons": selectors.sentences_of(signal),
        "sides": _sides(signal),
        "form": form,
        "may_settle": fsm.may(signal.dismiss, user),
        "may_look_again": fsm.may(signal.look_again, user),
        "events": events.events_of(signal),
    }
    return render(request, "agencies/likeness/likeness.html", context, status=422 if form.errors else 200)


def _sides(signal: LikenessSignal) -> list[dict[str, object]]:
    """The same facts of both agencies, row by row."""
    ids = [signal.agency_id, signal.other_id]
    found = {row.pk: row for row in selectors.with_facts(Agency.objects.filter(pk__in=ids))}
    standings = selectors.known_standings(found.values())
    return [{"agency": found[pk], "standing": standings[pk], "facts": _facts(found[pk])} for pk in ids]


def _facts(agency: Agency) -> list[tuple[str, list[str]]]:
    today = clocks.today()
    return [
        (_("Registration number"), [f"{agency.registration_number}, {country_name(agency.country)}"]),
        (_("Founded"), [selectors.in_words(agency.founded_on)] if agency.founded_on else []),
        (_("Enrolled"), [selectors.in_words(agency.enrolled_at.date())] if agency.enrolled_at else []),
        (_("Other names"), [row.name for row in selectors.names_of(agency)]),
        (_("Head office"), [part for part in (agency.address, agency.city) if part]),
        (_("Phone"), [agency.phone] if agency.phone else []),
        (_("E-mail"), [agency.email] if agency.email else []),
        (_("Website"), [agency.website] if agency.website else []),
        (
            _("Owners and directors"),
            [
                f"{row.name}, {row.get_role_display().lower()}"
                + (f", {row.birth_year}" if row.birth_year else "")
                + ("" if row.holds(today) else f" ({_('no longer')})")
                for row in agency.officers.all()
            ],
        ),
        (_("Licences"), [f"{row.number}, {country_name(row.country)}" for row in agency.licences.all()]),
        (
            _("Numbers in registers"),
            [f"{row.get_scheme_display()}: {row.value}" for row in agency.identifiers.all()],
        ),
        (
            _("Related companies"),
            [f"{row.name}, {row.get_kind_display().lower()}" for row in agency.related.all()],
        ),
    ]
