"""Questions about an audit, answered from its own facts; `missing_for_*` says what is left to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import BadInput

from .states import ORDERED_KINDS, AuditKind, Notice, ObjectionState, Readiness, Stage

if TYPE_CHECKING:
    from .models import Audit


# The acts before which rooms above may ask for something: closing the desk review, going on site, drafting the report.
Gate = Literal["close_stage1", "start_stage2", "send_draft"]
MissingProvider = Callable[["Audit"], list[str]]
_offered: dict[Gate, dict[str, MissingProvider]] = {}
# What rooms above say of a text somebody wants to keep: a sentence that says what is wrong with it, or nothing.
TextCheck = Callable[["Audit", Mapping[str, str]], Mapping[str, str]]
_checks: dict[str, TextCheck] = {}
# People counted from records of rooms above, by kind of interviewee; such a kind is not counted by hand.
CountProvider = Callable[["Audit"], Mapping[str, int]]
_counted: dict[str, CountProvider] = {}


@dataclass(frozen=True)
class AuditDays:
    """Audit days as the table gives them, with what went in."""

    staff: int
    branches: int
    corridors: int
    base: Decimal
    extra: Decimal
    share: str = "1"

    @property
    def whole(self) -> Decimal:
        """Days of an initial audit."""
        return self.base + self.extra

    @property
    def total(self) -> Decimal:
        """Days in all: the share of this kind of audit, rounded up to half days."""
        halves = Fraction(self.whole) * Fraction(self.share) * 2
        return Decimal(math.ceil(halves)) / 2


@cache
def day_table() -> dict[str, Any]:
    """The table of audit days, with its source."""
    loaded: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "audit_days.yaml").read_text(encoding="utf-8")
    )
    return loaded


def audit_days(staff: int, branches: int, corridors: int, kind: str = AuditKind.INITIAL) -> AuditDays:
    """How many days an audit of this size and kind takes, before anyone changes it with a reason.

    The table knows no days for special and closure audits: it gives 0, and whoever orders them writes the days.
    """
    table = day_table()
    base = Decimal(0)
    for row in table["staff"]:
        if staff >= row["from"]:
            base = Decimal(str(row["days"]))
    extra = Decimal(str(table["per_branch"])) * branches
    extra += Decimal(str(table["per_further_corridor"])) * max(0, corridors - 1)
    share = table["shares"].get(str(kind), "0")
    return AuditDays(staff=staff, branches=branches, corridors=corridors, base=base, extra=extra, share=share)


def has_days_in_table(kind: str) -> bool:
    """Whether the table gives days for this kind of audit."""
    return str(kind) in day_table()["shares"]


def usual_scope(kind: str) -> list[str]:
    """The principles that an audit of this kind looks at unless somebody says otherwise; none: all of them."""
    return list(day_table()["surveillance_principles"]) if kind == AuditKind.SURVEILLANCE else []


def earliest_visit(on: date) -> date:
    """The first day an announced visit may be planned for when the agency is told today."""
    return clocks.deadline(on, "audit_notice_days")


def notice_is_kept(notice: str, first_day: date, on: date) -> bool:
    """Whether the agency hears of the visit in time, or the notice is openly shorter."""
    return notice in (Notice.SHORT, Notice.UNANNOUNCED) or first_day >= earliest_visit(on)


def notices_for(kind: str) -> tuple[Notice, ...]:
    """The notices that an audit of this kind may be held at: nobody is surprised by an audit they applied for."""
    return (
        tuple(Notice) if kind in ORDERED_KINDS else tuple(one for one in Notice if one != Notice.UNANNOUNCED)
    )


def days_on_site(visits: Iterable[tuple[date, date, Iterable[Hashable]]]) -> int:
    """Audit days on site: each person counts once a day, however many places are visited that day."""
    return len(
        {
            (person, first + timedelta(days=offset))
            for first, last, people in visits
            for person in people
            for offset in range((last - first).days + 1)
        }
    )


def on_site_needed(quoted: Decimal) -> Decimal:
    """The audit days that have to be spent on site: the scheme's share of the quoted days."""
    return quoted * clocks.number("audit_on_site_percent") / 100


def on_site_is_enough(on_site: int, quoted: Decimal) -> bool:
    """Whether at least the scheme's share of the quoted audit days is spent on site."""
    return on_site >= on_site_needed(quoted)


def offer_missing(act: Gate, key: str, provider: MissingProvider) -> None:
    """A room above says in AppConfig.ready() what has to be there before an act: sentences, none when all is."""
    _offered.setdefault(act, {})[key] = provider


def _missing_above(act: Gate, audit: Audit) -> list[str]:
    return [sentence for provider in _offered.get(act, {}).values() for sentence in provider(audit)]


def offer_text_check(key: str, check: TextCheck) -> None:
    """A room above says in AppConfig.ready() which texts may not be kept: texts by field in, sentences by field out."""
    _checks[key] = check


def refuse_texts(audit: Audit, texts: Mapping[str, str]) -> None:
    """Raise BadInput on each field whose text a room above refuses: a report must never name an interviewee (R30)."""
    problems: dict[str, list[str]] = {}
    for check in _checks.values():
        for name, sentence in check(audit, texts).items():
            problems.setdefault(name, []).append(sentence)
    if problems:
        raise BadInput(fields=problems)


def offer_counted(key: str, provider: CountProvider) -> None:
    """A room above says in AppConfig.ready() which kinds of interviewees it counts from its records."""
    _counted[key] = provider


def counted_above(audit: Audit) -> dict[str, int]:
    """People counted from records, by kind."""
    return {kind: held for provider in _counted.values() for kind, held in provider(audit).items()}


def objections_in_the_way(audit: Audit) -> list[str]:
    """Objections of the agency that are open, or upheld against somebody who is still in the team."""
    in_team = {place.auditor_id for place in audit.team.all()}
    missing = []
    for one in audit.objections.select_related("auditor__person"):
        name = one.auditor.person.label
        if one.state == ObjectionState.OPEN:
            missing.append(_("The scheme has to answer the agency's objection to %s.") % name)
        elif one.state == ObjectionState.UPHELD and one.auditor_id in in_team:
            missing.append(
                _("The objection to %s was upheld: the scheme has to name another lead auditor.") % name
            )
    return missing


def _undeclared(audit: Audit) -> list[str]:
    undeclared = audit.undeclared_names()
    if undeclared:
        return [_("These people have not declared that they have no conflict: %s.") % ", ".join(undeclared)]
    return []


def missing_for_stage1(audit: Audit) -> list[str]:
    """What is left before the desk review starts."""
    return _undeclared(audit) + objections_in_the_way(audit)


def missing_for_stage1_close(audit: Audit) -> list[str]:
    """What is left before stage 1 can be closed."""
    missing = []
    left = audit.unrated_count(Stage.DESK)
    if left:
        missing.append(
            ngettext(
                "%(count)d indicator has no rating in stage 1.",
                "%(count)d indicators have no rating in stage 1.",
                left,
            )
            % {"count": left}
        )
    return missing + _undeclared(audit) + _missing_above("close_stage1", audit)


def missing_for_stage2(audit: Audit) -> list[str]:
    """What is left before stage 2 starts: stage 1 closed as ready, and the first planned day come."""
    missing = []
    if audit.readiness != Readiness.READY:
        missing.append(_("Stage 1 has not found the agency ready for stage 2."))
    first_day = audit.stage2_from
    if first_day is not None and clocks.today() < first_day:
        missing.append(_("Stage 2 is planned from %s.") % in_words(first_day))
    return missing + _undeclared(audit) + objections_in_the_way(audit) + _missing_above("start_stage2", audit)


def missing_for_cancel(audit: Audit) -> list[str]:
    """An accepted audit ends early only when its application is over, or the order it is held for."""
    if audit.accepted_at is None:
        return []
    if audit.is_for_case and audit.application.state == "under_audit":
        return [_("The application is under this audit. It can be cancelled once the agency withdraws.")]
    if audit.order is not None and audit.order.state == "ordered":
        return [
            _(
                "The order still stands. Record on the page of the certificate that the audit was missed "
                "or is no longer needed; then it can be cancelled here."
            )
        ]
    return []


def missing_for_report(audit: Audit) -> list[str]:
    """What is left in stage 2 before a report can be drafted."""
    missing = []
    left = audit.unrated_count(Stage.SITE)
    if left:
        missing.append(
            ngettext(
                "%(count)d indicator has no rating in stage 2.",
                "%(count)d indicators have no rating in stage 2.",
                left,
            )
            % {"count": left}
        )
    silent = audit.kinds_not_counted()
    if silent:
        missing.append(_("Interviews are not counted yet for: %s.") % ", ".join(silent))
    return missing + _missing_above("send_draft", audit)
