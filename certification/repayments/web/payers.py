"""A payer's share: the page of the agency and the scheme, and the page behind the link of the payer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from certification.repayments import selectors, services
from certification.repayments.forms.payers import ShareAnswerForm, ShareLinkForm, ShareProofForm
from certification.repayments.models import ShareNotice
from certification.repayments.permissions import tells_payers
from certification.repayments.web.finding import READERS, case_or_404, page
from iris.core import clocks, files
from iris.core.errors import BadInput, DomainError
from iris.core.policy import for_kinds, public
from iris.core.web import get_or_404


@for_kinds(*READERS)
def share(request: HttpRequest, case_id: UUID, share_id: UUID) -> HttpResponse:
    """One payer: the link, the answer, the proof."""
    case = case_or_404(request, case_id)
    row = get_or_404(case.shares.all(), pk=share_id)
    row.case = case
    writes = tells_payers(case, request.user)
    form = ShareLinkForm(request.POST if request.POST.get("act") == "send" else None)
    if request.method == "POST":
        done = _act(request, row, form)
        if done:
            messages.success(request, done)
            return redirect("repayments:share", case.pk, row.pk)
    return page(
        request,
        "repayments/share.html",
        case,
        form,
        share=row,
        amount=selectors.amount_of(row),
        notices=selectors.notices_of(row),
        proofs=selectors.proofs_of(row),
        may_send=writes and selectors.may_be_told(case, row),
        writes=writes,
        today=clocks.today(),
    )


def _act(request: HttpRequest, row: Any, form: ShareLinkForm) -> str:
    """What was done, in a sentence; empty when the form says what is wrong."""
    name = request.POST.get("act", "")
    if name == "send":
        if not form.is_valid():
            return ""
        try:
            sent = services.send_share(share_id=row.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
            return ""
        return _("The link is on its way to %(email)s.") % {"email": sent.email}
    if name == "revoke":
        services.revoke_share_link(share_id=row.pk, actor=request.user)
        return _("The link no longer works.")
    if name not in {"came_in", "not_in"}:
        raise BadInput(_("Say whether the money came in or did not."))
    try:
        proof = get_or_404(selectors.proofs_of(row), pk=UUID(request.POST.get("proof", "")))
    except ValueError:
        raise BadInput(_("Choose one of the documents.")) from None
    services.look_at_share_proof(
        proof_id=proof.pk,
        actor=request.user,
        came_in=name == "came_in",
        reason=request.POST.get("reason", ""),
    )
    return _("Kept. The payer reads it behind the link.")


@for_kinds(*READERS)
def share_proof(request: HttpRequest, case_id: UUID, proof_id: UUID) -> HttpResponse:
    """A document that a payer sent."""
    case = case_or_404(request, case_id)
    proof = get_or_404(selectors.proofs_of_case(case), pk=proof_id)
    return files.serve(proof.file)


@public
@never_cache
def payer(request: HttpRequest, token: str) -> HttpResponse:
    """The share of whoever holds the link, and nothing else."""
    notice = selectors.notice_by_token(token)
    if notice is None:
        raise Http404
    works = notice.works(clocks.today())
    posted = request.POST if request.method == "POST" else None
    name = request.POST.get("act", "")
    answer = ShareAnswerForm(posted if name == "answer" else None, initial=_said(notice))
    proof = ShareProofForm(
        posted if name == "proof" else None, request.FILES or None if name == "proof" else None
    )
    proof.fields["amount"].help_text = _("In %(currency)s.") % {"currency": notice.share.case.currency}
    if posted is not None:
        done = _payer_act(request, token, name, answer, proof)
        if done:
            messages.success(request, done)
            return redirect("repayments:payer", token)
    elif works:
        services.note_share_opened(token=token)
    context = {
        "notice": notice,
        "own": selectors.own_share(notice) if works else None,
        "agency": notice.share.case.agency.legal_name,
        "proofs": selectors.proofs_of(notice.share) if works else [],
        "answer": answer,
        "proof": proof,
        "works": works,
    }
    wrong = answer.errors or proof.errors
    response = render(request, "repayments/payer.html", context, status=422 if wrong else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _said(notice: ShareNotice) -> dict[str, str]:
    if notice.agrees is None:
        return {}
    return {"agrees": "yes" if notice.agrees else "no", "text": notice.answer}


def _payer_act(
    request: HttpRequest, token: str, name: str, answer: ShareAnswerForm, proof: ShareProofForm
) -> str:
    form: Any = answer if name == "answer" else proof
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    try:
        if name == "answer":
            services.answer_share(token=token, agrees_to_pay=data["agrees"] == "yes", text=data["text"])
            return _("Your answer is with the agency and the scheme.")
        services.send_share_proof(
            token=token, paid_on=data["paid_on"], amount=data["amount"], upload=data["file"]
        )
    except DomainError as error:
        form.add_domain_error(error)
        return ""
    return _("Your document is with the agency and the scheme. You read here whether the money came in.")
