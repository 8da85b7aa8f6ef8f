"""Who may audit whom: questions about plain facts, answered with reasons in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from iris.core import clocks
from iris.core.days import in_words
from iris.core.places import country_name, sector_name

from .states import OVERRIDABLE, ReasonCode, language_name


class Reason(str):
    """Why an auditor may not take a case: a sentence that also knows its code and what exactly it is about."""

    code: ReasonCode
    about: str

    def __new__(cls, code: ReasonCode, text: str, about: str = "") -> Reason:
        """The sentence with its code; `about` tells two reasons of one code apart, for example two corridors."""
        made = super().__new__(cls, text)
        made.code = code
        made.about = about
        return made

    @property
    def key(self) -> str:
        """What an override names."""
        return f"{self.code}:{self.about}"

    @property
    def overridable(self) -> bool:
        """Whether two people may let it through."""
        return self.code in OVERRIDABLE


@dataclass(frozen=True)
class LedAudit:
    """One audit of an agency that has been held: who led it and its last day."""

    auditor_id: UUID
    on: date


@dataclass(frozen=True)
class ShareFacts:
    """What one client weighs in a firm's year, in tenths of a per cent."""

    year: int
    permille: int


@dataclass(frozen=True)
class Clash:
    """Days on which an auditor is busy already."""

    first: date
    last: date
    what: str

    @property
    def days(self) -> str:
        """The days in words."""
        if self.first == self.last:
            return _day(self.first)
        return _("%(first)s to %(last)s") % {"first": _day(self.first), "last": _day(self.last)}

    def __str__(self) -> str:
        return f"{self.what}, {self.days}"


@dataclass(frozen=True)
class TieFacts:
    """A tie of an auditor with the agency, and until when it counts."""

    label: StrOrPromise
    since: date
    counts_until: date | None
    code: ReasonCode = ReasonCode.TIE


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
    declared_until: date | None = None
    trained_until: date | None = None
    paused_until: date | None = None
    share: ShareFacts | None = None
    clashes: Sequence[Clash] = ()
    others: Sequence[Reason] = ()


@dataclass(frozen=True)
class CaseFacts:
    """What an application asks of its auditors."""

    corridors: Sequence[tuple[str, str]]
    sectors: Sequence[str]
    on: date
    as_lead: bool = True
    languages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    training_needed: bool = True
    share_most: int = 100


def corridor_code(origin: str, destination: str) -> str:
    """How a corridor is written in an auditor's record."""
    return f"{origin}-{destination}"


def is_within(on: date, since: date, until: date | None) -> bool:
    """Whether a day lies in a period with an open or closed end."""
    return since <= on and (until is None or on <= until)


def ineligible_because(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    """Every reason why this auditor may not take this case; empty when none stands."""
    return [
        *_approval_reasons(auditor, case),
        *_scope_reasons(auditor, case),
        *_qualification_reasons(auditor, case),
        *_independence_reasons(auditor, case),
        *_rotation_reasons(auditor, case),
        *_revenue_reasons(auditor, case),
        *_calendar_reasons(auditor),
        *auditor.others,
    ]


def _day(value: date) -> str:
    return in_words(value)


def _approval_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    reasons = []
    if not is_within(case.on, auditor.firm_approved_from, auditor.firm_approved_until):
        reasons.append(Reason(ReasonCode.FIRM_APPROVAL, _("The audit firm has no approval today.")))
    if not is_within(case.on, auditor.approved_from, auditor.approved_until):
        reasons.append(Reason(ReasonCode.APPROVAL, _("The auditor has no approval today.")))
    if not auditor.member:
        reasons.append(Reason(ReasonCode.MEMBER, _("The auditor is no longer a member of the firm.")))
    if case.as_lead and not auditor.lead:
        reasons.append(Reason(ReasonCode.LEAD, _("Not approved to lead an audit.")))
    return reasons


def _scope_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    reasons = []
    for origin, destination in case.corridors:
        names = {"origin": country_name(origin), "destination": country_name(destination)}
        code = corridor_code(origin, destination)
        if code not in auditor.corridors and not {origin, destination} <= set(auditor.countries):
            sentence = _("Not approved for the corridor %(origin)s to %(destination)s.") % names
            reasons.append(Reason(ReasonCode.CORRIDOR, sentence, code))
    for origin in dict.fromkeys(origin for origin, __ in case.corridors):
        asked = case.languages.get(origin, ())
        if asked and not set(asked) & set(auditor.languages):
            words = ", ".join(language_name(code) for code in asked)
            names = {"country": country_name(origin), "words": words}
            sentence = _("Speaks no language of workers from %(country)s (%(words)s).") % names
            reasons.append(Reason(ReasonCode.LANGUAGE, sentence, origin))
    for sector in case.sectors:
        if sector not in auditor.sectors:
            sentence = _("Not approved for the sector %(sector)s.") % {"sector": sector_name(sector)}
            reasons.append(Reason(ReasonCode.SECTOR, sentence, sector))
    return reasons


def _qualification_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    """Scheme training and the yearly declaration, both valid today."""
    reasons = []
    trained, declared = auditor.trained_until, auditor.declared_until
    if case.training_needed and trained is None:
        reasons.append(Reason(ReasonCode.TRAINING, _("No scheme training is on record.")))
    elif case.training_needed and trained is not None and trained < case.on:
        sentence = _("The scheme training ended on %s.") % _day(trained)
        reasons.append(Reason(ReasonCode.TRAINING, sentence, trained.isoformat()))
    if declared is None:
        reasons.append(Reason(ReasonCode.DECLARATION, _("No yearly declaration of interests is on record.")))
    elif declared < case.on:
        sentence = _("The yearly declaration of interests ended on %s.") % _day(declared)
        reasons.append(Reason(ReasonCode.DECLARATION, sentence, declared.isoformat()))
    return reasons


def _independence_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    reasons = []
    for tie in [*auditor.ties, *auditor.bars]:
        if not is_within(case.on, tie.since, tie.counts_until):
            continue
        if tie.counts_until is None:
            sentence = _("%(tie)s, since %(since)s.") % {"tie": tie.label, "since": _day(tie.since)}
        else:
            until = _day(tie.counts_until)
            sentence = _("%(tie)s: not before %(until)s.") % {"tie": tie.label, "until": until}
        reasons.append(Reason(tie.code, sentence))
    return reasons


def rotation_pause(
    led: Sequence[LedAudit], auditor_id: UUID, most: int, months: int, on: date
) -> date | None:
    """The last day of the pause of somebody who led the last `most` audits of an agency; None when there is none.

    Audits are counted back from the last one while the same person led them. Somebody else's audit ends the run, and
    so does a gap in which a whole pause has passed.
    """
    run: list[LedAudit] = []
    for one in sorted(led, key=lambda audit: audit.on, reverse=True):
        if one.auditor_id != auditor_id or (run and clocks.add_months(one.on, months) < run[-1].on):
            break
        run.append(one)
    if len(run) < most:
        return None
    until = clocks.add_months(run[0].on, months)
    return until if on <= until else None


def _rotation_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    until = auditor.paused_until
    if not case.as_lead or until is None:
        return []
    sentence = _("Led the last audits of this agency in a row: may lead it again after %s.") % _day(until)
    return [Reason(ReasonCode.ROTATION, sentence, until.isoformat())]


def _revenue_reasons(auditor: AuditorFacts, case: CaseFacts) -> list[Reason]:
    share = auditor.share
    if share is None or share.permille <= case.share_most * 10:
        return []
    sentence = _(
        "The agency paid %(share)s %% of the firm's turnover of %(year)s; more than %(most)s %% is too much."
    ) % {
        "share": permille_text(share.permille),
        "year": share.year,
        "most": case.share_most,
    }
    return [Reason(ReasonCode.REVENUE, sentence, str(share.year))]


def permille_text(permille: int) -> str:
    """Tenths of a per cent as people write them: 182 is 18.2."""
    return f"{permille // 10}.{permille % 10}" if permille % 10 else str(permille // 10)


def _calendar_reasons(auditor: AuditorFacts) -> list[Reason]:
    return [
        Reason(ReasonCode.CALENDAR, _("Busy: %s.") % clash, clash.first.isoformat())
        for clash in auditor.clashes
    ]
