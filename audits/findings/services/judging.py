"""What the auditors do with an agency's answer and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements import services as engagements
from iris.accounts.models import User
from iris.core.errors import BadInput, TransitionRefused
from iris.core.fsm import act, lock

from ..models import CorrectiveAction, Finding
from ..permissions import may_judge
from ..states import Verification
from .carrying import release_carried, settle_carried
from .following import follow, held, refresh_minors
from .telling import tell_agency


def _current_action(finding: Finding) -> CorrectiveAction:
    action = finding.current_action
    if action is None:
        raise TransitionRefused(_("The agency has not answered yet."))
    return lock(CorrectiveAction, action.pk)


def _refuse_names(finding: Finding, actor: User, texts: Mapping[str, str]) -> None:
    """Texts of the auditors name nobody who was interviewed. Asked of them alone: to others it would tell who was."""
    if may_judge(finding, actor):
        engagements.refuse_texts(finding.audit, texts)


@transaction.atomic
def agree_action(*, finding_id: UUID, actor: User, on_site: bool = False) -> Finding:
    """Agree to the plan; the agency carries it out and sends evidence. `on_site` asks that it is seen there."""
    finding = lock(Finding, finding_id)
    finding.on_site = finding.on_site or on_site
    act(finding.agree_action, actor=actor, data={"on_site": finding.on_site})
    act(_current_action(finding).agree, actor=actor)
    tell_agency(finding, "audits/action_agreed")
    follow(finding)
    return finding


@transaction.atomic
def return_answer(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Send the plan back with a reason; the next answer is a new round."""
    finding = lock(Finding, finding_id)
    _refuse_names(finding, actor, {"reason": reason})
    act(finding.return_answer, actor=actor, reason=reason, because=reason.strip())
    act(_current_action(finding).reject, actor=actor, reason=reason, because=reason.strip())
    tell_agency(finding, "audits/finding_returned", reason=reason.strip())
    return finding


@transaction.atomic
def return_evidence(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Send the evidence back with a reason; the agency sends more, or a new plan."""
    finding = lock(Finding, finding_id)
    _refuse_names(finding, actor, {"reason": reason})
    act(finding.return_evidence, actor=actor, reason=reason, because=reason.strip())
    act(_current_action(finding).reject, actor=actor, reason=reason, because=reason.strip())
    tell_agency(finding, "audits/finding_returned", reason=reason.strip())
    return finding


@transaction.atomic
def close_finding(*, finding_id: UUID, actor: User, verification: str, note: str) -> Finding:
    """Close a finding whose correction was verified on the desk or on site. Nobody but the auditors closes one."""
    finding = held(finding_id)
    problems: dict[str, list[str]] = {}
    if verification not in Verification.values:
        problems["verification"] = [_("Choose how you verified it.")]
    elif finding.on_site and verification != Verification.SITE:
        problems["verification"] = [
            _(
                "This correction is seen on site before it is closed. Visit the place first, then close it here."
            )
        ]
    if not note.strip():
        problems["note"] = [_("Say what you saw that shows the correction works.")]
    if problems:
        raise BadInput(fields=problems)
    _refuse_names(finding, actor, {"note": note})
    act(
        finding.close,
        actor=actor,
        data={"verification": verification},
        verification=verification,
        note=note.strip(),
    )
    act(_current_action(finding).verify, actor=actor)
    tell_agency(finding, "audits/finding_closed")
    settle_carried(finding, actor=actor)
    refresh_minors(finding.audit)
    follow(finding)
    return finding


@transaction.atomic
def withdraw_finding(*, finding_id: UUID, actor: User, reason: str) -> Finding:
    """Take a finding back: it was not so. A minor that was carried to it goes on by itself."""
    finding = held(finding_id)
    was_issued = finding.is_issued
    _refuse_names(finding, actor, {"reason": reason})
    act(finding.withdraw, actor=actor, reason=reason, because=reason.strip())
    if was_issued:
        tell_agency(finding, "audits/finding_withdrawn", reason=reason.strip())
    release_carried(finding, actor=actor)
    refresh_minors(finding.audit)
    follow(finding)
    return finding
