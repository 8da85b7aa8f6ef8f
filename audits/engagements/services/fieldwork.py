"""Stage 1 on the desk and stage 2 with people."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, ReasonRequired
from iris.core.fsm import act, lock

from ..models import Audit, InterviewCount
from ..rules import counted_above, refuse_texts
from ..states import IntervieweeKind, Notice, Readiness, Stage
from . import telling
from .rating import require_work


@transaction.atomic
def start_stage1(*, audit_id: UUID, actor: User) -> Audit:
    """Begin the desk review. Raises TransitionRefused while somebody of the team has not declared."""
    audit = lock(Audit, audit_id)
    act(audit.start_stage1, actor=actor)
    return audit


@transaction.atomic
def close_stage1(*, audit_id: UUID, actor: User, readiness: str, text: str) -> Audit:
    """Conclude stage 1. Raises TransitionRefused while an indicator is unrated; not ready needs its reasons."""
    audit = lock(Audit, audit_id)
    if readiness not in Readiness.values:
        raise BadInput(fields={"readiness": [_("Choose whether the agency is ready for stage 2.")]})
    if readiness == Readiness.NOT_READY and not text.strip():
        raise ReasonRequired(fields={"text": [_("Say what the agency must put right before stage 2.")]})
    act(audit.close_stage1, actor=actor, reason=text, readiness=readiness, text=text.strip())
    ready = readiness == Readiness.READY
    telling.tell_agency(audit, "audits/stage1_closed" if ready else "audits/not_ready", text=text.strip())
    return audit


@transaction.atomic
def reopen_stage1(*, audit_id: UUID, actor: User, reason: str) -> Audit:
    """Take the desk review up again."""
    audit = lock(Audit, audit_id)
    act(audit.reopen_stage1, actor=actor, reason=reason)
    return audit


@transaction.atomic
def start_stage2(*, audit_id: UUID, actor: User) -> Audit:
    """Begin interviews and visits; the report's clock starts from the last planned day."""
    audit = lock(Audit, audit_id)
    last_day = max(audit.stage2_to or clocks.today(), clocks.today())
    act(audit.start_stage2, actor=actor, report_due=clocks.deadline(last_day, "audit_report_days"))
    plan = getattr(audit, "audit_plan", None)
    if plan is not None and plan.notice == Notice.UNANNOUNCED:
        telling.tell_agency(audit, "audits/begun")
    return audit


@transaction.atomic
def count_interviews(*, audit_id: UUID, actor: User, counts: Mapping[str, tuple[int, str]]) -> None:
    """Keep how many people of each kind were spoken with; none needs a word why. No names, by design."""
    audit = lock(Audit, audit_id)
    require_work(audit, actor, Stage.SITE)
    recorded = counted_above(audit)
    problems: dict[str, list[str]] = {}
    for kind, (held, note) in counts.items():
        if kind not in IntervieweeKind.values or held < 0:
            problems[f"{kind}-held"] = [_("Give a number, 0 or more.")]
        elif held == 0 and not note.strip():
            problems[f"{kind}-note"] = [_("Say why nobody was spoken with.")]
        elif held != recorded.get(kind, held):
            problems[f"{kind}-held"] = [
                _("%(n)d are on record; this number follows the records of the interviews.")
                % {"n": recorded[kind]}
            ]
    if problems:
        raise BadInput(fields=problems)
    refuse_texts(audit, {f"{kind}-note": note for kind, (_held, note) in counts.items()})
    for kind, (held, note) in counts.items():
        InterviewCount.objects.update_or_create(
            audit=audit, kind=kind, defaults={"held": held, "note": note.strip()}
        )
    events.record(
        audit, act="count_interviews", actor=actor, data={k: held for k, (held, __) in counts.items()}
    )


def keep_count(*, audit: Audit, kind: IntervieweeKind, held: int, note: str) -> None:
    """The count of one kind, from the records of a room above, which asked who may."""
    InterviewCount.objects.update_or_create(audit=audit, kind=kind, defaults={"held": held, "note": note})
    events.record(audit, act="count_interviews", actor=events.SYSTEM, data={str(kind): held})
