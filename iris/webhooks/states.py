"""The life of an endpoint, and where one message stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class EndpointState(models.TextChoices):
    """The life of an endpoint."""

    ACTIVE = "active", _("On")
    PAUSED = "paused", _("Off")
    BROKEN = "broken", _("Off after failing")
    REMOVED = "removed", _("Removed")


class DeliveryStatus(models.TextChoices):
    """Where one message to one endpoint stands."""

    WAITING = "waiting", _("To be sent")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given_up", _("Given up")


STATE = EndpointState
STATUS = DeliveryStatus


def _facts(label: object, tone: Tone, icon: str, owner: Owner = Owner.NOBODY) -> StateFacts:
    return StateFacts(owner, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy text


describe_states(
    EndpointState,
    {
        STATE.ACTIVE: _facts(STATE.ACTIVE.label, "good", "webhook"),
        STATE.PAUSED: _facts(STATE.PAUSED.label, "care", "player-pause", Owner.EMPLOYER),
        STATE.BROKEN: _facts(STATE.BROKEN.label, "stop", "alert-octagon", Owner.EMPLOYER),
        STATE.REMOVED: _facts(STATE.REMOVED.label, "past", "minus"),
    },
)
describe_states(
    DeliveryStatus,
    {
        STATUS.WAITING: _facts(STATUS.WAITING.label, "work", "clock"),
        STATUS.DELIVERED: _facts(STATUS.DELIVERED.label, "good", "check"),
        STATUS.GIVEN_UP: _facts(STATUS.GIVEN_UP.label, "stop", "alert-octagon"),
    },
)
