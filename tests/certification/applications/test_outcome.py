"""Audit, outcome, the clock, and what the database holds by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification.applications import selectors, services
from certification.applications.models import Application, CaseAccess
from certification.applications.states import ApplicationState as State
from iris.core import clocks, events
from iris.core.errors import BadInput, NotPermitted, ReasonRequired
from iris.notify.models import Notice
from tests.factories import accounts, agencies
from tests.factories.applications import (
    application,
    audit_firm,
    lead_of,
    pay,
    recommendation,
    screener,
    staff,
)

pytestmark = pytest.mark.django_db


def again(row: Application) -> Application:
    """A fresh copy: a stateful row is never refreshed."""
    return Application.objects.get(pk=row.pk)


# --- audit and outcome -----------------------------------------------------------------------------------------------


def test_begin_audit_lets_the_firm_read_case_agency_and_assessment():
    row = application("accepted")
    assert list(selectors.waiting_for_audit()) == [row]
    firm = audit_firm()
    lead = lead_of(firm)
    assert not selectors.applications_visible_to(lead).exists()

    services.begin_audit(application_id=row.pk, actor=lead, firm=firm)

    assert list(selectors.applications_visible_to(lead)) == [row]
    assert row.agency.readers.filter(organisation=firm).exists()
    assert row.assessment is not None
    assert row.assessment.readers.filter(organisation=firm).exists()
    assert not selectors.waiting_for_audit().exists()


def test_begin_audit_refuses_another_firms_auditor_and_a_firm_that_is_none():
    row = application("accepted")
    with pytest.raises(NotPermitted):
        services.begin_audit(
            application_id=row.pk, actor=accounts.person("audit_firm", "lead_auditor"), firm=audit_firm()
        )
    with pytest.raises(BadInput):
        services.begin_audit(
            application_id=row.pk, actor=staff("scheme_manager"), firm=accounts.organisation("employer")
        )
    assert not CaseAccess.objects.exists()


def test_give_access_is_no_act_of_an_outsider():
    row = application("accepted")
    firm = audit_firm()
    with pytest.raises(NotPermitted):
        services.give_access(application_id=row.pk, organisation=firm, actor=agencies.signatory(row.agency))


def test_receive_recommendation_keeps_who_may_not_decide():
    row = application("under_audit")
    assert row.firm is not None
    lead = lead_of(row.firm)
    decider = staff("decider")
    row = services.receive_recommendation(
        application_id=row.pk, actor=lead, recommendation=recommendation(row, by=[lead.pk])
    )
    assert row.state == State.RECOMMENDED
    assert row.recommendation["audited_by"] == [str(lead.pk)]
    assert Notice.objects.filter(user=decider, template="applications/recommended").exists()


@pytest.mark.parametrize("still_open", [{"critical": 1}, {"major": 1}])
def test_receive_recommendation_refuses_a_grant_with_open_findings(still_open):
    row = application("under_audit")
    assert row.firm is not None
    with pytest.raises(BadInput) as refused:
        services.receive_recommendation(
            application_id=row.pk, actor=lead_of(row.firm), recommendation=recommendation(row, **still_open)
        )
    assert refused.value.code == "open_findings"
    row = services.receive_recommendation(
        application_id=row.pk,
        actor=lead_of(row.firm),
        recommendation=recommendation(row, "refuse", **still_open),
    )
    assert row.state == State.RECOMMENDED


def test_receive_recommendation_is_for_the_firm_that_audits():
    row = application("under_audit")
    with pytest.raises(NotPermitted):
        services.receive_recommendation(
            application_id=row.pk, actor=lead_of(audit_firm()), recommendation=recommendation(row)
        )


@pytest.mark.parametrize("outcome", ["granted", "granted_with_conditions", "refused"])
def test_record_outcome_closes_with_reasons(outcome):
    row = application(outcome)
    assert row.state == outcome
    assert row.closed_at is not None
    assert row.outcome_reasons


def test_record_outcome_needs_reasons_and_a_decider():
    row = application("recommended")
    with pytest.raises(ReasonRequired):
        services.record_outcome(application_id=row.pk, actor=staff("decider"), outcome="granted", reasons=" ")
    with pytest.raises(NotPermitted):
        services.record_outcome(application_id=row.pk, actor=screener(), outcome="granted", reasons="Fine.")
    assert again(row).state == State.RECOMMENDED


# --- the clock -------------------------------------------------------------------------------------------------------


def test_a_deferral_that_runs_out_is_told_once_and_rejects_nothing_by_itself():
    row = application("deferred")
    reader = screener()
    with clocks.freeze(clocks.now() + timedelta(days=60)):
        assert services.tell_of_deferrals_over() == 0
    with clocks.freeze(clocks.now() + timedelta(days=61)):
        assert services.tell_of_deferrals_over() == 1
        assert services.tell_of_deferrals_over() == 0
    assert again(row).state == State.DEFERRED
    assert Notice.objects.filter(user=reader, template="applications/deferral_over").count() == 1
    told = Notice.objects.get(
        user=agencies.signatory(row.agency), template="applications/deferral_over_agency"
    )
    assert "20 January 2027" in told.body
    last = events.events_of(row, limit=1)[0]
    assert (last.act, last.actor_id) == ("deferral_over", None)


def test_overdue_review_is_told_once():
    row = application("in_review")
    reader = screener()
    with clocks.freeze(clocks.now() + timedelta(days=14)):
        assert services.tell_of_overdue_reviews() == 0
    with clocks.freeze(clocks.now() + timedelta(days=15)):
        assert services.tell_of_overdue_reviews() == 1
        assert services.tell_of_overdue_reviews() == 0
    assert Notice.objects.filter(user=reader, template="applications/review_overdue").count() == 1
    assert again(row).state == State.IN_REVIEW


# --- what the database holds by itself -------------------------------------------------------------------------------


def _broken(row: Application, constraint: str, **broken: object) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(**broken)


def test_database_refuses_a_state_without_its_facts_on_the_way_to_an_audit():
    row = application("fee_pending")
    _broken(row, "application_sent_is_signed_dated_and_pinned", submitted_by=None)
    _broken(row, "application_sent_is_signed_dated_and_pinned", assessment=None)
    _broken(row, "application_fee_pending_has_invoice", invoice_number="")
    row = pay(row.pk)
    _broken(row, "application_reviewed_after_the_fee", fee_paid_on=None)
    _broken(row, "application_reviewed_after_the_fee", review_due=None)
    row = services.defer_application(application_id=row.pk, actor=screener(), reason="A copy is missing.")
    _broken(row, "application_deferred_with_reason_and_date", deferral_reason="")
    _broken(row, "application_deferred_with_reason_and_date", deferred_until=None)
    row = services.reject_application(
        application_id=row.pk, actor=screener(), reason="The licence was revoked."
    )
    _broken(row, "application_rejected_with_reason", rejection_reason="")
    _broken(row, "application_closed_is_dated", closed_at=None)


def test_database_refuses_a_state_without_its_facts_on_the_way_to_an_outcome():
    row = application("recommended")
    _broken(row, "application_accepted_by_someone", accepted_by=None)
    _broken(row, "application_audited_by_a_firm", firm=None)
    _broken(row, "application_decided_on_a_recommendation", recommended_at=None)
    row = services.record_outcome(
        application_id=row.pk, actor=staff("decider"), outcome="granted", reasons="Convincing."
    )
    _broken(row, "application_decided_with_reasons", outcome_reasons="")


def test_database_refuses_a_withdrawal_without_a_reason():
    row = application()
    row = services.withdraw_application(
        application_id=row.pk, actor=agencies.signatory(row.agency), reason="We merge."
    )
    _broken(row, "application_withdrawn_with_reason", withdrawal_reason="")


def test_database_refuses_a_draft_that_is_signed():
    row = application()
    with pytest.raises(IntegrityError, match="application_draft_is_not_signed"), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(submitted_at=clocks.now())


def test_every_act_writes_one_event_with_both_states():
    row = application("accepted")
    told = [
        (event.act, event.from_state, event.to_state) for event in events.events_of(row) if event.to_state
    ][::-1]
    assert told == [
        ("opened", "", "draft"),
        ("submit", "draft", "submitted"),
        ("record_fee", "submitted", "in_review"),
        ("accept", "in_review", "accepted"),
    ]
