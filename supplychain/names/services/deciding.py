"""Remember what a person decided about a name and an agency, and take it back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from certification.agencies.selectors import enrolled_agencies
from iris.accounts.models import Organisation, User
from iris.core import events
from iris.core.errors import BadInput, Conflict, NotPermitted
from supplychain.names.models import LONGEST_KEY, LONGEST_NOTE, LONGEST_TEXT, MatchDecision
from supplychain.names.permissions import may_decide
from supplychain.names.selectors import key_of
from supplychain.names.states import Verdict


@transaction.atomic
def remember(
    *,
    organisation: Organisation,
    actor: User,
    text: str,
    country: str,
    verdict: str,
    agency_id: UUID,
    note: str = "",
) -> MatchDecision:
    """Keep that a name means an agency ("same") or does not ("not_same"), for this organisation alone.

    Raises NotPermitted for another organisation, and BadInput for a text that holds no name.
    """
    _check_actor(organisation, actor)
    if verdict not in (Verdict.SAME, Verdict.NOT_SAME):
        raise BadInput(fields={"verdict": [_("Say whether it is the one or not.")]})
    found, country = key_of(text[:LONGEST_TEXT], country)
    if not found:
        raise BadInput(fields={"text": [_("There is no name in this text, so nothing can be remembered.")]})
    agency = enrolled_agencies().get(pk=agency_id)
    row = MatchDecision.objects.create(
        organisation=organisation,
        person=actor,
        verdict=verdict,
        text=text[:LONGEST_TEXT],
        key=found[:LONGEST_KEY],
        country=country,
        agency=agency,
        note=note.strip()[:LONGEST_NOTE],
    )
    events.record(row, act="decided", actor=actor, data={"verdict": str(verdict), "agency": str(agency_id)})
    return row


@transaction.atomic
def forget(decision_id: UUID, actor: User) -> MatchDecision:
    """Take a decision back. It stays on record; from now on the name is judged afresh. Conflict when already done."""
    row = MatchDecision.objects.select_related("organisation").get(pk=decision_id)
    _check_actor(row.organisation, actor)
    Organisation.objects.select_for_update().get(pk=row.organisation_id)
    if row.verdict == Verdict.FORGOTTEN:
        raise Conflict(_("This line says that a choice was taken back. Choose again instead."))
    before = MatchDecision.objects.filter(undoes=row).select_related("person").first()
    if before is not None:
        raise Conflict(_("%(who)s has already taken this back.") % {"who": before.person.label})
    back = MatchDecision.objects.create(
        organisation=row.organisation,
        person=actor,
        verdict=Verdict.FORGOTTEN,
        text=row.text,
        key=row.key,
        country=row.country,
        agency_id=row.agency_id,
        undoes=row,
    )
    events.record(back, act="forgotten", actor=actor, data={"decision": str(row.pk)})
    return back


def forget_all(decisions: Iterable[str], actor: User) -> None:
    """Take back these choices (ids as text); one that somebody took back already is left as it is."""
    keys = [UUID(key) for key in decisions]
    undone = set(MatchDecision.objects.filter(undoes__in=keys).values_list("undoes_id", flat=True))
    for key in keys:
        if key not in undone:
            forget(key, actor)


def _check_actor(organisation: Organisation, actor: User) -> None:
    acting = actor.organisation
    if acting is None or acting.pk != organisation.pk or not may_decide(actor):
        raise NotPermitted()
