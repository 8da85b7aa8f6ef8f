"""From a recommendation to a decision, and what a grant makes at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from certification.applications.models import Application
from certification.certificates import selectors, services
from certification.certificates.models import Certificate
from certification.certificates.services import ConditionDraft
from certification.decisions import services as decisions
from certification.decisions.models import Decision
from iris.core import clocks, events
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.core.models import OutboxRow
from tests.factories import accounts, agencies
from tests.factories import applications as bids
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def _decide(application: Application, outcome: str = "grant", **more: object) -> Decision:
    words = {"actor": factory.decider(), "reasons": factory.REASONS, **more}
    return services.decide_application(application_id=application.pk, outcome=outcome, **words)  # type: ignore[arg-type]


def test_grant_issues_a_certificate_with_everything_it_names(world: object) -> None:
    agency = agencies.agency("Kalimaru Overseas Services Pvt. Ltd.", corridors=[("NP", "QA"), ("NP", "MY")])
    application = factory.recommended(agency)
    decision = _decide(application)
    row = Certificate.objects.get(application=application)
    assert row.number == "ORIS-C-0003-2611"
    assert (row.revision, row.state, row.legal_name) == (1, "active", "Kalimaru Overseas Services Pvt. Ltd.")
    assert [one.text for one in row.corridors.all()] == ["Nepal to Malaysia", "Nepal to Qatar"]
    assert row.sectors == ["manufacturing"]
    assert (row.effective_on, row.expires_on) == (date(2026, 11, 21), date(2029, 11, 20))
    assert (row.decision, row.decided_on, row.edition.number) == (decision, date(2026, 11, 21), 1)
    assert application.firm is not None
    assert row.firm_name == application.firm.name
    assert Application.objects.get(pk=application.pk).state == "granted"
    jobs = OutboxRow.objects.filter(job="certificates.render_pdf", kwargs={"certificate_id": str(row.pk)})
    assert [job.queue for job in jobs] == ["pdf"]
    assert [one.what for one in row.changes.all()] == ["Certificate issued"]


def test_grant_with_conditions_keeps_them_dated(waiting: Application) -> None:
    _decide(
        waiting,
        "grant_with_conditions",
        conditions=[factory.condition("Write contracts."), factory.condition("Train.")],
    )
    row = Certificate.objects.get(application=waiting)
    assert row.state == "conditional"
    assert [(one.position, one.text) for one in row.conditions.all()] == [
        (1, "Write contracts."),
        (2, "Train."),
    ]
    assert Application.objects.get(pk=waiting.pk).state == "granted_with_conditions"


def test_refuse_makes_no_certificate() -> None:
    application = factory.recommended(critical=1)
    decision = _decide(application, "refuse")
    assert decision.outcome == "refuse"
    assert not Certificate.objects.filter(application=application).exists()
    assert Application.objects.get(pk=application.pk).state == "refused"


@pytest.mark.parametrize(("critical", "major"), [(1, 0), (0, 2)])
@pytest.mark.parametrize("outcome", ["grant", "grant_with_conditions"])
def test_no_grant_while_a_critical_or_major_is_open(critical: int, major: int, outcome: str) -> None:
    application = factory.recommended(critical=critical, major=major)
    conditions = [factory.condition()] if outcome == "grant_with_conditions" else []
    with pytest.raises(TransitionRefused) as refused:
        _decide(application, outcome, conditions=conditions)
    assert refused.value.code == "open_findings"
    assert [str(line) for line in refused.value.missing] == [
        f"Critical findings still open: {critical}." if critical else f"Major findings still open: {major}."
    ]
    assert not Certificate.objects.filter(application=application).exists()
    assert Application.objects.get(pk=application.pk).state == "recommended"


def test_decide_refuses_someone_barred_in_words(waiting: Application) -> None:
    decider = factory.decider()
    decisions.bar(
        agency=waiting.agency,
        person=decider,
        kind="trained",
        since=clocks.today(),
        source="Course L2",
        actor=events.SYSTEM,
    )
    with pytest.raises(NotPermitted, match="you trained it"):
        _decide(waiting, actor=decider)
    _decide(waiting, actor=accounts.person("scheme", "decider"))


def test_decide_is_not_for_a_scheme_manager(waiting: Application) -> None:
    with pytest.raises(NotPermitted):
        _decide(waiting, actor=factory.manager())


def test_decide_twice_names_the_first_and_issues_once(waiting: Application) -> None:
    _decide(waiting)
    with pytest.raises(Conflict, match=f"{factory.decider().label} decided this on 21 November 2026: Grant"):
        _decide(waiting, "refuse", actor=accounts.person("scheme", "decider"))
    assert Certificate.objects.filter(application=waiting).count() == 1


def test_decide_before_the_recommendation_is_in() -> None:
    with pytest.raises(Conflict, match="not in yet"):
        _decide(bids.application("under_audit"))


def test_decide_needs_reasons_and_not_too_many(waiting: Application) -> None:
    with pytest.raises(ReasonRequired):
        _decide(waiting, reasons=" ")
    with pytest.raises(BadInput, match="at most 8000"):
        _decide(waiting, reasons="x" * 8001)


@pytest.mark.parametrize(
    ("outcome", "conditions", "sentence"),
    [
        ("grant_with_conditions", [], "at least one condition"),
        ("grant", [ConditionDraft("Do it.", date(2027, 1, 1))], "Conditions go with"),
        ("grant_with_conditions", [ConditionDraft("Do it.", date(2026, 11, 21))], "lies ahead"),
        ("grant_with_conditions", [ConditionDraft("  ", date(2027, 1, 1))], "Say what has to be done"),
        ("grant_with_conditions", [ConditionDraft("x" * 1001, date(2027, 1, 1))], "at most 1000"),
    ],
)
def test_conditions_that_do_not_fit(
    waiting: Application, outcome: str, conditions: list[ConditionDraft], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        _decide(waiting, outcome, conditions=conditions)


@pytest.mark.parametrize(("days", "sentence"), [(-1, "before it is decided"), (91, "too far ahead")])
def test_effective_day_that_does_not_fit(waiting: Application, days: int, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        _decide(waiting, effective_on=clocks.today() + timedelta(days=days))


def test_effective_day_ahead_makes_a_certificate_that_is_not_valid_yet(waiting: Application) -> None:
    _decide(waiting, effective_on=date(2026, 12, 1))
    row = Certificate.objects.get(application=waiting)
    assert (row.standing.value, row.in_force) == ("not_yet_valid", False)
    assert row.expires_on == date(2029, 11, 30)


def test_serials_have_no_gaps_and_the_pattern_is_configuration(
    base: Certificate, waiting: Application, settings: object
) -> None:
    settings.IRIS_CERTIFICATE_NUMBER = "LRN{serial:04d}{yy}{mm}"  # type: ignore[attr-defined]
    with pytest.raises(BadInput):
        _decide(waiting, "grant_with_conditions")
    _decide(waiting)
    assert base.number == "ORIS-C-0001-2611"
    assert Certificate.objects.get(application=waiting).number == "LRN00032611", (
        "0002 is the world's other one"
    )


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2029, 5, 20), date(2032, 11, 20)),  # the first day of the window: from the old last day
        (date(2029, 11, 20), date(2032, 11, 20)),  # the last day of the certificate
    ],
)
def test_renewal_is_the_next_revision_and_counts_from_the_old_last_day(
    base: Certificate, day: date, last: date
) -> None:
    with clocks.freeze(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        agencies.licence(base.agency)
        application = factory.recommended(base.agency)
        _decide(application)
        renewed = selectors.certificate_by_number(base.number)
    assert renewed is not None
    assert (renewed.number, renewed.revision, renewed.replaces, renewed.application) == (
        base.number,
        2,
        base,
        application,
    )
    assert (renewed.scope_change, renewed.effective_on, renewed.expires_on) == ("renewed", day, last)
    assert factory.latest(base).state == "superseded"


def test_after_the_last_day_nothing_is_extended(base: Certificate) -> None:
    """No sweep has run: the row still says active, but its day is over, so the next certificate is a new one."""
    with clocks.freeze(datetime(2029, 11, 21, 9, tzinfo=UTC)):
        agencies.licence(base.agency)
        _decide(factory.recommended(base.agency))
        made = Certificate.objects.get(agency=base.agency, state="active")
    assert (made.number, made.revision, made.expires_on) == ("ORIS-C-0003-2911", 1, date(2032, 11, 20))
    assert factory.latest(base).state == "expired"


def test_scope_is_what_was_applied_for_not_what_was_added_since() -> None:
    agency = agencies.agency(corridors=[("NP", "QA")])
    application = factory.recommended(agency)
    from certification.agencies.services import set_corridors

    set_corridors(
        agency_id=agency.pk, actor=agencies.signatory(agency), corridors=[("NP", "QA"), ("NP", "JP")]
    )
    _decide(application)
    assert [one.text for one in Certificate.objects.get(application=application).corridors.all()] == [
        "Nepal to Qatar"
    ]


# -- the database ---------------------------------------------------------------------------------------


def _sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _copy_with(row: Certificate, **changed: object) -> None:
    """Insert a copy of a certificate with some columns changed, past every service."""
    columns = [str(field.column) for field in Certificate._meta.local_fields]
    fresh = {
        "id": "gen_random_uuid()",
        "number": "'COPY-1'",
        "revision": "1",
        "replaces_id": "NULL",
        "state": "'active'",
    }
    values = {**fresh, **changed}
    chosen = ", ".join(str(values.get(column, f'"{column}"')) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    _sql(
        f"INSERT INTO certification_certificates_certificate ({names}) SELECT {chosen} "
        "FROM certification_certificates_certificate WHERE id=%s",
        row.pk,
    )


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"effective_on": "decided_on - 1"}, "certificate_effective_not_before_decision"),
        ({"decided_on": "decided_on - 9", "effective_on": "decided_on - 9"}, "rests on a decision"),
        ({"expires_on": "effective_on"}, "certificate_expires_after_effective"),
        ({"decided_by_name": "''"}, "certificate_is_signed"),
        ({"issued_by_name": "''"}, "certificate_is_signed"),
        ({"revision": "2"}, "certificate_revision_replaces_one"),
        ({"replaces_id": "id"}, "certificate_revision_replaces_one|counts one further"),
        ({"state": "'conditional'"}, "begins active|begin as"),
        ({"suspended_on": "decided_on"}, "certificate_suspended_is_dated"),
        ({"ended_on": "decided_on"}, "certificate_ended_is_dated"),
        ({}, "certificate_one_running_per_agency"),
        ({"number": "number"}, "certificate_numbered_once|certificate_one_running"),
    ],
)
def test_database_refuses_a_certificate_that_does_not_add_up(
    base: Certificate, changed: dict[str, str], refused: str
) -> None:
    row = base
    with pytest.raises(IntegrityError, match=refused):
        _copy_with(row, **changed)


def _withdrawn(row: Certificate) -> Certificate:
    return factory.withdraw(row)


def test_database_takes_a_copy_that_adds_up(base: Certificate) -> None:
    """The oracle of the test above: the copy itself is sound, so each refusal is about what was changed."""
    row = _withdrawn(base)
    _copy_with(row, ended_on="NULL", number="'COPY-1'")
    assert Certificate.objects.filter(number="COPY-1").count() == 1


def test_database_refuses_a_certificate_on_a_refusal(base: Certificate) -> None:
    row = _withdrawn(base)
    refusal = _decide(factory.recommended(base.agency, major=1), "refuse")
    with pytest.raises(IntegrityError, match="rests on a decision"):
        _copy_with(row, ended_on="NULL", decision_id=f"'{refusal.pk}'", agency_id=f"'{refusal.agency_id}'")


@pytest.mark.parametrize(
    "change", ["number='X'", "legal_name='Y'", "expires_on=expires_on + 365", "decided_by_name='Z'"]
)
def test_database_keeps_what_a_certificate_names(base: Certificate, change: str) -> None:
    row = base
    with pytest.raises(IntegrityError, match="issue a revision"):
        _sql(f"UPDATE certification_certificates_certificate SET {change} WHERE id=%s", row.pk)
    with pytest.raises(IntegrityError, match="do not change"):
        _sql("DELETE FROM certification_certificates_certificatecorridor WHERE certificate_id=%s", row.pk)


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("active", "state='suspended', suspended_on=current_date"),
        ("active", "state='expired'"),
        ("suspended", "public_note=''"),
        ("suspended", "suspended_on=NULL"),
        ("withdrawn", "state_reason=''"),
        ("withdrawn", "state='active', ended_on=NULL"),
        ("expired", "state='active', ended_on=NULL"),
    ],
)
def test_database_ties_state_dates_and_reasons(base: Certificate, state: str, change: str) -> None:
    row = base
    if state == "suspended":
        factory.suspend(row)
    elif state == "withdrawn":
        _withdrawn(row)
    elif state == "expired":
        with clocks.freeze(datetime(2030, 1, 1, tzinfo=UTC)):
            services.expire_due()
    with pytest.raises(IntegrityError):
        _sql(f"UPDATE certification_certificates_certificate SET {change} WHERE id=%s", row.pk)


def test_database_keeps_conditions_and_says_how_one_was_met(base_conditional: Certificate) -> None:
    row = base_conditional
    for change in ("text='less'", "due_on=due_on + 1", "met_on=current_date", "met_note='seen'"):
        with pytest.raises(IntegrityError):
            _sql(
                f"UPDATE certification_certificates_certificatecondition SET {change} WHERE certificate_id=%s",
                row.pk,
            )
