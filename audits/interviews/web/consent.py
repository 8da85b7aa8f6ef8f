"""The consent text, large and in the person's language, to be read or heard on a phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from audits.bodies.states import language_name
from iris.core.errors import DomainError
from iris.core.fsm import missing
from iris.core.policy import for_kinds

from .. import rules, services
from ..forms import ConsentForm
from ..states import InterviewState
from .head import interview_for


@for_kinds("audit_firm")
def consent(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Read the text, ask, and keep how the person agreed."""
    one = interview_for(request, interview_id)
    if one.state != InterviewState.PLANNED:
        return redirect("interviews:interview", interview_id=one.pk)
    lang = request.GET.get("lang") or one.language
    text = rules.consent(lang)
    form = ConsentForm(request.POST or None, initial={"version": text.version, "language": lang})
    if request.method == "POST" and form.is_valid():
        try:
            services.record_consent(interview_id=one.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Consent is on record. Ask the first questions."))
            first = rules.guide().groups_for(one.kind)[0]
            return redirect("interviews:guide", interview_id=one.pk, group=first.id)
    return render(
        request,
        "audits/interviews/consent.html",
        {
            "interview": one,
            "text": text,
            "form": form,
            "missing": missing(one.consent),
            "languages": [(code, language_name(code), code == text.lang) for code in rules.languages()],
            "asked_language": language_name(lang),
        },
        status=422 if form.is_bound and form.errors else 200,
    )
