"""A decider sends a recommended case back with questions, and the audit firm answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.certificates.models import DecisionDeferral
from certification.certificates.selectors import open_deferral
from certification.certificates.services.deciding import LONGEST_REASONS, for_decider
from iris.accounts.states import Role
from iris.core import clocks, events
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from iris.core.fsm import lock
from iris.notify import services as notify

if TYPE_CHECKING:
    from iris.accounts.models import User


@transaction.atomic
def defer_decision(
    *, application_id: UUID, actor: User, questions: str, due_on: date | None = None
) -> DecisionDeferral:
    """Send a recommended case back to the firm that audited it with questions; the decision waits until a day.

    The application stays recommended. Nothing is decided before the answer is in or the day is over.
    """
    application = for_decider(application_id, actor)
    if open_deferral(application.pk) is not None:
        raise Conflict(_("Questions on this case are open already. Wait for the answer."))
    asked = questions.strip()
    if not asked:
        raise ReasonRequired(fields={"questions": [_("Write what you need to know before you can decide.")]})
    last = clocks.deadline(clocks.today(), "decision_deferral_days")
    due = due_on or last
    if not clocks.today() < due <= last:
        sentence = _("Give a day after today and at most %(last)s.") % {"last": in_words(last)}
        raise BadInput(sentence, fields={"until": [sentence]})
    row = DecisionDeferral.objects.create(
        application=application,
        asked_by=actor,
        asked_at=clocks.now(),
        questions=asked[:LONGEST_REASONS],
        due_on=due,
    )
    events.record(application, act="decision_deferred", actor=actor, reason=asked)
    if application.firm is not None:
        notify.notify_roles(
            organisation=application.firm,
            roles=(Role.LEAD_AUDITOR, Role.FIRM_MANAGER),
            template="certificates/decision_deferred",
            context={
                "agency": application.agency.legal_name,
                "number": application.number,
                "questions": asked,
                "due_on": due,
            },
            url=reverse("applications:application", args=[application.pk]),
        )
    return row


@transaction.atomic
def answer_deferral(*, deferral_id: UUID, actor: User, answer: str) -> DecisionDeferral:
    """The audit firm of the case answers the decider's questions."""
    row = lock(DecisionDeferral, deferral_id)
    firm = row.application.firm
    ours = firm is not None and actor.organisation is not None and actor.organisation.pk == firm.pk
    if not ours or not actor.has_role(Role.LEAD_AUDITOR, Role.FIRM_MANAGER):
        raise NotPermitted(_("Only the firm that audited this case answers."))
    if row.answered_at is not None:
        raise Conflict(_("These questions are answered already."))
    if not answer.strip():
        raise ReasonRequired(fields={"answer": [_("Write the answer.")]})
    row.answered_by, row.answered_at, row.answer = actor, clocks.now(), answer.strip()[:LONGEST_REASONS]
    row.save()
    events.record(row.application, act="decision_answered", actor=actor, reason=row.answer)
    notify.notify(
        people=[row.asked_by],
        template="certificates/decision_answered",
        context={"agency": row.application.agency.legal_name, "number": row.application.number},
        url=reverse("certificates:decide", args=[row.application_id]),
    )
    return row
