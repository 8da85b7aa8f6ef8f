"""Training that the scheme may ask for before an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from iris.core import clocks

if TYPE_CHECKING:
    from certification.agencies.models import Agency

# The step of training an agency has completed: 0 none, 1 Entry, 2 to 4 for levels 1 to 3.
TrainingProvider = Callable[["Agency"], int]
_STEPS = ("none", "Entry", "L1", "L2", "L3")
_providers: list[TrainingProvider] = []


def read_training(provider: TrainingProvider) -> None:
    """Say where an agency's level of training is read."""
    _providers[:] = [provider]


def missing_of_training(agency: Agency) -> list[str]:
    """One sentence when the number `application_training_step` demands more than the agency has; 0 demands none."""
    wanted = clocks.number("application_training_step")
    if wanted <= 0:
        return []
    have = max((provider(agency) for provider in _providers), default=0)
    if have >= wanted:
        return []
    return [
        _("Training of level %(wanted)s comes before an application. Your agency’s level today: %(have)s.")
        % {"wanted": _STEPS[wanted], "have": _STEPS[have]}
    ]
