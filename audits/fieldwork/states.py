"""The words of fieldwork: where evidence comes from, signs, next steps, meetings. Nothing here has a state machine."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceSource(models.TextChoices):
    """What a piece of evidence is."""

    AGENCY = "agency", _("Document from the agency")
    WORKER = "worker", _("Document from a worker")
    OBSERVATION = "observation", _("What we saw ourselves")
    PHOTO = "photo", _("Photo")
    REGISTER = "register", _("Register or list of an authority")
    INTERVIEWS = "interviews", _("Interviews taken together, nobody named")


class GivenBy(models.TextChoices):
    """From whom a piece of evidence came: a function, never a name."""

    OURSELVES = "ourselves", _("Ourselves, the audit team")
    MANAGEMENT = "management", _("Management of the agency")
    STAFF = "staff", _("Staff of the agency")
    WORKER = "worker", _("A worker")
    JOBSEEKER = "jobseeker", _("A jobseeker in process")
    RETURNEE = "returnee", _("A worker who has returned")
    EMPLOYER = "employer", _("An employer-client")
    PARTNER = "partner", _("A partner or sub-agent")
    AUTHORITY = "authority", _("An authority or its register")
    OTHER = "other", _("Somebody else, a union or an organisation for example")


# Who gave these is at risk when the file itself is passed on: others get a redacted version or nothing.
IN_CONFIDENCE = (EvidenceSource.WORKER, EvidenceSource.INTERVIEWS)
FROM_WORKERS = (GivenBy.WORKER, GivenBy.JOBSEEKER, GivenBy.RETURNEE)


class Seen(models.TextChoices):
    """Whether a sign was seen. Never what it means."""

    NOT_LOOKED = "not_looked", _("Not looked at yet")
    NO = "no", _("Looked at, not seen")
    YES = "yes", _("Seen")


class NextStep(models.TextChoices):
    """What is done about a sign that was seen."""

    SAFEGUARD = "safeguard", _("Safeguard the people concerned at once")
    REFER = "refer", _("Refer to a hotline, union, authority or service")
    FINDING = "finding", _("Raise a finding")
    WATCH = "watch", _("Look again, at a later visit or with more interviews")


class MeetingKind(models.TextChoices):
    """The two meetings of stage 2."""

    OPENING = "opening", _("Opening meeting")
    CLOSING = "closing", _("Closing meeting")


class Side(models.TextChoices):
    """For whom somebody takes part in a meeting."""

    AGENCY = "agency", _("The agency")
    AUDITORS = "auditors", _("The audit team")
    OTHER = "other", _("Somebody else: interpreter, observer")


# Said on every page and in every export about signs; there is no other conclusion anywhere.
NOT_A_VERDICT = _(
    "Indicators, not a verdict. They say what was seen and what is done next. "
    "Whether it is forced labour is not for an audit to say."
)
