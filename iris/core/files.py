"""Uploads and rendered files: type by signature, size cap, hash, private storage, served as attachment only."""

import hashlib
import io
import re
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from iris.core.errors import BadInput
from iris.core.models import StoredFile

MAX_BYTES = 10 * 1024 * 1024
MAX_UNZIPPED = 200 * 1024 * 1024
MAX_RATIO = 200
NAME_LENGTH = 150


@dataclass(frozen=True)
class Kind:
    """An allowed kind of file: how people call it, its media type, and its usual ending."""

    word: str
    media_type: str
    ending: str


PDF = Kind("PDF", "application/pdf", ".pdf")
PNG = Kind("PNG", "image/png", ".png")
JPEG = Kind("JPEG", "image/jpeg", ".jpg")
DOCX = Kind("Word (docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
XLSX = Kind("Excel (xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
ODT = Kind("OpenDocument text", "application/vnd.oasis.opendocument.text", ".odt")
TEXT = Kind("text or CSV", "text/plain; charset=utf-8", ".txt")
DOCUMENT_KINDS: tuple[Kind, ...] = (PDF, PNG, JPEG, DOCX, XLSX, ODT, TEXT)
SHEET_KINDS: tuple[Kind, ...] = (XLSX, TEXT)


def store(
    upload: "UploadedFile[Any] | None",
    *,
    organisation_id: UUID | None,
    actor: Any,
    kinds: tuple[Kind, ...] = DOCUMENT_KINDS,
    field: str = "file",
    max_bytes: int = MAX_BYTES,
) -> StoredFile:
    """Keep an upload. Raises BadInput on `field` with what was expected, what was found and what to do."""
    if upload is None:
        raise BadInput(fields={field: [_("Choose a file.")]})
    name = clean_name(upload.name or "")
    if upload.size is not None and upload.size > max_bytes:
        raise _too_large(field, name, upload.size, max_bytes)
    data = upload.read()
    kind = check(data, name, kinds=kinds, field=field)
    return store_bytes(
        data, name=name, media_type=kind.media_type, organisation_id=organisation_id, actor=actor
    )


def store_large(
    upload: "UploadedFile[Any] | None",
    *,
    organisation_id: UUID | None,
    actor: Any,
    max_bytes: int,
    look: Callable[[Path, str], Any],
    field: str = "file",
) -> tuple[StoredFile, Any]:
    """Keep an upload without ever holding it: written and hashed as it comes.

    `look(path, sha256)` reads it where it lies and may refuse; then nothing is kept. Returns what it returned too.
    """
    if upload is None:
        raise BadInput(fields={field: [_("Choose a file.")]})
    name = clean_name(upload.name or "")
    if upload.size is not None and upload.size > max_bytes:
        raise _too_large(field, name, upload.size, max_bytes)
    relative, target = _place()
    partial = target.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with partial.open("wb") as out:
            partial.chmod(0o600)
            for chunk in upload.chunks():
                size += len(chunk)
                digest.update(chunk)
                out.write(chunk)
        kind = _kind_of_list(partial, name, field)
        try:
            found = look(partial, digest.hexdigest())
        except BadInput as error:
            sentences = error.fields.get(field) or [
                *(text for texts in error.fields.values() for text in texts)
            ]
            raise BadInput(error.message, fields={field: sentences or [error.message]}) from error
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    stored = _keep(relative, name, kind.media_type, size, digest.hexdigest(), organisation_id, actor)
    return stored, found


def _kind_of_list(path: Path, name: str, field: str) -> Kind:
    """XLSX or text, by the bytes themselves; the rest as `check` refuses it."""
    with path.open("rb") as file:
        start = file.read(8_192)
    if not start.startswith(b"PK\x03\x04"):
        if utf_16_without_mark(start):
            return TEXT
        return check(start, name, kinds=SHEET_KINDS, field=field)
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return XLSX
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        sentence = _("“%(name)s” is damaged. Open it, save it again and upload that.") % {"name": name}
        raise _refused(field, sentence) from None
    raise _not_taken(name, SHEET_KINDS, field)


def utf_16_without_mark(start: bytes) -> str:
    """The kind of UTF-16 in which a text without a mark begins: half of its plain letters are nulls; else empty."""
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" not in start:
        return ""
    low, high = start[0::2].count(0), start[1::2].count(0)
    if min(low, high) > 0 or max(low, high) * 12 < len(start):
        return ""
    return "utf-16-be" if low else "utf-16-le"


def _place() -> tuple[str, Path]:
    token = secrets.token_hex(20)
    relative = f"{token[:2]}/{token}"
    target = Path(settings.IRIS_FILES_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return relative, target


def _keep(
    relative: str,
    name: str,
    media_type: str,
    size: int,
    sha256: str,
    organisation_id: UUID | None,
    actor: Any,
) -> StoredFile:
    return StoredFile.objects.create(
        organisation_id=organisation_id,
        uploaded_by_id=getattr(actor, "id", None),
        uploaded_by_label=str(getattr(actor, "label", "")),
        name=name[:NAME_LENGTH],
        media_type=media_type,
        size=size,
        sha256=sha256,
        path=relative,
    )


def path_of(stored: StoredFile) -> Path:
    """Where the stored bytes lie, for those that read them as a stream."""
    return Path(settings.IRIS_FILES_ROOT) / stored.path


def store_bytes(
    data: bytes, *, name: str, media_type: str, organisation_id: UUID | None, actor: Any
) -> StoredFile:
    """Keep bytes of ours (a rendered PDF, an export)."""
    relative, target = _place()
    partial = target.with_suffix(".part")
    partial.write_bytes(data)
    partial.chmod(0o600)
    partial.rename(target)
    return _keep(
        relative, name, media_type, len(data), hashlib.sha256(data).hexdigest(), organisation_id, actor
    )


def check(data: bytes, name: str, *, kinds: tuple[Kind, ...], field: str = "file") -> Kind:
    """The kind the bytes themselves show. Raises BadInput for empty, wrong, protected and bomb-like files."""
    if not data:
        raise _refused(field, _("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _refused(
            field,
            _(
                "“%(name)s” is protected by a password or in an old Office format. "
                "Save it without a password as a new file."
            )
            % {"name": name},
        )
    kind = kind_of(data)
    if kind is None or kind not in kinds:
        raise _not_taken(name, kinds, field)
    if kind is PDF and _pdf_is_locked(data, name, field):
        raise _refused(
            field,
            _("“%(name)s” is protected by a password. Save it without one and try again.") % {"name": name},
        )
    return kind


def kind_of(data: bytes) -> Kind | None:
    """The kind by signature, whatever the name says; None when unknown."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    if b"\x00" not in data[:4096] or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return None if re.match(rb"\s*(<!doctype html|<html|<script|<svg|<\?xml)", data[:512], re.I) else TEXT
    return None


def _office_kind(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            unzipped = sum(info.file_size for info in infos)
            if unzipped > MAX_UNZIPPED or unzipped > MAX_RATIO * max(1, len(data)) or len(infos) > 5_000:
                return None
            names = {info.filename for info in infos}
            if "mimetype" in names and archive.read("mimetype").startswith(ODT.media_type.encode()):
                return ODT
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _pdf_is_locked(data: bytes, name: str, field: str) -> bool:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return PdfReader(io.BytesIO(data)).is_encrypted
    except (PyPdfError, ValueError, OSError, RecursionError) as error:
        raise _refused(
            field, _("“%(name)s” cannot be read as a PDF. Export it again and retry.") % {"name": name}
        ) from error


def _not_taken(name: str, kinds: tuple[Kind, ...], field: str) -> BadInput:
    return _refused(
        field,
        _("“%(name)s” is not a file we can take here. Expected: %(allowed)s. ")
        % {"name": name, "allowed": ", ".join(one.word for one in kinds)}
        + _("Save it in one of these and try again."),
    )


def _too_large(field: str, name: str, size: int, max_bytes: int) -> BadInput:
    return _refused(
        field,
        _("“%(name)s” is %(found)s MB; a file may have at most %(most)s MB. Save it smaller or split it.")
        % {"name": name, "found": f"{size / 1048576:.1f}", "most": max_bytes // 1048576},
    )


def _refused(field: str, sentence: str) -> BadInput:
    return BadInput(sentence, fields={field: [sentence]})


def clean_name(name: str) -> str:
    """A file name without folders and control characters."""
    base = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", base).strip()[:NAME_LENGTH] or "file"


def read(stored: StoredFile) -> bytes:
    """The stored bytes."""
    return (Path(settings.IRIS_FILES_ROOT) / stored.path).read_bytes()


def serve(stored: StoredFile, *, name: str = "") -> HttpResponse:
    """The file as a download, never inline. The view has checked that the person may have it."""
    response = HttpResponse(read(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name or stored.name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
