"""The acts on a case: each on a page of its own, with its form, its words and its service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from certification.repayments import forms, services
from certification.repayments.models import RepaymentCase
from certification.repayments.permissions import reports_breach, verifies, works_on
from certification.repayments.services import (
    BreachEntry,
    CheckEntry,
    CohortEntry,
    InterestEntry,
    RateEntry,
    ShareEntry,
)
from certification.repayments.states import PAY_STATES, CaseState
from certification.repayments.web.finding import READERS, case_or_404, page
from iris.core import clocks
from iris.core.errors import DomainError, Text
from iris.core.forms import Form
from iris.core.fsm import may, missing
from iris.core.policy import for_kinds


@dataclass(frozen=True)
class Act:
    """One act. `group` is where its button stands: move, work, more."""

    name: str
    label: Text
    form: type[Form]
    run: Callable[[RepaymentCase, Any, Any], object]
    allowed: Callable[[RepaymentCase, Any], bool]
    done: Text
    after: Text = ""
    group: str = "work"
    danger: bool = False
    icon: str = ""
    transition: str = ""


def _works(*states: str) -> Callable[[RepaymentCase, Any], bool]:
    return lambda case, user: case.state in states and works_on(case, user)


def _may(name: str) -> Callable[[RepaymentCase, Any], bool]:
    return lambda case, user: may(getattr(case, name), user)


def _plain(service: Callable[..., object]) -> Callable[[RepaymentCase, Any, Any], object]:
    return lambda case, user, form: service(case_id=case.pk, actor=user)


def _reasoned(service: Callable[..., object]) -> Callable[[RepaymentCase, Any, Any], object]:
    return lambda case, user, form: service(case_id=case.pk, actor=user, reason=form.cleaned_data["reason"])


def _entry(
    service: Callable[..., object], kind: Callable[..., object]
) -> Callable[[RepaymentCase, Any, Any], object]:
    return lambda case, user, form: service(case_id=case.pk, actor=user, entry=kind(**form.cleaned_data))


def _check(case: RepaymentCase, user: Any, form: Any) -> object:
    data = dict(form.cleaned_data)
    upload = data.pop("file")
    return services.record_check(case_id=case.pk, actor=user, entry=CheckEntry(**data), upload=upload)


def _agree(case: RepaymentCase, user: Any, form: Any) -> object:
    named = form.cleaned_data["verifier"]
    return services.agree_case(case_id=case.pk, actor=user, verifier_id=named.pk if named else None)


OPEN, QUANTIFIED = CaseState.OPEN, CaseState.QUANTIFIED
ACTS: tuple[Act, ...] = (
    Act(
        "quantify",
        _("Fix the amounts"),
        forms.NothingToFill,
        _plain(services.quantify_case),
        _may("quantify"),
        _("The amounts are fixed. The scheme reads them and agrees or sends them back."),
        _("What every worker is owed stands from then on. The scheme gets an e-mail."),
        group="move",
        icon="calculator",
        transition="quantify",
    ),
    Act(
        "agree",
        _("Agree to the amounts"),
        forms.AgreeForm,
        _agree,
        _may("agree"),
        _("Agreed. The agency plans the payments."),
        _("The agency gets an e-mail and plans the payments."),
        group="move",
        icon="check",
        transition="agree",
    ),
    Act(
        "send-back",
        _("Send the amounts back"),
        forms.ReasonForm,
        _reasoned(services.send_back_case),
        _may("send_back"),
        _("Sent back with your reason."),
        _("The agency gets the reason by e-mail and works the amounts out anew."),
    ),
    Act(
        "begin",
        _("Begin to pay"),
        forms.NothingToFill,
        _plain(services.begin_paying),
        _may("begin_paying"),
        _("Payments can be entered now."),
        _("The plan of instalments stands from then on."),
        group="move",
        icon="player-play",
        transition="begin_paying",
    ),
    Act(
        "finish",
        _("Everybody is paid"),
        forms.NothingToFill,
        _plain(services.finish_paying),
        _may("finish_paying"),
        _("The third party checks now."),
        _("The third party gets an e-mail, looks at the bank proof and asks workers."),
        group="move",
        icon="circle-check",
        transition="finish_paying",
    ),
    Act(
        "verify",
        _("Verify the payments"),
        forms.NothingToFill,
        _plain(services.verify_case),
        _may("verify"),
        _("Verified. The scheme closes the case."),
        _("You say: bank proof, the workers' word and your own check agree."),
        group="move",
        icon="shield-check",
        transition="verify",
    ),
    Act(
        "send-back-paid",
        _("Send the payments back"),
        forms.ReasonForm,
        _reasoned(services.send_back_paid),
        _may("send_back_paid"),
        _("Sent back with your reason."),
        _("The agency gets the reason by e-mail and puts the payments right."),
    ),
    Act(
        "close",
        _("Close the case"),
        forms.NothingToFill,
        _plain(services.close_case),
        _may("close"),
        _("The case is closed."),
        _("Money that is held stays the worker's: found later, it is paid out."),
        group="move",
        icon="lock",
        transition="close",
    ),
    Act(
        "reopen",
        _("Open the case again"),
        forms.ReasonForm,
        _reasoned(services.reopen_case),
        _may("reopen"),
        _("Opened again: the third party verifies anew."),
        _("The agency and the third party get an e-mail."),
        group="more",
    ),
    Act(
        "terms",
        _("Terms: rule and currency"),
        forms.TermsForm,
        lambda case, user, form: services.set_terms(case_id=case.pk, actor=user, **form.cleaned_data),
        _works(OPEN),
        _("The terms are kept."),
        icon="adjustments",
    ),
    Act(
        "cohort",
        _("Add a cohort"),
        forms.CohortForm,
        _entry(services.save_cohort, CohortEntry),
        _works(OPEN),
        _("The cohort is kept."),
        _("A cohort is workers who came on the same road, to the same employer, in the same time."),
        icon="users-group",
    ),
    Act(
        "rate",
        _("Enter an exchange rate"),
        forms.RateForm,
        _entry(services.save_rate, RateEntry),
        _works(OPEN),
        _("The rate is kept."),
        _("One rate for each currency. Entered again, it replaces the one before."),
        icon="currency",
    ),
    Act(
        "interest",
        _("Add interest for late repayment"),
        forms.InterestForm,
        _entry(services.add_interest, InterestEntry),
        _works(OPEN),
        _("The interest is kept."),
        icon="percentage",
    ),
    Act(
        "shares",
        _("Who pays"),
        forms.SharesForm,
        lambda case, user, form: services.set_shares(
            case_id=case.pk, actor=user, shares=[ShareEntry(*row) for row in form.rows()]
        ),
        _works(OPEN, QUANTIFIED),
        _("The shares are kept."),
        _("Together they are 100 per cent. A worker never pays a share."),
        icon="chart-pie",
    ),
    Act(
        "consult",
        _("Write down a consultation"),
        forms.ConsultForm,
        lambda case, user, form: services.consult(case_id=case.pk, actor=user, **form.cleaned_data),
        _works(OPEN, QUANTIFIED),
        _("The consultation is on record."),
        _("Workers, or those who speak for them, are asked before the scheme agrees."),
        icon="message",
    ),
    Act(
        "plan",
        _("Plan the instalments"),
        forms.InstalmentsForm,
        lambda case, user, form: services.plan_instalments(case_id=case.pk, actor=user, days=form.days()),
        _works(CaseState.AGREED),
        _("The plan is kept."),
        _("In full and soon: one day, or a few."),
        icon="calendar-event",
    ),
    Act(
        "proof",
        _("Attach bank proof"),
        forms.ProofForm,
        lambda case, user, form: services.attach_proof(
            case_id=case.pk,
            actor=user,
            instalment=form.cleaned_data["instalment"],
            code=form.cleaned_data["code"].strip().upper(),
            upload=form.cleaned_data["proof"],
        ),
        _works(*PAY_STATES),
        _("The bank proof is attached."),
        icon="paperclip",
    ),
    Act(
        "check",
        _("Write down a third-party check"),
        forms.CheckForm,
        _check,
        lambda case, user: case.state in (CaseState.PAYING, CaseState.PAID) and verifies(case, user),
        _("The check is on record."),
        _("You asked workers yourself, without the agency. The agency sees the result."),
        icon="list-check",
    ),
    Act(
        "breach",
        _("Report a breach"),
        forms.BreachForm,
        _entry(services.report_breach, BreachEntry),
        reports_breach,
        _("The breach is on record. Nothing closes until it is put right."),
        _("The agency and the scheme get an e-mail."),
        group="more",
        icon="alert-octagon",
    ),
)


def acts_for(case: RepaymentCase, user: Any, group: str) -> list[Act]:
    """What the person can do now."""
    return [one for one in ACTS if one.group == group and one.allowed(case, user)]


def _form(chosen: Act, request: HttpRequest, case: RepaymentCase) -> Any:
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    more = {"most": clocks.number("repayment_instalments_most")} if chosen.name == "plan" else {}
    form_class: Any = chosen.form
    return form_class(*bound, case=case, **more)


@for_kinds(*READERS)
def act(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """One act on a case."""
    case = case_or_404(request, case_id)
    chosen = next((one for one in ACTS if one.name == name), None)
    if chosen is None:
        raise Http404
    if request.method != "POST" and not chosen.allowed(case, request.user):
        return redirect("repayments:case", case.pk)
    form = _form(chosen, request, case)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(case, request.user, form)
        except DomainError as error:
            form.add_domain_error(error)
            case = case_or_404(request, case_id)
        else:
            messages.success(request, str(chosen.done))
            return redirect("repayments:case", case.pk)
    left = missing(getattr(case, chosen.transition)) if chosen.transition and not form.is_bound else []
    return page(request, "repayments/act.html", case, form, act=chosen, left=left)
