"""The agency's acts: open, send, withdraw."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.agencies.models import Agency
from certification.applications import rules, selectors
from certification.applications.models import Application
from certification.applications.states import ApplicationKind, LetterKind
from certification.assessments import selectors as assessments
from certification.assessments.services import Declaration, freeze_assessment, start_assessment
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import Conflict, NotPermitted, TransitionRefused
from iris.core.events import SYSTEM
from iris.core.fsm import act, lock

from .letters import send_letter
from .numbers import next_number
from .reopened import withdraw_reopened
from .telling import tell_agency, tell_scheme
from .texts import reason_given

__all__ = [
    "Declaration",
    "open_application",
    "submit_application",
    "withdraw_application",
]


@transaction.atomic
def open_application(
    *, agency_id: UUID, actor: User, kind: ApplicationKind | str | None = None
) -> Application:
    """Open an application as a draft: the first certification, or the renewal of the certificate that runs.

    Without `kind` it is what is possible. Raises NotPermitted, TransitionRefused with what is missing (enrolment,
    training, a certificate that runs and whose renewal is not open yet), Conflict when one is open or under appeal.
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
    _refuse_under_appeal(agency)
    running = rules.running_of(agency)
    wanted = ApplicationKind(kind) if kind else rules.kind_for(running)
    refused = rules.missing_for_kind(running, wanted)
    if refused:
        raise TransitionRefused(refused[0], code="certificate_running", missing=refused)
    missing = rules.missing_of_eligibility(agency)
    if missing:
        raise TransitionRefused(
            _("Your agency is not ready to apply yet."), code="not_eligible", missing=missing
        )
    application = Application.objects.create(
        agency=agency,
        number=next_number(),
        opened_by=actor,
        kind=wanted,
        renews_number=running.number if running else "",
        renews_id=running.certificate_id if running else None,
    )
    events.record(
        application,
        act="opened",
        actor=actor,
        data={"number": application.number, "kind": str(wanted), "renews": application.renews_number},
        to_state="draft",
    )
    if wanted == ApplicationKind.RECERTIFICATION:
        # The new cycle begins with last time's answers, for the agency to confirm or change.
        start_assessment(agency.pk, actor)
    return application


def _refuse_under_appeal(agency: Agency) -> None:
    """While an appeal is heard, the case it is about may be taken up again: no second one beside it."""
    held = selectors.under_appeal(agency)
    if held is not None:
        raise Conflict(
            _(
                "Your appeal on application %(number)s is being heard. Wait for its answer, or withdraw it first."
            )
            % {"number": held.number}
        )


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
        fee_due=clocks.deadline(clocks.today(), "fee_request_days"),
    )
    if assessment is None:
        raise TransitionRefused(code="submit_not_ready", missing=rules.missing_for_submit(application))
    freeze_assessment(assessment_id=assessment.pk, actor=actor, declaration=declaration)
    tell_scheme(application, "submitted", who=declaration.name)
    tell_agency(application, "sent", who=declaration.name)
    return application


@transaction.atomic
def withdraw_application(*, application_id: UUID, actor: User, reason: str) -> Application:
    """Take the application back, with a reason."""
    application = lock(Application, application_id)
    was_sent = application.submitted_at is not None
    why = reason_given(reason, _("Say in a sentence why you withdraw. The scheme reads it."))
    act(application.withdraw, actor=actor, reason=why, why=why)
    withdraw_reopened(application, reason=why)
    if was_sent:
        send_letter(application, LetterKind.WITHDRAWAL, actor=SYSTEM, reason=why)
        tell_scheme(application, "withdrawn", reason=why)
    return application
