"""Training that the scheme may ask for before an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from certification.training.selectors import level_of
from certification.training.states import LEVELS
from iris.core import clocks

if TYPE_CHECKING:
    from certification.agencies.models import Agency


def missing_of_training(agency: Agency) -> list[str]:
    """One sentence when the number `application_training_step` demands more than the agency has; 0 demands none."""
    wanted = clocks.number("application_training_step")
    if wanted <= 0:
        return []
    level = level_of(agency)
    if level is not None and LEVELS.index(level) + 1 >= wanted:
        return []
    words = {
        "wanted": LEVELS[min(wanted, len(LEVELS)) - 1].label,
        "have": level.label if level else _("none"),
    }
    return [
        _("Training comes before an application: %(wanted)s. Your agency’s level today: %(have)s.") % words
    ]
