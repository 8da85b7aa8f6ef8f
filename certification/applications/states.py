"""The states of an application: whose move each is, and its words for agency, auditor and public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class ApplicationKind(models.TextChoices):
    """What the agency applies for."""

    INITIAL = "initial", _("First certification")
    RECERTIFICATION = "recertification", _("Recertification")


class LetterKind(models.TextChoices):
    """What the scheme writes to an agency about its application."""

    FEE_REQUEST = "fee_request", _("Invoice for the fee")
    FEE_WAIVED = "fee_waived", _("Fee waived")
    DEFERRAL = "deferral", _("What is missing")
    EXTENSION = "extension", _("More time")
    ACCEPTANCE = "acceptance", _("Acceptance")
    REJECTION = "rejection", _("Rejection")
    WITHDRAWAL = "withdrawal", _("Withdrawal confirmed")
    GRANT = "grant", _("Certification granted")
    REFUSAL = "refusal", _("Certification refused")
    REOPENED = "reopened", _("Taken up again after an appeal")


class ApplicationState(models.TextChoices):
    """From a draft to an outcome."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent")
    FEE_PENDING = "fee_pending", _("Fee to be paid")
    IN_REVIEW = "in_review", _("In review")
    DEFERRED = "deferred", _("Deferred")
    REJECTED = "rejected", _("Rejected")
    ACCEPTED = "accepted", _("Accepted")
    UNDER_AUDIT = "under_audit", _("Under audit")
    RECOMMENDED = "recommended", _("Recommended")
    GRANTED = "granted", _("Granted")
    GRANTED_WITH_CONDITIONS = "granted_with_conditions", _("Granted with conditions")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


State = ApplicationState
GRANTS = (State.GRANTED, State.GRANTED_WITH_CONDITIONS)
DECIDED = (*GRANTS, State.REFUSED)
CLOSED = (State.REJECTED, *DECIDED, State.WITHDRAWN)
OPEN = tuple(state for state in State if state not in CLOSED)
NOT_SENT = (State.DRAFT, State.WITHDRAWN)
RECOMMENDED_ON = (State.RECOMMENDED, *DECIDED)
AUDITED = (State.UNDER_AUDIT, *RECOMMENDED_ON)
ACCEPTED_ON = (State.ACCEPTED, *AUDITED)
FEE_CLEARED = (State.IN_REVIEW, State.DEFERRED, State.REJECTED, *ACCEPTED_ON)
SCREENING = (State.SUBMITTED, State.FEE_PENDING, State.IN_REVIEW, State.DEFERRED)
MAY_WITHDRAW = tuple(state for state in OPEN)

describe_states(
    State,
    {
        State.DRAFT: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Not sent yet"),
            auditor=_("Draft"),
            public=_("Preparing to apply"),
            tone="work",
            icon="pencil",
        ),
        State.SUBMITTED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Sent to the scheme"),
            auditor=_("New"),
            public=_("Applied"),
            tone="work",
            icon="send",
        ),
        State.FEE_PENDING: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Fee to be paid"),
            auditor=_("Waiting for the fee"),
            public=_("Applied"),
            tone="care",
            icon="receipt",
        ),
        State.IN_REVIEW: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Being screened"),
            auditor=_("In review"),
            public=_("Applied"),
            tone="work",
            icon="zoom-check",
        ),
        State.DEFERRED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Deferred: something is missing"),
            auditor=_("Deferred"),
            public=_("Applied"),
            tone="care",
            icon="hourglass",
        ),
        State.REJECTED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Rejected"),
            auditor=_("Rejected"),
            public=_("No application"),
            tone="past",
            icon="ban",
        ),
        State.ACCEPTED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Accepted"),
            auditor=_("Waiting for an audit firm"),
            public=_("Applied"),
            tone="work",
            icon="check",
        ),
        State.UNDER_AUDIT: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Under audit"),
            auditor=_("Under audit"),
            public=_("Applied"),
            tone="work",
            icon="clipboard-check",
        ),
        State.RECOMMENDED: StateFacts(
            owner=Owner.DECIDER,
            agency=_("Waiting for the decision"),
            auditor=_("Recommendation sent"),
            public=_("Applied"),
            tone="work",
            icon="gavel",
        ),
        State.GRANTED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Granted"),
            auditor=_("Granted"),
            public=_("Certified"),
            tone="good",
            icon="circle-check",
        ),
        State.GRANTED_WITH_CONDITIONS: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Granted with conditions"),
            auditor=_("Granted with conditions"),
            public=_("Certified with conditions"),
            tone="care",
            icon="circle-check",
        ),
        State.REFUSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Refused"),
            auditor=_("Refused"),
            public=_("No application"),
            tone="stop",
            icon="circle-x",
        ),
        State.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Withdrawn"),
            auditor=_("Withdrawn"),
            public=_("No application"),
            tone="past",
            icon="arrow-back-up",
        ),
    },
)
