"""Where allauth meets this product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from iris.accounts.models import User
from iris.accounts.selectors import acting_memberships

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Sign-up keeps the name; after sign-in people land where their work is."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the full name and one spelling of the address."""
        user.full_name = form.cleaned_data.get("full_name", "").strip()
        saved: User = super().save_user(request, user, form, commit=False)
        saved.email = saved.email.strip().lower()
        saved.language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)[:12]
        if commit:
            saved.save()
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the start page without an organisation, else to the dashboard."""
        user = request.user
        return self.landing_of(user) if isinstance(user, User) else str(settings.LOGIN_REDIRECT_URL)

    def landing_of(self, user: User) -> str:
        """Where this person's work begins."""
        return (
            str(settings.LOGIN_REDIRECT_URL)
            if acting_memberships(user).exists()
            else reverse("accounts:start")
        )

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """As after sign-in."""
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """After confirming the address: on to the start page, which asks for sign-in first where needed."""
        return reverse("accounts:start")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """With the scheme's name and address, also where no request is at hand."""
        names = {"scheme_name": settings.SCHEME_NAME, "public_url": settings.IRIS_PUBLIC_URL}
        super().send_mail(template_prefix, email, {**names, **context})

    def format_email_subject(self, subject: str) -> str:
        """The scheme's short name in front, so that people recognise it."""
        return f"{settings.SCHEME_SHORT_NAME}: {subject}"
