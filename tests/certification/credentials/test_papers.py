"""The PDF carries its credential and a signature; any changed byte shows."""

from __future__ import annotations

import io
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_der_private_key, pkcs12
from cryptography.x509 import load_pem_x509_certificate
from pypdf import PdfReader

from certification.certificates import services as certificates
from certification.certificates.models import Certificate
from certification.credentials import selectors, services
from certification.credentials.models import Credential, SchemeKey
from certification.credentials.rules import documents, jose
from iris.core import clocks, files
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def paper(row: Certificate) -> bytes:
    done = certificates.render_pdf(certificate_id=row.pk)
    assert done.pdf is not None
    return files.read(done.pdf)


def pdfsig(data: bytes, folder: Path) -> str:
    """What poppler says."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


def test_pdf_carries_its_credential_its_tags_and_a_valid_signature(tmp_path: Path) -> None:
    row = factory.certificate()
    data = paper(row)
    assert documents.attached(data) == Credential.objects.get(certificate=row).jwt
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    said = pdfsig(data, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    seal = documents.seal_of(data)
    assert seal is not None
    assert seal.fingerprint == documents.fingerprint(SchemeKey.objects.get(use="document").certificate_pem)


def test_no_changed_byte_passes(tmp_path: Path) -> None:
    data = paper(factory.certificate())
    chance = random.Random(6)
    places = [chance.randrange(len(data)) for _turn in range(60)]
    passed = [place for place in places if documents.seal_of(_flipped(data, place)) is not None]
    # Zeros that fill up the space of the signature are signed by nobody and mean nothing.
    start = data.index(b"/Contents <") + len(b"/Contents <")
    filling = range(start, data.index(b">", start))
    assert [place for place in passed if place not in filling] == []
    for place in (1200, len(data) // 2, len(data) - 40):
        assert "Signature is Valid" not in pdfsig(_flipped(data, place), tmp_path)


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_page_added_after_the_signature_shows(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    data = paper(factory.certificate())
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) > len(data)
    assert documents.seal_of(out.getvalue()) is None
    assert "Total document signed" not in pdfsig(out.getvalue(), tmp_path)


def test_a_certificate_of_an_authority_signs_when_one_is_given(tmp_path: Path, settings: Any) -> None:
    _public, private = jose.new_key("ES256")
    pem = documents.self_signed(private, scheme="Another", did="did:web:a.example", at=clocks.now())
    signer = documents.signer(private, pem)
    key: Any = load_der_private_key(signer.signing_key.dump(), None)
    path = tmp_path / "ca.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"a", key, load_pem_x509_certificate(pem.encode()), None, BestAvailableEncryption(b"word")
        )
    )
    settings.IRIS_DOCUMENT_PKCS12, settings.IRIS_DOCUMENT_PKCS12_PASSPHRASE = str(path), "word"
    data = paper(factory.certificate())
    seal = documents.seal_of(data)
    assert seal is not None
    assert seal.fingerprint == documents.fingerprint(pem)
    assert not SchemeKey.objects.filter(use="document").exists()
    services.publish_due()
    settings.IRIS_DOCUMENT_PKCS12 = ""  # the authority's certificate is renewed: what it signed stays genuine
    assert selectors.verify_file(data).valid


def test_hostile_files_are_no_documents() -> None:
    for data in (
        b"",
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"1 0 obj<<" * 2000,
        b"GIF89a",
        b"%PDF-" + b"\0" * 5_000_001,
    ):
        with pytest.raises(documents.NoDocument):
            documents.attached(data)
        assert documents.seal_of(data) is None
