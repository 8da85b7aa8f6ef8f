"""One place in the draw, and one stratum: opened, replaced, raised, held in reserve."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iris.core.errors import DomainError
from iris.core.forms import Form
from iris.core.policy import for_kinds
from iris.core.web import get_or_404

from .. import rules, services
from ..forms import OpenForm, RaiseForm, ReplaceForm, ReserveForm
from ..models import Sample, SampleMember, SampleStratum
from ..states import MemberState
from .head import DESK, page, sample_for


@for_kinds("audit_firm")
def member(request: HttpRequest, audit_id: UUID, sample_id: UUID, member_id: UUID) -> HttpResponse:
    """One place: open the name for a purpose, or give the place up for a reason. For the team."""
    sample = sample_for(request, audit_id, sample_id)
    if not sample.frame.audit.is_worked_by(request.user):
        raise Http404
    one = get_or_404(sample.members.select_related("member", "stratum", "sample"), pk=member_id)
    one.sample = sample
    if request.method == "POST" and "open" in request.POST:
        return _open(request, one)
    if request.method == "POST":
        return _replace(request, one)
    return _member_page(request, one)


def _member_page(
    request: HttpRequest, one: SampleMember, *, form: Any = None, replace: Any = None, identity: Any = None
) -> HttpResponse:
    exhausted = one.stratum.population <= one.stratum.members.count()
    reserve = one.stratum.members.filter(state=MemberState.RESERVE).exists()
    return page(
        request,
        "audits/sampling/member.html",
        one.sample.frame.audit,
        replace or form,
        member=one,
        sample=one.sample,
        frame=one.sample.frame,
        identity=identity,
        open_form=form or OpenForm(),
        replace_form=replace or ReplaceForm(exhausted=exhausted and not reserve),
        exhausted=exhausted and not reserve,
        may_replace=one.state == MemberState.DRAWN and not rules.missing_for_change(one.sample.frame),
        openings=list(one.openings.select_related("actor")[:20]),
        replacement=getattr(one, "replacement", None),
        stands_for=getattr(one, "stands_for", None),
    )


def _open(request: HttpRequest, one: SampleMember) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _member_page(request, one, form=form)
    identity = services.open_member(one.pk, request.user, form.cleaned_data["purpose"])
    return _member_page(request, one, identity=identity)


def _replace(request: HttpRequest, one: SampleMember) -> HttpResponse:
    exhausted = one.stratum.population <= one.stratum.members.count()
    form = ReplaceForm(request.POST, exhausted=exhausted)
    if form.is_valid():
        try:
            done = services.replace_member(member_id=one.pk, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            if done.taken is None:
                messages.success(request, _("The place is given up without a replacement."))
                return redirect(
                    "sampling:sample", audit_id=one.sample.frame.audit_id, sample_id=one.sample_id
                )
            messages.success(request, _("The place is given up. This one stands for it."))
            return redirect(
                "sampling:member",
                audit_id=one.sample.frame.audit_id,
                sample_id=one.sample_id,
                member_id=done.taken_id,
            )
    return _member_page(request, one, replace=form)


@for_kinds(*DESK)
def stratum(request: HttpRequest, audit_id: UUID, sample_id: UUID, number: int) -> HttpResponse:
    """One stratum: its places, and more of them for a reason."""
    sample = sample_for(request, audit_id, sample_id)
    one = get_or_404(sample.strata.all(), number=number)
    raising: Form = RaiseForm(initial={"size": one.size + 1})
    reserving: Form = ReserveForm()
    if request.method == "POST":
        if not sample.frame.audit.is_led_by(request.user):
            raise Http404
        bound = RaiseForm(request.POST) if "raise" in request.POST else ReserveForm(request.POST)
        if bound.is_valid() and _more(request, one, bound):
            return redirect(
                "sampling:stratum", audit_id=sample.frame.audit_id, sample_id=sample.pk, number=number
            )
        raising, reserving = (bound, reserving) if "raise" in request.POST else (raising, bound)
    return _stratum_page(request, sample, one, raising, reserving)


def _more(request: HttpRequest, one: SampleStratum, form: Any) -> bool:
    try:
        if "size" in form.cleaned_data:
            added = services.raise_stratum(stratum_id=one.pk, actor=request.user, **form.cleaned_data)
        else:
            added = services.draw_reserve(stratum_id=one.pk, actor=request.user, **form.cleaned_data)
    except DomainError as error:
        form.add_domain_error(error)
        return False
    messages.success(request, ngettext("%d more is drawn.", "%d more are drawn.", len(added)) % len(added))
    return True


def _stratum_page(
    request: HttpRequest, sample: Sample, one: SampleStratum, raising: Any, reserving: Any
) -> HttpResponse:
    bound = raising if raising.is_bound else reserving
    taken = one.members.count()
    return page(
        request,
        "audits/sampling/stratum.html",
        sample.frame.audit,
        bound,
        sample=sample,
        frame=sample.frame,
        stratum=one,
        places=list(one.members.select_related("member").order_by("place")[:200]),
        raises=list(one.raises.select_related("actor")),
        raising=raising,
        reserving=reserving,
        left=one.population - taken,
        may_more=sample.frame.audit.is_led_by(request.user)
        and not rules.missing_for_change(sample.frame)
        and one.size < one.population,
    )
