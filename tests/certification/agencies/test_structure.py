"""Owners, related companies, numbers of registers, people of branches, and the tree of sub-agents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from certification.agencies import selectors, services
from certification.agencies.models import Agency, SubAgent
from certification.agencies.rules import identifiers, tree
from certification.agencies.services import (
    BranchAnswers,
    BranchPersonAnswers,
    IdentifierAnswers,
    RelatedAnswers,
    SubAgentAnswers,
)
from iris.core import events
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from tests.factories import agencies

pytestmark = pytest.mark.django_db


def sub_agent(agency: Agency, name: str, parent: SubAgent | None = None, **more: object) -> SubAgent:
    answers = SubAgentAnswers(
        name=name,
        country="NP",
        city="Dang",
        parent=parent.pk if parent else None,
        **more,  # type: ignore[arg-type]
    )
    return services.add_sub_agent(agency_id=agency.pk, actor=agencies.signatory(agency), answers=answers)


def move(row: SubAgent, parent: SubAgent | None) -> SubAgent:
    return services.change_sub_agent(
        agency_id=row.agency_id,
        sub_agent_id=row.pk,
        actor=agencies.signatory(row.agency),
        answers=SubAgentAnswers(
            name=row.name, country="NP", city="Dang", parent=parent.pk if parent else None
        ),
    )


# -- owners -------------------------------------------------------------------------------------------------------


def test_an_owner_is_kept_without_the_number_and_without_a_name_in_the_log():
    agency = agencies.agency(complete=False)
    row = services.add_officer(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=agencies.officer_answers("Sabina Tharu", identity="PA 123-456", share=Decimal(51)),
    )
    assert len(row.identity_key) == 64
    assert "123" not in row.identity_key.replace(row.identity_key, "")
    event = events.events_of(agency, limit=1)[0]
    assert event.act == "officer_added"
    assert "Sabina" not in str(event.data)


def test_a_number_given_before_stays_when_the_field_is_left_empty():
    agency = agencies.agency(complete=False)
    actor = agencies.signatory(agency)
    given = agencies.officer_answers("Sabina Tharu", identity="PA 123-456")
    row = services.add_officer(agency_id=agency.pk, actor=actor, answers=given)
    before = row.identity_key
    row = services.change_officer(
        agency_id=agency.pk, officer_id=row.pk, actor=actor, answers=agencies.officer_answers("Sabina Tharu")
    )
    assert row.identity_key == before


def test_shares_beyond_the_whole_are_refused_and_former_owners_do_not_count():
    agency = agencies.agency(complete=False)
    actor = agencies.signatory(agency)

    def add(share: int, **more: object) -> None:
        answers = agencies.officer_answers(share=Decimal(share), **more)
        services.add_officer(agency_id=agency.pk, actor=actor, answers=answers)

    add(60, until=date(2026, 11, 20))
    add(60)
    with pytest.raises(BadInput) as refused:
        add(41)
    assert "101 percent" in str(refused.value.fields["share"][0])
    add(40)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("share", Decimal(0)),
        ("share", Decimal("100.01")),
        ("birth_year", 1850),
        ("birth_year", 2020),
        ("kind", "x"),
    ],
)
def test_an_owner_that_cannot_be_is_refused_on_its_field(field, value):
    agency = agencies.agency(complete=False)
    answers = agencies.officer_answers(**{field: value})
    with pytest.raises(BadInput) as refused:
        services.add_officer(agency_id=agency.pk, actor=agencies.signatory(agency), answers=answers)
    assert field in refused.value.fields


def test_a_contributor_names_no_owner():
    agency = agencies.agency()
    with pytest.raises(NotPermitted):
        services.add_officer(
            agency_id=agency.pk,
            actor=agencies.colleague(agency, "contributor"),
            answers=agencies.officer_answers(),
        )


# -- related companies and numbers --------------------------------------------------------------------------------


def test_a_related_company_is_linked_only_when_it_confirmed_its_enrolment():
    agency = agencies.agency()
    enrolled, enrolling = agencies.agency(), agencies.agency(complete=False)

    def name(other: Agency) -> object:
        answers = RelatedAnswers(
            kind="sister",
            name=other.legal_name,
            country="NP",
            registration_number=other.registration_number.lower(),
        )
        return services.add_related(
            agency_id=agency.pk, actor=agencies.signatory(agency), answers=answers
        ).enrolled

    assert name(enrolled) == enrolled
    assert name(enrolling) is None
    with pytest.raises(BadInput) as refused:
        name(agency)
    assert "another legal entity" in str(refused.value.fields["registration_number"][0])


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        # Worked by hand: 1 followed by 95 is 195 = 2 * 97 + 1.
        ("00000000000000000195", ""),
        ("0000 0000 0000 0000 0195", ""),
        ("00000000000000000196", "do not fit"),
        ("00000000000000000159", "do not fit"),
        # A (10) at the end of the eighteen: 1000 = 10 * 97 + 30, so the check digits are 98 - 30 = 68.
        ("00000000000000000A68", ""),
        ("0000000000000000A068", "do not fit"),
        ("0000000000000000195", "This one has 19"),
        ("0000000000000000019A", "This one has 20"),
    ],
)
def test_an_lei_stands_or_falls_with_its_check_digits(value, sentence):
    problem = identifiers.lei_problem(value)
    assert bool(problem) == bool(sentence)
    assert sentence in problem


@pytest.mark.parametrize(
    ("scheme", "value", "good"),
    [
        # 30+10+42+0+6+20+0+12+49 = 169 = 15 * 11 + 4
        ("pl_nip", "526-025-02-74", True),
        ("pl_nip", "526-025-02-75", False),
        # 16+35+30+45+24+18+8 = 176 = 16 * 11 + 0, and 11 - 0 ends in 1
        ("cz_ico", "25596641", True),
        ("cz_ico", "25596642", False),
        ("gb_company", "SC123456", True),
        ("gb_company", "1234567", False),
        ("tax", "anything 1", True),
    ],
)
def test_numbers_of_other_registers_warn_and_are_kept(scheme, value, good):
    agency = agencies.agency(complete=False)
    row = services.add_identifier(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        answers=IdentifierAnswers(scheme=scheme, value=value, country="NP"),
    )
    assert bool(row.warning) != good


def test_a_wrong_lei_is_refused_with_a_sentence_and_nothing_is_kept():
    agency = agencies.agency(complete=False)
    with pytest.raises(BadInput) as refused:
        services.add_identifier(
            agency_id=agency.pk,
            actor=agencies.signatory(agency),
            answers=IdentifierAnswers(scheme="lei", value="00000000000000000196"),
        )
    assert "sign by sign" in str(refused.value.fields["value"][0])
    assert not agency.identifiers.exists()


# -- branches -----------------------------------------------------------------------------------------------------


def test_a_person_acts_for_a_branch_of_the_same_agency_only():
    agency, other = agencies.agency(complete=False), agencies.agency(complete=False)
    actor = agencies.signatory(agency)
    own, foreign = (
        services.add_branch(
            agency_id=one.pk,
            actor=agencies.signatory(one),
            answers=BranchAnswers(name="East", country="NP", city="Biratnagar"),
        )
        for one in (agency, other)
    )
    person = BranchPersonAnswers(branch=own.pk, name="Hari Raine", role="Signs", since=date(2026, 1, 1))
    row = services.add_branch_person(agency_id=agency.pk, actor=actor, answers=person)
    assert row.branch == own
    with pytest.raises(BadInput):
        services.add_branch_person(
            agency_id=agency.pk,
            actor=actor,
            answers=BranchPersonAnswers(branch=foreign.pk, name="Hari Raine", role="Signs"),
        )
    services.remove_branch(agency_id=agency.pk, branch_id=own.pk, actor=actor)
    assert not agency.branches.exists()


# -- the tree of sub-agents ---------------------------------------------------------------------------------------


def test_the_tree_reads_each_below_the_one_it_works_for():
    agency = agencies.agency(complete=False)
    top = sub_agent(agency, "B top")
    sub_agent(agency, "A other")
    middle = sub_agent(agency, "C middle", top)
    sub_agent(agency, "D low", middle)
    lines = selectors.sub_agent_tree(agency.sub_agents.all())
    assert [(line.row.name, line.depth) for line in lines] == [
        ("A other", 1),
        ("B top", 1),
        ("C middle", 2),
        ("D low", 3),
    ]


def test_nobody_works_for_themselves_however_many_steps_away():
    agency = agencies.agency(complete=False)
    top = sub_agent(agency, "Top")
    middle = sub_agent(agency, "Middle", top)
    low = sub_agent(agency, "Low", middle)
    for below in (top, middle, low):
        with pytest.raises(BadInput) as refused:
            move(top, below)
        assert "work for themselves" in str(refused.value.fields["parent"][0])
    assert move(low, top).parent == top


def test_the_database_refuses_a_loop_and_a_foreign_tree():
    agency, other = agencies.agency(complete=False), agencies.agency(complete=False)
    top = sub_agent(agency, "Top")
    low = sub_agent(agency, "Low", sub_agent(agency, "Middle", top))
    stranger = sub_agent(other, "Stranger")
    for parent in (low.pk, top.pk, stranger.pk):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE certification_agencies_subagent SET parent_id = %s WHERE id = %s", [parent, top.pk]
            )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certification_agencies_subagent SET agency_id = %s WHERE id = %s", [other.pk, low.pk]
        )


def test_the_tree_has_five_steps_and_no_more_also_when_a_branch_of_it_moves():
    agency = agencies.agency(complete=False)
    chain = [sub_agent(agency, "One")]
    for name in ("Two", "Three", "Four", "Five"):
        chain.append(sub_agent(agency, name, chain[-1]))
    with pytest.raises(BadInput) as refused:
        sub_agent(agency, "Six", chain[-1])
    assert "more than 5 steps" in str(refused.value.fields["parent"][0])
    above = sub_agent(agency, "Above")
    with pytest.raises(BadInput):
        move(chain[0], above)
    assert tree.height_of(chain[0].pk, dict(agency.sub_agents.values_list("pk", "parent_id"))) == 4


def test_a_sub_agent_of_another_agency_is_no_parent():
    stranger = sub_agent(agencies.agency(complete=False), "Stranger")
    with pytest.raises(BadInput):
        sub_agent(agencies.agency(complete=False), "Low", stranger)


def test_whoever_others_work_for_stays():
    agency = agencies.agency(complete=False)
    top = sub_agent(agency, "Top")
    low = sub_agent(agency, "Low", top)
    actor = agencies.signatory(agency)
    with pytest.raises(TransitionRefused) as refused:
        services.remove_sub_agent(agency_id=agency.pk, sub_agent_id=top.pk, actor=actor)
    assert "1 sub-agent works for Top" in str(refused.value.message)
    for row in (low, top):
        services.remove_sub_agent(agency_id=agency.pk, sub_agent_id=row.pk, actor=actor)
    assert not agency.sub_agents.exists()


def test_a_country_that_forbids_sub_agents_and_a_missing_agreement_are_warnings():
    agency = agencies.agency(complete=False)
    actor = agencies.signatory(agency)
    paper = SimpleUploadedFile("agreement.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    row = services.add_sub_agent(
        agency_id=agency.pk,
        actor=actor,
        answers=SubAgentAnswers(name="Ram", country="IN", city="Salem", agreement_on=date(2026, 1, 2)),
        agreement=paper,
    )
    assert row.agreement is not None
    (warning,) = selectors.sub_agent_warnings(agency)
    assert warning.startswith("Sub-agents in India: the law forbids them.")
    assert "not been reviewed" in warning
    sub_agent(agency, "Bare")
    assert "1 sub-agent has no written agreement." in selectors.sub_agent_warnings(agency)


def test_rules_of_countries_are_dated():
    assert tree.forbidding("IN", date(1983, 12, 29)) is None
    assert tree.forbidding("IN", date(1983, 12, 30)) is not None
    assert tree.forbidding("NP", date(2026, 1, 1)) is None


def test_what_is_pinned_with_an_application_names_owners_and_the_tree_in_a_fixed_order():
    agency = agencies.agency(complete=False)
    actor = agencies.signatory(agency)
    for name in ("Zoya", "Anil"):
        services.add_officer(agency_id=agency.pk, actor=actor, answers=agencies.officer_answers(name))
    sub_agent(agency, "Low", sub_agent(agency, "Top"))
    pinned = selectors.scope_of(agency)
    assert pinned["sub_agents"] == 2
    assert [row["name"] for row in pinned["structure"]["owners"]] == ["Anil", "Zoya"]
    assert [(row["name"], row["works_for"]) for row in pinned["structure"]["sub_agents"]] == [
        ("Top", ""),
        ("Low", "Top"),
    ]
    assert pinned == selectors.scope_of(agency)
