"""Reading what somebody hands over: a number, a link, a file, a pasted text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from certification.certificates import selectors as certificates
from certification.certificates.models import Certificate
from certification.credentials.models import Credential
from certification.credentials.rules import documents
from certification.credentials.selectors.keys import public_url
from certification.credentials.selectors.verifying.answer import Answer, Check, Expected
from certification.credentials.selectors.verifying.tokens import OF_STANDING, verify_token
from certification.credentials.states import Verdict

LONGEST_TEXT = 400_000
_NUMBER = re.compile(r"/verify/([^/]+)/?$")
_CREDENTIAL = re.compile(r"/credentials/([0-9a-f-]{36})/?$")
_NOT_OURS_YET = (Verdict.UNREADABLE, Verdict.UNKNOWN_ISSUER, Verdict.ALTERED)


def verify_text(text: str, expected: Expected | None = None) -> Answer:
    """What was typed, scanned or pasted: a link, a credential, or else a number."""
    bare = text.strip()
    if "://" in bare[:12]:
        return _verify_link(bare, expected or Expected())
    if bare.startswith("{") or (bare.count(".") == 2 and len(bare) > 200):
        return verify_file(bare.encode(), expected)
    return verify_number(bare, expected)


def verify_number(text: str, expected: Expected | None = None, *, revision: int | None = None) -> Answer:
    """A certificate by its number, and by the revision that a paper names."""
    row = certificates.certificate_by_number(text)
    if row is None:
        return Answer(source="number").because(Verdict.NOT_FOUND)
    if revision is not None and revision != row.revision:
        older = certificates.revisions_of(row).filter(revision=revision).first()
        if older is None:
            return Answer(source="number").because(Verdict.NOT_FOUND)
        row = older
    return of_certificate(row, expected)


def of_certificate(row: Certificate, expected: Expected | None = None, *, source: str = "number") -> Answer:
    """What a revision is worth now, read from the register itself."""
    standing = OF_STANDING.get(certificates.standing_facts(row).standing)
    missed = (expected or Expected()).missed_by(row)
    checks = [Check(_("On the register"), True), Check(_("In force today"), standing is None)]
    if expected not in (None, Expected()):
        checks.append(Check(_("About the agency and corridor you expect"), not missed))
    ending = certificates.public_endings_of([row.agency_id]).get(row.agency_id)
    return Answer(source=source, certificate=row, checks=checks, ending=ending).because(
        *([standing] if standing else []), *missed
    )


def verify_file(data: bytes, expected: Expected | None = None) -> Answer:
    """A PDF or a credential file."""
    if b"%PDF-" in data[:1024]:
        return _verify_pdf(data, expected)
    try:
        text = documents.enveloped(data.decode("utf-8")) if len(data) <= LONGEST_TEXT else ""
    except UnicodeDecodeError:
        text = ""
    if not text:
        return Answer(source="credential").because(Verdict.UNREADABLE)
    return verify_token(text, expected)


def _verify_link(text: str, expected: Expected) -> Answer:
    """A scanned code: only an address of this very site counts, whatever it looks like."""
    try:
        parts = urlsplit(text)
        ours = urlsplit(public_url("/"))
        same = (parts.scheme, parts.netloc.lower()) == (ours.scheme, ours.netloc.lower())
    except ValueError:
        return Answer(source="link").because(Verdict.UNREADABLE)
    if not same:
        return Answer(source="link").because(Verdict.UNKNOWN_ISSUER)
    if found := _CREDENTIAL.search(parts.path):
        return _verify_kept(found[1], expected)
    number = _NUMBER.search(parts.path)
    if number is None:
        return Answer(source="link").because(Verdict.UNREADABLE)
    asked = parse_qs(parts.query).get("revision", [""])[0]
    revision = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 else None
    return replace(verify_number(unquote(number[1]), expected, revision=revision), source="link")


def _verify_kept(key: str, expected: Expected) -> Answer:
    try:
        row = Credential.objects.filter(pk=UUID(key)).first()
    except ValueError:
        row = None
    if row is None:
        return Answer(source="link").because(Verdict.NOT_FOUND)
    return verify_token(row.jwt, expected, source="link")


def _verify_pdf(data: bytes, expected: Expected | None) -> Answer:
    """The credential inside says what; the signature around it says that the page was not changed."""
    kept = _kept_as(data)
    try:
        token = documents.attached(data)
    except documents.NoDocument:
        if kept is None:
            return Answer(source="pdf").because(
                Verdict.UNREADABLE, detail=_("This PDF carries no credential of this scheme.")
            )
        return of_certificate(kept, expected, source="pdf")
    answer = verify_token(token, expected, source="pdf")
    if answer.verdict in _NOT_OURS_YET or answer.certificate is None:
        return answer
    # Nothing but the very file that was made: also what a signature leaves room for is compared, and no stranger's file
    # is given to the reader of signatures. By which certificate it was signed does not matter: theirs end before ours.
    whole = kept is not None and kept.pk == answer.certificate.pk and documents.seal_of(data) is not None
    checks = [*answer.checks, Check(_("PDF as the scheme signed it"), whole)]
    if whole:
        return replace(answer, checks=checks)
    return answer.because(
        Verdict.ALTERED,
        checks=checks,
        detail=_(
            "The credential inside is genuine, but the PDF around it is not the one that the scheme made."
        ),
    )


def _kept_as(data: bytes) -> Certificate | None:
    digest = hashlib.sha256(data).hexdigest()
    rows = certificates.public_certificates()
    return rows.filter(pdf__sha256=digest).first()
