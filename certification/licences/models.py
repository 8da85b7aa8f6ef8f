"""Lists of national registers as they were had, and what each line of them says. Rows are only ever added."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from iris.core.models import Record

from .rules.numbers import LONGEST_KEY
from .rules.reading import LONGEST_NAME, LONGEST_NUMBER, LONGEST_WORD, Noted
from .rules.registers import RegisterSpec, register
from .states import LicenceStatus, Outcome


class Snapshot(Record):
    """One attempt to have the list of a register: the file and what it held, or why it failed.

    A list that is byte for byte the one before shares its entries through `same_as`.
    """

    append_only = True

    register = models.CharField(max_length=20)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    source = models.CharField(max_length=300)
    retrieved_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    complete = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, blank=True)
    rows = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    unusual = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    more_problems = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict)
    why_failed = models.CharField(max_length=600, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-retrieved_at", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.READ, why_failed="", file__isnull=False, held__gt=0)
                | (Q(outcome=Outcome.FAILED, held=0) & ~Q(why_failed="")),
                name="snapshot_read_holds_or_failed_says_why",
            ),
        ]
        indexes = [models.Index(fields=["register", "-retrieved_at"], name="licences_snapshot_latest")]

    def __str__(self) -> str:
        return f"{self.register}, {self.retrieved_at:%Y-%m-%d}"

    @property
    def noted(self) -> list[Noted]:
        """Rows that needed a look. Older lists kept sentences only."""
        return [Noted(**one) for one in self.problems if isinstance(one, dict)]

    @property
    def sentences(self) -> list[str]:
        """The same as people read it."""
        return [one if isinstance(one, str) else Noted(**one).sentence for one in self.problems]

    @property
    def spec(self) -> RegisterSpec | None:
        """The register, as it is described today."""
        return register(self.register)

    @property
    def was_read(self) -> bool:
        """Whether it holds entries."""
        return self.outcome == Outcome.READ


class Entry(Record):
    """One line of a list: what the register said of one licence, raw and normalised."""

    append_only = True

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="entries")
    row = models.PositiveIntegerField()
    number = models.CharField(max_length=LONGEST_NUMBER)
    key = models.CharField(max_length=LONGEST_KEY)
    alike = models.CharField(max_length=LONGEST_KEY)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    raw_status = models.CharField(max_length=LONGEST_WORD, blank=True)
    lang = models.CharField(max_length=8)
    status = models.CharField(max_length=12, choices=LicenceStatus.choices)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    raw = models.JSONField(default=dict)

    class Meta:
        ordering = ["row"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "key"], name="licence_entry_once_per_list"),
            models.CheckConstraint(
                condition=~Q(status__in=[LicenceStatus.NOT_FOUND]), name="licence_entry_is_found"
            ),
        ]
        indexes = [
            models.Index(F("snapshot"), F("alike"), name="licences_entry_alike"),
            models.Index(fields=["key"], name="licences_entry_key"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def status_member(self) -> LicenceStatus:
        """For the state tag."""
        return LicenceStatus(self.status)
