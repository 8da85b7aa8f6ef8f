"""What was issued, who may read which of it, and the links between it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from certification.certificates.models import Certificate
from certification.certificates.selectors import certificates_visible_to
from certification.credentials.models import Credential, StatusList
from certification.credentials.selectors.facts import certificate_url, credential_url, list_url
from certification.credentials.selectors.keys import public_url
from certification.credentials.states import CredentialKind
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind


def credentials_visible_to(user: User) -> QuerySet[Credential]:
    """The log of what was issued: the scheme sees all, others those of certificates they see and of their own firm."""
    rows = Credential.objects.select_related("certificate", "key").defer("jwt", "jwt_w3c")
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None:
        return rows.none()
    if user.is_kind(OrganisationKind.SCHEME):
        return rows
    mine = Q(certificate__in=certificates_visible_to(user).values("pk"))
    if user.is_kind(OrganisationKind.AUDIT_FIRM):
        mine |= Q(firm_id=organisation.pk)
    return rows.filter(mine)


def credential_of(certificate: Certificate) -> Credential | None:
    """The credential of a revision, whatever became of it."""
    return Credential.objects.filter(certificate=certificate).order_by("-created_at").first()


def published_credential(credential_id: UUID) -> Credential | None:
    """One credential with its signed text: whoever has its address may read it, as whoever holds the certificate."""
    return Credential.objects.filter(pk=credential_id).first()


def status_lists() -> list[StatusList]:
    """Every status list there is; they are public."""
    return list(StatusList.objects.all())


def anchor_of(firm_id: UUID) -> Credential | None:
    """The latest anchor of an audit firm, whatever became of it."""
    rows = Credential.objects.filter(kind=CredentialKind.IDENTITY, firm_id=firm_id)
    return rows.order_by("-created_at").first()


def credential_with_digest(sha256: str) -> Credential | None:
    """The credential that was issued with exactly these bytes."""
    rows = Credential.objects.select_related(
        "certificate__agency", "key", "revocation_list", "suspension_list"
    )
    return rows.filter(Q(sha256=sha256) | Q(sha256_w3c=sha256)).first()


def status_list(purpose: str, number: int) -> StatusList | None:
    """One list as it was last published."""
    return StatusList.objects.filter(purpose=purpose, number=number).first()


def linkset(certificate: Certificate, credential: Credential | None) -> dict[str, Any]:
    """RFC 9264, as UNTP's resolver writes it: where everything about this certificate is."""
    url = certificate_url(certificate.number)
    agency = public_url(reverse("register:agency", args=[certificate.agency_id]))
    entry: dict[str, Any] = {
        "anchor": url,
        "description": f"Certificate of ethical recruitment {certificate.number}",
        "about": [_link(agency, "The agency on the register", "text/html")],
        "alternate": [_link(url, "The certificate and its state of today", "text/html")],
        "describedby": [
            _link(
                public_url(reverse("standard:edition", args=[certificate.edition.number])),
                "The Standard it was audited against",
                "text/html",
            )
        ],
    }
    if credential is not None:
        entry["https://vocabulary.uncefact.org/dcc"] = [
            _link(credential_url(credential.pk), "Digital Conformity Credential", "application/vc+jwt")
        ]
        lists = (
            (credential.revocation_list, "Status list of revocations"),
            (credential.suspension_list, "Status list of suspensions"),
        )
        entry["status"] = [_link(list_url(one), words, "application/vc+jwt") for one, words in lists]
    return {"linkset": [entry]}


def _link(href: str, title: str, media_type: str) -> dict[str, Any]:
    return {"href": href, "title": title, "type": media_type, "hreflang": ["en"]}
