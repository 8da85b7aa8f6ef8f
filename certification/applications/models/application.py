"""An agency's bid for certification."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from iris.core.money import Money

from .. import permissions, rules, states
from ..states import ApplicationKind, ApplicationState

LONGEST_TEXT = 8000


def _held(states_named: tuple[ApplicationState, ...], facts: Q, name: str) -> models.CheckConstraint:
    """In these states these facts are there."""
    return models.CheckConstraint(
        condition=~Q(state__in=[str(state) for state in states_named]) | facts, name=name
    )


class Application(Record):
    """One application, from the agency's draft to the outcome. `assessment` and `scope` are pinned when it is sent."""

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="applications"
    )
    assessment = models.ForeignKey(
        "certification_assessments.Assessment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
    )
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=ApplicationKind.choices, default=ApplicationKind.INITIAL)
    state = StateField(ApplicationState, default=ApplicationState.DRAFT)
    opened_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    renews_number = models.CharField(max_length=40, blank=True)
    renews_id = models.UUIDField(null=True, blank=True)
    # Who has the case: claimed by one person at a time while it is screened, and its owner ever after.
    case_owner = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scope = models.JSONField(default=dict, blank=True)
    invoice_number = models.CharField(max_length=60, blank=True)
    fee_minor = models.PositiveBigIntegerField(null=True, blank=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    fee_requested_at = models.DateTimeField(null=True, blank=True)
    # By when the scheme asks for the fee, then by when the agency pays it.
    fee_due = models.DateField(null=True, blank=True)
    fee_paid_on = models.DateField(null=True, blank=True)
    fee_waived_on = models.DateField(null=True, blank=True)
    fee_waived_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fee_waiver_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    review_due = models.DateField(null=True, blank=True)
    review_overdue_told_at = models.DateTimeField(null=True, blank=True)
    deferred_at = models.DateTimeField(null=True, blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    deferral_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    deferral_extended_at = models.DateTimeField(null=True, blank=True)
    deferral_over_told_at = models.DateTimeField(null=True, blank=True)
    information = models.CharField(max_length=LONGEST_TEXT, blank=True)
    information_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rejected_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rejection_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    withdrawal_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    firm = models.ForeignKey(
        "iris_accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audit_began_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.JSONField(null=True, blank=True)
    recommended_at = models.DateTimeField(null=True, blank=True)
    outcome_reasons = models.CharField(max_length=LONGEST_TEXT, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(state__in=[str(state) for state in states.OPEN]),
                name="application_one_open_per_agency",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in states.NOT_SENT])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, assessment__isnull=False),
                name="application_sent_is_signed_dated_and_pinned",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.DRAFT) | Q(submitted_at=None, submitted_by=None),
                name="application_draft_is_not_signed",
            ),
            _held(
                states.FEE_CLEARED,
                Q(review_due__isnull=False)
                & (
                    (Q(fee_paid_on__isnull=False) & ~Q(invoice_number=""))
                    | (Q(fee_waived_on__isnull=False, fee_waived_by__isnull=False) & ~Q(fee_waiver_reason=""))
                ),
                "application_reviewed_after_the_fee",
            ),
            _held(
                (ApplicationState.FEE_PENDING,),
                Q(fee_requested_at__isnull=False, fee_paid_on=None) & ~Q(invoice_number=""),
                "application_fee_pending_has_invoice",
            ),
            _held(
                (ApplicationState.DEFERRED,),
                Q(deferred_at__isnull=False, deferred_until__isnull=False) & ~Q(deferral_reason=""),
                "application_deferred_with_reason_and_date",
            ),
            _held((ApplicationState.REJECTED,), ~Q(rejection_reason=""), "application_rejected_with_reason"),
            _held(
                (ApplicationState.WITHDRAWN,), ~Q(withdrawal_reason=""), "application_withdrawn_with_reason"
            ),
            _held(
                states.ACCEPTED_ON,
                Q(accepted_at__isnull=False, accepted_by__isnull=False),
                "application_accepted_by_someone",
            ),
            _held(
                states.AUDITED,
                Q(firm__isnull=False, audit_began_at__isnull=False),
                "application_audited_by_a_firm",
            ),
            _held(
                states.RECOMMENDED_ON,
                Q(recommendation__isnull=False, recommended_at__isnull=False),
                "application_decided_on_a_recommendation",
            ),
            _held(states.DECIDED, ~Q(outcome_reasons=""), "application_decided_with_reasons"),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in states.CLOSED], closed_at__isnull=False)
                | (~Q(state__in=[str(state) for state in states.CLOSED]) & Q(closed_at=None)),
                name="application_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(deferred_until=None)
                | Q(fee_paid_on=None)
                | Q(deferred_until__gt=F("fee_paid_on")),
                name="application_deferral_ends_after_the_fee",
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicationKind.INITIAL, renews_number="", renews_id=None)
                | (Q(kind=ApplicationKind.RECERTIFICATION, renews_id__isnull=False) & ~Q(renews_number="")),
                name="application_renewal_names_its_certificate",
            ),
            models.CheckConstraint(
                condition=Q(case_owner=None, claimed_at=None)
                | Q(case_owner__isnull=False, claimed_at__isnull=False),
                name="application_claim_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(fee_waived_on=None, fee_waived_by=None, fee_waiver_reason="")
                | (Q(fee_waived_on__isnull=False, fee_waived_by__isnull=False) & ~Q(fee_waiver_reason="")),
                name="application_waiver_is_signed_and_says_why",
            ),
            models.CheckConstraint(
                condition=Q(fee_minor=None, fee_currency="") | (Q(fee_minor__gt=0) & ~Q(fee_currency="")),
                name="application_fee_has_a_currency",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "review_due"]),
            models.Index(fields=["state", "deferred_until"]),
            models.Index(fields=["-submitted_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def due(self) -> date | None:
        """Until when the present move is to be made, where the scheme's clocks say so."""
        return {
            ApplicationState.SUBMITTED: self.fee_due,
            ApplicationState.FEE_PENDING: self.fee_due,
            ApplicationState.IN_REVIEW: self.review_due,
            ApplicationState.DEFERRED: self.deferred_until,
        }.get(ApplicationState(self.state))

    @property
    def fee(self) -> Money | None:
        """The fee as it was asked for."""
        return Money(self.fee_minor, self.fee_currency) if self.fee_minor is not None else None

    @property
    def is_returned(self) -> bool:
        """Whether it came back from a deferral and waits for the scheme again."""
        return self.state == ApplicationState.IN_REVIEW and self.information_at is not None

    @transition(
        field=state,
        source=[ApplicationState.DRAFT],
        target=ApplicationState.SUBMITTED,
        permission=permissions.may_sign,
        missing=rules.missing_for_submit,
    )
    def submit(
        self, *, by: Actor, at: datetime, assessment_id: Any, scope: dict[str, Any], fee_due: date
    ) -> None:
        """The signatory declares the self-assessment true and sends the application."""
        self.submitted_at, self.submitted_by_id = at, by.id
        self.assessment_id, self.scope, self.fee_due = assessment_id, scope, fee_due

    @transition(
        field=state,
        source=[ApplicationState.SUBMITTED],
        target=ApplicationState.FEE_PENDING,
        permission=permissions.may_screen,
    )
    def request_fee(self, *, by: Actor, at: datetime, invoice_number: str, fee: Money, fee_due: date) -> None:
        """The scheme sends the invoice."""
        self.fee_requested_at, self.invoice_number, self.fee_due = at, invoice_number, fee_due
        self.fee_minor, self.fee_currency = fee.minor, fee.currency

    @transition(
        field=state,
        source=[ApplicationState.SUBMITTED, ApplicationState.FEE_PENDING],
        target=ApplicationState.IN_REVIEW,
        permission=permissions.may_screen,
    )
    def record_fee(
        self, *, by: Actor, at: datetime, invoice_number: str, paid_on: date, review_due: date, fee: Money
    ) -> None:
        """The fee has cleared: the clock of the review starts."""
        self.invoice_number, self.fee_paid_on, self.review_due = invoice_number, paid_on, review_due
        self.fee_minor, self.fee_currency = fee.minor, fee.currency

    @transition(
        field=state,
        source=[ApplicationState.SUBMITTED, ApplicationState.FEE_PENDING],
        target=ApplicationState.IN_REVIEW,
        permission=permissions.may_manage,
        needs_reason=True,
    )
    def waive_fee(self, *, by: Actor, at: datetime, why: str, waived_on: date, review_due: date) -> None:
        """A scheme manager does without the fee: the clock of the review starts today."""
        self.fee_waived_on, self.fee_waived_by_id, self.fee_waiver_reason = waived_on, by.id, why
        self.review_due = review_due

    @transition(
        field=state,
        source=[ApplicationState.IN_REVIEW],
        target=ApplicationState.DEFERRED,
        permission=permissions.may_screen,
        needs_reason=True,
    )
    def defer(self, *, by: Actor, at: datetime, until: date, missing: str) -> None:
        """Something is missing: the agency has until a date to send it."""
        self.deferred_at, self.deferred_until, self.deferral_reason = at, until, missing
        self.deferral_extended_at = self.deferral_over_told_at = None

    @transition(
        field=state,
        source=[ApplicationState.DEFERRED],
        target=ApplicationState.DEFERRED,
        permission=permissions.may_screen,
        missing=rules.missing_for_extension,
        needs_reason=True,
    )
    def extend_deferral(self, *, by: Actor, at: datetime, until: date) -> None:
        """The agency gets more time, once."""
        self.deferred_until, self.deferral_extended_at, self.deferral_over_told_at = until, at, None

    @transition(
        field=state,
        source=[ApplicationState.DEFERRED],
        target=ApplicationState.IN_REVIEW,
        permission=permissions.may_answer,
    )
    def send_information(
        self, *, by: Actor, at: datetime, text: str, review_due: date, assessment_id: Any
    ) -> None:
        """The agency sends what was missing: the review starts anew, on the revision that is declared now."""
        self.information, self.information_at, self.assessment_id = text, at, assessment_id
        self.review_due, self.review_overdue_told_at = review_due, None

    @transition(
        field=state,
        source=[ApplicationState.IN_REVIEW],
        target=ApplicationState.ACCEPTED,
        permission=permissions.may_screen,
    )
    def accept(self, *, by: Actor, at: datetime) -> None:
        """The scheme takes the application on: an audit can be assigned."""
        self.accepted_at, self.accepted_by_id = at, by.id

    @transition(
        field=state,
        source=[ApplicationState.IN_REVIEW, ApplicationState.DEFERRED],
        target=ApplicationState.REJECTED,
        permission=permissions.may_screen,
        needs_reason=True,
    )
    def reject(self, *, by: Actor, at: datetime, why: str) -> None:
        """The scheme does not take it on. The agency can apply again."""
        self.rejection_reason, self.rejected_by_id, self.closed_at = why, by.id, at

    @transition(
        field=state,
        source=[ApplicationState.REJECTED],
        target=ApplicationState.IN_REVIEW,
        permission=permissions.may_decide,
        needs_reason=True,
    )
    def reopen_screening(self, *, by: Actor, at: datetime, review_due: date) -> None:
        """The rejection was overturned on appeal: somebody else screens it anew."""
        self.rejection_reason, self.closed_at = "", None
        self.review_due, self.review_overdue_told_at = review_due, None
        self.case_owner, self.claimed_at = None, None

    @transition(
        field=state,
        source=states.MAY_WITHDRAW,
        target=ApplicationState.WITHDRAWN,
        permission=permissions.may_sign,
        needs_reason=True,
    )
    def withdraw(self, *, by: Actor, at: datetime, why: str) -> None:
        """The agency takes its application back."""
        self.withdrawal_reason, self.closed_at = why, at

    @transition(
        field=state,
        source=[ApplicationState.ACCEPTED],
        target=ApplicationState.UNDER_AUDIT,
        permission=permissions.may_begin_audit,
    )
    def begin_audit(self, *, by: Actor, at: datetime, firm_id: Any) -> None:
        """A firm audits from here."""
        self.firm_id, self.audit_began_at = firm_id, at

    @transition(
        field=state,
        source=[ApplicationState.UNDER_AUDIT],
        target=ApplicationState.RECOMMENDED,
        permission=permissions.may_recommend,
    )
    def recommend(self, *, by: Actor, at: datetime, recommendation: dict[str, Any]) -> None:
        """The audit ends with a recommendation."""
        self.recommendation, self.recommended_at = recommendation, at

    @transition(
        field=state,
        source=[ApplicationState.RECOMMENDED],
        target=ApplicationState.GRANTED,
        permission=permissions.may_decide,
        needs_reason=True,
    )
    def grant(self, *, by: Actor, at: datetime, reasons: str) -> None:
        """Certified."""
        self.outcome_reasons, self.closed_at = reasons, at

    @transition(
        field=state,
        source=[ApplicationState.RECOMMENDED],
        target=ApplicationState.GRANTED_WITH_CONDITIONS,
        permission=permissions.may_decide,
        needs_reason=True,
    )
    def grant_with_conditions(self, *, by: Actor, at: datetime, reasons: str) -> None:
        """Certified, with conditions to meet."""
        self.outcome_reasons, self.closed_at = reasons, at

    @transition(
        field=state,
        source=[ApplicationState.RECOMMENDED],
        target=ApplicationState.REFUSED,
        permission=permissions.may_decide,
        needs_reason=True,
    )
    def refuse(self, *, by: Actor, at: datetime, reasons: str) -> None:
        """Not certified."""
        self.outcome_reasons, self.closed_at = reasons, at

    @transition(
        field=state,
        source=[ApplicationState.REFUSED],
        target=ApplicationState.RECOMMENDED,
        permission=permissions.may_decide,
        needs_reason=True,
    )
    def reopen_decision(self, *, by: Actor, at: datetime) -> None:
        """The refusal was overturned on appeal: it is decided anew."""
        self.outcome_reasons, self.closed_at = "", None
