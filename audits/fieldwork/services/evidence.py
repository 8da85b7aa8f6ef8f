"""Evidence is added, redacted, checked and withdrawn; nothing is ever changed or deleted (R33)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.states import FIELDWORK, AuditState
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core import clocks, events, files
from iris.core.days import in_words, moment_in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock
from iris.core.models import StoredFile

from .. import rules
from ..models import Evidence, EvidenceWithdrawal, HashCheck
from ..states import FROM_WORKERS, IN_CONFIDENCE, EvidenceSource, GivenBy

OPEN_STATES = (*FIELDWORK, AuditState.DRAFT_REPORT, AuditState.DISPUTED)
OBSERVATION_NAME = "observation.txt"


@dataclass(frozen=True)
class NewEvidence:
    """What the auditor says about a piece of evidence. Without a file, `note` itself is kept as the file."""

    title: str
    source: str
    given_by: str = GivenBy.OURSELVES
    taken_on: date | None = None
    note: str = ""
    open_as_it_is: bool = False


@transaction.atomic
def add_evidence(
    *,
    audit_id: UUID,
    actor: User,
    evidence: NewEvidence,
    upload: UploadedFile[Any] | None = None,
    indicator_id: UUID | None = None,
) -> Evidence:
    """Keep a piece of evidence with the hash of its original.

    Raises BadInput with the field, NotPermitted outside the team, TransitionRefused once the report is final.
    """
    audit = lock(Audit, audit_id)
    require_team(audit, actor)
    indicator = _indicator_of(audit, indicator_id)
    _check(evidence, upload)
    stored = _store(audit, actor, evidence, upload)
    again = _twin(audit, indicator, stored, evidence)
    if again is not None:
        return again
    made = Evidence.objects.create(
        audit=audit,
        indicator=indicator,
        file=stored,
        shown=_shown(stored),
        sha256=stored.sha256,
        title=evidence.title.strip(),
        source=evidence.source,
        given_by=evidence.given_by,
        taken_on=evidence.taken_on or clocks.today(),
        taken_by=actor,
        note=evidence.note.strip(),
        open_as_it_is=evidence.open_as_it_is,
    )
    events.record(made, act="add", actor=actor, data={"sha256": made.sha256, "source": made.source})
    return made


def require_team(audit: Audit, actor: User) -> None:
    """Refuse whoever is not of the team, and writing outside fieldwork."""
    if not audit.is_worked_by(actor):
        raise NotPermitted
    if audit.state not in OPEN_STATES:
        raise TransitionRefused(
            _("Evidence is kept from the start of stage 1 until the final report is sent.")
        )


def _indicator_of(audit: Audit, indicator_id: UUID | None) -> Indicator | None:
    if indicator_id is None:
        return None
    indicator = Indicator.objects.filter(
        pk=indicator_id, criterion__principle__edition_id=audit.assessment.edition_id
    ).first()
    if indicator is None:
        raise BadInput(_("This indicator is not part of the edition that is audited."))
    return indicator


def _check(evidence: NewEvidence, upload: UploadedFile[Any] | None) -> None:
    problems: dict[str, list[str]] = {}
    if not evidence.title.strip():
        problems["title"] = [_("Say in a few words what it is. No names of workers.")]
    if evidence.source not in EvidenceSource.values:
        problems["source"] = [_("Choose what kind of evidence it is.")]
    if evidence.given_by not in GivenBy.values:
        problems["given_by"] = [_("Choose from whom it came. A function is enough, never a name.")]
    if evidence.taken_on is not None and evidence.taken_on > clocks.today():
        problems["taken_on"] = [
            _("Expected a day that has come, found %s. Give the day on which you got or saw it.")
            % in_words(evidence.taken_on)
        ]
    if upload is None and evidence.source == EvidenceSource.PHOTO:
        problems["file"] = [_("Choose the photo.")]
    elif upload is None and not evidence.note.strip():
        problems["file"] = [
            _("Choose a file, or write below what you saw: your words are then the evidence.")
        ]
    if evidence.open_as_it_is and (evidence.source in IN_CONFIDENCE or evidence.given_by in FROM_WORKERS):
        problems["open_as_it_is"] = [
            _(
                "What came from workers is not passed on as it is. Leave this empty and add a redacted version."
            )
        ]
    if problems:
        raise BadInput(fields=problems)


def _store(audit: Audit, actor: User, evidence: NewEvidence, upload: UploadedFile[Any] | None) -> StoredFile:
    firm_id = audit.firm.organisation_id
    if upload is not None:
        return files.store(upload, organisation_id=firm_id, actor=actor)
    words = f"{evidence.note.strip()}\n"
    return files.store_bytes(
        words.encode(),
        name=OBSERVATION_NAME,
        media_type=files.TEXT.media_type,
        organisation_id=firm_id,
        actor=actor,
    )


def _twin(
    audit: Audit, indicator: Indicator | None, stored: StoredFile, evidence: NewEvidence
) -> Evidence | None:
    """The same bytes under the same title on the same indicator: the button was pressed twice."""
    return Evidence.objects.filter(
        audit=audit,
        indicator=indicator,
        sha256=stored.sha256,
        title=evidence.title.strip(),
        redaction_of=None,
        withdrawal=None,
    ).first()


def _shown(stored: StoredFile) -> StoredFile | None:
    """A picture without the camera's notes, to be seen in place of the original; None where nothing was in it."""
    clean = rules.without_metadata(files.read(stored))
    if clean is None:
        return None
    return files.store_bytes(
        clean,
        name=stored.name,
        media_type=stored.media_type,
        organisation_id=stored.organisation_id,
        actor=None,
    )


@transaction.atomic
def redact_evidence(
    *, evidence_id: UUID, actor: User, upload: UploadedFile[Any] | None, reason: str
) -> Evidence:
    """Add a version of the file in which something is hidden; it is what others get. The original stays as it is."""
    original = _original(evidence_id)
    audit = lock(Audit, original.audit_id)
    require_team(audit, actor)
    if getattr(original, "withdrawal", None):
        raise TransitionRefused(_("This evidence is withdrawn. Add it anew if it counts after all."))
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say what is hidden and whom that protects. No names.")]})
    stored = files.store(upload, organisation_id=audit.firm.organisation_id, actor=actor)
    if stored.sha256 == original.sha256:
        raise BadInput(
            fields={"file": [_("This file is the original, byte for byte: nothing in it is hidden yet.")]}
        )
    last = original.redactions.aggregate(last=Max("version"))["last"] or 1
    made = Evidence.objects.create(
        audit=audit,
        indicator_id=original.indicator_id,
        file=stored,
        shown=_shown(stored),
        sha256=stored.sha256,
        title=original.title,
        source=original.source,
        given_by=original.given_by,
        taken_on=original.taken_on,
        taken_by=actor,
        redaction_of=original,
        redaction_reason=reason.strip(),
        version=last + 1,
    )
    events.record(made, act="redact", actor=actor, reason=reason, data={"sha256": made.sha256})
    return made


def _original(evidence_id: UUID) -> Evidence:
    """The original of a chain, whichever of its versions was named."""
    row = Evidence.objects.select_related("redaction_of", "withdrawal").get(pk=evidence_id)
    if row.redaction_of_id is None:
        return row
    return Evidence.objects.select_related("withdrawal").get(pk=row.redaction_of_id)


@transaction.atomic
def withdraw_evidence(*, evidence_id: UUID, actor: User, reason: str) -> Evidence:
    """Take one version back, or the original and with it the whole chain. It stays on record with the reason."""
    row = Evidence.objects.get(pk=evidence_id)
    audit = lock(Audit, row.audit_id)
    require_team(audit, actor)
    if not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why it no longer counts. It stays on record.")]})
    before = EvidenceWithdrawal.objects.filter(evidence=row).select_related("by").first()
    if before is not None:
        raise Conflict(
            _("%(who)s withdrew it on %(day)s.")
            % {"who": before.by.label, "day": moment_in_words(before.created_at)}
        )
    EvidenceWithdrawal.objects.create(evidence=row, by=actor, reason=reason.strip())
    events.record(row, act="withdraw", actor=actor, reason=reason)
    return row


@transaction.atomic
def check_hash(*, evidence_id: UUID, actor: User) -> HashCheck:
    """Read the stored file again and say whether it still is the one that was kept. A missing file does not match."""
    row = Evidence.objects.select_related("audit", "file").get(pk=evidence_id)
    if not (row.audit.is_worked_by(actor) or actor.is_kind("scheme")):
        raise NotPermitted
    try:
        found = hashlib.sha256(files.read(row.file)).hexdigest()
    except OSError:
        found = ""
    made = HashCheck.objects.create(evidence=row, by=actor, found=found, matches=found == row.sha256)
    events.record(row, act="check_hash", actor=actor, data={"matches": made.matches})
    return made
