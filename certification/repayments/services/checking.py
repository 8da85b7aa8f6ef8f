"""The third party, breaches, and the end of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.repayments.models import Breach, RepaymentCase, ThirdPartyCheck
from certification.repayments.permissions import reports_breach, verifies
from certification.repayments.services.telling import tell_agency, tell_scheme, tell_verifier
from certification.repayments.services.writing import in_state, past, said
from certification.repayments.states import BreachKind, CaseState, CheckResult
from iris.core import events, files
from iris.core.errors import BadInput, NotPermitted
from iris.core.fsm import act, lock

if TYPE_CHECKING:
    from iris.accounts.models import User


@dataclass(frozen=True)
class CheckEntry:
    """What is typed about a third-party check."""

    who: str
    organisation: str
    on: date | None
    sample: int
    result: str
    note: str = ""


@transaction.atomic
def record_check(
    *, case_id: UUID, actor: User, entry: CheckEntry, upload: UploadedFile[Any] | None = None
) -> ThirdPartyCheck:
    """Who outside the agency asked how many workers, and what came of it."""
    case = lock(RepaymentCase, case_id)
    if not verifies(case, actor):
        raise NotPermitted(_("Only the third party that verifies writes down a check."))
    in_state(case, (CaseState.PAYING, CaseState.PAID))
    paid = case.workers.filter(payments__undone_because="").distinct().count()
    if not 1 <= entry.sample <= max(paid, 1):
        raise BadInput(
            fields={
                "sample": [
                    _("Expected 1 to %(paid)s workers, because so many were paid; found %(found)s.")
                    % {"paid": paid, "found": entry.sample}
                ]
            }
        )
    if entry.result not in CheckResult.values:
        raise BadInput(fields={"result": [_("Choose what came of it.")]})
    if entry.result == CheckResult.PROBLEMS:
        said(entry.note, "note")
    stored = None
    if upload is not None:
        stored = files.store(upload, organisation_id=case.agency.organisation_id, actor=actor)
    row = ThirdPartyCheck.objects.create(
        case=case,
        who=said(entry.who, "who", 160),
        organisation=said(entry.organisation, "organisation", 160),
        on=past(entry.on, "on"),
        sample=entry.sample,
        result=entry.result,
        note=entry.note.strip(),
        file=stored,
    )
    events.record(case, act="checked", actor=actor, data={"sample": row.sample, "result": row.result})
    return row


@transaction.atomic
def send_back_paid(*, case_id: UUID, actor: User, reason: str) -> RepaymentCase:
    """The third party sends the case back: something about the payments is not right."""
    case = lock(RepaymentCase, case_id)
    act(case.send_back_paid, actor=actor, reason=reason, why=reason.strip())
    tell_agency(case, "sent_back", reason=reason.strip())
    return case


@transaction.atomic
def verify_case(*, case_id: UUID, actor: User) -> RepaymentCase:
    """Bank proof, workers' word and third-party check agree."""
    case = lock(RepaymentCase, case_id)
    act(case.verify, actor=actor)
    tell_scheme(case, "verified")
    return case


@transaction.atomic
def close_case(*, case_id: UUID, actor: User) -> RepaymentCase:
    """The scheme closes it."""
    case = lock(RepaymentCase, case_id)
    act(case.close, actor=actor)
    tell_agency(case, "closed")
    return case


@transaction.atomic
def reopen_case(*, case_id: UUID, actor: User, reason: str) -> RepaymentCase:
    """Something came out afterwards: it is verified anew."""
    case = lock(RepaymentCase, case_id)
    act(case.reopen, actor=actor, reason=reason, why=reason.strip())
    tell_agency(case, "reopened", reason=reason.strip())
    tell_verifier(case, "paid")
    return case


@dataclass(frozen=True)
class BreachEntry:
    """What is typed about a breach; an empty code speaks of all workers."""

    kind: str
    found_on: date | None
    what: str
    code: str = ""


@transaction.atomic
def report_breach(*, case_id: UUID, actor: User, entry: BreachEntry) -> Breach:
    """Money taken back, a waiver, retaliation: on record, and nothing closes until it is put right."""
    case = lock(RepaymentCase, case_id)
    if not reports_breach(case, actor):
        raise NotPermitted()
    if entry.kind not in BreachKind.values:
        raise BadInput(fields={"kind": [_("Choose what happened.")]})
    worker = None
    if entry.code.strip():
        worker = case.workers.filter(code__iexact=entry.code.strip()).first()
        if worker is None:
            raise BadInput(
                fields={
                    "code": [
                        _("Expected a code of this case such as W-0001, found “%(found)s”.")
                        % {"found": entry.code[:20]}
                    ]
                }
            )
    row = Breach.objects.create(
        case=case,
        worker=worker,
        kind=entry.kind,
        found_on=past(entry.found_on, "found_on"),
        what=said(entry.what, "what"),
    )
    data = {"kind": row.kind, "code": worker.code if worker else ""}
    events.record(case, act="breach", actor=actor, data=data)
    tell_agency(case, "breach")
    tell_scheme(case, "breach")
    return row


@transaction.atomic
def answer_breach(*, breach_id: UUID, actor: User, text: str) -> Breach:
    """The agency says how it put it right."""
    row = lock(Breach, breach_id)
    act(row.give_answer, actor=actor, text=said(text, "text"))
    tell_scheme(row.case, "breach_answered")
    return row


@transaction.atomic
def settle_breach(*, breach_id: UUID, actor: User) -> Breach:
    """Seen to be put right."""
    row = lock(Breach, breach_id)
    act(row.settle, actor=actor)
    return row


@transaction.atomic
def refuse_answer(*, breach_id: UUID, actor: User, reason: str) -> Breach:
    """The answer does not put it right; the agency answers anew."""
    row = lock(Breach, breach_id)
    act(row.refuse_answer, actor=actor, reason=reason)
    tell_agency(row.case, "breach")
    return row
