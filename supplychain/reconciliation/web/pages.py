"""The page that tells how to use the service, and the one that makes an address with a key in it."""

from collections.abc import Callable
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from iris.accounts import selectors as accounts
from iris.core.errors import DomainError
from iris.core.policy import for_kinds, public
from supplychain.names import selectors as names
from supplychain.reconciliation import services
from supplychain.reconciliation.forms import AddressForm
from supplychain.reconciliation.permissions import KINDS, may_make_address
from supplychain.reconciliation.rules import ASKED, BATCH, GIVEN

SHOWN_CHOICES = 5
View = Callable[..., HttpResponse]
step_up = cast(
    Callable[[View], View],
    reauthentication_required(enabled=lambda request: settings.IRIS_REQUIRE_SECOND_FACTOR),
)


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What the service answers, for people who set a tool up and for those who want to know what a score means."""
    context = {
        "asked": list(ASKED.values()),
        "given": list(GIVEN.values()),
        "batch": BATCH,
        "address": settings.IRIS_PUBLIC_URL + reverse("reconciliation:service"),
    }
    return render(request, "reconciliation/about.html", context)


@for_kinds(*KINDS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The addresses of the organisation, five steps, and what it decided about names."""
    return render(request, "reconciliation/page.html", _context(request, AddressForm()))


@for_kinds(*KINDS)
@never_cache
@require_http_methods(["GET", "POST"])
@step_up
def new_address(request: HttpRequest) -> HttpResponse:
    """Make an address; the answer shows it, once."""
    if not may_make_address(request.user):
        raise Http404
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client, key = services.make_address(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            address = f"{settings.IRIS_PUBLIC_URL}{reverse('reconciliation:service')}?key={key}"
            return render(request, "reconciliation/address.html", {"client": client, "address": address})
    return render(request, "reconciliation/new_address.html", {"form": form})


def _context(request: HttpRequest, form: AddressForm) -> dict[str, object]:
    keys = accounts.api_clients_visible_to(request.user)
    return {
        "form": form,
        "may_make": may_make_address(request.user),
        "addresses": [one for one in keys if one.scopes == [services.SCOPE]],
        "choices": names.decisions_visible_to(request.user)[:SHOWN_CHOICES],
        "service": settings.IRIS_PUBLIC_URL + reverse("reconciliation:service"),
    }
