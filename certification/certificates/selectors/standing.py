"""What an agency is today: derived from its certificates and applications, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django_stubs_ext import WithAnnotations

from certification.agencies.models import Agency
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from certification.certificates.models import Certificate
from certification.certificates.rules import standing_on
from certification.certificates.states import VALID_STANDINGS, CertificateState, ScopeChange, Standing
from iris.core import clocks
from iris.core.states import StateFacts, facts_of

# From acceptance to the decision: what makes an agency without a certificate an applicant in public.
APPLYING = (ApplicationState.ACCEPTED, ApplicationState.UNDER_AUDIT, ApplicationState.RECOMMENDED)


class PublicStanding(TypedDict):
    """What with_standing adds to a row."""

    public_standing: str


@dataclass(frozen=True)
class StandingFacts:
    """What an agency is today, the certificate that makes it so, and since when."""

    standing: Standing
    certificate: Certificate | None = None
    since: date | None = None

    @property
    def facts(self) -> StateFacts:
        """Words, tone and icon."""
        return facts_of(self.standing)

    @property
    def valid(self) -> bool:
        """Whether a certificate may be relied on today, within its scope."""
        return self.standing in VALID_STANDINGS


def latest_certificates() -> QuerySet[Certificate]:
    """For each agency the certificate that speaks for it: the one issued last."""
    latest = Certificate.objects.order_by("agency_id", "-issued_at", "-revision").distinct("agency_id")
    return Certificate.objects.filter(pk__in=latest.values("pk"))


def with_standing(
    rows: QuerySet[Certificate], on: date | None = None
) -> QuerySet[WithAnnotations[Certificate, PublicStanding]]:
    """The same rows with `public_standing`: rules.standing_on in SQL, for filters and counts."""
    day = on or clocks.today()
    state = CertificateState
    return rows.annotate(
        public_standing=Case(
            When(state=state.WITHDRAWN, then=Value(Standing.WITHDRAWN.value)),
            When(state=state.RELINQUISHED, then=Value(Standing.LEFT.value)),
            When(state=state.SUPERSEDED, then=Value(Standing.SUPERSEDED.value)),
            When(Q(state=state.EXPIRED) | Q(expires_on__lt=day), then=Value(Standing.EXPIRED.value)),
            When(state=state.SUSPENDED, then=Value(Standing.SUSPENDED.value)),
            When(effective_on__gt=day, then=Value(Standing.NOT_YET_VALID.value)),
            When(state=state.CONDITIONAL, then=Value(Standing.CERTIFIED_WITH_CONDITIONS.value)),
            When(scope_change=ScopeChange.REDUCED, then=Value(Standing.REDUCED_SCOPE.value)),
            default=Value(Standing.CERTIFIED.value),
            output_field=CharField(),
        )
    )


def applying() -> QuerySet[Application]:
    """Applications that make an agency an applicant in public: accepted, not yet decided."""
    return Application.objects.filter(state__in=APPLYING)


def agencies_on_register() -> QuerySet[Agency]:
    """Agencies of the public register: they hold or held a certificate, or applied for one and wait."""
    certified = Exists(Certificate.objects.filter(agency=OuterRef("pk")))
    asking = Exists(applying().filter(agency=OuterRef("pk")))
    return Agency.objects.filter(certified | asking)


def agencies_with_standing(agencies: QuerySet[Agency], standing: str) -> QuerySet[Agency]:
    """Of these agencies, the ones that stand so today."""
    certified = Exists(Certificate.objects.filter(agency=OuterRef("pk")))
    asking = Exists(applying().filter(agency=OuterRef("pk")))
    if standing == Standing.APPLICANT:
        return agencies.filter(asking).exclude(certified)
    if standing == Standing.ENROLLED:
        return agencies.exclude(certified).exclude(asking)
    rows = with_standing(latest_certificates()).filter(public_standing=standing)
    return agencies.filter(pk__in=rows.values("agency_id"))


def standings_of(agencies: Iterable[Agency], on: date | None = None) -> dict[UUID, StandingFacts]:
    """What each of these agencies is today. Three queries, however many there are."""
    keys = [agency.pk for agency in agencies]
    if not keys:
        return {}
    day = on or clocks.today()
    # The latest of these agencies alone: latest_certificates() would look at those of everybody first.
    rows = (
        Certificate.objects.filter(agency_id__in=keys)
        .order_by("agency_id", "-issued_at", "-revision")
        .distinct("agency_id")
        .select_related("edition")
        .prefetch_related("corridors")
    )
    found = {row.agency_id: _facts(row, day) for row in rows}
    asking = dict(
        applying()
        .filter(agency_id__in=[key for key in keys if key not in found])
        .values_list("agency_id", "accepted_at")
    )
    for key in keys:
        if key in asking:
            since = asking[key]
            found[key] = StandingFacts(Standing.APPLICANT, since=since.date() if since else None)
        else:
            found.setdefault(key, StandingFacts(Standing.ENROLLED))
    return found


def standing_of(agency: Agency, on: date | None = None) -> StandingFacts:
    """What one agency is today."""
    return standings_of([agency], on)[agency.pk]


def standing_facts(certificate: Certificate, on: date | None = None) -> StandingFacts:
    """What one revision is worth on a day."""
    return _facts(certificate, on or clocks.today())


def _facts(certificate: Certificate, day: date) -> StandingFacts:
    standing = standing_on(certificate, day)
    since = {
        Standing.EXPIRED: certificate.expires_on,
        Standing.NOT_YET_VALID: certificate.effective_on,
    }.get(standing, certificate.state_since)
    if standing in VALID_STANDINGS:
        since = max(since, certificate.effective_on)
    return StandingFacts(standing, certificate, since)
