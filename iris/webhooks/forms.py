"""What a person types about an endpoint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form


class EndpointForm(Form):
    """A new endpoint."""

    name = forms.CharField(label=_("Name"), max_length=100)
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("https only, reachable from the internet. Redirects are not followed."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
