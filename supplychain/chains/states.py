"""Kinds of parties, who pays fees, and how much a claimed link is worth."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class PartyKind(models.TextChoices):
    """What a party is in the chain, from the buyer down to the workers."""

    BUYER = "buyer", _("Buyer")
    SITE = "site", _("Supplier site")
    EMPLOYER = "employer", _("Employer of the workers")
    RECRUITER_DESTINATION = "recruiter_destination", _("Recruiter where the work is")
    RECRUITER_ORIGIN = "recruiter_origin", _("Recruiter where workers come from")
    SUB_AGENT = "sub_agent", _("Sub-agent")
    COHORT = "cohort", _("Group of workers")


class Claim(models.TextChoices):
    """Where a link is known from."""

    DECLARED = "declared", _("Declared")
    VERIFIED = "verified", _("Verified")


class Source(models.TextChoices):
    """Who said that a link is so, or through what it came."""

    EMPLOYER = "employer", _("Entered by your people")
    SHEET = "sheet", _("From a sheet of yours")
    API = "api", _("From your system")
    SUPPLIER = "supplier", _("Declared by the supplier")


class Confidence(models.TextChoices):
    """How far a link may be relied on: derived from what backs it, never chosen (rules.confidence)."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class FeeTerms(models.TextChoices):
    """Who pays for recruitment over a link."""

    EMPLOYER = "employer_pays", _("The employer pays all")
    PART = "part", _("Workers pay a part")
    WORKERS = "workers_pay", _("Workers pay")
    UNKNOWN = "unknown", _("Not known")


class FindingCode(models.TextChoices):
    """What the chain shows that somebody should look at."""

    SUSPENDED = "suspended", _("Suspended or withdrawn")
    UNLICENSED = "unlicensed", _("No licence in force")
    SHARED = "shared_with_withdrawn", _("Shared with a withdrawn recruiter")
    UNCERTIFIED = "uncertified", _("Not certified")
    UNKNOWN_HOP = "unknown_hop", _("Unknown hop")
    TOO_MANY = "too_many_intermediaries", _("Too many intermediaries")
    CYCLE = "cycle", _("Circle")


class InvitationState(models.TextChoices):
    """How far a supplier's part has come."""

    SENT = "sent", _("Sent")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Taken in")
    REVOKED = "revoked", _("Revoked")


describe_states(
    InvitationState,
    {
        InvitationState.SENT: StateFacts(
            Owner.EMPLOYER, _("Waiting for the supplier"), _("Sent"), _("Sent"), "work", "mail"
        ),
        InvitationState.ANSWERED: StateFacts(
            Owner.EMPLOYER, _("To be looked through"), _("Answered"), _("Answered"), "care"
        ),
        InvitationState.CLOSED: StateFacts(
            Owner.NOBODY, _("Looked through"), _("Looked through"), _("Looked through"), "good"
        ),
        InvitationState.REVOKED: StateFacts(Owner.NOBODY, _("Revoked"), _("Revoked"), _("Revoked"), "past"),
    },
)


class EntryStatus(models.TextChoices):
    """What became of one line a supplier entered."""

    DRAFT = "draft", _("Being written")
    SENT = "sent", _("Sent to the buyer")
    ACCEPTED = "accepted", _("Taken into the chain")
    REFUSED = "refused", _("Not taken in")


class Shape(models.TextChoices):
    """How a sheet says who stands below whom."""

    EDGES = "edges", _("One link in each row: upper party, lower party")
    TIERS = "tiers", _("One column for each tier: each row is one way down")


class ImportState(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", _("Uploaded")
    DONE = "done", _("Taken in")
    DROPPED = "dropped", _("Thrown away")


describe_states(
    ImportState,
    {
        ImportState.UPLOADED: StateFacts(
            Owner.EMPLOYER, _("Waiting for you"), _("Waiting"), _("Waiting"), "work"
        ),
        ImportState.DONE: StateFacts(Owner.NOBODY, _("Taken in"), _("Taken in"), _("Taken in"), "good"),
        ImportState.DROPPED: StateFacts(
            Owner.NOBODY, _("Thrown away"), _("Thrown away"), _("Thrown away"), "past"
        ),
    },
)

RECRUITERS = frozenset({PartyKind.RECRUITER_DESTINATION, PartyKind.RECRUITER_ORIGIN})
INTERMEDIARIES = RECRUITERS | {PartyKind.SUB_AGENT}
WORKPLACES = frozenset({PartyKind.BUYER, PartyKind.SITE, PartyKind.EMPLOYER})
