"""The tree of sub-agents as pages show it, and what of an agency is pinned when it applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.agencies.models import Agency, SubAgent
from certification.agencies.rules.tree import forbidding, in_tree_order
from iris.core import clocks
from iris.core.places import country_name


@dataclass(frozen=True)
class TreeLine:
    """One sub-agent in the tree: how deep, for whom, and whether it has ended."""

    row: SubAgent
    depth: int
    works_for: str
    ended: bool

    @property
    def indent(self) -> int:
        """For the page: steps to indent, at most five."""
        return min(self.depth, 6) - 1


def sub_agent_tree(rows: Iterable[SubAgent]) -> list[TreeLine]:
    """The tree of sub-agents, each below the one it works for."""
    today = clocks.today()
    every = list(rows)
    names = {row.pk: row.name for row in every}
    return [
        TreeLine(
            row=row,
            depth=depth,
            works_for=names.get(row.parent_id, "") if row.parent_id else "",
            ended=row.until is not None and row.until < today,
        )
        for depth, row in in_tree_order(every)
    ]


def sub_agent_warnings(agency: Agency, rows: Sequence[SubAgent] | None = None) -> list[str]:
    """What is odd about the sub-agents of an agency: forbidden by a country's law, or without an agreement."""
    today = clocks.today()
    every = agency.sub_agents.all() if rows is None else rows
    now = [row for row in every if row.until is None or row.until >= today]
    warnings = []
    for country in sorted({row.country for row in now}):
        rule = forbidding(country, today)
        if rule is not None:
            note = "" if rule.reviewed else " " + _("This rule has not been reviewed by the scheme yet.")
            warnings.append(
                _("Sub-agents in %(country)s: the law forbids them. %(text)s")
                % {"country": country_name(country), "text": rule.text}
                + note
            )
    bare = sum(row.agreement_on is None for row in now)
    if bare:
        text = ngettext(
            "%(count)s sub-agent has no written agreement.",
            "%(count)s sub-agents have no written agreement.",
            bare,
        )
        warnings.append(text % {"count": bare})
    return warnings


def structure_of(agency: Agency) -> dict[str, Any]:
    """Owners, offices, sub-agents and related companies as plain data in a fixed order: pinned when an agency applies.

    Kept with the case and read by those who may read it; it is not part of a certificate.
    """
    return {
        "owners": sorted(
            (
                {
                    "kind": row.kind,
                    "name": row.name,
                    "role": row.role,
                    "country": row.country,
                    "share": str(row.share) if row.share is not None else None,
                    "since": _day(row.since),
                    "until": _day(row.until),
                }
                for row in agency.officers.all()
            ),
            key=lambda each: (str(each["name"]), str(each["role"]), str(each["since"])),
        ),
        "related": sorted(
            (
                {
                    "kind": row.kind,
                    "name": row.name,
                    "country": row.country,
                    "registration_number": row.registration_number,
                }
                for row in agency.related.all()
            ),
            key=lambda each: tuple(each.values()),
        ),
        "identifiers": sorted([row.scheme, row.country, row.value] for row in agency.identifiers.all()),
        "branch_people": sorted(
            (
                {"branch": branch.name, "city": branch.city, "name": row.name, "role": row.role}
                for branch in agency.branches.all()
                for row in branch.people.all()
            ),
            key=lambda each: tuple(each.values()),
        ),
        "sub_agents": [
            {
                "name": line.row.name,
                "depth": line.depth,
                "works_for": line.works_for,
                "country": line.row.country,
                "city": line.row.city,
                "licence_number": line.row.licence_number,
                "agreement_on": _day(line.row.agreement_on),
                "since": _day(line.row.since),
                "until": _day(line.row.until),
            }
            for line in sub_agent_tree(
                sorted(
                    agency.sub_agents.all(), key=lambda row: (row.country, row.city, row.name, str(row.pk))
                )
            )
        ],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
