"""What the clock does: deferrals run out, overdue reviews are told."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.selectors import in_words
from certification.applications.models import Application
from certification.applications.states import ApplicationState
from iris.core import clocks, events
from iris.core.errors import DomainError
from iris.core.events import SYSTEM
from iris.core.fsm import act, lock

from .telling import tell_agency, tell_scheme


def lapse_deferrals() -> int:
    """Reject applications whose deferral ran out; returns how many."""
    rows = Application.objects.filter(state=ApplicationState.DEFERRED, deferred_until__lt=clocks.today())
    return sum(_lapse(pk) for pk in rows.values_list("pk", flat=True))


def tell_of_overdue_reviews() -> int:
    """Tell the screeners, once, of every review that is past its day; returns how many."""
    rows = Application.objects.filter(
        state=ApplicationState.IN_REVIEW, review_due__lt=clocks.today(), review_overdue_told_at=None
    )
    return sum(_tell_overdue(pk) for pk in rows.values_list("pk", flat=True))


def _lapse(application_id: UUID) -> int:
    """One of them, in a transaction of its own, so that one that moved on meanwhile stops no other."""
    try:
        with transaction.atomic():
            application = lock(Application, application_id)
            why = _("What was missing did not come by %(day)s.") % {
                "day": in_words(application.deferred_until or clocks.today())
            }
            act(application.lapse, actor=SYSTEM, reason=why, why=why)
            tell_agency(application, "rejected", reason=why)
    except DomainError:
        return 0
    return 1


@transaction.atomic
def _tell_overdue(application_id: UUID) -> int:
    application = lock(Application, application_id)
    if application.state != ApplicationState.IN_REVIEW or application.review_overdue_told_at:
        return 0
    application.review_overdue_told_at = clocks.now()
    application.save()
    events.record(application, act="review_overdue", actor=SYSTEM)
    tell_scheme(application, "review_overdue", due=application.review_due)
    return 1
