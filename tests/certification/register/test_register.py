"""The public face: what it says, to whom, and what it never says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.html import escape

from certification.agencies.services import NameAnswers, add_name
from certification.applications.models import Application
from certification.certificates.models import Certificate
from certification.register import selectors
from iris.core import clocks
from tests.factories import agencies
from tests.factories import applications as bids
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db
NOTE = {"reason": "Inner words.", "reason_code": "complaint", "public_note": "Workers were charged."}


def _get(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, response.content[:300]
    text = response.content.decode()
    assert "UNDEFINED VARIABLE" not in text
    return text


def _names(**filters: str) -> set[str]:
    return {agency.legal_name for agency in selectors.found(**filters)}


def test_listed_are_holders_former_holders_and_accepted_applicants(
    base: Certificate, waiting: Application
) -> None:
    factory.withdraw(base, **NOTE)
    hidden = [agencies.agency(), bids.application("in_review").agency, bids.application("refused").agency]
    names = _names()
    assert {base.agency.legal_name, waiting.agency.legal_name} <= names
    assert not names & {one.legal_name for one in hidden}
    for one in hidden:
        _get(f"/register/{one.pk}/", 404)
    assert "Applicant, not certified" in _get(f"/register/{waiting.agency_id}/")


@pytest.mark.parametrize(
    "typed",
    [
        "Kalimaru",
        "kalimaroo oversea",
        "KALIMARU OVERSEAS SERVICES PVT LTD",
        "कालिमारु",
        "ORIS-C-0001-2611",
        "oris c 0001 2611",
    ],
)
def test_search_finds_a_name_in_any_spelling_and_script_and_a_number(base: Certificate, typed: str) -> None:
    add_name(
        agency_id=base.agency_id,
        actor=agencies.signatory(base.agency),
        answers=NameAnswers(kind="local", name="कालिमारु ओभरसिज", lang="ne"),
    )
    assert selectors.found(q=typed).first() == base.agency


def test_search_that_finds_nothing_says_what_to_do(base: Certificate) -> None:
    assert "An agency that is not here is not certified." in _get("/register/?q=zzzzqqq")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"origin": "NP", "destination": "QA"}, True),
        ({"destination": "QA"}, True),
        ({"origin": "QA"}, False),
        ({"destination": "JP"}, False),
        ({"sector": "manufacturing"}, True),
        ({"sector": "fishing"}, False),
        ({"country": "NP", "status": "certified"}, True),
        ({"country": "PH"}, False),
        ({"status": "suspended"}, False),
    ],
)
def test_filters_ask_what_the_certificate_covers(
    base: Certificate, filters: dict[str, str], found: bool
) -> None:
    assert (base.agency.legal_name in _names(**filters)) is found


def test_filter_by_status_reads_dates_before_any_sweep(base: Certificate) -> None:
    with clocks.freeze(datetime(2029, 11, 21, tzinfo=UTC)):
        assert base.agency.legal_name in _names(status="expired")
        assert base.agency.legal_name not in _names(status="certified")
        assert "No. The certificate has expired" in _get(f"/verify/{base.number}/")


def test_a_name_of_5000_characters_gets_a_sentence(base: Certificate) -> None:
    assert "too long for a name" in _get("/register/?q=" + "x" * 5000, 422)
    assert "much shorter than this" in _get("/verify/?number=" + "7" * 5000, 422)
    _get("/register/?status=nonsense", 422)


def test_agency_page_shows_scope_history_and_licences_apart(base: Certificate) -> None:
    page = _get(f"/register/{base.agency_id}/")
    for words in (
        "Yes, certified today",
        "Nepal to Qatar",
        "Certificate issued",
        "A licence is not a certificate.",
    ):
        assert words in page


def test_every_ended_state_says_so_with_date_and_reason(base: Certificate) -> None:
    factory.withdraw(base, **NOTE)
    for page in (_get(f"/register/{base.agency_id}/"), _get(f"/verify/{base.number}/")):
        assert "No. The certificate was withdrawn" in page
        assert "21 November 2026" in page
        assert "A complaint was upheld" in page
        assert "Workers were charged." in page
        assert "Inner words." not in page


def test_conditions_are_public_as_a_fact_not_in_their_words(base_conditional: Certificate) -> None:
    page = _get(f"/verify/{base_conditional.number}/")
    assert "with conditions" in page
    (condition,) = base_conditional.conditions.all()
    assert escape(condition.text) not in page


def test_verify_of_an_older_revision_calls_the_paper_obsolete(base: Certificate) -> None:
    factory.reduce(base, [("NP", "QA")], public_note="Malaysia taken out.")
    page = _get(f"/verify/{base.number}/?revision=1")
    assert "The paper you hold, revision 1, is obsolete." in page
    assert "Yes, certified today, for less than before" in page
    assert "is obsolete" not in _get(f"/verify/{base.number}/?revision=2")
    assert "is obsolete" not in _get(f"/verify/{base.number}/?revision=٣")


def test_verify_of_a_number_in_small_letters_keeps_what_the_paper_says(base: Certificate) -> None:
    """The way to the right spelling dropped the revision: an obsolete paper read as good."""
    factory.reduce(base, [("NP", "QA")], public_note="Malaysia taken out.")
    answer = Client().get(f"/verify/{base.number.lower()}/?revision=1&origin=NP", follow=True)
    assert answer.redirect_chain == [(f"/verify/{base.number}/?revision=1&origin=NP", 302)]
    assert "The paper you hold, revision 1, is obsolete." in answer.content.decode()


def test_verify_leads_from_loose_writing_to_the_number(base: Certificate) -> None:
    for path in ("/verify/?number=oris+c+0001+2611", "/verify/oris-c-0001-2611/"):
        assert Client().get(path).headers["Location"] == f"/verify/{base.number}/"


def test_verify_of_an_unknown_number_helps(base: Certificate) -> None:
    page = _get("/verify/ORIS-C-OOO1-26l1/", 404)
    assert "No certificate has this number" in page
    assert "the letter O and the figure 0" in page
    assert f'href="/verify/{base.number}/"' in page
    assert base.legal_name in page  # to compare with the name on the paper
    named = _get("/verify/?number=Himal+Overseas", 404)
    assert 'href="/register/?q=Himal%20Overseas"' in named  # somebody typed a name: one press to the search
    other = _get("/verify/?number=ABC-123", 404)
    assert 'href="/register/?q=' not in other
    assert "Did you mean" not in other
    assert 'value="ABC-123"' in other
    _get("/verify/%3Cscript%3Ealert(1)%3C%2Fscript%3E/".replace("%2F", ""), 404)


def test_verify_without_a_number_asks_for_it(base: Certificate) -> None:
    assert "Type the number that stands on the certificate." in _get("/verify/?number=", 422)


def test_public_pages_make_a_fixed_number_of_queries(
    base: Certificate,
    base_conditional: Certificate,
    waiting: Application,
    django_assert_max_num_queries: object,
) -> None:
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        _get("/register/?q=agency")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        _get(f"/register/{base.agency_id}/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        _get(f"/verify/{base.number}/")
