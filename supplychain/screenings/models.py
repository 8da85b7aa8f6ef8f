"""A screening, its rows as they came, the batches workers take, what each row came to, and remembered mappings.

A row is written once, when the list is read. What it came to is another row, written once by the batch that checked
it: a worker that dies leaves either all of a batch or nothing of it. Only a person's word changes a result later, and
what was found first stays beside it.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from supplychain.lookups.states import How
from supplychain.screenings.permissions import may_run
from supplychain.screenings.rules import LONGEST_NAME, missing_to_finish, missing_to_start
from supplychain.screenings.states import BatchStatus, Resolution, RowResult, ScreeningState

STATE = ScreeningState
STARTED = (STATE.RUNNING, STATE.PAUSED, STATE.DONE)


class Screening(Record):
    """One uploaded list and its run. The truth about progress is in the batches."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    recheck_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="rechecks"
    )
    title = models.CharField(max_length=200)
    layout = models.JSONField(default=dict)  # iris.core.sheets.Layout
    columns = models.JSONField(default=list)
    columns_key = models.CharField(max_length=64, blank=True)
    sample = models.JSONField(default=list)  # the first rows, for the preview
    mapping = models.JSONField(default=dict)  # {"name": 0, "country": 1, "number": 2}: column indexes
    starts_itself = models.BooleanField(default=False)  # it came by machine: no person presses start
    n_lines = models.PositiveIntegerField(default=0)  # rows of the file
    n_read = models.PositiveIntegerField(default=0)  # of them taken so far
    read_until = models.DateTimeField(null=True, blank=True)  # the lease of the job that reads
    counts = models.JSONField(default=dict)  # {"check", "same", "skip", "reject"}, once the list is read
    state = StateField(ScreeningState, default=ScreeningState.UPLOADED)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rows_root = models.CharField(max_length=64, blank=True)
    nodes = models.BinaryField(default=b"", blank=True)  # rules.merkle: a node for each 1,024 rows

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="screening_of_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=STARTED) | Q(started_at__isnull=False),
                name="screening_started_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[STATE.DONE, STATE.CANCELLED], ended_at__isnull=False)
                | (~Q(state__in=[STATE.DONE, STATE.CANCELLED]) & Q(ended_at__isnull=True)),
                name="screening_ended_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=STATE.DONE) | ~Q(rows_root=""), name="screening_done_has_root"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(
        field=state,
        source=[STATE.UPLOADED, STATE.MAPPED, STATE.READY],
        target=STATE.READING,
        permission=may_run,
    )
    def map_columns(self, *, by: Actor, at: datetime, mapping: dict[str, int]) -> None:
        """The columns are named; the rows are taken from the file."""
        self.mapping = mapping
        self.n_read = 0
        self.counts = {}

    @transition(field=state, source=[STATE.READING], target=STATE.READY, missing=missing_to_start)
    def make_ready(self, *, by: Actor, at: datetime) -> None:
        """Every row is read and at least one can be checked."""

    @transition(field=state, source=[STATE.READING], target=STATE.MAPPED)
    def find_no_row(self, *, by: Actor, at: datetime) -> None:
        """Every row is read and none can be checked."""

    @transition(field=state, source=[STATE.READING], target=STATE.UPLOADED)
    def give_back(self, *, by: Actor, at: datetime) -> None:
        """The file cannot be read like this: nothing of it is kept."""
        self.n_read = 0

    @transition(
        field=state, source=[STATE.READY], target=STATE.RUNNING, permission=may_run, missing=missing_to_start
    )
    def start(self, *, by: Actor, at: datetime) -> None:
        """Workers may take rows."""
        self.started_at = at

    @transition(field=state, source=[STATE.RUNNING], target=STATE.PAUSED, permission=may_run)
    def pause(self, *, by: Actor, at: datetime) -> None:
        """Workers take no more rows."""

    @transition(field=state, source=[STATE.PAUSED], target=STATE.RUNNING, permission=may_run)
    def resume(self, *, by: Actor, at: datetime) -> None:
        """Workers take rows again."""

    @transition(
        field=state,
        source=[STATE.UPLOADED, STATE.READING, STATE.MAPPED, STATE.READY, STATE.RUNNING, STATE.PAUSED],
        target=STATE.CANCELLED,
        permission=may_run,
    )
    def cancel(self, *, by: Actor, at: datetime) -> None:
        """What was checked stays readable."""
        self.ended_at = at

    @transition(field=state, source=[STATE.RUNNING], target=STATE.DONE, missing=missing_to_finish)
    def finish(self, *, by: Actor, at: datetime, root: str, nodes: bytes) -> None:
        """Every row is checked; `root` is the Merkle root of their results."""
        self.ended_at = at
        self.rows_root = root
        self.nodes = nodes


class ScreeningRow(models.Model):
    """One row of the list as it was. Rows of one fingerprint are checked once; `same_as` is the number of the first."""

    id = models.BigAutoField(primary_key=True)
    screening = models.ForeignKey(
        Screening, on_delete=models.PROTECT, related_name="rows", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    country = models.CharField(max_length=2, blank=True)
    identifier = models.CharField(max_length=LONGEST_NAME, blank=True)
    problem = models.TextField(blank=True)
    warning = models.TextField(blank=True)
    fingerprint = models.UUIDField(null=True, blank=True)
    same_as = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["screening", "number"], name="screening_row_once")]
        indexes = [
            models.Index(
                fields=["screening", "same_as"],
                name="screening_row_same",
                condition=Q(same_as__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class ScreeningBatch(models.Model):
    """Rows that one worker takes at a time, by lease: those numbered `first` to `last`, and rows equal to them."""

    id = models.BigAutoField(primary_key=True)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="batches", db_index=False)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=BatchStatus.choices, default=BatchStatus.WAITING)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)  # {result: rows}, kept true by every later word of a person

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "first"], name="screening_batch_once"),
            models.CheckConstraint(
                condition=Q(status=BatchStatus.LEASED, lease__isnull=False, lease_until__isnull=False)
                | (~Q(status=BatchStatus.LEASED) & Q(lease__isnull=True, lease_until__isnull=True)),
                name="screening_batch_leased_until",
            ),
        ]
        indexes = [
            models.Index(
                fields=["screening", "first"],
                name="screening_batch_open",
                condition=~Q(status=BatchStatus.DONE),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class ScreeningFact(models.Model):
    """What the register said of an agency when rows were checked; one row however many rows rest on it."""

    append_only = True

    id = models.UUIDField(primary_key=True)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="facts", db_index=False)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sha256 = models.CharField(max_length=64)
    facts = models.JSONField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "agency", "sha256"], name="screening_fact_once")
        ]

    def __str__(self) -> str:
        return self.sha256


class RowOutcome(models.Model):
    """What one row came to. `checked` and what it rests on stay as found; `result` follows a person's word."""

    id = models.BigAutoField(primary_key=True)
    screening = models.ForeignKey(
        Screening, on_delete=models.PROTECT, related_name="outcomes", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()
    same_as = models.PositiveIntegerField(null=True, blank=True)
    checked = models.CharField(max_length=16, choices=RowResult.choices)
    outcome = models.CharField(max_length=10, blank=True)
    how = models.CharField(max_length=16, blank=True)
    agency_id = models.UUIDField(null=True, blank=True)
    fact = models.ForeignKey(
        ScreeningFact, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    score = models.FloatField(default=0)
    why = models.TextField(blank=True)
    similar = models.JSONField(default=list)  # [{"agency_id", "name", "country", "score", "why"}], best first
    checked_at = models.DateTimeField()
    leaf = models.BinaryField(max_length=32, null=True)
    result = models.CharField(max_length=16, choices=RowResult.choices)
    resolution = models.CharField(max_length=4, choices=Resolution.choices, blank=True)
    chosen = models.ForeignKey(
        ScreeningFact, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    resolved_by = models.ForeignKey(
        "iris_accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    decisions = models.JSONField(default=list)  # ids of what was remembered, to take it back
    later_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "number"], name="screening_outcome_once"),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_by__isnull=True, resolved_at__isnull=True)
                | (~Q(resolution="") & Q(resolved_by__isnull=False, resolved_at__isnull=False)),
                name="screening_outcome_resolution_signed",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=[RowResult.CERTIFIED, RowResult.NOT_CERTIFIED])
                | Q(fact__isnull=False)
                | Q(chosen__isnull=False)
                | Q(leaf__isnull=True),
                name="screening_outcome_rests_on_facts",
            ),
        ]
        indexes = [
            models.Index(fields=["screening", "result", "number"], name="screening_outcome_result"),
            models.Index(
                fields=["screening", "-resolved_at"],
                name="screening_outcome_resolved",
                condition=Q(resolved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.result}"

    @property
    def by_name(self) -> bool:
        """Whether a name led to the agencies that it may mean, and not a number or an address."""
        return self.how in ("", How.SAME_NAME, How.NEAR_NAME)

    @property
    def how_words(self) -> str:
        """What the match rests on, in words."""
        return str(How(self.how).label) if self.how else ""

    @property
    def result_member(self) -> RowResult:
        """The result as its member, for state tags."""
        return RowResult(self.result)


class MappingMemory(Record):
    """The mapping an organisation used last for a list with these columns."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    columns_key = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "columns_key"], name="screening_mapping_once")
        ]

    def __str__(self) -> str:
        return self.columns_key
