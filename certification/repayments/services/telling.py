"""Who hears of a repayment. No message holds a worker's name."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from certification.repayments.models import RepaymentCase
from certification.repayments.permissions import AGREES, VERIFIES, WORKS
from iris.accounts.selectors import people_of
from iris.notify import services as notify


def tell_agency(case: RepaymentCase, template: str, **more: Any) -> None:
    """Whoever speaks for the agency."""
    notify.notify_roles(
        organisation=case.agency.organisation,
        roles=WORKS,
        template=f"repayments/{template}",
        context={**_words(case), **more},
        url=_url(case),
    )


def tell_scheme(case: RepaymentCase, template: str, **more: Any) -> None:
    """The scheme's manager and screeners."""
    notify.notify(
        people=notify.scheme_people(list(AGREES)),
        template=f"repayments/{template}",
        context={**_words(case), **more},
        url=_url(case),
    )


def tell_verifier(case: RepaymentCase, template: str) -> None:
    """The people of the third party."""
    firms = [case.verifier] if case.verifier else [one.organisation for one in _readers(case)]
    people = [person for firm in firms if firm for person in people_of(firm, *VERIFIES)]
    notify.notify(people=people, template=f"repayments/{template}", context=_words(case), url=_url(case))


def _readers(case: RepaymentCase) -> Any:
    return case.agency.readers.filter(organisation__kind="audit_firm").select_related("organisation")


def _words(case: RepaymentCase) -> dict[str, Any]:
    return {"number": case.number, "agency": case.agency.legal_name, "title": case.title}


def _url(case: RepaymentCase) -> str:
    return reverse("repayments:case", args=[case.pk])
