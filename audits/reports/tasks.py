"""The PDFs of reports and the archives of cases."""

from uuid import UUID

from iris.core import outbox

from . import services


@outbox.job("reports.render_version", queue="pdf")
def render_version(*, version_id: str) -> None:
    """Make the PDF of one version, once."""
    services.render_version(version_id=UUID(version_id))


@outbox.job("reports.make_export")
def make_export(*, export_id: str) -> None:
    """Make the archive of one case, once."""
    services.make_export(export_id=UUID(export_id))
