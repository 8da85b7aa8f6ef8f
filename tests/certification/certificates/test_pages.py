"""The pages and the API of this room: who may open them, what they say, how many queries they make."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.certificates.models import Certificate
from iris.accounts.models import User
from iris.accounts.services import issue_api_key
from iris.core import outbox
from tests.factories import accounts, agencies
from tests.factories import applications as bids
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db
NOTE = {"reason": "Inner words.", "reason_code": "complaint", "public_note": "Workers were charged."}


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _text(response: Any) -> str:
    content = str(response.content.decode())
    assert "UNDEFINED VARIABLE" not in content
    return content


def _decide(client: Client, application: Application, **more: str) -> Any:
    form = {
        "outcome": "grant",
        "reasons": factory.REASONS,
        "condition-TOTAL_FORMS": "3",
        "condition-INITIAL_FORMS": "0",
        **more,
    }
    return client.post(reverse("certificates:decide", args=[application.pk]), form)


def test_decide_page_grants_and_leads_to_the_certificate(waiting: Application) -> None:
    client = _as(factory.decider())
    shown = _text(client.get(reverse("certificates:decide", args=[waiting.pk])))
    assert "To grant" in shown
    assert "Critical findings open" in shown
    done = _decide(client, waiting)
    row = Certificate.objects.get(application=waiting)
    assert done.headers["Location"] == reverse("certificates:certificate", args=[row.pk])
    page = _text(client.get(reverse("certificates:certificate", args=[row.pk])))
    assert row.number in page
    assert "The PDF is being made." in page
    assert "already" not in page
    again = _decide(client, waiting, outcome="refuse")
    assert again.status_code == 422
    assert "decided this on 21 November 2026" in _text(again)
    assert "What you had typed" in _text(again), "nothing is lost"
    assert factory.REASONS in _text(client.get(reverse("applications:application", args=[waiting.pk])))


def test_decide_page_keeps_what_was_typed_when_something_is_wrong(waiting: Application) -> None:
    words = {
        "outcome": "grant_with_conditions",
        "condition-0-text": "Write contracts.",
        "condition-0-due_on": "",
    }
    wrong = _text(_decide(_as(factory.decider()), waiting, **words))
    assert "Give the day by which this has to be done." in wrong
    assert "Write contracts." in wrong
    assert factory.REASONS in wrong


def test_decide_page_gives_one_more_condition_without_script(waiting: Application) -> None:
    more = _text(_decide(_as(factory.decider()), waiting, more="1"))
    assert "condition-3-text" in more
    assert not Certificate.objects.filter(application=waiting).exists()


def test_decide_page_of_someone_barred_says_why_and_has_no_form(waiting: Application) -> None:
    from certification.decisions.services import bar
    from iris.core import clocks, events

    decider = factory.decider()
    bar(
        agency=waiting.agency,
        person=decider,
        kind="audited",
        since=clocks.today(),
        source="Audit 7",
        actor=events.SYSTEM,
    )
    page = _text(_as(decider).get(reverse("certificates:decide", args=[waiting.pk])))
    assert "you audited it (Audit 7)" in page
    assert 'name="outcome"' not in page
    refused = _text(_decide(_as(decider), waiting))
    assert "Somebody else has to decide" in refused
    assert not Certificate.objects.filter(application=waiting).exists()


def test_pages_of_the_deciders_do_not_exist_for_others(waiting: Application) -> None:
    for user in (factory.manager(), bids.screener(), agencies.signatory(waiting.agency), accounts.person()):
        assert _as(user).get(reverse("certificates:decide", args=[waiting.pk])).status_code == 404


def test_certificate_page_is_for_its_agency_its_firm_and_the_scheme(base: Certificate) -> None:
    url = reverse("certificates:certificate", args=[base.pk])
    assert base.application.firm is not None
    for user in (agencies.signatory(base.agency), bids.lead_of(base.application.firm), factory.manager()):
        assert base.number in _text(_as(user).get(url))
    stranger = agencies.signatory(agencies.agency())
    assert _as(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_pdf_can_be_downloaded_only_while_in_force_except_by_the_scheme(base: Certificate) -> None:
    mine, url = _as(agencies.signatory(base.agency)), reverse("certificates:pdf", args=[base.pk])
    assert mine.get(url).status_code == 404, "not made yet"
    outbox.run_all()
    got = mine.get(url)
    assert got.content.startswith(b"%PDF-")
    assert "attachment" in got.headers["Content-Disposition"]
    factory.suspend(base, **NOTE)
    assert mine.get(url).status_code == 404
    assert _as(factory.manager()).get(url).status_code == 200


def _answer(client: Client, url: str) -> int:
    return client.post(url, {"outcome": "accept", "reasons": factory.REASONS}).status_code


def test_accepted_suspension_shows_at_once_on_register_verify_and_api(base: Certificate) -> None:
    manager, decider, anyone = _as(factory.manager()), _as(factory.decider()), Client()
    url = reverse("certificates:suspend", args=[base.pk])
    assert manager.post(url, {**NOTE, "reason": ""}).status_code == 422
    asked = manager.post(url, NOTE)
    assert asked.status_code == 302
    assert "Yes, certified today" in _text(anyone.get(f"/verify/{base.number}/")), "nothing happened yet"
    assert _answer(manager, asked.headers["Location"]) == 422, "the proposer does not answer"
    assert _answer(decider, asked.headers["Location"]) == 302
    for page in ("/register/", f"/register/{base.agency_id}/", f"/verify/{base.number}/"):
        shown = _text(anyone.get(page))
        assert "Suspended" in shown
        assert "A complaint was upheld" in shown
        assert "Inner words." not in shown
    answer = _api().get(f"/api/v1/certificates/{base.number}/").json()
    assert (answer["status"], answer["valid_today"], answer["reason_code"]) == (
        "suspended",
        False,
        "complaint",
    )
    assert "Inner words." in _text(
        _as(agencies.signatory(base.agency)).get(reverse("certificates:certificate", args=[base.pk]))
    )
    words = {"reason": "Repaid.", "public_note": "All fees were repaid."}
    back = manager.post(reverse("certificates:reinstate", args=[base.pk]), words)
    assert _answer(decider, back.headers["Location"]) == 302
    assert "Yes, certified today" in _text(anyone.get(f"/verify/{base.number}/"))


@pytest.mark.parametrize(
    "page", ["suspend", "withdraw", "reinstate", "reduce", "keep", "correct", "order_audit"]
)
def test_acts_are_only_for_scheme_managers(base: Certificate, page: str) -> None:
    for user in (factory.decider(), agencies.signatory(base.agency)):
        assert _as(user).get(reverse(f"certificates:{page}", args=[base.pk])).status_code == 404
    assert _as(factory.manager()).get(reverse(f"certificates:{page}", args=[base.pk])).status_code == 200


def test_condition_is_noted_as_met_on_its_page(base_conditional: Certificate) -> None:
    (condition,) = base_conditional.conditions.all()
    url = reverse("certificates:condition", args=[base_conditional.pk, condition.pk])
    assert condition.text in _text(_as(factory.manager()).get(url))
    assert _as(factory.manager()).post(url, {"note": "Contracts seen."}).status_code == 302
    assert factory.latest(base_conditional).state == "active"


def test_lists_make_a_fixed_number_of_queries(
    base: Certificate,
    base_conditional: Certificate,
    waiting: Application,
    django_assert_max_num_queries: object,
) -> None:
    manager, decider = _as(factory.manager()), _as(factory.decider())
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert base.number in _text(
            manager.get(reverse("certificates:list"), {"q": "kalimaru", "standing": "certified"})
        )
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert waiting.number in _text(decider.get(reverse("certificates:queue")))


def test_bars_page_lets_a_decider_stand_aside(waiting: Application) -> None:
    client, url = _as(factory.decider()), reverse("decisions:bars", args=[waiting.agency_id])
    form = {
        "person": str(factory.decider().pk),
        "kind": "conflict",
        "since": "2026-01-01",
        "source": "My cousin.",
    }
    assert client.post(url, form).status_code == 302
    assert "My cousin." in _text(client.get(url))
    assert client.post(url, {**form, "person": str(factory.manager().pk)}).status_code == 422


# -- the API ----------------------------------------------------------------------------------------------


def _api(*scopes: str) -> Client:
    employer = accounts.person("employer", "sourcing_manager")
    assert employer.organisation is not None
    _client, secret = issue_api_key(
        employer.organisation, employer, "Test", list(scopes or ["read:register"])
    )
    return Client(headers={"Authorization": f"Api-Key {secret}"})


def test_api_is_closed_without_the_scope(base: Certificate) -> None:
    assert _api("read:lookups").get("/api/v1/certificates/").status_code == 403


def test_api_is_closed_without_a_key(base: Certificate) -> None:
    assert Client().get("/api/v1/certificates/").status_code == 401


def test_api_lists_latest_revisions_with_filters(base: Certificate, base_conditional: Certificate) -> None:
    factory.revise(base)
    client = _api()
    rows = client.get("/api/v1/certificates/").json()["results"]
    assert {(row["number"], row["revision"], row["status"]) for row in rows} == {
        ("ORIS-C-0001-2611", 2, "certified"),
        ("ORIS-C-0002-2611", 1, "certified_with_conditions"),
    }
    (qatar,) = client.get("/api/v1/certificates/?destination=QA&origin=NP&status=certified").json()["results"]
    assert qatar["corridors"] == [
        {"origin": "NP", "destination": "MY"},
        {"origin": "NP", "destination": "QA"},
    ]
    assert client.get("/api/v1/certificates/?destination=JP").json()["results"] == []
    # A refused request rolls its transaction back: nothing of this test can follow it.
    wrong = client.get("/api/v1/certificates/?status=good")
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (400, "application/problem+json")


def test_api_reads_one_with_history_and_earlier_revisions(base: Certificate) -> None:
    factory.revise(base)
    row = _api().get("/api/v1/certificates/oris-c-0001-2611/").json()
    assert (row["revision"], row["legal_name"], row["edition"]) == (
        2,
        "Kalimaru Overseas Services Pvt. Ltd.",
        1,
    )
    assert [one["revision"] for one in row["earlier_revisions"]] == [1]
    assert row["changes"][0]["what"] == "Particulars corrected"
    assert row["verify_url"].endswith("/verify/ORIS-C-0001-2611/")
    assert not {"state_reason", "conditions"} & set(row)
    assert _api().get("/api/v1/certificates/ORIS-C-9999-2611/").status_code == 404


def test_api_list_makes_a_fixed_number_of_queries(
    base: Certificate, base_conditional: Certificate, django_assert_max_num_queries: object
) -> None:
    client = _api()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(client.get("/api/v1/certificates/").json()["results"]) == 2
