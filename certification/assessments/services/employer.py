"""The employer's word on a job order: asking for it, giving it, reminding of it. Answers are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.assessments import selectors
from certification.assessments.models import (
    Assessment,
    CostLine,
    EmployerRequest,
    EmployerStatement,
    JobOrder,
)
from certification.assessments.permissions import may_answer_for, may_write, works_for
from certification.assessments.states import AssessmentState, Verdict
from iris.accounts import services as accounts
from iris.accounts.models import User
from iris.accounts.states import OrganisationState, Role
from iris.core import clocks, events, files
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, DomainError, NotPermitted
from iris.core.fsm import lock
from iris.core.models import StoredFile
from iris.core.money import Money, is_currency
from iris.notify.services import notify_roles

LONGEST_REASON = 5_000
ANSWERING = (Role.SOURCING_MANAGER,)
AGENCY = (Role.SIGNATORY, Role.MANAGER)


@dataclass(frozen=True)
class Dispute:
    """What the employer says is wrong with a line; its own figure as typed."""

    reason: str
    own_amount: str = ""
    own_currency: str = ""


@transaction.atomic
def ask_employer(
    *, assessment_id: UUID, actor: User, order_id: UUID, email: str, country: str
) -> EmployerRequest:
    """Ask the employer named on a job order to confirm its costs. It may be asked after declaring too.

    Raises BadInput on `email`, Conflict when it was asked already or there is nothing to confirm yet.
    """
    assessment = _own(assessment_id, actor)
    order = assessment.job_orders.get(pk=order_id)
    if assessment.state in (AssessmentState.SUPERSEDED, AssessmentState.WITHDRAWN):
        raise Conflict(_("A newer self-assessment took the place of this one. Ask the employer there."))
    standing = selectors.requests_of(assessment).get(order.reference.lower())
    if standing is not None:
        raise Conflict(
            _("%(name)s asked %(employer)s already on %(when)s.")
            % {
                "name": standing.asked_by.label,
                "employer": standing.organisation.name,
                "when": in_words(standing.created_at),
            }
        )
    if not order.cost_lines.exists():
        raise Conflict(_("There is nothing to confirm yet. Write down the costs of this job order first."))
    organisation = accounts.reach_employer(
        actor=actor, name=order.employer_name, country=country, email=email
    )
    request = EmployerRequest.objects.create(
        job_order=order,
        organisation=organisation,
        email=email.strip().lower(),
        asked_by=actor,
        due_on=clocks.deadline(clocks.today(), "employer_answer_days"),
    )
    events.record(assessment, act="employer_asked", actor=actor, data=_facts(request))
    _tell_employer(request)
    return request


@transaction.atomic
def withdraw_request(*, request_id: UUID, actor: User) -> EmployerRequest:
    """Take back a request that named the wrong employer. Raises Conflict once that employer has answered."""
    request = lock(EmployerRequest, request_id)
    assessment = _own(request.job_order.assessment_id, actor)
    if request.withdrawn_at is not None:
        raise Conflict(_("This request was taken back already."))
    if request.statements.exists():
        raise Conflict(_("The employer has answered. The request stays, and so does the answer."))
    request.withdrawn_at = clocks.now()
    request.save(update_fields=["withdrawn_at"])
    events.record(assessment, act="employer_not_asked", actor=actor, data=_facts(request))
    return request


@transaction.atomic
def confirm_lines(*, request_id: UUID, actor: User, fingerprints: dict[UUID, str]) -> list[EmployerStatement]:
    """Confirm lines as they were shown: line id -> fingerprint of what the person saw.

    Raises Conflict when the agency changed a line meanwhile; then nothing is confirmed.
    """
    request = _asked(request_id, actor)
    if not fingerprints:
        raise BadInput(_("Choose at least one cost to confirm."))
    made = [
        _state(request, _line_as_seen(request, line_id, seen), actor, verdict=Verdict.CONFIRMED)
        for line_id, seen in fingerprints.items()
    ]
    _after(request, actor, "employer_confirmed", [one.line_id for one in made])
    return made


@transaction.atomic
def dispute_line(
    *,
    request_id: UUID,
    actor: User,
    line_id: UUID,
    fingerprint: str,
    dispute: Dispute,
    upload: UploadedFile[Any] | None = None,
) -> EmployerStatement:
    """Say what is wrong with a line, with one's own figure and proof where there are any.

    Raises BadInput by field (`reason`, `own_amount`, `own_currency`, `upload`), Conflict when the line changed.
    """
    request = _asked(request_id, actor)
    line = _line_as_seen(request, line_id, fingerprint)
    own, wrong = _read_figure(dispute)
    if not dispute.reason.strip():
        wrong["reason"] = [_("Say what is wrong: who paid, how much, or that you do not know this cost.")]
    elif len(dispute.reason) > LONGEST_REASON:
        wrong["reason"] = [_("At most %(most)s characters.") % {"most": LONGEST_REASON}]
    if wrong:
        raise BadInput(fields=wrong)
    proof = None
    if upload is not None:
        organisation_id = request.organisation_id
        proof = files.store(upload, organisation_id=organisation_id, actor=actor, field="upload")
    made = _state(
        request, line, actor, verdict=Verdict.DISPUTED, reason=dispute.reason.strip(), own=own, proof=proof
    )
    _after(request, actor, "employer_disputed", [line.pk])
    return made


@transaction.atomic
def tell_employers() -> int:
    """Tell employers that can be told now (the scheme has admitted them), and remind once before the last day."""
    told = 0
    waiting = EmployerRequest.objects.filter(withdrawn_at=None).select_related("organisation")
    for row in waiting.filter(told_at=None, organisation__state=OrganisationState.ACTIVE):
        told += _tell_employer(lock(EmployerRequest, row.pk))
    soon = clocks.today() + timedelta(days=clocks.number("employer_reminder_days"))
    for row in waiting.filter(
        told_at__isnull=False, reminded_at=None, due_on__lte=soon, due_on__gte=clocks.today()
    ):
        told += _remind(lock(EmployerRequest, row.pk))
    return told


def _own(assessment_id: UUID, actor: User) -> Assessment:
    assessment = lock(Assessment, assessment_id)
    if not works_for(assessment.agency, actor):
        raise Assessment.DoesNotExist
    if not may_write(assessment, actor):
        raise NotPermitted()
    return assessment


def _asked(request_id: UUID, actor: User) -> EmployerRequest:
    """The locked request, or a refusal; for another employer it does not exist."""
    request = lock(EmployerRequest, request_id)
    organisation = actor.organisation
    if organisation is None or not actor.is_kind("employer") or organisation.pk != request.organisation_id:
        raise EmployerRequest.DoesNotExist
    if not may_answer_for(request.organisation_id, actor):
        raise NotPermitted(_("Only a sourcing manager speaks for the employer here."))
    if request.withdrawn_at is not None:
        raise EmployerRequest.DoesNotExist
    return request


def _line_as_seen(request: EmployerRequest, line_id: UUID, fingerprint: str) -> CostLine:
    line = next((line for line in _now(request).lines if line.pk == line_id), None)
    if line is None or line.fingerprint != fingerprint:
        raise Conflict(
            _("The agency changed this cost while you were reading. Look at it again, then answer.")
        )
    return line


def _state(
    request: EmployerRequest,
    line: CostLine,
    actor: User,
    *,
    verdict: Verdict,
    reason: str = "",
    own: Money | None = None,
    proof: StoredFile | None = None,
) -> EmployerStatement:
    return EmployerStatement.objects.create(
        request=request,
        line_id=line.pk,
        fingerprint=line.fingerprint,
        shown={
            "category": line.category,
            "label": line.label,
            "amount": [line.amount_minor, line.currency],
            "shares": [[payer.value, part.minor] for payer, part in line.shares],
        },
        verdict=verdict,
        reason=reason,
        own_minor=own.minor if own else None,
        own_currency=own.currency if own else "",
        proof=proof,
        said_by=actor,
    )


def _read_figure(dispute: Dispute) -> tuple[Money | None, dict[str, list[str]]]:
    if not dispute.own_amount.strip():
        return None, {}
    if not is_currency(dispute.own_currency):
        return None, {"own_currency": [_("Choose a currency.")]}
    try:
        return Money.parse(dispute.own_amount, dispute.own_currency), {}
    except DomainError as error:
        return None, {"own_amount": [str(error.message)]}


def _after(request: EmployerRequest, actor: User, act: str, lines: Iterable[UUID]) -> None:
    """Note it on the assessment; tell the agency of a dispute at once, of confirmations when none is left open."""
    now = _now(request)
    order, word = now.order, now.word
    events.record(
        order.assessment, act=act, actor=actor, data={**_facts(request), "lines": [str(pk) for pk in lines]}
    )
    if act == "employer_disputed" or not word.unanswered:
        notify_roles(
            organisation=order.assessment.agency.organisation,
            roles=AGENCY,
            template="assessments/employer_answered",
            context={
                "employer": request.organisation.name,
                "reference": order.reference,
                "disputed": word.disputed,
                "confirmed": word.confirmed,
                "unanswered": word.unanswered,
            },
            url=_agency_url(order),
        )


def _now(request: EmployerRequest) -> selectors.Asked:
    """The request with the lines of the newest revision and everything said so far."""
    [found] = selectors.with_lines(EmployerRequest.objects.filter(pk=request.pk))
    return found


def _agency_url(order: JobOrder) -> str:
    return reverse("assessments:ledger", args=[order.assessment_id]) + f"#order-{order.pk}"


def _facts(request: EmployerRequest) -> dict[str, str]:
    return {"order": str(request.job_order_id), "employer": str(request.organisation_id)}


def _tell_employer(request: EmployerRequest) -> int:
    """Tell its people once the scheme has admitted it; until then the sweep waits."""
    if request.told_at is not None or request.organisation.state != OrganisationState.ACTIVE:
        return 0
    told = _write(request, "employer_asked")
    if told:
        request.told_at = clocks.now()
        request.due_on = max(request.due_on, clocks.deadline(clocks.today(), "employer_answer_days"))
        request.save(update_fields=["told_at", "due_on"])
    return told


def _remind(request: EmployerRequest) -> int:
    request.reminded_at = clocks.now()
    request.save(update_fields=["reminded_at"])
    if not _now(request).word.unanswered:
        return 0
    return _write(request, "employer_reminder")


def _write(request: EmployerRequest, template: str) -> int:
    order = request.job_order
    return len(
        notify_roles(
            organisation=request.organisation,
            roles=ANSWERING,
            template=f"assessments/{template}",
            context={
                "agency": order.assessment.agency.legal_name,
                "reference": order.reference,
                "employer": order.employer_name,
                "corridor": order.corridor.text,
                "due": request.due_on,
            },
            url=reverse("assessments:employer_order", args=[request.pk]),
            key=f"{template}:{request.pk}",
        )
    )
