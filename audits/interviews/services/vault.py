"""Sealing, opening with a purpose, and erasing identities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from audits.engagements import services as engagements
from audits.engagements.models import Audit
from audits.engagements.selectors import previous_audit_of
from audits.engagements.states import AuditState
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import lock

from .. import rules
from ..models import EmploymentCheck, Identity, IdentityAccess, Interview, Statement, VaultErasure
from ..permissions import may_interview, may_read_interviews
from ..rules import KnownPerson
from ..selectors.vault import (
    VAULT,
    Opened,
    audit_mark,
    identities_of,
    interview_mark,
    open_row,
    person_mark,
)
from ..states import SPOKEN, Employment, IdentityRole, InterviewState, Purpose

LONGEST_NAME = 200


@dataclass(frozen=True)
class IdentityInput:
    """A name and how to reach the person, as typed."""

    name: str
    contact: str = ""
    reference: str = ""

    def __repr__(self) -> str:
        return "IdentityInput(sealed)"


@sensitive_variables("person", "known", "held")
@transaction.atomic
def name_person(
    *, interview_id: UUID, actor: User, person: IdentityInput, role: str = IdentityRole.PERSON
) -> None:
    """Seal who is interviewed, or who interprets. The same person twice is kept once.

    Raises BadInput for an empty name, for more people than take part, and where a note already names the person.
    """
    interview = lock(Interview, interview_id)
    if not may_interview(interview.audit, actor):
        raise NotPermitted
    if interview.state == InterviewState.WITHDRAWN:
        raise TransitionRefused(_("This interview is withdrawn. Nothing more is kept of it."))
    name = " ".join(person.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(fields={"name": [_("Write the name the person uses, in at most 200 characters.")]})
    mark, digest = interview_mark(interview), person_mark(name, person.contact)
    same = Identity.objects.filter(interview_mark=mark, role=role)
    if same.filter(person_mark=digest).exists():
        return
    if role == IdentityRole.PERSON and same.count() >= interview.people:
        raise BadInput(
            fields={
                "name": [
                    _("%(n)d are sealed for this interview already, as many as take part.")
                    % {"n": interview.people}
                ]
            }
        )
    known = KnownPerson(name, person.contact.strip(), person.reference.strip())
    _refuse_named_notes(interview.audit, known)
    held = {
        "name": known.name,
        "contact": known.contact,
        "reference": known.reference,
        "interview_id": str(interview.pk),
    }
    Identity.objects.create(
        role=role,
        sealed=VAULT.seal(json.dumps(held, ensure_ascii=False)),
        interview_mark=mark,
        audit_mark=audit_mark(interview.audit),
        person_mark=digest,
    )
    events.record(interview.audit, act="identity_sealed", actor=actor)


def _refuse_named_notes(audit: Audit, known: KnownPerson) -> None:
    notes = Statement.objects.filter(interview__audit=audit).exclude(note="").select_related("interview")
    for row in notes:
        if rules.found_in(row.note, [known]):
            raise BadInput(
                fields={
                    "name": [
                        _("A note of %(interview)s already gives this person away. Change the note first.")
                        % {"interview": row.interview.label}
                    ]
                }
            )


@sensitive_variables("reason", "opened")
@transaction.atomic
def open_vault(
    *, audit_id: UUID, actor: User, purpose: str, reason: str, interview_id: UUID | None = None
) -> list[Opened]:
    """Open the identities of one interview, or of all, for a purpose. Every opening is logged before it is shown."""
    audit = lock(Audit, audit_id)
    if not may_read_interviews(audit, actor):
        raise NotPermitted
    rows = identities_of(audit)
    if interview_id is not None:
        rows = rows.filter(interview_mark=interview_mark(Interview.objects.get(pk=interview_id, audit=audit)))
    opened = sorted((open_row(row) for row in rows), key=lambda one: (one.interview_id, one.role, one.name))
    _log(audit, audit, actor, purpose, reason, len(opened))
    return opened


@sensitive_variables("reason", "opened")
@transaction.atomic
def open_earlier(*, audit_id: UUID, actor: User, reason: str) -> list[Opened]:
    """Open the people interviewed in the audit before, to see whether they are still employed (R59)."""
    audit = lock(Audit, audit_id)
    if not may_interview(audit, actor):
        raise NotPermitted
    before = previous_audit_of(audit)
    if before is None:
        raise TransitionRefused(_("No earlier audit of this agency is reported: there is nobody to check."))
    opened = _people_of(before)
    _log(audit, before, actor, Purpose.EMPLOYED, reason, len(opened))
    return opened


def _people_of(audit: Audit) -> list[Opened]:
    held = set(
        Interview.objects.filter(audit=audit, state__in=SPOKEN, kind__in=("workers", "jobseekers", "staff"))
        .values_list("pk", flat=True)
        .order_by()
    )
    opened = [open_row(row) for row in identities_of(audit).filter(role=IdentityRole.PERSON)]
    found = [one for one in opened if UUID(one.interview_id) in held]
    return sorted(found, key=lambda one: one.name)


def _log(audit: Audit, opened: Audit, actor: User, purpose: str, reason: str, shown: int) -> None:
    if purpose not in Purpose.values:
        raise BadInput(fields={"purpose": [_("Choose from the list what you open the vault for.")]})
    if not reason.strip():
        raise BadInput(
            fields={"reason": [_("Say in a sentence why now. Name nobody: the log is kept for good.")]}
        )
    engagements.refuse_texts(opened, {"reason": reason})
    IdentityAccess.objects.create(
        audit=opened,
        actor=actor,
        purpose=purpose,
        reason=reason.strip(),
        shown=shown,
        at=clocks.now(),
    )
    events.record(audit, act="vault_opened", actor=actor, data={"purpose": str(purpose), "shown": shown})


@transaction.atomic
def check_employment(*, audit_id: UUID, actor: User, outcomes: Mapping[str, str]) -> int:
    """Keep what became of people interviewed before; `outcomes` by the id of their identity. Counts only are kept.

    Whoever was dismissed is flagged to the lead and the scheme, without saying who.
    """
    audit = lock(Audit, audit_id)
    if not may_interview(audit, actor):
        raise NotPermitted
    before = previous_audit_of(audit)
    rows = {str(row.pk): row for row in identities_of(before)} if before is not None else {}
    kept = 0
    for key, outcome in outcomes.items():
        if key not in rows or outcome not in Employment.values:
            raise BadInput(
                _("This person is not among those interviewed in the audit before. Open the list again.")
            )
        EmploymentCheck.objects.update_or_create(
            audit=audit,
            person_mark=rows[key].person_mark,
            defaults={"outcome": outcome, "checked_on": clocks.today()},
        )
        kept += 1
    if kept:
        events.record(audit, act="employment_checked", actor=actor, data={"count": kept})
    if Employment.DISMISSED in outcomes.values():
        engagements.tell_team(audit, "audits/interviewee_dismissed")
        engagements.tell_scheme(audit, "audits/interviewee_dismissed")
    return kept


def erase_of(interview: Interview, *, due: bool = False) -> int:
    """Erase the identities of one interview; what is left is how many there were."""
    erased, _rows = Identity.objects.filter(interview_mark=interview_mark(interview)).delete()
    if erased:
        VaultErasure.objects.create(audit=interview.audit, erased=erased, on=clocks.today(), due=due)
    return erased


@transaction.atomic
def erase_due() -> int:
    """Erase the identities of audits that ended longer ago than the scheme keeps them; returns how many."""
    days = timedelta(days=clocks.number("interview_identity_days"))
    erased = 0
    ended = Audit.objects.filter(state__in=[AuditState.REPORTED, AuditState.CANCELLED])
    ended = ended.filter(interview_records__isnull=False).distinct()
    for audit in ended.iterator():
        last = audit.reported_at or audit.cancelled_at
        if last is None or last.date() + days >= clocks.today():
            continue
        gone, _rows = identities_of(audit).delete()
        if gone:
            VaultErasure.objects.create(audit=audit, erased=gone, on=clocks.today(), due=True)
            events.record(audit, act="identities_erased", actor=events.SYSTEM, data={"count": gone})
        erased += gone
    return erased


@transaction.atomic
def reseal() -> int:
    """Seal every identity again under the newest key; returns how many. Nothing is shown."""
    count = 0
    for row in Identity.objects.select_for_update().iterator():
        row.sealed = VAULT.reseal(row.sealed)
        row.save(update_fields=["sealed"])
        count += 1
    return count
