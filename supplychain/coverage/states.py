"""The parts into which workers fall by how they were hired. Unknown is a part of its own and never left out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """How the workers of one link count."""

    CERTIFIED = "certified", _("Certified for the corridor")
    SCOPE = "scope", _("Certified, for another or unknown corridor")
    NOT_CERTIFIED = "not_certified", _("Not certified")
    STOPPED = "stopped", _("Suspended or withdrawn")
    UNKNOWN = "unknown", _("Not known to the register")


TONES = {
    Part.CERTIFIED: "good",
    Part.SCOPE: "care",
    Part.NOT_CERTIFIED: "past",
    Part.STOPPED: "stop",
    Part.UNKNOWN: "unsure",
}
