"""Telling an employer or buyer without an account its share, and taking its answer and its proof.

The token in the link is an HMAC over the notice's id and the moment it was sent. It is worked out when the mail is
written: neither the row nor the outbox ever holds it; the row holds its hash. A new link ends the one before.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from certification.repayments.models import PayerShare, RepaymentCase, ShareNotice, ShareProof
from certification.repayments.permissions import tells_payers
from certification.repayments.selectors.payers import (
    TOLD_STATES,
    hash_of,
    notice_by_token,
    own_share,
    proofs_of,
)
from certification.repayments.services.telling import tell_agency, tell_scheme
from certification.repayments.services.writing import in_state, money, past, said
from certification.repayments.states import PayerKind
from iris.core import clocks, events, files, mail, outbox
from iris.core.days import in_words
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import lock

if TYPE_CHECKING:
    from iris.accounts.models import User

SEND_JOB = "repayments.send_share"
PROOF_KINDS = (files.PDF, files.PNG, files.JPEG)
MOST_PROOFS = 20


@dataclass(frozen=True)
class Payer:
    """Who acts when the holder of a link acts: there is no account behind it."""

    label: str
    id: UUID | None = None
    organisation: None = None


def token_of(notice: ShareNotice) -> str:
    """The token that stands in the link of the e-mail."""
    words = f"{notice.pk}:{notice.sent_at.timestamp():.6f}"
    digest = salted_hmac("certification.repayments.share", words, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _share_for(share_id: UUID, actor: User) -> PayerShare:
    """The share of the locked case, for the agency or the scheme."""
    case_id = PayerShare.objects.values_list("case_id", flat=True).get(pk=share_id)
    case = lock(RepaymentCase, case_id)
    if not tells_payers(case, actor):
        raise NotPermitted(_("Only the agency and the scheme write to those who pay a share."))
    share = PayerShare.objects.get(pk=share_id)
    share.case = case
    return share


@transaction.atomic
def send_share(*, share_id: UUID, actor: User, email: str, contact: str = "") -> ShareNotice:
    """Send a payer the link to its own share; links sent before stop working. Raises BadInput, Conflict."""
    share = _share_for(share_id, actor)
    in_state(share.case, TOLD_STATES)
    if share.kind == PayerKind.AGENCY:
        raise BadInput(_("The agency reads its share on this page. Only employers and buyers get a link."))
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(fields={"email": [_("Give an e-mail address such as name@example.org.")]}) from None
    if len(contact.strip()) > 120:
        raise BadInput(fields={"contact": [_("Write a name of at most 120 characters.")]})
    now = clocks.now()
    share.notices.filter(revoked_at=None).update(revoked_at=now)
    notice = ShareNotice(
        share=share,
        email=email,
        contact=contact.strip(),
        sent_by=actor,
        sent_at=now,
        ends_on=clocks.today() + timedelta(days=clocks.number("repayment_share_link_days")),
    )
    notice.token_hash = hash_of(token_of(notice))
    notice.save()
    _note(share, "payer_told", actor, notice=str(notice.pk), until=notice.ends_on.isoformat())
    outbox.enqueue(SEND_JOB, notice_id=str(notice.pk))
    return notice


@transaction.atomic
def revoke_share_link(*, share_id: UUID, actor: User) -> None:
    """The links of a share stop working. What was sent by them stays."""
    share = _share_for(share_id, actor)
    if share.notices.filter(revoked_at=None).update(revoked_at=clocks.now()):
        _note(share, "payer_link_ended", actor)


def write_share_mail(*, notice_id: UUID) -> None:
    """Write the e-mail. Nothing goes out when the link no longer works."""
    notice = (
        ShareNotice.objects.select_related("share__case__agency__organisation", "sent_by")
        .filter(pk=notice_id)
        .first()
    )
    if notice is None or not notice.works(clocks.today()):
        return
    own = own_share(notice)
    mail.send_template(
        to=notice.email,
        template="repayments/share",
        context={
            "contact": notice.contact,
            "payer": own.name,
            "agency": own.agency,
            "number": own.number,
            "until": notice.ends_on,
            "link": f"{settings.IRIS_PUBLIC_URL}{reverse('repayments:payer', args=[token_of(notice)])}",
        },
        key=f"repayment-share:{notice.pk}",
    )


# -- the holder of the link -----------------------------------------------------------------------------


def _held(token: str) -> ShareNotice:
    """The locked link, as long as it works. Raises Conflict with the way out."""
    found = notice_by_token(token)
    if found is None:
        raise Conflict(_("This link is not known. Use the one in the last e-mail."))
    lock(ShareNotice, found.pk)
    if not found.works(clocks.today()):
        raise Conflict(
            _("This link has ended. Ask %(agency)s for a new one.") % {"agency": own_share(found).agency}
        )
    return found


@transaction.atomic
def note_share_opened(*, token: str) -> None:
    """The share was read by its link for the first time."""
    notice = _held(token)
    if notice.opened_at is None:
        notice.opened_at = clocks.now()
        notice.save(update_fields=["opened_at"])
        _note(notice.share, "payer_read", Payer(notice.label), notice=str(notice.pk))


@transaction.atomic
def answer_share(*, token: str, agrees_to_pay: bool, text: str = "") -> ShareNotice:
    """The payer says that it pays its share, or that it does not and why. Said again, the last word stands."""
    notice = _held(token)
    notice.agrees = agrees_to_pay
    notice.answer = text.strip()[:2000] if agrees_to_pay else said(text, "text")
    notice.answered_at = clocks.now()
    notice.save(update_fields=["agrees", "answer", "answered_at"])
    act = "payer_agrees" if agrees_to_pay else "payer_disagrees"
    _note(notice.share, act, Payer(notice.label), notice=str(notice.pk))
    _tell(notice, act)
    return notice


@transaction.atomic
def send_share_proof(
    *, token: str, paid_on: date | None, amount: str, upload: UploadedFile[Any] | None
) -> ShareProof:
    """The payer shows that it paid: the document, the day, the amount. The same document stands once."""
    notice = _held(token)
    case = notice.share.case
    day, paid = past(paid_on, "paid_on"), money(amount, case.currency, "amount")
    if proofs_of(notice.share).count() >= MOST_PROOFS:
        raise BadInput(
            fields={
                "file": [
                    _("At most %(most)s documents are kept for a share. Put the rest into one PDF.")
                    % {"most": MOST_PROOFS}
                ]
            }
        )
    stored = files.store(upload, organisation_id=case.agency.organisation_id, actor=None, kinds=PROOF_KINDS)
    same = proofs_of(notice.share).filter(file__sha256=stored.sha256).first()
    if same is not None:
        raise Conflict(
            _("This very document was sent on %(day)s already. Choose the next one.")
            % {"day": in_words(same.created_at)}
        )
    proof = ShareProof.objects.create(
        notice=notice, file=stored, paid_on=day, amount_minor=paid.minor, currency=paid.currency
    )
    _note(notice.share, "payer_proof", Payer(notice.label), sha256=stored.sha256, amount=paid.text)
    _tell(notice, "payer_proof")
    return proof


@transaction.atomic
def look_at_share_proof(*, proof_id: UUID, actor: User, came_in: bool, reason: str = "") -> ShareProof:
    """The agency or the scheme says whether the money came in. Raises Conflict when it was said already."""
    row = ShareProof.objects.select_related("notice").get(pk=proof_id)
    share = _share_for(row.notice.share_id, actor)
    proof = lock(ShareProof, proof_id)
    if proof.came_in is not None:
        raise Conflict(_("This document was looked at already. Look at the page again."))
    proof.came_in = came_in
    proof.reason = "" if came_in else said(reason, "reason")
    proof.looked_at, proof.looked_by = clocks.now(), actor
    proof.save(update_fields=["came_in", "reason", "looked_at", "looked_by"])
    _note(share, "payer_proof_taken" if came_in else "payer_proof_refused", actor, amount=proof.amount.text)
    return proof


def _note(share: PayerShare, act: str, actor: Any, **data: str) -> None:
    """In the log stands which share, never an address."""
    events.record(
        share.case, act=act, actor=actor, data={"share": str(share.pk), "payer": share.name, **data}
    )


def _tell(notice: ShareNotice, act: str) -> None:
    case = notice.share.case
    for tell in (tell_agency, tell_scheme):
        tell(case, act, payer=notice.share.name)
