"""Whole cases as archives: asked for, made by a worker, kept with hashes of everything inside."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from certification.applications.models import Application
from certification.applications.selectors import applications_visible_to
from iris.accounts.models import User
from iris.accounts.selectors import acting_memberships
from iris.core import clocks, events, files, outbox
from iris.core.errors import Conflict, NotPermitted
from iris.core.fsm import lock
from iris.notify import services as notify

from ..models import CaseExport
from ..permissions import may_export
from ..selectors import Piece, pieces_of

# An archive holds at most this much; what is beyond is listed with its hash and marked as left out.
MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Line:
    """One line of the index."""

    path: str
    title: str
    size: int
    sha256: str
    left_out: str = ""


@transaction.atomic
def ask_for_export(*, application_id: UUID, actor: User) -> CaseExport:
    """Ask for the archive of a case one may see. The person is told when it is ready.

    Raises NotPermitted, Conflict while one that was asked for is still being made.
    """
    if not applications_visible_to(actor).filter(pk=application_id).exists():
        raise Application.DoesNotExist
    application = lock(Application, application_id)
    organisation = actor.organisation
    if organisation is None or not may_export(application, actor):
        raise NotPermitted
    running = CaseExport.objects.filter(
        application=application, organisation=organisation, made_at=None, problem=""
    ).first()
    if running is not None:
        raise Conflict(
            _("An export of this case is being made. Whoever asked for it is told when it is ready.")
        )
    export = CaseExport.objects.create(
        application=application, organisation=organisation, asked_by=actor, asked_at=clocks.now()
    )
    events.record(application, act="export_asked", actor=actor, data={"export": str(export.pk)})
    outbox.enqueue("reports.make_export", export_id=str(export.pk))
    return export


def make_export(*, export_id: UUID) -> CaseExport:
    """Make the archive with what its reader may see now. Safe to run twice: the first archive stays."""
    export = CaseExport.objects.select_related("application__agency", "asked_by", "organisation").get(
        pk=export_id
    )
    if export.made_at is not None or export.problem:
        return export
    reader = _as_asked(export)
    if reader is None:
        return _give_up(export, _("Whoever asked no longer acts for that organisation."))
    with override("en"):
        data, lines = archive(export.application, reader)
    with transaction.atomic():
        kept = CaseExport.objects.select_for_update(of=("self",)).get(pk=export_id)
        if kept.made_at is None:
            kept.file = files.store_bytes(
                data,
                name=f"{export.application.number}.zip",
                media_type="application/zip",
                organisation_id=export.organisation_id,
                actor=export.asked_by,
            )
            kept.made_at, kept.files_inside = clocks.now(), len(lines)
            kept.save()
            events.record(
                export.application, act="export_made", actor=events.SYSTEM, data={"sha256": kept.file.sha256}
            )
            notify.notify(
                people=[export.asked_by],
                template="audits/export_ready",
                context={"number": export.application.number, "files": len(lines)},
                url=reverse("reports:exports", args=[export.application_id]),
            )
    return kept


def archive(application: Application, reader: User) -> tuple[bytes, list[Line]]:
    """The bytes of a zip with an index as HTML and JSON and SHA256SUMS that `sha256sum -c` reads; and its lines."""
    out, used = io.BytesIO(), 0
    lines: list[Line] = []
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for piece in pieces_of(application, reader):
            path = _free(piece.path, taken)
            data, why_not = _bytes_of(piece, room=MOST_BYTES - used)
            lines.append(Line(path, piece.title, piece.size, _hash(piece), why_not))
            if data is not None:
                used += len(data)
                _put(book, path, data)
        inside = [line for line in lines if not line.left_out]
        _put(book, "SHA256SUMS", "".join(f"{one.sha256}  {one.path}\n" for one in inside).encode())
        _put(
            book,
            "index.json",
            json.dumps([vars(one) for one in lines], ensure_ascii=False, indent=2).encode(),
        )
        _put(book, "index.html", _page(application, reader, lines).encode())
    return out.getvalue(), lines


def _as_asked(export: CaseExport) -> User | None:
    """The person acting for the organisation they acted for when they asked, if they still may."""
    reader: User = export.asked_by
    membership = acting_memberships(reader).filter(organisation=export.organisation).first()
    if membership is None or not reader.is_active:
        return None
    reader.acting = membership
    return reader


@transaction.atomic
def _give_up(export: CaseExport, problem: str) -> CaseExport:
    kept = CaseExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
    kept.problem = problem
    kept.save()
    return kept


def _free(path: str, taken: set[str]) -> str:
    """The path, or one with a number where two pieces would lie in the same place."""
    stem, dot, ending = path.rpartition(".")
    number, free = 1, path
    while free in taken:
        number += 1
        free = f"{stem or ending}-{number}{dot if stem else ''}{ending if stem else ''}"
    taken.add(free)
    return free


def _bytes_of(piece: Piece, *, room: int) -> tuple[bytes | None, str]:
    """The bytes of a piece, or None with why it is left out: one lost file does not cost the whole archive."""
    if piece.size > room:
        return None, _("left out: the archive would be too large")
    try:
        return piece.read(), ""
    except FileNotFoundError:
        return None, _("left out: the file is not in the store. Tell the operator of the platform.")


def _hash(piece: Piece) -> str:
    return piece.stored.sha256 if piece.stored else hashlib.sha256(piece.data).hexdigest()


def _put(book: zipfile.ZipFile, path: str, data: bytes) -> None:
    info = zipfile.ZipInfo(path, date_time=clocks.now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    book.writestr(info, data)


def _page(application: Application, reader: User, lines: list[Line]) -> str:
    return render_to_string(
        "audits/reports/export_index.html",
        {
            "application": application,
            "reader": reader,
            "lines": lines,
            "made_at": clocks.now(),
            "scheme_name": settings.SCHEME_NAME,
        },
    )
