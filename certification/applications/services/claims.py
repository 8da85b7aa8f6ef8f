"""One person at a time screens a case: claimed, released, taken off by a manager with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications import permissions, states
from certification.applications.models import Application
from certification.decisions.services import refuse_barred
from iris.accounts.models import User
from iris.core import clocks, events
from iris.core.days import moment_in_words
from iris.core.errors import Conflict, NotPermitted
from iris.core.fsm import lock

from .texts import reason_given


@transaction.atomic
def claim_application(*, application_id: UUID, actor: User) -> Application:
    """Take a case to screen. Raises Conflict naming who has it and since when; NotPermitted for a barred person."""
    application = lock(Application, application_id)
    if not permissions.may_screen(application, actor):
        raise NotPermitted()
    if application.state not in states.SCREENING:
        raise Conflict(_("This case is not being screened now. Reload the page to see where it stands."))
    _refuse_tied(application, actor)
    if application.case_owner_id == actor.pk:
        return application
    _refuse_held(application, actor)
    _take(application, actor)
    return application


@transaction.atomic
def release_application(*, application_id: UUID, actor: User, reason: str = "") -> Application:
    """Give a case back. Its holder just does; a scheme manager takes it off somebody with a reason."""
    application = lock(Application, application_id)
    if not permissions.may_screen(application, actor):
        raise NotPermitted()
    if application.case_owner is None:
        raise Conflict(_("Nobody has this case: it was released already."))
    if application.state not in states.SCREENING:
        raise Conflict(_("This case is not being screened now. Reload the page to see where it stands."))
    why = reason.strip()
    if application.case_owner_id != actor.pk:
        if not permissions.may_manage(application, actor):
            raise NotPermitted(
                _("%(who)s has this case. Only they or a scheme manager can release it.")
                % {"who": application.case_owner.label}
            )
        why = reason_given(reason, _("Say why you take the case off a colleague. They read it."))
    held_by = str(application.case_owner_id)
    application.case_owner, application.claimed_at = None, None
    application.save()
    events.record(application, act="release", actor=actor, reason=why, data={"held_by": held_by})
    return application


def hold(application: Application, actor: User, *, judging: bool = True) -> None:
    """Before an act of screening: nobody else has the case; who acts on a free one has it from then on.

    `judging` acts (accept, defer, reject, extend, waive) are refused to people barred for this agency, in words.
    """
    if judging:
        _refuse_tied(application, actor)
    if application.case_owner_id == actor.pk:
        return
    _refuse_held(application, actor)
    _take(application, actor)


def _refuse_tied(application: Application, actor: User) -> None:
    """Nobody screens an agency they are barred for, nor a case that they rejected and an appeal brought back."""
    refuse_barred(application.agency, actor)
    if application.rejected_by_id == actor.pk:
        raise NotPermitted(
            _("You rejected this application and the appeal was upheld. Somebody else screens it now."),
            code="barred",
        )


def _take(application: Application, actor: User) -> None:
    application.case_owner, application.claimed_at = actor, clocks.now()
    application.save()
    events.record(application, act="claim", actor=actor)


def _refuse_held(application: Application, actor: User) -> None:
    if application.case_owner is None or application.claimed_at is None:
        return
    since = application.claimed_at
    raise Conflict(
        _("%(who)s has this case since %(when)s. They, or a scheme manager, can release it.")
        % {"who": application.case_owner.label, "when": f"{moment_in_words(since)} UTC"},
        code="claimed",
    )
