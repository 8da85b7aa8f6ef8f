"""Licences as the agency told them, each beside what the country's register says. A licence is not a certificate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from certification.agencies.models import Agency, Licence
from certification.licences import selectors as registers
from certification.licences.selectors import Asked, LicenceStanding
from iris.core import clocks

REMINDERS = ("licence_reminder_first_days", "licence_reminder_second_days", "licence_reminder_last_days")


@dataclass(frozen=True)
class LicenceView:
    """One licence: what the agency says, what the register says, and what a reader should look at."""

    licence: Licence
    told: Literal["ended", "coming", "in_force"]
    register: LicenceStanding
    warnings: list[StrOrPromise]
    year_note: str = ""

    @property
    def flagged(self) -> bool:
        """Whether the line needs eyes."""
        return self.told == "ended" or self.register.lost


def reminder_days() -> tuple[int, ...]:
    """How many days before its end an agency is reminded of a licence, the longest first."""
    return tuple(sorted((clocks.number(key) for key in REMINDERS), reverse=True))


def licences_to_remind() -> QuerySet[Licence]:
    """Licences of confirmed agencies that have ended, or end within the time of the first reminder."""
    last = clocks.today() + timedelta(days=reminder_days()[0])
    return Licence.objects.filter(
        agency__enrolled_at__isnull=False, valid_to__lte=last, ended_told_at__isnull=True
    ).select_related("agency", "agency__organisation")


def followed(licence: Licence) -> bool:
    """Whether another licence of the same country carries the agency today."""
    today = clocks.today()
    others = Licence.objects.filter(agency_id=licence.agency_id, country=licence.country, lost_why="")
    return others.filter(valid_from__lte=today, valid_to__gte=today).exclude(pk=licence.pk).exists()


def licence_views(agency: Agency, licences: Iterable[Licence] | None = None) -> list[LicenceView]:
    """Every licence of an agency with the register's word; a fixed number of queries for each country."""
    rows = list(agency.licences.all() if licences is None else licences)
    asked = [Asked(row.country, row.number, agency.legal_name) for row in rows]
    return [
        _view(agency, row, standing)
        for row, standing in zip(rows, registers.standings_of(asked), strict=True)
    ]


@dataclass(frozen=True)
class LicenceOn:
    """One licence as of a day: what the agency declared, and what the register said then."""

    licence: Licence
    declared_in_force: bool
    register_says: LicenceStanding

    def __getattr__(self, name: str) -> object:
        """The declared facts are read as if they were its own."""
        return getattr(self.licence, name)


def licences_on(agency: Agency, on: date) -> list[LicenceOn]:
    """The licences an agency declared, each with the register's word as of a day."""
    rows = list(agency.licences.all())
    said = registers.standings_of([Asked(row.country, row.number, agency.legal_name) for row in rows], on)
    return [LicenceOn(row, row.in_force(on), word) for row, word in zip(rows, said, strict=True)]


def _view(agency: Agency, licence: Licence, standing: LicenceStanding) -> LicenceView:
    today = clocks.today()
    told: Literal["ended", "coming", "in_force"] = "in_force"
    if not licence.in_force(today):
        told = "ended" if licence.valid_to < today else "coming"
    warnings: list[StrOrPromise] = []
    if shape := registers.shape_warning(licence.country, licence.number):
        warnings.append(shape)
    if standing.hint:
        warnings.append(standing.hint)
    if _no_sub_agents(standing) and agency.sub_agents.all():
        warnings.append(
            _("The law of this country lets no agency work through sub-agents, and this agency names some.")
        )
    return LicenceView(
        licence, told, standing, warnings, registers.year_note(licence.country, licence.number)
    )


def _no_sub_agents(standing: LicenceStanding) -> bool:
    return any(note.rule == "no_sub_agents" for note in standing.country_notes)
