"""The six steps of the cycle."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.policy import for_kinds
from supplychain.diligence import selectors, services
from supplychain.diligence.forms.asking import StepForm
from supplychain.diligence.models import StepNote
from supplychain.diligence.permissions import KINDS, may_work


@for_kinds(*KINDS)
@require_GET
def cycle(request: HttpRequest) -> HttpResponse:
    """All six: what is held, what is missing, which tools."""
    organisation = request.user.organisation
    assert organisation is not None
    rows = selectors.steps_of(organisation)
    context = {"steps": rows, "may_work": may_work(request.user), "noted": sum(1 for one in rows if one.note)}
    return render(request, "diligence/steps.html", context)


@for_kinds(*KINDS)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: int) -> HttpResponse:
    """The employer's own word on one step, and what was said before."""
    organisation = request.user.organisation
    if number not in range(1, 7) or organisation is None or not may_work(request.user):
        raise Http404
    rows = StepNote.objects.filter(organisation=organisation, step=number).select_related("person")
    last = rows.first()
    again = clocks.add_months(clocks.today(), clocks.number("step_review_months"))
    initial = {"note": last.note if last else "", "owner": last.owner if last else "", "review_on": again}
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.note_step(actor=request.user, step=number, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Kept. What was said before stays."))
            return redirect("diligence:steps")
    title, text = selectors.step_titles()[number - 1]
    context = {"number": number, "title": title, "text": text, "form": form, "history": rows[:20]}
    return render(request, "diligence/step.html", context, status=422 if form.errors else 200)
