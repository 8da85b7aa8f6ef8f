"""States of an interview, and the codes that stand in for words a person could be known by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.engagements.states import IntervieweeKind
from iris.core.states import Owner, StateFacts, describe_states


class InterviewState(models.TextChoices):
    """Where an interview stands."""

    PLANNED = "planned", _("Planned")
    CONSENTED = "consented", _("Consent given")
    HELD = "held", _("Held")
    STOPPED = "stopped", _("Stopped")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Mode(models.TextChoices):
    """How people are spoken with."""

    INDIVIDUAL = "individual", _("One to one, face to face")
    GROUP = "group", _("In a group")
    PHONE = "phone", _("By phone")
    REMOTE = "remote", _("By video")
    OFF_SITE = "off_site", _("One to one, away from the workplace")


class Place(models.TextChoices):
    """What kind of place it is; never an address."""

    AGENCY = "agency", _("Office of the agency")
    WORKPLACE = "workplace", _("Workplace, in private")
    LODGING = "lodging", _("Lodging")
    TRAINING = "training", _("Training or waiting place")
    NEUTRAL = "neutral", _("A place of the person’s choice")
    DISTANCE = "distance", _("Phone or video")


class Sex(models.TextChoices):
    """As the person says."""

    FEMALE = "female", _("Women")
    MALE = "male", _("Men")
    OTHER = "other", _("Another or not said")
    MIXED = "mixed", _("Mixed group")


class InterviewerSex(models.TextChoices):
    """As the interviewer says."""

    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")
    OTHER = "other", _("Another or not said")


class Wish(models.TextChoices):
    """Whether the person wants to speak with somebody of the same sex."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    SAME = "same", _("Wants an interviewer of the same sex")
    ANY = "any", _("Has no such wish")


class Interpreter(models.TextChoices):
    """Whether somebody interprets; the name is in the vault."""

    NONE = "none", _("No interpreter: the interviewer speaks the language")
    INDEPENDENT = "independent", _("Interpreter who works for neither the agency nor the employer")


class ConsentGiven(models.TextChoices):
    """How consent was given."""

    VOICE = "voice", _("Said aloud")
    SIGNED = "signed", _("Signed")


class StopReason(models.TextChoices):
    """Why an interview stopped, without a word of what was said."""

    WISH = "wish", _("The person wished to stop")
    SAFEGUARD = "safeguard", _("For the safety of the person")
    INTERRUPTED = "interrupted", _("Interrupted, no longer private")


class WithdrawReason(models.TextChoices):
    """Why nothing that was said is kept."""

    REFUSED = "refused", _("The person did not want to take part")
    CONSENT = "consent", _("The person took the consent back")
    ABSENT = "absent", _("The person did not come or could not be reached")


class IdentityRole(models.TextChoices):
    """Whose name is sealed."""

    PERSON = "person", _("Person interviewed")
    INTERPRETER = "interpreter", _("Interpreter")


class Purpose(models.TextChoices):
    """What identities may be opened for."""

    CONTACT = "contact", _("Contact the person for the interview")
    SAFEGUARD = "safeguard", _("Bring the person to safety")
    VERIFY = "verify", _("Check an answer with the person")
    RIGHTS = "rights", _("The person asks to see, correct or erase")
    EMPLOYED = "employed", _("See whether people are still employed")


class Employment(models.TextChoices):
    """What became of somebody who was interviewed in the audit before (SA8000 practice, R59)."""

    STILL = "still", _("Still employed")
    LEFT = "left", _("Left in the normal way")
    DISMISSED = "dismissed", _("Dismissed")
    UNKNOWN = "unknown", _("Cannot tell")


class SafeguardState(models.TextChoices):
    """Where a safeguarding case stands."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class SafeguardOutcome(models.TextChoices):
    """How a safeguarding case ended."""

    HOTLINE = "hotline", _("The person is with the hotline or a helper")
    AUTHORITY = "authority", _("Referred to an authority with the person’s consent")
    SAFE = "safe", _("The person is safe and wants nothing further")
    LOST = "lost", _("The person could not be reached again")


I = InterviewState  # noqa: E741 - the states of this file
SPOKEN = (I.CONSENTED, I.HELD, I.STOPPED)
RUNNING = (I.PLANNED, I.CONSENTED)
# People whose words are asked with the workers' guide, and who may lose a job for speaking.
WORKER_KINDS = (IntervieweeKind.WORKERS, IntervieweeKind.JOBSEEKERS, IntervieweeKind.RETURNEES)
GROUP_SIZES = (2, 12)

describe_states(
    InterviewState,
    {
        I.PLANNED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Planned"),
            auditor=_("Planned, consent to ask"),
            public=_("Planned"),
            icon="calendar",
        ),
        I.CONSENTED: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Under way"),
            auditor=_("Consent given, to hold"),
            public=_("Under way"),
            icon="message",
        ),
        I.HELD: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Held"),
            auditor=_("Held"),
            public=_("Held"),
            tone="good",
            icon="circle-check",
        ),
        I.STOPPED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Stopped"),
            auditor=_("Stopped"),
            public=_("Stopped"),
            tone="care",
            icon="hand-stop",
        ),
        I.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Withdrawn"),
            auditor=_("Withdrawn, erased"),
            public=_("Withdrawn"),
            tone="past",
            icon="eraser",
        ),
    },
)
describe_states(
    SafeguardState,
    {
        SafeguardState.OPEN: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Open"),
            auditor=_("Open, with the scheme"),
            public=_("Open"),
            tone="stop",
            icon="lifebuoy",
        ),
        SafeguardState.CLOSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Closed"),
            auditor=_("Closed"),
            public=_("Closed"),
            tone="past",
            icon="check",
        ),
    },
)
