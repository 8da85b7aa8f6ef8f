"""Grades and states of findings and of the actions that correct them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class Grade(models.TextChoices):
    """How grave a finding is."""

    CRITICAL = "critical", _("Critical")
    MAJOR = "major", _("Major")
    MINOR = "minor", _("Minor")
    OBSERVATION = "observation", _("Observation")
    GOOD_PRACTICE = "good_practice", _("Good practice")


GRADE_TONES: dict[str, Tone] = {
    Grade.CRITICAL: "stop",
    Grade.MAJOR: "care",
    Grade.MINOR: "past",
    Grade.OBSERVATION: "work",
    Grade.GOOD_PRACTICE: "good",
}
GRADE_ICONS: dict[str, str] = {
    Grade.CRITICAL: "alert-circle",
    Grade.MAJOR: "alert-triangle",
    Grade.MINOR: "minus",
    Grade.OBSERVATION: "eye",
    Grade.GOOD_PRACTICE: "thumb-up",
}
# Grades the agency answers with a correction; the others are noted.
ANSWERED_GRADES = (Grade.CRITICAL, Grade.MAJOR, Grade.MINOR)
# Grades that stand against a grant while they are open.
BLOCKING_GRADES = (Grade.CRITICAL, Grade.MAJOR)


class FindingState(models.TextChoices):
    """Where a finding stands. That it is late is derived from its dates."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    ANSWERED = "answered", _("Answered")
    RETURNED = "returned", _("Returned")
    ACTION_AGREED = "action_agreed", _("Action agreed")
    EVIDENCE_SENT = "evidence_sent", _("Evidence sent")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = tuple(s for s in FindingState if s not in (FindingState.CLOSED, FindingState.WITHDRAWN))
ISSUED_ONWARDS = tuple(s for s in FindingState if s != FindingState.DRAFT)
AGENCY_TURN = (FindingState.ISSUED, FindingState.RETURNED, FindingState.ACTION_AGREED)
AUDITOR_TURN = (FindingState.DRAFT, FindingState.ANSWERED, FindingState.EVIDENCE_SENT)


class ActionState(models.TextChoices):
    """Where a corrective action stands."""

    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    EVIDENCE_SENT = "evidence_sent", _("Evidence sent")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Sent back")


class Verification(models.TextChoices):
    """How the auditor made sure that a correction works."""

    DESK = "desk", _("On the desk, from the evidence sent")
    SITE = "site", _("On site")


class Clock(models.TextChoices):
    """What an issued finding asks of the agency by a day."""

    CONTAINMENT = "containment", _("Containment")
    PLAN = "plan", _("Answer with a plan")
    EVIDENCE = "evidence", _("Evidence of the correction")


class ContainmentState(models.TextChoices):
    """Where stands what an agency did at once about a critical finding."""

    RECORDED = "recorded", _("Recorded")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")


CONTAINED = (ContainmentState.RECORDED, ContainmentState.ACCEPTED)


class ExtensionState(models.TextChoices):
    """Where stands a wish for more time."""

    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class EscalationKind(models.TextChoices):
    """Why a rule acts on findings beyond the finding itself."""

    MINORS = "minors", _("Several minors count as a major")
    OVERDUE = "overdue", _("A clock has run out")


class EscalationState(models.TextChoices):
    """How far a rule has gone."""

    WARNED = "warned", _("Both sides told")
    ESCALATED = "escalated", _("Escalated")
    ENDED = "ended", _("Over")


RUNNING_ESCALATIONS = (EscalationState.WARNED, EscalationState.ESCALATED)


class Side(models.TextChoices):
    """Who speaks in a disagreement."""

    AGENCY = "agency", _("The agency")
    AUDITOR = "auditor", _("The auditors")


describe_states(
    FindingState,
    {
        FindingState.DRAFT: StateFacts(
            owner=Owner.AUDITOR, agency=_("Draft"), auditor=_("Draft"), public="", icon="pencil"
        ),
        FindingState.ISSUED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Your answer is due"),
            auditor=_("Waiting for an answer"),
            public="",
            tone="care",
            icon="message-question",
        ),
        FindingState.ANSWERED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Answer sent"),
            auditor=_("Answer to read"),
            public="",
            icon="message-2",
        ),
        FindingState.RETURNED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Sent back to you"),
            auditor=_("Sent back"),
            public="",
            tone="care",
            icon="arrow-back-up",
        ),
        FindingState.ACTION_AGREED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Action agreed, evidence due"),
            auditor=_("Action agreed"),
            public="",
            icon="progress-check",
        ),
        FindingState.EVIDENCE_SENT: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Evidence sent"),
            auditor=_("Evidence to verify"),
            public="",
            icon="paperclip",
        ),
        FindingState.CLOSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Closed"),
            auditor=_("Closed"),
            public="",
            tone="good",
            icon="circle-check",
        ),
        FindingState.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Withdrawn"),
            auditor=_("Withdrawn"),
            public="",
            tone="past",
            icon="ban",
        ),
    },
)

describe_states(
    ActionState,
    {
        ActionState.PLANNED: StateFacts(
            owner=Owner.AUDITOR, agency=_("Planned"), auditor=_("Planned"), public="", icon="calendar"
        ),
        ActionState.IN_PROGRESS: StateFacts(
            owner=Owner.AGENCY,
            agency=_("In progress"),
            auditor=_("In progress"),
            public="",
            icon="progress-check",
        ),
        ActionState.EVIDENCE_SENT: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Evidence sent"),
            auditor=_("Evidence to verify"),
            public="",
            icon="paperclip",
        ),
        ActionState.VERIFIED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Verified"),
            auditor=_("Verified"),
            public="",
            tone="good",
            icon="circle-check",
        ),
        ActionState.REJECTED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Sent back"),
            auditor=_("Sent back"),
            public="",
            tone="care",
            icon="arrow-back-up",
        ),
    },
)

describe_states(
    ContainmentState,
    {
        ContainmentState.RECORDED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Sent to the auditors"),
            auditor=_("Containment to read"),
            public="",
            icon="message-2",
        ),
        ContainmentState.ACCEPTED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Accepted"),
            auditor=_("Accepted"),
            public="",
            tone="good",
            icon="circle-check",
        ),
        ContainmentState.RETURNED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Sent back to you"),
            auditor=_("Sent back"),
            public="",
            tone="care",
            icon="arrow-back-up",
        ),
    },
)

describe_states(
    ExtensionState,
    {
        ExtensionState.ASKED: StateFacts(
            owner=Owner.DECIDER,
            agency=_("More time asked"),
            auditor=_("More time asked"),
            public="",
            icon="hourglass",
        ),
        ExtensionState.GRANTED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("More time granted"),
            auditor=_("More time granted"),
            public="",
            tone="good",
            icon="circle-check",
        ),
        ExtensionState.REFUSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("More time refused"),
            auditor=_("More time refused"),
            public="",
            tone="care",
            icon="ban",
        ),
        ExtensionState.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Taken back"),
            auditor=_("Taken back"),
            public="",
            tone="past",
            icon="arrow-back-up",
        ),
    },
)

describe_states(
    EscalationState,
    {
        EscalationState.WARNED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Overdue"),
            auditor=_("Overdue, both sides told"),
            public="",
            tone="care",
            icon="clock-exclamation",
        ),
        EscalationState.ESCALATED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Escalated"),
            auditor=_("Escalated"),
            public="",
            tone="stop",
            icon="alert-triangle",
        ),
        EscalationState.ENDED: StateFacts(
            owner=Owner.NOBODY, agency=_("Over"), auditor=_("Over"), public="", tone="past", icon="check"
        ),
    },
)
