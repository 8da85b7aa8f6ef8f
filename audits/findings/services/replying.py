"""What the agency does about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events, files
from iris.core.days import in_words
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock

from ..models import ActionFile, CorrectiveAction, Finding
from ..permissions import may_answer
from ..states import FindingState
from .following import follow
from .telling import tell_team


@dataclass(frozen=True)
class ActionPlan:
    """Root cause, correction, corrective and preventive action, who and until when."""

    root_cause: str
    correction: str
    action: str
    prevention: str
    owner: str
    due_on: date | None


@transaction.atomic
def answer_finding(
    *, finding_id: UUID, actor: User, plan: ActionPlan, uploads: tuple[UploadedFile[Any], ...] = ()
) -> CorrectiveAction:
    """Send root cause and plan to the auditor, with files where there are some already.

    Raises BadInput on the fields to correct, NotPermitted, Conflict.
    """
    finding = lock(Finding, finding_id)
    if may_answer(finding, actor) and finding.state in (FindingState.ISSUED, FindingState.RETURNED):
        _check_plan(finding, plan)
        _add_round(finding, plan, actor)
    act(finding.answer, actor=actor)
    action = finding.current_action
    assert action is not None
    for upload in uploads:
        _attach(finding, action, upload, "", actor)
    tell_team(finding, "audits/finding_answered")
    follow(finding)
    return action


def _add_round(finding: Finding, plan: ActionPlan, actor: User) -> None:
    last = finding.current_action
    assert plan.due_on is not None
    CorrectiveAction.objects.create(
        finding=finding,
        round=last.round + 1 if last else 1,
        root_cause=plan.root_cause.strip(),
        correction=plan.correction.strip(),
        action=plan.action.strip(),
        prevention=plan.prevention.strip(),
        owner=plan.owner.strip(),
        due_on=plan.due_on,
        sent_by=actor,
    )
    finding.forget_actions()


def _check_plan(finding: Finding, plan: ActionPlan) -> None:
    problems: dict[str, list[str]] = {}
    asked = {
        "root_cause": _("Say why it could happen, not only what happened."),
        "correction": _("Say what you did or do at once for the people concerned."),
        "action": _("Say what you change so that the cause goes away."),
        "prevention": _("Say how you keep it from happening again elsewhere."),
        "owner": _("Name the person who answers for it."),
    }
    for name, sentence in asked.items():
        if not getattr(plan, name).strip():
            problems[name] = [sentence]
    today = clocks.today()
    if plan.due_on is None:
        problems["due_on"] = [_("Give the day by which it is done.")]
    elif plan.due_on < today:
        problems["due_on"] = [_("This day has passed: choose today or later.")]
    elif finding.evidence_due and finding.evidence_due >= today and plan.due_on > finding.evidence_due:
        problems["due_on"] = [
            _("Evidence for this finding is due on %s: choose that day or earlier.")
            % in_words(finding.evidence_due)
        ]
    if problems:
        raise BadInput(fields=problems)


@transaction.atomic
def add_evidence(*, finding_id: UUID, actor: User, upload: UploadedFile[Any], title: str = "") -> ActionFile:
    """Add a file to the current plan, before it is sent to the auditor."""
    finding = lock(Finding, finding_id)
    action = finding.current_action
    if not may_answer(finding, actor):
        raise NotPermitted
    if action is None or action.agreed_at is None:
        raise TransitionRefused(_("Evidence follows an agreed plan: answer the finding first."))
    if finding.state not in (FindingState.ACTION_AGREED, FindingState.RETURNED):
        raise TransitionRefused(_("Evidence can be added while it is your move."))
    return _attach(finding, action, upload, title, actor)


def _attach(
    finding: Finding, action: CorrectiveAction, upload: UploadedFile[Any], title: str, actor: User
) -> ActionFile:
    stored = files.store(upload, organisation_id=finding.audit.agency.organisation_id, actor=actor)
    row = ActionFile.objects.create(
        action=action, file=stored, title=title.strip()[:200] or stored.name, added_by=actor
    )
    events.record(finding, act="file_added", actor=actor, data={"sha256": stored.sha256})
    return row


@transaction.atomic
def send_evidence(
    *, finding_id: UUID, actor: User, uploads: tuple[UploadedFile[Any], ...] = (), title: str = ""
) -> Finding:
    """Send the proof that the agreed action was carried out. Raises TransitionRefused without a new file."""
    finding = lock(Finding, finding_id)
    action = finding.current_action
    if may_answer(finding, actor) and action is not None and action.agreed_at is not None:
        for upload in uploads:
            _attach(finding, action, upload, title, actor)
    act(finding.send_evidence, actor=actor)
    if action is not None:
        act(lock(CorrectiveAction, action.pk).send, actor=actor)
        action.files.filter(sent_at=None).update(sent_at=clocks.now())
    tell_team(finding, "audits/evidence_sent")
    follow(finding)
    return finding
