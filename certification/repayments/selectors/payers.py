"""What a payer may read of a repayment: its own share, and nothing of workers or of other payers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import QuerySet

from certification.repayments.models import PayerShare, RepaymentCase, ShareNotice, ShareProof
from certification.repayments.selectors.figures import figures_of, shares_of
from certification.repayments.states import PAY_STATES, CaseState, PayerKind
from iris.core.money import Money

# Amounts and shares stand from the agreement on; before it a payer would read figures that change.
TOLD_STATES = (CaseState.AGREED, *PAY_STATES)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def notice_by_token(token: str) -> ShareNotice | None:
    """The link that a token opens, whether it still works or not."""
    rows = ShareNotice.objects.filter(token_hash=hash_of(token))
    return rows.select_related("share__case__agency__organisation", "sent_by").first()


@dataclass(frozen=True)
class OwnShare:
    """What the holder of a link reads."""

    name: str
    agency: str
    number: str
    percent: str
    amount: Money | None
    days: list[date]


def own_share(notice: ShareNotice) -> OwnShare:
    """The share of the payer to whom this link was sent."""
    share, case = notice.share, notice.share.case
    return OwnShare(
        name=share.name,
        agency=case.agency.legal_name,
        number=case.number,
        percent=share.percent,
        amount=amount_of(share),
        days=list(case.instalments.values_list("due_on", flat=True)),
    )


def amount_of(share: PayerShare) -> Money | None:
    """How much a share comes to; together with the others exactly what is owed."""
    amounts = dict(shares_of(share.case, figures_of(share.case).total))
    return amounts[share]


def may_be_told(case: RepaymentCase, share: PayerShare) -> bool:
    """Payers outside are told once the amounts stand; the agency reads the case itself."""
    return case.state in TOLD_STATES and share.kind != PayerKind.AGENCY


def notices_of(share: PayerShare) -> QuerySet[ShareNotice]:
    """The links of a share, the newest first, with the proof sent by each."""
    return share.notices.select_related("sent_by").prefetch_related("proofs__file", "proofs__looked_by")


def proofs_of(share: PayerShare) -> QuerySet[ShareProof]:
    """Every proof of a share, by whichever link it came."""
    return ShareProof.objects.filter(notice__share=share).select_related("file", "looked_by", "notice")


def proofs_of_case(case: RepaymentCase) -> QuerySet[ShareProof]:
    """Every proof that payers of a case sent."""
    return ShareProof.objects.filter(notice__share__case=case).select_related("file")
