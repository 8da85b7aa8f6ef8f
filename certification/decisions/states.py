"""States of a decision, and the reasons why somebody may not take it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class DecisionState(models.TextChoices):
    """Where a decision stands: asked, being voted on, taken, and what became of it on appeal."""

    OPEN = "open", _("Open")
    VOTING = "voting", _("Voting")
    DECIDED = "decided", _("Decided")
    APPEALED = "appealed", _("Appealed")
    UPHELD = "upheld", _("Upheld")
    OVERTURNED = "overturned", _("Overturned")


class AppealState(models.TextChoices):
    """Where an appeal stands. Upheld: the agency was right, so the decision is overturned."""

    RECEIVED = "received", _("Received")
    IN_HEARING = "in_hearing", _("Being heard")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Somebody still has to answer these.
OPEN_APPEALS = (AppealState.RECEIVED, AppealState.IN_HEARING)


class AppealAnswer(models.TextChoices):
    """What somebody who hears an appeal may vote; the words are the states it leads to."""

    UPHELD = "upheld", _("Uphold the appeal: the decision is overturned")
    DISMISSED = "dismissed", _("Dismiss the appeal: the decision stands")


class Answer(models.TextChoices):
    """What may be voted on a proposal, unless the room that asks has answers of its own."""

    ACCEPT = "accept", _("Accept the proposal")
    REJECT = "reject", _("Reject the proposal")


# Nobody has taken these yet; every other state carries an outcome, reasons, a decider and a moment.
UNDECIDED_STATES = (DecisionState.OPEN, DecisionState.VOTING)


class BarKind(models.TextChoices):
    """Why a person may not decide on an agency."""

    AUDITED = "audited", _("Audited the agency")
    TRAINED = "trained", _("Trained the agency")
    ADVISED = "advised", _("Advised the agency")
    EMPLOYED = "employed", _("Worked for the agency")
    CONFLICT = "conflict", _("Declared a conflict of interest")


# Ties that wear off: the bar ends the cool-off (scheme number `consultancy_cooloff_months`) after the last day.
CONSULTANCY_KINDS = (BarKind.TRAINED, BarKind.ADVISED, BarKind.EMPLOYED)

describe_states(
    DecisionState,
    {
        DecisionState.OPEN: StateFacts(
            owner=Owner.DECIDER,
            agency=_("Waiting for the decision"),
            auditor=_("Waiting for the decision"),
            public=_("Not decided yet"),
            tone="work",
            icon="gavel",
        ),
        DecisionState.VOTING: StateFacts(
            owner=Owner.DECIDER,
            agency=_("Being decided"),
            auditor=_("Being decided"),
            public=_("Not decided yet"),
            tone="work",
            icon="gavel",
        ),
        DecisionState.DECIDED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Decided"),
            auditor=_("Decided"),
            public=_("Decided"),
            tone="good",
            icon="circle-check",
        ),
        DecisionState.APPEALED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Appeal received"),
            auditor=_("Under appeal"),
            public=_("Under appeal"),
            tone="care",
            icon="scale",
        ),
        DecisionState.UPHELD: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Upheld after appeal"),
            auditor=_("Upheld after appeal"),
            public=_("Upheld after appeal"),
            tone="past",
            icon="circle-check",
        ),
        DecisionState.OVERTURNED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Overturned after appeal"),
            auditor=_("Overturned after appeal"),
            public=_("Overturned after appeal"),
            tone="past",
            icon="arrow-back-up",
        ),
    },
)

describe_states(
    AppealState,
    {
        AppealState.RECEIVED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Received"),
            auditor=_("To be acknowledged"),
            public=_("Under appeal"),
            tone="work",
            icon="inbox",
        ),
        AppealState.IN_HEARING: StateFacts(
            owner=Owner.DECIDER,
            agency=_("Being heard"),
            auditor=_("Being heard"),
            public=_("Under appeal"),
            tone="work",
            icon="scale",
        ),
        AppealState.UPHELD: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Upheld: the decision is overturned"),
            auditor=_("Upheld: decision overturned"),
            public=_("Decision overturned"),
            tone="good",
            icon="circle-check",
        ),
        AppealState.DISMISSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Dismissed: the decision stands"),
            auditor=_("Dismissed: decision stands"),
            public=_("Decision stands"),
            tone="stop",
            icon="circle-x",
        ),
        AppealState.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Withdrawn by your agency"),
            auditor=_("Withdrawn by the agency"),
            public=_("Appeal withdrawn"),
            tone="past",
            icon="arrow-back-up",
        ),
    },
)
