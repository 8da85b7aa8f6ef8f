"""Dossiers are made in the children of the pdf queue."""

from uuid import UUID

from iris.core.outbox import job, sweep
from supplychain.dossiers import services


@job(services.MAKE_JOB, queue="pdf")
def make(*, dossier_id: str, person_id: str) -> None:
    """Freeze one version and build its copies."""
    services.make(dossier_id=UUID(dossier_id), person_id=UUID(person_id))


@sweep("dossiers.retention", every=86_400)
def retention() -> None:
    """Delete what is past its years and not held."""
    services.delete_expired()
