"""What people type on this room's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iris.accounts.states import (
    ROLE_DESCRIPTIONS,
    ApiMode,
    ApiScope,
    OrganisationKind,
    OrganisationState,
    Role,
)
from iris.core.forms import Form, LookMixin
from iris.core.places import COUNTRY_CHOICES

VALIDITY = [(3, _("3 months")), (12, _("12 months")), (24, _("24 months"))]


class SignUpForm(LookMixin, SignupForm):  # type: ignore[misc] # allauth ships no types
    """E-mail, password, and the person's name."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        error_messages={"required": _("Enter your name.")},
        help_text=_("As colleagues and the scheme should read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "password1"]


class ProfileForm(Form):
    """One's own name and language."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of e-mails"), help_text=_("Notices and e-mails come in it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined] # a ChoiceField


class ContactFields(Form):
    """How an organisation is reached."""

    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
    contact_name = forms.CharField(
        label=_("Contact person"),
        max_length=200,
        error_messages={"required": _("Enter the name of a person the scheme can ask.")},
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the contact person"),
        max_length=254,
        error_messages={"required": _("Enter an e-mail address such as name@example.org.")},
    )
    contact_phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("With the country code, such as +977 1 5970000."),
    )


class FactsForm(ContactFields):
    """Change how an organisation is reached."""


class ApplyForm(ContactFields):
    """What an applying organisation says about itself."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
        help_text=_("The full legal name, in the script you write it in."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("Choose a country")), *COUNTRY_CHOICES],
        error_messages={"required": _("Choose the country where the organisation is registered.")},
    )
    purpose = forms.CharField(
        label=_("What do you want to do here?"),
        max_length=2_000,
        error_messages={"required": _("Say in two or three sentences what you want to do here.")},
        help_text=_("Two or three sentences. The scheme reads them to decide."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["name", "country", "website", "purpose", "contact_name", "contact_email", "contact_phone"]


class RoleForm(Form):
    """One role of those that a person may give, each with what it means."""

    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role.")}
    )

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (role, f"{Role(role).label}: {ROLE_DESCRIPTIONS[role]}") for role in roles
        ]


class InviteForm(RoleForm):
    """Whom, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={"required": _("Enter the e-mail address of your colleague.")},
        help_text=_("The invitation works only for this address and for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["email", "role"]


class ApiKeyForm(Form):
    """A new API key. The hidden key makes a double click one act."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=100,
        error_messages={"required": _("Say what the key is for, such as “Nightly supplier check”.")},
        help_text=_("Such as “Nightly supplier check”. Colleagues see it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"),
        choices=ApiScope.choices,
        error_messages={"required": _("Choose what the key may read.")},
        widget=forms.CheckboxSelectMultiple,
    )
    mode = forms.ChoiceField(
        label=_("What does it open?"),
        choices=ApiMode.choices,
        initial=ApiMode.LIVE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose sandbox or live.")},
    )
    months = forms.TypedChoiceField(
        label=_("Valid for"),
        choices=VALIDITY,
        coerce=int,
        initial=12,
        help_text=_("You can revoke it at any time."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, *args: Any, only: Sequence[str] = (), opened: Sequence[str] | None = None, **kwargs: Any
    ) -> None:
        """`only`: scopes that can be of use here; all of them when nothing is said. `opened`: what live keys may
        read of those whom the scheme has to open the register to first (None: everybody else)."""
        super().__init__(*args, **kwargs)
        if only:
            scopes: Any = self.fields["scopes"]
            scopes.choices = [(key, label) for key, label in ApiScope.choices if key in only]
            scopes.initial = [*(opened or only)]
        if opened == []:
            mode: Any = self.fields["mode"]
            mode.choices = [one for one in ApiMode.choices if one[0] == ApiMode.SANDBOX]
            mode.help_text = _("A live key comes later: first ask the scheme for it, under “Live keys”.")
            mode.error_messages["invalid_choice"] = _(
                "The scheme has not opened the register to your software yet. Ask for live keys first."
            )
        elif opened:
            self.fields["scopes"].help_text = _(
                "A live key reads what the scheme opened to you: %(what)s."
            ) % {"what": "; ".join(str(ApiScope(one).label) for one in opened)}


class RotateForm(Form):
    """A new secret; how long the old one goes on."""

    hours = forms.TypedChoiceField(
        label=_("How long does the old key go on?"),
        choices=[
            (0, _("Not at all: it may have leaked")),
            (1, _("1 hour")),
            (24, _("1 day")),
            (72, _("3 days")),
            (168, _("7 days")),
        ],
        coerce=int,
        initial=24,
        error_messages={"required": _("Choose how long the old key goes on.")},
        help_text=_("Until then both keys open, so that nothing stops while you change over."),
    )


class VetForm(Form):
    """Admit or refuse."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            ("admit", _("Admit it: its people can work here at once")),
            ("refuse", _("Do not admit it")),
        ],
        error_messages={"required": _("Choose whether to admit the organisation.")},
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2_000,
        help_text=_("Needed to refuse. The applicants read it word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndKeyForm(Form):
    """Why the scheme ends a key that is not its own."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        help_text=_("The owner reads it word for word. Say where the key was found."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why. The owner of the key reads it word for word.")},
    )


class OrganisationFilters(Form):
    """Filters of the scheme's list."""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any")), *OrganisationKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), *OrganisationState.choices]
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("Any")), *COUNTRY_CHOICES]
    )
