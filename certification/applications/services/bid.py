"""The agency's acts: open, send, answer, withdraw."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.applications import rules, selectors
from certification.applications.models import Application
from certification.assessments import selectors as assessments
from certification.assessments.services import Declaration, freeze_assessment
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

from .numbers import next_number
from .telling import tell_agency, tell_scheme
from .texts import reason_given

__all__ = [
    "Declaration",
    "open_application",
    "send_information",
    "submit_application",
    "withdraw_application",
]


@transaction.atomic
def open_application(*, agency_id: UUID, actor: User) -> Application:
    """Open an application as a draft.

    Raises NotPermitted, TransitionRefused with what enrolment is missing, Conflict when one is open already.
    """
    agency = lock(Agency, agency_id)
    if not agencies.may_change(agency, actor):
        raise NotPermitted(_("Only the agency’s signatory or compliance manager may apply. You can read it."))
    held = selectors.open_application_of(agency.pk)
    if held is not None:
        raise Conflict(
            _("Application %(number)s is already open. %(who)s opened it on %(when)s.")
            % {
                "number": held.number,
                "who": held.opened_by.label,
                "when": agencies.in_words(held.created_at.date()),
            }
        )
    missing = [str(item.text) for item in agencies.eligibility(agency).missing]
    if missing:
        raise TransitionRefused(
            _("Your agency is not ready to apply yet."), code="not_eligible", missing=missing
        )
    application = Application.objects.create(agency=agency, number=next_number(), opened_by=actor)
    events.record(
        application, act="opened", actor=actor, data={"number": application.number}, to_state="draft"
    )
    return application


@transaction.atomic
def submit_application(*, application_id: UUID, actor: User, declaration: Declaration) -> Application:
    """Declare the self-assessment true, freeze it, and hand both to the scheme, in one transaction.

    Raises Conflict (sent already), NotPermitted (not the signatory), TransitionRefused with what is missing.
    """
    application = lock(Application, application_id)
    assessment = assessments.open_assessment(application.agency)
    act(
        application.submit,
        actor=actor,
        data={"assessment": str(assessment.pk) if assessment else ""},
        assessment_id=assessment.pk if assessment else None,
        scope=agencies.scope_of(application.agency),
    )
    if assessment is None:
        raise TransitionRefused(code="submit_not_ready", missing=rules.missing_for_submit(application))
    freeze_assessment(assessment_id=assessment.pk, actor=actor, declaration=declaration)
    tell_scheme(application, "submitted", who=declaration.name)
    tell_agency(application, "sent", who=declaration.name)
    return application


@transaction.atomic
def send_information(*, application_id: UUID, actor: User, text: str) -> Application:
    """Send what the scheme asked for; the review starts anew."""
    application = lock(Application, application_id)
    words = reason_given(
        text, _("Say what you send, or where in your self-assessment it is now."), field="text"
    )
    act(
        application.send_information,
        actor=actor,
        reason=words,
        text=words,
        review_due=clocks.deadline(clocks.today(), "application_review_days"),
    )
    tell_scheme(application, "information", text=words, due=application.review_due)
    return application


@transaction.atomic
def withdraw_application(*, application_id: UUID, actor: User, reason: str) -> Application:
    """Take the application back, with a reason."""
    application = lock(Application, application_id)
    was_sent = application.submitted_at is not None
    why = reason_given(reason, _("Say in a sentence why you withdraw. The scheme reads it."))
    act(application.withdraw, actor=actor, reason=why, why=why)
    if was_sent:
        tell_scheme(application, "withdrawn", reason=why)
    return application
