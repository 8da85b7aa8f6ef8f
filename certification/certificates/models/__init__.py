"""Certificates, what they name, and what keeps them."""

from certification.certificates.models.certificate import (
    Certificate,
    Ground,
    Why,
)
from certification.certificates.models.keeping import (
    AuditOrder,
    DecisionDeferral,
    LicenceReview,
    SurveillanceWindow,
)
from certification.certificates.models.mark import (
    MarkLicence,
    MisuseCase,
)
from certification.certificates.models.parts import (
    CertificateChange,
    CertificateCondition,
    CertificateCorridor,
    NumberSeries,
)

__all__ = [
    "AuditOrder",
    "Certificate",
    "CertificateChange",
    "CertificateCondition",
    "CertificateCorridor",
    "DecisionDeferral",
    "Ground",
    "LicenceReview",
    "MarkLicence",
    "MisuseCase",
    "NumberSeries",
    "SurveillanceWindow",
    "Why",
]
