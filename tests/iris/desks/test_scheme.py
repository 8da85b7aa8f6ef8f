"""The scheme's desk: arithmetic by hand, signals that must and must not appear, who may look."""

from datetime import date, timedelta

import pytest
from django.test import Client

from certification.agencies.models import Agency
from certification.assessments import services
from certification.assessments.services import AnswerEntry
from certification.certificates.models import Certificate
from iris.core import clocks, outbox
from iris.core.health import sweeps_health
from iris.core.models import OutboxRow, SweepRun
from iris.desks import rules, selectors
from iris.desks.selectors.signals import AuditorCount, outlying_auditors, same_documents, same_words
from tests.factories import accounts, agencies, applications, assessments, audits, certificates

# Poisson by hand: P(X <= 1 | 3) = e^-3 (1 + 3) = 0.19915; P(X <= 0 | 3.5) = e^-3.5 = 0.03020.


def test_at_most_agrees_with_hand_worked_poisson() -> None:
    assert rules.at_most(1, 3.0) == pytest.approx(0.19915, abs=1e-5)
    assert rules.at_most(0, 3.5) == pytest.approx(0.03020, abs=1e-5)


@pytest.mark.parametrize(
    ("count", "expected", "word"),
    [
        (0, 3.5, "fewer"),
        (1, 3.0, ""),
        (0, 2.9, ""),
        (9, 3.0, "more"),
        (3, 3.0, ""),
        (0, 0.0, ""),
        (4, 0.0, ""),
    ],
)
def test_outlier_needs_a_chance_below_five_percent(count: int, expected: float, word: str) -> None:
    # P(X = 0 | 2.9) = 0.055 is not below 5 %; P(X >= 9 | 3) = 0.0038 is.
    assert rules.outlier(count, expected, 5) == word


def test_days_on_site_counts_working_days_for_each_person() -> None:
    # Thursday 19 November to Tuesday 24 November 2026: Thu, Fri, Mon, Tue.
    assert rules.days_on_site(date(2026, 11, 19), date(2026, 11, 24), 2) == 8
    assert rules.days_on_site(date(2026, 11, 21), date(2026, 11, 22), 3) == 0


def test_too_short_is_below_the_share_not_at_it() -> None:
    assert not rules.too_short(4, 5.0, 80)
    assert rules.too_short(3, 5.0, 80)


def test_outlying_auditors_waits_for_enough_audits() -> None:
    few = AuditorCount("A. Few", 2, 0, 9.0)
    far = AuditorCount("B. Far", 3, 0, 9.0)
    assert [one.title for one in outlying_auditors([few, far])] == ["B. Far finds far less than others"]


@pytest.mark.django_db
def test_same_document_at_two_agencies_is_a_signal_and_at_one_is_not() -> None:
    one, other = agencies.agency(), agencies.agency()
    _shows(one, "The very same words.")
    _shows(one, "The very same words.")
    assert same_documents() == []
    _shows(other, "The very same words.")
    (signal,) = same_documents()
    assert {place.label for place in signal.places} == {one.legal_name, other.legal_name}


def _shows(agency: Agency, text: str) -> None:
    services.add_evidence(
        agency_id=agency.pk,
        actor=agencies.signatory(agency),
        upload=assessments.a_file(text=text),
        title="Policy",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("shared", "titles"), [(2, []), (3, ["3 answers word for word the same"])])
def test_equal_long_comments_of_two_agencies_are_a_signal_from_three_up(
    shared: int, titles: list[str]
) -> None:
    words = [
        f"Our manager looks at every payment of every worker before departure, number {n}." for n in range(3)
    ]
    _declared(agencies.agency(), words)
    _declared(agencies.agency(), [*words[:shared], "Too short to compare."])
    assert [one.title for one in same_words()] == titles


def _declared(agency: Agency, words: list[str]) -> None:
    """A declared self-assessment with comments under its first answers."""
    draft = assessments.complete_assessment(agency)
    answers = list(draft.answers_in_order().prefetch_related("evidence")[: len(words)])
    entries = [
        AnswerEntry(
            indicator_id=answer.indicator_id,
            version=answer.version,
            value=answer.value,
            maturity=answer.maturity,
            comment=text,
            evidence_ids=frozenset(one.pk for one in answer.evidence.all()),
        )
        for answer, text in zip(answers, words, strict=True)
    ]
    actor = agencies.signatory(agency)
    assert services.save_answers(assessment_id=draft.pk, actor=actor, entries=entries).complete
    services.freeze_assessment(draft.pk, actor, assessments.declaration(agency))


@pytest.mark.django_db
def test_overdue_names_a_review_whose_clock_ran_out_and_not_one_in_time() -> None:
    case = applications.application("in_review")
    assert selectors.overdue() == []
    with clocks.freeze(clocks.now() + timedelta(days=15)):
        (row,) = selectors.overdue()
    assert case.number in row.what
    assert row.due == case.review_due


@pytest.mark.django_db
def test_pipeline_counts_cases_and_days_in_their_state() -> None:
    applications.application("in_review")
    with clocks.freeze(clocks.now() + timedelta(days=4)):
        applications.application("in_review")
    with clocks.freeze(clocks.now() + timedelta(days=10)):
        step = next(one for one in selectors.pipeline() if one.state == "in_review")
    assert (step.count, step.median_days) == (2, 8)


@pytest.mark.django_db
def test_expiring_holds_certificates_in_their_last_days() -> None:
    made = certificates.certificate()
    assert list(selectors.expiring()) == []
    last = Certificate.objects.get(pk=made.pk).expires_on
    at = clocks.now().replace(year=last.year, month=last.month, day=last.day)
    with clocks.freeze(at - timedelta(days=180)):
        assert [row.pk for row in selectors.expiring()] == [made.pk]
    with clocks.freeze(at - timedelta(days=181)):
        assert list(selectors.expiring()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("scheme_manager", 200), ("screener", 200), ("decider", 404)])
def test_desk_is_for_managers_and_screeners(client: Client, role: str, status: int) -> None:
    certificates.certificate()
    client.force_login(accounts.person("scheme", role))
    page = client.get("/scheme/")
    assert page.status_code == status
    assert "UNDEFINED" not in page.content.decode()


@pytest.mark.django_db
def test_sweep_keeps_how_it_went_and_says_when_it_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def work() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise ValueError("the table is away")

    monkeypatch.setitem(outbox.sweeps, "tests.sweep", (work, 60.0))
    assert _word("tests.sweep") == "new"
    outbox.run_sweep("tests.sweep")
    assert _word("tests.sweep") == "well"
    with clocks.freeze(clocks.now() + timedelta(seconds=240)):
        assert _word("tests.sweep") == "well"
    with clocks.freeze(clocks.now() + timedelta(seconds=241)):
        assert _word("tests.sweep") == "late"
    with pytest.raises(ValueError, match="away"):
        outbox.run_sweep("tests.sweep")
    assert _word("tests.sweep") == "failing"
    assert SweepRun.objects.get(name="tests.sweep").error == "ValueError: the table is away"
    outbox.run_sweep("tests.sweep")
    assert _word("tests.sweep") == "well"


def _word(name: str) -> str:
    return next(one.word for one in sweeps_health() if one.name == name)


@pytest.mark.django_db
def test_given_up_job_can_be_tried_again_by_a_manager_only(client: Client) -> None:
    row = OutboxRow.objects.create(job="tests.gone", status="failed", attempts=8, last_error="KeyError: x")
    client.force_login(accounts.person("scheme", "screener"))
    assert client.post(f"/scheme/work/{row.pk}/retry/").status_code == 404
    client.force_login(accounts.person("scheme", "scheme_manager"))
    assert "KeyError" in client.get("/scheme/work/").content.decode()
    client.post(f"/scheme/work/{row.pk}/retry/")
    again = OutboxRow.objects.get(pk=row.pk)
    assert (again.status, again.attempts) == ("waiting", 0)


@pytest.mark.django_db
def test_desk_names_a_late_finding_a_short_audit_and_compares_firms(client: Client) -> None:
    reported = audits.reported_audit()
    late = audits.finding("issued")
    client.force_login(accounts.person("scheme", "scheme_manager"))
    with clocks.freeze(clocks.now() + timedelta(days=30)):
        text = client.get("/scheme/").content.decode()
    assert late.audit.number in text
    assert f"Audit {reported.number} was short" in text
    assert reported.firm.organisation.name in text
    assert "UNDEFINED" not in text


@pytest.mark.django_db
def test_overdue_names_a_proposal_a_surveillance_audit_and_an_appeal_past_their_days() -> None:
    made = certificates.certificate()
    assert selectors.overdue() == []
    certificates.proposed(made, "suspend")
    with clocks.freeze(clocks.now() + timedelta(days=15)):
        assert [row.agency for row in selectors.overdue()] == [made.legal_name]
    with clocks.freeze(clocks.now() + timedelta(days=367)):
        assert "Surveillance audit" in [row.what for row in selectors.overdue()]
