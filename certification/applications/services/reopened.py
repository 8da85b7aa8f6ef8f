"""A revision opened for a deferral ends with it: it is taken back when the case is rejected or withdrawn."""

from __future__ import annotations

from certification.applications.models import Application, Deferral
from certification.assessments import services as assessments
from certification.assessments.states import AssessmentState
from iris.core.events import SYSTEM


def withdraw_reopened(application: Application, *, reason: str) -> None:
    """The declared revision stands; nobody needs the new answers any more, and a new assessment can be started."""
    waiting = Deferral.objects.filter(
        application=application, reopened__state=AssessmentState.REOPENED
    ).select_related("reopened")
    for deferral in waiting:
        assert deferral.reopened is not None
        assessments.withdraw_reopening(assessment_id=deferral.reopened.pk, actor=SYSTEM, reason=reason)
