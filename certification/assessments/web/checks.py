"""What does not hold together in an assessment, and putting a warning aside with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.assessments import selectors, services
from certification.assessments.forms import DismissForm
from certification.assessments.web.finding import assessment_or_404, head, own_or_404, person_of
from iris.core.errors import DomainError
from iris.core.policy import for_kinds


@for_kinds("agency", "scheme", "audit_firm")
def checks(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Every warning, those put aside with their reasons: readers see both."""
    assessment = assessment_or_404(request, assessment_id)
    found = selectors.checks(assessment)
    context = {
        **head(request, assessment),
        "standing": [check for check in found if check.open],
        "dismissed": [check for check in found if not check.open],
    }
    return render(request, "assessments/checks.html", context)


@for_kinds("agency")
def dismiss(request: HttpRequest, assessment_id: UUID, rule: str, subject: str) -> HttpResponse:
    """Say why a warning is no mistake."""
    assessment = own_or_404(request, assessment_id)
    found = selectors.checks(assessment)
    check = next((c for c in found if (c.warning.rule, c.warning.subject) == (rule, subject)), None)
    if check is None:
        raise Http404
    initial = {"reason": check.dismissal.reason} if check.dismissal else {}
    form = DismissForm(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("assessments:checks", args=[assessment.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.dismiss_warning(
                assessment_id=assessment.pk,
                actor=person_of(request),
                rule=rule,
                subject=subject,
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Put aside. The auditor reads your reason."))
            return redirect(back)
    context = {**head(request, assessment), "form": form, "check": check, "back": back}
    return render(request, "assessments/dismiss.html", context, status=422 if form.is_bound else 200)
