"""Branches and sub-agents."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from certification.agencies.models import Branch, SubAgent
from certification.agencies.rules import BranchAnswers, SubAgentAnswers
from iris.accounts.models import User
from iris.core import events

from .own import own


@transaction.atomic
def add_branch(*, agency_id: UUID, actor: User, answers: BranchAnswers) -> Branch:
    """Add an office besides the head office."""
    agency = own(agency_id, actor)
    checked = answers.checked()
    row = Branch(agency=agency)
    _take_branch(row, checked)
    events.record(agency, act="branch_added", actor=actor, data=_branch_data(row))
    return row


@transaction.atomic
def change_branch(*, agency_id: UUID, branch_id: UUID, actor: User, answers: BranchAnswers) -> Branch:
    """Change an office."""
    agency = own(agency_id, actor)
    row = agency.branches.get(pk=branch_id)
    before = _branch_data(row)
    _take_branch(row, answers.checked())
    events.record(
        agency, act="branch_changed", actor=actor, data={"before": before, "after": _branch_data(row)}
    )
    return row


@transaction.atomic
def remove_branch(*, agency_id: UUID, branch_id: UUID, actor: User) -> None:
    """Take an office off the list."""
    agency = own(agency_id, actor)
    row = agency.branches.filter(pk=branch_id).first()
    if row is None:
        return
    data = _branch_data(row)
    row.delete()
    events.record(agency, act="branch_removed", actor=actor, data=data)


@transaction.atomic
def add_sub_agent(*, agency_id: UUID, actor: User, answers: SubAgentAnswers) -> SubAgent:
    """Add someone who finds workers for the agency. A sub-agent may be a person: the log keeps no name."""
    agency = own(agency_id, actor)
    row = SubAgent(agency=agency)
    _take_sub_agent(row, answers.checked())
    events.record(agency, act="sub_agent_added", actor=actor, data=_sub_agent_data(row))
    return row


@transaction.atomic
def change_sub_agent(
    *, agency_id: UUID, sub_agent_id: UUID, actor: User, answers: SubAgentAnswers
) -> SubAgent:
    """Change a sub-agent."""
    agency = own(agency_id, actor)
    row = agency.sub_agents.get(pk=sub_agent_id)
    before = _sub_agent_data(row)
    _take_sub_agent(row, answers.checked())
    data = {"before": before, "after": _sub_agent_data(row)}
    events.record(agency, act="sub_agent_changed", actor=actor, data=data)
    return row


@transaction.atomic
def remove_sub_agent(*, agency_id: UUID, sub_agent_id: UUID, actor: User) -> None:
    """Take a sub-agent off the list."""
    agency = own(agency_id, actor)
    row = agency.sub_agents.filter(pk=sub_agent_id).first()
    if row is None:
        return
    data = _sub_agent_data(row)
    row.delete()
    events.record(agency, act="sub_agent_removed", actor=actor, data=data)


def _take_branch(row: Branch, answers: BranchAnswers) -> None:
    row.name, row.country, row.city = answers.name, answers.country, answers.city
    row.address, row.responsible = answers.address, answers.responsible
    row.save()


def _take_sub_agent(row: SubAgent, answers: SubAgentAnswers) -> None:
    row.name, row.country, row.city = answers.name, answers.country, answers.city
    row.licence_number = answers.licence_number
    row.save()


def _branch_data(row: Branch) -> dict[str, str]:
    return {"branch": str(row.pk), "name": row.name, "country": row.country, "city": row.city}


def _sub_agent_data(row: SubAgent) -> dict[str, str]:
    return {
        "sub_agent": str(row.pk),
        "country": row.country,
        "city": row.city,
        "licence_number": row.licence_number,
    }
