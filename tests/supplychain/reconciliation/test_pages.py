"""The page of an employer, the address it shows once, the public page, and the preview that others frame."""

from uuid import uuid4

import pytest
from django.test import Client

from iris.accounts.models import ApiClient, User
from supplychain.reconciliation import services
from supplychain.reconciliation.services import Judgement
from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return accounts.person("employer", "sourcing_manager")


def page(person: User | None, path: str) -> str:
    client = Client()
    if person is not None:
        client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_page_shows_addresses_and_choices_of_the_own_organisation_alone(buyer: User) -> None:
    agency = agencies.agency("Blue Lotus Recruitment Ltd")
    services.make_address(actor=buyer, name="Our OpenRefine")
    services.decide(actor=buyer, judgements=[Judgement("BLR Ktm", agency.pk)])
    own = page(buyer, "/openrefine/")
    assert "Our OpenRefine" in own
    assert "BLR Ktm" in own
    stranger = page(accounts.person("employer", "sourcing_manager"), "/openrefine/")
    assert "Our OpenRefine" not in stranger
    assert "BLR Ktm" not in stranger


def test_address_is_shown_once_and_its_key_is_kept_as_a_fingerprint(buyer: User) -> None:
    client = Client()
    client.force_login(buyer)
    form = {"name": "Our OpenRefine", "form_key": str(uuid4())}
    text = client.post("/openrefine/address/", form).content.decode()
    (key,) = ApiClient.objects.filter(organisation=buyer.organisation)
    secret = text.partition(f"?key={key.prefix}.")[2].partition('"')[0]
    assert len(secret) > 40
    assert secret not in key.secret_hash
    assert secret not in page(buyer, "/openrefine/")


def test_name_left_out_is_asked_for(buyer: User) -> None:
    client = Client()
    client.force_login(buyer)
    answer = client.post("/openrefine/address/", {"name": " ", "form_key": str(uuid4())})
    assert "Say who uses it" in answer.content.decode()
    assert ApiClient.objects.count() == 0


def test_viewer_reads_the_page_and_makes_no_address(buyer: User) -> None:
    viewer = accounts.person("employer", "sourcing_viewer", organisation=buyer.organisation)
    assert "Ask a colleague" in page(viewer, "/openrefine/")
    client = Client()
    client.force_login(viewer)
    assert client.post("/openrefine/address/", {"name": "x"}).status_code == 404


def test_others_have_no_such_page() -> None:
    client = Client()
    client.force_login(accounts.person("agency", "signatory"))
    assert client.get("/openrefine/").status_code == 404


def test_public_page_explains_every_feature_and_column() -> None:
    text = page(None, "/reconcile/about/")
    for word in ("feature-name", "feature-number", "certificate_link", "licence_number", "At most 100"):
        assert word in text


def test_preview_may_be_framed_by_openrefine_at_home_and_by_nobody_else() -> None:
    certificate = certificates.certificate("active", name="Blue Lotus Recruitment Ltd")
    answer = Client().get("/reconcile/preview/", {"id": str(certificate.agency_id)})
    policy = answer["Content-Security-Policy"]
    assert (answer.status_code, "X-Frame-Options" in answer) == (200, False)
    frames = next(part for part in policy.split(";") if "frame-ancestors" in part).split()[1:]
    assert frames == ["http://127.0.0.1:*", "http://localhost:*"]
    text = answer.content.decode()
    assert certificate.number in text
    assert "not a receipt" in text
    assert "<script" not in text
    other = Client().get("/reconcile/about/")
    assert other["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize(
    "wanted", ["", "nobody", "00000000-0000-4000-8000-000000000000", "\x00", "x" * 5_000]
)
def test_preview_of_nobody_is_404(wanted: str) -> None:
    assert Client().get("/reconcile/preview/", {"id": wanted}).status_code == 404
