"""The scheme's keys, what they signed, and the lists that say what of it no longer holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from certification.credentials.rules.bits import SIZE
from certification.credentials.states import Algorithm, CredentialKind, EndReason, KeyUse, Purpose
from iris.core.models import Record


class SchemeKey(Record):
    """One key of the ring. The private half is sealed until it retires, then destroyed; the public one stays."""

    use = models.CharField(max_length=12, choices=KeyUse.choices)
    algorithm = models.CharField(max_length=8, choices=Algorithm.choices)
    name = models.CharField(max_length=64, unique=True)  # RFC 7638 thumbprint; the fragment of its key id
    public_jwk = models.JSONField()
    private_sealed = models.BinaryField(null=True, blank=True)
    certificate_pem = models.TextField(blank=True)  # of a key that signs documents
    made_by_name = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["use"], condition=Q(retired_at__isnull=True), name="scheme_key_one_current"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, private_sealed__isnull=False)
                | Q(retired_at__isnull=False, private_sealed__isnull=True),
                name="scheme_key_retired_cannot_sign",
            ),
            models.CheckConstraint(
                condition=(Q(use=KeyUse.DOCUMENT) & ~Q(certificate_pem=""))
                | (~Q(use=KeyUse.DOCUMENT) & Q(certificate_pem="")),
                name="scheme_key_of_documents_has_a_certificate",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="scheme_key_says_why"),
        ]

    def __str__(self) -> str:
        return self.name


class StatusList(Record):
    """One signed list of bits. The rows of credentials are the truth; this is what was last published of it."""

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField(default=SIZE)
    taken = models.PositiveIntegerField(default=0)
    changes = models.PositiveBigIntegerField(default=1)  # counted with every act that moves a bit
    built_changes = models.PositiveBigIntegerField(default=0)  # the count the published list knows
    built_at = models.DateTimeField(null=True, blank=True)
    jwt = models.TextField(blank=True)

    class Meta:
        ordering = ["purpose", "number"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "number"], name="status_list_numbered_once"),
            models.CheckConstraint(condition=Q(size__gte=SIZE), name="status_list_hides_among_many"),
            models.CheckConstraint(
                condition=Q(built_changes__lte=F("changes")), name="status_list_not_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"

    @property
    def due(self) -> bool:
        """Whether something moved since it was last published."""
        return self.built_changes < self.changes or not self.jwt


class Credential(Record):
    """One signed credential: kept as it was signed, for ever. Only whether it still holds may change."""

    kind = models.CharField(max_length=12, choices=CredentialKind.choices)
    certificate = models.ForeignKey(
        "certification_certificates.Certificate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="credentials",
    )
    firm_id = models.UUIDField(null=True, blank=True, db_index=True)
    key = models.ForeignKey(SchemeKey, on_delete=models.PROTECT, related_name="credentials")
    jwt = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    jwt_w3c = models.TextField(blank=True)  # the same with both status entries, as the W3C writes them
    sha256_w3c = models.CharField(max_length=64, blank=True, db_index=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    revocation_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    revocation_index = models.PositiveIntegerField()
    suspension_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    suspension_index = models.PositiveIntegerField()
    suspended_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=20, choices=EndReason.choices, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["revocation_list", "revocation_index"], name="credential_bit_revoked"
            ),
            models.UniqueConstraint(
                fields=["suspension_list", "suspension_index"], name="credential_bit_suspended"
            ),
            models.CheckConstraint(
                condition=Q(kind=CredentialKind.CONFORMITY, certificate__isnull=False, firm_id__isnull=True)
                | Q(kind=CredentialKind.IDENTITY, certificate__isnull=True, firm_id__isnull=False),
                name="credential_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="credential_revoked_says_why",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(revoked_at__isnull=True),
                name="credential_one_for_each_revision",
            ),
            models.UniqueConstraint(
                fields=["firm_id"], condition=Q(revoked_at__isnull=True), name="credential_one_for_each_firm"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
