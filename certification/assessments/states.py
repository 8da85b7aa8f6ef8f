"""States of a self-assessment, and the fixed words of answers and of the cost ledger."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, describe_states


class AssessmentState(models.TextChoices):
    """How far a self-assessment has come."""

    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    REOPENED = "reopened", _("Reopened")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Reopening taken back")


describe_states(
    AssessmentState,
    {
        AssessmentState.DRAFT: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Draft"),
            auditor=_("Not sent yet"),
            public=_("Not sent yet"),
            tone="work",
            icon="progress",
        ),
        AssessmentState.FROZEN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Declared, frozen"),
            auditor=_("Declared, frozen"),
            public=_("Declared"),
            tone="good",
            icon="lock",
        ),
        AssessmentState.REOPENED: StateFacts(
            owner=Owner.AGENCY,
            agency=_("Reopened for questions"),
            auditor=_("Reopened for questions"),
            public=_("Being completed"),
            tone="care",
            icon="lock-open",
        ),
        AssessmentState.SUPERSEDED: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Replaced by a newer one"),
            auditor=_("Replaced by a newer one"),
            public=_("Replaced"),
            tone="past",
            icon="archive",
        ),
        AssessmentState.WITHDRAWN: StateFacts(
            owner=Owner.NOBODY,
            agency=_("Reopening taken back"),
            auditor=_("Reopening taken back"),
            public=_("Replaced"),
            tone="past",
            icon="archive",
        ),
    },
)

OPEN_STATES = (AssessmentState.DRAFT, AssessmentState.REOPENED)


class AnswerValue(models.TextChoices):
    """What an agency says of itself on one indicator."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NOT_APPLICABLE = "na", _("Not applicable")


class Maturity(models.IntegerChoices):
    """How firmly a practice stands, in words that two people would use alike."""

    NOTHING = 0, _("Nothing yet: nobody has begun")
    STARTED = 1, _("Begun: some people do it, nothing is written down")
    WRITTEN = 2, _("Written: there is a rule, it is not followed everywhere")
    WORKING = 3, _("Working: done everywhere, with records that show it")
    PROVEN = 4, _("Proven: checked, measured and improved every year")


class Category(models.TextChoices):
    """Recruitment fees and related costs by kind, after the ILO's definition of 2019."""

    F1 = "F1", _("Fee for matching offers and applications")
    F2 = "F2", _("Fee for recruiting to work for a third party")
    F3 = "F3", _("Fee for direct recruitment by the employer")
    F4 = "F4", _("Fee taken back from workers")
    C1 = "C1", _("Medical: exams, tests, vaccinations")
    C2 = "C2", _("Insurance and welfare funds")
    C3 = "C3", _("Skill, language and qualification tests")
    C4 = "C4", _("Training and orientation")
    C5 = "C5", _("Equipment: tools, uniforms, safety gear")
    C6 = "C6", _("Travel and lodging, the way home included")
    C7 = "C7", _("Papers: passport, visa, permit, clearances, banking")
    X = "X", _("Never allowed: bribes, bonds, deposits, kickbacks, hidden charges")


class Payer(models.TextChoices):
    """Who bears a cost; several together by shares that add up to the amount."""

    EMPLOYER = "employer", _("Employer")
    AGENCY = "agency", _("Agency")
    WORKER = "worker", _("Worker")
    OTHER = "other", _("Someone else")
    SHARED = "shared", _("Several, in shares")


SINGLE_PAYERS = (Payer.EMPLOYER, Payer.AGENCY, Payer.WORKER, Payer.OTHER)


class Lawful(models.TextChoices):
    """Whether the law of the corridor allows that this payer bears this cost."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNCLEAR = "unclear", _("Unclear")


class Conformity(models.TextChoices):
    """Whether a line of the ledger fits the employer-pays principle. Derived, never stored."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NO_PROOF = "no_proof", _("No proof yet")
    UNCLEAR = "unclear", _("Unclear")


class ExceptionReason(models.TextChoices):
    """The only reasons for which a cost borne by a worker can still fit the principle, each for named categories."""

    WALK_IN = "walk_in", _("The worker applied on their own at the workplace (papers and travel only)")
    HOME_LEAVE = "home_leave", _("A trip home on leave that the worker chose to take (travel only)")


class DisguiseKind(models.TextChoices):
    """What a label often stands for when it hides a fee."""

    BOND = "bond", _("Bond or deposit")
    RUNAWAY = "runaway", _("“Runaway insurance”")
    INVESTMENT = "investment", _("“Investment” or registration")
    PROCESSING = "processing", _("Processing or handling")
    SERVICE = "service", _("Service or placement charge")
    RECOVERY = "recovery", _("Taken back from wages")
    BRIBE = "bribe", _("Gift or bribe")
    PENALTY = "penalty", _("Penalty for leaving")
    OPTIONAL = "optional", _("“Optional” extra")
    VAGUE = "vague", _("Word that says nothing")


class Verdict(models.TextChoices):
    """What the employer named on a job order says of a line."""

    CONFIRMED = "confirmed", _("Confirmed")
    DISPUTED = "disputed", _("Disputed")


class EmployerWord(models.TextChoices):
    """Where the employer's word on a line stands. Derived, never stored."""

    CONFIRMED = "confirmed", _("Employer confirms")
    DISPUTED = "disputed", _("Employer disputes")
    OUTDATED = "outdated", _("Answered before the line was changed")
    WAITING = "waiting", _("Employer has not answered yet")
    SILENT = "silent", _("Employer did not answer in time")
    NOT_ASKED = "not_asked", _("Employer was not asked")


class Plausibility(models.TextChoices):
    """Whether what employer and agency paid can carry an employer-pays recruitment. Derived, never stored."""

    ALARM = "alarm", _("Too low to be employer-pays")
    PLAUSIBLE = "plausible", _("Enough for the lowest expected costs")
    UNKNOWN = "unknown", _("Cannot say")


class EvidenceKind(models.TextChoices):
    """What a document of proof is."""

    POLICY = "policy", _("Policy or procedure")
    CONTRACT = "contract", _("Contract or agreement")
    JOB_ORDER = "job_order", _("Job order or demand letter")
    LICENCE = "licence_copy", _("Licence or registration")
    REGISTER = "register_log", _("Register, log or tracker")
    APPOINTMENT = "appointment", _("Letter of appointment or declaration")
    TRAINING = "training_record", _("Training record")
    INTERVIEW = "interview_record", _("Interviews or survey, names removed")
    PAYMENT = "payment_proof", _("Proof of payment: invoice, bank record, receipt, payslip")
    ADVERT = "job_advert", _("Job advert, notice or leaflet")
    FORM = "form", _("Form or worker's contract, blank or filled in")
    REPORT = "audit_report", _("Report, minutes or record of a visit")
    CASE = "case_file", _("Closed case file, names removed")
    OTHER = "other", _("Something else")
