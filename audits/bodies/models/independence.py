"""What auditors declare each year, what firms earn from whom, and reasons let through by two people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audits.bodies.states import OVERRIDABLE, OverrideStanding, TieKind
from iris.core.models import Record

from .people import AuditFirm, Auditor


class YearlyDeclaration(Record):
    """What an auditor declares once a year about agencies and organisations close to them. Never changed."""

    append_only = True

    auditor = models.ForeignKey(Auditor, on_delete=models.PROTECT, related_name="yearly_declarations")
    declared_on = models.DateField()
    valid_until = models.DateField()
    clear = models.BooleanField()
    text = models.TextField()

    class Meta:
        ordering = ["-declared_on", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="yearly_declaration_is_in_words"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("declared_on")),
                name="yearly_declaration_ends_after_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.auditor_id}: {self.declared_on}"


class DeclaredInterest(Record):
    """One interest of a declaration. With an agency it becomes a tie."""

    append_only = True

    declaration = models.ForeignKey(YearlyDeclaration, on_delete=models.PROTECT, related_name="interests")
    agency = models.ForeignKey(
        "certification_agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="declared_interests",
    )
    organisation = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, choices=TieKind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(organisation=""), name="interest_is_in_somebody"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="interest_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation or self.agency_id}"


class FirmYear(Record):
    """What an audit firm turned over in one year: the measure of what one client weighs."""

    firm = models.ForeignKey(AuditFirm, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    turnover_minor = models.BigIntegerField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "year"], name="one_turnover_for_a_year"),
            models.CheckConstraint(condition=Q(turnover_minor__gt=0), name="turnover_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.firm_id} {self.year}"


class ClientFee(Record):
    """What the firm invoiced to one agency in that year, for everything."""

    of = models.ForeignKey(FirmYear, on_delete=models.PROTECT, related_name="fees")
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="audit_fees"
    )
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["-amount_minor"]
        constraints = [
            models.UniqueConstraint(fields=["of", "agency"], name="one_fee_of_a_client_and_year"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="fee_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.amount_minor}"


class Override(Record):
    """One named reason against one auditor on one application, let through with a person and a reason.

    It counts only once somebody else has confirmed it (OverrideAnswer; a trigger holds the four eyes). Which reasons
    may be let through at all stands in the constraint: ties, bars, approvals and declarations never.
    """

    append_only = True

    auditor = models.ForeignKey(Auditor, on_delete=models.PROTECT, related_name="overrides")
    application = models.ForeignKey(
        "certification_applications.Application", on_delete=models.PROTECT, related_name="auditor_overrides"
    )
    code = models.CharField(max_length=16)
    about = models.CharField(max_length=40, blank=True)
    sentence = models.TextField()
    reason = models.TextField()
    given_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, related_name="overrides_given"
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=[str(code) for code in OVERRIDABLE]), name="override_of_what_may_be"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.auditor_id} {self.key}"

    @property
    def key(self) -> str:
        """The one reason that it lets through."""
        return f"{self.code}:{self.about}"

    @property
    def standing(self) -> OverrideStanding:
        """Whether it counts."""
        answer = getattr(self, "answer", None)
        if answer is None:
            return OverrideStanding.WAITING
        return OverrideStanding.IN_FORCE if answer.confirmed else OverrideStanding.REFUSED


class OverrideAnswer(Record):
    """The second person's word on an override."""

    append_only = True

    override = models.OneToOneField(Override, on_delete=models.PROTECT, related_name="answer")
    person = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, related_name="overrides_answered"
    )
    confirmed = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(reason=""), name="override_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.override_id}: {self.confirmed}"
