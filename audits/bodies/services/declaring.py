"""The yearly declaration of interests: made by the auditor in person, asked for before it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import lock
from iris.notify import services as notify

from .. import selectors
from ..models import Auditor, DeclaredInterest, YearlyDeclaration
from ..permissions import is_own
from ..states import TieKind
from .approvals import write_tie


@dataclass(frozen=True)
class Interest:
    """One interest: in an agency of the scheme, or in another organisation by name."""

    kind: str
    since: date
    agency_id: UUID | None = None
    organisation: str = ""
    until: date | None = None
    note: str = ""


@transaction.atomic
def declare_interests(
    *, auditor_id: UUID, actor: User, text: str, interests: Sequence[Interest] = ()
) -> YearlyDeclaration:
    """Declare all interests, or that there are none. With an agency of the scheme each becomes a tie.

    Raises BadInput (what to correct), NotPermitted (nobody declares for somebody else).
    """
    auditor = lock(Auditor, auditor_id)
    if not is_own(auditor, actor):
        raise NotPermitted
    _check(text, interests)
    today = clocks.today()
    known = YearlyDeclaration.objects.filter(auditor=auditor, declared_on=today, text=text.strip()).first()
    if known is not None and known.interests.count() == len(interests):
        return known
    declaration = YearlyDeclaration.objects.create(
        auditor=auditor,
        declared_on=today,
        valid_until=clocks.add_months(today, clocks.number("auditor_declaration_months")),
        clear=not interests,
        text=text.strip(),
    )
    for one in interests:
        _keep(declaration, one, auditor, actor)
    data = {"until": declaration.valid_until.isoformat(), "interests": len(interests)}
    events.record(auditor, act="declare_interests", actor=actor, data=data)
    return declaration


def _check(text: str, interests: Sequence[Interest]) -> None:
    problems: dict[str, list[str]] = {}
    if not text.strip():
        problems["text"] = [
            _("Say in a sentence what you checked: past work, training given, money, family.")
        ]
    for number, one in enumerate(interests, start=1):
        wrong = _wrong_with(one)
        if wrong:
            problems.setdefault("__all__", []).append(
                _("Interest %(number)s: %(wrong)s") % {"number": number, "wrong": wrong}
            )
    if "__all__" in problems:
        raise BadInput(" ".join(problems.pop("__all__")), fields=problems)
    if problems:
        raise BadInput(fields=problems)


def _wrong_with(one: Interest) -> str:
    if one.kind not in TieKind.values:
        return _("choose what ties you from the list.")
    if one.agency_id is None and not one.organisation.strip():
        return _("choose the agency, or write the name of the organisation.")
    if one.since > clocks.today():
        return _("it starts in the future; give the day it started.")
    if one.until is not None and one.until < one.since:
        return _("it ends before it starts; choose a later day or leave it empty.")
    return ""


def _keep(declaration: YearlyDeclaration, one: Interest, auditor: Auditor, actor: User) -> None:
    agency = Agency.objects.get(pk=one.agency_id) if one.agency_id else None
    DeclaredInterest.objects.create(
        declaration=declaration,
        agency=agency,
        organisation=one.organisation.strip(),
        kind=one.kind,
        since=one.since,
        until=one.until,
        note=one.note.strip(),
    )
    if agency is not None:
        write_tie(auditor, agency, TieKind(one.kind), one.since, one.until, one.note, actor)


def remind_of_declarations() -> int:
    """Ask for declarations that end soon, ended, or were never made; each is asked for once before and once after."""
    today = clocks.today()
    told = 0
    approved = list(selectors.approved_on(today).select_related("person"))
    ends = selectors.declared_until({one.pk for one in approved}, today)
    days = clocks.number("auditor_declaration_reminder_days")
    for auditor in approved:
        last = ends.get(auditor.pk)
        if last is None or (last - today).days <= days:
            day = last or auditor.approved_from
            told += _remind(auditor, day, "ended" if last is None or last < today else "due")
    return told


def _remind(auditor: Auditor, day: date, what: str) -> int:
    made = notify.notify(
        people=[auditor.person],
        template=f"audits/declaration_{what}",
        context={"day": in_words(day), "name": auditor.person.label},
        url=reverse("bodies:my_declaration"),
        key=f"declaration {what} {auditor.pk} {day}",
    )
    return len(made)
