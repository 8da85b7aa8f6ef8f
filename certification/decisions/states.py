"""States of a decision, and the reasons why somebody may not take it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class DecisionState(models.TextChoices):
    """Where a decision stands. Voting and appeals are named here so that the database knows them from the start."""

    OPEN = "open", _("Open")
    VOTING = "voting", _("Voting")
    DECIDED = "decided", _("Decided")
    APPEALED = "appealed", _("Appealed")
    UPHELD = "upheld", _("Upheld")
    OVERTURNED = "overturned", _("Overturned")


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
