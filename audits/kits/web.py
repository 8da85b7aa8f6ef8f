"""Working offline: the kits of an audit, their workbooks, and what comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit
from audits.engagements.states import AuditState
from iris.core import files
from iris.core.days import moment_in_words
from iris.core.errors import BadInput, Conflict, DomainError
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate
from iris.core.workbooks import WorkbookRefused

from . import selectors, services
from .forms import AbandonForm, GiveBackForm, SeenFileForm
from .models import Kit, KitReturn
from .states import Verdict

DESK = ("audit_firm", "scheme")


def _audit_for(request: HttpRequest, audit_id: UUID) -> Audit:
    audit = engagements.with_plan(engagements.audits_worked_on_by(request.user)).filter(pk=audit_id).first()
    if audit is None:
        raise Http404
    return audit


def _page(
    request: HttpRequest, template: str, audit: Audit, *, status: int = 200, **context: Any
) -> HttpResponse:
    shared = {
        "audit": audit,
        "move": engagements.move_for(audit, request.user).on_page(request.path),
        "audience": "auditor",
        "corridors": engagements.corridor_words(audit),
        "may_work": audit.is_worked_by(request.user),
    }
    return render(request, template, {**shared, **context}, status=status)


def _kit_for(request: HttpRequest, audit: Audit, kit_id: UUID) -> Kit:
    if not audit.is_worked_by(request.user):
        raise Http404
    return get_or_404(Kit.objects.filter(audit=audit), pk=kit_id)


@for_kinds(*DESK)
def kits(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Who has a kit, what came back, and how to take one along or give one back."""
    return _kits_page(request, _audit_for(request, audit_id), GiveBackForm())


def _kits_page(
    request: HttpRequest, audit: Audit, form: GiveBackForm, refused: WorkbookRefused | None = None
) -> HttpResponse:
    page = paginate(request, selectors.kits_of(audit), per_page=20)
    mine = next((kit for kit in page if kit.made_by_id == request.user.pk and kit.state == "out"), None)
    return _page(
        request,
        "audits/kits/kits.html",
        audit,
        status=422 if refused or form.errors else 200,
        form=form,
        refused=refused,
        page=page,
        mine=mine,
        may_take=selectors.may_take(audit, request.user),
        seen_items=selectors.waiting_for_file(audit)[:100],
    )


@for_kinds("audit_firm")
@require_POST
def make(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Take a kit along."""
    audit = _audit_for(request, audit_id)
    kit = services.make_kit(audit_id=audit.pk, actor=request.user)
    messages.success(request, _("Kit %s is ready. Download it and open it on your tablet.") % kit.number)
    return redirect("kits:kits", audit_id=audit.pk)


@for_kinds("audit_firm")
def workbook(request: HttpRequest, audit_id: UUID, kit_id: UUID) -> HttpResponse:
    """The workbook of a kit; a second download is the same as the first."""
    audit = _audit_for(request, audit_id)
    kit = _kit_for(request, audit, kit_id)
    response = HttpResponse(selectors.workbook(kit), content_type=files.XLSX.media_type)
    response["Content-Disposition"] = f'attachment; filename="{selectors.file_name(kit)}"'
    response["Cache-Control"] = "private, no-store"
    return response


@for_kinds("audit_firm")
def abandon(request: HttpRequest, audit_id: UUID, kit_id: UUID) -> HttpResponse:
    """Say that nothing is expected of a kit any more."""
    audit = _audit_for(request, audit_id)
    kit = _kit_for(request, audit, kit_id)
    if not kit.is_held:
        return redirect("kits:kits", audit_id=audit.pk)
    form = AbandonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.abandon_kit(kit_id=kit.pk, actor=request.user, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Kit %s is given up. If it turns up it can still be given back.") % kit.number
            )
            return redirect("kits:kits", audit_id=audit.pk)
    return _page(
        request, "audits/kits/abandon.html", audit, status=422 if form.errors else 200, form=form, kit=kit
    )


@for_kinds("audit_firm")
def give_back(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Take a workbook that came back; what cannot be taken is told cell by cell."""
    audit = _audit_for(request, audit_id)
    if request.method != "POST":
        return redirect("kits:kits", audit_id=audit.pk)
    form, refused = GiveBackForm(request.POST, request.FILES), None
    form.is_valid()
    try:
        given = services.give_back(audit_id=audit.pk, actor=request.user, upload=request.FILES.get("file"))
    except WorkbookRefused as error:
        refused = error
    except DomainError as error:
        form.add_domain_error(error)
    else:
        if given.again:
            messages.info(request, _again(given.returned))
        return redirect("kits:return", audit_id=audit.pk, return_id=given.returned.pk)
    return _kits_page(request, audit, form, refused)


def _again(returned: KitReturn) -> str:
    if returned.applied_at is not None:
        return _("This file was already applied on %s UTC: nothing to do.") % (
            moment_in_words(returned.applied_at)
        )
    return _("This file was given back before; here is where you left it.")


def _return_for(audit: Audit, return_id: UUID) -> KitReturn:
    rows = KitReturn.objects.filter(kit__audit=audit).select_related("kit__made_by", "by", "file")
    return get_or_404(rows, pk=return_id)


@for_kinds(*DESK)
def returned(request: HttpRequest, audit_id: UUID, return_id: UUID) -> HttpResponse:
    """What a return would change, cell by cell; its conflicts; and, once applied, what became of it."""
    audit = _audit_for(request, audit_id)
    one = _return_for(audit, return_id)
    refusals: list[str] = []
    wrong: dict[str, str] = {}
    if request.method == "POST":
        if not audit.is_worked_by(request.user):
            raise Http404
        try:
            return _post_return(request, audit, one)
        except services.ChoicesRefused as error:
            wrong = {key: " ".join(map(str, texts)) for key, texts in error.fields.items()}
        except (Conflict, BadInput, DomainError) as error:
            refusals = [str(error.message)]
        one = _return_for(audit, return_id)
    if one.applied_at is not None:
        return _page(request, "audits/kits/result.html", audit, returned=one, kit=one.kit)
    diff = selectors.diff_of(one, audit)
    context = {
        "returned": one,
        "kit": one.kit,
        "diff": diff,
        "conflicts": [
            (row, [(cell, wrong.get(cell.key, "")) for cell in row.conflicts]) for row in diff.conflicts
        ],
        "wrong": [(cell, wrong[cell.key]) for row in diff.rows for cell in row.cells if cell.key in wrong],
        "refusals": refusals,
        "may_apply": audit.is_worked_by(request.user) and services.may_apply(one),
        "open_now": audit.state == AuditState.STAGE2,
        "stale": one.verdict == Verdict.STALE,
        "refused": one.verdict == Verdict.REFUSED,
    }
    status = 422 if refusals or wrong else 200
    return _page(request, "audits/kits/return.html", audit, status=status, **context)


def _post_return(request: HttpRequest, audit: Audit, one: KitReturn) -> HttpResponse:
    choices, seen = _choices(request, selectors.diff_of(one, audit))
    diff = services.choose(return_id=one.pk, actor=request.user, choices=choices, seen=seen)
    if "apply" not in request.POST:
        left = len(diff.open_cells)
        said = ngettext("%d conflict is left.", "%d conflicts are left.", left) % left
        messages.success(request, _("Your choices are kept.") + (f" {said}" if left else ""))
        return redirect("kits:return", audit_id=audit.pk, return_id=one.pk)
    services.apply_return(return_id=one.pk, actor=request.user)
    messages.success(request, _("Kit %s is applied.") % one.kit.number)
    return redirect("kits:return", audit_id=audit.pk, return_id=one.pk)


def _choices(request: HttpRequest, diff: selectors.Diff) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    choices, seen = {}, {}
    for cell in [cell for row in diff.conflicts for cell in row.conflicts]:
        take = request.POST.get(f"take-{cell.slug}", "")
        if take:
            choices[cell.key] = (take, request.POST.get(f"text-{cell.slug}", ""))
            shown = request.POST.get(f"seen-{cell.slug}")
            if shown:
                seen[cell.key] = shown
    return choices, seen


@for_kinds(*DESK)
def file(request: HttpRequest, audit_id: UUID, return_id: UUID) -> HttpResponse:
    """The file as it came."""
    audit = _audit_for(request, audit_id)
    return files.serve(_return_for(audit, return_id).file)


@for_kinds("audit_firm")
def noted(request: HttpRequest, audit_id: UUID, item_id: UUID) -> HttpResponse:
    """Add the file to an entry noted on site."""
    audit = _audit_for(request, audit_id)
    if not audit.is_worked_by(request.user):
        raise Http404
    item = get_or_404(selectors.waiting_for_file(audit), pk=item_id)
    form = SeenFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            services.add_file(item_id=item.pk, actor=request.user, upload=data.pop("file"), **data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("The file is kept as evidence."))
            return redirect("kits:kits", audit_id=audit.pk)
    return _page(
        request, "audits/kits/noted.html", audit, status=422 if form.errors else 200, form=form, item=item
    )
