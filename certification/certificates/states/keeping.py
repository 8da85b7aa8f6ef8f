"""States of what keeps a certificate: surveillance windows, audit orders, licence reviews, misuse of the mark."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.errors import Text
from iris.core.states import Owner, StateFacts, Tone, describe_states


def _facts(
    owner: Owner, agency: Text, auditor: Text, tone: Tone, icon: str, public: Text | None = None
) -> StateFacts:
    return StateFacts(
        owner=owner, agency=agency, auditor=auditor, public=public or auditor, tone=tone, icon=icon
    )


class WindowState(models.TextChoices):
    """One surveillance audit that a certificate needs within its time."""

    DUE = "due", _("Due")
    HELD = "held", _("Held")
    MISSED = "missed", _("Missed")
    MADE_UP = "made_up", _("Held late")
    DROPPED = "dropped", _("No longer needed")


class OrderKind(models.TextChoices):
    """Why an audit is ordered while a certificate runs."""

    SURVEILLANCE = "surveillance", _("Surveillance audit")
    SHORT_NOTICE = "short_notice", _("Short-notice audit")
    SPECIAL = "special", _("Special audit")


class OrderState(models.TextChoices):
    """An audit that the scheme ordered."""

    ORDERED = "ordered", _("Ordered")
    HELD = "held", _("Held")
    MISSED = "missed", _("Missed or refused")
    CANCELLED = "cancelled", _("Cancelled")


class OrderOutcome(models.TextChoices):
    """What an ordered audit came to."""

    CLEAR = "clear", _("Nothing found that puts the certificate in doubt")
    FINDINGS = "findings", _("Findings, with a plan to correct them")
    CRITICAL = "critical", _("A critical finding")


class ReviewState(models.TextChoices):
    """The short review that a lost licence starts."""

    OPEN = "open", _("Open")
    KEPT = "kept", _("Certificate kept")
    SETTLED = "settled", _("Settled by another act")
    LAPSED = "lapsed", _("Suspended by default")


class Lost(models.TextChoices):
    """How a licence was lost."""

    REVOKED = "revoked", _("revoked")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("not renewed after its last day")


class MisuseState(models.TextChoices):
    """A case of somebody using the mark as they may not."""

    REPORTED = "reported", _("Reported")
    BEING_CHECKED = "being_checked", _("Being checked")
    TAKEDOWN_ASKED = "takedown_asked", _("Taking it down was asked for")
    REMOVED = "removed", _("Removed")
    ESCALATED = "escalated", _("Suspension proposed")
    UNFOUNDED = "unfounded", _("Not a misuse")


MISUSE_OPEN = (MisuseState.REPORTED, MisuseState.BEING_CHECKED, MisuseState.TAKEDOWN_ASKED)

describe_states(
    WindowState,
    {
        WindowState.DUE: _facts(
            Owner.AUDITOR,
            _("Surveillance audit to come"),
            _("Surveillance audit to come"),
            "work",
            "calendar",
        ),
        WindowState.HELD: _facts(Owner.NOBODY, _("Held in time"), _("Held in time"), "good", "circle-check"),
        WindowState.MISSED: _facts(Owner.AGENCY, _("Missed"), _("Missed"), "stop", "calendar-x"),
        WindowState.MADE_UP: _facts(Owner.NOBODY, _("Held late"), _("Held late"), "care", "circle-check"),
        WindowState.DROPPED: _facts(
            Owner.NOBODY, _("No longer needed"), _("No longer needed"), "past", "minus"
        ),
    },
)
describe_states(
    OrderState,
    {
        OrderState.ORDERED: _facts(
            Owner.AUDITOR, _("Audit ordered"), _("Audit ordered"), "work", "clipboard-list"
        ),
        OrderState.HELD: _facts(Owner.NOBODY, _("Audit held"), _("Audit held"), "good", "circle-check"),
        OrderState.MISSED: _facts(
            Owner.SCHEME, _("Missed or refused"), _("Missed or refused"), "stop", "calendar-x"
        ),
        OrderState.CANCELLED: _facts(Owner.NOBODY, _("Cancelled"), _("Cancelled"), "past", "minus"),
    },
)
describe_states(
    ReviewState,
    {
        ReviewState.OPEN: _facts(
            Owner.SCHEME,
            _("Your lost licence is reviewed"),
            _("Lost licence under review"),
            "care",
            "license",
        ),
        ReviewState.KEPT: _facts(
            Owner.NOBODY, _("Reviewed: certificate kept"), _("Certificate kept"), "good", "circle-check"
        ),
        ReviewState.SETTLED: _facts(
            Owner.NOBODY, _("Settled by another act"), _("Settled by another act"), "past", "minus"
        ),
        ReviewState.LAPSED: _facts(
            Owner.NOBODY, _("Suspended: no other decision in time"), _("Suspended by default"), "stop", "ban"
        ),
    },
)
describe_states(
    MisuseState,
    {
        MisuseState.REPORTED: _facts(Owner.SCHEME, _("Reported"), _("Reported"), "work", "flag"),
        MisuseState.BEING_CHECKED: _facts(
            Owner.SCHEME, _("The scheme looks into it"), _("Being checked"), "work", "search"
        ),
        MisuseState.TAKEDOWN_ASKED: _facts(
            Owner.AGENCY, _("Take it down"), _("Taking it down was asked for"), "care", "hourglass"
        ),
        MisuseState.REMOVED: _facts(Owner.NOBODY, _("Removed"), _("Removed"), "good", "circle-check"),
        MisuseState.ESCALATED: _facts(
            Owner.DECIDER, _("Suspension proposed"), _("Suspension proposed"), "stop", "ban"
        ),
        MisuseState.UNFOUNDED: _facts(Owner.NOBODY, _("Not a misuse"), _("Not a misuse"), "past", "minus"),
    },
)
