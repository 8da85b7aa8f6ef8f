"""What the vault says without opening a name to anybody, and the one place that opens names to check a text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audits.engagements.models import Audit
from audits.engagements.selectors import previous_audit_of
from iris.accounts.models import User
from iris.core.vault import Vault

from .. import rules
from ..models import Identity, IdentityAccess, Interview, VaultErasure
from ..permissions import may_interview
from ..rules import KnownPerson
from ..states import IdentityRole

VAULT = Vault("audits.identities")


@dataclass(frozen=True)
class Opened:
    """One identity, opened. It is shown on one page and kept nowhere."""

    id: str
    role: str
    name: str
    contact: str
    reference: str
    interview_id: str

    @property
    def role_label(self) -> str:
        """Person or interpreter, in words."""
        return str(IdentityRole(self.role).label)


def audit_mark(audit: Audit) -> str:
    """The digest under which the vault keeps an audit."""
    return VAULT.mark(f"audit:{audit.pk}")


def interview_mark(interview: Interview) -> str:
    """The digest under which the vault keeps an interview."""
    return VAULT.mark(f"interview:{interview.pk}")


def person_mark(name: str, contact: str) -> str:
    """The digest by which the same person is known in another audit."""
    return VAULT.mark("person:" + " ".join(f"{name} {contact}".casefold().split()))


def open_row(row: Identity) -> Opened:
    """Read one sealed row. Callers log the access, or show nothing to anybody."""
    held: dict[str, Any] = json.loads(VAULT.open(row.sealed))
    return Opened(id=str(row.pk), role=row.role, **held)


def identities_of(audit: Audit) -> QuerySet[Identity]:
    """The sealed rows of an audit."""
    return Identity.objects.filter(audit_mark=audit_mark(audit))


def identity_counts(audit: Audit, interviews: Iterable[Interview]) -> dict[Any, int]:
    """How many people are sealed for each interview, by its id; the digests never leave the server."""
    marks = Counter(identities_of(audit).values_list("interview_mark", flat=True))
    return {one.pk: marks[interview_mark(one)] for one in interviews}


def known_people(audit: Audit) -> list[KnownPerson]:
    """Everybody whom the vault knows in an audit, to check a text against. Shown to nobody."""
    opened = [open_row(row) for row in identities_of(audit)]
    return [KnownPerson(one.name, one.contact, one.reference) for one in opened]


def names_given_away(audit: Audit, text: str, known: list[KnownPerson] | None = None) -> str:
    """A sentence that says what is wrong with a text that would give somebody away; empty when it may be kept."""
    if not text.strip():
        return ""
    hit = rules.found_in(text, known_people(audit) if known is None else known)
    if hit == "name":
        return _(
            "This text holds the name of somebody who was interviewed in this audit. "
            "Write “the worker” or “one person” instead."
        )
    if hit == "contact":
        return _(
            "This text holds the phone number or address of somebody who was interviewed. Take it out: "
            "contacts are kept only in the vault."
        )
    if hit == "reference":
        return _(
            "This text holds the sample reference of somebody who was interviewed. Take it out: with the "
            "draw list it leads to the person."
        )
    return ""


def texts_giving_away(audit: Audit, texts: Mapping[str, str]) -> dict[str, str]:
    """By field, what is wrong with texts that would give somebody away."""
    if not any(text.strip() for text in texts.values()):
        return {}
    known = known_people(audit)
    found = {name: names_given_away(audit, text, known) for name, text in texts.items()} if known else {}
    return {name: sentence for name, sentence in found.items() if sentence}


def accesses_of(audit: Audit) -> QuerySet[IdentityAccess]:
    """Who opened the vault of an audit, the last first."""
    return IdentityAccess.objects.filter(audit=audit).select_related("actor")


def erasures_of(audit: Audit) -> int:
    """How many identities of an audit were erased so far."""
    return sum(VaultErasure.objects.filter(audit=audit).values_list("erased", flat=True))


def may_check_employment(audit: Audit, user: User) -> bool:
    """The team of the next audit, where identities of the one before are still there."""
    if not may_interview(audit, user):
        return False
    before = previous_audit_of(audit)
    return before is not None and identities_of(before).exists()
