"""A sheet of the chain on its way in."""

from typing import Any

from django.db import models

from iris.core.fsm import Actor, StateField, transition
from iris.core.models import Record
from supplychain.chains.permissions import may_import
from supplychain.chains.states import ImportState, Shape


class ChainImport(Record):
    """A file as it is, how it is read, and in the end what it did."""

    organisation = models.ForeignKey("iris_accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("iris_accounts.User", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("iris_core.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = StateField(ImportState, default=ImportState.UPLOADED)
    layout = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    shape = models.CharField(max_length=5, choices=Shape.choices, default=Shape.EDGES)
    mapping = models.JSONField(default=dict)
    result = models.JSONField(default=dict)  # {"parties", "links", "updated", "skipped", "rejected"}
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
