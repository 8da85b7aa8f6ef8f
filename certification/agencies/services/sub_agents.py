"""Sub-agents: who finds workers for the agency, and for whom of them. They may be persons: the log keeps no name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies.models import Agency, SubAgent
from certification.agencies.rules import SubAgentAnswers
from certification.agencies.rules.tree import depth_of, height_of, would_loop
from certification.agencies.states import ChangeKind
from iris.accounts.models import User
from iris.core import clocks, files
from iris.core.errors import BadInput, TransitionRefused
from iris.core.models import StoredFile

from .noting import note
from .own import own


@transaction.atomic
def add_sub_agent(
    *, agency_id: UUID, actor: User, answers: SubAgentAnswers, agreement: UploadedFile[Any] | None = None
) -> SubAgent:
    """Add someone who finds workers for the agency or for one of its sub-agents."""
    agency = own(agency_id, actor)
    row = SubAgent(agency=agency)
    _take(row, answers.checked(clocks.today()), actor, agreement)
    note(agency, "sub_agent_added", actor, _data(row), change=ChangeKind.SUB_AGENT)
    return row


@transaction.atomic
def change_sub_agent(
    *,
    agency_id: UUID,
    sub_agent_id: UUID,
    actor: User,
    answers: SubAgentAnswers,
    agreement: UploadedFile[Any] | None = None,
) -> SubAgent:
    """Change a sub-agent; a new copy of the agreement takes the place of the old one, which stays in storage."""
    agency = own(agency_id, actor)
    row = agency.sub_agents.get(pk=sub_agent_id)
    before = _data(row)
    _take(row, answers.checked(clocks.today()), actor, agreement)
    data = {"before": before, "after": _data(row)}
    note(agency, "sub_agent_changed", actor, data, change=ChangeKind.SUB_AGENT)
    return row


@transaction.atomic
def remove_sub_agent(*, agency_id: UUID, sub_agent_id: UUID, actor: User) -> None:
    """Take a sub-agent off the list. Whoever others work for stays until they are moved.

    Raises TransitionRefused while others work for them.
    """
    agency = own(agency_id, actor)
    row = agency.sub_agents.filter(pk=sub_agent_id).first()
    if row is None:
        return
    below = row.below.count()
    if below:
        sentence = ngettext(
            "%(count)s sub-agent works for %(name)s. Say first for whom else they work, or take them off.",
            "%(count)s sub-agents work for %(name)s. Say first for whom else they work, or take them off.",
            below,
        ) % {"count": below, "name": row.name}
        raise TransitionRefused(sentence, code="others_work_for_them")
    data = _data(row)
    row.delete()
    note(agency, "sub_agent_removed", actor, data, change=ChangeKind.SUB_AGENT)


def _take(row: SubAgent, answers: SubAgentAnswers, actor: User, agreement: UploadedFile[Any] | None) -> None:
    _refuse_bad_place(row, answers.parent)
    for name in (
        "name",
        "country",
        "city",
        "district",
        "licence_number",
        "identity_number",
        "agreement_on",
        "fee_terms",
        "since",
        "until",
    ):
        setattr(row, name, getattr(answers, name))
    row.parent_id = answers.parent
    if agreement is not None:
        row.agreement = _stored(row.agency, actor, agreement)
    row.save()


def _refuse_bad_place(row: SubAgent, parent: UUID | None) -> None:
    """Refuse a place in the tree that loops, is too deep, or is in another agency's tree."""
    if parent is None:
        return
    parents: dict[UUID, UUID | None] = dict(row.agency.sub_agents.values_list("pk", "parent_id"))
    if parent not in parents:
        raise BadInput(fields={"parent": [_("Choose one of your own sub-agents.")]})
    if would_loop(row.pk, parent, parents):
        sentence = _("Somebody cannot work for themselves, nor for anyone who works for them.")
        raise BadInput(fields={"parent": [sentence]})
    deepest = clocks.number("sub_agent_depth")
    if depth_of(parent, parents) + height_of(row.pk, parents) > deepest:
        sentence = _(
            "This would be more than %(deepest)s steps below your agency. Write to the scheme when your tree "
            "is really that deep."
        ) % {"deepest": deepest}
        raise BadInput(fields={"parent": [sentence]})


def _stored(agency: Agency, actor: User, agreement: UploadedFile[Any]) -> StoredFile:
    try:
        return files.store(agreement, organisation_id=agency.organisation_id, actor=actor)
    except BadInput as error:
        sentences = [sentence for found in error.fields.values() for sentence in found] or [error.message]
        raise BadInput(error.message, code=error.code, fields={"agreement": sentences}) from error


def _data(row: SubAgent) -> dict[str, Any]:
    return {
        "sub_agent": str(row.pk),
        "works_for": str(row.parent_id) if row.parent_id else None,
        "country": row.country,
        "city": row.city,
        "licence_number": row.licence_number,
        "agreement_on": row.agreement_on.isoformat() if row.agreement_on else None,
        "agreement_sha256": row.agreement.sha256 if row.agreement else "",
        "since": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
    }
