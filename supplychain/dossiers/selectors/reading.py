"""Dossiers as their owner reads them, and as anybody may check one."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from supplychain.chains.models import Party
from supplychain.dossiers.models import Copy, Dossier
from supplychain.dossiers.rules import law_of
from supplychain.dossiers.rules.holding import Answered, answered
from supplychain.dossiers.selectors.gathering import frame_of, pieces_of

TOP = re.compile(r"[0-9a-f]{64}")


def dossiers_visible_to(user: User) -> QuerySet[Dossier]:
    """The dossiers of the person's own employer. Nobody else's."""
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None or not user.is_kind(OrganisationKind.EMPLOYER):
        return Dossier.objects.none()
    return Dossier.objects.filter(organisation=organisation).select_related("organisation", "person")


def copies_of(dossier: Dossier) -> QuerySet[Copy]:
    """Every copy made of it, newest version first."""
    return (
        Copy.objects.filter(version__dossier=dossier)
        .select_related("version", "pdf", "archive")
        .order_by("-version__number", "created_at")
    )


def copy_by_top(text: str) -> Copy | None:
    """The copy of a top hash, for the public page that proves it without showing its content."""
    top = text.strip().lower()
    if not TOP.fullmatch(top):
        return None
    return Copy.objects.filter(top_sha256=top).select_related("version__dossier").first()


def held_now(dossier: Dossier) -> list[Answered]:
    """What is held and missing for each thing the law asks, as of now."""
    words = {row.ask: row.text for row in dossier.words.all()}
    return answered(law_of(dossier.law), pieces_of(frame_of(dossier)), words)


def supplier_names(dossier: Dossier) -> list[str]:
    """The suppliers a dossier is about, where some were chosen."""
    rows = Party.objects.filter(organisation_id=dossier.organisation_id, pk__in=dossier.suppliers)
    return list(rows.order_by("name").values_list("name", flat=True))
