"""The mark: who accepted its terms, and cases of misuse (R54)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from certification.certificates.permissions import by_scheme, by_scheme_manager
from certification.certificates.states import MISUSE_OPEN, MisuseState
from iris.core import clocks
from iris.core.fsm import StateField, transition
from iris.core.models import Record

CASE = MisuseState


class MarkLicence(Record):
    """An agency's signatory accepted the terms of the mark. It holds only while the certificate is in force."""

    append_only = True

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="mark_licences"
    )
    number = models.CharField(max_length=40, db_index=True)  # of the certificate, whatever its revision
    terms_version = models.PositiveSmallIntegerField()
    terms_sha256 = models.CharField(max_length=64)
    accepted_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    accepted_by_name = models.CharField(max_length=300)
    accepted_on = models.DateField()

    class Meta:
        ordering = ["-accepted_on"]
        constraints = [
            models.UniqueConstraint(fields=["number", "terms_version"], name="mark_terms_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.terms_version}"


class MisuseCase(Record):
    """Somebody uses the mark, or says to be certified, as they may not."""

    reference = models.CharField(max_length=24, unique=True)
    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="mark_misuses"
    )
    reported_by = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField()
    what = models.TextField()
    where = models.CharField(max_length=1000)
    evidence = models.ForeignKey(
        "iris_core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = StateField(MisuseState, default=MisuseState.REPORTED)
    due_on = models.DateField(null=True, blank=True, db_index=True)
    closed_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    decision = models.ForeignKey(
        "certification_decisions.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-reported_on", "-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(where=""), name="misuse_says_what_and_where"),
            models.CheckConstraint(
                condition=Q(state__in=MISUSE_OPEN, closed_on__isnull=True, due_on__isnull=False)
                | (~Q(state__in=MISUSE_OPEN) & Q(closed_on__isnull=False)),
                name="misuse_open_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state=CASE.ESCALATED) | Q(decision__isnull=False),
                name="misuse_escalated_leads_to_a_proposal",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @transition(field=state, source=[CASE.REPORTED], target=CASE.BEING_CHECKED, permission=by_scheme)
    def check_it(self, *, by: Any, at: datetime, due_on: date, **own: Any) -> None:
        """The scheme looks into it."""
        self.due_on = due_on

    @transition(
        field=state,
        source=[CASE.BEING_CHECKED],
        target=CASE.TAKEDOWN_ASKED,
        permission=by_scheme_manager,
        needs_reason=True,
    )
    def ask_takedown(self, *, by: Any, at: datetime, due_on: date, note: str, **own: Any) -> None:
        """The agency is told what to take down, and by when."""
        self.due_on, self.note = due_on, note

    @transition(
        field=state,
        source=[CASE.BEING_CHECKED, CASE.TAKEDOWN_ASKED],
        target=CASE.REMOVED,
        permission=by_scheme,
        needs_reason=True,
    )
    def confirm_removed(self, *, by: Any, at: datetime, note: str, **own: Any) -> None:
        """The scheme saw that it is gone."""
        self._close(at, note)

    @transition(
        field=state,
        source=[CASE.TAKEDOWN_ASKED],
        target=CASE.ESCALATED,
        permission=by_scheme_manager,
        needs_reason=True,
    )
    def escalate(self, *, by: Any, at: datetime, note: str, decision_id: Any, **own: Any) -> None:
        """It was not taken down: a suspension is proposed."""
        self.decision_id = decision_id
        self._close(at, note)

    @transition(
        field=state,
        source=[CASE.REPORTED, CASE.BEING_CHECKED],
        target=CASE.UNFOUNDED,
        permission=by_scheme,
        needs_reason=True,
    )
    def dismiss(self, *, by: Any, at: datetime, note: str, **own: Any) -> None:
        """It is no misuse."""
        self._close(at, note)

    def _close(self, at: datetime, note: str) -> None:
        self.closed_on, self.note = at.date(), note

    @property
    def late(self) -> bool:
        """Whether its clock has run out."""
        return self.state in MISUSE_OPEN and self.due_on is not None and self.due_on < clocks.today()
