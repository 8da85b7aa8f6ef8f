"""What a certificate and a firm say, gathered for the mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from certification.certificates.models import Certificate
from certification.credentials.models import StatusList
from certification.credentials.rules.untp import ConformityFacts, Entry, Frame, IdentityFacts, Named
from certification.credentials.selectors.keys import firm_did, public_url, scheme_did
from certification.standard.models import Criterion
from iris.core.places import country_name


@dataclass(frozen=True)
class Recognition:
    """An audit firm that the scheme recognises: told by the room that keeps firms."""

    firm_id: UUID
    name: str
    country: str
    since: date
    until: date | None = None


def certificate_url(number: str) -> str:
    """Where anyone reads the certificate's state of today; the QR code leads here."""
    return public_url(reverse("register:verify_number", args=[number]))


def credential_url(credential_id: UUID) -> str:
    """Where one credential is fetched, whatever became of it."""
    return public_url(reverse("credentials:credential", args=[credential_id]))


def list_url(row: StatusList) -> str:
    """Where a status list is fetched."""
    return public_url(reverse("credentials:status", args=[row.purpose, row.number]))


def terms_url() -> str:
    """The context of our own words."""
    return public_url(reverse("credentials:terms"))


def scheme() -> Named:
    """The scheme as an issuer."""
    return Named(scheme_did(), str(settings.SCHEME_NAME))


def start(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), tzinfo=UTC)


def end(day: date) -> datetime:
    """The last second of a day: a certificate holds on its last day."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def frame_of(
    credential_id: UUID, entries: Sequence[Entry], valid_from: datetime, valid_until: datetime | None
) -> Frame:
    """What every credential says of itself."""
    return Frame(
        id=credential_url(credential_id),
        issuer=scheme(),
        valid_from=valid_from,
        valid_until=valid_until,
        entries=entries,
        terms_url=terms_url(),
    )


def conformity_facts(row: Certificate) -> ConformityFacts:
    """What one revision says. Nothing in it can change later without a new revision."""
    url = certificate_url(row.number)
    corridors = [(one.origin, one.destination) for one in row.corridors.all()]
    corridor_words = [one.text for one in row.corridors.all()]
    auditor = Named(firm_did(row.firm_id), row.firm_name) if row.firm_id else None
    anchor = public_url(reverse("credentials:firm_anchor", args=[row.firm_id])) if row.firm_id else ""
    edition = row.edition
    return ConformityFacts(
        number=row.number,
        revision=row.revision,
        certificate_url=url,
        attestation_url=f"{url}?revision={row.revision}",
        agency=Named(
            public_url(reverse("register:agency", args=[row.agency_id])),
            row.legal_name,
            row.registration_number,
        ),
        agency_country=row.country,
        other_names=[str(one["name"]) for one in row.other_names],
        auditor=auditor,
        auditor_anchor_url=anchor,
        scheme=Named(public_url(reverse("standard:current")), str(settings.SCHEME_NAME)),
        standard=Named(
            public_url(reverse("standard:edition", args=[edition.number])),
            f"{edition.title}, edition {edition.number}",
        ),
        criteria=_criteria(row),
        assessed_on=row.stage2_ended_on or row.decided_on,
        corridors=corridors,
        sectors=list(row.sectors),
        sites=[_site(row.city, row.country), *(_site(one["city"], one["country"]) for one in row.branches)],
        conditions=[
            *(f"Covers recruitment from {words}." for words in corridor_words),
            f"Covers the sectors {', '.join(row.sector_names)}.",
        ],
    )


def identity_facts(told: Recognition) -> IdentityFacts:
    """What the recognition of a firm says."""
    register = Named(
        public_url(reverse("register:search")), f"Audit firms recognised by {settings.SCHEME_NAME}"
    )
    return IdentityFacts(
        firm=Named(firm_did(told.firm_id), told.name, str(told.firm_id)),
        country=told.country,
        recognised_on=told.since,
        register=register,
        registrar=scheme(),
        scope_url=public_url(reverse("standard:current")),
    )


def _criteria(row: Certificate) -> list[Named]:
    found = Criterion.objects.filter(principle__edition_id=row.edition_id).order_by(
        "principle__order", "order"
    )
    number = row.edition.number
    return [
        Named(public_url(reverse("standard:criterion", args=[number, one.code])), f"{one.code} {one.title}")
        for one in found
    ]


def _site(city: str, country: str) -> str:
    return ", ".join(part for part in (city, country_name(country)) if part)
