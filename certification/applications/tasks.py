"""Periodic work on applications, and their letters as PDFs."""

from uuid import UUID

from iris.core import outbox

from . import services


@outbox.sweep("applications.deferrals", every=600)
def tell_of_deferrals_over() -> None:
    """Deferrals that ran out."""
    services.tell_of_deferrals_over()


@outbox.sweep("applications.overdue", every=600)
def tell_of_overdue_reviews() -> None:
    """Reviews past their day."""
    services.tell_of_overdue_reviews()


@outbox.job("applications.render_letter", queue="pdf")
def render_letter(*, letter_id: str) -> None:
    """Make the PDF of one letter, once."""
    services.render_letter(letter_id=UUID(letter_id))
