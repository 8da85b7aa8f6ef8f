"""What keeps a certificate, and what the rules of the scheme do by their dates. The days are worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from certification.agencies.models import Licence
from certification.certificates import selectors, services, tasks
from certification.certificates.models import AuditOrder, Certificate, LicenceReview, SurveillanceWindow
from certification.certificates.rules import windows_for
from certification.certificates.services import last_day
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, TransitionRefused
from iris.notify.models import Notice
from tests.factories import agencies
from tests.factories import applications as bids
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def _at(year: int, month: int, day: int) -> Any:
    return clocks.freeze(datetime(year, month, day, 12, tzinfo=UTC))


def _order(row: Certificate, kind: str = "surveillance", **more: Any) -> AuditOrder:
    return services.order_audit(
        certificate_id=row.pk, kind=kind, reason="Look at the ledger.", actor=factory.manager(), **more
    )


def _held(order: AuditOrder, on: date, outcome: str = "clear", **more: Any) -> AuditOrder:
    words = {"actor": factory.manager(), **more}
    return services.record_audit_held(order_id=order.pk, held_on=on, outcome=outcome, **words)


# -- days, worked out by hand -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2028, 2, 29), 36, date(2031, 2, 28)),  # no 29 February in 2031
        (date(2028, 2, 29), 48, date(2032, 2, 29)),  # there is one in 2032
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_months_end_on_days_that_exist(start: date, months: int, end: date) -> None:
    assert clocks.add_months(start, months) == end


@pytest.mark.parametrize(
    ("effective", "base", "last"),
    [
        (date(2026, 11, 21), None, date(2029, 11, 20)),
        (date(2028, 2, 29), None, date(2031, 2, 27)),
        (date(2026, 3, 1), None, date(2029, 2, 28)),
        (date(2029, 5, 20), date(2029, 11, 20), date(2032, 11, 20)),  # first day of the last six months
        (date(2029, 5, 19), date(2029, 11, 20), date(2032, 5, 18)),  # a day too early: counts from itself
        (date(2032, 2, 29), date(2032, 8, 31), date(2035, 8, 31)),  # 31 August less six months is 29 February
    ],
)
def test_last_days(effective: date, base: date | None, last: date) -> None:
    assert last_day(effective, base) == last


@pytest.mark.parametrize(
    ("decided", "expires", "due"),
    [
        (date(2026, 11, 21), date(2029, 11, 20), [date(2027, 11, 21), date(2028, 11, 21)]),
        (date(2028, 2, 29), date(2031, 2, 27), [date(2029, 2, 28), date(2030, 2, 28)]),
        (
            date(2026, 11, 21),
            date(2030, 2, 17),
            [date(2027, 11, 21), date(2028, 11, 21)],
        ),  # takes effect late
        (date(2029, 6, 1), date(2032, 11, 20), [date(2030, 6, 1), date(2031, 6, 1)]),  # renewed early
        (date(2026, 11, 21), date(2027, 4, 1), []),
    ],
)
def test_surveillance_is_due_yearly_from_the_decision_but_not_in_the_last_months(
    decided: date, expires: date, due: list[date]
) -> None:
    assert windows_for(decided, expires) == due


# -- surveillance (R49) ---------------------------------------------------------------------------------


def test_a_grant_owes_two_surveillance_audits(base: Certificate) -> None:
    assert [(one.position, one.due_on, one.state) for one in selectors.windows_of(base)] == [
        (1, date(2027, 11, 21), "due"),
        (2, date(2028, 11, 21), "due"),
    ]
    made = factory.revise(base)
    assert list(selectors.windows_of(made)) == list(selectors.windows_of(base)), "a revision owes the same"
    services.ensure_windows()
    assert SurveillanceWindow.objects.filter(decision_id=base.decision_id).count() == 2


def test_surveillance_is_reminded_of_twice_and_missed_only_after_its_last_day(base: Certificate) -> None:
    def told() -> int:
        return Notice.objects.filter(
            template="certificates/surveillance_due", user=agencies.signatory(base.agency)
        ).count()

    with _at(2027, 8, 22):  # 91 days before
        services.remind_surveillance()
        assert told() == 0
    with _at(2027, 8, 23):
        services.remind_surveillance()
        services.remind_surveillance()
        assert told() == 1
    with _at(2027, 11, 7):
        services.remind_surveillance()
        services.remind_surveillance()
        assert told() == 2
    with _at(2027, 11, 21):
        assert services.miss_surveillance() == 0, "the last day is still in time"
    with _at(2027, 11, 22):
        assert services.miss_surveillance() == 2, "both certificates of this world missed theirs"
        assert services.miss_surveillance() == 0
        row = factory.latest(base)
    assert (row.state, row.reason_code, row.rule) == (
        "suspended",
        "surveillance_missed",
        "surveillance_missed",
    )
    assert (row.suspended_on, row.suspension_ends_on) == (date(2027, 11, 22), date(2028, 5, 22))
    assert row.settled_by_id is None
    last = events.last_change(row)
    assert last is not None
    assert last.actor_label == "System"


def test_surveillance_held_in_time_keeps_the_certificate(base: Certificate) -> None:
    with _at(2027, 11, 1):
        order = _order(base)
        assert (order.due_on, order.window.position if order.window else 0) == (date(2027, 11, 21), 1)
    with _at(2027, 11, 21):
        _held(order, date(2027, 11, 20))
    with _at(2027, 11, 22):
        services.miss_surveillance()
        assert factory.latest(base).state == "active"
    assert [one.state for one in selectors.windows_of(base)] == ["held", "due"]


def test_an_audit_held_late_counts_as_missed_although_no_sweep_has_run(base: Certificate) -> None:
    with _at(2027, 11, 1):
        order = _order(base)
    with _at(2027, 11, 24):
        _held(order, date(2027, 11, 23))
        row = factory.latest(base)
        assert (row.state, row.rule) == ("suspended", "surveillance_missed")
        assert selectors.windows_of(base)[0].state == "made_up"
        assert factory.reinstate(row).state == "active"
        assert services.miss_surveillance() == 1, "only the other certificate of this world"


def test_missed_surveillance_is_made_up_before_a_reinstatement(base: Certificate) -> None:
    with _at(2027, 11, 22):
        services.miss_surveillance()
        row = factory.latest(base)
        with pytest.raises(TransitionRefused) as refused:
            factory.reinstate(row)
        assert "has not been held" in str(refused.value.missing[0])
        order = _order(row, due_on=date(2027, 12, 10))
    with _at(2027, 12, 6):
        _held(order, date(2027, 12, 5))
        assert factory.reinstate(row).state == "active"
    assert selectors.windows_of(base)[0].state == "made_up"


def test_renewal_drops_what_the_old_certificate_still_owed(base: Certificate) -> None:
    with _at(2029, 6, 1):
        services.expire_due()
    with _at(2027, 1, 5):
        services.relinquish_certificate(
            certificate_id=base.pk, actor=agencies.signatory(base.agency), reason="We close."
        )
    assert {one.state for one in selectors.windows_of(base)} == {"dropped"}


# -- orders (R53) -----------------------------------------------------------------------------------------


def test_a_short_notice_audit_is_told_to_the_agency_two_days_before(base: Certificate) -> None:
    mine = agencies.signatory(base.agency)
    order = _order(base, "short_notice", due_on=date(2026, 12, 1), source_label="complaint")
    assert order.told_from == date(2026, 11, 29)
    assert order not in selectors.orders_visible_to(mine)
    assert order in selectors.orders_visible_to(factory.manager())
    assert order in selectors.orders_waiting()
    assert not Notice.objects.filter(template="certificates/audit_ordered").exists()
    with _at(2026, 11, 29):
        assert order in selectors.orders_visible_to(mine)
    special = _order(base, "special")
    assert (special.due_on, special.told_from) == (date(2026, 12, 21), clocks.today())
    assert special in selectors.orders_visible_to(mine)


def test_orders_refuse_what_does_not_add_up(base: Certificate) -> None:
    for who in (factory.decider(), agencies.signatory(base.agency)):
        with pytest.raises(NotPermitted):
            services.order_audit(certificate_id=base.pk, kind="special", reason="x", actor=who)
    with pytest.raises(BadInput, match="past"):
        _order(base, due_on=date(2026, 11, 20))
    with pytest.raises(BadInput, match="21 November 2027"):
        _order(base, due_on=date(2027, 11, 22))
    order = _order(base, "special")
    with pytest.raises(Conflict, match="already"):
        _order(base, "special")
    with pytest.raises(BadInput, match="between the day of the order and today"):
        _held(order, date(2026, 11, 22))
    with pytest.raises(NotPermitted, match="Only the firm"):
        _held(order, clocks.today(), actor=bids.lead_of(bids.audit_firm()))
    firm = base.application.firm
    assert firm is not None
    assert _held(order, clocks.today(), "critical", actor=bids.lead_of(firm)).firm_id == firm.pk
    assert Notice.objects.filter(template="certificates/audit_critical", user=factory.manager()).exists()


# -- licences (R48) -----------------------------------------------------------------------------------------


def _lost(row: Certificate, why: str = "revoked") -> LicenceReview:
    tasks.licence_lost(licence_id=str(Licence.objects.get(agency=row.agency).pk), why=why)
    return LicenceReview.objects.get(certificate__number=row.number)


def test_a_lost_licence_is_reviewed_and_suspends_by_default(base: Certificate) -> None:
    review = _lost(base)
    assert (review.due_on, review.state, factory.latest(base).state) == (date(2026, 12, 5), "open", "active")
    assert _lost(base) == review, "told twice, reviewed once"
    with _at(2026, 12, 5):
        assert services.lapse_reviews() == 0
    with _at(2026, 12, 6):
        assert (services.lapse_reviews(), services.lapse_reviews()) == (1, 0)
        row = factory.latest(base)
    assert (row.state, row.reason_code, row.rule) == ("suspended", "licence_lost", "licence_lost")


def test_keeping_it_without_the_licence_takes_two(base: Certificate) -> None:
    with pytest.raises(Conflict, match="No review"):
        factory.proposed(base, "keep")
    review = _lost(base)
    asked = factory.proposed(base, "keep")
    with pytest.raises(NotPermitted):
        factory.answer(asked, by=factory.manager())
    factory.answer(asked)
    assert LicenceReview.objects.get(pk=review.pk).state == "kept"
    with _at(2026, 12, 6):
        services.lapse_reviews()
        assert factory.latest(base).state == "active"


def test_a_smaller_scope_settles_the_review_too(base: Certificate) -> None:
    _lost(base)
    made = factory.reduce(base, [("NP", "QA")])
    with _at(2026, 12, 6):
        assert services.lapse_reviews() == 0
        assert factory.latest(made).state == "active"


# -- conditions (R43) -----------------------------------------------------------------------------------------


def test_a_late_condition_is_proposed_once_and_suspends_when_nobody_decides(
    base_conditional: Certificate,
) -> None:
    with _at(2027, 2, 19):  # its last day: 90 days after 21 November 2026
        assert services.propose_for_conditions() == 0
    with _at(2027, 2, 20):
        assert (services.propose_for_conditions(), services.propose_for_conditions()) == (1, 0)
        (asked,) = selectors.proposals_waiting(factory.decider())
        assert (asked.opened_by, asked.due_on, asked.four_eyes) == (None, date(2027, 3, 6), True)
    with _at(2027, 3, 6):
        assert services.suspend_for_conditions() == 0
    with _at(2027, 3, 7):
        assert services.suspend_for_conditions() == 1
        assert factory.latest(base_conditional).rule == "conditions_unmet"


def test_deciders_who_refuse_the_proposal_are_not_asked_again(base_conditional: Certificate) -> None:
    with _at(2027, 2, 20):
        services.propose_for_conditions()
        (asked,) = selectors.proposals_waiting(factory.decider())
        factory.answer(asked, "reject")
        assert services.propose_for_conditions() == 0
    with _at(2027, 6, 1):
        assert services.suspend_for_conditions() == 0
        assert factory.latest(base_conditional).state == "conditional"


# -- suspensions (R51) -----------------------------------------------------------------------------------------


def test_a_suspension_of_six_months_ends_in_withdrawal(base: Certificate) -> None:
    with _at(2027, 8, 31):
        factory.suspend(base)
        assert factory.latest(base).suspension_ends_on == date(2028, 2, 29)
    with _at(2028, 2, 1):
        assert (services.withdraw_overlong(), services.withdraw_overlong()) == (0, 0)
        told = Notice.objects.filter(template="certificates/suspension_ends")
        assert told.filter(user=agencies.signatory(base.agency)).count() == 1
    with _at(2028, 2, 29):
        assert services.withdraw_overlong() == 0
    with _at(2028, 3, 1):
        assert (services.withdraw_overlong(), services.withdraw_overlong()) == (1, 0)
        row = factory.latest(base)
    assert (row.state, row.reason_code, row.rule) == ("withdrawn", "suspended_too_long", "suspended_too_long")
    assert row.ended_on == date(2028, 3, 1)
