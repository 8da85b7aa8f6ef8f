"""What must be true before an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.assessments import selectors as assessments
from iris.core import clocks

if TYPE_CHECKING:
    from certification.agencies.models import Agency

    from .models import Application


def missing_for_submit(application: Application) -> list[str]:
    """What is left before the application can be sent: enrolment, then the self-assessment."""
    left = [str(item.text) for item in agencies.eligibility(application.agency).missing]
    return left + [str(each) for each in missing_of_assessment(application.agency)]


def missing_of_assessment(agency: Agency) -> list[object]:
    """What of the self-assessment is left: each thing reads as a sentence and may carry the page's `url`."""
    assessment = assessments.open_assessment(agency)
    if assessment is not None:
        return list(assessments.missing_for_freeze(assessment))
    if assessments.last_frozen(agency) is not None:
        return [
            _(
                "Start a new self-assessment: the last one was sent. Its answers are filled in where they still fit."
            )
        ]
    return [_("Start the self-assessment and answer it.")]


def missing_for_lapse(application: Application) -> list[str]:
    """A deferral runs out only when its date has passed."""
    if application.deferred_until is None or application.deferred_until >= clocks.today():
        return [_("There is still time to send what is missing.")]
    return []
