"""For whom a person acts, colours, the demo's sign-in, one's own details."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iris.accounts import services
from iris.accounts.adapter import AccountAdapter
from iris.accounts.forms import ProfileForm
from iris.accounts.permissions import needs_second_factor
from iris.accounts.selectors import demo_people, has_second_factor, memberships_of
from iris.core.context import THEMES
from iris.core.errors import DomainError
from iris.core.policy import public, signed_in

YEAR = 60 * 60 * 24 * 365
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def back(request: HttpRequest, otherwise: str = "/") -> str:
    """The page to return to, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else otherwise


def is_uuid(text: str) -> bool:
    """Whether a posted value can be an id at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@signed_in
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own organisations."""
    wanted = request.POST.get("organisation", "")
    if not is_uuid(wanted):
        raise Http404
    membership = services.switch(request, wanted)
    messages.success(request, _("You now act for %(name)s.") % {"name": membership.organisation.name})
    return redirect(settings.LOGIN_REDIRECT_URL)


@public
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says; kept in a cookie, so that it also holds before sign-in."""
    theme = request.POST.get("theme", "")
    response = redirect(back(request))
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a listed demo person. Exists only in a demo."""
    if not settings.IRIS_DEMO:
        raise Http404
    wanted = Q(email=request.POST.get("email", "").lower())
    if is_uuid(request.POST.get("user", "")):
        wanted = Q(pk=request.POST["user"])
    person = demo_people().filter(wanted).first()
    if person is None:
        raise Http404
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="demo")
    person.forget_acting()
    return redirect(back(request, AccountAdapter(request).landing_of(person)))


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and language, and how one signs in."""
    person = request.user
    form = ProfileForm(
        request.POST or None, initial={"full_name": person.full_name, "language": person.language}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_profile(user=person, **form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, _("Your details are saved."))
            return redirect("accounts:profile")
    context = {
        "form": form,
        "places": memberships_of(person),
        "second_factor": has_second_factor(person),
        "second_factor_needed": needs_second_factor(person),
    }
    return render(request, "accounts/profile.html", context)
