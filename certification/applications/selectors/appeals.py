"""Decisions on a case that the agency may appeal against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from certification.agencies.models import Agency
from certification.applications import states
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.decisions import selectors as decisions
from certification.decisions.models import Decision
from certification.decisions.states import DecisionState
from iris.core import clocks

# How decisions knows an application: the same label as in `certificates`, which opens the decision to grant.
SUBJECT = "application"


@dataclass(frozen=True)
class AppealRight:
    """Until when, and against which decision, an appeal may be made."""

    decision: Decision
    until: date


def appeal_right(application: Application) -> AppealRight | None:
    """The agency's right to appeal, while it lasts."""
    if application.state not in (*states.DECIDED, ApplicationState.REJECTED):
        return None
    decision = decisions.decision_for(SUBJECT, application.pk)
    if decision is None or decision.state != DecisionState.DECIDED or decision.decided_at is None:
        return None
    until = clocks.deadline(decision.decided_at, "appeal_days")
    return AppealRight(decision, until) if until >= clocks.today() else None


def under_appeal(agency: Agency) -> Application | None:
    """The agency's closed application whose decision is being appealed against, if there is one."""
    heard = decisions.decisions_on(agency).filter(subject_label=SUBJECT, state=DecisionState.APPEALED)
    return Application.objects.filter(pk__in=heard.order_by().values("subject_id")).first()
