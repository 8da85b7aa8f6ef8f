"""The filters of the page; they live in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iris.core.forms import DateInput, LookMixin
from iris.core.places import Corridor as Place
from supplychain.chains.selectors import Corridor


class CoverageFilter(LookMixin, forms.Form):
    """As of which day, which tier, which corridor."""

    on = forms.DateField(label=gettext_lazy("As of"), required=False, widget=DateInput)
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), required=False)
    corridor = forms.ChoiceField(label=gettext_lazy("Corridor"), required=False)

    def __init__(self, *args: Any, depth: int, corridors: Sequence[Corridor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tier, corridor = self.fields["tier"], self.fields["corridor"]
        assert isinstance(tier, forms.ChoiceField)
        assert isinstance(corridor, forms.ChoiceField)
        tier.choices = [(str(one), tier_text(one)) for one in range(1, depth + 1)]
        named = sorted((Place(*one).text, "-".join(one)) for one in corridors)
        corridor.choices = [("", _("Any")), *((code, text) for text, code in named)]


def tier_text(tier: int) -> str:
    """A tier in words."""
    if tier == 1:
        return _("Tier 1, recruits for the workplace")
    return _("Tier %(n)s, behind %(before)s more") % {"n": tier, "before": tier - 1}
