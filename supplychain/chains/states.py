"""Kinds of parties and how much a claimed link is worth."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    """What a party is in the chain, from the buyer down to the sub-agent."""

    BUYER = "buyer", _("Buyer")
    SITE = "site", _("Supplier site")
    EMPLOYER = "employer", _("Employer of the workers")
    RECRUITER_DESTINATION = "recruiter_destination", _("Recruiter where the work is")
    RECRUITER_ORIGIN = "recruiter_origin", _("Recruiter where workers come from")
    SUB_AGENT = "sub_agent", _("Sub-agent")


class Claim(models.TextChoices):
    """Where a link is known from."""

    DECLARED = "declared", _("Declared")
    VERIFIED = "verified", _("Verified")


RECRUITERS = frozenset({PartyKind.RECRUITER_DESTINATION, PartyKind.RECRUITER_ORIGIN})
