"""Lists: asked for, sent and confirmed, asked for again, set aside."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from iris.accounts.models import User
from iris.core import clocks, events, files
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.core.fsm import act, lock, may
from iris.core.vault import Vault

from .. import rules
from ..models import Frame, FrameDraft, FrameMember, FrameVersion
from ..rules import ListRow, Unit
from ..states import OPEN, FrameKind, FrameState, Source
from . import sealing, telling

DRAFTS = Vault("audits.sampling.drafts")
BATCH = 2_000


class ListRefused(BadInput):
    """The list cannot be taken; `problems` says row by row what to correct. Nothing of it was kept."""

    code = "list_refused"

    def __init__(self, problems: Sequence[str], more: int = 0) -> None:
        super().__init__(_("Nothing was kept: some rows have to be corrected first."))
        self.problems = list(problems)
        self.more = more


@transaction.atomic
def ask_for_list(*, audit_id: UUID, kind: str, actor: User, due_on: date, note: str = "") -> Frame:
    """Ask the agency for a list by a day. Raises Conflict when it has been asked for before."""
    frame = _new_frame(audit_id, kind, actor, due_on, note.strip())
    events.record(
        frame.audit, act="ask_list", actor=actor, data={"kind": kind, "commitment": frame.commitment}
    )
    telling.tell_asked(frame)
    return frame


@transaction.atomic
def begin_list(*, audit_id: UUID, kind: str, actor: User) -> Frame:
    """A list that the team brings itself, without asking the agency. Said again, it is the same list."""
    existing = Frame.objects.filter(audit_id=audit_id, kind=kind).first()
    if existing is not None:
        return existing
    frame = _new_frame(audit_id, kind, actor, clocks.today(), "")
    events.record(
        frame.audit, act="begin_list", actor=actor, data={"kind": kind, "commitment": frame.commitment}
    )
    return frame


def _new_frame(audit_id: UUID, kind: str, actor: User, due_on: date, note: str) -> Frame:
    audit = lock(Audit, audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    if kind not in FrameKind.values:
        raise BadInput(fields={"kind": [_("Choose what the list holds.")]})
    if due_on < clocks.today():
        raise BadInput(fields={"due_on": [_("This day has passed: choose today or later.")]})
    held = audit.frames.filter(kind=kind).first()
    if held is not None:
        raise Conflict(
            _("This list was asked for on %(day)s already. Its page shows where it stands.")
            % {"day": in_words(held.asked_at)}
        )
    nonce = secrets.token_hex(16)
    frame = Frame(
        audit=audit,
        kind=kind,
        asked_by=actor,
        asked_at=clocks.now(),
        due_on=due_on,
        note=note,
        nonce_sealed=sealing.SEEDS.seal(nonce),
        commitment=rules.commitment(nonce),
    )
    left = rules.missing_for_change(frame)
    if left:
        raise TransitionRefused(missing=left)
    frame.save()
    return frame


@transaction.atomic
def keep_draft(
    *, frame_id: UUID, actor: User, upload: UploadedFile[Any] | None = None, text: str = ""
) -> FrameDraft:
    """Read a list and keep it sealed until it is confirmed. The file itself is not kept.

    Raises ListRefused with every row to correct, BadInput on `file` or `text` when there is no list in it.
    """
    frame = lock(Frame, frame_id)
    _require_hand_in(frame, actor)
    source = Source.TYPED if upload is None and text.strip() else Source.UPLOADED
    if source == Source.TYPED:
        data = text.encode()
        reading = rules.read_typed(text, frame.kind)
    else:
        data = _bytes_of(upload)
        reading = rules.read_list(data, frame.kind)
    if reading.problems:
        raise ListRefused(reading.problems, reading.more_problems)
    notes = list(reading.notes)
    if reading.ignored:
        notes.append(
            _("Columns that are not read: %s.") % ", ".join(name[:60] for name in reading.ignored[:20])
        )
    FrameDraft.objects.filter(frame=frame, made_by=actor).delete()
    return FrameDraft.objects.create(
        frame=frame,
        made_by=actor,
        sealed=DRAFTS.seal(json.dumps([asdict(row) for row in reading.rows], ensure_ascii=False)),
        rows=len(reading.rows),
        file_sha256=hashlib.sha256(data).hexdigest(),
        source=source,
        notes=notes,
    )


def _bytes_of(upload: UploadedFile[Any] | None) -> bytes:
    if upload is None:
        raise BadInput(fields={"file": [_("Choose the file of the list.")]})
    if upload.size is not None and upload.size > files.MAX_BYTES:
        raise BadInput(
            fields={
                "file": [_("A list may have at most %(most)s MB.") % {"most": files.MAX_BYTES // 1048576}]
            }
        )
    data: bytes = upload.read()
    files.check(data, files.clean_name(upload.name or ""), kinds=files.SHEET_KINDS)
    return data


def _require_hand_in(frame: Frame, actor: User) -> None:
    if not may(frame.receive, actor):
        if frame.state in (FrameState.DRAWN, FrameState.ASIDE):
            raise Conflict(
                _(
                    "The sample is drawn, or the list is not needed. The lead auditor can ask for another list."
                )
            )
        raise NotPermitted
    left = rules.missing_for_change(frame)
    if left:
        raise TransitionRefused(missing=left)


def rows_of(draft: FrameDraft) -> list[ListRow]:
    """The rows of a draft, opened."""
    return [ListRow(**row) for row in json.loads(DRAFTS.open(draft.sealed))]


def draft_units(draft: FrameDraft) -> list[Unit]:
    """The lines of a draft without anything that names a person."""
    audit_id, kind = draft.frame.audit_id, draft.frame.kind
    return [_unit(sealing.key_of(audit_id, kind, row.reference), row) for row in rows_of(draft)]


def _unit(key: str, row: ListRow) -> Unit:
    return Unit(key, row.origin, row.destination, row.status, row.employer, row.period, row.sex)


@transaction.atomic
def confirm_list(*, draft_id: UUID, actor: User) -> FrameVersion:
    """Take a list that was shown; the next version of it. Raises FrameDraft.DoesNotExist when that was done."""
    draft = FrameDraft.objects.select_for_update(of=("self",)).get(pk=draft_id, made_by=actor)
    frame = lock(Frame, draft.frame_id)
    rows = rows_of(draft)
    keyed = [(sealing.key_of(frame.audit_id, frame.kind, row.reference), row) for row in rows]
    units = [_unit(key, row) for key, row in keyed]
    before = frame.version
    content_hash = rules.frame_hash(units)
    if before is not None and before.content_hash == content_hash and frame.state == FrameState.RECEIVED:
        raise Conflict(_("This is the list that is here already, line by line. Nothing was changed."))
    act(
        frame.receive,
        actor=actor,
        data={"rows": len(rows), "hash": content_hash, "number": before.number + 1 if before else 1},
    )
    version = FrameVersion.objects.create(
        frame=frame,
        number=before.number + 1 if before else 1,
        rows=len(rows),
        content_hash=content_hash,
        file_sha256=draft.file_sha256,
        source=draft.source,
        received_by=actor,
        from_agency=frame.audit.concerns_agency(actor),
    )
    FrameMember.objects.bulk_create(
        [_member(version, key, row) for key, row in sorted(keyed, key=lambda pair: pair[0])],
        batch_size=BATCH,
    )
    draft.delete()
    if version.from_agency:
        telling.tell_received(frame, version)
    return version


def _member(version: FrameVersion, key: str, row: ListRow) -> FrameMember:
    return FrameMember(
        version=version,
        key=key,
        origin=row.origin,
        destination=row.destination,
        status=row.status,
        employer=row.employer,
        period=row.period,
        sex=row.sex,
        identity=sealing.seal(row),
    )


@transaction.atomic
def ask_again(*, frame_id: UUID, actor: User, due_on: date, reason: str) -> Frame:
    """Ask for another list under a new secret number; what was drawn stays on record."""
    frame = lock(Frame, frame_id)
    if due_on < clocks.today():
        raise BadInput(fields={"due_on": [_("This day has passed: choose today or later.")]})
    nonce = secrets.token_hex(16)
    act(
        frame.ask_again,
        actor=actor,
        reason=reason,
        data={"commitment": rules.commitment(nonce)},
        due_on=due_on,
        nonce_sealed=sealing.SEEDS.seal(nonce),
        commitment=rules.commitment(nonce),
    )
    frame.drafts.all().delete()
    telling.tell_asked(frame, reason=reason.strip())
    return frame


@transaction.atomic
def set_aside(*, frame_id: UUID, actor: User, reason: str) -> Frame:
    """Do without a sample of this kind; the reason stands in the statement."""
    frame = lock(Frame, frame_id)
    act(frame.set_aside, actor=actor, reason=reason, because=reason.strip())
    frame.drafts.all().delete()
    return frame


def forget_drafts() -> int:
    """Forget lists that nobody confirmed, and those of audits that are past sampling; returns how many."""
    oldest = clocks.now() - timedelta(hours=clocks.number("sampling_draft_hours"))
    old = FrameDraft.objects.filter(created_at__lt=oldest)
    past = FrameDraft.objects.exclude(frame__audit__state__in=OPEN)
    return old.delete()[0] + past.delete()[0]
