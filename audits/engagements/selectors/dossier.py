"""What lies side by side in stage 1: training, licences, what reached the scheme, what people outside said (R27)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from certification.agencies.models import ChangeReport
from certification.agencies.selectors import licence_views
from certification.certificates.models import MisuseCase
from certification.training.selectors import LevelCard, level_card
from iris.accounts.models import User
from iris.core.errors import Text

from ..models import Audit, PriorNote

# Fewer than this are not told as a number: who spoke could be known from it (R61).
FLOOR = 5

IntelligenceProvider = Callable[[Audit], "list[Aggregate]"]
_intelligence: dict[str, IntelligenceProvider] = {}


@dataclass(frozen=True)
class Aggregate:
    """How many things of one kind reached the scheme; only a count, and none below the floor."""

    label: Text
    count: int
    # What is public or came from the agency itself hides nobody and is told whatever its number.
    protected: bool = True

    @property
    def shown(self) -> str:
        """The number as it may be read."""
        if self.protected and 0 < self.count < FLOOR:
            return f"1–{FLOOR - 1}"
        return str(self.count)


@dataclass(frozen=True)
class Dossier:
    """The cards of stage 1 that come from outside the audit."""

    training: LevelCard
    licences: list[Any]
    told: list[Aggregate]
    notes: list[PriorNote]
    kept_back: int
    complaints_known: bool
    floor: int = field(default=FLOOR)


def offer_intelligence(key: str, provider: IntelligenceProvider) -> None:
    """A room that hears of an agency says in AppConfig.ready() how often, without saying from whom."""
    _intelligence[key] = provider


def dossier_of(audit: Audit, user: User) -> Dossier:
    """What the desk review reads beside the answers. Confidential notes are for the team alone."""
    notes = list(PriorNote.objects.filter(audit=audit).select_related("author")[:100])
    mine = audit.is_worked_by(user)
    readable = [note for note in notes if mine or not note.confidential]
    return Dossier(
        training=level_card(audit.agency),
        licences=licence_views(audit.agency),
        told=[*_counted_here(audit), *(row for one in _intelligence.values() for row in one(audit))],
        notes=readable,
        kept_back=len(notes) - len(readable),
        complaints_known=bool(_intelligence),
    )


def _counted_here(audit: Audit) -> list[Aggregate]:
    return [
        Aggregate(
            _("Changes the agency reported"),
            ChangeReport.objects.filter(agency_id=audit.agency_id).count(),
            protected=False,
        ),
        Aggregate(
            _("Reports of a misused mark"), MisuseCase.objects.filter(agency_id=audit.agency_id).count()
        ),
    ]
