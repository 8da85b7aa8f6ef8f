"""What the public asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.certificates.states import Standing
from iris.core.forms import Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

SHOWN = [one for one in Standing if one not in (Standing.ENROLLED, Standing.SUPERSEDED)]
ANY_COUNTRY = [("", _("Any country")), *COUNTRY_CHOICES]
LONGEST_NAME = 200


class SearchForm(Form):
    """The register's search and filters; the address carries them."""

    q = forms.CharField(
        label=_("Name, licence or certificate number"),
        required=False,
        max_length=LONGEST_NAME,
        error_messages={
            "max_length": _("This is too long for a name. Type a part of it, at most 200 characters.")
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), *((one.value, one.label) for one in SHOWN)],
    )
    country = forms.ChoiceField(label=_("Agency in"), required=False, choices=ANY_COUNTRY)
    origin = forms.ChoiceField(label=_("Workers from"), required=False, choices=ANY_COUNTRY)
    destination = forms.ChoiceField(label=_("Jobs in"), required=False, choices=ANY_COUNTRY)
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("Any sector")), *SECTOR_CHOICES]
    )


class VerifyForm(Form):
    """A certificate number as somebody reads it off paper."""

    number = forms.CharField(
        label=_("Certificate number"),
        help_text=_(
            "It stands on the certificate, above the dates. Spaces, dashes and small letters do not matter."
        ),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Type the number that stands on the certificate."),
            "max_length": _("A certificate number is much shorter than this. Copy only the number."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
