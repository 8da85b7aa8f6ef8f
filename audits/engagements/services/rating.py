"""What auditors write on indicators: saved with a version, so that two people never overwrite each other unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import lock

from ..models import Audit, IndicatorNote, NoteDraft, NoteVersion
from ..permissions import may_work
from ..rules import refuse_texts
from ..states import AuditState, NoteOrigin, Rating, Stage

STATE_OF_STAGE = {Stage.DESK: AuditState.STAGE1, Stage.SITE: AuditState.STAGE2}
SAYS_ITSELF = (Rating.MEETS, Rating.CHECK)


@dataclass(frozen=True)
class IndicatorRating:
    """What the auditor saw on one indicator. `base`: the version they had before them, 0 for none, None unasked."""

    indicator_id: UUID
    rating: str
    note: str = ""
    base: int | None = None

    @property
    def content(self) -> tuple[str, str]:
        """What would be kept."""
        return self.rating, self.note.strip()


@dataclass(frozen=True)
class Clash:
    """What somebody typed beside what somebody else saved meanwhile."""

    typed: IndicatorRating
    kept: IndicatorNote

    def __str__(self) -> str:
        return _("%(code)s: %(who)s saved it at %(when)s while you were writing.") % {
            "code": self.kept.indicator.code,
            "who": self.kept.author.label,
            "when": date_format(self.kept.changed_at, "H:i"),
        }


class StaleRatings(Conflict):
    """Somebody else saved meanwhile; nothing is written. `clashes` holds both texts of each indicator."""

    code = "stale_ratings"

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = list(clashes)
        super().__init__(
            _("Somebody else saved meanwhile. Read both texts and save the one that counts."),
            missing=[str(one) for one in clashes],
        )


@transaction.atomic
def rate_indicators(
    *,
    audit_id: UUID,
    actor: User,
    stage: int,
    ratings: Sequence[IndicatorRating],
    origin: str = NoteOrigin.DESK,
) -> int:
    """Keep ratings and notes of one stage; returns how many changed. Nothing is kept when one of them is wrong.

    Raises StaleRatings where somebody saved another text since the version a rating names as its base.
    """
    audit = lock(Audit, audit_id)
    require_work(audit, actor, Stage(stage))
    _check_ratings(audit, Stage(stage), ratings)
    refuse_texts(audit, {f"i{one.indicator_id.hex}-note": one.note for one in ratings if one.note.strip()})
    known = {
        note.indicator_id: note
        for note in audit.notes.filter(stage=stage).select_related("author", "indicator")
    }
    changed = [one for one in ratings if _content(known.get(one.indicator_id)) != one.content]
    changed = _without_stale(known, changed)
    _write(audit, actor, Stage(stage), known, changed, origin)
    if origin != NoteOrigin.KIT:  # what was typed on the desk is not in the kit: it stays a draft
        NoteDraft.objects.filter(
            audit=audit, stage=stage, author=actor, indicator_id__in=[one.indicator_id for one in ratings]
        ).delete()
    if changed:
        events.record(audit, act="rate", actor=actor, data={"stage": int(stage), "count": len(changed)})
    return len(changed)


def _content(note: IndicatorNote | None) -> tuple[str, str] | None:
    return (note.rating, note.note) if note else None


def _without_stale(
    known: Mapping[UUID, IndicatorNote], changed: Sequence[IndicatorRating]
) -> list[IndicatorRating]:
    """What may be written. What the person left as it was when they opened the page is not theirs to put back."""
    stale = {
        one.indicator_id: one
        for one in changed
        if one.base is not None
        and (kept := known.get(one.indicator_id)) is not None
        and kept.version != one.base
    }
    if not stale:
        return list(changed)
    seen = {
        (row.note_id, row.version): (row.rating, row.text)
        for row in NoteVersion.objects.filter(note__in=[known[pk] for pk in stale])
    }
    untouched = {pk for pk, one in stale.items() if seen.get((known[pk].pk, one.base or 0)) == one.content}
    clashes = [Clash(one, known[pk]) for pk, one in stale.items() if pk not in untouched]
    if clashes:
        raise StaleRatings(clashes)
    return [one for one in changed if one.indicator_id not in untouched]


def _write(
    audit: Audit,
    actor: User,
    stage: Stage,
    known: Mapping[UUID, IndicatorNote],
    changed: Iterable[IndicatorRating],
    origin: str,
) -> None:
    now = clocks.now()
    new, versions = [], []
    for one in changed:
        rating, text = one.content
        note = known.get(one.indicator_id)
        if note is None:
            note = IndicatorNote(audit=audit, indicator_id=one.indicator_id, stage=stage, version=0)
            new.append(note)
        note.rating, note.note, note.author, note.changed_at = rating, text, actor, now
        note.version += 1
        if one.indicator_id in known:
            note.save()
        versions.append(
            NoteVersion(
                note=note,
                version=note.version,
                rating=rating,
                text=text,
                author=actor,
                changed_at=now,
                origin=origin,
            )
        )
    IndicatorNote.objects.bulk_create(new)
    NoteVersion.objects.bulk_create(versions)


@dataclass(frozen=True)
class Saved:
    """What became of something typed: saved for the team, or kept as this person's draft, and then why."""

    kind: Literal["saved", "draft"]
    version: int
    why: str = ""


def autosave(*, audit_id: UUID, actor: User, stage: int, one: IndicatorRating) -> Saved:
    """Save one rating; what is not complete yet is kept as this person's draft. Nothing typed is lost.

    Raises StaleRatings where somebody else saved another text meanwhile; what was typed is kept as a draft. What names
    somebody who was interviewed is kept nowhere but in the field it was typed into.
    """
    audit = Audit.objects.select_related("firm").get(pk=audit_id)
    try:
        if may_work(audit, actor):
            refuse_texts(audit, {"note": one.note})
    except BadInput as refused:
        return Saved("draft", one.base or 0, str(refused.fields["note"][0]))
    try:
        rate_indicators(audit_id=audit_id, actor=actor, stage=stage, ratings=[one])
    except StaleRatings:
        _keep_draft(audit_id, actor, stage, one)
        raise
    except BadInput as refused:
        if not refused.fields:
            raise
        _keep_draft(audit_id, actor, stage, one)
        why = str(next(iter(refused.fields.values()))[0]).partition(": ")[2]
        return Saved("draft", one.base or 0, why[:1].upper() + why[1:])
    note = IndicatorNote.objects.get(audit_id=audit_id, indicator_id=one.indicator_id, stage=stage)
    return Saved("saved", note.version)


def _keep_draft(audit_id: UUID, actor: User, stage: int, one: IndicatorRating) -> None:
    mine = NoteDraft.objects.filter(
        audit_id=audit_id, indicator_id=one.indicator_id, stage=stage, author=actor
    )
    if not one.rating and not one.note.strip():
        mine.delete()
        return
    NoteDraft.objects.update_or_create(
        audit_id=audit_id,
        indicator_id=one.indicator_id,
        stage=stage,
        author=actor,
        defaults={
            "rating": one.rating if one.rating in Rating.values else "",
            "text": one.note,
            "base": one.base or 0,
            "saved_at": clocks.now(),
        },
    )


def require_work(audit: Audit, actor: User, stage: Stage) -> None:
    """Refuse whoever is not of the team, and notes of a stage that is not open."""
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
