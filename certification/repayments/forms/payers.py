"""What is typed about a payer, and by a payer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iris.core.forms import DateInput, Form


class ShareLinkForm(Form):
    """To whom the link goes."""

    email = forms.EmailField(
        label=_("E-mail address of the payer"),
        help_text=_("Of the person there who decides about the payment."),
        error_messages={"invalid": _("Give an e-mail address such as name@example.org.")},
    )
    contact = forms.CharField(
        label=_("Name of that person"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ShareAnswerForm(Form):
    """Whether the payer pays."""

    agrees = forms.ChoiceField(
        label=_("Do you pay this share?"),
        choices=[("yes", _("Yes, we pay it")), ("no", _("No, we do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you pay this share.")},
    )
    text = forms.CharField(
        label=_("What should the agency and the scheme know?"),
        help_text=_("When you do not agree, say why. Write no names of workers."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class ShareProofForm(Form):
    """A document that shows the payment."""

    file = forms.FileField(
        label=_("Document of the bank"),
        help_text=_("A PDF, or a photo of the paper."),
        error_messages={
            "required": _("Choose the document of the bank."),
            "empty": _("This file is empty. Choose the file again."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    paid_on = forms.DateField(label=_("Day of the payment"), widget=DateInput())
    amount = forms.CharField(label=_("Amount"), max_length=30, help_text=_("In the currency of the case."))
