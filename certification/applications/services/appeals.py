"""What follows here when a decision is overturned on appeal."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications import selectors
from certification.applications.models import Application
from certification.applications.states import ApplicationState, LetterKind
from certification.decisions.models import Decision
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import Conflict
from iris.core.events import SYSTEM
from iris.core.fsm import act, lock

from .letters import send_letter
from .telling import tell_agency, tell_scheme


@transaction.atomic
def reopen_after_appeal(decision: Decision, actor: User) -> None:
    """A refusal is decided anew, a rejection is screened anew; a grant that was appealed against stands as it is."""
    application = lock(Application, decision.subject_id)
    if application.state not in (ApplicationState.REFUSED, ApplicationState.REJECTED):
        return
    _make_room(application)
    why = _("The appeal was upheld.")
    if application.state == ApplicationState.REFUSED:
        act(application.reopen_decision, actor=actor, reason=why, data={"decision": str(decision.pk)})
    else:
        act(
            application.reopen_screening,
            actor=actor,
            reason=why,
            data={"decision": str(decision.pk)},
            review_due=clocks.deadline(clocks.today(), "application_review_days"),
        )
    send_letter(application, LetterKind.REOPENED, actor=SYSTEM, state=application.state)
    tell_agency(application, "reopened")
    tell_scheme(application, "reopened")


def _make_room(application: Application) -> None:
    """An agency has one open application: a draft made meanwhile gives way, one that was sent has to end first."""
    other = selectors.open_application_of(application.agency_id)
    if other is None:
        return
    if other.state != ApplicationState.DRAFT:
        raise Conflict(
            _(
                "The agency has sent application %(number)s meanwhile. It has to end before this case is reopened."
            )
            % {"number": other.number}
        )
    why = _("Application %(number)s was taken up again after an appeal.") % {"number": application.number}
    draft = lock(Application, other.pk)
    act(draft.withdraw, actor=SYSTEM, reason=why, why=why)
