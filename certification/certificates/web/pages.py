"""The certificate's page, the scheme's list, and the acts on a certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.certificates import selectors, services
from certification.certificates.forms import (
    CertificateFilters,
    ConditionMetForm,
    EndingForm,
    ReasonForm,
    RevisionForm,
    is_set,
)
from certification.certificates.models import Certificate, CertificateCondition
from certification.certificates.permissions import may_download
from certification.certificates.states import RUNNING, Standing
from iris.accounts.states import OrganisationKind, Role
from iris.core import events, files
from iris.core.errors import DomainError
from iris.core.forms import Form
from iris.core.fsm import may
from iris.core.policy import for_kinds, for_roles
from iris.core.states import facts_of
from iris.core.web import get_or_404, paginate

READERS = (OrganisationKind.SCHEME, OrganisationKind.AGENCY, OrganisationKind.AUDIT_FIRM)


@for_kinds(*READERS)
def certificates(request: HttpRequest) -> HttpResponse:
    """The scheme's and the firm's list; an agency lands on its own certificate."""
    rows = selectors.certificates_visible_to(request.user)
    if request.user.is_kind(OrganisationKind.AGENCY):
        latest = rows.first()
        return (
            redirect("certificates:certificate", latest.pk)
            if latest
            else render(request, "certificates/none.html")
        )
    form = CertificateFilters(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = paginate(request, selectors.for_list(rows, **chosen), per_page=50)
    context = {
        "page": page,
        "filters": form,
        "filtered": is_set(form),
        "tally": _tally(rows),
    }
    return render(request, "certificates/list.html", context)


@for_kinds(*READERS)
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One revision: what it says, its PDF, its conditions, its history, the acts."""
    row = _row(request, certificate_id)
    standing = selectors.standing_facts(row)
    context = {
        "certificate": row,
        "standing": standing,
        "move": selectors.move_for(row, request.user),
        "revisions": list(selectors.revisions_of(row)),
        "may_download": may_download(row, request.user),
        "acts": _acts(row, request.user),
        "may_note": request.user.has_role(Role.SCHEME_MANAGER),
        "status_url": services.status_url(row),
        "is_scheme": request.user.is_kind(OrganisationKind.SCHEME),
        "events": events.events_of(row, limit=12),
        "waiting_for_pdf": row.pdf_id is None,
    }
    return render(request, "certificates/certificate.html", context)


@for_kinds(*READERS)
def pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The PDF as a download."""
    row = _row(request, certificate_id)
    if row.pdf is None or not may_download(row, request.user):
        raise Http404
    return files.serve(row.pdf)


@for_roles(Role.SCHEME_MANAGER)
def suspend(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Suspend, with a reason inside and a sentence outside."""
    return _act(
        request,
        certificate_id,
        EndingForm(request.POST or None),
        services.suspend_certificate,
        words={
            "heading": _("Suspend certificate"),
            "button": _("Suspend the certificate"),
            "after": _(
                "From that moment register, verify page and API say that it is not valid. The agency gets an e-mail."
            ),
            "done": _("Suspended. The register says so now, and the agency gets an e-mail."),
            "danger": True,
        },
    )


@for_roles(Role.SCHEME_MANAGER)
def reinstate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """End a suspension."""
    return _act(
        request,
        certificate_id,
        ReasonForm(request.POST or None),
        services.reinstate_certificate,
        words={
            "heading": _("Reinstate certificate"),
            "button": _("Reinstate the certificate"),
            "after": _(
                "It is valid again at once, with the conditions that are still open. The agency gets an e-mail."
            ),
            "done": _("Reinstated. The register says so now, and the agency gets an e-mail."),
            "danger": False,
        },
    )


@for_roles(Role.SCHEME_MANAGER)
def withdraw(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Withdraw for good."""
    return _act(
        request,
        certificate_id,
        EndingForm(request.POST or None),
        services.withdraw_certificate,
        words={
            "heading": _("Withdraw certificate"),
            "button": _("Withdraw the certificate for good"),
            "after": _(
                "This cannot be undone: the agency would have to apply again. The register keeps date and reason."
            ),
            "done": _("Withdrawn. The register says so now, and the agency gets an e-mail."),
            "danger": True,
        },
    )


@for_roles(Role.SIGNATORY)
def give_up(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The agency gives its certificate up."""
    return _act(
        request,
        certificate_id,
        ReasonForm(request.POST or None),
        services.relinquish_certificate,
        words={
            "heading": _("Give the certificate up"),
            "button": _("Give the certificate up for good"),
            "after": _(
                "This cannot be undone. The register shows that your agency gave it up, and the date."
            ),
            "done": _("Given up. The register says so now."),
            "danger": True,
        },
    )


@for_roles(Role.SCHEME_MANAGER)
def revise(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Issue a later revision with less scope, or with the agency's particulars of today."""
    row = _row(request, certificate_id)
    form = RevisionForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.revise_certificate(
                certificate_id=row.pk,
                actor=request.user,
                corridors=[(text[:2], text[3:]) for text in data["corridors"]],
                sectors=data["sectors"],
                branches=data.get("branches", []),
                reason=data["reason"],
                public_note=data["public_note"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Revision %(n)s is issued; the earlier one is obsolete.") % {"n": made.revision}
            )
            return redirect("certificates:certificate", made.pk)
    words = {
        "heading": _("Revise certificate"),
        "button": _("Issue the revision"),
        "after": _(
            "The earlier revision becomes obsolete at once; the code on its paper leads to a page that says so."
        ),
        "danger": False,
    }
    return _form_page(request, row, form, words)


@for_roles(Role.SCHEME_MANAGER)
def condition(request: HttpRequest, certificate_id: UUID, condition_id: UUID) -> HttpResponse:
    """Note that a condition is met."""
    row = _row(request, certificate_id)
    found = get_or_404(CertificateCondition.objects.filter(certificate=row), pk=condition_id)
    form = ConditionMetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.meet_condition(condition_id=found.pk, actor=request.user, note=form.cleaned_data["note"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Noted as met."))
            return redirect("certificates:certificate", row.pk)
    words = {
        "heading": _("Condition %(place)s is met") % {"place": found.position},
        "button": _("Note it as met"),
        "after": _(
            "After the last one the certificate stands without conditions, and the agency gets an e-mail."
        ),
        "danger": False,
    }
    return _form_page(request, row, form, words, told=found.text)


def _tally(rows: QuerySet[Certificate]) -> list[dict[str, Any]]:
    counts = selectors.counts_by_standing(rows)
    return [
        {
            "tone": facts_of(one).tone,
            "icon": facts_of(one).icon,
            "label": facts_of(one).auditor,
            "n": counts[one],
            "url": f"?standing={one.value}",
        }
        for one in Standing
        if one in counts
    ]


def _row(request: HttpRequest, certificate_id: UUID) -> Certificate:
    rows = selectors.with_parts(selectors.certificates_visible_to(request.user))
    return get_or_404(rows.select_related("application", "decision"), pk=certificate_id)


def _act(
    request: HttpRequest,
    certificate_id: UUID,
    form: Form,
    service: Callable[..., Certificate],
    *,
    words: dict[str, Any],
) -> HttpResponse:
    row = _row(request, certificate_id)
    if request.method == "POST" and form.is_valid():
        try:
            service(certificate_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, words["done"])
            return redirect("certificates:certificate", row.pk)
    return _form_page(request, row, form, words)


def _form_page(
    request: HttpRequest, row: Certificate, form: Form, words: dict[str, Any], told: str = ""
) -> HttpResponse:
    context = {
        "certificate": row,
        "form": form,
        "words": words,
        "told": told,
        "back": reverse("certificates:certificate", args=[row.pk]),
    }
    return render(request, "certificates/act.html", context, status=422 if form.errors else 200)


def _acts(row: Certificate, user: Any) -> list[dict[str, Any]]:
    """The buttons a person sees, the usual one first."""
    told = [
        ("reinstate", row.reinstate, _("Reinstate"), "circle-check"),
        ("suspend", row.suspend, _("Suspend"), "ban"),
        ("withdraw", row.withdraw, _("Withdraw"), "circle-x"),
        ("give_up", row.relinquish, _("Give it up"), "door-exit"),
    ]
    acts = [
        {"label": label, "icon": icon, "url": reverse(f"certificates:{name}", args=[row.pk])}
        for name, method, label, icon in told
        if may(method, user)
    ]
    if row.in_force and row.state in RUNNING and user.has_role(Role.SCHEME_MANAGER):
        url = reverse("certificates:revise", args=[row.pk])
        acts.insert(0, {"label": _("Revise"), "icon": "edit", "url": url})
    return acts
