"""The answer of a check: one code that counts, every reason beside it, what to do, and as of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from certification.agencies.selectors import Ending
from certification.certificates.models import Certificate
from certification.credentials.models import Credential
from certification.credentials.selectors.facts import certificate_url
from certification.credentials.states import CredentialKind, Verdict
from iris import matching
from iris.core import clocks
from iris.core.states import StateFacts, facts_of

# What weighs most comes first: the answer is the first of these that applies.
WEIGHT = tuple(Verdict)[1:]


@dataclass(frozen=True)
class Expected:
    """What somebody expects the certificate to be about; empty where they did not say."""

    agency: str = ""
    origin: str = ""
    destination: str = ""

    def missed_by(self, row: Certificate) -> list[Verdict]:
        """What of it the certificate is not about."""
        found = []
        if self.agency.strip() and not self._names(row):
            found.append(Verdict.ANOTHER_ENTITY)
        corridors = [(one.origin, one.destination) for one in row.corridors.all()]
        if not any(self.origin in ("", one) and self.destination in ("", other) for one, other in corridors):
            found.append(Verdict.ANOTHER_CORRIDOR)
        return found

    def _names(self, row: Certificate) -> bool:
        """Only the same name, in any order or legal form, or the same registration: a like name is another entity."""
        wanted = self.agency.strip()
        names = [row.legal_name, *(str(one["name"]) for one in row.other_names)]
        key = matching.key(wanted)
        plain = "".join(letter for letter in wanted.casefold() if letter.isalnum())
        number = "".join(letter for letter in row.registration_number.casefold() if letter.isalnum())
        return bool((key and key in {matching.key(name) for name in names}) or (plain and plain == number))


@dataclass(frozen=True)
class Check:
    """One step of the check and how it went; None where it could not be made."""

    label: str
    passed: bool | None


@dataclass(frozen=True)
class Answer:
    """What was found."""

    source: str  # number, link, pdf, credential
    reasons: tuple[Verdict, ...] = ()
    certificate: Certificate | None = None
    credential: Credential | None = None
    firm_name: str = ""
    detail: str = ""
    ending: Ending | None = None  # of the company; it changes nothing in what its certificate is worth
    checks: Sequence[Check] = field(default_factory=tuple)
    as_of: datetime = field(default_factory=clocks.now)

    @property
    def verdict(self) -> Verdict:
        """The one that counts."""
        return self.reasons[0] if self.reasons else Verdict.VALID

    @property
    def valid(self) -> bool:
        """Whether it may be relied on now, within its scope."""
        return not self.reasons

    @property
    def facts(self) -> StateFacts:
        """Tone and icon."""
        return facts_of(self.verdict)

    @property
    def title(self) -> str:
        """The answer in a few words."""
        return _words(self)[0]

    @property
    def text(self) -> str:
        """What it means, and what to do."""
        ended = f"{self.ending.sentence} {self.ending.advice}" if self.ending else ""
        return " ".join(part for part in (self.detail, _words(self)[1], ended) if part)

    def because(self, *more: Verdict, **changes: Any) -> Answer:
        """The same with more reasons, the heaviest first."""
        reasons = tuple(one for one in WEIGHT if one in (*self.reasons, *more))
        return replace(self, reasons=reasons, **changes)

    def as_json(self) -> dict[str, Any]:
        """The same answer for a machine."""
        row = self.certificate
        found: dict[str, Any] = {
            "result": self.verdict.value,
            "valid": self.valid,
            "reasons": [one.value for one in self.reasons],
            "title": self.title,
            "text": self.text,
            "source": self.source,
            "as_of": self.as_of.isoformat(),
            "checks": [{"check": one.label, "passed": one.passed} for one in self.checks],
            "certificate": None,
        }
        if row is not None:
            found["certificate"] = {
                "number": row.number,
                "revision": row.revision,
                "legal_name": row.legal_name,
                "registration_number": row.registration_number,
                "country": row.country,
                "corridors": [
                    {"origin": one.origin, "destination": one.destination} for one in row.corridors.all()
                ],
                "effective_on": row.effective_on.isoformat(),
                "expires_on": row.expires_on.isoformat(),
                "audit_firm": row.firm_name,
                "url": certificate_url(row.number),
                "agency_ended": self.ending.as_json() if self.ending else None,
            }
        return found


def _words(answer: Answer) -> tuple[str, str]:
    row = answer.certificate
    name = row.legal_name if row else answer.firm_name
    if answer.credential is not None and answer.credential.kind == CredentialKind.IDENTITY:
        return _words_of_firm(answer)
    titles: dict[Verdict, tuple[str, str]] = {
        Verdict.VALID: (
            _("Valid: %(name)s is certified") % {"name": name},
            _("It covers the corridors, sectors and sites named below, and nothing else."),
        ),
        Verdict.UNREADABLE: (
            _("This cannot be read"),
            _("Ask for the certificate's number, its PDF as it was downloaded, or its credential file."),
        ),
        Verdict.NOT_FOUND: (
            _("No certificate has this number"),
            _("Do not rely on a paper that bears it until this page knows it. Check each character."),
        ),
        Verdict.UNKNOWN_ISSUER: (
            _("Not issued by this scheme"),
            _("Nothing of it was looked up elsewhere. Ask whoever issued it, and do not take it for ours."),
        ),
        Verdict.ALTERED: (
            _("Altered: do not rely on it"),
            _("It is not what the scheme signed. Look the agency up on the register, and tell the scheme."),
        ),
        Verdict.STATUS_UNAVAILABLE: (
            _("Its status cannot be read now"),
            _(
                "It was issued by the scheme, but whether it still holds is not known. Try again in a few minutes."
            ),
        ),
        Verdict.SUPERSEDED: (
            _("Obsolete: a later revision took its place"),
            _("Only the latest revision counts. Ask the agency for it, or look at the register."),
        ),
        Verdict.WITHDRAWN: (
            _("Withdrawn: not certified"),
            _("The certificate ended for good. The agency would have to apply again."),
        ),
        Verdict.SUSPENDED: (
            _("Suspended: not certified now"),
            _("Do not rely on it until the register says otherwise."),
        ),
        Verdict.EXPIRED: (_("Expired"), _("Its last day is over. Ask the agency whether it was renewed.")),
        Verdict.NOT_YET_VALID: (
            _("Not valid yet"),
            _("Its first day is still to come. Until then do not rely on it."),
        ),
        Verdict.ANOTHER_ENTITY: (
            _("This certificate is of another agency"),
            _("This certificate is about %(name)s and nobody else: no sister company, no agent.")
            % {"name": name},
        ),
        Verdict.ANOTHER_CORRIDOR: (
            _("This certificate is not for this corridor"),
            _("It covers only the corridors named below. For any other the agency is not certified."),
        ),
    }
    return titles[answer.verdict]


def _words_of_firm(answer: Answer) -> tuple[str, str]:
    name = {"name": answer.firm_name}
    if answer.valid:
        return _("Valid: the scheme recognises %(name)s") % name, _("It may audit for this scheme.")
    if answer.verdict in (Verdict.STATUS_UNAVAILABLE, Verdict.NOT_YET_VALID):
        return str(answer.verdict.label), _("Try again later.")
    return _("The scheme does not recognise %(name)s by this") % name, _(
        "Ask for the latest anchor of the firm."
    )
