"""Interviews walked to a state by the real services. Names are invented and of no real person."""

from __future__ import annotations

from audits.engagements.models import Audit
from audits.engagements.states import IntervieweeKind
from audits.interviews import rules, services
from audits.interviews.models import Interview
from audits.interviews.services import IdentityInput, InterviewDetails, Reply
from audits.interviews.states import (
    ConsentGiven,
    InterviewState,
    Mode,
    Place,
    Sex,
    StopReason,
    Wish,
    WithdrawReason,
)
from iris.accounts.models import User
from iris.core import clocks
from tests.factories import audits
from tests.stock import stocked

S = InterviewState


def details(**more: object) -> InterviewDetails:
    """One worker, face to face, in Nepali, unless told otherwise."""
    words: dict[str, object] = {
        "kind": IntervieweeKind.WORKERS,
        "mode": Mode.INDIVIDUAL,
        "place": Place.NEUTRAL,
        "planned_for": clocks.today(),
        "language": "ne",
        "sex": Sex.FEMALE,
        "interviewer_sex": "female",
        "wish": Wish.SAME,
        "origin": "NP",
        "destination": "QA",
        "employer_code": "E1",
    }
    return InterviewDetails(**{**words, **more})  # type: ignore[arg-type]


@stocked
def interview(
    state: str = S.PLANNED,
    of: Audit | None = None,
    *,
    by: User | None = None,
    person: IdentityInput | None = None,
    replies: dict[str, Reply] | None = None,
    **more: object,
) -> Interview:
    """An interview in that state, in an audit in stage 2."""
    of = of or audits.audit("stage2")
    by = by or audits.lead_of(of)
    made = services.plan_interview(audit_id=of.pk, actor=by, details=details(**more))
    if person is not None:
        services.name_person(interview_id=made.pk, actor=by, person=person)
    if state in (S.CONSENTED, S.HELD):
        agree(made, by)
    if state == S.HELD:
        first = rules.guide().groups_for(made.kind)[0].questions[0]
        services.save_statements(
            interview_id=made.pk, actor=by, replies=replies or {first.id: Reply(first.answers[0])}
        )
        services.finish_interview(interview_id=made.pk, actor=by)
    elif state == S.STOPPED:
        services.stop_interview(interview_id=made.pk, actor=by, why=StopReason.WISH)
    elif state == S.WITHDRAWN:
        services.withdraw_interview(interview_id=made.pk, actor=by, why=WithdrawReason.ABSENT)
    return get(made)


def agree(made: Interview, by: User) -> None:
    """Consent, said aloud in the language of the talk."""
    services.record_consent(
        interview_id=made.pk,
        actor=by,
        language=made.language,
        given=ConsentGiven.VOICE,
        version=rules.consent(made.language).version,
    )


def get(made: Interview) -> Interview:
    """The same interview, read anew."""
    return Interview.objects.select_related("audit").get(pk=made.pk)
