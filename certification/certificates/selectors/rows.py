"""Finding certificates: who may read which, by number, and the lists."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from certification.agencies import selectors as agencies_read
from certification.agencies.models import Agency
from certification.certificates.models import Certificate
from certification.certificates.rules import alike_key, near_keys, plain_number
from certification.certificates.selectors.standing import with_standing
from certification.certificates.states import RUNNING, Standing
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """The scheme sees all, an agency its own, an audit firm those it audited. The public has the register."""
    rows = Certificate.objects.select_related("agency", "agency__organisation", "edition", "pdf")
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    if user.is_kind(OrganisationKind.AGENCY):
        return rows.filter(agency__organisation=organisation)
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        return rows.filter(firm_id=organisation.pk)
    return rows.none()


def public_certificates() -> QuerySet[Certificate]:
    """Every revision of every certificate, for the register: all of them are public, whatever their state."""
    return Certificate.objects.select_related("agency", "edition").prefetch_related("corridors", "changes")


def with_parts(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """The same rows with everything a page shows, in a fixed number of queries."""
    return rows.prefetch_related("corridors", "conditions", "changes")


def certificate_by_number(text: str) -> Certificate | None:
    """The latest revision of the certificate of this number; spaces, dashes and small letters do not count."""
    plain = plain_number(text)
    if not plain:
        return None
    return public_certificates().filter(number_plain=plain).order_by("-revision").first()


def revisions_of(certificate: Certificate) -> QuerySet[Certificate]:
    """Every revision of the same number, latest first."""
    return public_certificates().filter(number=certificate.number).order_by("-revision")


def numbers_like(text: str, most: int = 3) -> list[str]:
    """Numbers that somebody may have meant: look-alike letters and digits, one slip, or two swapped."""
    key = alike_key(text)
    if len(key) < 6:
        return []
    rows = Certificate.objects.filter(revision=1)
    same = list(rows.filter(number_alike=key).values_list("number", flat=True)[:most])
    if same:
        return same
    return list(
        rows.filter(number_alike__regex=near_keys(key))
        .values_list("number", flat=True)
        .order_by("number")[:most]
    )


def running_certificate(agency: Agency) -> Certificate | None:
    """The one revision of the agency's that has not ended (it may be suspended)."""
    return Certificate.objects.filter(agency=agency, state__in=RUNNING).first()


def for_list(
    rows: QuerySet[Certificate],
    *,
    q: str = "",
    standing: str = "",
    country: str = "",
    sector: str = "",
    ends_within: int | None = None,
) -> QuerySet[Certificate]:
    """The scheme's list: the latest revision of each number, filtered, soonest end first."""
    rows = with_standing(rows.filter(replaced_by=None))
    if q:
        found = agencies_read.found_by(Agency.objects.all(), q)
        rows = rows.filter(Q(number_plain__contains=plain_number(q) or "-") | Q(agency__in=found))
    if standing:
        rows = rows.filter(public_standing=standing)
    if country:
        rows = rows.filter(country=country)
    if sector:
        rows = rows.filter(sectors__contains=[sector])
    if ends_within:
        last = clocks.add_months(clocks.today(), ends_within)
        rows = rows.filter(state__in=RUNNING, expires_on__lte=last, expires_on__gte=clocks.today())
    return rows.prefetch_related("corridors").order_by("-issued_at", "number")


def for_api(
    *,
    status: str = "",
    country: str = "",
    origin: str = "",
    destination: str = "",
    sector: str = "",
    agency_id: UUID | None = None,
) -> QuerySet[Certificate]:
    """The latest revision of every number, as the register knows it, filtered by what it covers."""
    rows = with_standing(public_certificates().filter(replaced_by=None))
    plain = {"public_standing": status, "country": country, "agency_id": agency_id}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if sector:
        rows = rows.filter(sectors__contains=[sector])
    corridor = {"corridors__origin": origin, "corridors__destination": destination}
    given = {name: code for name, code in corridor.items() if code}
    return rows.filter(pk__in=Certificate.objects.filter(**given).values("pk")) if given else rows


def counts_by_standing(rows: QuerySet[Certificate]) -> dict[Standing, int]:
    """How many certificates stand how, in one query."""
    counted = (
        with_standing(rows.filter(replaced_by=None).select_related(None))
        .order_by()
        .values("public_standing")
        .annotate(n=Count("pk"))
        .values_list("public_standing", "n")
    )
    return {Standing(standing): n for standing, n in counted}
