"""The auditor's desk: each audit with where it takes one, in which languages, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from audits.bodies.selectors import auditor_of
from audits.bodies.states import language_name, language_table
from iris.accounts.models import User
from iris.core.places import country_name

from ..models import Audit, AuditPlan
from ..states import LIVE
from .audits import due_for
from .gates import Gate, gate_of


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue."""

    audit: Audit
    where: str
    languages: str
    foreign: str
    gate: Gate | None
    due: date | None

    @property
    def missing(self) -> int:
        """How many things stand before the next act."""
        return len(self.gate.missing) if self.gate else 0


def queue_rows(audits: Iterable[Audit], user: User) -> list[QueueRow]:
    """The lines of one page. What is missing is said to those who work on it and to the scheme."""
    agency = user.is_kind("agency")
    auditor = None if agency else auditor_of(user)
    spoken = set(auditor.languages) if auditor is not None else None
    rows = []
    for audit in audits:
        codes = _languages(audit)
        foreign = [] if spoken is None else [code for code in codes if code not in spoken]
        rows.append(
            QueueRow(
                audit=audit,
                where=_where(audit),
                languages=", ".join(language_name(code) for code in codes),
                foreign=", ".join(language_name(code) for code in foreign),
                gate=None if agency or audit.state not in LIVE else gate_of(audit),
                due=due_for(audit, user),
            )
        )
    return rows


def _plan(audit: Audit) -> AuditPlan | None:
    return getattr(audit, "audit_plan", None)


def _where(audit: Audit) -> str:
    plan = _plan(audit)
    visits = list(plan.visits.all()) if plan else []
    places = [
        ", ".join(part for part in (visit.city, country_name(visit.country) if visit.country else "") if part)
        for visit in visits
    ]
    found = list(dict.fromkeys(place for place in places if place))
    return "; ".join(found) or ", ".join(
        part for part in (audit.agency.city, country_name(audit.agency.country)) if part
    )


def _languages(audit: Audit) -> list[str]:
    """The languages of the interviews; before they are planned, those of the corridors' workers."""
    plan = _plan(audit)
    if plan is not None and plan.interview_languages:
        return list(plan.interview_languages)
    by_country = language_table()[1]
    origins = dict.fromkeys(one.origin for one in audit.agency.corridors.all())
    return list(dict.fromkeys(code for origin in origins for code in by_country.get(origin, ())[:1]))
