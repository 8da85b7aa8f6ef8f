"""Giving sections to colleagues, and what a colleague was given."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.assessments import selectors, services
from certification.assessments.forms import AskForm
from certification.assessments.rules import is_done
from certification.assessments.web.finding import head, own_or_404, people_of, person_of
from iris.core.errors import DomainError
from iris.core.policy import for_kinds


@for_kinds("agency")
def ask(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Give the open questions of a section to a colleague, who gets a message; see who has what."""
    found = own_or_404(request, assessment_id)
    people = [user for user in people_of(found.agency) if user.pk != person_of(request).pk]
    form = AskForm(
        request.POST if request.method == "POST" else None,
        people=people,
        sections=selectors.sections(found),
        initial={"section": request.GET.get("section", "")},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            given = services.delegate_section(
                assessment_id=found.pk,
                actor=person_of(request),
                section=data["section"],
                colleague_id=UUID(data["colleague"]) if data["colleague"] else None,
                email=data["email"],
                due_on=data["due_on"],
                note=data["note"],
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            who = given.person.label if given.person else given.email
            said = (
                _("%(who)s got a message.")
                if given.person
                else _("%(who)s was invited and gets the questions on joining.")
            )
            messages.success(request, said % {"who": who})
            return redirect("assessments:ask", found.pk)
    context = {
        **head(request, found),
        "form": form,
        "given": selectors.given_sections(found),
        "back": reverse("assessments:assessment", args=[found.pk]),
    }
    return render(request, "assessments/ask.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_kinds("agency")
def take_back(request: HttpRequest, assessment_id: UUID, delegation_id: UUID) -> HttpResponse:
    """Take a section back."""
    found = own_or_404(request, assessment_id)
    services.take_back_section(assessment_id=found.pk, actor=person_of(request), delegation_id=delegation_id)
    messages.success(request, _("Taken back. What was answered stays."))
    return redirect("assessments:ask", found.pk)


@for_kinds("agency")
def mine(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """What this person was asked: sections with their day and note, and each question."""
    found = own_or_404(request, assessment_id)
    rows = selectors.questions_of(found, person_of(request))
    context = {
        **head(request, found),
        "given": selectors.given_sections(found, person_of(request)),
        "waiting": [answer for answer in rows if not is_done(answer)],
        "done": [answer for answer in rows if is_done(answer)],
    }
    return render(request, "assessments/mine.html", context)
