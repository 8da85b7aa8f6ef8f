"""What a person types about an endpoint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form
from iris.webhooks.rules import CHOICES


class AsksForm(Form):
    """What an endpoint is called and what it asks for."""

    name = forms.CharField(label=_("Name"), max_length=100)
    topics = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(one, one) for one in CHOICES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "None chosen: all that is your organisation's own. certificate.*: acts on the public register."
        ),
    )


class EndpointForm(AsksForm):
    """A new endpoint."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("https only, reachable from the internet. Redirects are not followed."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    field_order = ("name", "url", "topics")
