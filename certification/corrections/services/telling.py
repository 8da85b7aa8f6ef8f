"""Who hears of a dispute or a notice: the scheme's people, whoever sent it, nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from certification.corrections.models import AuthorityNotice, Dispute
from certification.corrections.permissions import ANSWERING
from certification.corrections.states import DisputeState, NoticeState
from iris.accounts.states import Role
from iris.core import mail, outbox
from iris.notify import services as notify

MAIL_JOB = "corrections.mail_sender"


def tell_scheme(template: str, row: Dispute | AuthorityNotice, context: dict[str, Any]) -> None:
    """Whoever took it up; before that everybody who may. Nothing of who sent it: notices are kept."""
    people = [row.assigned_to] if row.assigned_to else notify.scheme_people(ANSWERING)
    name = "dispute" if isinstance(row, Dispute) else "notice"
    notify.notify(
        people=people,
        template=f"corrections/{template}",
        context={"reference": row.reference, "due": row.due_on.isoformat(), **context},
        url=reverse(f"corrections:{name}", args=[row.pk]),
    )


def tell_sender(template: str, row: Dispute) -> None:
    """The sender: in their inbox when they have one, else by a short e-mail with the way to the page."""
    if row.sender is None:
        if row.sender_email:
            outbox.enqueue(MAIL_JOB, dispute_id=str(row.pk), template=template)
        return
    notify.notify(
        people=[row.sender],
        template=f"corrections/{template}",
        context=_context(row),
        url=reverse("corrections:dispute", args=[row.pk]),
    )


def mail_sender(*, dispute_id: UUID, template: str) -> None:
    """Write to a sender without an account. Nothing that a stranger typed is in it."""
    row = Dispute.objects.select_related("agency").get(pk=dispute_id)
    if not row.sender_email:
        return
    page = f"{settings.IRIS_PUBLIC_URL}{reverse('corrections:follow', args=[row.code])}"
    mail.send_template(
        to=row.sender_email,
        template=f"corrections/{template}",
        context={**_context(row), "page": page, "code": row.code},
        key=f"dispute:{row.pk}:{template}",
    )


def _context(row: Dispute) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "agency": row.agency.legal_name,
        "due": row.due_on.isoformat(),
        "state": str(DisputeState(row.state).label),
        "page": "",
        "code": "",
    }


def tell_authority(row: AuthorityNotice) -> None:
    """Whoever filed it reads what the scheme did."""
    notify.notify_roles(
        organisation=row.authority,
        roles=[Role.READER],
        template="corrections/notice_answered",
        context={
            "reference": row.reference,
            "whom": row.whom,
            "state": str(NoticeState(row.state).label),
            "answer": row.answer,
        },
        url=reverse("corrections:notice", args=[row.pk]),
    )
