"""Checking a credential: signature, issuer, log, status, dates. Nothing is ever fetched from anywhere."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from certification.certificates.selectors import public_endings_of, standing_facts
from certification.certificates.states import Standing
from certification.credentials.models import Credential, StatusList
from certification.credentials.rules import bits, jose
from certification.credentials.selectors.facts import list_url
from certification.credentials.selectors.issued import credential_with_digest
from certification.credentials.selectors.keys import key_of, scheme_did
from certification.credentials.selectors.verifying.answer import Answer, Check, Expected
from certification.credentials.states import EndReason, Verdict
from iris.core import clocks

TYP, CTY = "vc+jwt", "vc"
OF_END: dict[str, Verdict] = {
    EndReason.SUPERSEDED: Verdict.SUPERSEDED,
    EndReason.REISSUED: Verdict.SUPERSEDED,
    EndReason.WITHDRAWN: Verdict.WITHDRAWN,
    EndReason.GIVEN_UP: Verdict.WITHDRAWN,
    EndReason.RECOGNITION_ENDED: Verdict.WITHDRAWN,
    EndReason.EXPIRED: Verdict.EXPIRED,
}
OF_STANDING: dict[str, Verdict] = {
    Standing.SUPERSEDED: Verdict.SUPERSEDED,
    Standing.WITHDRAWN: Verdict.WITHDRAWN,
    Standing.LEFT: Verdict.WITHDRAWN,
    Standing.SUSPENDED: Verdict.SUSPENDED,
    Standing.EXPIRED: Verdict.EXPIRED,
    Standing.NOT_YET_VALID: Verdict.NOT_YET_VALID,
}


def verify_token(text: str, expected: Expected | None = None, *, source: str = "credential") -> Answer:
    """What a signed credential is worth now. It stops at the first step that shows it is not ours as it was."""
    answer = Answer(source=source)
    try:
        token = jose.read(text)
    except jose.Unreadable:
        return answer.because(Verdict.UNREADABLE)
    checks = [Check(_("Can be read"), True)]
    if not _ours(token):
        checks.append(Check(_("Issued by this scheme"), False))
        return answer.because(Verdict.UNKNOWN_ISSUER, checks=checks)
    checks.append(Check(_("Issued by this scheme"), True))
    if not _signed(token):
        checks.append(Check(_("Signature of the scheme"), False))
        return answer.because(Verdict.ALTERED, checks=checks)
    checks.append(Check(_("Signature of the scheme"), True))
    if "BitstringStatusListCredential" in (token.payload.get("type") or ()):
        return answer.because(
            Verdict.UNREADABLE, checks=checks, detail=_("This is a status list, not a certificate.")
        )
    found = credential_with_digest(hashlib.sha256(text.encode()).hexdigest())
    checks.append(Check(_("In the log of what was issued"), found is not None))
    if found is None:
        return answer.because(Verdict.ALTERED, checks=checks)
    return _standing(answer, found, token, checks, expected or Expected())


def _standing(
    answer: Answer, found: Credential, token: jose.Token, checks: list[Check], expected: Expected
) -> Answer:
    """What became of a credential that is genuine."""
    reasons = []
    told = _published(found)
    if told is None:
        reasons.append(Verdict.STATUS_UNAVAILABLE)
    elif any(told) and found.revoked_at is None:
        reasons.append(Verdict.WITHDRAWN if told[0] else Verdict.SUSPENDED)
    checks.append(Check(_("Not revoked or suspended"), None if told is None else not any(told)))
    if found.revoked_because:
        reasons.append(OF_END[found.revoked_because])
    now = answer.as_of
    started, ended = found.valid_from <= now, found.valid_until is not None and found.valid_until < now
    reasons += [Verdict.NOT_YET_VALID] if not started else []
    reasons += [Verdict.EXPIRED] if ended else []
    checks.append(Check(_("Within its dates"), started and not ended))
    row, ending = found.certificate, None
    if row is not None:
        ending = public_endings_of([row.agency_id]).get(row.agency_id)
        standing = OF_STANDING.get(standing_facts(row).standing)
        reasons += [standing] if standing else []
        missed = expected.missed_by(row)
        reasons += missed
        if expected != Expected():
            checks.append(Check(_("About the agency and corridor you expect"), not missed))
    firm = str(token.payload.get("credentialSubject", {}).get("registeredName", "")) if row is None else ""
    return answer.because(
        *reasons, checks=checks, certificate=row, credential=found, firm_name=firm, ending=ending
    )


def _ours(token: jose.Token) -> bool:
    """Whether it says that this scheme issued it: by its key, or, where it names none, by its issuer."""
    if token.kid:
        return token.kid.partition("#")[0] == scheme_did()
    return _issuer(token.payload) == scheme_did()


def _signed(token: jose.Token) -> bool:
    """Whether a key of the ring signed it as a credential, and the credential names the same issuer."""
    key = key_of(token.kid)
    if key is None or token.header.get("typ") != TYP or token.header.get("cty", CTY) != CTY:
        return False
    if _issuer(token.payload) != scheme_did():
        return False
    return jose.verifies(token, key.public_jwk, alg=key.algorithm)


def _issuer(payload: Any) -> str:
    issuer = payload.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _published(found: Credential) -> tuple[bool, bool] | None:
    """Revoked and suspended as the published lists say; None where one cannot be read, or is too old to count."""
    revoked = _bit(found.revocation_list, found.revocation_index)
    suspended = _bit(found.suspension_list, found.suspension_index)
    return None if revoked is None or suspended is None else (revoked, suspended)


def _bit(row: StatusList, index: int) -> bool | None:
    try:
        token = jose.read(row.jwt)
        subject = token.payload["credentialSubject"]
        until = datetime.fromisoformat(str(token.payload["validUntil"]).replace("Z", "+00:00"))
        genuine = _signed(token) and token.payload["id"] == list_url(row)
        if not genuine or subject["statusPurpose"] != row.purpose or until < clocks.now():
            return None
        return bits.bit(bits.unpack(str(subject["encodedList"])), index)
    except (jose.Unreadable, bits.WrongList, KeyError, TypeError, ValueError):
        return None
