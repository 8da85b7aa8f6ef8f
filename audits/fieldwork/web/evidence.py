"""The pages of evidence: the list, one piece with its chain, and its acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audits.engagements.models import Audit
from iris.core import files
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

from .. import selectors, services
from ..forms import EvidenceForm, ReasonForm, RedactForm
from ..models import Evidence
from ..services.evidence import OPEN_STATES
from .head import DESK, any_audit, desk_audit, desk_url, indicator_of, page


def _may_add(audit: Audit, request: HttpRequest) -> bool:
    return audit.state in OPEN_STATES and audit.is_worked_by(request.user)


@for_kinds(*DESK)
def evidence_list(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """All evidence of an audit; withdrawn pieces stand at its end."""
    audit = desk_audit(request, audit_id)
    indicator = indicator_of(audit, request.GET.get("indicator", ""))
    rows = selectors.evidence_of(audit, indicator)
    withdrawn = (
        selectors.evidence_visible_to(request.user)
        .filter(audit=audit, redaction_of=None, withdrawal__isnull=False)
        .select_related("withdrawal__by", "indicator")
    )
    return page(
        request,
        "audits/fieldwork/evidence_list.html",
        audit,
        page_of=paginate(request, rows),
        withdrawn=withdrawn[:50] if indicator is None else [],
        indicator=indicator,
        may_add=_may_add(audit, request),
    )


@for_kinds("audit_firm")
def add(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Add a piece of evidence, to one indicator or to the audit as a whole."""
    audit = desk_audit(request, audit_id)
    indicator = indicator_of(audit, request.GET.get("indicator", ""))
    if not audit.is_worked_by(request.user):
        raise Http404
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*bound)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        upload = data.pop("file")
        try:
            made = services.add_evidence(
                audit_id=audit.pk,
                actor=request.user,
                evidence=services.NewEvidence(**data),
                upload=upload,
                indicator_id=indicator.pk if indicator else None,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept with its hash, which begins %s.") % made.sha256[:12])
            return redirect(desk_url(audit, indicator) if indicator else made.get_absolute_url())
    back = desk_url(audit, indicator) if indicator else reverse("fieldwork:evidence_list", args=[audit.pk])
    return page(
        request, "audits/fieldwork/evidence_add.html", audit, form, indicator=indicator, back_url=back
    )


def _original_for(request: HttpRequest, audit: Audit, evidence_id: UUID) -> Evidence:
    rows = (
        selectors.evidence_visible_to(request.user)
        .filter(audit=audit, redaction_of=None)
        .select_related(
            "audit", "file", "shown", "indicator__criterion__principle", "taken_by", "withdrawal__by"
        )
        .prefetch_related("checks__by", "redactions__withdrawal")
    )
    return get_or_404(rows, pk=evidence_id)


@for_kinds(*DESK)
def evidence(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponse:
    """One piece of evidence with its chain."""
    audit = desk_audit(request, audit_id)
    return _evidence_page(request, audit, _original_for(request, audit, evidence_id))


def _evidence_page(
    request: HttpRequest, audit: Audit, original: Evidence, redact: Any = None, withdraw: Any = None
) -> HttpResponse:
    team = audit.is_worked_by(request.user)
    shared = selectors.shared_version(original)
    chain = [
        {
            "row": row,
            "readable": team or (shared is not None and shared.pk == row.pk),
            "shared": shared is not None and shared.pk == row.pk,
            "check": next(iter(row.checks.all()), None),
        }
        for row in selectors.versions_of(original)
    ]
    open_now = _may_add(audit, request) and original.withdrawn_at is None
    return page(
        request,
        "audits/fieldwork/evidence.html",
        audit,
        redact or withdraw,
        original=original,
        chain=chain,
        team=team,
        shared=shared,
        may_change=open_now,
        redact_form=redact or RedactForm(prefix="redact"),
        withdraw_form=withdraw or ReasonForm(prefix="withdraw"),
    )


@for_kinds("audit_firm")
@require_POST
def redact(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Add a redacted version."""
    audit = desk_audit(request, audit_id)
    original = _original_for(request, audit, evidence_id)
    form = RedactForm(request.POST, request.FILES, prefix="redact")
    if form.is_valid():
        try:
            services.redact_evidence(
                evidence_id=original.pk,
                actor=request.user,
                upload=form.cleaned_data["file"],
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The redacted version is kept. It is what others get from now on."))
            return redirect(original.get_absolute_url())
    return _evidence_page(request, audit, original, redact=form)


@for_kinds("audit_firm")
@require_POST
def withdraw(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Take a piece of evidence back with a reason."""
    audit = desk_audit(request, audit_id)
    original = _original_for(request, audit, evidence_id)
    form = ReasonForm(request.POST, prefix="withdraw")
    if form.is_valid():
        try:
            services.withdraw_evidence(
                evidence_id=original.pk, actor=request.user, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Withdrawn. It stays on record with your reason."))
            return redirect(original.get_absolute_url())
    return _evidence_page(request, audit, original, withdraw=form)


@for_kinds(*DESK)
@require_POST
def check(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Read one version's file again and compare it with the hash noted when it came."""
    audit = desk_audit(request, audit_id)
    row = get_or_404(selectors.evidence_visible_to(request.user).filter(audit=audit), pk=evidence_id)
    done = services.check_hash(evidence_id=row.pk, actor=request.user)
    if done.matches:
        messages.success(request, _("The file is the one that was kept: its hash is still the same."))
    elif done.found:
        messages.error(
            request,
            _(
                "The file is NOT the one that was kept: its hash is now %s. Do not rely on it; tell the scheme."
            )
            % done.found[:12],
        )
    else:
        messages.error(request, _("The file cannot be read any more. Tell the scheme."))
    return redirect(row.get_absolute_url())


@for_kinds("audit_firm", "scheme", "agency")
def download(request: HttpRequest, audit_id: UUID, evidence_id: UUID) -> HttpResponse:
    """One version of the file as this person may have it; the team asks for the untouched original by name."""
    audit = any_audit(request, audit_id)
    rows = Evidence.objects.filter(audit=audit).select_related(
        "audit", "file", "shown", "redaction_of", "withdrawal"
    )
    row = get_or_404(rows, pk=evidence_id)
    stored = selectors.file_for(row, request.user)
    if stored is None:
        raise Http404
    if request.GET.get("as") == "original" and selectors.may_read_original(row, request.user):
        stored = row.file
    return files.serve(stored)
