"""Forms of a kit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.fieldwork.states import EvidenceSource, GivenBy
from iris.core.forms import Form


class GiveBackForm(Form):
    """The workbook of a kit."""

    mark_optional = False
    file: Any = forms.FileField(
        label=_("The workbook of the kit"),
        help_text=_("The .xlsx file that was downloaded here, up to 5 MB, without a password."),
        required=False,
    )


class SeenFileForm(Form):
    """The file of an entry that was noted on site."""

    file: Any = forms.FileField(label=_("File"), required=False)
    source = forms.ChoiceField(
        label=_("What it is"), choices=EvidenceSource.choices, initial=EvidenceSource.PHOTO
    )
    given_by = forms.ChoiceField(
        label=_("From whom it came"), choices=GivenBy.choices, initial=GivenBy.OURSELVES
    )


class AbandonForm(Form):
    """Why nothing is expected of a kit any more."""

    reason = forms.CharField(
        label=_("What became of it"),
        max_length=2000,
        help_text=_("For example: the tablet broke, nothing was written in it."),
        error_messages={"required": _("Say what became of it, for example: tablet broken.")},
    )
