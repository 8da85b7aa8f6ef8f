"""Decisions on a case that the agency may appeal against: a rejection at screening, a refusal at the end."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.decisions import selectors as decisions
from certification.decisions.models import Decision
from certification.decisions.selectors import AppealCard, Subject
from certification.decisions.states import DecisionState
from iris.accounts.models import User

# How decisions knows an application at its end (the room above asks that question), and at screening.
SUBJECT = "certification_applications.application"
SCREENING = "certification_applications.screening"
OUTCOMES = {
    "grant": _("Grant it"),
    "grant_with_conditions": _("Grant it with conditions"),
    "refuse": _("Refuse it"),
    "defer": _("Wait for more"),
}
LABELS = {ApplicationState.REFUSED: SUBJECT, ApplicationState.REJECTED: SCREENING}


def subject_of_outcome(decision: Decision) -> Subject:
    """The decision on an application, answered on the page of the room above."""
    return Subject(
        name=decision.question,
        url=_case(decision),
        answers=OUTCOMES,
        favourable=frozenset({"grant", "grant_with_conditions", "defer"}),
        elsewhere=reverse("certificates:decide", args=[decision.subject_id]),
    )


def subject_of_screening(decision: Decision) -> Subject:
    """The office's answer at screening. Only a rejection is kept as a decision."""
    return Subject(
        name=decision.question,
        url=_case(decision),
        answers={"reject": _("Not taken on")},
        elsewhere=_case(decision),
    )


def appeal_card_of(application: Application, user: User) -> AppealCard | None:
    """Until when, and by whom, the end of this case can be appealed against; or the appeal there is."""
    label = LABELS.get(ApplicationState(application.state))
    if label is None:
        return None
    return decisions.appeal_card(decisions.decision_for(label, application.pk), user)


def under_appeal(agency: Agency) -> Application | None:
    """The agency's closed application whose decision is being appealed against, if there is one."""
    heard = decisions.decisions_on(agency).filter(
        subject_label__in=(SUBJECT, SCREENING), state=DecisionState.APPEALED
    )
    return Application.objects.filter(pk__in=heard.order_by().values("subject_id")).first()


def _case(decision: Decision) -> str:
    return reverse("applications:application", args=[decision.subject_id])
