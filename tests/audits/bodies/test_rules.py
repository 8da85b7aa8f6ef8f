"""Every reason why an auditor may not take a case, one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audits.bodies.rules import (
    AuditorFacts,
    CaseFacts,
    ShareFacts,
    TieFacts,
    ineligible_because,
)

TODAY = date(2026, 11, 21)
CASE = CaseFacts(corridors=[("NP", "MY")], sectors=["care"], on=TODAY, languages={"NP": ["ne"]})
AUDITOR = AuditorFacts(
    approved_from=date(2026, 1, 1),
    approved_until=date(2026, 12, 31),
    firm_approved_from=date(2026, 1, 1),
    firm_approved_until=None,
    lead=True,
    member=True,
    languages=["ne", "en"],
    countries=["NP", "MY"],
    sectors=["care", "garment"],
    corridors=[],
    declared_until=date(2027, 5, 2),
    trained_until=date(2028, 1, 31),
)


def test_eligible_when_everything_fits() -> None:
    assert ineligible_because(AUDITOR, CASE) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"approved_until": date(2026, 11, 20)}, "The auditor has no approval today"),
        ({"approved_from": date(2026, 11, 22)}, "The auditor has no approval today"),
        ({"firm_approved_until": date(2026, 11, 20)}, "The audit firm has no approval today"),
        ({"member": False}, "no longer a member"),
        ({"lead": False}, "Not approved to lead"),
        ({"countries": ["NP"]}, "Not approved for the corridor Nepal to Malaysia"),
        ({"languages": ["en"]}, "no language of workers from Nepal (Nepali)"),
        ({"sectors": ["garment"]}, "Not approved for the sector Care"),
        ({"trained_until": None}, "No scheme training is on record"),
        ({"trained_until": date(2026, 11, 20)}, "The scheme training ended on 20 November 2026"),
        ({"declared_until": None}, "No yearly declaration of interests is on record"),
        ({"declared_until": date(2026, 11, 20)}, "declaration of interests ended on 20 November 2026"),
        ({"paused_until": date(2027, 9, 30)}, "may lead it again after 30 September 2027"),
        ({"share": ShareFacts(2025, 1001)}, "paid 100.1 % of the firm's turnover of 2025"),
    ],
)
def test_ineligible_for_one_reason(change: dict[str, object], words: str) -> None:
    reasons = ineligible_because(replace(AUDITOR, **change), CASE)  # type: ignore[arg-type]

    assert len(reasons) == 1
    assert words in reasons[0]


def test_eligible_for_a_corridor_named_as_such() -> None:
    named = replace(AUDITOR, countries=[], corridors=["NP-MY"])

    assert ineligible_because(named, CASE) == []
    assert ineligible_because(replace(named, corridors=["MY-NP"]), CASE)


def test_eligible_as_member_without_leading() -> None:
    assert ineligible_because(replace(AUDITOR, lead=False), replace(CASE, as_lead=False)) == []


@pytest.mark.parametrize(
    ("until", "stands"), [(date(2026, 11, 20), False), (TODAY, True), (date(2028, 1, 1), True), (None, True)]
)
def test_ineligible_while_a_tie_counts(until: date | None, stands: bool) -> None:
    tied = replace(AUDITOR, ties=[TieFacts("Trained the agency", date(2025, 1, 1), until)])

    reasons = ineligible_because(tied, CASE)

    assert bool(reasons) is stands
    assert not stands or "Trained the agency" in reasons[0]


def test_ineligible_while_barred() -> None:
    barred = replace(AUDITOR, bars=[TieFacts("Declared a conflict of interest", date(2026, 11, 1), None)])

    [reason] = ineligible_because(barred, CASE)

    assert "Declared a conflict of interest" in reason


def test_ineligible_lists_every_reason() -> None:
    unfit = replace(AUDITOR, lead=False, languages=[], sectors=[], countries=[], member=False)

    assert len(ineligible_because(unfit, CASE)) == 5


def test_language_is_not_asked_where_none_is_known() -> None:
    case = replace(CASE, corridors=[("MY", "NP")])

    assert ineligible_because(replace(AUDITOR, languages=["en"]), case) == []
