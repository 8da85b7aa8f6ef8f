"""What an agency types when it reports a change, and the scheme when it answers or settles a likeness."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.agencies.forms.enrolling import day_field
from certification.agencies.states import ChangeKind, ChangeState, EndKind, LikenessState, LikenessStrength
from iris.core.forms import Form


class ManyFiles(forms.FileInput):
    """A field for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class ManyFilesField(forms.Field):
    """A list of uploads; the service checks each."""

    widget = ManyFiles

    def clean(self, value: Any) -> list[Any]:
        return list(value or [])


class ChangeForm(Form):
    """A change, when it happened, and its documents."""

    kind = forms.ChoiceField(
        label=_("What changed?"),
        choices=ChangeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what changed.")},
    )
    happened_on = day_field(
        _("On which day did it happen?"),
        _("The day itself, not the day you heard of it or write this."),
        _("Enter the day on which it happened."),
    )
    text = forms.CharField(
        label=_("What happened"),
        help_text=_("Who or what, before and after, and why. A few sentences."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Say in a few sentences what changed and why.")},
    )
    documents = ManyFilesField(
        label=_("Documents"),
        help_text=_("Extract of the register, letter of the authority, contract. PDF or photos, up to ten."),
        required=False,
        widget=ManyFiles(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.docx", "multiple": True}),
    )


class AskedChangeForm(ChangeForm):
    """The same where the kind is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Your reasons"),
        help_text=_("The agency reads them. They are kept with the report."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Give a reason in a sentence.")},
    )


class SettleForm(Form):
    """What a likeness is."""

    outcome = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (LikenessState.EXPLAINED, _("There is a link, and a good account of it")),
            (LikenessState.DISMISSED, _("Chance: the two have nothing to do with each other")),
            (LikenessState.UPHELD, _("The link is real and matters")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_("What you read, whom you asked. Only the scheme reads this."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Give a reason in a sentence.")},
    )


class EndForm(Form):
    """How a company ended, when, and who took it over."""

    kind = forms.ChoiceField(
        label=_("How did it end?"),
        choices=EndKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it was merged or closed.")},
    )
    successor = forms.ChoiceField(
        label=_("Which agency took it over?"),
        help_text=_("Of the agencies found above. Leave it open where the company was closed."),
        required=False,
    )
    ended_on = day_field(
        _("On which day?"),
        _("As the public register of companies says."),
        _("Enter the day on which it ended."),
    )
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_("The register or letter you read. It is kept with your name."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say how you know, in a sentence.")},
    )

    def __init__(self, *args: Any, successors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", _("None")), *successors]  # type: ignore[attr-defined] # a choice field


class LikenessFilters(Form):
    """Filters of the list of likenesses."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *LikenessState.choices], required=False
    )
    strength = forms.ChoiceField(
        label=_("Strength"), choices=[("", _("All")), *LikenessStrength.choices], required=False
    )


class ChangeFilters(Form):
    """Filters of the queue of reported changes."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *ChangeState.choices], required=False
    )
    kind = forms.ChoiceField(label=_("What"), choices=[("", _("All")), *ChangeKind.choices], required=False)
