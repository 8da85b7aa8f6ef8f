"""The auditor's yearly declaration of interests."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from iris.core import clocks
from iris.core.days import in_words
from iris.core.errors import DomainError
from iris.core.policy import for_kinds

from .. import selectors, services
from ..forms import BaseInterestFormSet, DeclarationForm, InterestFormSet
from ..models import Auditor, YearlyDeclaration

PREFIX = "interest"


@for_kinds("audit_firm")
def my_declaration(request: HttpRequest) -> HttpResponse:
    """What was declared and until when; declare again, beginning from the last declaration."""
    auditor = selectors.auditor_of(request.user)
    if auditor is None:
        raise Http404
    last = selectors.current_declaration(auditor)
    if request.method != "POST":
        form = DeclarationForm(initial={"text": last.text if last else ""})
        rows = InterestFormSet(prefix=PREFIX, initial=_initial(last))
        return _page(request, auditor, last, form, rows)
    form = DeclarationForm(request.POST)
    rows = InterestFormSet(request.POST, prefix=PREFIX)
    if form.is_valid() and rows.is_valid():
        try:
            made = services.declare_interests(
                auditor_id=auditor.pk,
                actor=request.user,
                text=form.cleaned_data["text"],
                interests=cast(BaseInterestFormSet, rows).interests(),
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(
                request, _("Your declaration is on record until %s.") % in_words(made.valid_until)
            )
            return redirect("bodies:my_declaration")
    return _page(request, auditor, last, form, rows)


def _initial(last: YearlyDeclaration | None) -> list[dict[str, Any]]:
    if last is None:
        return []
    return [
        {
            "agency": one.agency_id,
            "organisation": one.organisation,
            "kind": one.kind,
            "since": one.since,
            "until": one.until,
        }
        for one in last.interests.all()
    ]


def _page(
    request: HttpRequest, auditor: Auditor, last: YearlyDeclaration | None, form: DeclarationForm, rows: Any
) -> HttpResponse:
    wrong = form.is_bound and (form.errors or not rows.is_valid())
    context = {
        "auditor": auditor,
        "last": last,
        "form": form,
        "rows": rows,
        "months": clocks.number("auditor_declaration_months"),
        "cooloff": clocks.number("consultancy_cooloff_months"),
        "today": clocks.today(),
    }
    return render(request, "audits/bodies/my_declaration.html", context, status=422 if wrong else 200)
