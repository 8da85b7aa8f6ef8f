"""What an agency types. The services check it; their sentences land on these fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.states import LANGUAGE_CHOICES, AgencyKind, NameKind, SanctionsAnswer
from iris.core.forms import DateInput, Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

COUNTRIES = [("", _("Choose a country")), *COUNTRY_CHOICES]


def country_field(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=COUNTRIES,
        error_messages={
            "required": _("Choose a country."),
            "invalid_choice": _("We do not know this country. Choose one from the list."),
        },
    )


def line_field(
    label: Any, help_text: Any = "", *, required: bool = True, sentence: Any = "", **attrs: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": sentence} if sentence else None,
        widget=forms.TextInput(attrs=attrs),
    )


def day_field(label: Any, help_text: Any, sentence: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=DateInput(),
        error_messages={
            "required": sentence,
            "invalid": _(
                "This is no date of the calendar. Write it as year-month-day, for example 2026-05-03."
            ),
        },
    )


class EntityForm(Form):
    """Who the agency is in law."""

    legal_name = line_field(
        _("Legal name"),
        _("As it stands in the company register, in its own script."),
        sentence=_("Enter the legal name as it stands in the company register."),
        autocomplete="organization",
        dir="auto",
    )
    legal_name_lang = forms.ChoiceField(
        label=_("Language of this name"), choices=LANGUAGE_CHOICES, initial="en"
    )
    country = country_field(
        _("Country of registration"),
        _("Where this legal entity is registered. A sister company enrols itself."),
    )
    registration_number = line_field(
        _("Registration number"),
        _("The number in the company register."),
        sentence=_("Enter the number under which the company is registered."),
        autocomplete="off",
    )
    kind = forms.ChoiceField(
        label=_("Who owns the agency?"),
        help_text=_("The scheme certifies private agencies, for profit or not."),
        choices=AgencyKind.choices,
        initial=AgencyKind.PRIVATE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the agency is private or a public body.")},
    )
    founded_on = day_field(_("Founded on"), _("If you know the day."), "", required=False)


class ContactForm(Form):
    """Where the agency is and who answers."""

    address = forms.CharField(
        label=_("Street address of the head office"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address", "dir": "auto"}),
        error_messages={"required": _("Enter the street address of the head office.")},
    )
    city = line_field(_("Town or city"), sentence=_("Enter the town or city."), autocomplete="address-level2")
    contact_name = line_field(
        _("Person we can ask"), sentence=_("Enter the name of a person we can ask."), autocomplete="name"
    )
    email = line_field(
        _("E-mail of the agency"),
        _("Shown to the scheme and to the auditors of your case, not in public."),
        sentence=_("Enter an e-mail address we can write to."),
        autocomplete="email",
        inputmode="email",
    )
    phone = line_field(
        _("Phone"), _("With the country code."), required=False, autocomplete="tel", inputmode="tel"
    )
    website = line_field(_("Website"), _("Shown on the public register."), required=False, autocomplete="url")


class NameForm(Form):
    """One more name."""

    kind = forms.ChoiceField(
        label=_("What kind of name is it?"),
        choices=[(kind.value, kind.label) for kind in NameKind if kind != NameKind.LEGAL],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what kind of name this is.")},
    )
    name = line_field(
        _("Name"), _("In any script."), sentence=_("Enter the name."), dir="auto", autocomplete="off"
    )
    lang = forms.ChoiceField(label=_("Language of this name"), choices=LANGUAGE_CHOICES, initial="en")
    used_until = day_field(_("Used until"), _("For a former name, if you know the day."), "", required=False)
    note = line_field(
        _("Why it ended"),
        _("For a former name: for example a merger and with whom, a new owner, a new brand."),
        required=False,
        dir="auto",
    )


class LicenceForm(Form):
    """One licence as its paper states it."""

    country = country_field(_("Country that gave the licence"))
    authority = line_field(
        _("Authority"),
        _("The office that gave it, for example Department of Foreign Employment."),
        sentence=_("Enter the authority that gave the licence."),
    )
    number = line_field(
        _("Licence number"),
        _("As it stands on the licence."),
        sentence=_("Enter the number that stands on the licence."),
        autocomplete="off",
    )
    valid_from = day_field(
        _("Valid from"), _("In the common calendar."), _("Enter the day from which the licence holds.")
    )
    valid_to = day_field(
        _("Valid to"),
        _("The last day on which it holds."),
        _("Enter the last day on which the licence holds."),
    )
    copy = forms.FileField(
        label=_("Copy of the licence"),
        help_text=_("A PDF or a photo. The scheme and your auditors read it; it is not public."),
        required=False,
        error_messages={
            "empty": _("This file is empty. Choose the file again."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class CorridorForm(Form):
    """From where to where."""

    origin = country_field(_("Workers come from"))
    destination = country_field(_("They work in"))


class SectorsForm(Form):
    """Lines of work."""

    sectors = forms.MultipleChoiceField(
        label=_("Which sectors do you recruit for?"),
        help_text=_("Choose all that apply. A certificate names them."),
        choices=SECTOR_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one sector. “Other” is fine when none fits."),
            "invalid_choice": _("Choose from the sectors on this page."),
        },
    )


class SanctionsForm(Form):
    """The signatory's declaration."""

    answer = forms.ChoiceField(
        label=_(
            "In the last five years, was the agency, an owner or a director under sanctions, banned, or convicted "
            "for how workers were recruited or treated?"
        ),
        choices=SanctionsAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )
    text = forms.CharField(
        label=_("What happened"),
        help_text=_("Only for “yes”: who, which authority, when, and where it stands now."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class ConfirmForm(Form):
    """A plain yes to an act that has nothing to type."""


class AgencyFilters(Form):
    """Filters of the list of agencies."""

    q = forms.CharField(label=_("Name or number"), required=False)
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("All countries")), *COUNTRY_CHOICES], required=False
    )
    enrolled = forms.ChoiceField(
        label=_("Enrolment"),
        choices=[("", _("All")), ("yes", _("Confirmed")), ("no", _("Not finished"))],
        required=False,
    )
