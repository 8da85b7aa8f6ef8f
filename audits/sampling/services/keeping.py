"""After the draw: more of a stratum, reserves, replacements, references released, items looked at."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import act, lock

from .. import permissions, rules
from ..models import Frame, Replacement, Sample, SampleMember, SampleStratum, StratumRaise
from ..states import ItemResult, MemberState, Way, WhyReplaced
from . import telling
from .drawing import next_places


def _require_open(frame: Frame, allowed: bool) -> None:
    if not allowed:
        raise NotPermitted
    left = rules.missing_for_change(frame)
    if left:
        raise TransitionRefused(missing=left)


def _locked_stratum(stratum_id: UUID) -> SampleStratum:
    stratum = SampleStratum.objects.select_related("sample__frame__audit", "sample__version").get(
        pk=stratum_id
    )
    lock(Sample, stratum.sample_id)
    stratum.refresh_from_db(fields=["size"])
    return stratum


def _add(stratum: SampleStratum, count: int, way: Way, state: MemberState) -> list[SampleMember]:
    """The next places of a stratum."""
    return SampleMember.objects.bulk_create(
        [
            SampleMember(
                sample=stratum.sample, stratum=stratum, member_id=line, place=place, way=way, state=state
            )
            for place, line in next_places(stratum, count)
        ]
    )


@transaction.atomic
def raise_stratum(*, stratum_id: UUID, actor: User, size: int, reason: str) -> list[SampleMember]:
    """Draw more of a stratum than the rule gives, up to everyone on the list; those in reserve come first."""
    stratum = _locked_stratum(stratum_id)
    frame = stratum.sample.frame
    _require_open(frame, permissions.may_lead(frame, actor))
    _check_size(stratum, size)
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why more are needed; it stands in the statement.")]})
    wanted = size - stratum.size
    waiting = _reserve_of(stratum)[:wanted]
    free = stratum.population - stratum.members.count()
    if wanted > len(waiting) + free:
        raise BadInput(fields={"size": [_none_left(stratum)]})
    for member in waiting:
        act(member.take_in, actor=actor, data={"why": "raised"})
    added = _add(stratum, wanted - len(waiting), Way.RAISED, MemberState.DRAWN)
    StratumRaise.objects.create(
        stratum=stratum, before=stratum.size, after=size, reason=reason.strip(), actor=actor
    )
    before, stratum.size = stratum.size, size
    stratum.save(update_fields=["size"])
    events.record(
        frame,
        act="raise_stratum",
        actor=actor,
        reason=reason.strip(),
        data={"stratum": stratum.number, "from": before, "to": size},
    )
    return [*waiting, *added]


def _check_size(stratum: SampleStratum, size: int) -> None:
    """A sample is never larger than its stratum, and never smaller than the rule made it."""
    if size > stratum.population:
        raise BadInput(
            fields={
                "size": [
                    _(
                        "%(stratum)s: expected at most %(most)s, which is everyone on the list, found %(found)s. "
                        "Write a smaller number, or ask for a list that holds more."
                    )
                    % {"stratum": stratum.words, "most": stratum.population, "found": size}
                ]
            }
        )
    if size <= stratum.size:
        raise BadInput(
            fields={
                "size": [
                    _(
                        "%(stratum)s: %(now)s are drawn already. Write a larger number; a draw is never made smaller."
                    )
                    % {"stratum": stratum.words, "now": stratum.size}
                ]
            }
        )


def _reserve_of(stratum: SampleStratum) -> list[SampleMember]:
    return list(stratum.members.filter(state=MemberState.RESERVE).order_by("place"))


def _none_left(stratum: SampleStratum) -> str:
    return (
        ngettext(
            "%(stratum)s: the one on the list is drawn already.",
            "%(stratum)s: all %(count)d on the list are drawn already.",
            stratum.population,
        )
        % {"stratum": stratum.words, "count": stratum.population}
        + " "
        + _(
            "Raise another stratum of the same corridor, or give the place up without a replacement: "
            "the statement then says so."
        )
    )


@transaction.atomic
def draw_reserve(*, stratum_id: UUID, actor: User, count: int) -> list[SampleMember]:
    """Draw the next of a stratum into reserve, for places that may have to be given up."""
    stratum = _locked_stratum(stratum_id)
    frame = stratum.sample.frame
    _require_open(frame, permissions.may_lead(frame, actor))
    free = stratum.population - stratum.members.count()
    if count < 1:
        raise BadInput(fields={"count": [_("Write how many, 1 or more.")]})
    if count > free:
        raise BadInput(
            fields={
                "count": [
                    _(
                        "%(stratum)s: expected at most %(free)s, because %(population)s are on the list and "
                        "%(taken)s are drawn or in reserve; found %(found)s. Write a smaller number."
                    )
                    % {
                        "stratum": stratum.words,
                        "free": free,
                        "population": stratum.population,
                        "taken": stratum.population - free,
                        "found": count,
                    }
                ]
            }
        )
    added = _add(stratum, count, Way.RESERVE, MemberState.RESERVE)
    events.record(frame, act="draw_reserve", actor=actor, data={"stratum": stratum.number, "count": count})
    return added


@transaction.atomic
def replace_member(
    *, member_id: UUID, actor: User, reason: str, note: str = "", without: bool = False
) -> Replacement:
    """Give a place up for a reason and take the next of the same stratum in the order of the draw: nobody chooses.

    `without` gives it up with nobody instead, which is right only when the stratum has nobody left.
    """
    member = SampleMember.objects.select_related("sample__frame__audit", "stratum").get(pk=member_id)
    lock(Sample, member.sample_id)
    member = lock(SampleMember, member_id)
    frame = member.sample.frame
    _require_open(frame, permissions.may_work(frame, actor))
    _check_reason(reason, note)
    stratum = member.stratum
    act(member.replace, actor=actor, reason=_reason_words(reason, note), data={"reason": reason})
    waiting = _reserve_of(stratum)
    taken: SampleMember | None = None
    if waiting:
        taken = waiting[0]
        act(taken.take_in, actor=actor, data={"why": "replacement"})
    elif not without:
        taken = next(iter(_add(stratum, 1, Way.REPLACEMENT, MemberState.DRAWN)), None)
        if taken is None:
            raise TransitionRefused(_none_left(stratum), code="stratum_exhausted")
    elif stratum.population > stratum.members.count():
        raise Conflict(_("There is a next one in this stratum: replace the place instead of giving it up."))
    return Replacement.objects.create(
        given_up=member, taken=taken, reason=reason, note=note.strip(), actor=actor
    )


def _check_reason(reason: str, note: str) -> None:
    if reason not in WhyReplaced.values:
        raise ReasonRequired(
            fields={"reason": [_("Choose why the place is given up. It is kept on record.")]}
        )
    if reason == WhyReplaced.OTHER and not note.strip():
        raise ReasonRequired(fields={"note": [_("Say in a sentence why. Write no name.")]})


def _reason_words(reason: str, note: str) -> str:
    words = str(WhyReplaced(reason).label)
    return f"{words}: {note.strip()}" if note.strip() else words


@transaction.atomic
def release_references(*, sample_id: UUID, actor: User) -> Sample:
    """Show the agency which files, payments or adverts were drawn, so that it can fetch them. Never people."""
    sample = lock(Sample, sample_id)
    frame = sample.frame
    if frame.of_people:
        raise NotPermitted(_("Who was drawn is never shown to the agency."))
    _require_open(frame, permissions.may_lead(frame, actor))
    if sample.released_at is not None:
        return sample
    sample.released_at = clocks.now()
    sample.save(update_fields=["released_at"])
    events.record(frame, act="release_references", actor=actor, data={"size": sample.size})
    telling.tell_released(sample)
    return sample


@transaction.atomic
def mark_item(*, member_id: UUID, actor: User, result: str, note: str = "") -> SampleMember:
    """Keep what was seen of a file, a payment trail or an advert. Said again, the last word holds."""
    member = lock(SampleMember, member_id)
    frame = member.sample.frame
    _require_open(frame, permissions.may_work(frame, actor))
    if frame.of_people:
        raise BadInput(_("People are interviewed, not marked."))
    if member.state != MemberState.DRAWN:
        raise Conflict(_("This place is not in the sample any more."))
    if result not in ItemResult.values:
        raise BadInput(fields={"result": [_("Choose what you saw.")]})
    if result != ItemResult.IN_ORDER and not note.strip():
        raise BadInput(fields={"note": [_("Say what is wrong, or what was not shown.")]})
    if (member.result, member.result_note) == (result, note.strip()):
        return member
    member.result = result
    member.result_note = note.strip()
    member.result_by = actor
    member.result_at = clocks.now()
    member.save(update_fields=["result", "result_note", "result_by", "result_at"])
    events.record(member, act="mark_item", actor=actor, data={"result": result})
    return member


def mark_items(*, sample_id: UUID, actor: User, marks: Sequence[tuple[UUID, str, str]]) -> int:
    """Keep several at once: all or none; returns how many were given."""
    with transaction.atomic():
        for member_id, result, note in marks:
            mark_item(member_id=member_id, actor=actor, result=result, note=note)
    return len(marks)
