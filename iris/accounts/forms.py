"""What people type on this room's pages."""

from __future__ import annotations

from allauth.account.forms import SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import LookMixin


class SignUpForm(LookMixin, SignupForm):  # type: ignore[misc] # allauth ships no types
    """E-mail, password, and the person's name."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As colleagues and the scheme should read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "password1"]
