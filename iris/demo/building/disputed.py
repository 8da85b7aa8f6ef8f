"""What others say of entries: an agency disputes its own, so does a stranger, and an authority files a notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from certification.agencies.selectors import signatory
from certification.certificates.models import Certificate
from certification.certificates.states import IN_FORCE, CertificateState
from certification.corrections import services
from certification.corrections.services import DisputeEntry, NoticeEntry
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks

if TYPE_CHECKING:
    from iris.demo.building.scheme import World


def build(world: World, now: datetime) -> None:
    """One dispute of an agency with its words shown, one of a stranger answered, one that waits, and a notice."""
    rows = Certificate.objects.filter(replaced_by=None).select_related("agency")
    running = list(rows.filter(state__in=IN_FORCE).order_by("expires_on", "number")[:6])
    suspended = rows.filter(state=CertificateState.SUSPENDED).order_by("number").first() or running[0]
    screener = world.staff["screener"]
    with clocks.freeze(now - timedelta(days=9)):
        _disputed_by_itself(suspended, screener)
    with clocks.freeze(now - timedelta(days=6)):
        told = DisputeEntry(
            about="name",
            wrong="The telephone number on this page is not in service.",
            right="The office answers at the number on its door.",
        )
        row = services.dispute_publicly(agency_id=running[4].agency_id, entry=told)
        services.look_at_dispute(dispute_id=row.pk, actor=screener)
        services.keep_dispute(
            dispute_id=row.pk,
            actor=screener,
            answer="We rang it on two days. The agency answered both times.",
        )
    with clocks.freeze(now - timedelta(days=2)):
        waits = DisputeEntry(
            about="scope",
            wrong="The page names a second corridor. The agency told us that it no longer sends anybody there.",
            proof="Letter of the agency to our embassy, last week",
        )
        services.dispute_as(agency_id=running[5].agency_id, entry=waits, actor=world.employers[0][0])
        _noticed(running[3])


def _disputed_by_itself(certificate: Certificate, screener: User) -> None:
    person = signatory(certificate.agency)
    assert person is not None
    told = DisputeEntry(
        about="status",
        wrong="The reason given for the suspension names an audit that we never refused.",
        right="The audit was put off by a flood; both letters are in the file.",
        certificate_number=certificate.number,
        reply="We never refused an audit. Our office was flooded on both days, and we said so in writing.",
    )
    row = services.dispute_as(agency_id=certificate.agency_id, entry=told, actor=person)
    services.look_at_dispute(dispute_id=row.pk, actor=screener)
    services.show_reply(dispute_id=row.pk, actor=screener, shown=True)


def _noticed(certificate: Certificate) -> None:
    reader = User.objects.filter(
        memberships__organisation__kind=OrganisationKind.GOVERNMENT, memberships__active=True
    ).first()
    if reader is None:
        return
    licence = certificate.agency.licences.first()
    services.file_notice(
        entry=NoticeEntry(
            measure="warning",
            text="Two workers complained that a sub-agent took money for their papers. We are looking into it.",
            measure_on=clocks.today(),
            country=licence.country if licence else "",
            licence_number=licence.number if licence else "",
            agency_name=certificate.legal_name,
            file_number="OLM/2026/311",
        ),
        actor=reader,
    )
