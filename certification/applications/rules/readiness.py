"""What must be true before an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from certification.agencies import selectors as agencies
from certification.assessments import selectors as assessments

from .running import missing_of_renewal
from .training import missing_of_training

if TYPE_CHECKING:
    from certification.agencies.models import Agency

    from ..models import Application


def missing_for_submit(application: Application) -> list[str]:
    """What is left before the application can be sent: enrolment, training, the certificate, the self-assessment."""
    left = missing_of_eligibility(application.agency) + missing_of_renewal(application)
    return left + [str(each) for each in missing_of_assessment(application.agency)]


def missing_of_eligibility(agency: Agency) -> list[str]:
    """What of enrolment, and of the training that the scheme's number demands, is missing."""
    return [str(item.text) for item in agencies.eligibility(agency).missing] + missing_of_training(agency)


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


def missing_for_extension(application: Application) -> list[str]:
    """More time is given once."""
    if application.deferral_extended_at is not None:
        return [
            _(
                "The agency was given more time on %(day)s already. That is done once; now accept what came or reject."
            )
            % {"day": agencies.in_words(application.deferral_extended_at.date())}
        ]
    return []
