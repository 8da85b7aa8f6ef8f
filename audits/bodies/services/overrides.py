"""Letting one named reason through: asked for by a manager with a reason, confirmed by somebody else."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.applications.models import Application
from iris.accounts.models import User
from iris.accounts.states import Role
from iris.core import events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import lock
from iris.notify import services as notify

from .. import selectors
from ..models import Auditor, Override, OverrideAnswer
from ..permissions import may_confirm_override, may_manage_bodies
from ..states import OVERRIDABLE


@transaction.atomic
def ask_override(
    *,
    auditor_id: UUID,
    application_id: UUID,
    actor: User,
    key: str,
    reason: str,
    as_lead: bool = True,
    days: selectors.Days | None = None,
) -> Override:
    """Ask to let one reason through that stands against this auditor now.

    Raises TransitionRefused for reasons that nobody lets through, BadInput for one that does not stand.
    """
    if not may_manage_bodies(actor):
        raise NotPermitted
    if not reason.strip():
        raise ReasonRequired(
            fields={"reason": [_("Say why this reason may be let through; it is kept for good.")]}
        )
    application = lock(Application, application_id)
    auditor = Auditor.objects.select_related("person", "firm__organisation").get(pk=auditor_id)
    standing = selectors.ineligible_because(auditor, application, as_lead=as_lead, days=days)
    named = next((one for one in standing if one.key == key), None)
    if named is None:
        raise BadInput(
            _("This reason does not stand against %s now. Open the page again.") % auditor.person.label
        )
    if named.code not in OVERRIDABLE:
        raise TransitionRefused(
            _("Nobody lets this through: %s Choose another auditor.") % named, code="never_overridden"
        )
    waiting = Override.objects.filter(
        auditor=auditor, application=application, code=named.code, about=named.about, answer__isnull=True
    ).first()
    if waiting is not None:
        return waiting
    override = Override.objects.create(
        auditor=auditor,
        application=application,
        code=named.code,
        about=named.about,
        sentence=str(named),
        reason=reason.strip(),
        given_by=actor,
    )
    _note(override, "ask_override", actor, reason)
    notify.notify(
        people=[
            one for one in notify.scheme_people((Role.SCHEME_MANAGER, Role.DECIDER)) if one.pk != actor.pk
        ],
        template="audits/override_asked",
        context=_facts(override),
        url=reverse("bodies:overrides"),
    )
    return override


@transaction.atomic
def answer_override(*, override_id: UUID, actor: User, confirmed: bool, reason: str = "") -> OverrideAnswer:
    """The second person lets the reason through, or does not. Whoever asked cannot answer."""
    if not may_confirm_override(actor):
        raise NotPermitted
    override = Override.objects.select_related("auditor__person", "application", "given_by").get(
        pk=override_id
    )
    lock(Auditor, override.auditor_id)
    if override.given_by_id == actor.pk:
        raise NotPermitted(_("You asked for this. Somebody else of the scheme has to confirm it."))
    answered = OverrideAnswer.objects.filter(override=override).select_related("person").first()
    if answered is not None:
        if answered.person_id == actor.pk and answered.confirmed == confirmed:
            return answered
        raise Conflict(_("%s has answered this already.") % answered.person.label)
    if not confirmed and not reason.strip():
        raise ReasonRequired(fields={"reason": [_("Say why this is not let through.")]})
    answer = OverrideAnswer.objects.create(
        override=override, person=actor, confirmed=confirmed, reason=reason.strip()
    )
    _note(override, "confirm_override" if confirmed else "refuse_override", actor, reason)
    notify.notify(
        people=[override.given_by],
        template="audits/override_answered",
        context=_facts(override)
        | {"answer": _("let through") if confirmed else _("not let through"), "by": actor.label},
        url=reverse("applications:application", args=[override.application_id]),
    )
    return answer


def _note(override: Override, act: str, actor: User, reason: str) -> None:
    data = {"code": override.code, "about": override.about}
    for subject in (override.auditor, override.application):
        events.record(subject, act=act, actor=actor, reason=reason, data=data)


def _facts(override: Override) -> dict[str, str]:
    return {
        "auditor": override.auditor.person.label,
        "case": override.application.number,
        "sentence": override.sentence,
        "why": override.reason,
        "who": override.given_by.label,
    }
