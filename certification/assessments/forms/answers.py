"""Answering one indicator, asking a colleague, planning what is done about a gap."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.assessments.models import Answer, Evidence
from certification.assessments.services import AnswerEntry
from certification.assessments.states import AnswerValue, EvidenceKind, Maturity
from iris.accounts.models import User
from iris.core.forms import DateInput, Form

SHOWN = ("value", "maturity", "reason", "comment", "owner", "due_on", "evidence")


class AnswerForm(Form):
    """One indicator. Half an answer may be saved; `base` tells whether the person changed anything at all."""

    mark_optional = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    value = forms.ChoiceField(label=_("Your answer"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it does not apply"),
        help_text=_("Needed for “Not applicable”. An auditor reads it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    maturity = forms.TypedChoiceField(
        label=_("How firmly does it stand?"),
        choices=Maturity.choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("What you do, where an auditor finds it, what is still open."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Documents that show it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    upload = forms.FileField(
        label=_("Add a new document"),
        help_text=_(
            "PDF, picture, Word, Excel, OpenDocument or text, up to 10 MB. You can use it for other answers too."
        ),
        required=False,
    )
    upload_title = forms.CharField(label=_("Its title"), required=False, max_length=200)
    upload_kind = forms.ChoiceField(
        label=_("What it is"), choices=EvidenceKind.choices, required=False, initial=EvidenceKind.OTHER
    )
    upload_valid_until = forms.DateField(
        label=_("Valid until, if it ends"), required=False, widget=DateInput()
    )
    still = forms.BooleanField(label=_("Still true: I looked at it and nothing has changed"), required=False)
    owner = forms.ChoiceField(label=_("Who answers this"), required=False)
    due_on = forms.DateField(label=_("Until"), required=False, widget=DateInput())

    def __init__(
        self, *args: Any, answer: Answer, library: Sequence[Evidence], people: Sequence[User], **kwargs: Any
    ) -> None:
        self.answer = answer
        kwargs.setdefault("prefix", prefix_of(answer))
        kwargs.setdefault("initial", initial_of(answer))
        super().__init__(*args, **kwargs)
        values = [choice for choice in AnswerValue.choices if self._may_choose(choice[0])]
        self._choices("value", values)
        self._choices("evidence", [(str(document.pk), document.title) for document in library])
        self._choices("owner", [("", _("Nobody named")), *((str(user.pk), user.label) for user in people)])

    def _choices(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _may_choose(self, value: str) -> bool:
        return value != AnswerValue.NOT_APPLICABLE or self.answer.indicator.may_be_not_applicable

    def changed(self) -> bool:
        """Whether the person wrote something else than the page showed them."""
        return digest({name: self.cleaned_data.get(name) for name in SHOWN}) != self.cleaned_data.get("base")

    def confirmed(self) -> bool:
        """Whether the person said that an answer copied from before is still true."""
        return self.answer.carried and bool(self.cleaned_data.get("still"))

    def entry(self) -> AnswerEntry:
        """What was written, for the service."""
        data = self.cleaned_data
        return AnswerEntry(
            indicator_id=self.answer.indicator_id,
            version=data["version"],
            value=data["value"],
            maturity=data["maturity"],
            reason=data["reason"].strip(),
            comment=data["comment"].strip(),
            owner_id=UUID(data["owner"]) if data["owner"] else None,
            due_on=data["due_on"],
            evidence_ids=frozenset(UUID(pk) for pk in data["evidence"]),
        )


def prefix_of(answer: Answer) -> str:
    """The prefix of an indicator's fields: A.1.2 -> q-A-1-2."""
    return "q-" + str(answer.indicator.code).replace(".", "-")


def initial_of(answer: Answer) -> dict[str, Any]:
    """What the page shows for a stored answer."""
    shown: dict[str, Any] = {
        "value": answer.value,
        "maturity": answer.maturity,
        "reason": answer.reason,
        "comment": answer.comment,
        "owner": str(answer.owner_id or ""),
        "due_on": answer.due_on,
        "evidence": sorted(str(document.pk) for document in answer.evidence.all()),
    }
    return {**shown, "version": answer.version, "base": digest(shown)}


def digest(shown: dict[str, Any]) -> str:
    """A short mark of what a page showed, to tell later whether the person changed it."""
    plain = {name: _plain(shown.get(name)) for name in SHOWN}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return sorted(value)
    return " ".join(str(value).split())


class AskForm(Form):
    """Give the open questions of a principle or criterion to a colleague."""

    section = forms.ChoiceField(label=_("Principle or criterion"), required=False)
    colleague = forms.ChoiceField(label=_("Colleague"), required=False)
    email = forms.EmailField(
        label=_("Or invite someone by e-mail"),
        help_text=_("They join your agency as a contributor and get these questions then."),
        required=False,
    )
    due_on = forms.DateField(label=_("Until"), required=False, widget=DateInput())
    note = forms.CharField(
        label=_("A word to go with it"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mark_optional = False

    def __init__(
        self, *args: Any, people: Sequence[User], sections: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("colleague", [("", _("Choose a colleague")), *((str(user.pk), user.label) for user in people)]),
            ("section", [("", _("Choose a principle or criterion")), *sections]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class PlanForm(Form):
    """What is done about one gap."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    action = forms.CharField(
        label=_("What will be done"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    owner = forms.CharField(label=_("Who does it"), max_length=200, required=False)
    due_on = forms.DateField(label=_("Done by"), required=False, widget=DateInput())
    mark_optional = False
