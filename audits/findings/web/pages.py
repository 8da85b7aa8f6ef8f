"""The pages of findings: the list, one finding, and its acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from audits.engagements.selectors import audits_worked_on_by, with_context
from certification.standard.models import Indicator
from iris.accounts.states import Role
from iris.core import events, files
from iris.core.errors import Conflict, DomainError, NotPermitted
from iris.core.fsm import may
from iris.core.policy import for_kinds
from iris.core.web import get_or_404, paginate

from .. import selectors, services
from ..forms import ExtensionAnswerForm, FindingForm, ListFilters
from ..models import Extension, Finding
from ..states import ExtensionState
from .acts import ACTS, MADE_FOR_ONE, acts_for

READERS = ("agency", "audit_firm", "scheme")


def _audience(request: HttpRequest) -> str:
    return "agency" if request.user.is_kind("agency") else "auditor"


@for_kinds(*READERS)
def findings(request: HttpRequest) -> HttpResponse:
    """Findings with grade, state and clock; filters stand in the address."""
    own = request.user.is_kind("agency")
    filters = ListFilters(request.GET or None, own=own)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    chosen = {name: value for name, value in wanted.items() if value and (name, value) != ("show", "open")}
    return render(
        request,
        "audits/findings/list.html",
        {
            "page": paginate(request, selectors.findings_list(request.user, **chosen)),
            "filters": filters,
            "filtered": bool(chosen),
            "late": selectors.overdue_findings(selectors.findings_visible_to(request.user)).count(),
            "audience": _audience(request),
        },
    )


@for_kinds(*READERS)
def grades(request: HttpRequest) -> HttpResponse:
    """Grades, clocks and rules of escalation, each with its source."""
    return render(request, "audits/findings/grades.html", selectors.grades_in_force())


def _finding_for(request: HttpRequest, finding_id: UUID) -> Finding:
    return get_or_404(selectors.with_context(selectors.findings_visible_to(request.user)), pk=finding_id)


@for_kinds(*READERS)
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: what was found, what the agency does about it, whose move it is."""
    one = _finding_for(request, finding_id)
    return _page(
        request, "audits/findings/finding.html", one, can_do=acts_for(one, request.user), **_history(one)
    )


def _history(one: Finding) -> dict[str, Any]:
    return {
        "actions": list(one.actions.prefetch_related("files__file").order_by("-round")),
        "containments": list(one.containments.select_related("file").order_by("-round")),
        "positions": list(one.positions.all()),
        "items": list(one.evidence_items.all()),
        "repayment": selectors.repayment_of(one),
        "extensions": list(one.extensions.select_related("decided_by").order_by("-created_at")),
        "escalations": selectors.escalations_of(one),
        "events": events.events_of(one, limit=20),
    }


def _page(
    request: HttpRequest, template: str, one: Finding, form: Any = None, **context: Any
) -> HttpResponse:
    status = 422 if form is not None and form.is_bound and form.errors else 200
    shared = {
        "finding": one,
        "audit": one.audit,
        "move": selectors.move_for(one, request.user),
        "audience": _audience(request),
        "form": form,
    }
    return render(request, template, {**shared, **context}, status=status)


@for_kinds("agency", "audit_firm")
def act(request: HttpRequest, finding_id: UUID, name: str) -> HttpResponse:
    """One act on a finding on a page of its own."""
    one = _finding_for(request, finding_id)
    chosen = next((candidate for candidate in ACTS if candidate.name == name), None)
    if chosen is None:
        raise Http404
    if request.method != "POST" and not chosen.allowed(one, request.user):
        return redirect("findings:finding", finding_id=one.pk)
    extra = {"finding": one} if chosen.form in MADE_FOR_ONE else {}
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = chosen.form(*bound, **extra)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(one, request.user, form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, str(chosen.done))
            return redirect("findings:finding", finding_id=one.pk)
    return _page(request, "audits/findings/act.html", one, form, act=chosen, **_history(one))


@for_kinds("audit_firm")
def raise_finding(request: HttpRequest, audit_id: UUID, indicator_id: UUID) -> HttpResponse:
    """Raise a finding on an indicator; the grade its severity suggests is chosen already."""
    audit = get_or_404(with_context(audits_worked_on_by(request.user)), pk=audit_id)
    indicator = get_or_404(
        Indicator.objects.select_related("criterion__principle"),
        pk=indicator_id,
        criterion__principle__edition=audit.assessment.edition_id,
    )
    if not audit.is_worked_by(request.user):
        raise Http404
    suggested = selectors.suggestion_for(audit, indicator)
    form = FindingForm(
        request.POST or None, audit=audit, indicator=indicator, initial={"grade": suggested.grade}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.raise_finding(
                audit_id=audit.pk,
                indicator_id=indicator.pk,
                actor=request.user,
                text=form.text,
                evidence_ids=form.evidence_ids,
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Finding %s is drafted. The agency sees it once you issue it.") % made.number
            )
            return redirect("findings:finding", finding_id=made.pk)
    context = {"audit": audit, "indicator": indicator, "form": form, "suggested": suggested}
    return render(request, "audits/findings/raise.html", context, status=422 if form.errors else 200)


@for_kinds("audit_firm")
@require_POST
def carry(request: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Bring the minors that the last audit left open into this one, as majors."""
    audit = get_or_404(audits_worked_on_by(request.user), pk=audit_id)
    made = services.carry_open_minors(audit_id=audit.pk, actor=request.user)
    messages.success(
        request,
        ngettext("%d finding is drafted as a major.", "%d findings are drafted as majors.", len(made))
        % len(made),
    )
    return redirect("reports:audit", audit_id=audit.pk)


@for_kinds(*READERS)
def extension(request: HttpRequest, finding_id: UUID, extension_id: UUID) -> HttpResponse:
    """One wish for more time: read by all, answered by a decider, taken back by the agency."""
    one = _finding_for(request, finding_id)
    wish = get_or_404(one.extensions.select_related("asked_by", "decided_by"), pk=extension_id)
    asked = wish.state == ExtensionState.ASKED
    refusal = selectors.refusal_to_decide(wish, request.user)
    form = ExtensionAnswerForm(request.POST or None) if asked and not refusal else None
    if request.method == "POST":
        taken_back = request.POST.get("act") == "take_back"
        if taken_back:
            services.take_back_extension(extension_id=wish.pk, actor=request.user)
            messages.success(request, _("Your wish is taken back. The day stays as it is."))
            return redirect("findings:finding", finding_id=one.pk)
        if form is None:
            if refusal:
                raise NotPermitted(refusal)
            raise Conflict(_("This wish is answered already. Reload the page to see how."))
        if form.is_valid() and _answered(request, wish, form):
            return redirect("findings:finding", finding_id=one.pk)
    return _page(
        request,
        "audits/findings/extension.html",
        one,
        form,
        extension=wish,
        last_day=selectors.last_day_to_grant(one, wish.clock),
        barred=refusal if asked and request.user.has_role(Role.DECIDER) else "",
        may_take_back=may(wish.take_back, request.user),
        **_history(one),
    )


def _answered(request: HttpRequest, wish: Extension, form: ExtensionAnswerForm) -> bool:
    data = form.cleaned_data
    try:
        services.decide_extension(
            extension_id=wish.pk,
            actor=request.user,
            grant=data["answer"] == "grant",
            until=data["until"],
            reason=data["reason"],
        )
    except DomainError as error:
        form.add_domain_error(error)
        return False
    messages.success(request, _("Your answer is sent to the agency and the auditors."))
    return True


@for_kinds(*READERS)
def containment_file(request: HttpRequest, finding_id: UUID, containment_id: UUID) -> HttpResponse:
    """The file that shows what was done at once, as a download."""
    one = _finding_for(request, finding_id)
    found = one.containments.select_related("file").filter(pk=containment_id).first()
    if found is None or found.file is None:
        raise Http404
    return files.serve(found.file)


@for_kinds(*READERS)
def evidence(request: HttpRequest, finding_id: UUID, file_id: UUID) -> HttpResponse:
    """One file of evidence, as a download."""
    found = selectors.file_of(request.user, finding_id, file_id)
    if found is None:
        raise Http404
    return files.serve(found.file)
