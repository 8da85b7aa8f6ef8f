"""A screening, its rows, and the mapping an organisation used last for the same columns."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from supplychain.lookups.states import How
from supplychain.screenings.permissions import may_run
from supplychain.screenings.rules import LONGEST_NAME, missing_to_finish, missing_to_start
from supplychain.screenings.states import Resolution, RowResult, RowStatus, ScreeningState

STATE = ScreeningState
STARTED = (STATE.RUNNING, STATE.PAUSED, STATE.DONE)


class Screening(Record):
    """One uploaded list and its run. The truth about progress is in the rows."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    layout = models.JSONField(default=dict)  # iris.core.sheets.Layout
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # {"name": 0, "country": 1, "number": 2}: column indexes
    state = StateField(ScreeningState, default=ScreeningState.UPLOADED)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rows_root = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-created_at"]
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
        target=STATE.MAPPED,
        permission=may_run,
    )
    def map_columns(self, *, by: Actor, at: datetime, mapping: dict[str, int]) -> None:
        """The columns are named and the rows read."""
        self.mapping = mapping

    @transition(field=state, source=[STATE.MAPPED], target=STATE.READY, missing=missing_to_start)
    def make_ready(self, *, by: Actor, at: datetime) -> None:
        """At least one row can be checked."""

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
        source=[STATE.UPLOADED, STATE.MAPPED, STATE.READY, STATE.RUNNING, STATE.PAUSED],
        target=STATE.CANCELLED,
        permission=may_run,
    )
    def cancel(self, *, by: Actor, at: datetime) -> None:
        """What was checked stays readable."""
        self.ended_at = at

    @transition(field=state, source=[STATE.RUNNING], target=STATE.DONE, missing=missing_to_finish)
    def finish(self, *, by: Actor, at: datetime, root: str) -> None:
        """Every row is checked; `root` is the Merkle root of their results."""
        self.ended_at = at
        self.rows_root = root


class ScreeningRow(models.Model):
    """One row of the list as it was, and what it came to. Claimed by workers with a lease."""

    id = models.BigAutoField(primary_key=True)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    country = models.CharField(max_length=2, blank=True)
    identifier = models.CharField(max_length=LONGEST_NAME, blank=True)
    problem = models.TextField(blank=True)
    warning = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=RowStatus.choices, default=RowStatus.WAITING)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=16, choices=RowResult.choices, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    how = models.CharField(max_length=16, blank=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standing = models.CharField(max_length=30, blank=True)
    score = models.FloatField(default=0)
    similar = models.JSONField(default=list)  # [{"agency_id", "name", "country", "score", "why"}], best first
    checked_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=4, choices=Resolution.choices, blank=True)
    resolved_by = models.ForeignKey(
        "iris_accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "number"], name="screening_row_once"),
            models.CheckConstraint(
                condition=~Q(status=RowStatus.DONE) | (~Q(result="") & Q(checked_at__isnull=False)),
                name="screening_row_done_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(status=RowStatus.FAILED) | ~Q(problem=""), name="screening_row_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_by__isnull=True, resolved_at__isnull=True)
                | (~Q(resolution="") & Q(resolved_by__isnull=False, resolved_at__isnull=False)),
                name="screening_row_resolution_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["screening", "status"], name="screening_row_status"),
            models.Index(fields=["screening", "result"], name="screening_row_result"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"

    @property
    def how_words(self) -> str:
        """What the match rests on, in words."""
        return str(How(self.how).label) if self.how else ""

    @property
    def result_member(self) -> RowResult | None:
        """The result as its member, for state tags."""
        return RowResult(self.result) if self.result else None


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
