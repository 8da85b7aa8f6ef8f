"""Evidence of an audit, kept by the real services."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.engagements.models import Audit
from audits.fieldwork import services
from audits.fieldwork.models import Evidence
from audits.fieldwork.services import NewEvidence
from audits.fieldwork.states import EvidenceSource, GivenBy
from certification.standard.models import Indicator
from tests.factories import audits


def words(**more: object) -> NewEvidence:
    """What an auditor says about a register of the agency, unless told otherwise."""
    values: dict[str, object] = {
        "title": "Contract register, September",
        "source": EvidenceSource.AGENCY,
        "given_by": GivenBy.STAFF,
        "note": "Nine rows, seven contracts.",
    }
    return NewEvidence(**{**values, **more})  # type: ignore[arg-type]


def evidence(
    audit: Audit,
    indicator: Indicator | None = None,
    upload: SimpleUploadedFile | None = None,
    **more: object,
) -> Evidence:
    """One piece of evidence, kept by the lead auditor."""
    return services.add_evidence(
        audit_id=audit.pk,
        actor=audits.lead_of(audit),
        evidence=words(**more),
        upload=upload or audits.a_file("register.txt"),
        indicator_id=indicator.pk if indicator else None,
    )
