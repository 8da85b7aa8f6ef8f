"""The pages of votes and appeals, for each who may open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.certificates import services as certificate_services
from certification.decisions.models import Appeal, Decision
from iris.accounts.models import User
from iris.core.errors import NotPermitted
from tests.factories import accounts, agencies, certificates, decisions

pytestmark = pytest.mark.django_db


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_the_agency_appeals_on_its_page() -> None:
    taken = decisions.decision("decided")
    client = browser(agencies.signatory(taken.agency))
    assert "21 December 2026" in text(client, "decisions:begin_appeal", taken.pk)
    url = reverse("decisions:begin_appeal", args=[taken.pk])
    assert client.post(url, {"grounds": ""}).status_code == 422
    answer = client.post(
        url,
        {"grounds": "You read the old licence.", "document": SimpleUploadedFile("new.txt", b"Licence 12\n")},
    )
    made = Appeal.objects.get()
    assert answer.headers["Location"] == reverse("decisions:appeal", args=[made.pk])
    page = text(client, "decisions:appeal", made.pk)
    assert "You read the old licence." in page
    assert "May not" not in page
    assert client.get(reverse("decisions:document", args=[made.pk])).status_code == 200
    assert "There is no appeal to make here." in text(client, "decisions:begin_appeal", taken.pk)


def test_an_appeal_is_nobody_elses_to_read() -> None:
    made = decisions.appeal()
    for person in (agencies.signatory(agencies.agency()), accounts.person("employer")):
        text(browser(person), "decisions:appeal", made.pk, status=404)
        text(browser(person), "decisions:document", made.pk, status=404)
    text(
        browser(agencies.signatory(agencies.agency())), "decisions:begin_appeal", made.decision_id, status=404
    )


def test_the_office_acknowledges_and_others_vote() -> None:
    made = decisions.appeal()
    office, first = browser(decisions.manager()), browser(decisions.deciders(1)[0])
    assert "Acknowledge and open the hearing" in text(office, "decisions:appeal", made.pk)
    office.post(reverse("decisions:acknowledge", args=[made.pk]))
    assert "you voted on the decision it contests" in text(first, "decisions:appeal", made.pk)
    fourth, fifth = decisions.deciders(5)[3:]
    url = reverse("decisions:appeal", args=[made.pk])
    answer = {"outcome": "upheld", "reasons": "The new licence counts."}
    refused = first.post(url, answer)
    assert refused.status_code == 422
    assert browser(fourth).post(url, answer).status_code == 302
    assert "The new licence counts." in text(browser(fourth), "decisions:appeal", made.pk)
    assert "The new licence counts." not in text(browser(fifth), "decisions:appeal", made.pk)
    assert browser(fifth).post(url, answer).status_code == 302
    assert Decision.objects.get(pk=made.decision_id).state == "overturned"
    page = text(browser(agencies.signatory(made.agency)), "decisions:appeal", made.pk)
    assert "The new licence counts." in page
    assert fourth.full_name not in page


def test_the_agency_takes_its_appeal_back_after_being_asked() -> None:
    made = decisions.appeal()
    client = browser(agencies.signatory(made.agency))
    assert "Keep it" in text(client, "decisions:withdraw_appeal", made.pk)
    client.post(reverse("decisions:withdraw_appeal", args=[made.pk]))
    assert "Withdrawn by your agency" in text(client, "decisions:appeal", made.pk)


def test_the_desk_names_who_may_and_who_may_not() -> None:
    made = decisions.appeal("in_hearing")
    asked = decisions.decision("voting")
    page = text(browser(decisions.manager()), "decisions:desk")
    assert made.agency.legal_name in page
    assert "Took the decision" in page
    assert asked.question in page
    assert "Asked the question" in page


def test_a_vote_is_given_on_its_page() -> None:
    asked = decisions.decision()
    first, _second, third = decisions.deciders(3)
    url = reverse("decisions:decision", args=[asked.pk])
    assert "Complaint 12" in text(browser(first), "decisions:decision", asked.pk)
    answer = {"outcome": "accept", "reasons": "I read all of it."}
    assert browser(first).post(url, {**answer, "reasons": ""}).status_code == 422
    assert browser(first).post(url, answer).status_code == 302
    assert "I read all of it." in text(browser(first), "decisions:decision", asked.pk)
    page = text(browser(third), "decisions:decision", asked.pk)
    assert "You asked this question" in page
    assert "I read all of it." not in page
    assert "You asked this question" in browser(third).post(url, answer).content.decode()
    text(browser(agencies.signatory(asked.agency)), "decisions:decision", asked.pk, status=404)


def test_an_appeal_is_reached_from_what_it_is_about() -> None:
    """From the page of a suspended certificate; an upheld one is dealt with by the room of certificates."""
    held = certificates.suspend(certificates.certificate())
    signatory = browser(agencies.signatory(held.agency))
    taken = Decision.objects.get(agency=held.agency, subject_id=held.pk, state="decided")
    way = reverse("decisions:begin_appeal", args=[taken.pk])
    assert way in text(signatory, "certificates:certificate", held.pk)
    assert way not in text(browser(decisions.manager()), "certificates:certificate", held.pk)
    made = decisions.appeal("received", taken)
    page = text(signatory, "certificates:certificate", held.pk)
    assert way not in page
    assert reverse("decisions:appeal", args=[made.pk]) in page


def test_a_refused_application_that_wins_its_appeal_is_back_before_deciders() -> None:
    bid = certificates.recommended()
    first = decisions.deciders(1)[0]
    answer: dict[str, Any] = {"application_id": bid.pk, "outcome": "refuse", "reasons": "Fees were charged."}
    certificate_services.decide_application(actor=first, **answer)
    taken = Decision.objects.get(subject_id=bid.pk)
    way = reverse("decisions:begin_appeal", args=[taken.pk])
    assert way in text(browser(agencies.signatory(bid.agency)), "applications:application", bid.pk)
    decisions.appeal("upheld", taken)
    assert Application.objects.get(pk=bid.pk).state == "recommended"
    with pytest.raises(NotPermitted, match="an appeal overturned"):
        certificate_services.decide_application(actor=first, **answer)
    other = decisions.deciders(2)[1]
    certificate_services.decide_application(actor=other, **answer)
    assert Application.objects.get(pk=bid.pk).state == "refused"
