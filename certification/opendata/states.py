"""Words of the log and kinds of files."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text


class DumpKind(models.TextChoices):
    """What a day's files hold."""

    FULL = "full", _("Everything")
    DELTA = "delta", _("What changed")


EVENT_WORDS: dict[str, Text] = {
    "issued": _("Issued"),
    "renewed": _("Renewed"),
    "reduced": _("Scope reduced"),
    "corrected": _("Particulars corrected"),
    "restored": _("Restored after an appeal"),
    "conditions_set": _("Conditions attached"),
    "conditions_met": _("All conditions met"),
    "suspended": _("Suspended"),
    "reinstated": _("Reinstated"),
    "withdrawn": _("Withdrawn"),
    "given_up": _("Given up by the agency"),
    "expired": _("Expired"),
    "replaced": _("Replaced by a later revision"),
}
EVENT_TONES: dict[str, str] = {
    "issued": "good",
    "renewed": "good",
    "reinstated": "good",
    "restored": "good",
    "conditions_met": "good",
    "conditions_set": "care",
    "reduced": "care",
    "suspended": "stop",
    "withdrawn": "stop",
}
