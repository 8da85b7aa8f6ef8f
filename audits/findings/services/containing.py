"""What the agency did at once about a critical finding, and whether it stops the harm."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events, files
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

from ..models import Containment, Finding
from ..permissions import may_answer
from .following import follow
from .telling import tell_agency, tell_team


@transaction.atomic
def record_containment(
    *,
    finding_id: UUID,
    actor: User,
    done: str,
    done_on: date | None,
    upload: UploadedFile[Any] | None = None,
) -> Containment:
    """Say what was done at once and when. The clock of containment rests until the auditor sends it back."""
    finding = lock(Finding, finding_id)
    if not may_answer(finding, actor):
        raise NotPermitted
    _refuse_out_of_place(finding)
    problems: dict[str, list[str]] = {}
    if not done.strip():
        problems["done"] = [_("Say what you did at once so that nobody is harmed any more.")]
    if done_on is None:
        problems["done_on"] = [_("Give the day on which it was done.")]
    elif done_on > clocks.today():
        problems["done_on"] = [_("This day is still to come: record it once it is done.")]
    if problems:
        raise BadInput(fields=problems)
    assert done_on is not None
    last = finding.current_containment
    stored = None
    if upload is not None:
        stored = files.store(upload, organisation_id=finding.audit.agency.organisation_id, actor=actor)
    made = Containment.objects.create(
        finding=finding,
        round=last.round + 1 if last else 1,
        done=done.strip(),
        done_on=done_on,
        file=stored,
        sent_by=actor,
    )
    data = {"round": made.round, "done_on": done_on.isoformat()}
    events.record(finding, act="contain", actor=actor, data=data)
    tell_team(finding, "audits/containment_recorded")
    follow(finding)
    return made


def _refuse_out_of_place(finding: Finding) -> None:
    if finding.contain_due is None or not finding.is_issued or not finding.is_open:
        raise TransitionRefused(_("Only an issued critical finding that is still open is contained."))
    last = finding.current_containment
    if last is not None and last.stands:
        raise TransitionRefused(
            _("What you did at once is with the auditors already. They accept it or send it back.")
        )


@transaction.atomic
def accept_containment(*, finding_id: UUID, actor: User) -> Containment:
    """The harm is stopped; the plan and its evidence go on."""
    finding, containment = _to_judge(finding_id)
    act(containment.accept, actor=actor)
    events.record(finding, act="containment_accepted", actor=actor)
    tell_agency(finding, "audits/containment_accepted")
    return containment


@transaction.atomic
def return_containment(*, finding_id: UUID, actor: User, reason: str) -> Containment:
    """It does not stop the harm: back to the agency with a reason, and its clock runs again."""
    finding, containment = _to_judge(finding_id)
    act(containment.send_back, actor=actor, reason=reason, because=reason.strip())
    events.record(finding, act="containment_returned", actor=actor, reason=reason)
    tell_agency(finding, "audits/containment_returned", reason=reason.strip())
    return containment


def _to_judge(finding_id: UUID) -> tuple[Finding, Containment]:
    finding = lock(Finding, finding_id)
    last = finding.current_containment
    if last is None:
        raise TransitionRefused(_("The agency has not said yet what it did at once."))
    return finding, lock(Containment, last.pk)
