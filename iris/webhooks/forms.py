"""What a person types about an endpoint."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from iris.core.forms import Form
from iris.webhooks.permissions import NAMED_ONLY, OWN_ONLY
from iris.webhooks.rules import CHOICES, words_of


def _topics() -> list[tuple[str, str]]:
    return [(one, format_html("<code>{}</code> {}", one, words_of(one))) for one in CHOICES]


class AsksForm(Form):
    """What an endpoint is called and what it asks for."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("By which your colleagues know it, such as “Sourcing system”."),
        error_messages={"required": _("Give the endpoint a name by which your colleagues know it.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Which events?"),
        choices=_topics,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Choose none to hear everything that concerns your own organisation. An event that you choose by "
            "name comes from the whole register."
        ),
    )
    watches = forms.TypedMultipleChoiceField(
        label=_("Of which watches?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to hear of every watch."),
    )

    def __init__(
        self,
        *args: Any,
        kind: str = "",
        watches: Sequence[tuple[UUID, str]] = (),
        held: Sequence[UUID] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topics"]
        if kind in (*NAMED_ONLY, *OWN_ONLY):  # these watch nothing
            topics.choices = [one for one in _topics() if not one[0].startswith("watch.")]
        if kind in NAMED_ONLY:
            topics.help_text = _("Acts on the public register, as they happen.")
            topics.required = True
            topics.error_messages["required"] = _("Choose at least one event.")
        elif kind in OWN_ONLY:
            topics.help_text = _("Choose none to hear everything. You hear of your own certificates only.")
        known = {key for key, _title in watches}
        gone = [(key, _("A watch that has ended")) for key in held if key not in known]
        if watches or gone:
            choices: Any = self.fields["watches"]
            choices.choices = [*watches, *gone]
        else:
            del self.fields["watches"]


class EndpointForm(AsksForm):
    """A new endpoint."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("https only, reachable from the internet. Redirects are not followed."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"required": _("Enter the address that takes the messages.")},
    )
    field_order = ("name", "url", "topics", "watches")
