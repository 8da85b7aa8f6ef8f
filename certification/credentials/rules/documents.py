"""PDF documents: a signature of the PAdES kind, and reading one back.

The signing certificate is made from the scheme's own key unless a PKCS#12 file is given: it proves that the scheme's
key signed and that no byte changed since, not who the scheme is; no authority vouches for it.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import ECKey

ATTACHMENT = "certificate.vc.jwt"
VALID_DAYS = 3650
MOST_BYTES = 5_000_000
Jwk = dict[str, Any]


class NoDocument(ValueError):
    """This is no PDF that we can read, or it carries no credential."""


@dataclass(frozen=True)
class Seal:
    """What the signature of a PDF is worth: by which certificate, and whether it covers every byte as it is."""

    fingerprint: str
    whole: bool


def self_signed(private: Jwk, *, scheme: str, did: str, at: datetime) -> str:
    """A certificate of our own making for a P-256 key, as PEM."""
    key: Any = ECKey.import_key(private).private_key
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, scheme[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{scheme[:42]}, documents"),
        ]
    )
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(did)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def signer(private: Jwk, certificate_pem: str) -> Any:
    """pyHanko's signer for a key of the ring."""
    from asn1crypto import keys  # type: ignore[import-untyped] # it ships no types
    from asn1crypto import x509 as asn1
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key: Any = ECKey.import_key(private).private_key
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = x509.load_pem_x509_certificate(certificate_pem.encode())
    certificate = asn1.Certificate.load(pem.public_bytes(serialization.Encoding.DER))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # it ships no types
    store.register(certificate)
    return SimpleSigner(
        signing_cert=certificate, signing_key=keys.PrivateKeyInfo.load(der), cert_registry=store
    )


def configured_signer() -> Any:
    """pyHanko's signer for the PKCS#12 file of the settings."""
    from pyhanko.sign.signers import SimpleSigner

    word = str(settings.IRIS_DOCUMENT_PKCS12_PASSPHRASE).encode() or None
    path = settings.IRIS_DOCUMENT_PKCS12
    found = SimpleSigner.load_pkcs12(path, passphrase=word)  # type: ignore[no-untyped-call] # no types
    if found is None:
        raise ImproperlyConfigured("IRIS_DOCUMENT_PKCS12 cannot be read with its passphrase.")
    return found


def sign(data: bytes, by: Any, *, reason: str, name: str) -> bytes:
    """The PDF with an invisible PAdES signature over every byte of it. What was there is left as it is."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    meta = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        name=name,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    out = signers.PdfSigner(meta, signer=by).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)))
    return bytes(out.getbuffer())


def attached(data: bytes) -> str:
    """The credential that a PDF carries. Raises NoDocument."""
    from pypdf import PdfReader

    if len(data) > MOST_BYTES or b"%PDF-" not in data[:1024]:
        raise NoDocument("not a PDF, or too large")
    try:
        found = PdfReader(io.BytesIO(data)).attachments.get(ATTACHMENT, [])
        texts = [bytes(one).decode("ascii") for one in found]
    except Exception as error:  # a hostile file breaks its reader in any way it likes
        raise NoDocument("cannot be read") from error
    if len(texts) != 1:
        raise NoDocument("carries no credential, or several")
    return texts[0].strip()


def seal_of(data: bytes) -> Seal | None:
    """The one signature of a PDF: intact and over the whole file. None where there is none or it does not hold."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(io.BytesIO(data)).embedded_signatures
        if len(signatures) != 1:
            return None
        # Whom to trust is not asked here: the caller knows the fingerprints of the scheme's own certificates.
        context = ValidationContext(trust_roots=[signatures[0].signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signatures[0], signer_validation_context=context)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        if not (status.intact and status.valid and whole):
            return None
        return Seal(signatures[0].signer_cert.sha256.hex(), whole)
    except Exception:  # a hostile file breaks its reader in any way it likes
        return None


def fingerprint(certificate_pem: str) -> str:
    """SHA-256 of a certificate."""
    return x509.load_pem_x509_certificate(certificate_pem.encode()).fingerprint(hashes.SHA256()).hex()


def enveloped(text: str) -> str:
    """The token inside a credential file: the token itself, or JSON that carries it as the W3C puts it."""
    bare = text.strip().lstrip("\ufeff")
    if not bare.startswith("{"):
        return "".join(bare.split())
    try:
        found = json.loads(bare)
    except (ValueError, RecursionError):
        return ""
    inside = found.get("id") if isinstance(found, dict) else None
    if not isinstance(inside, str) or found.get("type") not in (
        "EnvelopedVerifiableCredential",
        ["EnvelopedVerifiableCredential"],
    ):
        return ""
    prefix = "data:application/vc+jwt,"
    return inside[len(prefix) :] if inside.startswith(prefix) else ""
