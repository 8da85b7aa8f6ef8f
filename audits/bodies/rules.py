"""Who may audit whom: questions about plain facts, answered with reasons in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from iris.core.places import country_name, sector_name

from .states import language_name


@dataclass(frozen=True)
class TieFacts:
    """A tie of an auditor with the agency, and until when it counts."""

    label: StrOrPromise
    since: date
    counts_until: date | None


@dataclass(frozen=True)
class AuditorFacts:
    """What is known of an auditor on the day of the question."""

    approved_from: date
    approved_until: date | None
    firm_approved_from: date
    firm_approved_until: date | None
    lead: bool
    member: bool
    languages: Sequence[str]
    countries: Sequence[str]
    sectors: Sequence[str]
    corridors: Sequence[str]
    ties: Sequence[TieFacts] = ()
    bars: Sequence[TieFacts] = ()


@dataclass(frozen=True)
class CaseFacts:
    """What an application asks of its auditors."""

    corridors: Sequence[tuple[str, str]]
    sectors: Sequence[str]
    on: date
    as_lead: bool = True
    languages: Mapping[str, Sequence[str]] = field(default_factory=dict)


def corridor_code(origin: str, destination: str) -> str:
    """How a corridor is written in an auditor's record."""
    return f"{origin}-{destination}"


def is_within(on: date, since: date, until: date | None) -> bool:
    """Whether a day lies in a period with an open or closed end."""
    return since <= on and (until is None or on <= until)


def ineligible_because(auditor: AuditorFacts, case: CaseFacts) -> list[str]:
    """Every reason why this auditor may not take this case; empty when none stands."""
    return [
        *_approval_reasons(auditor, case),
        *_scope_reasons(auditor, case),
        *_independence_reasons(auditor, case),
    ]


def _day(value: date) -> str:
    return date_format(value, "j F Y")


def _approval_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[str]:
    reasons = []
    if not is_within(case.on, auditor.firm_approved_from, auditor.firm_approved_until):
        reasons.append(_("The audit firm has no approval today."))
    if not is_within(case.on, auditor.approved_from, auditor.approved_until):
        reasons.append(_("The auditor has no approval today."))
    if not auditor.member:
        reasons.append(_("The auditor is no longer a member of the firm."))
    if case.as_lead and not auditor.lead:
        reasons.append(_("Not approved to lead an audit."))
    return reasons


def _scope_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[str]:
    reasons = []
    for origin, destination in case.corridors:
        names = {"origin": country_name(origin), "destination": country_name(destination)}
        covered = corridor_code(origin, destination) in auditor.corridors
        if not covered and not {origin, destination} <= set(auditor.countries):
            reasons.append(_("Not approved for the corridor %(origin)s to %(destination)s.") % names)
    for origin in dict.fromkeys(origin for origin, __ in case.corridors):
        asked = case.languages.get(origin, ())
        if asked and not set(asked) & set(auditor.languages):
            words = ", ".join(language_name(code) for code in asked)
            country = country_name(origin)
            reasons.append(
                _("Speaks no language of workers from %(country)s (%(words)s).")
                % {"country": country, "words": words}
            )
    for sector in case.sectors:
        if sector not in auditor.sectors:
            reasons.append(_("Not approved for the sector %(sector)s.") % {"sector": sector_name(sector)})
    return reasons


def _independence_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[str]:
    reasons = []
    for tie in [*auditor.ties, *auditor.bars]:
        if not is_within(case.on, tie.since, tie.counts_until):
            continue
        if tie.counts_until is None:
            reasons.append(_("%(tie)s, since %(since)s.") % {"tie": tie.label, "since": _day(tie.since)})
        else:
            reasons.append(
                _("%(tie)s: not before %(until)s.") % {"tie": tie.label, "until": _day(tie.counts_until)}
            )
    return reasons
