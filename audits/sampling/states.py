"""States of a list and of a drawn place, and the words that samples are told in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.engagements.states import AuditState
from iris.core.states import Owner, StateFacts, describe_states

# While an audit is in one of these, lists are asked for and samples drawn.
OPEN = (
    AuditState.ACCEPTED,
    AuditState.PLANNED,
    AuditState.STAGE1,
    AuditState.STAGE1_CLOSED,
    AuditState.STAGE2,
)


class FrameKind(models.TextChoices):
    """What a list holds, and so what is drawn from it."""

    PEOPLE = "people", _("Workers, jobseekers and returnees")
    FILES = "files", _("Worker files")
    PAYMENTS = "payments", _("Payment trails")
    ADVERTS = "adverts", _("Job adverts")


class FrameState(models.TextChoices):
    """Where the list of one audit and kind stands."""

    ASKED = "asked", _("Asked for")
    RECEIVED = "received", _("Received")
    DRAWN = "drawn", _("Sample drawn")
    ASIDE = "aside", _("Set aside")


class MemberState(models.TextChoices):
    """What a place in the draw is for."""

    DRAWN = "drawn", _("In the sample")
    RESERVE = "reserve", _("In reserve")
    REPLACED = "replaced", _("Given up")


class PersonStatus(models.TextChoices):
    """Where a person stands in recruitment."""

    DEPLOYED = "deployed", _("Deployed")
    IN_PROCESS = "in_process", _("In process")
    RETURNED = "returned", _("Returned")


class Sex(models.TextChoices):
    """The sex written in the agency's list; empty where it says nothing."""

    FEMALE = "f", _("Women")
    MALE = "m", _("Men")
    OTHER = "x", _("Another")


class Way(models.TextChoices):
    """How a place came into the sample."""

    RULE = "rule", _("By the rule")
    RAISED = "raised", _("Added by the lead auditor")
    RESERVE = "reserve", _("From the reserve")
    REPLACEMENT = "replacement", _("As a replacement")


class WhyReplaced(models.TextChoices):
    """Why a place was given up."""

    REFUSED = "refused", _("Did not want to talk")
    UNREACHABLE = "unreachable", _("Could not be reached")
    LEFT = "left", _("Has left, or is not there any more")
    OTHER = "other", _("Another reason")


class ItemResult(models.TextChoices):
    """What was seen of a file, a payment trail or an advert."""

    IN_ORDER = "in_order", _("In order")
    NOT_IN_ORDER = "not_in_order", _("Not in order")
    NOT_SHOWN = "not_shown", _("Not shown")


class Source(models.TextChoices):
    """How a list came."""

    UPLOADED = "uploaded", _("As a file")
    TYPED = "typed", _("Typed in")


describe_states(
    FrameState,
    {
        FrameState.ASKED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("List asked for"),
            auditor=_("Asked for"),
            public=_("Under audit"),
            icon="mail",
        ),
        FrameState.RECEIVED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("List received"),
            auditor=_("Received, to be drawn"),
            public=_("Under audit"),
            icon="list-check",
        ),
        FrameState.DRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Sample drawn"),
            auditor=_("Sample drawn"),
            public=_("Under audit"),
            tone="good",
            icon="circle-check",
        ),
        FrameState.ASIDE: StateFacts(
            owner=Owner.NOBODY,
            agency=_("No list needed"),
            auditor=_("Set aside"),
            public=_("Under audit"),
            tone="past",
            icon="minus",
        ),
    },
)
describe_states(
    MemberState,
    {
        MemberState.DRAWN: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("In the sample"),
            auditor=_("In the sample"),
            public=_("Under audit"),
            icon="user-check",
        ),
        MemberState.RESERVE: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("In reserve"),
            auditor=_("In reserve"),
            public=_("Under audit"),
            tone="unsure",
            icon="clock",
        ),
        MemberState.REPLACED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Given up"),
            auditor=_("Given up"),
            public=_("Under audit"),
            tone="past",
            icon="user-minus",
        ),
    },
)
