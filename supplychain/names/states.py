"""What a person may say of a name and an agency."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class Verdict(models.TextChoices):
    """Whether a name as somebody writes it means an agency; a later word takes an earlier one back."""

    SAME = "same", _("This is the one")
    NOT_SAME = "not_same", _("Not this one")
    FORGOTTEN = "forgotten", _("Taken back")


def _facts(label: object, tone: str, icon: str) -> StateFacts:
    return StateFacts(Owner.NOBODY, label, label, label, tone, icon)  # type: ignore[arg-type]


describe_states(
    Verdict,
    {
        Verdict.SAME: _facts(_("This is the one"), "good", "check"),
        Verdict.NOT_SAME: _facts(_("Not this one"), "stop", "x"),
        Verdict.FORGOTTEN: _facts(_("Taken back"), "past", "arrow-back-up"),
    },
)
