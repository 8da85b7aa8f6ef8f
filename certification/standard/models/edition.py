"""One edition of the Standard: principles, criteria, indicators. Frozen once issued (see 0002_guards)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from iris.core.fsm import StateField, transition
from iris.core.models import Record

from ..permissions import may_publish
from ..rules import Extent, missing_for_issue
from ..states import (
    FROZEN_STATES,
    OPEN_STATES,
    EditionState,
    Element,
    OpenCases,
    PublicText,
    Severity,
)


class Edition(Record):
    """One version of the Standard, with the lists its indicators draw on."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    language = models.CharField(max_length=12)
    copyright = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    public_text = models.CharField(max_length=10, choices=PublicText.choices)
    final = models.BooleanField()
    valid_from = models.DateField()
    previous_valid_until = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    previous_number = models.PositiveSmallIntegerField(null=True)
    open_cases = models.CharField(max_length=10, choices=OpenCases.choices, default=OpenCases.STAY)
    open_cases_until = models.DateField(null=True)
    removed = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    evidence_kinds = models.JSONField()
    sources = models.JSONField()
    reference_note = models.TextField()
    references_revised_on = models.DateField()
    content_hash = models.CharField(max_length=64)
    references_hash = models.CharField(max_length=64)
    state = StateField(EditionState, default=EditionState.DRAFT)
    state_member: EditionState  # set by StateField
    issued_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, issued_at=None)
                | Q(state__in=FROZEN_STATES, issued_at__isnull=False),
                name="edition_issued_has_date",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(state__in=["retiring", "retired"]),
                name="edition_end_when_replaced",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["retiring", "retired"])
                | Q(valid_until__isnull=False, valid_until__gte=F("valid_from")),
                name="edition_replaced_has_end",
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_at__isnull=False)
                | (~Q(state="retired") & Q(retired_at=None)),
                name="edition_retired_has_date",
            ),
            models.CheckConstraint(
                condition=Q(previous_valid_until=None) | Q(previous_valid_until__gte=F("valid_from")),
                name="edition_transition_after_start",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="issued"), name="edition_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(open_cases__in=OpenCases.values)
                & (Q(open_cases="stay") | Q(open_cases_until=None))
                & (Q(open_cases_until=None) | Q(open_cases_until__gte=F("valid_from"))),
                name="edition_open_cases_rule",
            ),
            models.CheckConstraint(
                condition=Q(previous_number=None) | Q(previous_number__lt=F("number")),
                name="edition_goes_on_from_an_older_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this edition."""
        return reverse("standard:edition", args=[self.number])

    @property
    def is_frozen(self) -> bool:
        """Whether its text can no longer change."""
        return self.state in FROZEN_STATES

    def edition_in_force(self) -> Edition | None:
        """The edition this one would replace."""
        return Edition.objects.filter(state=EditionState.ISSUED).exclude(pk=self.pk).first()

    def evidence_label(self, code: str) -> str:
        """The words for an evidence kind of this edition; the code where it has none."""
        return next((row["label"] for row in self.evidence_kinds if row["code"] == code), code)

    def source_label(self, code: str) -> str:
        """The words for a source that references point to; the code where it has none."""
        return next((row["label"] for row in self.sources if row["code"] == code), code)

    @transition(
        field=state, source=EditionState.DRAFT, target=EditionState.CONSULTATION, permission=may_publish
    )
    def open_consultation(self, *, by: Any, at: datetime) -> None:
        """Ask the public for comments."""

    @transition(
        field=state, source=EditionState.CONSULTATION, target=EditionState.DRAFT, permission=may_publish
    )
    def back_to_draft(self, *, by: Any, at: datetime) -> None:
        """Take it back to work the comments in."""

    @transition(
        field=state,
        source=[EditionState.DRAFT, EditionState.CONSULTATION],
        target=EditionState.ISSUED,
        permission=may_publish,
        missing=missing_for_issue,
    )
    def issue(self, *, by: Any, at: datetime) -> None:
        """Bring it into force; from here on its text is frozen."""
        self.issued_at = at

    @transition(field=state, source=EditionState.ISSUED, target=EditionState.RETIRING, permission=may_publish)
    def begin_retirement(self, *, by: Any, at: datetime, valid_until: date) -> None:
        """A newer edition is in force; certificates on this one stay valid to a set day."""
        self.valid_until = valid_until

    @transition(
        field=state, source=EditionState.RETIRING, target=EditionState.RETIRED, permission=may_publish
    )
    def retire(self, *, by: Any, at: datetime) -> None:
        """Its last day has passed."""
        self.retired_at = at


class Principle(Record):
    """One of the overarching (letters) or specific (numbers) principles."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="principles")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    text = models.TextField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="principle_code_once"),
            models.UniqueConstraint(fields=["edition", "order"], name="principle_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Criterion(Record):
    """What a principle asks for, as one requirement; audited and reported by its code."""

    principle = models.ForeignKey(Principle, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    text = models.TextField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["principle", "code"], name="criterion_code_once"),
            models.UniqueConstraint(fields=["principle", "order"], name="criterion_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The stable address of this criterion (select the principle's edition with it)."""
        return reverse("standard:criterion", args=[self.principle.edition.number, self.code])


class Indicator(Record):
    """One sentence that is true of the agency when it is met, and how it is asked, shown and graded."""

    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=16)
    text = models.TextField()
    question = models.TextField()
    element = models.CharField(max_length=16, choices=Element.choices)
    guidance = models.TextField()
    evidence = ArrayField(models.CharField(max_length=40))
    severity = models.CharField(max_length=10, choices=Severity.choices)
    applicable = models.TextField(blank=True)
    references = models.JSONField()
    replaces = ArrayField(models.CharField(max_length=16), null=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "code"], name="indicator_code_once"),
            models.UniqueConstraint(fields=["criterion", "order"], name="indicator_order_once"),
            models.CheckConstraint(condition=Q(element__in=Element.values), name="indicator_element_known"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="indicator_severity_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def get_absolute_url(self) -> str:
        """Its place on the page of its criterion."""
        return f"{self.criterion.get_absolute_url()}#{self.code}"

    @property
    def may_be_not_applicable(self) -> bool:
        """Whether an agency may answer "not applicable", with a reason."""
        return bool(self.applicable)


class Translation(Record):
    """An edition in another language than its own, as it read from a day on. The newest version is shown.

    The edition's own language is the text that counts, so a translation may be put right while the edition is in
    force: each time as a new version, and the older ones stay as they were.
    """

    append_only = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    extent = models.CharField(max_length=10, choices=Extent.choices)
    note = models.CharField(max_length=400)
    texts = models.JSONField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "version"], name="translation_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language} {self.version}"
