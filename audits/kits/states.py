"""Where an offline kit stands, and what became of a file that was given back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class KitState(models.TextChoices):
    """Where a kit stands."""

    OUT = "out", _("Out")
    RETURNED = "returned", _("Returned")
    APPLIED = "applied", _("Applied")
    ABANDONED = "abandoned", _("Given up")


HELD = (KitState.OUT, KitState.RETURNED)


class Verdict(models.TextChoices):
    """What reading a returned file came to. It is written once."""

    TAKEN = "taken", _("Read, to be looked at")
    STALE = "stale", _("Too old to be applied")
    REFUSED = "refused", _("Refused")


describe_states(
    KitState,
    {
        KitState.OUT: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("On site"),
            auditor=_("Out"),
            public=_("Under audit"),
            icon="download",
        ),
        KitState.RETURNED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("On site"),
            auditor=_("Returned, to be looked at"),
            public=_("Under audit"),
            tone="care",
            icon="upload",
        ),
        KitState.APPLIED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Back"),
            auditor=_("Applied"),
            public=_("Under audit"),
            tone="good",
            icon="circle-check",
        ),
        KitState.ABANDONED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Back"),
            auditor=_("Given up"),
            public=_("Under audit"),
            tone="past",
            icon="ban",
        ),
    },
)
