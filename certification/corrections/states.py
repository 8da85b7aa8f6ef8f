"""What becomes of a dispute of an entry, and of a notice that an authority filed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class DisputeState(models.TextChoices):
    """How far the scheme is with a dispute."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked_at", _("Looked at")
    CORRECTED = "corrected", _("Corrected")
    KEPT = "kept", _("Kept as it is")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class About(models.TextChoices):
    """Which part of an entry is said to be wrong."""

    NAME = "name", _("Name, number or address of the agency")
    STATUS = "status", _("Status: certified, suspended, withdrawn …")
    SCOPE = "scope", _("Corridors, sectors or sites")
    LICENCE = "licence", _("A licence")
    HISTORY = "history", _("A date, or the history")
    OTHER = "other", _("Something else")


class Channel(models.TextChoices):
    """How it came in."""

    PAGE = "page", _("Public page")
    ACCOUNT = "account", _("Somebody signed in")
    API = "api", _("API")


class NoticeState(models.TextChoices):
    """How far the scheme is with a notice of an authority. None of them is a verdict on the agency."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked_at", _("Looked at")
    ACTED_ON = "acted_on", _("Acted on")
    NOTED = "noted", _("Noted, nothing to do")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Measure(models.TextChoices):
    """What the authority did."""

    SUSPENSION = "suspension", _("Licence suspended")
    REVOCATION = "revocation", _("Licence revoked")
    WARNING = "warning", _("Warning")


OPEN_DISPUTES = (DisputeState.RECEIVED, DisputeState.LOOKED_AT)
OPEN_NOTICES = (NoticeState.RECEIVED, NoticeState.LOOKED_AT)
# Only the state that gave a licence suspends or revokes it; anybody's authority may warn.
OWN_COUNTRY_ONLY = (Measure.SUSPENSION, Measure.REVOCATION)


def _facts(owner: Owner, sender: object, scheme: object, tone: Tone, icon: str) -> StateFacts:
    return StateFacts(owner, sender, scheme, sender, tone, icon)  # type: ignore[arg-type] # lazy words


describe_states(
    DisputeState,
    {
        DisputeState.RECEIVED: _facts(
            Owner.SCHEME, _("Received by the scheme"), _("To look at"), "work", "mail"
        ),
        DisputeState.LOOKED_AT: _facts(
            Owner.SCHEME, _("The scheme is looking at it"), _("Being looked at"), "work", "search"
        ),
        DisputeState.CORRECTED: _facts(Owner.NOBODY, _("Corrected"), _("Corrected"), "good", "circle-check"),
        DisputeState.KEPT: _facts(
            Owner.NOBODY, _("Kept as it is, with reasons"), _("Kept as it is"), "past", "minus"
        ),
        DisputeState.WITHDRAWN: _facts(
            Owner.NOBODY, _("Withdrawn by the sender"), _("Withdrawn by the sender"), "past", "arrow-back-up"
        ),
    },
)
describe_states(
    NoticeState,
    {
        NoticeState.RECEIVED: _facts(
            Owner.SCHEME, _("Received by the scheme"), _("To look at"), "work", "mail"
        ),
        NoticeState.LOOKED_AT: _facts(
            Owner.SCHEME, _("The scheme is looking at it"), _("Being looked at"), "work", "search"
        ),
        NoticeState.ACTED_ON: _facts(Owner.NOBODY, _("Acted on"), _("Acted on"), "good", "circle-check"),
        NoticeState.NOTED: _facts(
            Owner.NOBODY, _("Noted, nothing to do"), _("Noted, nothing to do"), "past", "minus"
        ),
        NoticeState.WITHDRAWN: _facts(
            Owner.NOBODY, _("Taken back by the authority"), _("Taken back"), "past", "arrow-back-up"
        ),
    },
)
