"""Changes that agencies report: who may read which, and whose move each is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies import permissions
from certification.agencies.models import Agency, ChangeReport
from certification.agencies.rules import in_words
from certification.agencies.states import ChangeState
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind
from iris.core import clocks
from iris.core.moves import Move, Todo

from .offers import known_standing
from .reading import agencies_visible_to

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def changes_visible_to(user: User | AnonymousUser) -> QuerySet[ChangeReport]:
    """Reports of the agencies a person may read."""
    rows = ChangeReport.objects.select_related("agency", "agency__organisation", "reported_by", "answered_by")
    return rows.filter(agency__in=agencies_visible_to(user))


def change_queue(user: User | AnonymousUser) -> QuerySet[ChangeReport]:
    """What waits for the scheme first, then what waits for agencies, then the rest; the oldest first."""
    order = Case(
        When(state=ChangeState.REPORTED, then=Value(0)),
        When(state=ChangeState.ASKED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return changes_visible_to(user).order_by(order, "due_on", "created_at", "id")


def must_report(agency: Agency) -> bool:
    """Whether the agency holds a certificate, so that changes are to be reported."""
    return known_standing(agency).certified


def change_deadline(happened_on: date) -> date:
    """The last day on which a change that happened then is told in time."""
    return clocks.deadline(happened_on, "change_report_days")


def oldest_in_time() -> date:
    """Changes that happened on this day or later are still told in time today."""
    return clocks.today() - timedelta(days=clocks.number("change_report_days"))


def change_move(report: ChangeReport, user: User) -> Move:
    """Whose move a report is."""
    here = reverse("agencies:change", args=[report.pk])
    if report.state == ChangeState.ASKED:
        mine = permissions.may_report_change(report, user)
        return Move(
            _("Your move: tell us about this change")
            if mine
            else _("Waiting for the agency’s signatory or compliance manager"),
            _("The agency changed its own entries. It says on which day this happened, what it was and why."),
            yours=mine,
            due=report.due_on,
            act_label=_("Report it") if mine else "",
            act_url=f"{here}report/" if mine else "",
        )
    if report.state == ChangeState.REPORTED:
        mine = permissions.may_answer_change(report, user)
        return Move(
            _("Your move: note it, or say what is needed") if mine else _("Waiting for the scheme"),
            _("The scheme reads the report. The certificate stands meanwhile."),
            yours=mine,
        )
    words = {
        ChangeState.NOTED: _("Noted by the scheme. Nothing else is needed."),
        ChangeState.AUDIT_ORDERED: _("A special audit looks at this change on the spot."),
        ChangeState.CLOSED: _("Closed by the scheme."),
    }
    day = in_words(report.answered_at.date()) if report.answered_at else ""
    return Move(
        str(report.get_state_display()), f"{words[ChangeState(report.state)]} {day}".strip(), done=True
    )


def change_todos(user: User) -> list[Todo]:
    """What reported changes ask of a person: the agency to tell, the scheme to read."""
    if user.is_kind(OrganisationKind.AGENCY) and user.has_role(*permissions.MAY_CHANGE):
        rows = changes_visible_to(user).filter(state=ChangeState.ASKED).order_by("due_on")
        return [
            Todo(
                title=_("Report a change: %(kind)s") % {"kind": row.get_kind_display()},
                url=reverse("agencies:change", args=[row.pk]),
                what=_("You changed your entries. Say since when, and why."),
                due=row.due_on,
                icon="send",
            )
            for row in rows
        ]
    if not permissions.may_answer_change(None, user):
        return []
    waiting = changes_visible_to(user).filter(state=ChangeState.REPORTED).count()
    if not waiting:
        return []
    title = ngettext("%(count)s reported change to read", "%(count)s reported changes to read", waiting)
    return [
        Todo(
            title=title % {"count": waiting},
            url=reverse("agencies:changes_queue"),
            what=_("Note it, close it, or order a special audit."),
            icon="send",
        )
    ]
