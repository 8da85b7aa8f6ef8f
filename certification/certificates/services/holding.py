"""Taking rows in one order: the agency, then its certificate, as a decision does; no two acts wait in a ring."""

from __future__ import annotations

from uuid import UUID

from certification.agencies.models import Agency
from certification.certificates.models import Certificate
from iris.core.fsm import lock


def held(certificate_id: UUID) -> Certificate:
    """The certificate, locked after its agency, until the transaction ends."""
    agency_id = Certificate.objects.values_list("agency_id", flat=True).get(pk=certificate_id)
    lock(Agency, agency_id)
    return lock(Certificate, certificate_id)
