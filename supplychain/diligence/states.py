"""The life of a decision, its conditions, a nominated agency and a request for information."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class Outcome(models.TextChoices):
    """What an employer decides about a recruiter (R73)."""

    PROCEED = "proceed", _("Proceed")
    CONDITIONS = "conditions", _("Proceed with conditions")
    STOP = "stop", _("Stop")


class DecisionState(models.TextChoices):
    """Where a decision stands."""

    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in_force", _("In force")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    SUPERSEDED = "superseded", _("Replaced")


class ConditionState(models.TextChoices):
    """Where a condition stands; overdue is read from its day."""

    OPEN = "open", _("Open")
    MET = "met", _("Met")
    WAIVED = "waived", _("Waived")


class Approval(models.TextChoices):
    """For which decisions an employer asks for a second person."""

    RISKY = "risky", _("To go ahead with an agency that is not certified, or with something found")
    EVERY = "every", _("Every decision")


class NomineeState(models.TextChoices):
    """A recruiter that employers would like to see certified."""

    NOMINATED = "nominated", _("Nominated")
    INVITED = "invited", _("Invited")
    ENROLLED = "enrolled", _("Enrolled")
    CERTIFIED = "certified", _("Certified")
    DECLINED = "declined", _("Does not want to")
    SET_ASIDE = "set_aside", _("Set aside")


class Source(models.TextChoices):
    """Where an employer met the recruiter."""

    HAND = "hand", _("Typed in")
    RECEIPT = "receipt", _("A check")
    SCREENING = "screening", _("A screening")
    CHAIN = "chain", _("The supply chain")


class RequestState(models.TextChoices):
    """A request for information (R75)."""

    RECEIVED = "received", _("Received")
    IN_WORK = "in_work", _("Acknowledged")
    ASKED_BACK = "asked_back", _("Waits for the asker")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class Channel(models.TextChoices):
    """How a request came in."""

    PAGE = "page", _("This page")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    OTHER = "other", _("Another way")


class InboxLaw(models.TextChoices):
    """Whose clock the inbox runs by."""

    NORWAY = "no", _("Norwegian Transparency Act, sections 6 and 7")
    OWN = "own", _("The employer's own promise")


class MessageKind(models.TextChoices):
    """One entry of a request's record."""

    ASKED = "asked", _("Request")
    ACKNOWLEDGED = "acknowledged", _("Receipt confirmed")
    CLARIFICATION = "clarification", _("Asked what is meant")
    CLARIFIED = "clarified", _("Said what is meant")
    EXTENDED = "extended", _("Time extended")
    REFUSED = "refused", _("Refused")
    ANSWERED = "answered", _("Answer")
    WITHDRAWN = "withdrawn", _("Taken back")
    REASONS_ASKED = "reasons_asked", _("Asked for fuller reasons")
    REASONS_GIVEN = "reasons_given", _("Fuller reasons")
    NOTE = "note", _("Note of the employer, not sent")


OPEN_REQUESTS = (RequestState.RECEIVED, RequestState.IN_WORK, RequestState.ASKED_BACK)


def _facts(owner: Owner, label: object, tone: Tone, icon: str) -> StateFacts:
    return StateFacts(owner, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy text


EMPLOYER, NOBODY, SCHEME, AGENCY = Owner.EMPLOYER, Owner.NOBODY, Owner.SCHEME, Owner.AGENCY

describe_states(
    Outcome,
    {
        Outcome.PROCEED: _facts(NOBODY, _("Proceed"), "good", "circle-check"),
        Outcome.CONDITIONS: _facts(EMPLOYER, _("Proceed with conditions"), "care", "alert-triangle"),
        Outcome.STOP: _facts(NOBODY, _("Stop"), "stop", "alert-octagon"),
    },
)
describe_states(
    DecisionState,
    {
        DecisionState.PROPOSED: _facts(EMPLOYER, _("Waits for a second person"), "work", "clipboard-check"),
        DecisionState.IN_FORCE: _facts(NOBODY, _("In force"), "good", "circle-check"),
        DecisionState.DECLINED: _facts(NOBODY, _("Declined"), "stop", "x"),
        DecisionState.WITHDRAWN: _facts(NOBODY, _("Taken back"), "past", "minus"),
        DecisionState.SUPERSEDED: _facts(NOBODY, _("Replaced by a later one"), "past", "minus"),
    },
)
describe_states(
    ConditionState,
    {
        ConditionState.OPEN: _facts(EMPLOYER, _("Open"), "work", "clipboard-check"),
        ConditionState.MET: _facts(NOBODY, _("Met"), "good", "circle-check"),
        ConditionState.WAIVED: _facts(NOBODY, _("Waived"), "past", "minus"),
    },
)
describe_states(
    NomineeState,
    {
        NomineeState.NOMINATED: _facts(SCHEME, _("Nominated"), "work", "clipboard-check"),
        NomineeState.INVITED: _facts(AGENCY, _("Invited by the scheme"), "care", "mail"),
        NomineeState.ENROLLED: _facts(AGENCY, _("Enrolled on the register"), "work", "clipboard-check"),
        NomineeState.CERTIFIED: _facts(NOBODY, _("Certified"), "good", "circle-check"),
        NomineeState.DECLINED: _facts(NOBODY, _("Does not want to be written to"), "past", "minus"),
        NomineeState.SET_ASIDE: _facts(NOBODY, _("Set aside by the scheme"), "past", "minus"),
    },
)
describe_states(
    RequestState,
    {
        RequestState.RECEIVED: _facts(EMPLOYER, _("Received"), "work", "clipboard-check"),
        RequestState.IN_WORK: _facts(EMPLOYER, _("Being answered"), "work", "clipboard-check"),
        RequestState.ASKED_BACK: _facts(
            EMPLOYER, _("Waits for the asker; the clock runs on"), "care", "help-circle"
        ),
        RequestState.ANSWERED: _facts(NOBODY, _("Answered"), "good", "circle-check"),
        RequestState.REFUSED: _facts(NOBODY, _("Refused"), "stop", "x"),
        RequestState.WITHDRAWN: _facts(NOBODY, _("Taken back by the asker"), "past", "minus"),
    },
)
