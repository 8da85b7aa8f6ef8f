"""An employer's weights: the ones in force and every version before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from iris.accounts.models import Organisation, User
from iris.accounts.states import OrganisationKind
from supplychain.risk import rules
from supplychain.risk.models import WeightSet
from supplychain.risk.rules import Weights


def weight_sets_visible_to(user: User) -> QuerySet[WeightSet]:
    """Every version of the person's own employer, newest first."""
    rows = WeightSet.objects.select_related("person")
    organisation = user.organisation if user.is_authenticated else None
    if organisation is None or not user.is_kind(OrganisationKind.EMPLOYER):
        return rows.none()
    return rows.filter(organisation=organisation)


def weights_of(organisation: Organisation | None, on: date | None = None) -> Weights:
    """The weights an employer chose, or the scheme's. With `on`, as they were at the end of that day."""
    if organisation is None:
        return rules.default_weights()
    rows = WeightSet.objects.filter(organisation=organisation)
    if on is not None:
        rows = rows.filter(created_at__lt=datetime.combine(on + timedelta(days=1), time(0), tzinfo=UTC))
    return weights_from(rows.first())


def weights_from(row: WeightSet | None) -> Weights:
    """A version as the rules take it. Inputs the method has gained since count with the scheme's weight."""
    default = rules.default_weights()
    if row is None or row.default:
        return default
    values = {code: int(row.values.get(code, weight)) for code, weight in default.values.items()}
    return Weights(values, f"own {row.number}", own=True)
