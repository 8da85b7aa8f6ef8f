"""What happens to a certificate after it was issued, and what an agency is today because of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from certification.certificates import selectors, services
from certification.certificates.models import Certificate
from certification.certificates.rules import standing_on
from certification.certificates.states import CertificateState, Standing
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice
from tests.factories import agencies
from tests.factories import applications as bids
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db
COMPLAINT = {
    "reason": "Complaint 12 was upheld.",
    "public_note": "Workers were charged.",
    "reason_code": "complaint",
}


def test_suspend_and_reinstate_with_event_words_and_mail(base: Certificate) -> None:
    suspended = factory.suspend(base, **COMPLAINT)
    assert (suspended.state, suspended.suspended_on, suspended.in_force) == (
        "suspended",
        clocks.today(),
        False,
    )
    assert suspended.suspension_ends_on == date(2027, 5, 21), "six months from 21 November 2026"
    last = events.last_change(suspended)
    assert last is not None
    assert (last.reason, last.actor_label) == ("Complaint 12 was upheld.", factory.decider().label)
    told = Notice.objects.filter(
        template="certificates/suspended", user=agencies.signatory(base.agency)
    ).get()
    assert "Workers were charged." in told.body
    back = factory.reinstate(base, public_note="All was repaid.")
    assert (back.state, back.suspended_on, back.suspension_ends_on) == ("active", None, None)
    assert (back.reason_code, back.public_note) == ("", "")
    told_public = [(one.what, one.reason_code, one.public_note) for one in factory.latest(base).changes.all()]
    assert told_public[1:] == [
        ("Suspended", "complaint", "Workers were charged."),
        ("Reinstated", "", "All was repaid."),
    ]
    assert Notice.objects.filter(template="certificates/reinstated").exists()


def test_inner_reason_is_never_published(base: Certificate) -> None:
    factory.suspend(base, **COMPLAINT)
    assert not any("Complaint 12" in one.public_note + one.what for one in factory.latest(base).changes.all())


@pytest.mark.parametrize("missing", ["reason", "public_note"])
def test_propose_to_suspend_needs_both_reasons(base: Certificate, missing: str) -> None:
    with pytest.raises(ReasonRequired) as refused:
        factory.proposed(base, "suspend", **{missing: "  "})  # type: ignore[arg-type]
    assert list(refused.value.fields) == [missing]


def test_propose_to_suspend_needs_a_known_reason(base: Certificate) -> None:
    with pytest.raises(BadInput) as refused:
        factory.proposed(base, "suspend", reason_code="because")
    assert list(refused.value.fields) == ["reason_code"]


def test_only_a_scheme_manager_proposes(base: Certificate) -> None:
    for somebody in (factory.decider(), bids.screener(), agencies.signatory(base.agency)):
        for act in ("suspend", "withdraw"):
            with pytest.raises(NotPermitted):
                factory.proposed(base, act, by=somebody)


def test_the_same_is_proposed_once(base: Certificate) -> None:
    factory.proposed(base, "suspend")
    with pytest.raises(Conflict, match="proposed already"):
        factory.proposed(base, "suspend")


def test_suspend_twice_tells_who_was_first(base: Certificate) -> None:
    factory.suspend(base)
    with pytest.raises(Conflict, match=factory.decider().label):
        factory.proposed(base, "suspend")


def test_withdraw_is_for_good(base: Certificate) -> None:
    gone = factory.withdraw(base)
    assert (gone.state, gone.ended_on, gone.standing) == ("withdrawn", clocks.today(), Standing.WITHDRAWN)
    with pytest.raises(Conflict):
        factory.reinstate(base)


def test_give_up_only_by_the_agencys_own_signatory(base: Certificate) -> None:
    stranger = agencies.signatory(agencies.agency())
    with pytest.raises(NotPermitted):
        services.relinquish_certificate(certificate_id=base.pk, actor=stranger, reason="We close.")
    mine = agencies.signatory(base.agency)
    with pytest.raises(NotPermitted):
        services.relinquish_certificate(
            certificate_id=base.pk, actor=agencies.colleague(base.agency, "manager"), reason="We close."
        )
    given = services.relinquish_certificate(certificate_id=base.pk, actor=mine, reason="We close.")
    assert given.standing == Standing.LEFT


def test_expire_ends_what_is_past_its_last_day_and_only_once(base: Certificate) -> None:
    last_noon = datetime.combine(base.expires_on, datetime.min.time(), tzinfo=UTC).replace(hour=23)
    with clocks.freeze(last_noon):
        assert services.expire_due() == 0
        assert factory.latest(base).in_force
    with clocks.freeze(datetime(2029, 11, 21, 0, 1, tzinfo=UTC)):
        assert factory.latest(base).standing == Standing.EXPIRED, "the dates count before the sweep has run"
        assert not factory.latest(base).in_force
        assert (services.expire_due(), services.expire_due()) == (2, 0), (
            "both of the world's certificates end"
        )
        ended = factory.latest(base)
    assert (ended.state, ended.ended_on) == ("expired", date(2029, 11, 20))
    last = events.last_change(ended)
    assert last is not None
    assert last.actor_label == "System"


def test_reinstate_after_the_last_day_is_refused(base: Certificate) -> None:
    factory.suspend(base)
    with (
        clocks.freeze(datetime(2029, 11, 21, tzinfo=UTC)),
        pytest.raises(Conflict, match="last day has passed"),
    ):
        factory.reinstate(base)


def test_conditions_are_met_one_by_one_and_the_last_one_clears(base_conditional: Certificate) -> None:
    (condition,) = base_conditional.conditions.all()
    manager = factory.manager()
    with pytest.raises(NotPermitted):
        services.meet_condition(condition_id=condition.pk, actor=factory.decider(), note="Seen.")
    with pytest.raises(ReasonRequired):
        services.meet_condition(condition_id=condition.pk, actor=manager, note=" ")
    cleared = services.meet_condition(condition_id=condition.pk, actor=manager, note="Contracts seen.")
    assert cleared.state == "active"
    with pytest.raises(Conflict, match="21 November 2026"):
        services.meet_condition(condition_id=condition.pk, actor=manager, note="Seen again.")


def test_reinstate_brings_open_conditions_back(base_conditional: Certificate) -> None:
    factory.suspend(base_conditional)
    assert factory.reinstate(base_conditional).state == "conditional"


def test_reduce_takes_scope_away_and_makes_the_older_obsolete(base: Certificate) -> None:
    made = factory.reduce(base, [("NP", "QA")], public_note="Malaysia taken out.")
    assert (made.number, made.revision, made.replaces_id) == (base.number, 2, base.pk)
    assert [one.text for one in made.corridors.all()] == ["Nepal to Qatar"]
    assert (made.effective_on, made.expires_on) == (base.effective_on, base.expires_on)
    assert made.standing == Standing.REDUCED_SCOPE
    assert factory.latest(base).state == "superseded"
    assert selectors.certificate_by_number(base.number) == made


def test_reduce_refuses_more_scope_and_the_same_scope(base: Certificate) -> None:
    with pytest.raises(BadInput, match="only takes scope away"):
        factory.reduce(base, [("NP", "QA"), ("NP", "JP")])
    with pytest.raises(BadInput, match="Nothing is taken away"):
        factory.reduce(base, [("NP", "QA"), ("NP", "MY")])


def test_a_suspension_may_end_in_a_smaller_scope(base: Certificate) -> None:
    made = factory.reduce(factory.suspend(base), [("NP", "QA")])
    assert (made.state, made.standing) == ("active", Standing.REDUCED_SCOPE)
    assert factory.latest(base).state == "superseded"


def test_correct_keeps_scope_and_days_and_refuses_a_suspended_certificate(base: Certificate) -> None:
    made = factory.revise(base)
    assert (made.revision, made.scope_change, made.state) == (2, "corrected", "active")
    assert [one.text for one in made.corridors.all()] == ["Nepal to Malaysia", "Nepal to Qatar"]
    factory.suspend(made)
    with pytest.raises(TransitionRefused, match="in force"):
        factory.revise(made)


def test_correct_waits_for_a_proposal_that_is_open(base: Certificate) -> None:
    factory.proposed(base, "suspend")
    with pytest.raises(Conflict, match="decided first"):
        factory.revise(base)


def test_standing_in_python_and_sql_agree_in_every_state_and_on_every_day(base: Certificate) -> None:
    """Two ways to one answer: rules.standing_on for a row, with_standing for lists. They may never differ."""
    others = [
        factory.certificate("withdrawn"),
        factory.certificate("conditional"),
        factory.certificate("relinquished"),
        factory.certificate("superseded"),
    ]
    factory.reduce(base, [("NP", "QA")])
    factory.suspend(others[1])
    days = [date(2026, 11, 20), clocks.today(), date(2029, 11, 20), date(2029, 11, 21)]
    seen = set()
    for day in days:
        for row in selectors.with_standing(Certificate.objects.all(), on=day):
            assert row.public_standing == standing_on(row, day)
            seen.add(standing_on(row, day))
    assert {Standing.SUSPENDED, Standing.SUPERSEDED, Standing.EXPIRED, Standing.NOT_YET_VALID} <= seen


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("draft", Standing.ENROLLED),
        ("in_review", Standing.ENROLLED),
        ("accepted", Standing.APPLICANT),
        ("refused", Standing.ENROLLED),
    ],
)
def test_standing_without_a_certificate(state: str, standing: Standing) -> None:
    assert selectors.standing_of(bids.application(state).agency).standing == standing


def test_standings_are_read_in_three_queries_however_many(
    base: Certificate, base_conditional: Certificate, django_assert_max_num_queries: object
) -> None:
    many = [base.agency, base_conditional.agency, agencies.agency(), agencies.agency()]
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        found = selectors.standings_of(many)
    assert [found[one.pk].standing.value for one in many] == [
        "certified",
        "certified_with_conditions",
        "enrolled",
        "enrolled",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ORIS-C-0001-2611", True),
        (" oris c 0001 2611 ", True),
        ("oris–c–0001–2611", True),
        ("ＯＲＩＳ－Ｃ－０００１－２６１１", True),
        ("ORIS-C-OOO1-2611", False),
        ("ORIS-C-0009-2611", False),
        ("", False),
    ],
)
def test_certificate_by_number(base: Certificate, typed: str, found: bool) -> None:
    assert base.number == "ORIS-C-0001-2611"
    row = selectors.certificate_by_number(typed)
    assert (row.pk if row else None) == (base.pk if found else None)


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("ORIS-C-OOO1-26ll", ["ORIS-C-0001-2611"]),  # letters for figures
        ("ORIS-C-0010-2611", ["ORIS-C-0001-2611"]),  # swapped
        ("ORIS-C-001-2611", ["ORIS-C-0001-2611"]),  # one left out
        ("ORIS-C-0001-26111", ["ORIS-C-0001-2611"]),  # one too many
        ("ORIS-C-0001-2699", []),  # two wrong: not a slip
        ("0001", []),
        ("x" * 5000, []),
    ],
)
def test_numbers_like(base: Certificate, typed: str, likely: list[str]) -> None:
    assert selectors.numbers_like(typed) == likely


def test_certificates_visible_to_each(base: Certificate) -> None:
    from tests.factories import accounts

    assert base.firm_id is not None
    firm = base.application.firm
    assert firm is not None
    readers = [factory.manager(), agencies.signatory(base.agency), bids.lead_of(firm)]
    strangers = [
        agencies.signatory(agencies.agency()),
        bids.lead_of(bids.audit_firm()),
        accounts.person("employer", "sourcing_manager"),
        accounts.person(),
    ]
    assert all(base in selectors.certificates_visible_to(one) for one in readers)
    assert not any(selectors.certificates_visible_to(one).exists() for one in strangers)


def test_every_state_is_reached_by_the_factory() -> None:
    for state in (CertificateState.EXPIRED, CertificateState.SUPERSEDED):
        assert factory.certificate(state).state == state
