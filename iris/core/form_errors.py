"""The problems of a form as links: each leads to the control it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet


@dataclass(frozen=True)
class ErrorLink:
    """One sentence, the label of its field and the id to go to; both empty for a problem of the form as a whole."""

    text: str
    label: str = ""
    target: str = ""


def error_links(*forms: BaseForm | BaseFormSet[Any] | Iterable[BaseForm] | None) -> list[ErrorLink]:
    """Everything wrong in these forms and formsets, in the order in which the page shows it."""
    return [link for form in forms if form is not None for link in _of(form)]


def control_id(field: BoundField) -> str:
    """The id a person is taken to: the control itself, or the first of a group of choices."""
    if field.is_hidden:
        return ""
    own = field.id_for_label
    if own:
        return own
    return f"{field.auto_id}_0" if field.auto_id else ""


def _of(form: BaseForm | BaseFormSet[Any] | Iterable[BaseForm]) -> Iterator[ErrorLink]:
    if isinstance(form, BaseForm):
        yield from _of_form(form)
        return
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield ErrorLink(text=str(message))
    for member in form:
        yield from _of_form(member)


def _of_form(form: BaseForm) -> Iterator[ErrorLink]:
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield ErrorLink(text=str(message))
    for field in form:
        for message in field.errors:
            yield ErrorLink(text=str(message), label=str(field.label), target=control_id(field))
