"""The mark: terms and download for the agency, cases of misuse for whoever saw one and for the scheme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from certification.certificates import selectors, services
from certification.certificates.forms import MisuseForm, NoteForm
from certification.certificates.models import MisuseCase
from certification.certificates.web.parts import row_for
from iris.accounts.states import OrganisationKind, Role
from iris.core import events, files
from iris.core.errors import DomainError
from iris.core.fsm import may
from iris.core.policy import for_kinds, for_roles, signed_in
from iris.core.web import get_or_404, paginate

KEEPERS = (OrganisationKind.SCHEME, OrganisationKind.AGENCY)


@for_kinds(*KEEPERS)
def mark(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The terms of the mark; a signatory accepts them; the file while the certificate is in force."""
    row = row_for(request, certificate_id)
    problem = ""
    if request.method == "POST":
        try:
            version = int(request.POST.get("version") or 0)
            services.accept_mark_terms(certificate_id=row.pk, actor=request.user, version=version)
        except ValueError:
            problem = _("Read the terms on this page, then accept them.")
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("Accepted. You can download the mark now."))
            return redirect("certificates:mark", row.pk)
    accepted = selectors.mark_accepted(row)
    context = {
        "certificate": row,
        "terms": selectors.mark_terms(),
        "accepted": accepted,
        "may_accept": row.in_force and accepted is None and request.user.has_role(Role.SIGNATORY),
        "problem": problem,
        "status_url": services.status_url(row),
        "misuses": list(selectors.misuses_visible_to(request.user).filter(agency=row.agency)),
    }
    return render(request, "certificates/mark.html", context, status=422 if problem else 200)


@for_kinds(*KEEPERS)
def mark_file(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The mark as a file, only while the certificate is in force."""
    row = services.give_mark(certificate_id=row_for(request, certificate_id).pk, actor=request.user)
    context = {"number": row.number, "address": services.status_url(row).split("://", 1)[-1]}
    svg = render_to_string("certificates/mark.svg", context)
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="mark-{row.number}.svg"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
def report(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Report that the mark, or a claim to be certified, is used as it may not be."""
    agency = get_or_404(selectors.agencies_reportable_by(request.user), pk=agency_id)
    form = MisuseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.report_misuse(
                agency_id=agency.pk,
                actor=request.user,
                what=data["what"],
                where=data["where"],
                upload=data["evidence"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Thank you. The scheme looks into it; this page shows what comes of it.")
            )
            return redirect("certificates:misuse", made.pk)
    context = {"agency": agency, "form": form}
    return render(request, "certificates/report_misuse.html", context, status=422 if form.errors else 200)


@signed_in
def misuses(request: HttpRequest) -> HttpResponse:
    """Cases of misuse that this person may read."""
    page = paginate(request, selectors.misuses_visible_to(request.user), per_page=50)
    return render(request, "certificates/misuses.html", {"page": page})


@signed_in
def misuse(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case: what was seen, where, and what became of it; the scheme acts here."""
    row = get_or_404(selectors.misuses_visible_to(request.user), pk=case_id)
    acts = _acts(row, request.user)
    form = NoteForm(request.POST or None)
    chosen = request.POST.get("act", "")
    if request.method == "POST" and chosen in {one["name"] for one in acts}:
        needs_note = chosen != "check"
        if not needs_note or form.is_valid():
            try:
                _do(chosen, row, request.user, form.cleaned_data["note"] if needs_note else "")
            except DomainError as error:
                form.add_domain_error(error)
            else:
                messages.success(request, _("Done."))
                return redirect("certificates:misuse", row.pk)
    elif request.method == "POST":
        raise Http404
    context = {
        "case": row,
        "ways": acts,
        "form": form if any(one["name"] != "check" for one in acts) else None,
        "scheme": request.user.is_kind(OrganisationKind.SCHEME),
        "events": events.events_of(row, limit=12),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "certificates/misuse.html", context, status=422 if wrong else 200)


@for_roles(Role.SCHEME_MANAGER, Role.SCREENER, Role.DECIDER)
def evidence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The file that came with a report, for the scheme."""
    row = get_or_404(selectors.misuses_visible_to(request.user), pk=case_id)
    if row.evidence is None:
        raise Http404
    return files.serve(row.evidence)


def _acts(row: MisuseCase, user: Any) -> list[dict[str, Any]]:
    told = [
        ("check", may(row.check_it, user), _("Look into it"), "search"),
        ("takedown", may(row.ask_takedown, user), _("Ask the agency to take it down"), "hourglass"),
        ("removed", may(row.confirm_removed, user), _("It is gone"), "circle-check"),
        ("escalate", may(row.escalate, user), _("Propose to suspend the certificate"), "ban"),
        ("dismiss", may(row.dismiss, user), _("It is no misuse"), "minus"),
    ]
    return [{"name": name, "label": label, "icon": icon} for name, shown, label, icon in told if shown]


def _do(act: str, row: MisuseCase, user: Any, note: str) -> None:
    if act == "check":
        services.check_misuse(case_id=row.pk, actor=user)
        return
    acts: dict[str, Callable[..., MisuseCase]] = {
        "takedown": services.ask_takedown,
        "removed": services.confirm_removed,
        "escalate": services.escalate_misuse,
        "dismiss": services.dismiss_misuse,
    }
    acts[act](case_id=row.pk, actor=user, note=note)
