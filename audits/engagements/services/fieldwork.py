"""Stage 1 on the desk and stage 2 with people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from ..models import Audit, IndicatorNote, InterviewCount
from ..permissions import may_work
from ..states import AuditState, IntervieweeKind, Rating, Readiness, Stage
from . import telling

STATE_OF_STAGE = {Stage.DESK: AuditState.STAGE1, Stage.SITE: AuditState.STAGE2}
SAYS_ITSELF = (Rating.MEETS, Rating.CHECK)


@dataclass(frozen=True)
class IndicatorRating:
    """What the auditor saw on one indicator."""

    indicator_id: UUID
    rating: str
    note: str = ""


@transaction.atomic
def start_stage1(*, audit_id: UUID, actor: User) -> Audit:
    """Begin the desk review. Raises TransitionRefused while somebody of the team has not declared."""
    audit = lock(Audit, audit_id)
    act(audit.start_stage1, actor=actor)
    return audit


@transaction.atomic
def rate_indicators(*, audit_id: UUID, actor: User, stage: int, ratings: Sequence[IndicatorRating]) -> int:
    """Keep ratings and notes of one stage; returns how many changed. Nothing is kept when one of them is wrong."""
    audit = lock(Audit, audit_id)
    _require_work(audit, actor, Stage(stage))
    _check_ratings(audit, Stage(stage), ratings)
    known = {note.indicator_id: note for note in audit.notes.filter(stage=stage)}
    changed = 0
    for one in ratings:
        before = known.get(one.indicator_id)
        if before is not None and (before.rating, before.note) == (one.rating, one.note.strip()):
            continue
        IndicatorNote.objects.update_or_create(
            audit=audit,
            indicator_id=one.indicator_id,
            stage=stage,
            defaults={
                "rating": one.rating,
                "note": one.note.strip(),
                "author": actor,
                "changed_at": clocks.now(),
            },
        )
        changed += 1
    if changed:
        events.record(audit, act="rate", actor=actor, data={"stage": int(stage), "count": changed})
    return changed


def _require_work(audit: Audit, actor: User, stage: Stage) -> None:
    if not may_work(audit, actor):
        raise NotPermitted
    if audit.state != STATE_OF_STAGE[stage]:
        raise TransitionRefused(
            _("Notes of stage %(stage)s are taken while it is open; the audit is now: %(state)s.")
            % {"stage": int(stage), "state": AuditState(audit.state).label}
        )


def _check_ratings(audit: Audit, stage: Stage, ratings: Sequence[IndicatorRating]) -> None:
    edition = audit.assessment.edition_id
    indicators = {row.pk: row for row in Indicator.objects.filter(criterion__principle__edition_id=edition)}
    problems: dict[str, list[str]] = {}
    for one in ratings:
        indicator = indicators.get(one.indicator_id)
        if indicator is None:
            raise BadInput(_("This indicator is not part of the edition that is audited."))
        field = f"i{indicator.pk.hex}-note"
        if one.rating not in Rating.values:
            problems[f"i{indicator.pk.hex}-rating"] = [
                _("%s: choose a rating from the list.") % indicator.code
            ]
        elif stage == Stage.SITE and one.rating == Rating.CHECK:
            problems[f"i{indicator.pk.hex}-rating"] = [
                _("%s: stage 2 is the check on site; say what you found.") % indicator.code
            ]
        elif one.rating not in SAYS_ITSELF and not one.note.strip():
            problems[field] = [_("%s: say in the note what you saw.") % indicator.code]
    if problems:
        raise BadInput(fields=problems)


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
    return audit


@transaction.atomic
def count_interviews(*, audit_id: UUID, actor: User, counts: Mapping[str, tuple[int, str]]) -> None:
    """Keep how many people of each kind were spoken with; none needs a word why. No names, by design."""
    audit = lock(Audit, audit_id)
    _require_work(audit, actor, Stage.SITE)
    problems: dict[str, list[str]] = {}
    for kind, (held, note) in counts.items():
        if kind not in IntervieweeKind.values or held < 0:
            problems[f"{kind}-held"] = [_("Give a number, 0 or more.")]
        elif held == 0 and not note.strip():
            problems[f"{kind}-note"] = [_("Say why nobody was spoken with.")]
    if problems:
        raise BadInput(fields=problems)
    for kind, (held, note) in counts.items():
        InterviewCount.objects.update_or_create(
            audit=audit, kind=kind, defaults={"held": held, "note": note.strip()}
        )
    events.record(
        audit, act="count_interviews", actor=actor, data={k: held for k, (held, __) in counts.items()}
    )
