"""What a list of enrolment is made of, and the lists about owners, companies, numbers, offices and sub-agents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from certification.agencies import selectors, services
from certification.agencies.forms import (
    BranchForm,
    BranchPersonForm,
    IdentifierForm,
    OfficerForm,
    RelatedForm,
    SubAgentForm,
)
from certification.agencies.models import Agency, BranchPerson
from certification.agencies.services import (
    BranchAnswers,
    BranchPersonAnswers,
    IdentifierAnswers,
    OfficerAnswers,
    RelatedAnswers,
    SubAgentAnswers,
)
from iris.accounts.models import User
from iris.core.forms import Form

Data = dict[str, Any]


def _none(_agency: Agency) -> list[str]:
    return []


@dataclass(frozen=True)
class Rows:
    """One of the lists: its words, its form, its three acts; `notes` are warnings above the list."""

    page: str
    title: StrOrPromise
    intro: StrOrPromise
    empty: StrOrPromise
    add_label: StrOrPromise
    change_label: StrOrPromise
    remove_label: StrOrPromise
    icon: str
    form: type[Form]
    fields: tuple[str, ...]
    rows: Callable[[Agency], QuerySet[Any]]
    add: Callable[[Agency, User, Data], object]
    change: Callable[[Agency, UUID, User, Data], object]
    remove: Callable[[Agency, UUID, User], object]
    initial: Mapping[str, str] = field(default_factory=dict)
    notes: Callable[[Agency], list[str]] = _none


def _parent(data: Data) -> Data:
    """Ids come from a form as text."""
    chosen = data.get("parent")
    return {**data, "parent": UUID(chosen) if chosen else None}


def _branch(data: Data) -> Data:
    chosen = data.get("branch")
    return {**data, "branch": UUID(chosen) if chosen else None}


def _sub_agent(data: Data) -> Data:
    answers = {name: value for name, value in data.items() if name != "agreement"}
    return {"answers": SubAgentAnswers(**_parent(answers)), "agreement": data.get("agreement")}


STRUCTURE: dict[str, Rows] = {
    "owners": Rows(
        page="owners",
        title=gettext_lazy("Owners and directors"),
        intro=gettext_lazy(
            "People and companies who own or direct the agency. The scheme and your auditors read this; the public "
            "register only says how many there are."
        ),
        empty=gettext_lazy("Nobody named yet"),
        add_label=gettext_lazy("Add an owner or director"),
        change_label=gettext_lazy("Change this owner or director"),
        remove_label=gettext_lazy("Remove this owner or director"),
        icon="user-check",
        form=OfficerForm,
        fields=("kind", "name", "role", "share", "country", "birth_year", "since", "until"),
        rows=lambda agency: agency.officers.all(),
        add=lambda a, u, data: services.add_officer(agency_id=a.pk, actor=u, answers=OfficerAnswers(**data)),
        change=lambda a, pk, u, data: services.change_officer(
            agency_id=a.pk, officer_id=pk, actor=u, answers=OfficerAnswers(**data)
        ),
        remove=lambda a, pk, u: services.remove_officer(agency_id=a.pk, officer_id=pk, actor=u),
    ),
    "related": Rows(
        page="related",
        title=gettext_lazy("Related companies"),
        intro=gettext_lazy(
            "Parent, subsidiaries and sister companies. Each is a legal entity of its own: your certificate never "
            "covers it. A sister company that recruits enrols itself."
        ),
        empty=gettext_lazy("No related companies"),
        add_label=gettext_lazy("Add a company"),
        change_label=gettext_lazy("Change this company"),
        remove_label=gettext_lazy("Remove this company"),
        icon="building-community",
        form=RelatedForm,
        fields=("kind", "name", "country", "registration_number", "since", "until"),
        rows=lambda agency: agency.related.select_related("enrolled"),
        add=lambda a, u, data: services.add_related(agency_id=a.pk, actor=u, answers=RelatedAnswers(**data)),
        change=lambda a, pk, u, data: services.change_related(
            agency_id=a.pk, related_id=pk, actor=u, answers=RelatedAnswers(**data)
        ),
        remove=lambda a, pk, u: services.remove_related(agency_id=a.pk, related_id=pk, actor=u),
    ),
    "identifiers": Rows(
        page="identifiers",
        title=gettext_lazy("Numbers in registers"),
        intro=gettext_lazy(
            "LEI, tax numbers and other numbers by which registers know your agency. Employers can compare them."
        ),
        empty=gettext_lazy("No other numbers"),
        add_label=gettext_lazy("Add a number"),
        change_label=gettext_lazy("Change this number"),
        remove_label=gettext_lazy("Remove this number"),
        icon="fingerprint",
        form=IdentifierForm,
        fields=("scheme", "country", "value"),
        rows=lambda agency: agency.identifiers.all(),
        add=lambda a, u, data: services.add_identifier(
            agency_id=a.pk, actor=u, answers=IdentifierAnswers(**data)
        ),
        change=lambda a, pk, u, data: services.change_identifier(
            agency_id=a.pk, identifier_id=pk, actor=u, answers=IdentifierAnswers(**data)
        ),
        remove=lambda a, pk, u: services.remove_identifier(agency_id=a.pk, identifier_id=pk, actor=u),
    ),
    "branches": Rows(
        page="branches",
        title=gettext_lazy("Branches"),
        intro=gettext_lazy(
            "Offices of the same legal entity, besides the head office. If you have none, leave this empty."
        ),
        empty=gettext_lazy("No branches"),
        add_label=gettext_lazy("Add a branch"),
        change_label=gettext_lazy("Change this branch"),
        remove_label=gettext_lazy("Remove this branch"),
        icon="building-store",
        form=BranchForm,
        fields=("name", "country", "city", "address", "responsible", "phone", "authority_reference"),
        rows=lambda agency: agency.branches.prefetch_related("people"),
        add=lambda a, u, data: services.add_branch(agency_id=a.pk, actor=u, answers=BranchAnswers(**data)),
        change=lambda a, pk, u, data: services.change_branch(
            agency_id=a.pk, branch_id=pk, actor=u, answers=BranchAnswers(**data)
        ),
        remove=lambda a, pk, u: services.remove_branch(agency_id=a.pk, branch_id=pk, actor=u),
    ),
    "branch_people": Rows(
        page="branch_people",
        title=gettext_lazy("People who may act for a branch"),
        intro=gettext_lazy(
            "Who may sign, interview or keep documents for a branch, and until when. Workers can ask whether the "
            "person before them is one of them."
        ),
        empty=gettext_lazy("Nobody named yet"),
        add_label=gettext_lazy("Add a person"),
        change_label=gettext_lazy("Change this person"),
        remove_label=gettext_lazy("Remove this person"),
        icon="id",
        form=BranchPersonForm,
        fields=("branch_id", "name", "role", "phone", "authority_reference", "since", "until"),
        rows=lambda agency: BranchPerson.objects.filter(branch__agency=agency).select_related("branch"),
        add=lambda a, u, data: services.add_branch_person(
            agency_id=a.pk, actor=u, answers=BranchPersonAnswers(**_branch(data))
        ),
        change=lambda a, pk, u, data: services.change_branch_person(
            agency_id=a.pk, person_id=pk, actor=u, answers=BranchPersonAnswers(**_branch(data))
        ),
        remove=lambda a, pk, u: services.remove_branch_person(agency_id=a.pk, person_id=pk, actor=u),
    ),
    "sub_agents": Rows(
        page="sub_agents",
        title=gettext_lazy("Sub-agents"),
        intro=gettext_lazy(
            "Every person or firm that finds workers for you, also in villages and also without a contract, and who "
            "works for whom. Auditors compare this list with what workers say. If you have none, leave this empty."
        ),
        empty=gettext_lazy("No sub-agents"),
        add_label=gettext_lazy("Add a sub-agent"),
        change_label=gettext_lazy("Change this sub-agent"),
        remove_label=gettext_lazy("Remove this sub-agent"),
        icon="users",
        form=SubAgentForm,
        fields=(
            "name",
            "parent_id",
            "country",
            "district",
            "city",
            "licence_number",
            "identity_number",
            "agreement_on",
            "fee_terms",
            "since",
            "until",
        ),
        rows=lambda agency: agency.sub_agents.select_related("agreement"),
        add=lambda a, u, data: services.add_sub_agent(agency_id=a.pk, actor=u, **_sub_agent(data)),
        change=lambda a, pk, u, data: services.change_sub_agent(
            agency_id=a.pk, sub_agent_id=pk, actor=u, **_sub_agent(data)
        ),
        remove=lambda a, pk, u: services.remove_sub_agent(agency_id=a.pk, sub_agent_id=pk, actor=u),
        notes=selectors.sub_agent_warnings,
    ),
}
