"""The mark: its terms, whether an agency accepted them, and cases of misuse."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Exists, OuterRef, Q, QuerySet

from certification.agencies.models import Agency
from certification.agencies.selectors import agencies_visible_to
from certification.certificates.models import Certificate, MarkLicence, MisuseCase
from certification.certificates.states import MISUSE_OPEN, MisuseState
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks

_FILE = Path(__file__).resolve().parents[1] / "mark_terms.yaml"


@dataclass(frozen=True)
class MarkTerms:
    """One version of the terms."""

    version: int
    valid_from: date
    terms: tuple[str, ...]
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]
    sha256: str


@cache
def _versions() -> tuple[MarkTerms, ...]:
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        MarkTerms(
            version=int(row["version"]),
            valid_from=row["valid_from"],
            terms=tuple(row["terms"]),
            allowed=tuple(row["allowed"]),
            forbidden=tuple(row["forbidden"]),
            sha256=hashlib.sha256(
                "\n".join([*row["terms"], *row["allowed"], *row["forbidden"]]).encode()
            ).hexdigest(),
        )
        for row in rows
    )


def mark_terms(on: date | None = None) -> MarkTerms:
    """The terms in force on a day."""
    day = on or clocks.today()
    return max((row for row in _versions() if row.valid_from <= day), key=lambda row: row.valid_from)


def mark_accepted(certificate: Certificate) -> MarkLicence | None:
    """Who accepted the terms of today for this certificate, whatever its revision."""
    return MarkLicence.objects.filter(number=certificate.number, terms_version=mark_terms().version).first()


def misuses_visible_to(user: User) -> QuerySet[MisuseCase]:
    """The scheme all; whoever reported it; the agency from the day it is asked to take something down."""
    rows = MisuseCase.objects.select_related("agency", "evidence", "decision")
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    mine = Q(reported_by=user)
    organisation = user.organisation
    if user.is_kind(OrganisationKind.AGENCY) and organisation is not None:
        told = (MisuseState.TAKEDOWN_ASKED, MisuseState.REMOVED, MisuseState.ESCALATED)
        mine |= Q(agency__organisation=organisation, state__in=told)
    return rows.filter(mine)


def misuses_open() -> QuerySet[MisuseCase]:
    """Cases that the scheme has not closed, soonest due first."""
    return MisuseCase.objects.filter(state__in=MISUSE_OPEN).select_related("agency").order_by("due_on")


def agencies_reportable_by(user: User) -> QuerySet[Agency]:
    """Whose use of the mark a person may report: agencies known by a certificate, and those they see anyway."""
    known = Exists(Certificate.objects.filter(agency=OuterRef("pk")))
    return Agency.objects.filter(known | Q(pk__in=agencies_visible_to(user).values("pk")))
