"""Draft a dossier, change the draft, write one's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from iris.accounts.models import Organisation, User
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.core.fsm import act, lock
from supplychain.chains.models import Party
from supplychain.dossiers.models import Copy, Dossier, DossierSequence, Words
from supplychain.dossiers.permissions import may_make, works_on
from supplychain.dossiers.rules import law_of, laws
from supplychain.dossiers.states import DossierState, Profile, Scope

LONGEST_WORDS = 20_000
LONGEST_PERIOD = 3 * 366


@dataclass(frozen=True)
class DossierEntry:
    """What is typed about a dossier."""

    law: str
    title: str
    period_from: date | None
    period_to: date | None
    scope: str = Scope.WHOLE
    suppliers: Sequence[UUID] = ()
    signed_by: str = ""
    approved_by: str = ""
    approved_on: date | None = None


@transaction.atomic
def draft_dossier(*, actor: User, entry: DossierEntry, dossier_id: UUID | None = None) -> Dossier:
    """Begin a dossier, or change its draft. Raises NotPermitted, BadInput, Conflict (it is made already)."""
    organisation = actor.organisation
    if organisation is None or not may_make(actor):
        raise NotPermitted(_("Only sourcing managers of an employer make dossiers."))
    row = _draft(dossier_id, actor) if dossier_id else None
    start, end = _period(entry)
    if entry.law not in laws():
        raise BadInput(fields={"law": [_("Choose a law from the list.")]})
    if row is not None and row.law != entry.law:
        raise BadInput(fields={"law": [_("A dossier keeps its law. Draft another one for another law.")]})
    if not entry.title.strip():
        raise BadInput(fields={"title": [_("Give it a title, for example “Statement 2026”.")]})
    new = row is None
    row = row or Dossier(organisation=organisation, number=_next_number(), law=entry.law, person=actor)
    row.title, row.period_from, row.period_to = entry.title.strip()[:200], start, end
    row.scope = entry.scope if entry.scope in Scope.values else Scope.WHOLE
    row.suppliers = _suppliers(organisation, entry) if row.scope == Scope.CHOSEN else []
    row.signed_by, row.approved_by = entry.signed_by.strip()[:200], entry.approved_by.strip()[:200]
    row.approved_on = entry.approved_on
    row.save()
    events.record(row, act="drafted" if new else "changed", actor=actor, data={"law": row.law})
    return row


def _draft(dossier_id: UUID, actor: User) -> Dossier:
    row = lock(Dossier, dossier_id)
    if not works_on(row, actor):
        raise NotPermitted()
    if row.state != DossierState.DRAFT:
        raise Conflict(_("This dossier is made. Begin its next version to change it."))
    return row


def _period(entry: DossierEntry) -> tuple[date, date]:
    if entry.period_from is None or entry.period_to is None:
        raise BadInput(fields={"period_from": [_("Give the first and the last day of the period.")]})
    if entry.period_to < entry.period_from:
        raise BadInput(fields={"period_to": [_("The last day comes before the first. Correct one of them.")]})
    if (entry.period_to - entry.period_from).days > LONGEST_PERIOD:
        raise BadInput(
            fields={"period_to": [_("Expected at most three years. Make one dossier for each period.")]}
        )
    if entry.period_from > clocks.today():
        raise BadInput(
            fields={"period_from": [_("The period has not begun yet, so nothing is held for it.")]}
        )
    return entry.period_from, entry.period_to


def _suppliers(organisation: Organisation, entry: DossierEntry) -> list[str]:
    rows = Party.objects.filter(organisation=organisation, gone_at=None, pk__in=list(entry.suppliers))
    found = [str(key) for key in rows.order_by("name", "pk").values_list("pk", flat=True)]
    if not found:
        raise BadInput(
            fields={"suppliers": [_("Choose at least one supplier, or take the whole supply chain.")]}
        )
    return found


def _next_number() -> str:
    year = clocks.today().year
    DossierSequence.objects.get_or_create(year=year)
    row = DossierSequence.objects.select_for_update().get(year=year)
    row.last += 1
    row.save()
    return f"DO-{year}-{row.last:04d}"


@transaction.atomic
def save_words(
    *, dossier_id: UUID, actor: User, ask: str, text: str, audience: str = Profile.PUBLIC
) -> Words | None:
    """The employer's own words on one thing the law asks; empty ones are taken away."""
    row = _draft(dossier_id, actor)
    if ask not in {one.code for one in law_of(row.law).asks}:
        raise BadInput(fields={"ask": [_("This law does not ask that.")]})
    if len(text) > LONGEST_WORDS:
        raise BadInput(
            fields={
                "text": [
                    _("Expected at most %(most)s characters, found %(found)s. Shorten it.")
                    % {"most": LONGEST_WORDS, "found": len(text)}
                ]
            }
        )
    if audience not in Profile.values:
        raise BadInput(fields={"audience": [_("Choose who may read it.")]})
    events.record(row, act="words", actor=actor, data={"ask": ask})
    if not text.strip():
        row.words.filter(ask=ask).delete()
        return None
    made, _new = Words.objects.update_or_create(
        dossier=row, ask=ask, defaults={"text": text.strip(), "audience": audience}
    )
    return made


@transaction.atomic
def revise_dossier(*, dossier_id: UUID, actor: User) -> Dossier:
    """Begin the next version; those made stay as they are."""
    row = lock(Dossier, dossier_id)
    act(row.revise, actor=actor)
    return row


def note_download(*, dossier: Dossier, copy: Copy, actor: User, kind: str) -> None:
    """Put on record who fetched which file of a copy."""
    events.record(dossier, act="downloaded", actor=actor, data={"profile": copy.profile, "kind": kind})
