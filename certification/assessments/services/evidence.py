"""The library of documents: added once, shown anywhere, never changed once declared."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.models import Agency
from certification.assessments import selectors
from certification.assessments.models import Evidence
from certification.assessments.permissions import works_for
from certification.assessments.states import EvidenceKind
from iris.accounts.models import User
from iris.core import events, files
from iris.core.errors import BadInput, Conflict
from iris.core.fsm import lock

LONGEST_TITLE = 200


@transaction.atomic
def add_evidence(
    *,
    agency_id: UUID,
    actor: User,
    upload: UploadedFile[Any] | None,
    title: str = "",
    kind: str = EvidenceKind.OTHER,
    valid_until: dt.date | None = None,
    effective_from: dt.date | None = None,
) -> Evidence:
    """Put a document into the agency's library. The same file a second time gives back the one that is there.

    Raises BadInput on `file` (empty, too large, wrong type, password-protected), `title` or `kind`.
    """
    agency = Agency.objects.get(pk=agency_id)
    if not works_for(agency, actor):
        raise Agency.DoesNotExist
    _check(title, kind)
    _check_days(effective_from, valid_until)
    twin = twin_of(agency, upload)
    if twin is not None:
        return twin
    stored = files.store(upload, organisation_id=agency.organisation_id, actor=actor)
    evidence = Evidence.objects.create(
        agency=agency,
        file=stored,
        title=title.strip() or stored.name,
        kind=kind,
        valid_until=valid_until,
        effective_from=effective_from,
        added_by=actor,
    )
    events.record(evidence, act="added", actor=actor, data={"sha256": stored.sha256, "kind": kind})
    return evidence


@transaction.atomic
def change_evidence(
    *,
    evidence_id: UUID,
    actor: User,
    title: str,
    kind: str,
    valid_until: dt.date | None,
    effective_from: dt.date | None = None,
) -> Evidence:
    """Correct title, kind or last day of a document that no declared assessment relies on."""
    evidence = lock(Evidence, evidence_id)
    if not works_for(evidence.agency, actor):
        raise Evidence.DoesNotExist
    _check(title, kind)
    _check_days(effective_from, valid_until)
    if not title.strip():
        raise BadInput(fields={"title": [_("Give the document a title that a colleague would look for.")]})
    if selectors.is_declared(evidence):
        raise Conflict(
            _(
                "This document is part of a declared self-assessment and stays as it is. Upload a new one instead."
            ),
            code="evidence_declared",
        )
    evidence.title, evidence.kind = title.strip(), kind
    evidence.effective_from, evidence.valid_until = effective_from, valid_until
    evidence.save()
    events.record(evidence, act="changed", actor=actor, data={"kind": kind})
    return evidence


def twin_of(agency: Agency, upload: UploadedFile[Any] | None) -> Evidence | None:
    """The document of the library whose file is the same, byte by byte: it is used again instead of kept twice."""
    if upload is None or not upload.size or upload.size > files.MAX_BYTES:
        return None
    sha256 = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    return Evidence.objects.filter(agency=agency, file__sha256=sha256).select_related("file").first()


def _check_days(effective_from: dt.date | None, valid_until: dt.date | None) -> None:
    if effective_from and valid_until and valid_until < effective_from:
        raise BadInput(fields={"valid_until": [_("It ends before it begins. Correct one of the two days.")]})


def _check(title: str, kind: str) -> None:
    if len(title) > LONGEST_TITLE:
        sentence = _("A title has at most %(most)s characters; this has %(found)s.")
        raise BadInput(fields={"title": [sentence % {"most": LONGEST_TITLE, "found": len(title)}]})
    if kind not in EvidenceKind.values:
        raise BadInput(fields={"kind": [_("Choose what kind of document this is.")]})
