"""The score worked by hand, and what must hold of it whatever the facts and weights."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplychain.risk import rules
from supplychain.risk.rules import RiskFacts, Weights

GOOD = RiskFacts(
    standing="certified",
    scope="inside",
    licences=("active",),
    critical=False,
    fee_terms="employer",
    sub_agents="none",
    hops=1,
    withdrawn_tie=False,
    claim="verified",
    checked_days=0,
)
DEFAULT = rules.default_weights()
# From best to worst, as a person would read them; None or "" is not knowing.
ORDERS: dict[str, tuple[object, ...]] = {
    "standing": (
        "certified",
        "certified_with_conditions",
        "applicant",
        "enrolled",
        "expired",
        "suspended",
        "withdrawn",
    ),
    "scope": ("inside", "sector_outside", "outside"),
    "licences": (("active",), ("conditional",), ("pending",), ("expired",), ("revoked",)),
    "critical": (False, True),
    "fee_terms": ("employer", "below_cost", "shared", "worker"),
    "sub_agents": ("none", "declared", "undeclared"),
    "hops": (1, 2, 3, 4, 9),
    "withdrawn_tie": (False, True),
    "claim": ("verified", "declared"),
    "checked_days": (0, 31, 91, 181),
}
UNKNOWN = {name: RiskFacts.__dataclass_fields__[name].default for name in ORDERS}
anything = st.fixed_dictionaries(
    {name: st.sampled_from([*order, UNKNOWN[name]]) for name, order in ORDERS.items()}
).map(lambda given: RiskFacts(**given))
weights = st.fixed_dictionaries({code: st.integers(0, 100) for code in DEFAULT.values}).filter(
    lambda values: sum(values.values()) > 0
)


def _of(values: dict[str, int]) -> Weights:
    return Weights(values, "test")


def test_nothing_known_by_hand() -> None:
    """20x80 + 10x60 + 15x60 + 10x50 + 10x60 + 5x60 + 5x60 + 5x30 + 3x50 + 2x60 + 10x70 + 5x70 = 6270; / 100 = 62.7."""
    made = rules.score(RiskFacts(), DEFAULT)
    assert (made.points, made.band, made.exact) == (63, "high", Decimal("62.7"))
    assert all(one.unknown for one in made.inputs)
    assert made.unknown_points == Decimal("62.7")


def test_all_good_but_corridor_and_sector_unknown_by_hand() -> None:
    """Only 10x70 + 5x70 = 1050 is left: 10.5 points, which rounds half up to 11."""
    made = rules.score(GOOD, DEFAULT)
    assert (made.points, made.band, made.exact) == (11, "low", Decimal("10.5"))
    assert made.would_change == []


def test_not_certified_costs_certificate_and_scope_by_hand() -> None:
    """20x80 + 10x100 + 1050 = 3650: 36.5 points. With a certificate 16 less, in scope 10 less."""
    made = rules.score(replace(GOOD, standing="enrolled"), DEFAULT)
    assert (made.points, made.band) == (37, "medium")
    assert {change.code: change.points for change in made.changes} == {"certificate": 16, "scope": 10}
    assert made.would_change[0] == "16 points less if: certified, with a certificate in force."


def test_a_suspension_lifts_the_score_to_its_floor() -> None:
    """20x100 + 10x100 + 1050 = 4050 would be 41; a suspension is at least 60."""
    made = rules.score(replace(GOOD, standing="suspended"), DEFAULT)
    assert (made.points, made.floor, made.band) == (60, 60, "high")
    assert "suspended" in str(made.floor_reason)


def test_weights_cannot_switch_a_floor_off() -> None:
    values = {**DEFAULT.values, "certificate": 0, "scope": 0}
    assert rules.score(replace(GOOD, standing="withdrawn"), _of(values)).points == 60


def test_the_worst_licence_counts() -> None:
    made = rules.score(replace(GOOD, licences=("active", "expired", "unknown")), DEFAULT)
    line = next(one for one in made.inputs if one.code == "licence")
    assert (str(line.value), line.badness, line.points) == ("Expired", 90, Decimal("13.5"))


def test_a_register_that_did_not_answer_is_unknown_and_not_clean() -> None:
    line = next(
        one
        for one in rules.score(replace(GOOD, licences=("unknown",)), DEFAULT).inputs
        if one.code == "licence"
    )
    assert (line.unknown, line.points) == (True, Decimal("9.0"))


def test_what_workers_paid_counts_before_what_a_contract_says() -> None:
    made = rules.score(replace(GOOD, worker_months=Decimal("6.0")), DEFAULT)
    line = next(one for one in made.inputs if one.code == "fees")
    assert (str(line.value), line.badness, made.floor) == ("6 months of pay", 100, 60)
    assert rules.score(replace(GOOD, fee_terms="", worker_months=Decimal(0)), DEFAULT).points == 11


def test_equal_weights_by_hand() -> None:
    """Twelve inputs of weight 1: 80+60+60+50+60+60+60+30+50+60+70+70 = 710; / 12 = 59.17."""
    made = rules.score(RiskFacts(), _of(dict.fromkeys(DEFAULT.values, 1)))
    assert (made.points, made.exact) == (59, Decimal("59.2"))


def test_no_weight_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        rules.score(GOOD, _of(dict.fromkeys(DEFAULT.values, 0)))


@settings(max_examples=30, deadline=None)
@given(facts=anything, values=weights)
def test_the_parts_add_up(facts: RiskFacts, values: dict[str, int]) -> None:
    made = rules.score(facts, _of(values))
    assert sum(one.points for one in made.inputs) == made.exact
    assert 0 <= made.points <= 100


@settings(max_examples=30, deadline=None)
@given(facts=anything, values=weights, name=st.sampled_from(sorted(ORDERS)), data=st.data())
def test_learning_something_bad_never_lowers(
    facts: RiskFacts, values: dict[str, int], name: str, data: st.DataObject
) -> None:
    order = ORDERS[name]
    first = data.draw(st.integers(0, len(order) - 1))
    then = data.draw(st.integers(first, len(order) - 1))
    better, worse = (replace(facts, **{name: order[index]}) for index in (first, then))
    assert rules.score(worse, _of(values)).points >= rules.score(better, _of(values)).points


@settings(max_examples=30, deadline=None)
@given(facts=anything, values=weights, name=st.sampled_from(sorted(ORDERS)))
def test_unknown_is_never_below_known_good_nor_above_the_worst(
    facts: RiskFacts, values: dict[str, int], name: str
) -> None:
    good, unknown, worst = (
        rules.score(replace(facts, **{name: value}), _of(values)).points
        for value in (ORDERS[name][0], UNKNOWN[name], ORDERS[name][-1])
    )
    assert good <= unknown <= worst


@settings(max_examples=25, deadline=None)
@given(facts=anything, values=weights, times=st.integers(2, 9))
def test_only_the_proportion_of_weights_matters(facts: RiskFacts, values: dict[str, int], times: int) -> None:
    more = {code: weight * times for code, weight in values.items()}
    first, then = rules.score(facts, _of(values)), rules.score(facts, _of(more))
    assert (first.points, first.exact, first.band) == (then.points, then.exact, then.band)


@settings(max_examples=25, deadline=None)
@given(facts=anything, values=weights)
def test_what_would_change_it_keeps_its_promise(facts: RiskFacts, values: dict[str, int]) -> None:
    """Putting right what it names takes that many points away."""
    mend = {
        "critical": {"critical": False},
        "ties": {"withdrawn_tie": False},
        "licence": {"licences": ("active",)},
    }
    made = rules.score(facts, _of(values))
    for change in made.changes:
        if change.code in mend:
            after = rules.score(replace(facts, **mend[change.code]), _of(values))
            assert made.points - after.points == change.points


def test_no_word_of_a_score_is_a_verdict() -> None:
    words = " ".join(
        f"{one.value} {one.reason} {one.label}"
        for facts in (RiskFacts(), GOOD)
        for one in rules.score(facts, DEFAULT).inputs
    ).lower()
    assert not any(
        verdict in words for verdict in ("guilty", "unsafe", "safe to", "blacklist", "approved", "offender")
    )
