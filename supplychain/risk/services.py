"""Choose weights, and go back to the scheme's. Every version stays."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired
from supplychain.risk import rules
from supplychain.risk.models import WeightSet
from supplychain.risk.permissions import may_weigh
from supplychain.risk.selectors import weights_of

HEAVIEST = 100
LONGEST_REASON = 1_000


@transaction.atomic
def change_weights(*, actor: User, values: Mapping[str, int], reason: str, seen: int = 0) -> WeightSet:
    """Keep a new version of the employer's weights. `seen` is the number of the version it was made from.

    Raises NotPermitted, ReasonRequired, BadInput (a weight missing, below 0, above 100, all of them 0, nothing
    changed) and Conflict (a colleague was first).
    """
    organisation = _own(actor)
    checked = check_values(values)
    if checked == dict(weights_of(organisation).values):
        raise BadInput(_("These are the weights in force. Change at least one of them."))
    return _keep(actor, organisation, checked, reason, seen, default=False)


@transaction.atomic
def reset_weights(*, actor: User, reason: str, seen: int = 0) -> WeightSet:
    """Go back to the scheme's weights, as a new version. Raises NotPermitted, ReasonRequired, BadInput, Conflict."""
    organisation = _own(actor)
    if not weights_of(organisation).own:
        raise BadInput(_("The scheme's weights are in force already."))
    return _keep(actor, organisation, {}, reason, seen, default=True)


def check_values(values: Mapping[str, int]) -> dict[str, int]:
    """Weights that can be used, or BadInput on the fields to correct."""
    known = rules.default_weights().values
    fields: dict[str, list[str]] = {}
    for code in known:
        weight = values.get(code)
        if weight is None or not 0 <= weight <= HEAVIEST:
            fields[code] = [
                _("Expected a whole number from 0 to %(most)s, found %(found)s.")
                % {"most": HEAVIEST, "found": _("nothing") if weight is None else weight}
            ]
    if fields:
        raise BadInput(fields=fields)
    if not any(values[code] for code in known):
        raise BadInput(_("At least one weight is above 0; otherwise there is nothing to add up."))
    return {code: values[code] for code in known}


def _own(actor: User) -> Organisation:
    organisation = actor.organisation
    if organisation is None or not may_weigh(actor):
        raise NotPermitted()
    return organisation


def _keep(
    actor: User, organisation: Organisation, values: dict[str, int], reason: str, seen: int, *, default: bool
) -> WeightSet:
    reason = reason.strip()
    if not reason:
        raise ReasonRequired(fields={"reason": [_("Say in a sentence why. It is kept with this version.")]})
    if len(reason) > LONGEST_REASON:
        raise BadInput(
            fields={
                "reason": [
                    _("Expected at most %(most)s characters, found %(found)s. Shorten it.")
                    % {"most": LONGEST_REASON, "found": len(reason)}
                ]
            }
        )
    last = WeightSet.objects.filter(organisation=organisation).select_related("person").first()
    if last is not None and last.number != seen:
        raise _somebody_else(last)
    try:
        with transaction.atomic():
            made = WeightSet.objects.create(
                organisation=organisation,
                number=seen + 1,
                person=actor,
                values=values,
                default=default,
                method=rules.methods()[-1].version,
                reason=reason,
            )
    except IntegrityError as error:
        first = WeightSet.objects.filter(organisation=organisation).select_related("person").first()
        assert first is not None
        raise _somebody_else(first) from error
    act = "reset" if default else "changed"
    events.record(made, act=act, actor=actor, reason=reason, data={"number": made.number, "values": values})
    return made


def _somebody_else(last: WeightSet) -> Conflict:
    return Conflict(
        _("%(who)s changed the weights meanwhile (version %(number)s). Look at them and try again.")
        % {"who": last.person.label, "number": last.number}
    )
