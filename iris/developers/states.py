"""The life of a request for live keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class LiveRequestState(models.TextChoices):
    """Where a request for live keys stands."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


STATE = LiveRequestState

describe_states(
    LiveRequestState,
    {
        STATE.ASKED: StateFacts(
            Owner.SCHEME, _("The scheme is looking at it"), _("To be answered"), _("Asked"), "work", "clock"
        ),
        STATE.ACCEPTED: StateFacts(
            Owner.NOBODY, _("Accepted"), _("Accepted"), _("Accepted"), "good", "circle-check"
        ),
        STATE.REFUSED: StateFacts(Owner.NOBODY, _("Refused"), _("Refused"), _("Refused"), "stop", "ban"),
        STATE.WITHDRAWN: StateFacts(
            Owner.NOBODY, _("Withdrawn"), _("Withdrawn"), _("Withdrawn"), "past", "minus"
        ),
    },
)
