"""The road of a repayment case, and the words its records are made of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class CaseState(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Open")
    QUANTIFIED = "quantified", _("Quantified")
    AGREED = "agreed", _("Agreed")
    PAYING = "paying", _("Paying")
    PAID = "paid", _("Paid")
    VERIFIED = "verified", _("Verified")
    CLOSED = "closed", _("Closed")


class Source(models.TextChoices):
    """What a case came from."""

    FINDING = "finding", _("Finding of an audit")
    GRIEVANCE = "grievance", _("Grievance of a worker")
    EMPLOYER = "employer", _("Report of an employer")
    AGENCY = "agency", _("Found by the agency itself")


class Rule(models.TextChoices):
    """What workers get whose costs are not all proven."""

    HIGHER_OF = "higher_of", _("The higher of average and median")
    AVERAGE = "average", _("The average")
    MEDIAN = "median", _("The median")


class Grade(models.TextChoices):
    """What a cost line rests on, strongest first."""

    RECEIPT = "receipt", _("Receipt")
    BANK_RECORD = "bank_record", _("Bank record")
    WRITTEN_STATEMENT = "written_statement", _("Written statement of whoever took the money")
    TESTIMONY = "testimony", _("Testimony that fits what others say")
    COHORT_ESTIMATE = "cohort_estimate", _("Estimate for the cohort")


PROVEN_GRADES = (Grade.RECEIPT, Grade.BANK_RECORD, Grade.WRITTEN_STATEMENT)


class PayerKind(models.TextChoices):
    """Who pays a share. Never a worker."""

    AGENCY = "agency", _("Agency")
    EMPLOYER = "employer", _("Employer")
    BUYER = "buyer", _("Buyer")


class Confirmed(models.TextChoices):
    """How a worker confirmed."""

    PHONE = "phone", _("By phone")
    IN_PERSON = "in_person", _("In person")
    SIGNATURE = "signature", _("By signature")


class TracingHow(models.TextChoices):
    """How somebody who left was looked for."""

    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Message")
    LETTER = "letter", _("Letter")
    FAMILY = "family", _("Family or village")
    COLLEAGUES = "colleagues", _("Former colleagues")
    AUTHORITY = "authority", _("Authority, union or counselling point")


class TracingResult(models.TextChoices):
    """What came of it."""

    FOUND = "found", _("Found")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_CONTACT = "wrong_contact", _("Contact no longer right")


class CheckResult(models.TextChoices):
    """What the third party found."""

    GOOD = "good", _("Every sampled worker got the full amount")
    PROBLEMS = "problems", _("Something was not right")


class BreachKind(models.TextChoices):
    """What takes a repayment back."""

    DEDUCTION = "deduction", _("Money taken back from wages or in cash")
    WAIVER = "waiver", _("A waiver or a promise of silence was signed")
    RETALIATION = "retaliation", _("Threat, dismissal or worse treatment")


class BreachState(models.TextChoices):
    """How far a breach is put right."""

    REPORTED = "reported", _("Reported")
    ANSWERED = "answered", _("Answered by the agency")
    SETTLED = "settled", _("Put right")


# The agency writes down workers, costs and rates while a case is in this.
WORKED_OUT = (CaseState.OPEN,)
# Payments, confirmations and tracing are written down while a case is in one of these.
PAY_STATES = (CaseState.PAYING, CaseState.PAID, CaseState.VERIFIED, CaseState.CLOSED)
ROAD = tuple(CaseState)

# Languages a worker may have confirmed in: those of the corridors we know of first.
LANGUAGES = {
    "en": _("English"),
    "ar": _("Arabic"),
    "bn": _("Bangla"),
    "fil": _("Filipino"),
    "fr": _("French"),
    "hi": _("Hindi"),
    "id": _("Indonesian"),
    "ne": _("Nepali"),
    "pt": _("Portuguese"),
    "si": _("Sinhala"),
    "es": _("Spanish"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
}

describe_states(
    CaseState,
    {
        CaseState.OPEN: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Open: work out the amounts"),
            auditor=_("Open"),
            public=_("Repayment under way"),
            tone="care",
            icon="pencil",
        ),
        CaseState.QUANTIFIED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Quantified: with the scheme"),
            auditor=_("Quantified"),
            public=_("Repayment under way"),
            tone="work",
            icon="calculator",
        ),
        CaseState.AGREED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Agreed: plan the payments"),
            auditor=_("Agreed"),
            public=_("Repayment under way"),
            tone="work",
            icon="writing-sign",
        ),
        CaseState.PAYING: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Paying"),
            auditor=_("Paying"),
            public=_("Repayment under way"),
            tone="work",
            icon="cash",
        ),
        CaseState.PAID: StateFacts(
            owner=Owner.AUDITOR,
            agency=_("Paid: being checked"),
            auditor=_("Paid: check it"),
            public=_("Repayment under way"),
            tone="work",
            icon="list-check",
        ),
        CaseState.VERIFIED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Verified"),
            auditor=_("Verified"),
            public=_("Repayment under way"),
            tone="good",
            icon="circle-check",
        ),
        CaseState.CLOSED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Closed"),
            auditor=_("Closed"),
            public=_("Repaid"),
            tone="good",
            icon="lock",
        ),
    },
)

describe_states(
    BreachState,
    {
        BreachState.REPORTED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Answer it"),
            auditor=_("Reported"),
            public=_("Reported"),
            tone="stop",
            icon="alert-octagon",
        ),
        BreachState.ANSWERED: StateFacts(
            owner=Owner.SCHEME,
            agency=_("Answered: with the scheme"),
            auditor=_("Answered"),
            public=_("Answered"),
            tone="care",
            icon="message",
        ),
        BreachState.SETTLED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Put right"),
            auditor=_("Put right"),
            public=_("Put right"),
            tone="good",
            icon="circle-check",
        ),
    },
)
