"""The employer's word: asked for, given, kept beside what was declared, and seen by nobody it does not concern."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment, EmployerRequest, EmployerStatement, JobOrder
from certification.assessments.services import Dispute
from certification.assessments.states import EmployerWord
from iris.accounts.models import Invitation, User
from iris.accounts.states import OrganisationState
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.notify.models import Notice
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db
Clients = Callable[[User], Client]


@pytest.fixture
def employer() -> User:
    return accounts.person("employer", "sourcing_manager", email="anne@tellmark.example")


@pytest.fixture
def order(agency: Agency) -> JobOrder:
    made = assessments.job_order(assessments.draft_assessment(agency))
    assessments.cost_line(made)
    assessments.cost_line(made, category="C6", label="Air ticket", amount="54300")
    return made


def ask(order: JobOrder, email: str = "anne@tellmark.example", **more: Any) -> EmployerRequest:
    actor = assessments.signatory_of(order.assessment.agency)
    words = {"assessment_id": order.assessment_id, "order_id": order.pk, "country": "MY"}
    return services.ask_employer(**{**words, "actor": actor, "email": email, **more})


def prints(order: JobOrder) -> dict[Any, str]:
    return {line.pk: line.fingerprint for line in order.cost_lines.all()}


def words_of(order: JobOrder) -> list[str]:
    [row] = selectors.ledger(order.assessment)
    return [entry.word.word for entry in row.rows]


def test_ask_tells_the_employers_own_people_with_a_deadline(order: JobOrder, employer: User) -> None:
    assert words_of(order) == [EmployerWord.NOT_ASKED] * 2
    request = ask(order)
    assert request.organisation == employer.organisation
    assert request.due_on == clocks.today() + timedelta(days=21)
    assert Notice.objects.filter(user=employer, template="assessments/employer_asked").count() == 1
    assert words_of(order) == [EmployerWord.WAITING] * 2
    assert [todo.due for todo in selectors.employer_todos_for(employer)] == [request.due_on]
    with pytest.raises(Conflict) as refusal:
        ask(order)
    assert "already" in str(refusal.value.message)


def test_ask_a_new_employer_waits_for_the_scheme(order: JobOrder) -> None:
    request = ask(order, email="new@tellmark.example")
    assert request.organisation.state == OrganisationState.APPLIED
    assert (request.told_at, request.organisation.name) == (None, order.employer_name)
    assert Invitation.objects.filter(email="new@tellmark.example", organisation=request.organisation).exists()
    assert services.tell_employers() == 0


def test_ask_refuses_an_address_of_the_agency_itself(order: JobOrder, signatory: User) -> None:
    with pytest.raises(BadInput) as refusal:
        ask(order, email=signatory.email)
    assert list(refusal.value.fields) == ["email"]


def test_confirm_and_dispute_stand_beside_the_lines(order: JobOrder, employer: User, signatory: User) -> None:
    request = ask(order)
    (first, seen), (second, _print) = prints(order).items()
    services.confirm_lines(request_id=request.pk, actor=employer, fingerprints={first: seen})
    services.dispute_line(
        request_id=request.pk,
        actor=employer,
        line_id=second,
        fingerprint=prints(order)[second],
        dispute=Dispute("We paid for 60 of 84.", "40,000", "NPR"),
    )
    assert sorted(words_of(order)) == ["confirmed", "disputed"]
    [row] = selectors.ledger(order.assessment)
    said = next(entry.word.statement for entry in row.rows if entry.word.word == "disputed")
    assert said is not None
    assert said.own_figure is not None
    assert said.own_figure.minor == 4_000_000
    assert Notice.objects.filter(user=signatory, template="assessments/employer_answered").exists()
    assert selectors.employer_todos_for(employer) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        EmployerStatement.objects.filter(pk=said.pk).update(reason="Nothing")


def test_dispute_needs_a_reason_and_the_line_as_seen(order: JobOrder, employer: User) -> None:
    request = ask(order)
    line = order.cost_lines.all()[0]
    key: dict[str, Any] = {"request_id": request.pk, "actor": employer, "line_id": line.pk}
    with pytest.raises(BadInput) as refusal:
        services.dispute_line(**key, fingerprint=line.fingerprint, dispute=Dispute(" ", "x", "NPR"))
    assert set(refusal.value.fields) == {"reason", "own_amount"}
    with pytest.raises(Conflict):
        services.dispute_line(**key, fingerprint="old", dispute=Dispute("Wrong"))


def test_changed_line_is_asked_again_and_removed_line_keeps_its_dispute(
    order: JobOrder, employer: User, signatory: User
) -> None:
    request = ask(order)
    for line in order.cost_lines.all():
        services.dispute_line(
            request_id=request.pk,
            actor=employer,
            line_id=line.pk,
            fingerprint=line.fingerprint,
            dispute=Dispute("Not ours."),
        )
    first, second = order.cost_lines.all()
    key: dict[str, Any] = {"assessment_id": order.assessment_id, "actor": signatory}
    entry = services.CostLineEntry("C1", "Medical test", "5000", "NPR", "employer")
    services.save_cost_line(**key, order_id=order.pk, entry=entry, line_id=first.pk, version=first.version)
    services.remove_cost_line(**key, line_id=second.pk)
    [row] = selectors.ledger(order.assessment)
    assert [entry.word.word for entry in row.rows] == ["outdated"]
    assert [said.shown["label"] for said in row.word.gone] == [second.label]
    with pytest.raises(Conflict) as refusal:
        services.remove_job_order(**key, order_id=order.pk)
    assert "answered" in str(refusal.value.message)


def test_silence_is_shown_as_silence_and_reminded_of_once(order: JobOrder, employer: User) -> None:
    request = ask(order)
    with clocks.freeze(clocks.now() + timedelta(days=15)):
        assert (services.tell_employers(), services.tell_employers()) == (1, 0)
    with clocks.freeze(clocks.now() + timedelta(days=22)):
        assert words_of(order) == [EmployerWord.SILENT] * 2
        services.confirm_lines(request_id=request.pk, actor=employer, fingerprints=prints(order))
        assert words_of(order) == ["confirmed"] * 2


def test_statements_after_freezing_leave_the_hash_alone(agency: Agency, employer: User) -> None:
    frozen = assessments.frozen_assessment(agency)
    order = frozen.job_orders.all()[0]
    request = ask(order)
    services.confirm_lines(request_id=request.pk, actor=employer, fingerprints=prints(order))
    assert selectors.still_matches(Assessment.objects.get(pk=frozen.pk))
    lines = [row for row in selectors.lines_for_audit(frozen) if row.order == order]
    assert [row.employer.word for row in lines] == ["confirmed"] * len(lines)


def test_another_employer_finds_nothing(order: JobOrder, employer: User, client_of: Clients) -> None:
    request = ask(order)
    line = order.cost_lines.all()[0]
    stranger = accounts.person("employer", "sourcing_manager")
    viewer = accounts.person("employer", "sourcing_viewer", organisation=employer.organisation)
    with pytest.raises(EmployerRequest.DoesNotExist):
        services.confirm_lines(request_id=request.pk, actor=stranger, fingerprints=prints(order))
    with pytest.raises(NotPermitted):
        services.confirm_lines(request_id=request.pk, actor=viewer, fingerprints=prints(order))
    url = reverse("assessments:employer_order", args=[request.pk])
    dispute = reverse("assessments:employer_dispute", args=[request.pk, line.pk])
    others = [stranger, agencies.signatory(agencies.agency()), accounts.person("audit_firm", "lead_auditor")]
    for person in others:
        assert [client_of(person).get(page).status_code for page in (url, dispute)] == [404, 404]
    assert list(selectors.requests_visible_to(stranger)) == []
    assert client_of(stranger).get(reverse("assessments:employer_orders")).status_code == 200
    for page in (url, dispute, reverse("assessments:employer_orders")):
        response = client_of(employer).get(page)
        assert response.status_code == 200
        assert "UNDEFINED VARIABLE" not in response.content.decode()
    ledger = reverse("assessments:ledger", args=[order.assessment_id])
    assert client_of(employer).get(ledger).status_code == 404


def test_pages_confirm_and_dispute(order: JobOrder, employer: User, client_of: Clients) -> None:
    request = ask(order)
    first, second = order.cost_lines.all()
    client = client_of(employer)
    chosen = f"{first.pk}:{first.fingerprint}"
    client.post(reverse("assessments:employer_confirm", args=[request.pk]), {"line": chosen})
    url = reverse("assessments:employer_dispute", args=[request.pk, second.pk])
    upload = assessments.a_file("invoice.txt")
    data = {"fingerprint": second.fingerprint, "reason": "Too much.", "own_currency": "NPR", "upload": upload}
    assert client.post(url, {**data, "reason": ""}).status_code == 422
    upload.seek(0)
    assert client.post(url, data).status_code == 302
    assert sorted(words_of(order)) == ["confirmed", "disputed"]
    said = EmployerStatement.objects.get(verdict="disputed")
    proof = reverse("assessments:statement_proof", args=[said.pk])
    own = agencies.signatory(order.assessment.agency)
    assert [client_of(user).get(proof).status_code for user in (employer, own)] == [200, 200]
    assert client_of(accounts.person("employer", "sourcing_manager")).get(proof).status_code == 404
    page = client_of(own).get(reverse("assessments:ledger", args=[order.assessment_id])).content.decode()
    assert "Too much." in page
    assert "UNDEFINED VARIABLE" not in page


def test_line_facts_stand_in_a_column_of_their_own(
    order: JobOrder, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = order.cost_lines.all()[0]
    room = import_module("certification.assessments.selectors.line_facts")  # its name is a function's too
    monkeypatch.setattr(room, "_providers", {})
    fact = selectors.LineFact("Bank record shows 4,000", "stop")
    selectors.offer_line_facts("fake", lambda assessment, reader: {line.pk: [fact]})
    assert [row.facts for row in selectors.lines_for_audit(order.assessment) if row.line == line] == [[fact]]
    page = client_of(agencies.signatory(order.assessment.agency)).get(
        reverse("assessments:ledger", args=[order.assessment_id])
    )
    assert "Seen by auditors" in page.content.decode()
    assert fact.text in page.content.decode()
