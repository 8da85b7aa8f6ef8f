"""Something is missing: ask for it, give more time once, take the answer with a new declared revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications.models import Application, Deferral, DeferralFlag
from certification.applications.selectors import waiting_round
from certification.applications.states import LetterKind
from certification.assessments import services as assessments
from certification.assessments.models import Assessment
from certification.assessments.services import Declaration, Flag
from certification.assessments.states import AssessmentState
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock

from .letters import send_letter
from .screening import held
from .telling import tell_agency, tell_scheme
from .texts import reason_given


@transaction.atomic
def defer_application(
    *,
    application_id: UUID,
    actor: User,
    reason: str,
    flags: Sequence[Flag] = (),
    letter_body: str = "",
) -> Application:
    """Say what is missing; the agency has the scheme's days to send it.

    `flags` name questions of the self-assessment: they, and only they, are opened in a new revision.
    """
    application = lock(Application, application_id)
    why = reason_given(reason, _("Say what is missing, so that the agency can send exactly that."))
    _check_flags(flags)
    until = clocks.deadline(clocks.today(), "deferral_days")
    held(application, application.defer, actor)
    act(
        application.defer,
        actor=actor,
        reason=why,
        data={"until": until.isoformat(), "questions": [str(flag.indicator_id) for flag in flags]},
        until=until,
        missing=why,
    )
    deferral = _asked(application, actor, why, flags)
    asked = [_in_words(row) for row in deferral.flags.select_related("indicator")]
    send_letter(
        application,
        LetterKind.DEFERRAL,
        actor=actor,
        body=letter_body,
        reason=why,
        questions=asked,
        until=until,
    )
    tell_agency(application, "deferred", reason=why, until=until, questions=asked)
    return application


def _asked(application: Application, actor: User, why: str, flags: Sequence[Flag]) -> Deferral:
    before, until = application.assessment, application.deferred_until
    assert before is not None
    assert until is not None
    reopened = None
    if flags:
        reopened = assessments.reopen_flagged(
            assessment_id=before.pk, flags=flags, due_on=until, actor=actor, reason=why
        )
    deferral = Deferral.objects.create(
        application=application,
        number=Deferral.objects.filter(application=application).count() + 1,
        asked_at=clocks.now(),
        asked_by=actor,
        missing=why,
        first_due_on=until,
        due_on=until,
        before=before,
        reopened=reopened,
    )
    DeferralFlag.objects.bulk_create(
        DeferralFlag(deferral=deferral, indicator_id=flag.indicator_id, note=flag.note.strip())
        for flag in flags
    )
    return deferral


def _in_words(flag: DeferralFlag) -> str:
    what = flag.indicator.code if flag.indicator else _("Cost ledger")
    return f"{what}: {flag.note}"


def _check_flags(flags: Sequence[Flag]) -> None:
    if any(not flag.note.strip() for flag in flags):
        sentence = _("Say beside each marked question what is to be answered anew.")
        raise BadInput(sentence, fields={"flags": [sentence]})


@transaction.atomic
def extend_deferral(*, application_id: UUID, actor: User, reason: str, letter_body: str = "") -> Application:
    """Give the agency more time, once, counted from the day that was set."""
    application = lock(Application, application_id)
    why = reason_given(reason, _("Say why the agency gets more time."))
    held(application, application.extend_deferral, actor)
    last = max(application.deferred_until or clocks.today(), clocks.today())
    until = last + timedelta(days=clocks.number("deferral_extension_days"))
    act(
        application.extend_deferral,
        actor=actor,
        reason=why,
        data={"until": until.isoformat()},
        until=until,
    )
    deferral = waiting_round(application)
    if deferral is not None:
        deferral.due_on, deferral.extended_at = until, clocks.now()
        deferral.extended_by, deferral.extension_reason = actor, why
        deferral.save()
    send_letter(application, LetterKind.EXTENSION, actor=actor, body=letter_body, reason=why, until=until)
    tell_agency(application, "extended", reason=why, until=until)
    return application


@transaction.atomic
def send_information(
    *, application_id: UUID, actor: User, text: str, declaration: Declaration | None = None
) -> Application:
    """Send what the scheme asked for; the review starts anew.

    Where questions were marked, their new answers are declared by the signatory and frozen in the same transaction:
    the application then stands on that revision, and the one before stays readable beside it.
    """
    application = lock(Application, application_id)
    words = reason_given(
        text, _("Say what you send, or where in your self-assessment it is now."), field="text"
    )
    deferral = waiting_round(application)
    reopened = deferral.reopened if deferral is not None else None
    act(
        application.send_information,
        actor=actor,
        reason=words,
        data={"assessment": str(reopened.pk) if reopened else ""},
        text=words,
        review_due=clocks.deadline(clocks.today(), "application_review_days"),
        assessment_id=reopened.pk if reopened else application.assessment_id,
    )
    if reopened is not None:
        _declare(reopened, actor, declaration)
    if deferral is not None:
        deferral.answered_at, deferral.answered_by, deferral.answer = clocks.now(), actor, words
        deferral.save()
    tell_scheme(application, "information", text=words, due=application.review_due)
    return application


def _declare(reopened: Assessment, actor: User, declaration: Declaration | None) -> None:
    """Freeze the revision that was opened for the marked questions; it may be declared already."""
    if Assessment.objects.get(pk=reopened.pk).state == AssessmentState.FROZEN:
        return
    if not actor.has_role("signatory"):
        raise NotPermitted(
            _("The new answers have to be declared true, so your authorised signatory sends this.")
        )
    if declaration is None:
        sentence = _("Declare the new answers true. Without the declaration nothing is sent.")
        raise BadInput(sentence, fields={"agree": [sentence]})
    assessments.freeze_assessment(assessment_id=reopened.pk, actor=actor, declaration=declaration)
