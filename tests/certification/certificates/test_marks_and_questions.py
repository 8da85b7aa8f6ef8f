"""The mark, its misuse, the questions a decider asks first, votes of several, the pattern of numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.certificates import selectors, services
from certification.certificates.checks import number_pattern
from certification.certificates.models import Certificate, MisuseCase
from certification.decisions.models import Decision
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from tests.factories import accounts, agencies
from tests.factories import applications as bids
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _accept(row: Certificate, version: int = 1) -> Any:
    return services.accept_mark_terms(
        certificate_id=row.pk, actor=agencies.signatory(row.agency), version=version
    )


def test_the_mark_is_given_after_its_terms_and_only_while_in_force(base: Certificate) -> None:
    client = _as(agencies.signatory(base.agency))
    page, file = (reverse(f"certificates:{name}", args=[base.pk]) for name in ("mark", "mark_file"))
    assert client.get(file).status_code == 409
    assert "Accept the terms" in client.get(page).content.decode()
    with pytest.raises(Conflict, match="changed"):
        _accept(base, version=7)
    assert client.post(page, {"version": "1"}).status_code == 302
    got = client.get(file)
    assert got.headers["Content-Type"] == "image/svg+xml"
    assert base.number in got.content.decode()
    made = factory.revise(base)
    assert selectors.mark_accepted(made) is not None, "a correction keeps the licence"
    factory.suspend(made)
    assert client.get(reverse("certificates:mark_file", args=[made.pk])).status_code == 409
    with pytest.raises(TransitionRefused):
        _accept(made)


def _report(row: Certificate, **more: Any) -> MisuseCase:
    words = {"what": "A flyer calls the job certified.", "where": "Job fair, hall 3", **more}
    return services.report_misuse(
        agency_id=row.agency_id, actor=accounts.person("employer", "sourcing_manager"), **words
    )


def test_a_misuse_goes_from_report_to_a_proposal(base: Certificate) -> None:
    case = _report(base)
    manager = factory.manager()
    assert (case.reference, case.state, case.due_on) == ("M-2026-0001", "reported", date(2026, 11, 28))
    signatory = agencies.signatory(base.agency)
    assert case not in selectors.misuses_visible_to(signatory), (
        "the agency is told when something is asked of it"
    )
    services.check_misuse(case_id=case.pk, actor=accounts.person("scheme", "screener"))
    with pytest.raises(ReasonRequired):
        services.ask_takedown(case_id=case.pk, actor=manager, note=" ")
    asked = services.ask_takedown(case_id=case.pk, actor=manager, note="Take the flyer back.")
    assert asked.due_on == date(2026, 12, 5)
    assert case in selectors.misuses_visible_to(signatory)
    with clocks.freeze(datetime(2026, 12, 6, 12, tzinfo=UTC)):
        assert selectors.misuses_open()[0].late
        done = services.escalate_misuse(case_id=case.pk, actor=manager, note="It is still there.")
    assert done.state == "escalated"
    assert done.decision_id is not None
    asked_for = Decision.objects.get(pk=done.decision_id)
    assert (asked_for.subject_label, asked_for.opened_by) == ("certificate.suspend", manager)
    assert asked_for.proposal is not None
    assert asked_for.proposal["code_id"] == "misleading_use"


@pytest.mark.parametrize("missing", ["what", "where"])
def test_a_report_says_what_and_where(base: Certificate, missing: str) -> None:
    with pytest.raises(BadInput) as refused:
        _report(base, **{missing: " "})
    assert list(refused.value.fields) == [missing]


def test_a_report_is_made_on_a_page_with_a_picture_and_read_by_its_maker(base: Certificate) -> None:
    reporter = accounts.person("employer", "sourcing_manager")
    url = reverse("certificates:report_misuse", args=[base.agency_id])
    wrong = _as(reporter).post(url, {"what": "x", "where": "y", "evidence": _file(b"MZ no picture", "a.exe")})
    assert wrong.status_code == 422
    sent = _as(reporter).post(url, {"what": "A flyer.", "where": "A fair", "evidence": _file(PNG, "a.png")})
    assert sent.status_code == 302
    assert "A flyer." in _as(reporter).get(sent.headers["Location"]).content.decode()
    assert (
        _as(accounts.person("employer", "sourcing_manager")).get(sent.headers["Location"]).status_code == 404
    )
    case = MisuseCase.objects.get()
    office = _as(factory.manager())
    assert "Look into it" in office.get(sent.headers["Location"]).content.decode()
    acted = office.post(sent.headers["Location"], {"act": "check"})
    assert acted.status_code == 302
    assert MisuseCase.objects.get(pk=case.pk).state == "being_checked"
    assert "Ask the agency to take it down" in office.get(sent.headers["Location"]).content.decode()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0f01f0005"
    "050200fab6a2c10000000049454e44ae426082"
)


def _file(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_decider_asks_first_and_the_decision_waits_for_the_firm(waiting: Application) -> None:
    words = {"actor": factory.decider(), "outcome": "grant", "reasons": factory.REASONS}
    asked = services.defer_decision(
        application_id=waiting.pk, actor=factory.decider(), questions="How was branch two sampled?"
    )
    assert asked.due_on == date(2027, 1, 20), "60 days"
    with pytest.raises(TransitionRefused) as refused:
        services.decide_application(application_id=waiting.pk, **words)  # type: ignore[arg-type]
    assert refused.value.code == "deferred"
    assert waiting.firm is not None
    with pytest.raises(NotPermitted):
        services.answer_deferral(deferral_id=asked.pk, actor=bids.lead_of(bids.audit_firm()), answer="No.")
    lead = _as(bids.lead_of(waiting.firm))
    page = lead.get(reverse("applications:application", args=[waiting.pk])).content.decode()
    assert "How was branch two sampled?" in page
    url = reverse("certificates:answer_deferral", args=[asked.pk])
    assert lead.post(url, {"answer": "Nine files of thirty."}).status_code == 302
    shown = _as(factory.decider()).get(reverse("certificates:decide", args=[waiting.pk])).content.decode()
    assert "Nine files of thirty." in shown
    services.decide_application(application_id=waiting.pk, **words)  # type: ignore[arg-type]


def test_without_an_answer_it_is_decided_after_the_day(waiting: Application) -> None:
    services.defer_decision(
        application_id=waiting.pk, actor=factory.decider(), questions="?", due_on=date(2026, 11, 30)
    )
    with clocks.freeze(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        services.decide_application(
            application_id=waiting.pk, actor=factory.decider(), outcome="grant", reasons="Enough is known."
        )


def test_two_votes_have_to_agree_where_the_scheme_asks_for_two(
    waiting: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clocks.number
    monkeypatch.setattr(
        "iris.core.clocks.number", lambda key, on=None: 2 if key == "decision_votes_needed" else real(key, on)
    )
    first, second, third = (accounts.person("scheme", "decider") for _ in range(3))
    condition = factory.condition("Write contracts.")

    def vote(person: User, outcome: str, conditions: Any = ()) -> Decision:
        return services.decide_application(
            application_id=waiting.pk,
            actor=person,
            outcome=outcome,
            reasons="I read it.",
            conditions=conditions,
        )

    assert vote(first, "grant_with_conditions", [condition]).state == "voting"
    assert vote(second, "refuse").state == "voting"
    assert not Certificate.objects.filter(application=waiting).exists()
    with pytest.raises(Conflict, match="once"):
        vote(first, "refuse")
    other = factory.condition("Another text, which the first vote did not name.")
    assert vote(third, "grant_with_conditions", [other]).state == "decided"
    made = Certificate.objects.get(application=waiting)
    assert [one.text for one in made.conditions.all()] == ["Write contracts."], "the terms of the first vote"


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("ORIS-C-{serial:04d}-{yy}{mm}", ""),
        ("{yyyy}/{serial}", ""),
        ("ORIS-C-{yy}{mm}", "same number"),
        ("ORIS-{serail}", "does not fill in"),
        ("ORIS-{serial", "does not fill in"),
        ("ORIS {serial}", "other signs"),
        ("O" * 38 + "{serial}", "longer than 40"),
    ],
)
def test_a_pattern_of_numbers_that_would_not_work_stops_the_start(
    settings: Any, pattern: str, problem: str
) -> None:
    settings.IRIS_CERTIFICATE_NUMBER = pattern
    found = number_pattern()
    assert [one.id for one in found] == (["certificates.E001"] if problem else [])
    assert not problem or problem in found[0].msg


def test_counts_and_clocks_for_the_desks(base: Certificate, base_conditional: Certificate) -> None:
    told = selectors.statistics()
    assert {standing.value: n for standing, n in told.standings.items()} == {
        "certified": 1,
        "certified_with_conditions": 1,
    }
    assert [(line.text, n) for line, n in told.corridors] == [("Nepal to Malaysia", 2), ("Nepal to Qatar", 1)]
    assert told.sectors == [("manufacturing", 2)]
    assert list(selectors.expiring(180)) == []
    with clocks.freeze(datetime(2029, 10, 1, 9, tzinfo=UTC)):
        assert set(selectors.expiring(60)) == {base, base_conditional}
    with clocks.freeze(datetime(2027, 11, 1, 9, tzinfo=UTC)):
        assert [one.position for one in selectors.surveillance_due(30)] == [1, 1]
        assert [one.certificate for one in selectors.conditions_late()] == [base_conditional]
        page = _as(factory.manager()).get(reverse("certificates:keeping")).content.decode()
        assert base_conditional.number in page
        assert "UNDEFINED" not in page


def test_an_agency_that_nobody_knows_cannot_be_found_by_reporting_it() -> None:
    hidden = agencies.agency("Himchuli House")
    url = reverse("certificates:report_misuse", args=[hidden.pk])
    assert _as(accounts.person("employer", "sourcing_manager")).get(url).status_code == 404
    assert _as(factory.manager()).get(url).status_code == 200
