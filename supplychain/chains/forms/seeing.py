"""How somebody wants to see the chain: a form in the address, so that a link shows another person the same."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iris.core import clocks
from iris.core.forms import DateInput, Form
from supplychain.chains.selectors.picture import Asked

MOST_FOLDS = 2_000


class SeeingForm(Form):
    """As of which day, compared with which, and whether clean branches are hidden."""

    mark_optional = False

    on = forms.DateField(label=gettext_lazy("As of"), required=False, widget=DateInput())
    than = forms.DateField(label=gettext_lazy("Compared with"), required=False, widget=DateInput())
    hide = forms.BooleanField(label=gettext_lazy("Hide clean branches"), required=False)

    def clean_on(self) -> date | None:
        """Not a day to come: nobody knows its standings."""
        return self._past("on")

    def clean_than(self) -> date | None:
        """Not a day to come either."""
        return self._past("than")

    def _past(self, name: str) -> date | None:
        chosen: date | None = self.cleaned_data[name]
        if chosen and chosen > clocks.today():
            raise forms.ValidationError(
                _(
                    "That day is still to come. Choose today or a day before: standings are known only until today."
                )
            )
        return chosen


def asked_of(query: QueryDict) -> tuple[Asked, SeeingForm]:
    """(what is wanted, the form). What cannot be read is left out of the first and said by the second."""
    form = SeeingForm({name: query.get(name, "") for name in ("on", "than", "hide")})
    form.is_valid()
    told: dict[str, Any] = form.cleaned_data
    asked = Asked(
        on=told.get("on"),
        than=told.get("than"),
        unclean=bool(told.get("hide")),
        node=_uuid(query.get("node", "")),
        opened=_shorts(query.get("open", "")),
        folded=_shorts(query.get("fold", "")),
        everything=query.get("open") == "all",
        part=query.get("part", "")[:60],
    )
    return asked, form


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shorts(text: str) -> frozenset[str]:
    return frozenset(one for one in text.split(",")[:MOST_FOLDS] if len(one) == 8)
