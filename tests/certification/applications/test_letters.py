"""Letters: drafted from a template, edited within bounds, kept as sent, printed by a worker, read by two sides."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from certification.applications import selectors, services
from certification.applications.models import Application, Letter, LetterFile
from certification.applications.states import LetterKind
from iris.core import files
from iris.core.errors import BadInput
from iris.core.models import OutboxRow
from tests.factories import accounts, agencies
from tests.factories.applications import application, screener

pytestmark = pytest.mark.django_db


def letter_of(row: Application) -> Letter:
    return Letter.objects.filter(application=row).latest("number")


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        (
            "fee_pending",
            "fee_request",
            "Amount: USD 1,000.00. Invoice: INV-2026-31. Please pay by 21 December 2026.",
        ),
        ("deferred", "deferral", "Please send what is missing by 20 January 2027."),
        ("accepted", "acceptance", "Acceptance is no certification."),
        ("rejected", "rejection", "You may appeal until 21 December 2026."),
        ("withdrawn", "withdrawal", "Your words: We merge with a sister company."),
        ("granted", "grant", "is granted certification"),
        ("granted_with_conditions", "grant", "with conditions"),
        ("refused", "refusal", "You may appeal until 21 December 2026."),
    ],
)
def test_each_answer_goes_out_as_a_letter(state, kind, words):
    row = application(state)
    letter = letter_of(row)
    assert letter.kind == kind
    assert words in letter.text
    assert letter.text.startswith(f"Dear {agencies.signatory(row.agency).full_name},")
    assert row.number in letter.subject
    assert "{" not in letter.text + letter.subject


def test_only_the_middle_is_edited_and_dates_and_rights_stay():
    row = application("in_review")
    services.reject_application(
        application_id=row.pk,
        actor=screener(),
        reason="The licence was revoked.",
        letter_body="Your licence was revoked on 3 May. Please apply again when there is a new one.",
    )
    letter = letter_of(row)
    assert letter.edited
    assert "revoked on 3 May" in letter.text
    assert "we cannot take on application" in letter.text
    assert "You may appeal until 21 December 2026" in letter.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("No.", "says too little"),
        ("x" * 6001, "6,001 characters"),
        ("We ask you to send {{ document }} by the day named below.", "a gap that nobody filled in"),
        ("We ask you to send [...] by the day that is named below.", "a gap that nobody filled in"),
    ],
)
def test_a_letter_out_of_bounds_is_refused_and_nothing_happens(body, words):
    row = application("in_review")
    with pytest.raises(BadInput) as refused:
        services.accept_application(application_id=row.pk, actor=screener(), letter_body=body)
    assert words in str(refused.value.fields["letter_body"][0])
    assert Application.objects.get(pk=row.pk).state == "in_review"
    assert not Letter.objects.exists()


def test_a_letter_is_never_changed():
    letter = letter_of(application("accepted"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(text="Something else.")
    with pytest.raises(DatabaseError), transaction.atomic():
        letter.delete()


def test_the_pdf_is_asked_for_and_made_once_with_the_words_of_the_letter():
    letter = letter_of(application("accepted"))
    [job] = OutboxRow.objects.filter(job="applications.render_letter")
    assert (job.queue, job.kwargs) == ("pdf", {"letter_id": str(letter.pk)})
    made = services.render_letter(letter_id=letter.pk)
    assert services.render_letter(letter_id=letter.pk) == made
    assert LetterFile.objects.count() == 1
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(files.read(made.file))).pages)
    assert "Acceptance is no certification" in " ".join(text.split())
    assert letter.reference in text


def test_the_agency_and_the_scheme_read_letters_and_auditors_do_not(client):
    row = application("under_audit")
    letter = letter_of(row)
    address = f"/applications/{row.pk}/letters/{letter.number}/"
    for person, status in (
        (agencies.signatory(row.agency), 200),
        (screener(), 200),
        (accounts.person("agency", "signatory"), 404),
        (accounts.person("audit_firm", "lead_auditor", organisation=row.firm), 404),
    ):
        client.force_login(person)
        assert client.get(address).status_code == status
    client.force_login(agencies.signatory(row.agency))
    assert client.get(f"{address}pdf/").status_code == 404
    assert client.post(address).status_code == 302
    services.render_letter(letter_id=letter.pk)
    assert client.get(f"{address}pdf/")["Content-Type"] == "application/pdf"
    assert address in client.get(f"/applications/{row.pk}/").content.decode()


def test_a_page_shows_the_letter_first_and_sends_what_was_edited(client):
    row = application("in_review")
    client.force_login(screener())
    page = f"/applications/{row.pk}/reject/"
    shown = client.post(page, {"reason": "The licence was revoked.", "step": "letter"})
    html = shown.content.decode()
    assert "The letter, as it will go out" in html
    assert "You may appeal until 21 December 2026" in html
    assert Application.objects.get(pk=row.pk).state == "in_review"
    words = "The licence was revoked. Write to the department first."
    sent = client.post(
        page,
        {
            "reason": "The licence was revoked.",
            "letter_body": words,
            "letter_was": "The licence was revoked.",
        },
    )
    assert sent.status_code == 302
    assert words in letter_of(row).text


def test_a_draft_is_what_goes_out():
    row = application("in_review")
    draft = services.draft_letter(row, LetterKind.ACCEPTANCE)
    services.accept_application(application_id=row.pk, actor=screener())
    letter = letter_of(row)
    assert (letter.text, letter.subject, letter.edited) == (draft.text, draft.subject, False)
    assert selectors.letters_of(row, screener())[0].letter == letter
