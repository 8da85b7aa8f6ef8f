"""What the pages of certificates share: the row a person may read, the form page, the card of what keeps it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from certification.certificates import selectors
from certification.certificates.models import AuditOrder, Certificate
from certification.certificates.states import OrderState
from certification.decisions import selectors as decisions
from certification.decisions.states import UNDECIDED_STATES
from iris.accounts.models import User
from iris.accounts.states import OrganisationKind, Role
from iris.core.forms import Form
from iris.core.web import get_or_404

READERS = (OrganisationKind.SCHEME, OrganisationKind.AGENCY, OrganisationKind.AUDIT_FIRM)


def row_for(request: HttpRequest, certificate_id: UUID) -> Certificate:
    """The certificate with everything a page shows, for whoever may read it."""
    rows = selectors.with_parts(selectors.certificates_visible_to(request.user))
    return get_or_404(rows.select_related("application", "decision"), pk=certificate_id)


def form_page(
    request: HttpRequest, row: Certificate, form: Form, words: dict[str, Any], told: str = ""
) -> HttpResponse:
    """A form about a certificate, with what happens when it is sent."""
    context = {
        "certificate": row,
        "form": form,
        "words": words,
        "told": told,
        "back": reverse("certificates:certificate", args=[row.pk]),
    }
    return render(request, "certificates/act.html", context, status=422 if form.errors else 200)


def keeping_of(row: Certificate, user: User) -> dict[str, Any]:
    """Surveillance audits, ordered audits, licence reviews and proposals of a certificate, for this person."""
    scheme = user.is_kind(OrganisationKind.SCHEME)
    orders = AuditOrder.objects.filter(certificate__number=row.number)
    asked = [
        {
            "decision": one,
            "open": one.state in UNDECIDED_STATES,
            "appeal": decisions.appeal_card(one, user),
        }
        for one in selectors.may_read_proposal(user) & selectors.proposals_about(row)
    ]
    return {
        "windows": list(selectors.windows_of(row)),
        "orders": [
            {"order": one, "may_record": _may_record(one, user), "links": selectors.order_links(one, user)}
            for one in selectors.orders_visible_to(user, orders.select_related("certificate"))
        ],
        "reviews": list(row.licence_reviews.all()),
        "proposals": asked,
        "scheme": scheme,
    }


def _may_record(order: AuditOrder, user: User) -> bool:
    roles = (Role.SCHEME_MANAGER, Role.LEAD_AUDITOR, Role.FIRM_MANAGER)
    return order.state == OrderState.ORDERED and user.has_role(*roles)
