"""The life of a screening, and what became of each row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class ScreeningState(models.TextChoices):
    """The life of a screening."""

    UPLOADED = "uploaded", _("Uploaded")
    READING = "reading", _("Being read")
    MAPPED = "mapped", _("Mapped")
    READY = "ready", _("Ready")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class BatchStatus(models.TextChoices):
    """Where one batch of rows stands in the work."""

    WAITING = "waiting", _("Waiting")
    LEASED = "leased", _("Being checked")
    DONE = "done", _("Checked")


class RowResult(models.TextChoices):
    """What one row came to: the outcome of its search, with the standing of an agency found."""

    CERTIFIED = "certified", _("Certified")
    NOT_CERTIFIED = "not_certified", _("Known, not certified")
    TO_RESOLVE = "to_resolve", _("To resolve")
    NOT_FOUND = "not_found", _("Not found")
    PROBLEM = "problem", _("Row with a problem")


class Resolution(models.TextChoices):
    """What a person said of a row with names alike."""

    OPEN = "", _("Open")
    SAME = "same", _("Same")
    NONE = "none", _("None of these")


class Change(models.TextChoices):
    """What became of a row since an earlier screening."""

    NEW = "new", _("New in this list")
    CHANGED = "changed", _("Result changed")
    UNCHANGED = "unchanged", _("Unchanged")
    GONE = "gone", _("No longer in the list")


STATE = ScreeningState


def _facts(label: object, tone: Tone, icon: str, owner: Owner = Owner.EMPLOYER) -> StateFacts:
    return StateFacts(owner, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy text


describe_states(
    ScreeningState,
    {
        STATE.UPLOADED: _facts(_("Columns to map"), "work", "columns"),
        STATE.READING: _facts(_("Being read"), "work", "loader-2", Owner.NOBODY),
        STATE.MAPPED: _facts(_("No usable row"), "care", "alert-triangle"),
        STATE.READY: _facts(_("Ready to start"), "work", "player-play"),
        STATE.RUNNING: _facts(_("Running"), "work", "loader-2", Owner.NOBODY),
        STATE.PAUSED: _facts(_("Paused"), "care", "player-pause"),
        STATE.DONE: _facts(_("Done"), "good", "circle-check", Owner.NOBODY),
        STATE.CANCELLED: _facts(_("Cancelled"), "past", "minus", Owner.NOBODY),
    },
)
describe_states(
    RowResult,
    {
        RowResult.CERTIFIED: _facts(_("Certified"), "good", "circle-check"),
        RowResult.NOT_CERTIFIED: _facts(_("Known, not certified"), "care", "alert-triangle"),
        RowResult.TO_RESOLVE: _facts(_("To resolve"), "unsure", "help-circle"),
        RowResult.NOT_FOUND: _facts(_("Not found"), "past", "minus"),
        RowResult.PROBLEM: _facts(_("Row with a problem"), "stop", "alert-octagon"),
    },
)
describe_states(
    Change,
    {
        Change.NEW: _facts(_("New in this list"), "work", "plus"),
        Change.CHANGED: _facts(_("Result changed"), "care", "refresh"),
        Change.UNCHANGED: _facts(_("Unchanged"), "past", "minus"),
        Change.GONE: _facts(_("No longer in the list"), "unsure", "x"),
    },
)
