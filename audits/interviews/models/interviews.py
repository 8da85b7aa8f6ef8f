"""An interview and its statements. Nothing here says who the person is: that is in the vault's own tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from audits.bodies.states import language_name
from audits.engagements.states import AuditState, IntervieweeKind
from iris.core.fsm import StateField, transition
from iris.core.models import Record
from iris.core.places import country_name

from .. import permissions
from ..states import (
    GROUP_SIZES,
    RUNNING,
    SPOKEN,
    ConsentGiven,
    Interpreter,
    InterviewerSex,
    InterviewState,
    Mode,
    Place,
    Sex,
    StopReason,
    Wish,
    WithdrawReason,
)

S = InterviewState


def missing_for_consent(interview: Interview) -> list[str]:
    """What stands against asking for consent: the audit is not on site yet, or a wish is not met."""
    missing = []
    if interview.audit.state != AuditState.STAGE2:
        missing.append(
            _("Interviews are held in stage 2; the audit is now: %s.")
            % AuditState(interview.audit.state).label
        )
    if interview.wish == Wish.NOT_ASKED and interview.sex != Sex.MIXED:
        missing.append(
            _("Ask whether the person wants an interviewer of the same sex, and write the answer down.")
        )
    if interview.wish == Wish.SAME and interview.interviewer_sex != interview.sex:
        missing.append(
            _(
                "The person wants an interviewer of the same sex. Let a colleague hold the interview, "
                "or change the wish if the person has changed it."
            )
        )
    return missing


def missing_for_hold(interview: Interview) -> list[str]:
    """What is left before an interview counts as held."""
    if interview.audit.state != AuditState.STAGE2:
        return [
            _("Interviews are held in stage 2; the audit is now: %s.")
            % AuditState(interview.audit.state).label
        ]
    if not interview.statements.exists():
        return [_("No answer is written down yet. Write at least one, or stop the interview instead.")]
    return []


class Interview(Record):
    """One talk with one person or one group, known by its number in the audit and by strata, never by a name."""

    audit = models.ForeignKey(
        "audits_engagements.Audit", on_delete=models.PROTECT, related_name="interview_records"
    )
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    kind = models.CharField(max_length=16, choices=IntervieweeKind.choices)
    mode = models.CharField(max_length=16, choices=Mode.choices)
    place = models.CharField(max_length=16, choices=Place.choices)
    state = StateField(InterviewState, default=InterviewState.PLANNED)
    planned_for = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=8)
    interpreter = models.CharField(max_length=16, choices=Interpreter.choices, default=Interpreter.NONE)
    sex = models.CharField(max_length=8, choices=Sex.choices)
    interviewer = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    interviewer_sex = models.CharField(max_length=8, choices=InterviewerSex.choices)
    wish = models.CharField(max_length=16, choices=Wish.choices, default=Wish.NOT_ASKED)
    people = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=2, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    employer_code = models.CharField(max_length=12, blank=True)
    consent_version = models.CharField(max_length=12, blank=True)
    consent_language = models.CharField(max_length=8, blank=True)
    consent_given = models.CharField(max_length=8, choices=ConsentGiven.choices, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stop_reason = models.CharField(max_length=16, choices=StopReason.choices, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=16, choices=WithdrawReason.choices, blank=True)
    erased = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="interview_number_in_audit"),
            models.CheckConstraint(
                condition=~Q(state__in=[S.CONSENTED, S.HELD])
                | (Q(consented_on__isnull=False) & ~Q(consent_version="") & ~Q(consent_given="")),
                name="no_interview_without_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.HELD) | Q(held_on__isnull=False), name="held_interview_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.STOPPED) | (Q(stopped_on__isnull=False) & ~Q(stop_reason="")),
                name="stopped_interview_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.WITHDRAWN) | (Q(withdrawn_on__isnull=False) & ~Q(withdraw_reason="")),
                name="withdrawn_interview_says_why",
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.GROUP, people__gte=GROUP_SIZES[0], people__lte=GROUP_SIZES[1])
                | (~Q(mode=Mode.GROUP) & Q(people=1)),
                name="only_groups_are_many",
            ),
            models.CheckConstraint(
                condition=Q(origin="") | ~Q(origin=F("destination")),
                name="interview_corridor_crosses_a_border",
            ),
        ]
        indexes = [models.Index(fields=["audit", "state"])]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How it is called: "I-07"."""
        return f"I-{self.number:02d}"

    @property
    def is_running(self) -> bool:
        """Whether it is still to be held or under way."""
        return self.state in RUNNING

    @property
    def language_name(self) -> str:
        """Its language in words."""
        return language_name(self.language)

    @property
    def consent_language_name(self) -> str:
        """The language of the consent text in words."""
        return language_name(self.consent_language)

    @property
    def corridor(self) -> str:
        """From where to where, in words; empty where it does not apply."""
        if not self.origin or not self.destination:
            return ""
        return _("%(origin)s to %(destination)s") % {
            "origin": country_name(self.origin),
            "destination": country_name(self.destination),
        }

    @transition(
        field=state,
        source=S.PLANNED,
        target=S.CONSENTED,
        permission=permissions.may_hold,
        missing=missing_for_consent,
    )
    def consent(self, *, by: Any, at: datetime, version: str, language: str, given: str) -> None:
        """The person agrees to talk."""
        self.consent_version = version
        self.consent_language = language
        self.consent_given = given
        self.consented_on = at.date()

    @transition(
        field=state,
        source=S.CONSENTED,
        target=S.HELD,
        permission=permissions.may_hold,
        missing=missing_for_hold,
    )
    def hold(self, *, by: Any, at: datetime, held_on: date) -> None:
        """The talk is over."""
        self.held_on = held_on

    @transition(field=state, source=RUNNING, target=S.STOPPED, permission=permissions.may_hold)
    def stop(self, *, by: Any, at: datetime, why: str) -> None:
        """Break off, for whatever reason."""
        self.stopped_on = at.date()
        self.stop_reason = why

    @transition(
        field=state,
        source=[S.PLANNED, *SPOKEN],
        target=S.WITHDRAWN,
        permission=permissions.may_take_back,
    )
    def withdraw(self, *, by: Any, at: datetime, why: str, erased: int) -> None:
        """Nothing that was said is kept; how many answers there were is."""
        self.withdrawn_on = at.date()
        self.withdraw_reason = why
        self.erased = erased


class Statement(Record):
    """The answer to one question, as a code and at most a note in which nobody is named."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="statements")
    question = models.CharField(max_length=40)
    guide_version = models.CharField(max_length=12)
    indicator = models.ForeignKey(
        "certification_standard.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    ilo = models.PositiveSmallIntegerField(null=True, blank=True)
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_on = models.DateField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "question"], name="one_answer_per_question"),
            models.CheckConstraint(condition=~Q(answer=""), name="statement_has_an_answer"),
            models.CheckConstraint(
                condition=Q(ilo__isnull=True) | Q(ilo__gte=1, ilo__lte=11), name="ilo_lists_eleven"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
