"""From a draft to an outcome: each act allowed and refused by role and state, with its reason and its event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certification.agencies import services as agency_services
from certification.applications import selectors, services
from certification.applications.models import Application
from certification.applications.states import CLOSED, OPEN
from certification.applications.states import ApplicationState as State
from certification.assessments.models import Assessment
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.fsm import transitions_of
from iris.notify.models import Notice
from tests.factories import accounts, agencies, assessments
from tests.factories.applications import (
    application,
    pay,
    screener,
    staff,
)

pytestmark = pytest.mark.django_db


def again(row: Application) -> Application:
    """A fresh copy: a stateful row is never refreshed."""
    return Application.objects.get(pk=row.pk)


def submit(row: Application, actor=None) -> Application:
    return services.submit_application(
        application_id=row.pk,
        actor=actor or agencies.signatory(row.agency),
        declaration=assessments.declaration(row.agency),
    )


# --- open ------------------------------------------------------------------------------------------------------------


def test_open_gives_the_next_number_of_the_year():
    first, second = application(), application()
    assert (first.number, second.number) == ("ORIS-A-2026-0001", "ORIS-A-2026-0002")
    with clocks.freeze(clocks.now() + timedelta(days=60)):
        assert application().number == "ORIS-A-2027-0001"


def test_open_uses_the_schemes_own_letters(settings):
    settings.SCHEME_SHORT_NAME = "FAIR"
    assert application().number == "FAIR-A-2026-0001"


def test_open_tells_what_enrolment_is_missing():
    agency = agencies.agency(complete=False)
    with pytest.raises(TransitionRefused) as refused:
        services.open_application(agency_id=agency.pk, actor=agencies.signatory(agency))
    assert refused.value.code == "not_eligible"
    assert any("licence" in str(sentence) for sentence in refused.value.missing)
    assert not Application.objects.exists()


def test_open_a_second_one_says_who_opened_the_first():
    row = application()
    with pytest.raises(Conflict, match=row.number):
        services.open_application(agency_id=row.agency_id, actor=agencies.signatory(row.agency))


def test_database_holds_one_open_application_per_agency():
    row = application()
    with pytest.raises(IntegrityError, match="application_one_open_per_agency"), transaction.atomic():
        Application.objects.create(agency=row.agency, number="X-1", opened_by=row.opened_by)


@pytest.mark.parametrize("role", ["contributor", "other", "scheme"])
def test_open_is_for_the_agencys_signatory_or_manager(role):
    agency = agencies.agency()
    actor = {
        "contributor": lambda: agencies.colleague(agency, "contributor"),
        "other": lambda: accounts.person("agency", "signatory"),
        "scheme": screener,
    }[role]()
    with pytest.raises(NotPermitted):
        services.open_application(agency_id=agency.pk, actor=actor)


# --- submit ----------------------------------------------------------------------------------------------------------


def test_submit_freezes_the_assessment_pins_the_scope_and_tells_the_screeners():
    reader = screener()
    row = application("submitted")

    assert row.state == State.SUBMITTED
    assert row.assessment is not None
    assert Assessment.objects.get(pk=row.assessment_id).state == "frozen"
    assert row.submitted_by == agencies.signatory(row.agency)
    assert row.scope["corridors"] == [["NP", "MY"]]
    assert row.scope["legal_name"] == row.agency.legal_name
    assert Notice.objects.filter(user=reader, template="applications/submitted").exists()


def test_submit_keeps_the_scope_when_the_agency_changes_afterwards():
    row = application("submitted")
    agency_services.set_corridors(
        agency_id=row.agency_id, actor=agencies.signatory(row.agency), corridors=[("NP", "QA")]
    )
    assert again(row).scope["corridors"] == [["NP", "MY"]]


def test_submit_without_an_assessment_says_so_and_changes_nothing():
    row = application()
    with pytest.raises(TransitionRefused) as refused:
        submit(row)
    assert "Start the self-assessment" in str(refused.value.missing[-1])
    assert again(row).state == State.DRAFT


def test_submit_with_an_unfinished_assessment_lists_what_is_left():
    row = application()
    assessments.draft_assessment(row.agency)
    with pytest.raises(TransitionRefused) as refused:
        submit(row)
    assert len(refused.value.missing) > 1
    assert again(row).state == State.DRAFT


def test_submit_after_the_licence_has_ended_is_refused():
    row = application()
    assessments.complete_assessment(row.agency)
    with clocks.freeze(clocks.now() + timedelta(days=400)), pytest.raises(TransitionRefused) as refused:
        submit(row)
    assert any("ended on" in str(sentence) for sentence in refused.value.missing)


def test_submit_is_for_the_signatory_only_and_freezes_nothing_otherwise():
    row = application()
    assessment = assessments.complete_assessment(row.agency)
    with pytest.raises(NotPermitted):
        submit(row, agencies.colleague(row.agency, "manager"))
    assert Assessment.objects.get(pk=assessment.pk).state == "draft"


def test_submit_with_a_declaration_without_a_name_rolls_everything_back():
    row = application()
    assessments.complete_assessment(row.agency)
    with pytest.raises(BadInput):
        services.submit_application(
            application_id=row.pk,
            actor=agencies.signatory(row.agency),
            declaration=services.Declaration(name=" ", role="Director", text="True."),
        )
    assert again(row).state == State.DRAFT
    assert "submit" not in [event.act for event in events.events_of(row)]


def test_submit_twice_tells_who_was_first():
    row = application("submitted")
    with pytest.raises(Conflict, match="Application sent to the scheme"):
        submit(row)


# --- fee -------------------------------------------------------------------------------------------------------------


def test_request_fee_tells_the_agency_the_invoice_and_takes_the_case():
    row = application("fee_pending")
    assert row.invoice_number == "INV-2026-31"
    assert row.case_owner == screener()
    notice = Notice.objects.get(user=agencies.signatory(row.agency), template="applications/fee")
    assert "INV-2026-31" in notice.subject
    assert "1000" in notice.body.replace(",", "")


def test_record_fee_starts_the_fourteen_days_on_the_day_it_cleared():
    row = application("submitted")
    with clocks.freeze(clocks.now() + timedelta(days=5)):
        row = pay(row.pk, on=date(2026, 11, 23))
    assert row.state == State.IN_REVIEW
    assert row.review_due == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("paid_on", "words"),
    [
        (date(2026, 11, 22), "still to come"),
        (date(2026, 11, 20), "cannot have cleared for it before"),
        (None, "Enter the day"),
    ],
)
def test_record_fee_refuses_a_day_that_cannot_be(paid_on, words):
    row = application("submitted")
    with pytest.raises(BadInput) as refused:
        services.record_fee(application_id=row.pk, actor=screener(), paid_on=paid_on, invoice_number="I-1")
    assert words in str(refused.value.fields["paid_on"][0])


def test_record_fee_needs_an_invoice_number():
    row = application("submitted")
    with pytest.raises(BadInput) as refused:
        services.record_fee(application_id=row.pk, actor=screener(), paid_on=clocks.today())
    assert "invoice_number" in refused.value.fields


# --- screen ----------------------------------------------------------------------------------------------------------


def test_defer_gives_sixty_days_and_tells_what_is_missing():
    row = application("deferred")
    assert row.deferred_until == date(2027, 1, 20)
    notice = Notice.objects.get(user=agencies.signatory(row.agency), template="applications/deferred")
    assert "20 January 2027" in notice.subject
    assert "unreadable" in notice.body


@pytest.mark.parametrize("act", [services.defer_application, services.reject_application])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_defer_and_reject_need_a_reason(act, reason):
    row = application("in_review")
    with pytest.raises(ReasonRequired) as refused:
        act(application_id=row.pk, actor=screener(), reason=reason)
    assert "reason" in refused.value.fields
    assert again(row).state == State.IN_REVIEW


def test_a_reason_of_any_length_is_answered_with_a_sentence():
    row = application("in_review")
    with pytest.raises(BadInput) as refused:
        services.defer_application(application_id=row.pk, actor=screener(), reason="न" * 9000)
    assert "9,000 characters" in str(refused.value.fields["reason"][0])


def test_send_information_starts_the_review_anew():
    row = application("deferred")
    with clocks.freeze(clocks.now() + timedelta(days=10)):
        row = services.send_information(
            application_id=row.pk,
            actor=agencies.colleague(row.agency, "manager"),
            text="A new copy is attached.",
        )
    assert row.state == State.IN_REVIEW
    assert row.review_due == date(2026, 12, 15)
    assert Notice.objects.filter(user=screener(), template="applications/information").exists()


def test_reject_closes_it_and_the_agency_can_apply_again():
    row = application("rejected")
    assert row.closed_at is not None
    assert selectors.may_apply_again(row)
    second = services.open_application(agency_id=row.agency_id, actor=agencies.signatory(row.agency))
    assert second.number != row.number


def test_after_a_rejection_the_answers_are_carried_into_a_new_assessment_and_it_can_be_sent():
    row = application("rejected")
    second = services.open_application(agency_id=row.agency_id, actor=agencies.signatory(row.agency))
    with pytest.raises(TransitionRefused) as refused:
        submit(second)
    assert "Start a new self-assessment" in str(refused.value.missing[0])
    assessments.complete_assessment(row.agency)
    assert submit(second).state == State.SUBMITTED


@pytest.mark.parametrize(
    "act",
    [
        lambda row, who: services.request_fee(application_id=row.pk, actor=who, invoice_number="I-1"),
        lambda row, who: services.record_fee(
            application_id=row.pk, actor=who, paid_on=clocks.today(), invoice_number="I-1"
        ),
    ],
)
@pytest.mark.parametrize("who", ["signatory", "decider", "lead_auditor"])
def test_the_fee_is_the_screeners_act(act, who):
    row = application("submitted")
    actor = agencies.signatory(row.agency) if who == "signatory" else None
    actor = actor or (staff("decider") if who == "decider" else accounts.person("audit_firm", "lead_auditor"))
    with pytest.raises(NotPermitted):
        act(row, actor)
    assert again(row).state == State.SUBMITTED


@pytest.mark.parametrize(
    "act",
    [
        lambda row, who: services.accept_application(application_id=row.pk, actor=who),
        lambda row, who: services.defer_application(application_id=row.pk, actor=who, reason="Missing."),
        lambda row, who: services.reject_application(application_id=row.pk, actor=who, reason="No."),
    ],
)
def test_screening_is_not_the_agencys_act(act):
    row = application("in_review")
    with pytest.raises(NotPermitted):
        act(row, agencies.signatory(row.agency))
    assert again(row).state == State.IN_REVIEW


def test_accept_after_a_colleague_deferred_says_who_did_what_and_when():
    first = screener()
    row = application("deferred")
    with pytest.raises(Conflict) as refused:
        services.accept_application(application_id=row.pk, actor=accounts.person("scheme", "screener"))
    sentence = str(refused.value.message)
    assert first.full_name in sentence
    assert "asked for what is missing" in sentence
    assert "21 November 2026" in sentence


# --- withdraw --------------------------------------------------------------------------------------------------------


def test_withdraw_is_possible_from_every_open_state_and_from_no_closed_one():
    sources = {source for source, act, _target in transitions_of(Application) if act == "withdraw"}
    assert sources == {str(state) for state in OPEN}
    assert not sources & {str(state) for state in CLOSED}


def test_withdraw_keeps_the_reason_and_tells_the_screeners_of_a_sent_one():
    reader = screener()
    row = application("withdrawn")
    assert row.withdrawal_reason == "We merge with a sister company."
    assert Notice.objects.filter(user=reader, template="applications/withdrawn").exists()
    with pytest.raises(Conflict):
        services.withdraw_application(
            application_id=row.pk, actor=agencies.signatory(row.agency), reason="Again."
        )


def test_withdraw_is_for_the_signatory():
    row = application()
    with pytest.raises(NotPermitted):
        services.withdraw_application(
            application_id=row.pk, actor=agencies.colleague(row.agency, "manager"), reason="We merge."
        )
