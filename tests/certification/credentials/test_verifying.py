"""The verify page and its API: every way in, every reason out."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.certificates import services as certificates
from certification.certificates.models import Certificate
from certification.credentials import selectors, services
from certification.credentials.models import Credential, StatusList
from certification.credentials.rules import jose
from certification.credentials.selectors import Expected, verify_token
from certification.credentials.states import Verdict
from iris.core import clocks, files
from tests.certification.credentials.test_issuing import claims, issued, settle
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def ask(**given: str) -> dict[str, Any]:
    """The API's answer."""
    answer = Client().post("/api/v1/verify/", json.dumps(given), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def page(client: Client, **given: Any) -> str:
    """The page's answer, wherever it sends us."""
    answer = client.post("/verify/", given, follow=True)
    return str(answer.content.decode())


def foreign(payload: dict[str, Any], did: str = "did:web:elsewhere.example") -> str:
    _public, private = jose.new_key("EdDSA")
    said = {**payload, "issuer": {"id": did}}
    return jose.sign(said, private, alg="EdDSA", kid=f"{did}#key", typ="vc+jwt", cty="vc")


def test_valid_every_way_in(client: Client) -> None:
    row, credential = issued()
    pdf = files.read(certificates.render_pdf(certificate_id=row.pk).pdf)  # type: ignore[arg-type]
    enveloped = json.dumps(
        {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{credential.jwt}"}
    )
    link = selectors.certificate_url(row.number)
    for given in (
        {"number": row.number.lower().replace("-", " ")},
        {"number": link},
        {"number": f"{link}?revision=1"},
        {"number": selectors.credential_url(credential.pk)},
        {"credential": credential.jwt},
        {"credential": credential.jwt_w3c},
        {"credential": enveloped},
        {"pdf": base64.b64encode(pdf).decode()},
    ):
        answer = ask(**given)
        assert (answer["result"], answer["valid"], answer["reasons"]) == ("valid", True, []), given.keys()
        assert answer["certificate"]["number"] == row.number
        assert all(one["passed"] for one in answer["checks"])
    assert "is certified" in page(client, file=SimpleUploadedFile("a.pdf", pdf))
    assert "is certified" in page(client, file=SimpleUploadedFile("a.jwt", credential.jwt.encode()))
    assert "is certified" in page(client, credential=enveloped)
    assert "Yes, certified today" in page(client, number=link)
    assert "As of 21 November 2026" in page(client, credential=credential.jwt)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (factory.suspend, "suspended"),
        (factory.withdraw, "withdrawn"),
        (factory.revise, "superseded"),
    ],
)
@pytest.mark.parametrize("published", [True, False])
def test_what_became_of_it(act: Any, code: str, published: bool) -> None:
    """Also in the seconds in which the register knows and the lists do not yet."""
    row, credential = issued()
    act(row)
    if published:
        settle()
    link = f"{selectors.certificate_url(row.number)}?revision=1"
    for given in ({"credential": credential.jwt}, {"credential": credential.jwt_w3c}, {"number": link}):
        answer = ask(**given)
        assert (answer["result"], answer["valid"]) == (code, False)


def test_dates() -> None:
    row, credential = issued()
    with clocks.freeze(clocks.now() + timedelta(days=4 * 366)):
        services.publish_due()
        assert ask(credential=credential.jwt)["result"] == "expired"
        assert ask(number=row.number)["result"] == "expired"
    with clocks.freeze(clocks.now() - timedelta(days=3)):
        assert ask(credential=credential.jwt)["result"] == "not_yet_valid"


def test_status_that_cannot_be_read_is_no_valid() -> None:
    row, credential = issued()
    assert verify_token(credential.jwt).valid
    with clocks.freeze(clocks.now() + timedelta(hours=2)):  # nobody published for two hours
        assert verify_token(credential.jwt).reasons == (Verdict.STATUS_UNAVAILABLE,)
    listed = StatusList.objects.get(purpose="suspension")
    other = StatusList.objects.get(purpose="revocation")
    for broken in ("", "a.b.c", listed.jwt[:-8] + "AAAAAAAA", other.jwt, foreign(claims(listed.jwt))):
        StatusList.objects.filter(pk=listed.pk).update(jwt=broken)
        answer = verify_token(credential.jwt)
        assert answer.verdict == Verdict.STATUS_UNAVAILABLE
        assert "Try again" in answer.text
    factory.withdraw(row)
    assert verify_token(credential.jwt).verdict == Verdict.WITHDRAWN  # what is known is said


def test_another_entity_and_another_corridor(client: Client) -> None:
    row, credential = issued(name="Kalimaru Overseas Services Pvt. Ltd.")
    corridor = row.corridors.first()
    assert corridor is not None
    name = row.legal_name
    good = (
        Expected(name),
        Expected(name.upper().replace("PVT. LTD.", "Private Limited")),
        Expected(row.registration_number),
        Expected(origin=corridor.origin, destination=corridor.destination),
        Expected(destination=corridor.destination),
    )
    for expected in good:
        assert verify_token(credential.jwt, expected).valid, expected
    for wrong in (name + " Two", "Kalimaru Overseas Services (Qatar) Ltd.", "!!!", name[: len(name) // 2]):
        assert verify_token(credential.jwt, Expected(wrong)).verdict == Verdict.ANOTHER_ENTITY
        assert ask(number=row.number, agency=wrong)["result"] == "another_entity"
    assert ask(number=row.number, origin="BR", destination="JP")["result"] == "another_corridor"
    assert (
        ask(number=row.number, origin=corridor.destination, destination=corridor.origin)["result"] != "valid"
    )
    assert "of another agency" in page(client, number=row.number, agency="Somebody Else")
    assert "not for this corridor" in page(client, number=row.number, origin="BR", destination="JP")


def test_unknown_issuer_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def nothing(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the verifier called out")

    _row, credential = issued()
    monkeypatch.setattr(socket.socket, "connect", nothing)
    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    for token in (
        foreign(claims(credential.jwt)),
        foreign({"a": 1}),
        foreign({}, "did:web:localhost%3A8001"),
    ):
        assert selectors.verify_file(token.encode()).verdict == Verdict.UNKNOWN_ISSUER
    for link in ("https://elsewhere.example/verify/ORIS-C-0001-2611/", "ftp://localhost/verify/x/"):
        assert selectors.verify_text(link).verdict == Verdict.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"%PDF-1.7 nothing",
        b'{"a": 1}',
        b'{"type": "EnvelopedVerifiableCredential", "id": "https://x.example"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"a" * 500_000,
        b"eyJhbGciOiJub25lIn0.e30.",
        b"\x00" * 10_000,
    ],
)
def test_unreadable_says_so(client: Client, data: bytes) -> None:
    answer = selectors.verify_file(data)
    assert answer.verdict in (Verdict.UNREADABLE, Verdict.UNKNOWN_ISSUER)
    shown = client.post("/verify/", {"file": SimpleUploadedFile("x", data)})
    assert shown.status_code in (200, 422)


def test_a_genuine_credential_in_another_pdf_is_altered() -> None:
    row, _credential = issued()
    pdf = files.read(certificates.render_pdf(certificate_id=row.pk).pdf)  # type: ignore[arg-type]
    unsigned = pdf[: pdf.rindex(b"%%EOF", 0, pdf.rindex(b"%%EOF")) + 6]
    for changed in (unsigned, pdf + b"\n", pdf.replace(b"/ByteRange", b"/ByteRangf")):
        answer = selectors.verify_file(changed)
        assert changed != pdf
        assert answer.verdict in (Verdict.ALTERED, Verdict.UNREADABLE), len(changed)
    filling = pdf.index(b"/Contents <") + len(b"/Contents <")
    last = pdf.index(b">", filling) - 1
    assert pdf[last : last + 1] == b"0"
    assert selectors.verify_file(pdf[:last] + b"1" + pdf[last + 1 :]).verdict == Verdict.ALTERED


def test_a_strangers_pdf_never_reaches_the_reader_of_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A genuine credential can be had by anybody and put into any file: that file is not ours, whatever signed it."""
    row, _credential = issued()
    pdf = files.read(certificates.render_pdf(certificate_id=row.pk).pdf)  # type: ignore[arg-type]

    def reached(_data: bytes) -> None:
        raise AssertionError("a hostile file was read")

    monkeypatch.setattr("certification.credentials.rules.documents.seal_of", reached)
    assert selectors.verify_file(pdf + b"\n").verdict == Verdict.ALTERED


def test_a_pdf_made_before_there_were_credentials_is_known_by_its_bytes() -> None:
    from certification.certificates.services.printing import certificate_context
    from iris.core import events, pdf

    row = factory.certificate()
    data = pdf.render("pdf/certificate.html", certificate_context(row))
    stored = files.store_bytes(
        data,
        name="old.pdf",
        media_type="application/pdf",
        organisation_id=row.agency.organisation_id,
        actor=events.SYSTEM,
    )
    Certificate.objects.filter(pk=row.pk).update(pdf=stored)
    assert selectors.verify_file(data).valid
    assert selectors.verify_file(data + b" ").verdict == Verdict.UNREADABLE


def test_a_status_list_is_no_certificate() -> None:
    issued()
    answer = selectors.verify_file(StatusList.objects.all()[0].jwt.encode())
    assert answer.verdict == Verdict.UNREADABLE
    assert "status list" in answer.text


def test_signed_by_us_but_never_issued_is_altered() -> None:
    _row, credential = issued()
    token = services.sign({**claims(credential.jwt), "name": "Another"}, typ="vc+jwt", cty="vc")
    assert verify_token(token).verdict == Verdict.ALTERED


def test_api_refuses_what_it_does_not_understand(client: Client) -> None:
    assert ask(number="ORIS-C-9999-2611")["result"] == "not_found"
    for body in ({}, {"number": "a", "credential": "b"}, {"pdf": "***"}, {"number": "a", "origin": "XX"}, []):
        answer = client.post("/api/v1/verify/", json.dumps(body), content_type="application/json")
        assert answer.status_code == 400, body
        assert answer["Content-Type"] == "application/problem+json"


def test_the_same_address_answers_people_and_programs(client: Client) -> None:
    row, credential = issued()
    path = f"/verify/{row.number}/"
    html = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert html["Content-Type"].startswith("text/html")
    assert client.get(path, headers={"accept": "*/*"})["Content-Type"].startswith("text/html")
    assert "Accept" in html["Vary"]
    assert (
        f'<{selectors.certificate_url(row.number)}>; rel="linkset"; type="application/linkset+json"'
        in html["Link"]
    )
    data = client.get(path, headers={"accept": "application/json"})
    assert data.json()["result"] == "valid"
    token = client.get(f"{path}?revision=1", headers={"accept": "application/vc+jwt"})
    assert token["Content-Type"] == "application/vc+jwt"
    assert token.content.decode() == credential.jwt
    links = client.get(path, headers={"accept": "application/linkset+json"})
    assert links["Content-Type"] == "application/linkset+json"
    (entry,) = links.json()["linkset"]
    assert entry["anchor"] == selectors.certificate_url(row.number)
    assert client.get(path, headers={"accept": "image/png"}).status_code == 406
    gone = client.get("/verify/ORIS-C-9999-2611/", headers={"accept": "application/json"})
    assert (gone.status_code, gone.json()["result"]) == (404, "not_found")


def test_the_code_of_an_older_paper_gives_its_own_credential(client: Client) -> None:
    row, credential = issued()
    factory.revise(row)
    settle()
    later = Credential.objects.get(certificate__replaces=row)
    path = f"/verify/{row.number}/"
    header = {"accept": "application/vc+jwt"}
    assert client.get(f"{path}?revision=1", headers=header).content.decode() == credential.jwt
    assert client.get(path, headers=header).content.decode() == later.jwt
    assert (
        client.get(f"{path}?revision=1", headers={"accept": "application/json"}).json()["result"]
        == "superseded"
    )


def test_every_reason_has_words() -> None:
    row, credential = issued()
    for verdict in Verdict:
        answer = selectors.Answer(source="number", certificate=row).because(verdict)
        assert answer.title
        assert answer.text
    assert credential.pk
