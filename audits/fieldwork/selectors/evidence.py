"""Evidence as its readers may see it: the team everything, others what protects whoever gave it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet

from audits.engagements.models import Audit
from audits.engagements.selectors import audits_worked_on_by
from certification.standard.models import Indicator
from iris.accounts.models import User
from iris.core.models import StoredFile

from ..models import Evidence

Disclosed = Callable[[Audit], set[UUID]]
_disclosed: dict[str, Disclosed] = {}


def offer_disclosed(key: str, provider: Disclosed) -> None:
    """A room above says in AppConfig.ready() which evidence of an audit the agency was shown, by id."""
    _disclosed[key] = provider


def evidence_of(audit: Audit, indicator: Indicator | None = None) -> QuerySet[Evidence]:
    """The originals of an audit that count, in the order in which they came; of one indicator when it is named."""
    rows = Evidence.objects.filter(audit=audit, redaction_of=None, withdrawal=None)
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    return rows.select_related("file", "shown", "indicator", "taken_by").prefetch_related(
        "redactions__file", "redactions__withdrawal", "redactions__shown"
    )


def evidence_by_indicator(audit: Audit) -> dict[UUID, list[Evidence]]:
    """The same by indicator, for the desk."""
    found: dict[UUID, list[Evidence]] = {}
    for row in evidence_of(audit).exclude(indicator=None):
        assert row.indicator_id is not None
        found.setdefault(row.indicator_id, []).append(row)
    return found


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """Originals and versions, withdrawn ones too, of the audits whose desk the person may open."""
    return Evidence.objects.filter(audit__in=audits_worked_on_by(user))


def versions_of(original: Evidence) -> list[Evidence]:
    """The chain of one piece of evidence: the original and every redacted version after it."""
    later = original.redactions.select_related(
        "file", "shown", "taken_by", "withdrawal__by"
    ).prefetch_related("checks__by")
    return [original, *later.order_by("version")]


def shared_version(original: Evidence) -> Evidence | None:
    """What people outside the team get: the last redacted version, or the original where nobody is at risk."""
    if original.withdrawn_at is not None:
        return None
    left = [row for row in original.redactions.all() if row.withdrawn_at is None]
    if left:
        return max(left, key=lambda row: row.version)
    return original if original.open_as_it_is else None


def may_read_original(evidence: Evidence, user: User) -> bool:
    """The audit's team, as long as they act for its firm; nobody else, the scheme included."""
    return evidence.audit.is_worked_by(user)


def file_for(evidence: Evidence, user: User) -> StoredFile | None:
    """The file of this version as this person gets it, or None. The agency gets what a room above disclosed to it."""
    original = evidence.redaction_of or evidence
    if not may_read_original(original, user):
        shared = shared_version(original)
        if shared is None or shared.pk != evidence.pk:
            return None
        if evidence.audit.concerns_agency(user) and original.pk not in _told(evidence.audit):
            return None
    return evidence.shown or evidence.file


def _told(audit: Audit) -> set[UUID]:
    return {pk for provider in _disclosed.values() for pk in provider(audit)}
