"""Writing down signs: what was seen, with evidence and a next step, never a verdict (R99)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import in_words, moment_in_words
from iris.core.errors import BadInput, Conflict
from iris.core.fsm import lock

from .. import rules
from ..models import Evidence, SignRecord
from ..states import NextStep, Seen
from .evidence import require_team


@dataclass(frozen=True)
class SignEntry:
    """What the team writes on one sign. `base` is the version they had before them, None when nobody asks."""

    seen: str
    saw: str = ""
    evidence_ids: Sequence[UUID] = ()
    next_step: str = ""
    step_text: str = ""
    owner: str = ""
    due_on: date | None = None
    why_no_critical: str = ""
    base: int | None = None


@transaction.atomic
def record_sign(*, audit_id: UUID, actor: User, sign: str, entry: SignEntry) -> SignRecord:
    """Keep a version of what is written on a sign; the same once more changes nothing.

    Raises BadInput (a sign seen without evidence, words or next step; a verdict in the words), Conflict.
    """
    audit = lock(Audit, audit_id)
    require_team(audit, actor)
    if rules.sign_list().get(sign) is None:
        raise BadInput(_("There is no sign with this number; the list has eleven."))
    linked = _evidence(audit, entry)
    _check(entry, linked)
    last = SignRecord.objects.filter(audit=audit, sign=sign).order_by("-version").first()
    if last is not None:
        if _same(last, entry):
            return last
        if entry.base is not None and entry.base != last.version:
            raise Conflict(
                _(
                    "%(who)s wrote on this sign at %(when)s, after you opened it. Read it, then save yours again."
                )
                % {"who": last.author.label, "when": moment_in_words(last.created_at)}
            )
    made = SignRecord.objects.create(
        audit=audit,
        sign=sign,
        version=(last.version if last else 0) + 1,
        author=actor,
        **_values(entry),
    )
    made.evidence.set(linked)
    events.record(made, act="write", actor=actor, data={"sign": sign, "seen": entry.seen})
    return made


def _values(entry: SignEntry) -> dict[str, object]:
    seen = entry.seen == Seen.YES
    return {
        "seen": entry.seen,
        "saw": entry.saw.strip(),
        "next_step": entry.next_step if seen else "",
        "step_text": entry.step_text.strip() if seen else "",
        "owner": entry.owner.strip() if seen else "",
        "due_on": entry.due_on if seen else None,
        "why_no_critical": entry.why_no_critical.strip() if seen else "",
    }


def _same(last: SignRecord, entry: SignEntry) -> bool:
    linked = set(last.evidence.values_list("pk", flat=True))
    return linked == set(entry.evidence_ids) and all(
        getattr(last, name) == value for name, value in _values(entry).items()
    )


def _evidence(audit: Audit, entry: SignEntry) -> list[Evidence]:
    found = list(Evidence.objects.filter(audit=audit, pk__in=entry.evidence_ids, withdrawal=None))
    if len(found) != len(set(entry.evidence_ids)):
        raise BadInput(
            fields={"evidence": [_("One of these pieces is withdrawn or of another audit. Choose again.")]}
        )
    return found


def _check(entry: SignEntry, linked: list[Evidence]) -> None:
    problems: dict[str, list[str]] = {}
    if entry.seen not in Seen.values:
        problems["seen"] = [_("Say whether the sign was seen.")]
    for name in ("saw", "step_text", "why_no_critical"):
        if rules.states_a_verdict(getattr(entry, name)):
            problems[name] = [
                _(
                    "Expected what was seen; found a conclusion. Write what you saw, heard or read; whether it is "
                    "forced labour is not for an audit to say."
                )
            ]
    if entry.seen == Seen.YES:
        _check_seen(entry, linked, problems)
    if problems:
        raise BadInput(fields=problems)


def _check_seen(entry: SignEntry, linked: list[Evidence], problems: dict[str, list[str]]) -> None:
    if not entry.saw.strip():
        problems["saw"] = [_("Say what was seen, without names.")]
    if not linked:
        problems["evidence"] = [
            _("A sign that was seen rests on evidence. Add it to the audit first, then choose it here.")
        ]
    if entry.next_step not in NextStep.values:
        problems["next_step"] = [_("Choose what is done next. A sign is never only noted.")]
    if not entry.owner.strip():
        problems["owner"] = [_("Say who does it: a function or a person of the team.")]
    if entry.due_on is None:
        problems["due_on"] = [_("Say by which day it is done.")]
    elif entry.due_on < clocks.today():
        problems["due_on"] = [
            _("Expected today or later, found %s. Say by which day it is done.") % in_words(entry.due_on)
        ]
