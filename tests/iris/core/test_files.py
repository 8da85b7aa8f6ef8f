"""Uploads: what the bytes are, not what the name says."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from iris.core import files
from iris.core.errors import BadInput
from iris.core.events import SYSTEM


def _pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _zip(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.django_db
def test_store_keeps_the_bytes_and_their_hash() -> None:
    stored = files.store(SimpleUploadedFile("licence.pdf", _pdf()), organisation_id=None, actor=SYSTEM)
    assert files.read(stored).startswith(b"%PDF")
    assert (stored.media_type, len(stored.sha256)) == ("application/pdf", 64)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.pdf", b"MZ\x90\x00\x03" + b"\x00" * 50, "not a file we can take"),
        ("a.pdf", b"<html><script>alert(1)</script>", "not a file we can take"),
        ("a.pdf", b"%PDF-1.7 broken", "cannot be read"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "password"),
        ("a.xlsx", _zip({"xl/workbook.xml": b"\x00" * 30_000_000}), "not a file we can take"),
        ("a.docx", _zip({"readme": b"x"}), "not a file we can take"),
    ],
)
def test_check_refuses_with_a_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        files.check(data, name, kinds=files.DOCUMENT_KINDS)
    assert "file" in refused.value.fields


def test_check_refuses_a_pdf_with_a_password() -> None:
    with pytest.raises(BadInput, match="password"):
        files.check(_pdf("secret"), "a.pdf", kinds=files.DOCUMENT_KINDS)


def test_store_refuses_a_file_over_the_cap() -> None:
    with pytest.raises(BadInput, match="at most 10 MB"):
        files.store(
            SimpleUploadedFile("big.pdf", b"%PDF-" + b"x" * (files.MAX_BYTES + 1)),
            organisation_id=None,
            actor=SYSTEM,
        )


@pytest.mark.django_db
def test_serve_is_a_download_in_a_sandbox() -> None:
    stored = files.store_bytes(
        b"x", name="../a b.pdf", media_type=files.PDF.media_type, organisation_id=None, actor=SYSTEM
    )
    response = files.serve(stored)
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"]


def test_clean_name_drops_folders_and_controls() -> None:
    assert files.clean_name("C:\\x\\..\\a\u202egpj.pdf") == "agpj.pdf"
