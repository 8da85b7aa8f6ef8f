"""The pages: they open for whom they should, keep what was typed, and ask a bounded number of questions."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfWriter

from certification.agencies.models import Agency
from certification.assessments import services
from certification.assessments.forms.answers import prefix_of
from certification.assessments.models import Answer, Assessment, CostLine, Evidence
from iris.accounts.models import User
from tests.factories import accounts, agencies, assessments

pytestmark = pytest.mark.django_db
Clients = Callable[[User], Client]


@pytest.fixture
def draft(agency: Agency) -> Assessment:
    return assessments.draft_assessment(agency)


@pytest.fixture
def client(signatory: User, client_of: Clients) -> Client:
    return client_of(signatory)


def page_of(assessment: Assessment, code: str = "A.1") -> str:
    return reverse("assessments:criterion", args=[assessment.pk, code])


def typed(client: Client, url: str, **more: Any) -> dict[str, Any]:
    """What a browser would send back from the page as it stands, with changes."""
    data: dict[str, Any] = {}
    for card in client.get(url).context["cards"]:
        for field in card.form:
            value = field.value()
            if value not in (None, "", []) and field.name != "upload":
                data[field.html_name] = value
    return {**data, **more}


def shown_again(response: Any) -> dict[str, Any]:
    """What a browser would send back from the page that came after a post."""
    cards = response.context["cards"]
    return {field.html_name: field.value() for card in cards for field in card.form if field.value()}


def addresses(assessment: Assessment) -> list[str]:
    """Every page of one assessment."""
    order = assessment.job_orders.all()[0]
    line = order.cost_lines.all()[0]
    one = [assessment.pk]
    gap = Answer.objects.filter(assessment=assessment, value="no")[0]
    plain = ["assessment", "questions", "ask", "results", "read", "ledger", "order_new"]
    return [
        *(reverse(f"assessments:{name}", args=one) for name in plain),
        page_of(assessment),
        reverse("assessments:plan", args=[*one, gap.indicator_id]),
        *(
            reverse(f"assessments:{name}", args=[*one, order.pk])
            for name in ("order_edit", "order_remove", "line_new")
        ),
        *(
            reverse(f"assessments:{name}", args=[*one, line.pk])
            for name in ("line_edit", "line_remove", "line_answer")
        ),
    ]


def test_pages_open_for_the_agency_without_a_gap_in_the_template(agency: Agency, client: Client) -> None:
    assessment = assessments.complete_assessment(agency, gaps={"A.1.2": "no", "1.1.2": "partly"})
    document = Evidence.objects.filter(agency=agency)[0]
    own = [reverse("assessments:evidence"), reverse("assessments:evidence_add")]
    for url in [*addresses(assessment), *own, reverse("assessments:evidence_change", args=[document.pk])]:
        response = client.get(url)
        assert response.status_code == 200, url
        assert "UNDEFINED VARIABLE" not in response.content.decode(), url


def test_pages_of_a_draft_do_not_exist_for_anyone_else(agency: Agency, client_of: Clients) -> None:
    assessment = assessments.complete_assessment(agency, gaps={"A.1.2": "no"})
    document = Evidence.objects.filter(agency=agency)[0]
    urls = [
        *addresses(assessment),
        reverse("assessments:evidence_change", args=[document.pk]),
        reverse("assessments:evidence_download", args=[document.pk]),
    ]
    others = [
        agencies.signatory(agencies.agency()),
        accounts.person("scheme", "scheme_manager"),
        accounts.person("audit_firm", "lead_auditor"),
        accounts.person("employer", "sourcing_manager"),
        accounts.person("government", "reader"),
    ]
    for person in others:
        found = {url: client_of(person).get(url).status_code for url in urls}
        assert set(found.values()) == {404}, (person.kind, found)


def test_pages_ask_strangers_to_sign_in(draft: Assessment) -> None:
    response = Client().get(reverse("assessments:assessment", args=[draft.pk]))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_declared_is_read_by_scheme_and_its_audit_firm(agency: Agency, client_of: Clients) -> None:
    frozen = assessments.frozen_assessment(agency, gaps={"A.1.2": "no"})
    auditor = accounts.person("audit_firm", "lead_auditor")
    scheme = accounts.person("scheme", "screener")
    assert auditor.organisation is not None
    services.let_read(frozen.pk, auditor.organisation, scheme)
    document = Evidence.objects.filter(agency=agency)[0]
    for person in (auditor, scheme):
        reader = client_of(person)
        for name in ("read", "results", "ledger", "questions"):
            response = reader.get(reverse(f"assessments:{name}", args=[frozen.pk]))
            assert response.status_code == 200
            assert "UNDEFINED VARIABLE" not in response.content.decode()
        assert agency.legal_name in reader.get(reverse("assessments:index")).content.decode()
        served = reader.get(reverse("assessments:evidence_download", args=[document.pk]))
        assert served.status_code == 200
        assert served["Content-Disposition"].startswith("attachment")
        assert reader.get(page_of(frozen)).status_code == 404


def test_declared_shows_the_agency_the_reading_view(agency: Agency, client: Client) -> None:
    frozen = assessments.frozen_assessment(agency)
    response = client.get(reverse("assessments:assessment", args=[frozen.pk]))
    assert response["Location"] == reverse("assessments:read", args=[frozen.pk])
    assert client.get(page_of(frozen)).status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert frozen.content_hash in page
    assert "Unchanged since then" in page


def test_index_offers_to_start_and_then_leads_to_it(agency: Agency, client: Client) -> None:
    assert "Start the self-assessment" in client.get(reverse("assessments:index")).content.decode()
    response = client.post(reverse("assessments:start"))
    assessment = Assessment.objects.get(agency=agency)
    assert response["Location"] == reverse("assessments:assessment", args=[assessment.pk])
    assert client.get(reverse("assessments:index"))["Location"] == response["Location"]


def test_start_needs_a_post(client: Client) -> None:
    assert client.get(reverse("assessments:start")).status_code == 405


def test_criterion_saves_and_goes_to_the_next(draft: Assessment, client: Client) -> None:
    data = typed(
        client, page_of(draft), **{"q-A-1-2-value": "partly", "q-A-1-2-maturity": "2", "then": "next"}
    )
    response = client.post(page_of(draft), data)
    assert response["Location"] == page_of(draft, "A.2")
    answer = draft.answers.get(indicator__code="A.1.2")
    assert (answer.value, answer.maturity) == ("partly", 2)
    assert draft.answers.filter(version__gt=0).count() == 1


@pytest.mark.parametrize(("then", "to"), [("stay", "criteria/A.1/"), ("list", "/assessments/")])
def test_criterion_other_buttons_lead_where_they_say(
    draft: Assessment, client: Client, then: str, to: str
) -> None:
    response = client.post(page_of(draft), typed(client, page_of(draft), then=then))
    assert to in response["Location"]


def test_criterion_error_keeps_what_was_typed_and_saves_the_rest(draft: Assessment, client: Client) -> None:
    data = typed(
        client,
        page_of(draft),
        **{
            "q-A-1-1-value": "na",
            "q-A-1-1-comment": "typed with care",
            "q-A-1-2-value": "yes",
            "q-A-1-2-maturity": "3",
        },
    )
    response = client.post(page_of(draft), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why this does not apply" in page
    assert "typed with care" in page
    assert 'href="#id_q-A-1-1-reason"' in page
    assert draft.answers.get(indicator__code="A.1.2").value == "yes"
    assert draft.answers.get(indicator__code="A.1.1").value == ""


def test_criterion_keeps_a_good_upload_when_another_field_fails(draft: Assessment, client: Client) -> None:
    data = typed(
        client,
        page_of(draft),
        **{
            "q-A-1-1-value": "na",
            "q-A-1-1-upload": assessments.a_file("letter.txt"),
            "q-A-1-1-upload_title": "Letter of the authority",
        },
    )
    page = client.post(page_of(draft), data).content.decode()
    document = Evidence.objects.get(title="Letter of the authority")
    assert f'value="{document.pk}" id="q-A-1-1-d-{document.pk}" checked' in page


def test_criterion_uses_one_document_for_two_answers(
    draft: Assessment, client: Client, agency: Agency
) -> None:
    document = assessments.evidence(agency)
    more = {"q-A-1-1-evidence": [str(document.pk)], "q-A-1-2-evidence": [str(document.pk)]}
    client.post(page_of(draft), typed(client, page_of(draft), **more))
    assert document.answers.count() == 2
    library = client.get(reverse("assessments:evidence")).content.decode()
    assert "2 answers" in library


def locked_pdf() -> bytes:
    """A real PDF of one empty page that asks for a password."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.encrypt("secret", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


BAD_FILES = [
    (SimpleUploadedFile("empty.pdf", b""), "empty"),
    (SimpleUploadedFile("program.exe", b"MZ\x00\x01" * 20), "not a file we can take"),
    (SimpleUploadedFile("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 50), "password"),
    (SimpleUploadedFile("locked.pdf", locked_pdf()), "protected by a password"),
    (SimpleUploadedFile("large.txt", b"x" * (10 * 1024 * 1024 + 1)), "at most 10 MB"),
]


@pytest.mark.parametrize(("upload", "says"), BAD_FILES, ids=[upload.name for upload, _says in BAD_FILES])
def test_upload_refused_in_a_sentence_and_the_answer_kept(
    draft: Assessment, client: Client, upload: SimpleUploadedFile, says: str
) -> None:
    upload.seek(0)
    more = {"q-A-1-1-value": "yes", "q-A-1-1-maturity": "3", "q-A-1-1-upload": upload}
    response = client.post(page_of(draft), typed(client, page_of(draft), **more))
    assert response.status_code == 422
    assert says in response.content.decode()
    assert draft.answers.get(indicator__code="A.1.1").value == "yes"
    assert not Evidence.objects.exists()


def test_upload_refused_then_saved_again_is_no_conflict(draft: Assessment, client: Client) -> None:
    upload = SimpleUploadedFile("empty.pdf", b"")
    more = {"q-A-1-1-value": "yes", "q-A-1-1-maturity": "3", "q-A-1-1-upload": upload}
    response = client.post(page_of(draft), typed(client, page_of(draft), **more))
    again = shown_again(response)
    again["q-A-1-1-comment"] = "now without a document"
    assert client.post(page_of(draft), again).status_code == 302
    assert draft.answers.get(indicator__code="A.1.1").comment == "now without a document"


@pytest.mark.parametrize(("upload", "says"), BAD_FILES, ids=[upload.name for upload, _says in BAD_FILES])
def test_library_upload_refused_in_a_sentence(
    client: Client, agency: Agency, upload: SimpleUploadedFile, says: str
) -> None:
    upload.seek(0)
    data = {"file": upload, "title": "My title", "kind": "policy"}
    response = client.post(reverse("assessments:evidence_add"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "My title" in page


def test_criterion_shows_both_when_a_colleague_was_first(
    draft: Assessment, agency: Agency, client: Client, client_of: Clients
) -> None:
    colleague = agencies.colleague(agency, "contributor")
    mine = typed(
        client, page_of(draft), **{"q-A-1-2-value": "yes", "q-A-1-2-maturity": "4", "q-A-1-2-comment": "MINE"}
    )
    other = client_of(colleague)
    theirs = {"q-A-1-2-value": "no", "q-A-1-2-maturity": "1", "q-A-1-2-comment": "THEIRS"}
    assert other.post(page_of(draft), typed(other, page_of(draft), **theirs)).status_code == 302

    response = client.post(page_of(draft), mine)
    page = response.content.decode()
    assert response.status_code == 422
    assert "MINE" in page
    assert "THEIRS" in page
    assert colleague.label in page
    assert draft.answers.get(indicator__code="A.1.2").comment == "THEIRS"

    again = shown_again(response)
    assert client.post(page_of(draft), again).status_code == 302
    assert draft.answers.get(indicator__code="A.1.2").comment == "MINE"


def test_criterion_left_alone_does_not_undo_a_colleague(
    draft: Assessment, agency: Agency, client: Client, client_of: Clients
) -> None:
    unchanged = typed(client, page_of(draft))
    other = client_of(agencies.colleague(agency, "manager"))
    other.post(
        page_of(draft), typed(other, page_of(draft), **{"q-A-1-2-value": "no", "q-A-1-2-maturity": "1"})
    )
    assert client.post(page_of(draft), unchanged).status_code == 302
    assert draft.answers.get(indicator__code="A.1.2").value == "no"


def test_line_form_refuses_in_sentences_and_keeps_everything(draft: Assessment, client: Client) -> None:
    order = assessments.job_order(draft)
    url = reverse("assessments:line_new", args=[draft.pk, order.pk])
    data = {
        "version": "0",
        "category": "C1",
        "label": "Training bond",
        "amount": "6.5.0",
        "currency": "NPR",
        "should_pay": "employer",
        "paid_by": "worker",
        "lawful": "unclear",
        "upload": assessments.a_file("receipt.txt"),
    }
    response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "6.5.0" in page
    assert "often hides" in page or "bond" in page
    assert Evidence.objects.get().file.name == "receipt.txt"
    assert response.context["form"]["proof"].value() == str(Evidence.objects.get().pk)

    response = client.post(
        url, {**data, "amount": "6,500", "upload": "", "proof": str(Evidence.objects.get().pk)}
    )
    line = CostLine.objects.get()
    assert response["Location"] == reverse("assessments:line_answer", args=[draft.pk, line.pk])
    assert line.worker_borne


def test_order_form_corridor_to_itself_helps(draft: Assessment, client: Client) -> None:
    data = {
        "reference": "JO-1",
        "origin": "NP",
        "destination": "NP",
        "employer_name": "E",
        "workers": "3",
        "currency": "NPR",
    }
    response = client.post(reverse("assessments:order_new", args=[draft.pk]), data)
    assert response.status_code == 422
    assert "one country to another" in response.content.decode()
    assert 'value="JO-1"' in response.content.decode()


def test_line_answer_form_takes_the_answer(draft: Assessment, client: Client) -> None:
    line = assessments.cost_line(assessments.job_order(draft), paid_by="worker")
    url = reverse("assessments:line_answer", args=[draft.pk, line.pk])
    assert "Say what happened" in client.post(url, {"version": line.version}).content.decode()
    data = {
        "version": line.version,
        "response": "A partner took it.",
        "repaid_how": "By bank.",
        "repaid_by": "agency",
        "repaid_on": "2026-12-20",
    }
    assert client.post(url, data).status_code == 302
    assert CostLine.objects.get(pk=line.pk).settled


def test_task_list_shows_what_is_left(draft: Assessment, client: Client) -> None:
    assessments.cost_line(assessments.job_order(draft), paid_by="worker")
    page = client.get(reverse("assessments:assessment", args=[draft.pk])).content.decode()
    total = draft.answers.count()
    assert f"Your move: {total} indicators and 1 ledger line are left" in page
    assert "Blocked" in page


# Pages read a fixed number of times, whatever the number of answers, documents, orders and colleagues.
BOUNDS = {"assessment": 28, "criterion": 18, "results": 13, "ledger": 20, "read": 25, "questions": 13}


def test_pages_stay_within_their_bounds(agency: Agency, client: Client) -> None:
    assessment = assessments.complete_assessment(agency, gaps={"A.1.2": "no", "2.1.1": "partly"})
    small = {name: reads(client, assessment, name) for name in BOUNDS}
    for n in range(3):
        order = assessments.job_order(assessment, f"MORE-{n}")
        assessments.cost_line(order)
        assessments.cost_line(
            order, paid_by="worker", proof_id=assessments.evidence(agency, title=f"D{n}").pk
        )
        agencies.colleague(agency, "contributor")
    large = {name: reads(client, assessment, name) for name in BOUNDS}
    assert small == large
    assert all(large[name] <= bound for name, bound in BOUNDS.items()), large


def reads(client: Client, assessment: Assessment, name: str) -> int:
    args = [assessment.pk, "A.1"] if name == "criterion" else [assessment.pk]
    url = reverse(f"assessments:{name}", args=args)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_prefix_is_a_valid_id(draft: Assessment) -> None:
    assert prefix_of(draft.answers.get(indicator__code="A.1.2")) == "q-A-1-2"
