"""Adding a document to the library and correcting its details."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.assessments.states import EvidenceKind
from iris.core.forms import DateInput, Form


class EvidenceForm(Form):
    """Title, kind and last day of a document."""

    title = forms.CharField(
        label=_("Title"), help_text=_("What a colleague would look for."), max_length=200, required=False
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=EvidenceKind.choices, initial=EvidenceKind.OTHER)
    effective_from = forms.DateField(
        label=_("In force from"),
        help_text=_("The day it was signed or began to hold, if it has one."),
        required=False,
        widget=DateInput(),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        help_text=_("Leave empty if it does not end."),
        required=False,
        widget=DateInput(),
    )


class UploadForm(EvidenceForm):
    """A new document."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, picture, Word, Excel, OpenDocument or text, up to 10 MB, without a password."),
        required=False,
    )
    field_order = ("file", "title", "kind", "effective_from", "valid_until")
    mark_optional = False


class VersionForm(Form):
    """A newer version of a document that is there."""

    mark_optional = False
    file = forms.FileField(
        label=_("The newer file"),
        help_text=_("PDF, picture, Word, Excel, OpenDocument or text, up to 10 MB, without a password."),
        required=False,
    )
    effective_from = forms.DateField(label=_("In force from"), required=False, widget=DateInput())
    valid_until = forms.DateField(
        label=_("Valid until"),
        help_text=_("Leave empty if it does not end."),
        required=False,
        widget=DateInput(),
    )
    use_now = forms.BooleanField(
        label=_("Show it in the open self-assessment wherever the older version is shown"),
        required=False,
        initial=True,
    )
