"""Forms in the product's look: classes by kind of widget, one place for refusals of the domain."""

from typing import Any

from django import forms

from iris.core.errors import DomainError

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.SelectMultiple, "form-select"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
    (forms.Widget, "form-control"),
)


class LookMixin:
    """Bootstrap classes on widgets and `add_domain_error`."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            css = next(css for kind, css in _CLASSES if isinstance(field.widget, kind))
            if css:
                known = field.widget.attrs.get("class", "")
                field.widget.attrs["class"] = f"{known} {css}".strip()

    def add_domain_error(self, error: DomainError) -> None:
        """Put a refusal where it belongs: on its fields where the form has them, else on top."""
        placed = False
        for name, texts in error.fields.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)  # type: ignore[attr-defined] # the form it is mixed into
                placed = True
        for text in error.missing:
            self.add_error(None, text)  # type: ignore[attr-defined] # the form it is mixed into
            placed = True
        if not placed:
            self.add_error(None, error.message)  # type: ignore[attr-defined] # the form it is mixed into


class Form(LookMixin, forms.Form):
    """A plain form in the product's look."""


class ModelForm(LookMixin, forms.ModelForm):  # type: ignore[type-arg] # generic only in the stubs
    """A model form in the product's look. Saving is the service's work: views never call save()."""


class DateInput(forms.DateInput):
    """A native date field that speaks ISO 8601."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
