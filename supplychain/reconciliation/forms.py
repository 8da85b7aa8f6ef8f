"""The form of a service address."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class AddressForm(Form):
    """What the address is for. The hidden key makes a double click one act."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=100,
        error_messages={"required": _("Say who uses it, such as “Anneke's OpenRefine”.")},
        help_text=_("Such as “Anneke's OpenRefine”. You see by this which one to stop."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
