"""The PDFs of reports."""

from uuid import UUID

from iris.core import outbox

from . import services


@outbox.job("reports.render_version", queue="pdf")
def render_version(*, version_id: str) -> None:
    """Make the PDF of one version, once."""
    services.render_version(version_id=UUID(version_id))
