"""Asking for what is missing, and giving more time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from certification.agencies.selectors import in_words
from certification.applications import selectors, services
from certification.applications.forms import DeferForm, ReasonForm
from certification.applications.models import Application
from certification.applications.states import LetterKind
from iris.core import clocks
from iris.core.policy import for_roles

from .acting import ActPage, act_page
from .reading import person, visible
from .screening import SCREENERS


@for_roles(*SCREENERS)
def defer(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Say what is missing, and mark the questions that are to be answered anew."""
    application = visible(request, application_id)
    until = clocks.deadline(clocks.today(), "deferral_days")
    groups = selectors.questions_to_mark(application)
    asked = [question.answer for _code, _title, questions in groups for question in questions]
    codes = {answer.indicator_id: answer.indicator.code for answer in asked}

    def letter(data: dict[str, Any]) -> services.Draft:
        why = services.reason_given(data["reason"], _("Say what is missing first: the letter is made of it."))
        questions = [
            f"{codes[flag.indicator_id] if flag.indicator_id else _('Cost ledger')}: {flag.note}"
            for flag in DeferForm.flags_of(data)
        ]
        return services.draft_letter(
            application, LetterKind.DEFERRAL, reason=why, questions=questions, until=until
        )

    page = ActPage(
        act="defer",
        form=DeferForm,
        form_options={"groups": groups},
        title=_("Defer the application"),
        intro=_(
            "The agency has until %(day)s to send what is missing. More time can be given once. "
            "If nothing comes, you decide whether to reject."
        )
        % {"day": in_words(until)},
        label=_("What is missing?"),
        help_text=_("Write to the agency, one thing per line. It answers exactly this."),
        button=_("Defer and send the letter"),
        after=_("The agency’s signatory and compliance manager get your words by e-mail and as a letter."),
        said=_("Deferred. The agency has been asked."),
        letter=letter,
        do=lambda data: services.defer_application(
            application_id=application.pk,
            actor=person(request),
            reason=data["reason"],
            flags=DeferForm.flags_of(data),
            letter_body=data.get("letter_body", ""),
        ),
    )
    return act_page(request, application, page)


@for_roles(*SCREENERS)
def extend(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Give the agency more time, once."""
    application = visible(request, application_id)
    until = _extended(application)
    page = ActPage(
        act="extend_deferral",
        form=ReasonForm,
        title=_("Give more time"),
        intro=_("The agency then has until %(day)s. More time is given once.") % {"day": in_words(until)},
        label=_("Why does it get more time?"),
        help_text=_("The agency reads it in the letter."),
        button=_("Give more time"),
        after=_("The agency’s signatory and compliance manager get an e-mail; the letter stays on the case."),
        said=_("The agency has more time."),
        letter=lambda data: services.draft_letter(
            application,
            LetterKind.EXTENSION,
            reason=services.reason_given(data["reason"], _("Say why the agency gets more time.")),
            until=until,
        ),
        do=lambda data: services.extend_deferral(
            application_id=application.pk, actor=person(request), **data
        ),
    )
    return act_page(request, application, page)


def _extended(application: Application) -> Any:
    last = max(application.deferred_until or clocks.today(), clocks.today())
    return last + timedelta(days=clocks.number("deferral_extension_days"))
