"""What the public asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.certificates.states import Standing
from iris.core.forms import Form
from iris.core.places import COUNTRY_CHOICES, SECTOR_CHOICES

SHOWN = [one for one in Standing if one not in (Standing.ENROLLED, Standing.SUPERSEDED)]
ANY_COUNTRY = [("", _("Any country")), *COUNTRY_CHOICES]
LONGEST_NAME = 200
LARGEST_FILE = 5_000_000


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
    """A certificate number as somebody reads it off paper, or the link of its code."""

    number = forms.CharField(
        label=_("Certificate number, or the link of its QR code"),
        help_text=_(
            "The number stands on the certificate, above the dates. Spaces, dashes and small letters do not matter."
        ),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Type the number that stands on the certificate."),
            "max_length": _("A certificate number is much shorter than this. Copy only the number."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CheckForm(VerifyForm):
    """Anything that can be checked, and what somebody expects it to say."""

    mark_optional = False  # one of the three is enough, and the labels say so

    file = forms.FileField(
        label=_("Or a file"),
        help_text=_(
            "The PDF as it was downloaded, or its credential (.jwt or .json). We keep nothing of it."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jwt,.json,.txt"}),
    )
    credential = forms.CharField(
        label=_("Or the text of a credential"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    agency = forms.CharField(
        label=_("Agency you expect"),
        help_text=_("Its full name or its registration number."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    origin = forms.ChoiceField(label=_("Workers from"), required=False, choices=ANY_COUNTRY)
    destination = forms.ChoiceField(label=_("Jobs in"), required=False, choices=ANY_COUNTRY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        given = [name for name in ("number", "file", "credential") if found.get(name)]
        if not given and not self.errors:
            self.add_error("number", _("Type the number that stands on the certificate. Or choose a file."))
        upload = found.get("file")
        if upload is not None and upload.size > LARGEST_FILE:
            self.add_error("file", _("This file is larger than 5 MB. A certificate is much smaller."))
        return found
