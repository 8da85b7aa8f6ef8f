"""The life of a watch, and the words for what a run of it came to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iris.core.states import Owner, StateFacts, Tone, describe_states


class SubjectKind(models.TextChoices):
    """What is watched."""

    AGENCY = "agency", _("One agency")
    CHAIN = "chain", _("Our supply chain")
    CORRIDOR = "corridor", _("A corridor")
    FILTER = "filter", _("A search of the register")
    SCREENING = "screening", _("The agencies of a screening")


class WatchState(models.TextChoices):
    """The life of a watch."""

    ACTIVE = "active", _("Watching")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Tempo(models.TextChoices):
    """When people hear of a change."""

    NOW = "now", _("At once")
    DAILY = "daily", _("In a daily digest")
    WEEKLY = "weekly", _("In a weekly digest")


class Cause(models.TextChoices):
    """Why a watch was run."""

    STARTED = "started", _("The watch began")
    ACT = "act", _("Something was done on the register")
    ROUND = "round", _("Full check by the clock")
    RESUMED = "resumed", _("The watch went on")
    CHAIN = "chain", _("The supply chain was changed")


class Outcome(models.TextChoices):
    """What one run came to."""

    STARTED = "started", _("First look")
    UNCHANGED = "unchanged", _("Checked, unchanged")
    CHANGED = "changed", _("Changed")
    FAILED = "failed", _("Check failed")


class ChangeKind(models.TextChoices):
    """What of an agency changed, the gravest first."""

    ENDED = "ended", _("The company is no more")
    STANDING = "standing", _("Certification")
    FLAG = "flag", _("Critical flag")
    LICENCE = "licence", _("Licence")
    SCOPE = "scope", _("Scope of the certificate")
    CERTIFICATE = "certificate", _("Certificate")
    NAME = "name", _("Name")
    NOTE = "note", _("Published reason")
    BETWEEN = "between", _("Changed and changed back")
    JOINED = "joined", _("New in this watch")
    LEFT = "left", _("No longer in this watch")


class AlarmKind(models.TextChoices):
    """What can be wrong with the watching itself."""

    LATE = "late", _("The full check is late")
    FAILING = "failing", _("A check failed")
    UNTOLD = "untold", _("A notice was not sent")


STATE = WatchState


def _facts(label: object, tone: Tone, icon: str, owner: Owner = Owner.NOBODY) -> StateFacts:
    return StateFacts(owner, label, label, label, tone, icon)  # type: ignore[arg-type] # lazy text


describe_states(
    WatchState,
    {
        STATE.ACTIVE: _facts(STATE.ACTIVE.label, "good", "eye"),
        STATE.PAUSED: _facts(STATE.PAUSED.label, "care", "player-pause", Owner.EMPLOYER),
        STATE.ENDED: _facts(STATE.ENDED.label, "past", "minus"),
    },
)
describe_states(
    Outcome,
    {
        Outcome.STARTED: _facts(Outcome.STARTED.label, "work", "eye"),
        Outcome.UNCHANGED: _facts(Outcome.UNCHANGED.label, "good", "check"),
        Outcome.CHANGED: _facts(Outcome.CHANGED.label, "care", "alert-triangle"),
        Outcome.FAILED: _facts(Outcome.FAILED.label, "stop", "alert-octagon"),
    },
)
