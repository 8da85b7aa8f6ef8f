"""The plan of an audit as a calendar file (RFC 5545), and what is thin about a plan."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from iris.core.days import in_words
from iris.core.places import country_name

from .. import rules
from ..models import Audit, AuditPlan, PlannedVisit

NEWLINE = "\r\n"
LONGEST_LINE = 75


def calendar_of(audit: Audit) -> str:
    """One event for the desk review and one per visit.

    Each keeps its UID from plan to plan and its SEQUENCE grows, so that a calendar takes the newer; a visit that
    fell away is cancelled.
    """
    plan: AuditPlan = audit.audit_plan
    visits = list(plan.visits.all())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{settings.SCHEME_SHORT_NAME}//Audits//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if audit.stage1_on is not None:
        lines += _event(audit, plan, "stage-1", audit.stage1_on, audit.stage1_on, _("Stage 1, desk review"))
    for visit in visits:
        title = _("Audit visit: %s") % visit.place
        lines += _event(
            audit, plan, f"visit-{visit.position}", visit.first_day, visit.last_day, title, _place(visit)
        )
    for position in range(len(visits), plan.most_visits):
        day = audit.stage2_from or audit.stage1_on
        if day is not None:
            lines += _event(audit, plan, f"visit-{position}", day, day, _("Audit visit"), cancelled=True)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + NEWLINE for line in lines)


def _place(visit: PlannedVisit) -> str:
    country = country_name(visit.country) if visit.country else ""
    return ", ".join(part for part in (visit.place, visit.where, country) if part)


def _event(
    audit: Audit,
    plan: AuditPlan,
    part: str,
    first: date,
    last: date,
    title: str,
    place: str = "",
    *,
    cancelled: bool = False,
) -> list[str]:
    assert audit.planned_at is not None
    host = settings.IRIS_PUBLIC_URL.partition("//")[2].partition(":")[0]
    url = settings.IRIS_PUBLIC_URL + reverse("reports:audit", args=[audit.pk])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{audit.pk}-{part}@{host}",
        f"DTSTAMP:{audit.planned_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{plan.version - 1}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        # The end of a whole day is the day after it (RFC 5545, 3.6.1).
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{title} ({audit.number})')}",
        f"DESCRIPTION:{_text(f'{audit.agency.legal_name}. {url}')}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
    ]
    if place:
        lines.append(f"LOCATION:{_text(place)}")
    return [*lines, "END:VEVENT"]


def _text(words: str) -> str:
    """A value of type TEXT: backslash, semicolon, comma and new line are escaped."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        words = words.replace(plain, escaped)
    return words


def _folded(line: str) -> str:
    """Lines hold at most 75 octets; what is longer goes on in the next, after a space."""
    parts, current, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            parts.append(current)
            current, size = " ", 1
        current += letter
        size += octets
    return NEWLINE.join([*parts, current])


def plan_warnings(audit: Audit) -> list[str]:
    """What is thin about a plan, for its author: nothing here stops it."""
    plan: AuditPlan = audit.audit_plan
    warnings = []
    visits = list(plan.visits.prefetch_related("people"))
    on_site = rules.days_on_site(
        (visit.first_day, visit.last_day, [one.pk for one in visit.people.all()]) for visit in visits
    )
    needed = rules.on_site_needed(audit.days)
    if not rules.on_site_is_enough(on_site, audit.days):
        warnings.append(
            _("The plan has %(planned)s audit days on site; at least %(needed)s of the %(days)s are asked.")
            % {"planned": on_site, "needed": needed, "days": audit.days}
        )
    spoken = {code for place in audit.team.select_related("auditor") for code in place.auditor.languages}
    foreign = [code for code in plan.interview_languages if code not in spoken]
    if foreign and not plan.interpreter:
        warnings.append(_("Nobody of the team speaks a language of the interviews: plan an interpreter."))
    if audit.order is not None and audit.stage2_to is not None and audit.stage2_to > audit.order.due_on:
        due = audit.order.due_on
        warnings.append(_("This audit is ordered to be held by %s; the plan ends later.") % in_words(due))
    return warnings
