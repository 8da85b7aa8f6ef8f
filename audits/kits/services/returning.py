"""A kit that comes back: kept whole, read, and compared. Nothing of the audit changes here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from iris.accounts.models import User
from iris.core import clocks, files, workbooks
from iris.core.days import moment_in_words
from iris.core.errors import NotPermitted
from iris.core.fsm import act, lock
from iris.core.workbooks import WorkbookRefused

from .. import selectors
from ..models import Kit, KitReturn
from ..rules import shape
from ..states import KitState, Verdict
from .reading import Reading, open_kit, read_kit


@dataclass(frozen=True)
class GivenBack:
    """What became of an upload: the return it is kept in, and whether it was known already."""

    returned: KitReturn
    again: bool = False


def give_back(*, audit_id: UUID, actor: User, upload: UploadedFile[Any] | None) -> GivenBack:
    """Read a kit that came back and keep it whole. The audit does not change.

    Raises BadInput on `file` (no workbook, not ours, of another audit) and WorkbookRefused with every cell that makes
    it unacceptable; the latter is kept as a refused return, so that nothing written in it is lost.
    """
    audit = Audit.objects.get(pk=audit_id)
    if not audit.is_worked_by(actor):
        raise NotPermitted
    data = workbooks.bytes_of(
        upload,
        max_bytes=shape.MAX_BYTES,
        choose=_("Choose the workbook of the kit."),
        what=_("the workbook of a kit"),
    )
    name = files.clean_name(getattr(upload, "name", "") or "")
    opened = open_kit(data, audit, actor)
    known = _known(opened.kit, data)
    if known is not None:
        return GivenBack(known, again=True)
    try:
        reading = read_kit(opened)
    except WorkbookRefused as refusal:
        with transaction.atomic():
            _keep(opened.kit, actor, data, name, None, Verdict.REFUSED, "\n".join(map(str, refusal.cells)))
        raise
    return _take(opened.kit.pk, actor, data, name, reading)


def _known(kit: Kit, data: bytes) -> KitReturn | None:
    """The return that holds the same file and was read."""
    same = kit.returns.filter(sha256=hashlib.sha256(data).hexdigest()).exclude(verdict=Verdict.REFUSED)
    found = same.order_by("-created_at").first()
    if found is None or found.applied_at is not None or found.verdict == Verdict.STALE:
        return found
    return found if may_apply(found) else None


@transaction.atomic
def _take(kit_id: UUID, actor: User, data: bytes, name: str, reading: Reading) -> GivenBack:
    kit = lock(Kit, kit_id)
    applied = kit.returns.filter(applied_at__isnull=False).first()
    if applied is not None and _says(applied.diff) == _says(reading.kept()):
        return GivenBack(applied, again=True)
    newer = selectors.superseded_by(kit)
    if newer is not None:
        return GivenBack(_keep(kit, actor, data, name, reading, Verdict.STALE, too_old(kit, newer)))
    act(kit.give_back, actor=actor, data={"sha256": hashlib.sha256(data).hexdigest()})
    return GivenBack(_keep(kit, actor, data, name, reading, Verdict.TAKEN))


def _says(kept: dict[str, Any]) -> dict[str, Any]:
    """What the rows say, wherever they stand."""
    return {name: row["said"] for name, row in kept.get("rows", {}).items()}


def too_old(kit: Kit, newer: Kit) -> str:
    """Why a kit cannot be applied any more, and what to do."""
    assert newer.applied_at is not None
    words = {
        "kit": kit.number,
        "newer": newer.number,
        "when": moment_in_words(newer.applied_at),
        "who": newer.applied_by.label if newer.applied_by else "",
    }
    if newer.pk == kit.pk:
        first = (
            _("Kit %(kit)s was applied already on %(when)s UTC by %(who)s; a kit is applied once. ") % words
        )
    else:
        first = (
            _("Kit %(newer)s, which was made after kit %(kit)s, was applied on %(when)s UTC by %(who)s. ")
            % words
        )
    return first + _(
        "What this file says differently is listed here: write it in by hand, or take a new kit along."
    )


def _keep(
    kit: Kit,
    actor: User,
    data: bytes,
    name: str,
    reading: Reading | None,
    verdict: Verdict,
    reason: str = "",
) -> KitReturn:
    stored = files.store_bytes(
        data,
        name=name,
        media_type=files.XLSX.media_type,
        organisation_id=kit.audit.firm.organisation_id,
        actor=actor,
    )
    return KitReturn.objects.create(
        kit=kit,
        file=stored,
        sha256=stored.sha256,
        by=actor,
        at=clocks.now(),
        verdict=verdict,
        reason=reason,
        diff=reading.kept() if reading is not None else {},
    )


def may_apply(returned: KitReturn) -> bool:
    """Whether this is the file that counts: the last one read of a kit that waits."""
    kit = returned.kit
    current = selectors.current_return(kit)
    return kit.state == KitState.RETURNED and current is not None and current.pk == returned.pk
