"""The certificate's page, the scheme's list, and the acts on a certificate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.certificates import selectors, services
from certification.certificates.forms import CertificateFilters, is_set
from certification.certificates.models import Certificate
from certification.certificates.permissions import may_download
from certification.certificates.states import IN_FORCE, RUNNING, CertificateState, Standing
from certification.certificates.web.parts import READERS, keeping_of, row_for
from iris.accounts.states import OrganisationKind, Role
from iris.core import clocks, events, files
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.states import facts_of
from iris.core.web import paginate


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
    row = row_for(request, certificate_id)
    standing = selectors.standing_facts(row)
    context = {
        "certificate": row,
        "standing": standing,
        "move": selectors.move_for(row, request.user),
        "revisions": list(selectors.revisions_of(row)),
        "may_download": may_download(row, request.user),
        "offered": _acts(row, request.user),
        "may_note": request.user.has_role(Role.SCHEME_MANAGER),
        "status_url": services.status_url(row),
        "is_scheme": request.user.is_kind(OrganisationKind.SCHEME),
        "events": events.events_of(row, limit=12),
        "waiting_for_pdf": row.pdf_id is None,
        "keeping": keeping_of(row, request.user),
        "cards": selectors.cards_of(row, request.user),
        "mark_shown": not request.user.is_kind(OrganisationKind.AUDIT_FIRM),
    }
    return render(request, "certificates/certificate.html", context)


@for_kinds(*READERS)
def pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The PDF as a download."""
    row = row_for(request, certificate_id)
    if row.pdf is None or not may_download(row, request.user):
        raise Http404
    return files.serve(row.pdf)


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


def _acts(row: Certificate, user: Any) -> list[dict[str, Any]]:
    """The buttons a person sees, the usual one first. What takes four eyes is proposed, not done."""
    manager = user.has_role(Role.SCHEME_MANAGER) and row.expires_on >= clocks.today()
    suspended = row.state == CertificateState.SUSPENDED
    reviewed = manager and bool(selectors.open_reviews(row))
    told = [
        ("correct", manager and row.state in IN_FORCE, _("Correct particulars"), "edit"),
        ("order_audit", manager and row.state in RUNNING, _("Order an audit"), "clipboard-list"),
        ("keep", reviewed, _("Propose to keep it"), "license"),
        ("reinstate", manager and suspended, _("Propose to reinstate"), "circle-check"),
        ("reduce", manager and row.state in RUNNING, _("Propose less scope"), "circle-minus"),
        ("suspend", manager and row.state in IN_FORCE, _("Propose to suspend"), "ban"),
        ("withdraw", manager and row.state in RUNNING, _("Propose to withdraw"), "circle-x"),
        ("give_up", may(row.relinquish, user), _("Give it up"), "door-exit"),
    ]
    return [
        {"label": label, "icon": icon, "url": reverse(f"certificates:{name}", args=[row.pk])}
        for name, shown, label, icon in told
        if shown
    ]
