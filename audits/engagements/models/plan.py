"""The plan of an audit, its visits, and what the auditors were told before they came."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from audits.bodies.states import language_name
from iris.core.models import Record

from ..states import Notice, PriorSource
from .audit import Audit


class AuditPlan(Record):
    """What is audited, when, where, in which languages; the agency reads it as the notice allows."""

    audit = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="audit_plan")
    objectives = models.TextField()
    scope = models.TextField()
    criteria = models.TextField()
    sites = models.TextField()
    languages = ArrayField(models.CharField(max_length=8), default=list)
    notice = models.CharField(max_length=16, choices=Notice.choices, default=Notice.ANNOUNCED)
    notice_reason = models.TextField(blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    interview_languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    interpreter = models.BooleanField(default=False)
    remote = models.BooleanField(default=False)
    clash_reason = models.TextField(blank=True)
    # How often the plan was sent; a calendar takes a higher number over what it has.
    version = models.PositiveSmallIntegerField(default=1)
    # The most visits any version had: those that fell away are cancelled in calendars.
    most_visits = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(notice=Notice.SHORT) | ~Q(notice_reason=""), name="short_notice_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(notice=Notice.SEMI) | Q(window_from__isnull=False, window_to__isnull=False),
                name="semi_announced_has_a_window",
            ),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True) | Q(window_to__gte=F("window_from")),
                name="window_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.audit_id)

    @property
    def language_names(self) -> str:
        """Its languages in words."""
        return ", ".join(language_name(code) for code in self.languages)

    @property
    def interview_language_names(self) -> str:
        """The languages of the interviews in words."""
        return ", ".join(language_name(code) for code in self.interview_languages)


class PlannedVisit(Record):
    """One place that is visited, on which days and by whom."""

    plan = models.ForeignKey(AuditPlan, on_delete=models.CASCADE, related_name="visits")
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    people = models.ManyToManyField("audits_bodies.Auditor", related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_visit_per_position"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="visit_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(place=""), name="visit_names_its_place"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def days(self) -> int:
        """Calendar days, both counted."""
        return (self.last_day - self.first_day).days + 1

    @property
    def where(self) -> str:
        """Address and city in one line."""
        return ", ".join(part for part in (self.address, self.city) if part)


class PriorNote(Record):
    """What someone outside told the auditors before they came (R27). Never shown to the agency."""

    append_only = True

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="prior_notes")
    source = models.CharField(max_length=16, choices=PriorSource.choices)
    heard_on = models.DateField()
    text = models.TextField()
    # Only the team reads it: whoever spoke could be known from it.
    confidential = models.BooleanField(default=False)
    author = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-heard_on", "-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="prior_note_says_something")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.heard_on}"
