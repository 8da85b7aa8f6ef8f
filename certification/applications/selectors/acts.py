"""The acts a person may do on a case now, as buttons."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application
from iris.accounts.models import User
from iris.core.errors import Text
from iris.core.fsm import may, missing


@dataclass(frozen=True)
class Act:
    """One button: what it does, where, and whether it is the usual next act."""

    name: str
    label: Text
    url: str
    main: bool = False


_ACTS: tuple[tuple[str, Text, str, bool], ...] = (
    ("submit", _("Declare and send"), "applications:declare", True),
    ("send_information", _("Send what is missing"), "applications:information", True),
    ("request_fee", _("Ask for the fee"), "applications:request_fee", True),
    ("record_fee", _("Record the fee"), "applications:record_fee", False),
    ("waive_fee", _("Waive the fee"), "applications:waive_fee", False),
    ("accept", _("Accept"), "applications:accept", True),
    ("defer", _("Defer"), "applications:defer", False),
    ("extend_deferral", _("Give more time"), "applications:extend", False),
    ("reject", _("Reject"), "applications:reject", False),
    ("withdraw", _("Withdraw"), "applications:withdraw", False),
)


# Not offered where it was done already.
ONCE = ("extend_deferral",)


def acts_for(application: Application, user: User) -> list[Act]:
    """What this person may do now, the usual next act first."""
    return [
        Act(name, label, reverse(url_name, args=[application.pk]), main)
        for name, label, url_name, main in _ACTS
        if may(getattr(application, name), user)
        and not (name in ONCE and missing(getattr(application, name)))
    ]
