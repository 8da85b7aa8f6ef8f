"""What an agency types about its owners, related companies, numbers, offices and sub-agents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.forms.enrolling import COUNTRIES, country_field, day_field, line_field
from certification.agencies.models import Agency
from certification.agencies.rules.tree import in_tree_order
from certification.agencies.states import IdentifierScheme, OfficerKind, OfficerRole, RelationKind
from iris.core.forms import Form


def _since() -> forms.DateField:
    return day_field(_("Since"), _("If you know the day."), "", required=False)


def _until() -> forms.DateField:
    return day_field(_("Until"), _("Leave empty while it goes on."), "", required=False)


class OfficerForm(Form):
    """An owner or director."""

    kind = forms.ChoiceField(
        label=_("Who is it?"),
        choices=OfficerKind.choices,
        initial=OfficerKind.PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether this is a person or a company.")},
    )
    name = line_field(
        _("Full name"),
        _("As it stands in the company register."),
        sentence=_("Enter the name."),
        dir="auto",
        autocomplete="off",
    )
    role = forms.ChoiceField(
        label=_("What are they to your agency?"),
        choices=OfficerRole.choices,
        error_messages={"required": _("Say what the person or company is to your agency.")},
    )
    share = forms.DecimalField(
        label=_("Share in percent"),
        help_text=_("For owners, like 51 or 33.34."),
        required=False,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Enter a number like 51 or 33.34.")},
    )
    country = country_field(_("Nationality, or country of the company"))
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("For a person. It keeps two people of the same name apart."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the year in four digits, like 1974.")},
    )
    identity = line_field(
        _("Number of an identity document or company"),
        _(
            "Not kept: only a fingerprint of it, to see whether the same person stands behind another agency. "
            "Leave empty to keep the one given before."
        ),
        required=False,
        autocomplete="off",
    )
    since = _since()
    until = _until()


class RelatedForm(Form):
    """Another legal entity of the family."""

    kind = forms.ChoiceField(
        label=_("How does it belong to your agency?"),
        choices=RelationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the company belongs to your agency.")},
    )
    name = line_field(_("Legal name"), sentence=_("Enter the company’s legal name."), dir="auto")
    country = country_field(_("Country where it is registered"))
    registration_number = line_field(
        _("Registration number"), _("If you know it."), required=False, autocomplete="off"
    )
    since = _since()
    until = _until()


class IdentifierForm(Form):
    """A number of a register."""

    scheme = forms.ChoiceField(
        label=_("Which register?"),
        choices=IdentifierScheme.choices,
        error_messages={"required": _("Say which register gave the number.")},
    )
    country = forms.ChoiceField(
        label=_("Country of the register"),
        help_text=_("Only for tax numbers and other national registers."),
        choices=COUNTRIES,
        required=False,
    )
    value = line_field(
        _("Number"), _("As it stands in the register."), sentence=_("Enter the number."), autocomplete="off"
    )


class BranchForm(Form):
    """An office besides the head office."""

    name = line_field(_("Name of the branch"), sentence=_("Enter the name of the branch."), dir="auto")
    country = country_field(_("Country"))
    city = line_field(_("Town or city"), sentence=_("Enter the town or city."))
    address = line_field(_("Street address"), required=False, dir="auto")
    responsible = line_field(_("Who runs it"), _("Name or function."), required=False, dir="auto")
    phone = line_field(
        _("Phone"), _("With the country code."), required=False, autocomplete="off", inputmode="tel"
    )
    authority_reference = line_field(
        _("Reference of the authority"),
        _("Under which the licensing authority registered or allowed this branch."),
        required=False,
    )


class BranchPersonForm(Form):
    """A person who may act for a branch."""

    branch = forms.TypedChoiceField(
        label=_("Branch"),
        coerce=lambda value: value or None,
        empty_value=None,
        error_messages={"required": _("Choose the branch. Add it first when it is not on the list.")},
    )
    name = line_field(_("Full name"), sentence=_("Enter the person’s name."), dir="auto", autocomplete="off")
    role = line_field(
        _("What they may do"),
        _("For example sign with jobseekers, interview, keep documents."),
        sentence=_("Enter what the person may do there."),
        dir="auto",
    )
    phone = line_field(
        _("Phone"), _("With the country code."), required=False, autocomplete="off", inputmode="tel"
    )
    authority_reference = line_field(
        _("Reference of the authority"), _("If the authority registered this person."), required=False
    )
    since = _since()
    until = _until()

    def bind(self, agency: Agency, row: Any = None) -> None:
        """Offer the agency's branches."""
        self.fields["branch"].choices = [  # type: ignore[attr-defined] # a choice field
            ("", _("Choose a branch")),
            *((str(each.pk), f"{each.name}, {each.city}") for each in agency.branches.all()),
        ]


class SubAgentForm(Form):
    """Someone who finds workers for the agency."""

    name = line_field(
        _("Name of the person or firm"), sentence=_("Enter the name of the sub-agent."), dir="auto"
    )
    parent = forms.TypedChoiceField(
        label=_("Whom do they work for?"),
        coerce=lambda value: value or None,
        empty_value=None,
        required=False,
        help_text=_("A sub-agent may work for another sub-agent."),
    )
    country = country_field(_("Country where they work"))
    district = line_field(_("District or province"), required=False, dir="auto")
    city = line_field(_("Town or village"), sentence=_("Enter the town or village."), dir="auto")
    licence_number = line_field(_("Licence number"), _("If the law asks for one."), required=False)
    identity_number = line_field(
        _("Identity or company number"),
        _("So that auditors meet the right person. Not public."),
        required=False,
        autocomplete="off",
    )
    agreement_on = day_field(
        _("Date of the written agreement"), _("Leave empty when there is none."), "", required=False
    )
    agreement = forms.FileField(
        label=_("Copy of the agreement"),
        help_text=_("A PDF or a photo. The scheme and your auditors read it; it is not public."),
        required=False,
        error_messages={
            "empty": _("This file is empty. Choose the file again."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    fee_terms = forms.CharField(
        label=_("What are they paid, and by whom?"),
        help_text=_("For example 3,000 for each worker who departs, paid by us. Workers pay nothing."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    since = _since()
    until = _until()

    def bind(self, agency: Agency, row: Any = None) -> None:
        """Offer the agency itself and its other sub-agents, in the order of the tree."""
        rows = in_tree_order(agency.sub_agents.all())
        self.fields["parent"].choices = [  # type: ignore[attr-defined] # a choice field
            ("", _("Directly for our agency")),
            *(
                (str(each.pk), f"{'– ' * (depth - 1)}{each.name}, {each.city}")
                for depth, each in rows
                if row is None or each.pk != row.pk
            ),
        ]
