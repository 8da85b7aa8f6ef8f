"""Freeze a version, and build its copies from it alone: the same version gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import User
from iris.core import clocks, events, files, outbox, pdf
from iris.core.errors import BadInput
from iris.core.fsm import act, lock
from supplychain.dossiers.models import Copy, Dossier, DossierVersion
from supplychain.dossiers.rules.archive import manifest_of, top_of, with_index, zipped
from supplychain.dossiers.selectors import content_of, copy_content, files_of
from supplychain.dossiers.selectors.printing import printed
from supplychain.dossiers.states import PROFILES, DossierState

MAKE_JOB = "dossiers.make"


@dataclass(frozen=True)
class Built:
    """The bytes of one copy."""

    pdf: bytes
    archive: bytes
    top: str
    pieces: int


@transaction.atomic
def make_dossier(*, dossier_id: UUID, actor: User, profiles: Sequence[str]) -> Dossier:
    """Ask for a version to be frozen and its copies built; a job does it."""
    row = lock(Dossier, dossier_id)
    wanted = [one for one in PROFILES if one in profiles]
    if not wanted or set(profiles) - set(PROFILES):
        raise BadInput(fields={"profiles": [_("Choose for whom a copy is made.")]})
    act(row.make, actor=actor, data={"profiles": wanted}, profiles=wanted)
    outbox.enqueue(MAKE_JOB, queue="pdf", dossier_id=str(row.pk), person_id=str(actor.pk))
    return row


@transaction.atomic
def make(*, dossier_id: UUID, person_id: UUID) -> DossierVersion | None:
    """The job: freeze the content, build every copy asked for. Safe to run twice."""
    row = lock(Dossier, dossier_id)
    if row.state != DossierState.MAKING:
        return None
    person = User.objects.get(pk=person_id)
    number = row.versions.count() + 1
    text = canonical(content_of(row, number, person))
    version = DossierVersion.objects.create(
        dossier=row,
        number=number,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        person=person,
        made_at=clocks.now(),
    )
    for profile in row.profiles:
        build_copy(version, profile)
    act(row.finish, actor=events.SYSTEM, data={"version": number, "sha256": version.sha256})
    return version


def canonical(content: object) -> str:
    """Canonical JSON, as receipts have it."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def build_copy(version: DossierVersion, profile: str) -> Copy:
    """Build one copy and keep it; one that is there already is given back."""
    known = Copy.objects.filter(version=version, profile=profile).first()
    if known is not None:
        return known
    built = render_copy(version, profile)
    row = version.dossier
    name = f"{row.number}-v{version.number}-{profile}"
    stored = [
        files.store_bytes(
            data,
            name=f"{name}.{ending}",
            media_type=media_type,
            organisation_id=row.organisation_id,
            actor=events.SYSTEM,
        )
        for data, ending, media_type in (
            (built.pdf, "pdf", files.PDF.media_type),
            (built.archive, "zip", "application/zip"),
        )
    ]
    copy = Copy.objects.create(
        version=version,
        profile=profile,
        top_sha256=built.top,
        pdf=stored[0],
        archive=stored[1],
        pieces=built.pieces,
    )
    events.record(
        row, act="copy_made", actor=events.SYSTEM, data={"profile": profile, "top_sha256": built.top}
    )
    return copy


def render_copy(version: DossierVersion, profile: str) -> Built:
    """The bytes of a copy, from nothing but the version, its receipts and its documents."""
    shown = copy_content(version, profile)
    pieces = with_index(files_of(version, profile, shown))
    manifest = manifest_of(pieces)
    top = top_of(manifest)
    check_url = f"{settings.IRIS_PUBLIC_URL}/dossiers/check/?top={top}"
    document = pdf.render(
        "pdf/dossier.html",
        {"shown": printed(shown), "top": top, "check_url": check_url, "qr": pdf.qr_svg(check_url)},
    )
    return Built(document, zipped(pieces, manifest, document), top, len(pieces))
