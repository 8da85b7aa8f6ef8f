"""Propose, approve, decline, take back; a later decision replaces the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from iris.accounts.models import Organisation, User
from iris.accounts.selectors import people_of
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.errors import BadInput
from iris.core.fsm import act, lock, may
from iris.core.places import is_country
from supplychain.diligence.models import Condition, Decision
from supplychain.diligence.rules import MOST_CONDITIONS, reasons_for_approval
from supplychain.diligence.selectors import basis_of, key_of
from supplychain.diligence.services.setting import settings_for
from supplychain.diligence.services.telling import tell_of
from supplychain.diligence.services.writing import canonical, digest, next_number, own, said
from supplychain.diligence.states import DecisionState, Outcome
from supplychain.lookups.models import Lookup

LONGEST_NAME = 300


@dataclass(frozen=True)
class ConditionEntry:
    """What is typed of a condition."""

    text: str
    due_on: date | None
    responsible: str = ""


@transaction.atomic
def decide(
    *,
    actor: User,
    agency_id: UUID | None = None,
    outcome: str,
    reason: str,
    conditions: Sequence[tuple[Any, ...] | ConditionEntry] = (),
    approver: User | None = None,
    receipt_number: str = "",
    name: str = "",
    country: str = "",
    source: str = "",
) -> Decision:
    """Write a decision down. It is in force at once, or waits for a second person of the employer.

    `conditions`: (text, due) or (text, due, responsible). `source` says in words what else it rests on (a row of a
    screening, a finding of the chain). Raises NotPermitted, BadInput.
    """
    organisation = own(actor)
    agency = Agency.objects.filter(pk=agency_id).first() if agency_id else None
    called = _called(agency, agency_id, name, country)
    if outcome not in Outcome.values:
        raise BadInput(fields={"outcome": [_("Choose proceed, proceed with conditions, or stop.")]})
    why = said(reason, "reason", _("Give the reason. It is kept with the decision and cannot be changed."))
    entries = _conditions(outcome, conditions, actor)
    receipt = _receipt(organisation, receipt_number, agency)
    snapshot = basis_of(organisation, agency, called, country, receipt, source)
    reasons = reasons_for_approval(
        outcome=outcome,
        certified=snapshot["standing"]["valid"],
        findings=[one["code"] for one in snapshot["findings"]],
        setting=settings_for(organisation).approval,
    )
    text = canonical(snapshot)
    row = Decision.objects.create(
        organisation=organisation,
        number=next_number("D"),
        agency=agency,
        name=called,
        country=agency.country if agency else country,
        key=key_of(agency, called, country),
        outcome=outcome,
        reason=why,
        basis=text,
        basis_sha256=digest(text),
        receipt=receipt,
        needs_approval=bool(reasons),
        why_approval=reasons,
        approver=_approver(organisation, actor, approver) if reasons else None,
        proposed_by=actor,
        proposed_at=clocks.now(),
    )
    for number, entry in enumerate(entries, 1):
        assert entry.due_on is not None  # _checked() refuses a condition without its last day
        Condition.objects.create(
            decision=row, number=number, text=entry.text, responsible=entry.responsible, due_on=entry.due_on
        )
    events.record(
        row,
        act="proposed",
        actor=actor,
        to_state=str(row.state),
        data={"number": row.number, "outcome": outcome, "basis": row.basis_sha256},
    )
    if reasons:
        tell_of(row, "to_approve", _second_persons(row))
    else:
        _replace_older(row, actor)
        act(row.take_effect, actor=actor, data={"number": row.number})
    return row


def _called(agency: Agency | None, agency_id: UUID | None, name: str, country: str) -> str:
    if agency is not None:
        return agency.legal_name
    if agency_id is not None:
        raise BadInput(fields={"agency_id": [_("The register holds no such agency. Choose it again.")]})
    if country and not is_country(country):
        raise BadInput(fields={"country": [_("Choose a country from the list.")]})
    return said(name, "name", _("Say which recruiter it is about."), LONGEST_NAME)


def _conditions(outcome: str, given: Sequence[Any], actor: User) -> list[ConditionEntry]:
    entries = [one if isinstance(one, ConditionEntry) else ConditionEntry(*one) for one in given]
    if outcome != Outcome.CONDITIONS:
        if entries:
            raise BadInput(
                fields={
                    "conditions": [
                        _("Conditions belong to “proceed with conditions”. Choose it, or clear them.")
                    ]
                }
            )
        return []
    if not entries:
        raise BadInput(
            fields={
                "conditions": [
                    _("Write down at least one condition with its last day, or choose another outcome.")
                ]
            }
        )
    if len(entries) > MOST_CONDITIONS:
        raise BadInput(
            fields={
                "conditions": [
                    _("Expected at most %(most)s conditions, found %(found)s. Join some of them.")
                    % {"most": MOST_CONDITIONS, "found": len(entries)}
                ]
            }
        )
    return [_checked(one, number, actor) for number, one in enumerate(entries, 1)]


def _checked(entry: ConditionEntry, number: int, actor: User) -> ConditionEntry:
    where = _("Condition %(number)s: ") % {"number": number}
    text = said(entry.text, "conditions", where + _("say what has to happen."), 1_000)
    if entry.due_on is None:
        raise BadInput(fields={"conditions": [where + _("give its last day, for example 2026-12-31.")]})
    if entry.due_on < clocks.today():
        raise BadInput(
            fields={
                "conditions": [
                    where
                    + _("expected a day from today on, found %(found)s. Give a day that can still be met.")
                    % {"found": entry.due_on.isoformat()}
                ]
            }
        )
    return ConditionEntry(text, entry.due_on, entry.responsible.strip()[:160] or actor.label)


def _receipt(organisation: Organisation, number: str, agency: Agency | None) -> Lookup | None:
    if not number.strip():
        return None
    found = Lookup.objects.filter(organisation=organisation, number=number.strip().upper()).first()
    if found is None:
        raise BadInput(
            fields={
                "receipt_number": [
                    _("You hold no receipt with this number. Copy it from the check, or clear it.")
                ]
            }
        )
    if agency is not None and found.agency_id not in (None, agency.pk):
        raise BadInput(
            fields={"receipt_number": [_("This receipt is about another agency. Check the right one first.")]}
        )
    return found


def _approver(organisation: Organisation, actor: User, approver: User | None) -> User | None:
    if approver is None:
        return None
    if approver.pk == actor.pk:
        raise BadInput(
            fields={"approver": [_("You propose it, so somebody else has to approve. Choose a colleague.")]}
        )
    if not people_of(organisation, Role.SOURCING_MANAGER).filter(pk=approver.pk).exists():
        raise BadInput(fields={"approver": [_("Choose a sourcing manager of your organisation.")]})
    return approver


def _second_persons(row: Decision) -> list[User]:
    if row.approver is not None:
        return [row.approver]
    people = people_of(row.organisation, Role.SOURCING_MANAGER)
    return [person for person in people if person.pk != row.proposed_by_id]


def _replace_older(row: Decision, actor: User) -> None:
    """The decision in force so far gives way first: there is never more than one."""
    older = (
        Decision.objects.select_for_update(of=("self",))
        .filter(organisation_id=row.organisation_id, key=row.key, state=DecisionState.IN_FORCE)
        .exclude(pk=row.pk)
        .first()
    )
    if older is not None:
        act(older.supersede, actor=actor, data={"by": row.number}, later=row)


@transaction.atomic
def approve_decision(*, decision_id: UUID, actor: User) -> Decision:
    """A second person agrees: it is in force, and the one before is replaced."""
    row = lock(Decision, decision_id)
    if may(row.approve, actor):
        _replace_older(row, actor)
    act(row.approve, actor=actor, data={"number": row.number})
    tell_of(row, "approved", [row.proposed_by])
    return row


@transaction.atomic
def decline_decision(*, decision_id: UUID, actor: User, reason: str) -> Decision:
    """A second person does not agree, and says why."""
    row = lock(Decision, decision_id)
    act(row.decline, actor=actor, reason=reason, data={"number": row.number}, why=reason.strip())
    tell_of(row, "declined", [row.proposed_by], reason=reason.strip())
    return row


@transaction.atomic
def withdraw_decision(*, decision_id: UUID, actor: User) -> Decision:
    """The proposer takes it back before anybody approved."""
    row = lock(Decision, decision_id)
    act(row.withdraw, actor=actor, data={"number": row.number})
    return row
