"""States of an audit and the words its parts are told in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class AuditKind(models.TextChoices):
    """Why an audit is held."""

    INITIAL = "initial", _("Initial audit")
    SURVEILLANCE = "surveillance", _("Surveillance audit")
    RECERTIFICATION = "recertification", _("Recertification audit")
    SPECIAL = "special", _("Special audit")
    CLOSURE = "closure", _("Closure audit")


# Kinds that an application waits for: they end with a recommendation about it.
CASE_KINDS = (AuditKind.INITIAL, AuditKind.RECERTIFICATION)
# Kinds that the scheme orders while a certificate runs: they end with what became of the order.
ORDERED_KINDS = (AuditKind.SURVEILLANCE, AuditKind.SPECIAL)


class AuditState(models.TextChoices):
    """Where an audit stands."""

    PROPOSED = "proposed", _("Proposed")
    OFFERED = "offered", _("Offered")
    DECLINED = "declined", _("Declined")
    ACCEPTED = "accepted", _("Accepted")
    PLANNED = "planned", _("Planned")
    STAGE1 = "stage1", _("Stage 1")
    STAGE1_CLOSED = "stage1_closed", _("Stage 1 closed")
    STAGE2 = "stage2", _("Stage 2")
    DRAFT_REPORT = "draft_report", _("Draft report")
    DISPUTED = "disputed", _("Disputed")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")


LIVE = tuple(
    state
    for state in AuditState
    if state not in (AuditState.DECLINED, AuditState.REPORTED, AuditState.CANCELLED)
)
ENDED = (AuditState.DECLINED, AuditState.CANCELLED)
ACCEPTED_ONWARDS = tuple(
    state
    for state in AuditState
    if state not in (AuditState.PROPOSED, AuditState.OFFERED, AuditState.DECLINED)
)
FIELDWORK = (AuditState.STAGE1, AuditState.STAGE1_CLOSED, AuditState.STAGE2)


class TeamRole(models.TextChoices):
    """What a person does in the team."""

    LEAD = "lead", _("Lead auditor")
    AUDITOR = "auditor", _("Auditor")


class Notice(models.TextChoices):
    """How long before the visit the agency hears of it."""

    ANNOUNCED = "announced", _("Announced, with full notice")
    SEMI = "semi_announced", _("Semi-announced: a window of days, not the day")
    SHORT = "short", _("Shorter notice, with the reason")
    UNANNOUNCED = "unannounced", _("Unannounced: the agency hears on the first day on site")


class PriorSource(models.TextChoices):
    """Who told the auditors something before they came."""

    NGO = "ngo", _("Organisation of civil society")
    UNION = "union", _("Trade union")
    AUTHORITY = "authority", _("Authority")
    WORKERS = "workers", _("Organisation of migrant workers")
    EMPLOYER = "employer", _("Employer or buyer")
    PRESS = "press", _("Press or court record")
    OTHER = "other", _("Someone else")


class Readiness(models.TextChoices):
    """What stage 1 concludes."""

    READY = "ready", _("Ready for stage 2")
    NOT_READY = "not_ready", _("Not ready for stage 2")


class Stage(models.IntegerChoices):
    """The two stages of fieldwork."""

    DESK = 1, _("Stage 1, desk review")
    SITE = 2, _("Stage 2, interviews and site")


class Rating(models.TextChoices):
    """What the auditor found on one indicator."""

    MEETS = "meets", _("Meets the indicator")
    PARTLY = "partly", _("Meets it in part")
    FAILS = "fails", _("Does not meet it")
    CHECK = "check", _("To be checked on site")
    NA = "na", _("Does not apply")


class NoteOrigin(models.TextChoices):
    """By which way a rating came in."""

    DESK = "desk", _("On the desk")
    KIT = "kit", _("With an offline kit")


# What stage 1 can settle for good; everything else is looked at again in stage 2.
SETTLED = (Rating.MEETS, Rating.NA)


class IntervieweeKind(models.TextChoices):
    """Whom auditors speak with; counted, never named."""

    MANAGEMENT = "management", _("Management of the agency")
    STAFF = "staff", _("Staff of the agency")
    EMPLOYERS = "employers", _("Employer-clients")
    PARTNERS = "partners", _("Partners and sub-agents")
    WORKERS = "workers", _("Workers at their place of work")
    JOBSEEKERS = "jobseekers", _("Jobseekers in process")
    RETURNEES = "returnees", _("Workers who have returned")


class ObjectionState(models.TextChoices):
    """Where an agency's objection to an auditor stands."""

    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# While an audit is here the agency may object to its people, and the scheme may name another lead.
BEFORE_STAGE2 = (AuditState.ACCEPTED, AuditState.PLANNED, AuditState.STAGE1, AuditState.STAGE1_CLOSED)


class WitnessOutcome(models.TextChoices):
    """What somebody who watched an auditor at work concludes."""

    SATISFACTORY = "satisfactory", _("Works as the scheme asks")
    IMPROVE = "improve", _("Something to improve")
    UNSATISFACTORY = "unsatisfactory", _("Does not work as the scheme asks")


describe_states(
    ObjectionState,
    {
        ObjectionState.OPEN: StateFacts(
            owner=Owner.SCHEME,
            agency=_("With the scheme"),
            auditor=_("The scheme is looking at it"),
            public=_("Under audit"),
            tone="care",
            icon="message-report",
        ),
        ObjectionState.UPHELD: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Upheld, somebody else audits"),
            auditor=_("Upheld"),
            public=_("Under audit"),
            tone="past",
            icon="circle-check",
        ),
        ObjectionState.DISMISSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Dismissed with reasons"),
            auditor=_("Dismissed"),
            public=_("Under audit"),
            tone="past",
            icon="circle-x",
        ),
        ObjectionState.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Taken back"),
            auditor=_("Taken back"),
            public=_("Under audit"),
            tone="past",
            icon="arrow-back",
        ),
    },
)
describe_states(
    AuditState,
    {
        AuditState.PROPOSED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Audit firm being chosen"),
            auditor=_("Proposed"),
            public=_("Under audit"),
            icon="user-search",
        ),
        AuditState.OFFERED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Audit firm being chosen"),
            auditor=_("Offered to you"),
            public=_("Under audit"),
            icon="mail",
        ),
        AuditState.DECLINED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Audit firm being chosen"),
            auditor=_("Declined"),
            public=_("Under audit"),
            tone="past",
            icon="circle-x",
        ),
        AuditState.ACCEPTED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Auditor named, plan to come"),
            auditor=_("Accepted, to be planned"),
            public=_("Under audit"),
            icon="calendar-plus",
        ),
        AuditState.PLANNED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Audit planned"),
            auditor=_("Planned"),
            public=_("Under audit"),
            icon="calendar",
        ),
        AuditState.STAGE1: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Stage 1, desk review"),
            auditor=_("Stage 1, desk review"),
            public=_("Under audit"),
            icon="files",
        ),
        AuditState.STAGE1_CLOSED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Stage 1 closed"),
            auditor=_("Stage 1 closed"),
            public=_("Under audit"),
            icon="file-check",
        ),
        AuditState.STAGE2: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Stage 2, interviews"),
            auditor=_("Stage 2, interviews"),
            public=_("Under audit"),
            icon="users",
        ),
        AuditState.DRAFT_REPORT: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Draft report to read"),
            auditor=_("Draft report sent"),
            public=_("Under audit"),
            icon="file-text",
        ),
        AuditState.DISPUTED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Findings disputed"),
            auditor=_("Findings disputed"),
            public=_("Under audit"),
            tone="care",
            icon="message-report",
        ),
        AuditState.REPORTED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Final report sent"),
            auditor=_("Final report sent"),
            public=_("Audit done"),
            tone="good",
            icon="circle-check",
        ),
        AuditState.CANCELLED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Audit cancelled"),
            auditor=_("Cancelled"),
            public=_("Audit cancelled"),
            tone="past",
            icon="ban",
        ),
    },
)
