"""A sheet of one of the agency's lists on its way in."""

from __future__ import annotations

from typing import Any

from django.db import models

from certification.agencies.permissions import may_import
from certification.agencies.states import ImportState, ListPage
from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record


class AgencyImport(Record):
    """A file as it is, how it is read, and in the end what it did. Rows left out stay with it."""

    agency = models.ForeignKey(
        "certification_agencies.Agency", on_delete=models.PROTECT, related_name="imports"
    )
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    page = models.CharField(max_length=12, choices=ListPage.choices)
    state = StateField(ImportState, default=ImportState.UPLOADED)
    layout = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    result = models.JSONField(default=dict)  # rows by what became of them
    rejects = models.JSONField(default=list)  # [[row number, [sentences], [cells]]]
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=[ImportState.UPLOADED], target=ImportState.DONE, permission=may_import)
    def commit(self, *, by: Actor, at: Any, result: dict[str, Any], rejects: list[Any]) -> None:
        """Everything that could be taken in was."""
        self.result, self.rejects, self.done_at = result, rejects, at

    @transition(field=state, source=[ImportState.UPLOADED], target=ImportState.DROPPED, permission=may_import)
    def drop(self, *, by: Actor, at: Any) -> None:
        """Nothing of it is taken in."""
        self.done_at = at
