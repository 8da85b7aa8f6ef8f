"""Disputes of entries: who does what in which state, what is told to whom, what is published (R88)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from certification.agencies.models import Agency
from certification.corrections import selectors, services
from certification.corrections.models import Dispute
from certification.corrections.states import DisputeState
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.events import events_of
from iris.core.models import EventPayload
from iris.notify.models import Notice
from tests.conftest import NOON
from tests.factories import accounts, agencies, corrections
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db
ACTS = {
    "look_at": lambda row, who: services.look_at_dispute(dispute_id=row.pk, actor=who),
    "correct": lambda row, who: services.correct_dispute(dispute_id=row.pk, actor=who, answer="Corrected."),
    "keep": lambda row, who: services.keep_dispute(dispute_id=row.pk, actor=who, answer="It is right."),
    "withdraw": lambda row, who: services.withdraw_dispute(dispute_id=row.pk, actor=who),
    "show": lambda row, who: services.show_reply(dispute_id=row.pk, actor=who, shown=False),
}
SCHEME = ("manager", "screener")
ALLOWED = {
    *(("received", "look_at", role) for role in SCHEME),
    *(("looked_at", act, role) for act in ("correct", "keep") for role in SCHEME),
    *((state, "withdraw", "sender") for state in ("received", "looked_at")),
    *((state, "show", role) for state in DisputeState.values for role in SCHEME),
}


def test_every_state_act_and_role(agency: Agency) -> None:
    sender = accounts.person("employer", "sourcing_manager")
    other = accounts.person("employer", "sourcing_manager")
    signatory = agencies.signatory(agency)
    people = {
        "manager": lambda row: accounts.person("scheme", "scheme_manager"),
        "screener": lambda row: corrections.answering(),
        "decider": lambda row: accounts.person("scheme", "decider"),
        "sender": lambda row: sender,
        "another employer": lambda row: other,
        "the agency": lambda row: signatory,
    }

    def make(state: str) -> Dispute:
        if state != "withdrawn":
            return corrections.dispute(state, agency=agency, sender=sender)
        row = corrections.dispute(agency=agency, sender=sender)
        return services.withdraw_dispute(dispute_id=row.pk, actor=sender)

    # A dispute of the same words that is still open would be the same one: close each before the next is made.
    order = ("corrected", "kept", "withdrawn", "received")
    count, wrong = wrong_rows(make, order, ACTS, people, ALLOWED)
    assert (count, wrong) == (4 * 5 * 6, [])
    count, wrong = wrong_rows(make, ("looked_at",), ACTS, people, ALLOWED)
    assert (count, wrong) == (5 * 6, [])


@pytest.mark.parametrize(
    ("state", "leads_to"),
    [
        ("received", {"withdrawn"}),  # looked_at needs somebody who looks: a constraint refuses the bare move
        ("looked_at", {"withdrawn"}),
        ("corrected", set()),
        ("kept", set()),
        ("withdrawn", set()),
    ],
)
def test_plain_sql_moves_no_further(state: str, leads_to: set[str], agency: Agency) -> None:
    row = corrections.dispute(state, agency=agency)
    assert moves_let_through(row, DisputeState.values) <= leads_to - {"withdrawn"}


def test_what_was_sent_and_answered_is_never_rewritten(agency: Agency) -> None:
    kept = corrections.dispute("kept", agency=agency)
    for column, value in (("wrong", "Other words"), ("answer", "Other reasons"), ("sender_email", "x@y.org")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as sql:
            sql.execute(
                f"UPDATE certification_corrections_dispute SET {column} = %s WHERE id = %s",
                [value, kept.pk],
            )


def test_it_is_answered_within_fourteen_days_and_late_after(agency: Agency) -> None:
    row = corrections.dispute(agency=agency)
    assert (row.received_on, row.due_on) == (date(2026, 11, 21), date(2026, 12, 5))
    with clocks.freeze(datetime(2026, 12, 5, 23, 59, tzinfo=UTC)):
        assert not row.late
    with clocks.freeze(datetime(2026, 12, 6, tzinfo=UTC)):
        assert row.late


def test_the_scheme_is_told_without_a_word_of_who_sent_it(agency: Agency) -> None:
    manager = accounts.person("scheme", "scheme_manager")
    given = corrections.entry(name="Sita Canary", email="canary@example.org")
    row = services.dispute_publicly(agency_id=agency.pk, entry=given)
    told = Notice.objects.get(user=manager, template="corrections/dispute_received")
    assert row.reference in told.subject
    everything = f"{told.subject}{told.body}{told.context}"
    everything += "".join(f"{one.data}" for one in events_of(row))
    everything += "".join(f"{one.actor_label}{one.reason}" for one in EventPayload.objects.all())
    assert "canary" not in everything.lower()
    assert [todo.url for todo in selectors.todos_for(manager)] == [f"/disputes/{row.pk}/"]


def test_a_sender_without_an_account_hears_by_mail_and_nothing_they_typed_is_in_it(agency: Agency) -> None:
    given = corrections.entry(name="Buy pills", wrong="Visit evil.example", email="sita@example.org")
    row = services.dispute_publicly(agency_id=agency.pk, entry=given)
    outbox.run_all()
    [first] = [one for one in mail.outbox if one.to == ["sita@example.org"]]
    assert row.reference in first.subject
    assert f"/register/dispute/{row.code}/" in first.body
    assert "evil" not in first.body
    assert "pills" not in first.body
    person = corrections.answering()
    services.look_at_dispute(dispute_id=row.pk, actor=person)
    services.keep_dispute(dispute_id=row.pk, actor=person, answer="The licence ended on 3 May.")
    outbox.run_all()
    assert len([one for one in mail.outbox if one.to == ["sita@example.org"]]) == 2


def test_a_sender_with_an_account_reads_the_answer_in_the_inbox(agency: Agency) -> None:
    sender = accounts.person("employer", "sourcing_manager")
    row = corrections.dispute("corrected", agency=agency, sender=sender)
    assert [one.template for one in Notice.objects.filter(user=sender).order_by("created_at")] == [
        "corrections/dispute_taken",
        "corrections/dispute_answered",
    ]
    assert (row.answer, row.closed_at) == ("It is corrected.", NOON)


def test_an_answer_needs_reasons(agency: Agency) -> None:
    row = corrections.dispute("looked_at", agency=agency)
    with pytest.raises(ReasonRequired):
        services.keep_dispute(dispute_id=row.pk, actor=corrections.answering(), answer="  ")


def test_only_the_agencys_own_dispute_is_public_and_only_since_when(agency: Agency) -> None:
    corrections.dispute(agency=agency)
    assert selectors.public_dispute(agency) is None
    speaker = agencies.signatory(agency)
    given = corrections.entry(wrong="Canary words.", reply="Our licence is in force.")
    row = services.dispute_as(agency_id=agency.pk, entry=given, actor=speaker)
    found = selectors.public_dispute(agency)
    assert found is not None
    assert (found.since, found.reply) == (date(2026, 11, 21), "")
    services.show_reply(dispute_id=row.pk, actor=corrections.answering(), shown=True)
    shown = selectors.public_dispute(agency)
    assert shown is not None
    assert shown.reply == "Our licence is in force."
    assert selectors.public_dispute(agency, date(2026, 11, 20)) is None
    services.withdraw_dispute(dispute_id=row.pk, actor=speaker)
    assert selectors.public_dispute(agency) is None


def test_a_reply_is_shown_only_while_the_dispute_is_open(agency: Agency) -> None:
    speaker, person = agencies.signatory(agency), corrections.answering()
    plain = services.dispute_as(agency_id=agency.pk, entry=corrections.entry(), actor=speaker)
    with pytest.raises(TransitionRefused):
        services.show_reply(dispute_id=plain.pk, actor=person, shown=True)
    with pytest.raises(NotPermitted):
        services.show_reply(dispute_id=plain.pk, actor=speaker, shown=True)
    given = corrections.entry(wrong="More.", reply="Ours.")
    row = services.dispute_as(agency_id=agency.pk, entry=given, actor=speaker)
    services.withdraw_dispute(dispute_id=row.pk, actor=speaker)
    with pytest.raises(TransitionRefused):
        services.show_reply(dispute_id=row.pk, actor=person, shown=True)


def test_who_speaks_for_the_agency(agency: Agency) -> None:
    contributor = agencies.colleague(agency, "contributor")
    with pytest.raises(NotPermitted):
        services.dispute_as(agency_id=agency.pk, entry=corrections.entry(), actor=contributor)
    other = accounts.person("employer", "sourcing_manager")
    with pytest.raises(BadInput) as refused:
        services.dispute_as(agency_id=agency.pk, entry=corrections.entry(reply="Hear us."), actor=other)
    assert list(refused.value.fields) == ["reply"]


def test_an_agency_that_is_not_on_the_register_has_no_entry() -> None:
    with pytest.raises(Agency.DoesNotExist):
        services.dispute_publicly(agency_id=agencies.agency().pk, entry=corrections.entry())


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("about", {"about": "everything"}),
        ("wrong", {"wrong": "  "}),
        ("wrong", {"wrong": "x" * 4001}),
        ("email", {"email": "not an address"}),
        ("certificate_number", {"certificate_number": "ORIS-C-9999-9999"}),
    ],
)
def test_what_cannot_be_used_says_so(field: str, given: dict[str, str], agency: Agency) -> None:
    with pytest.raises(BadInput) as refused:
        services.dispute_publicly(agency_id=agency.pk, entry=corrections.entry(**given))
    assert list(refused.value.fields) == [field]


def test_a_flood_of_one_address_of_one_mailbox_and_of_one_agency(agency: Agency, settings: Any) -> None:
    for n in range(3):
        services.dispute_publicly(
            agency_id=agency.pk, entry=corrections.entry(wrong=f"{n}"), address="192.0.2.7"
        )
    with pytest.raises(Conflict) as refused:
        services.dispute_publicly(agency_id=agency.pk, entry=corrections.entry(), address="192.0.2.7")
    assert refused.value.code == "too_many_disputes"
    for n in range(3):
        given = corrections.entry(wrong=f"mail {n}", email="Victim@example.org")
        services.dispute_publicly(agency_id=agency.pk, entry=given, address=f"192.0.2.{n}")
    with pytest.raises(Conflict):
        services.dispute_publicly(agency_id=agency.pk, entry=corrections.entry(email="victim@example.org"))
    for n in range(14):
        services.dispute_publicly(agency_id=agency.pk, entry=corrections.entry(wrong=f"more {n}"))
    with pytest.raises(Conflict):
        services.dispute_publicly(agency_id=agency.pk, entry=corrections.entry())
    # The agency itself is not kept out by it.
    services.dispute_as(agency_id=agency.pk, entry=corrections.entry(), actor=agencies.signatory(agency))


def test_the_same_dispute_twice_is_one_and_the_sixth_is_refused(agency: Agency) -> None:
    sender = accounts.person("employer", "sourcing_manager")
    first = corrections.dispute(agency=agency, sender=sender)
    assert corrections.dispute(agency=agency, sender=sender).pk == first.pk
    for n in range(4):
        services.dispute_as(agency_id=agency.pk, entry=corrections.entry(wrong=f"{n}"), actor=sender)
    with pytest.raises(Conflict):
        services.dispute_as(agency_id=agency.pk, entry=corrections.entry(wrong="sixth"), actor=sender)


def test_who_sent_it_is_forgotten_half_a_year_after_the_answer(agency: Agency) -> None:
    given = corrections.entry(name="Sita", email="sita@example.org")
    row = services.dispute_publicly(agency_id=agency.pk, entry=given)
    services.withdraw_by_code(code=row.code)
    with clocks.freeze(NOON + timedelta(days=180)):
        assert services.forget_contacts() == 0
    with clocks.freeze(NOON + timedelta(days=180, seconds=1)):
        assert services.forget_contacts() == 1
        assert services.forget_contacts() == 0
    row = Dispute.objects.get(pk=row.pk)
    assert (row.sender_name, row.sender_email, row.wrong) == ("", "", "The licence was renewed.")


def test_who_reads_which(agency: Agency) -> None:
    speaker, buyer = agencies.signatory(agency), accounts.person("employer", "sourcing_manager")
    public = corrections.dispute(agency=agency)
    mine = corrections.dispute(agency=agency, sender=buyer)
    own = services.dispute_as(agency_id=agency.pk, entry=corrections.entry(), actor=speaker)

    def read(user: Any) -> set[Any]:
        return {row.pk for row in selectors.disputes_visible_to(user)}

    colleague = accounts.person("employer", "sourcing_viewer", organisation=buyer.organisation)
    assert read(accounts.person("scheme", "decider")) == {public.pk, mine.pk, own.pk}
    assert (read(buyer), read(colleague), read(speaker)) == ({mine.pk}, {mine.pk}, {own.pk})
    assert read(accounts.person("employer", "sourcing_manager")) == set()
    assert read(accounts.person("audit_firm", "firm_manager")) == set()
