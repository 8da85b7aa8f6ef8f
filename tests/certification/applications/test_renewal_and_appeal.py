"""What is applied for while a certificate runs; what an upheld appeal does; figures for the scheme's desk."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from certification.applications import rules, selectors, services
from certification.applications.models import Application
from certification.applications.rules import Running
from certification.assessments import selectors as assessment_selectors
from certification.decisions import selectors as decisions
from certification.decisions import services as decision_services
from certification.decisions.models import Appeal
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from tests.factories import accounts, agencies, assessments
from tests.factories.applications import application, pay, screener, staff

pytestmark = pytest.mark.django_db
GROUNDS = "The licence is in force; the register was read on the wrong day."


@pytest.fixture
def runs(monkeypatch):
    """Set which certificate runs, as a room above would tell."""

    def tell(opens: date, expires: date, why_not: str = "") -> None:
        found = Running(uuid4(), "ORIS-C-0007-2412", opens, expires, why_not)
        monkeypatch.setattr(
            "certification.applications.rules.running._providers", {"test": lambda _agency: found}
        )

    monkeypatch.setattr("certification.applications.rules.running._providers", {})
    return tell


def again(row: Application) -> Application:
    return Application.objects.get(pk=row.pk)


# --- renewal ---------------------------------------------------------------------------------------------------------


def test_a_renewal_begins_the_next_cycle_with_the_answers_of_last_time(runs):
    agency = agencies.agency()
    last = assessments.frozen_assessment(agency, {"A1.1": "partly"})
    runs(clocks.today(), clocks.today() + timedelta(days=150))
    row = services.open_application(agency_id=agency.pk, actor=agencies.signatory(agency))
    assert (row.kind, row.renews_number) == ("recertification", "ORIS-C-0007-2412")
    begun = assessment_selectors.open_assessment(agency)
    assert begun is not None
    assert (begun.cycle, begun.previous_id) == (last.cycle + 1, last.pk)
    assert begun.answers.filter(value="yes").count() > 50


def test_no_second_first_certification_while_a_certificate_runs(runs):
    agency = agencies.agency()
    signatory = agencies.signatory(agency)
    runs(clocks.today() + timedelta(days=1), clocks.today() + timedelta(days=300))
    with pytest.raises(TransitionRefused) as refused:
        services.open_application(agency_id=agency.pk, actor=signatory)
    assert "can be applied for from 22 November 2026" in str(refused.value.missing[0])
    with pytest.raises(TransitionRefused, match="not for a first certification"):
        services.open_application(agency_id=agency.pk, actor=signatory, kind="initial")
    runs(clocks.today(), clocks.today() + timedelta(days=30), "The certificate is suspended.")
    with pytest.raises(TransitionRefused, match="suspended"):
        services.open_application(agency_id=agency.pk, actor=signatory)
    assert not Application.objects.exists()


def test_no_renewal_without_a_certificate_and_none_sent_after_its_last_day(runs):
    agency = agencies.agency()
    signatory = agencies.signatory(agency)
    with pytest.raises(TransitionRefused, match="Apply for a first certification"):
        services.open_application(agency_id=agency.pk, actor=signatory, kind="recertification")
    runs(clocks.today(), clocks.today() + timedelta(days=3))
    row = services.open_application(agency_id=agency.pk, actor=signatory)
    with clocks.freeze(clocks.now() + timedelta(days=4)):
        left = rules.missing_for_submit(again(row))
    assert any("has ended" in sentence for sentence in left)


def test_the_database_holds_that_a_renewal_names_its_certificate():
    row = application()
    with (
        pytest.raises(IntegrityError, match="application_renewal_names_its_certificate"),
        transaction.atomic(),
    ):
        Application.objects.filter(pk=row.pk).update(kind="recertification")


def test_training_is_asked_for_when_the_schemes_number_says_so(monkeypatch):
    agency = agencies.agency()
    number = clocks.number
    monkeypatch.setattr(
        clocks, "number", lambda key, on=None: 2 if key == "application_training_step" else number(key, on)
    )
    with pytest.raises(TransitionRefused) as refused:
        services.open_application(agency_id=agency.pk, actor=agencies.signatory(agency))
    assert any("Level 1" in sentence and "none" in sentence for sentence in refused.value.missing)


# --- waiver ----------------------------------------------------------------------------------------------------------


def test_a_manager_waives_the_fee_with_a_reason_and_the_review_starts_today():
    row = application("submitted")
    with pytest.raises(NotPermitted):
        services.waive_fee(application_id=row.pk, actor=screener(), reason="A pilot.")
    with pytest.raises(ReasonRequired):
        services.waive_fee(application_id=row.pk, actor=staff("scheme_manager"), reason=" ")
    row = services.waive_fee(
        application_id=row.pk, actor=staff("scheme_manager"), reason="It takes part in the pilot."
    )
    assert (row.state, row.review_due, row.fee_paid_on) == ("in_review", date(2026, 12, 5), None)
    with (
        pytest.raises(IntegrityError, match="application_reviewed_after_the_fee"),
        transaction.atomic(),
    ):
        Application.objects.filter(pk=row.pk).update(fee_waiver_reason="")


def test_the_fee_asked_for_is_that_of_the_day_it_was_sent():
    row = application("fee_pending")
    assert (row.fee_minor, row.fee_currency, row.fee_due) == (100_000, "USD", date(2026, 12, 21))


# --- appeal ----------------------------------------------------------------------------------------------------------


def appealed(row: Application) -> Appeal:
    """The agency appeals against the end of its case, and the office opens the hearing."""
    label = selectors.SCREENING if row.state == "rejected" else selectors.SUBJECT
    decision = decisions.decision_for(label, row.pk)
    assert decision is not None
    made = decision_services.appeal(
        decision_id=decision.pk, actor=agencies.signatory(row.agency), grounds=GROUNDS
    )
    return decision_services.acknowledge_appeal(appeal_id=made.pk, actor=screener())


def uphold(made: Appeal) -> None:
    for _each in range(made.votes_needed):
        decision_services.vote_on_appeal(
            appeal_id=made.pk, actor=accounts.person("scheme", "decider"), outcome="upheld", reasons="Right."
        )


def test_an_upheld_appeal_brings_a_rejection_back_to_somebody_else():
    row = application("rejected")
    rejecter = again(row).rejected_by
    assert rejecter is not None
    made = appealed(row)
    with pytest.raises(Conflict, match="is being heard"):
        services.open_application(agency_id=row.agency_id, actor=agencies.signatory(row.agency))
    uphold(made)
    row = again(row)
    assert (row.state, row.case_owner, row.closed_at, row.rejection_reason) == ("in_review", None, None, "")
    assert row.review_due == date(2026, 12, 5)
    assert row.letters.latest("number").kind == "reopened"
    with pytest.raises(NotPermitted, match="Somebody else screens it now"):
        services.claim_application(application_id=row.pk, actor=rejecter)
    other = accounts.person("scheme", "screener")
    assert services.accept_application(application_id=row.pk, actor=other).state == "accepted"


def test_a_dismissed_appeal_leaves_a_rejection_as_it_is():
    row = application("rejected")
    made = appealed(row)
    for _each in range(made.votes_needed):
        decision_services.vote_on_appeal(
            appeal_id=made.pk, actor=accounts.person("scheme", "decider"), outcome="dismissed", reasons="No."
        )
    assert again(row).state == "rejected"
    second = services.open_application(agency_id=row.agency_id, actor=agencies.signatory(row.agency))
    assert second.state == "draft"


def test_the_end_of_a_case_says_until_when_it_can_be_appealed(client):
    row = application("rejected")
    client.force_login(agencies.signatory(row.agency))
    assert "you can appeal until 21 December 2026" in client.get(f"/applications/{row.pk}/").content.decode()
    with clocks.freeze(clocks.now() + timedelta(days=31)):
        html = client.get(f"/applications/{row.pk}/").content.decode()
    assert "you can appeal until" not in html


# --- figures ---------------------------------------------------------------------------------------------------------


def test_pipeline_overdue_and_medians_by_hand():
    """Sent 21 November. One pays on the 23rd, is deferred on the 25th, answers on 5 December, accepted on the 9th."""
    start = clocks.now()
    row, other = application("submitted"), application("submitted")
    with clocks.freeze(start + timedelta(days=2)):
        pay(row.pk)
    with clocks.freeze(start + timedelta(days=4)):
        services.defer_application(application_id=row.pk, actor=screener(), reason="A copy is missing.")
    with clocks.freeze(start + timedelta(days=14)):
        services.send_information(
            application_id=row.pk, actor=agencies.signatory(row.agency), text="It is there."
        )
    with clocks.freeze(start + timedelta(days=18)):
        services.accept_application(application_id=row.pk, actor=screener())
        stages = {stage.state.value: (stage.count, stage.overdue) for stage in selectors.pipeline()}
        assert stages["submitted"] == (1, 1)
        assert stages["accepted"] == (1, 0)
        assert stages["deferred"] == (0, 0)
        [late] = selectors.clocks_overdue()
        assert (late.application, late.due, late.days_late) == (other, date(2026, 11, 24), 15)
        found = selectors.medians()
    # From fee to acceptance 16 days, 10 of them with the agency.
    assert (found.cases, found.to_fee, found.in_review, found.deferred) == (2, 2.0, 6.0, 10.0)
    assert found.to_outcome is None


def test_the_invoice_is_needed_where_the_fee_is_not_waived():
    row = application("submitted")
    with pytest.raises(BadInput):
        services.request_fee(application_id=row.pk, actor=screener(), invoice_number=" ")
