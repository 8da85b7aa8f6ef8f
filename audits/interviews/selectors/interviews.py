"""Interviews for the team, safeguarding cases for the scheme, numbers to call."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet

from audits.engagements import selectors as engagements
from audits.engagements.models import Audit
from iris.accounts.models import User

from .. import rules
from ..models import HotlineEntry, Interview, SafeguardCase
from ..permissions import may_read_interviews
from ..rules import Guide, Hotline


def interviews_of(audit: Audit) -> QuerySet[Interview]:
    """All interviews of an audit, by number."""
    return Interview.objects.filter(audit=audit).select_related("interviewer", "audit")


def interviews_read_by(audit: Audit, user: User) -> QuerySet[Interview]:
    """The rows, for the team while the audit is live and the lead for a time after; none for anybody else."""
    rows = interviews_of(audit)
    return rows if may_read_interviews(audit, user) else rows.none()


def next_number(audit: Audit) -> int:
    """The number of the next interview; asked under the audit's lock."""
    return (Interview.objects.filter(audit=audit).aggregate(last=Max("number"))["last"] or 0) + 1


def cases_visible_to(user: User) -> QuerySet[SafeguardCase]:
    """Safeguarding cases: all for the scheme's managers, those of their own audits for a team."""
    cases = SafeguardCase.objects.select_related("interview__audit__agency", "interview__audit__firm")
    if user.is_kind("scheme") and user.has_role("scheme_manager"):
        return cases
    if user.is_kind("audit_firm"):
        own = engagements.audits_worked_on_by(user).filter(
            Q(team__auditor__person=user) | Q(lead__person=user)
        )
        return cases.filter(interview__audit__in=own.values("pk"))
    return cases.none()


def hotline_for(country: str) -> Hotline:
    """What to show for a country: the scheme's last entry, else the data, else an entry without a number."""
    return hotlines([country])[0] if country else Hotline(country="")


def hotlines(countries: Iterable[str]) -> list[Hotline]:
    """One entry for each country, in the order given."""
    asked = list(dict.fromkeys(code for code in countries if code))
    entered: dict[str, HotlineEntry] = {}
    for row in HotlineEntry.objects.filter(country__in=asked).order_by("created_at"):
        entered[row.country] = row
    return [
        Hotline(
            country=code,
            name=entered[code].name,
            channel=entered[code].channel,
            number=entered[code].number,
            source=entered[code].source,
            reviewed=True,
        )
        if code in entered
        else rules.hotline_on_file(code)
        for code in asked
    ]


def hotlines_on_file() -> list[Hotline]:
    """What the product's own data says, for the page on which the scheme enters more."""
    return rules.hotlines_on_file()


def guide() -> Guide:
    """The guide in force, for rooms and the demonstration that hold interviews through the services."""
    return rules.guide()


def consent_version(language: str) -> str:
    """The version of the consent text that is read out in a language."""
    return rules.consent(language).version
