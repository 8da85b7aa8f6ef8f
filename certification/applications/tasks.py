"""Periodic work on applications."""

from iris.core import outbox

from . import services


@outbox.sweep("applications.deferrals", every=600)
def lapse_deferrals() -> None:
    """Deferrals that ran out."""
    services.lapse_deferrals()


@outbox.sweep("applications.overdue", every=600)
def tell_of_overdue_reviews() -> None:
    """Reviews past their day."""
    services.tell_of_overdue_reviews()
