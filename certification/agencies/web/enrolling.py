"""Enrolling: a task list, and one small page for each question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies import permissions, selectors, services
from certification.agencies.forms import ConfirmForm, ContactForm, EntityForm, SanctionsForm, SectorsForm
from certification.agencies.models import Agency
from certification.agencies.services import Contact, LegalEntity
from iris.core import web
from iris.core.errors import DomainError
from iris.core.forms import Form
from iris.core.policy import for_kinds, signed_in

from .reading import person, visible


@signed_in
def enrol(request: HttpRequest) -> HttpResponse:
    """The first page: who the agency is in law. Open to people who act for nobody yet, and to agencies."""
    if person(request).kind not in {"", "agency"}:
        raise Http404
    held = selectors.agency_of(person(request))
    if held is not None:
        return redirect("agencies:enrolment", held.pk)
    organisation = person(request).organisation
    initial = {"legal_name": organisation.name, "country": organisation.country} if organisation else {}
    form = EntityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            agency = services.enrol_agency(actor=person(request), details=LegalEntity(**form.cleaned_data))
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Your agency is here. Now add the rest, in any order."))
            return redirect("agencies:enrolment", agency.pk)
    context = {"form": form, "may": permissions.may_enrol(person(request))}
    return render(request, "agencies/enrol.html", context, status=422 if form.errors else 200)


@for_kinds("agency")
def enrolment(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The task list: what is there, what is missing, and whether the agency is eligible."""
    agency = visible(request, agency_id)
    return render(
        request,
        "agencies/enrolment.html",
        {
            "agency": agency,
            "tasks": _tasks(agency),
            "found": selectors.eligibility(agency),
            "move": selectors.enrolment_move(agency, person(request)),
            "may_change": selectors.may_change(agency, person(request)),
        },
    )


def _tasks(agency: Agency) -> list[dict[str, Any]]:
    """The parts of enrolment with how far each is."""
    items = {item.code: item for item in selectors.eligibility(agency).items}
    done = {"tone": "good", "state": _("Done")}
    todo = {"tone": "care", "state": _("To do")}
    free = {"tone": "past", "state": _("Optional")}

    def task(page: str, name: str, icon: str, state: dict[str, str], sub: str = "") -> dict[str, Any]:
        url = reverse(f"agencies:{page}", args=[agency.pk])
        return {"name": name, "url": url, "icon": icon, "sub": sub, **state}

    def need(code: str) -> dict[str, str]:
        return todo if items[code].state == "missing" else done

    def rows(count: int) -> dict[str, str]:
        words = ngettext("%(n)s added", "%(n)s added", count) % {"n": count}
        return {"tone": "good", "state": words} if count else free

    branches, subs = len(agency.branches.all()), len(agency.sub_agents.all())
    acting = sum(len(branch.people.all()) for branch in agency.branches.all())
    related, numbers = len(agency.related.all()), len(agency.identifiers.all())
    return [
        task(
            "entity",
            _("Legal entity"),
            "building",
            done,
            f"{agency.legal_name}, {agency.registration_number}",
        ),
        task("contact", _("Address and contact"), "map-pin", need("contact")),
        task(
            "names",
            _("Other names"),
            "language",
            rows(len(selectors.names_of(agency))),
            _("Trading names, names in other scripts, former names"),
        ),
        task("licences", _("Licences"), "license", need("licence"), str(items["licence"].text)),
        task("corridors", _("Corridors"), "route", need("corridors"), str(items["corridors"].text)),
        task("sectors", _("Sectors"), "briefcase", need("sectors"), str(items["sectors"].text)),
        task("owners", _("Owners and directors"), "user-check", need("owners"), str(items["owners"].text)),
        task(
            "related",
            _("Related companies"),
            "building-community",
            rows(related),
            _("Parent, subsidiaries, sister companies: never covered by your certificate"),
        ),
        task(
            "identifiers",
            _("Numbers in registers"),
            "fingerprint",
            rows(numbers),
            _("LEI, tax number, other registers"),
        ),
        task(
            "branches", _("Branches"), "building-store", rows(branches), _("Offices besides the head office")
        ),
        task(
            "branch_people",
            _("People who may act for a branch"),
            "id",
            rows(acting),
            _("Name, what they may do, since and until"),
        ),
        task(
            "sub_agents",
            _("Sub-agents"),
            "users",
            {"tone": "care", "state": _("Look at it")}
            if items["sub_agents"].state == "warning"
            else rows(subs),
            str(items["sub_agents"].text)
            if items["sub_agents"].state == "warning"
            else _("People and firms who find workers for you"),
        ),
        task(
            "sanctions",
            _("Declaration about sanctions"),
            "gavel",
            need("sanctions"),
            str(items["sanctions"].text),
        ),
        task("check", _("Check and confirm"), "list-check", need("confirmed"), str(items["confirmed"].text)),
    ]


def _edit(
    request: HttpRequest,
    agency: Agency,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    intro: str = "",
    then: str = "agencies:enrolment",
    said: str = "",
) -> HttpResponse:
    """One question page: shows the form, does the act, says so, goes back to where the person was."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, said or _("Saved."))
            return redirect(then, agency.pk)
    context = {
        "agency": agency,
        "form": form,
        "page_title": title,
        "intro": intro,
        "back": reverse(then, args=[agency.pk]),
        "may_change": selectors.may_change(agency, person(request)),
    }
    return render(request, "agencies/question.html", context, status=422 if form.errors else 200)


@for_kinds("agency")
def entity(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Change who the agency is in law."""
    agency = visible(request, agency_id)
    names = ("legal_name", "legal_name_lang", "country", "registration_number", "kind", "founded_on")
    form = EntityForm(request.POST or None, initial={name: getattr(agency, name) for name in names})
    return _edit(
        request,
        agency,
        form,
        lambda data: services.change_details(
            agency_id=agency.pk, actor=person(request), details=LegalEntity(**data)
        ),
        title=_("Legal entity"),
        intro=_("A certificate is given to this legal entity and to no other.")
        if agency.enrolled_at is None
        else _(
            "A certificate names this legal entity. When the legal name changes, the old one stays as a former name."
        ),
    )


@for_kinds("agency")
def contact(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Where the agency is and who answers."""
    agency = visible(request, agency_id)
    names = ("address", "city", "contact_name", "email", "phone", "website")
    form = ContactForm(request.POST or None, initial={name: getattr(agency, name) for name in names})
    return _edit(
        request,
        agency,
        form,
        lambda data: services.change_contact(
            agency_id=agency.pk, actor=person(request), contact=Contact(**data)
        ),
        title=_("Address and contact"),
    )


@for_kinds("agency")
def sectors(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Lines of work."""
    agency = visible(request, agency_id)
    form = SectorsForm(
        request.POST or None, initial={"sectors": [row.sector for row in agency.sectors.all()]}
    )
    return _edit(
        request,
        agency,
        form,
        lambda data: services.set_sectors(
            agency_id=agency.pk, actor=person(request), sectors=data["sectors"]
        ),
        title=_("Sectors"),
    )


@for_kinds("agency")
def sanctions(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The signatory's declaration about sanctions and bans."""
    agency = visible(request, agency_id)
    form = SanctionsForm(
        request.POST or None, initial={"answer": agency.sanctions, "text": agency.sanctions_text}
    )
    intro = _("The authorised signatory declares this. The scheme reads it; it is not public.")
    if not permissions.may_declare(agency, person(request)):
        intro = _("Only the authorised signatory of your agency can make this declaration.")
    return _edit(
        request,
        agency,
        form,
        lambda data: services.declare_sanctions(agency_id=agency.pk, actor=person(request), **data),
        title=_("Declaration about sanctions"),
        intro=intro,
        said=_("Declared."),
    )


@for_kinds("agency")
def check(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Everything on one page, to be read once and confirmed."""
    agency = visible(request, agency_id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        form.is_valid()
        try:
            services.confirm_enrolment(agency_id=agency.pk, actor=person(request))
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("agencies:done", agency.pk)
    context = {
        "agency": agency,
        "form": form,
        "names": selectors.names_of(agency),
        "tree": selectors.sub_agent_tree(agency.sub_agents.all()),
        "found": selectors.eligibility(agency),
        "missing": selectors.missing_for_confirmation(agency),
        "may_change": selectors.may_change(agency, person(request)),
    }
    return render(request, "agencies/check.html", context, status=422 if form.errors else 200)


@for_kinds("agency")
def done(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """The enrolment is confirmed; this comes next."""
    agency = web.get_or_404(
        selectors.agencies_visible_to(person(request)).exclude(enrolled_at=None), pk=agency_id
    )
    return render(request, "agencies/done.html", {"agency": agency})
