"""A payer without an account: its own share by a link that ends, its answer, its proof. Never a worker."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certification.repayments import selectors, services
from certification.repayments.models import PayerShare, RepaymentCase, ShareNotice, ShareProof
from iris.core import clocks, events, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted
from tests.factories import agencies, repayments

pytestmark = pytest.mark.django_db


def _agreed(state: str = "agreed") -> tuple[RepaymentCase, PayerShare]:
    case = repayments.case(state)
    return case, case.shares.get(kind="employer")


def _sent(share: PayerShare) -> tuple[ShareNotice, str]:
    notice = services.send_share(
        share_id=share.pk,
        actor=agencies.signatory(share.case.agency),
        email="Pay@Bright.example ",
        contact="Ana Lim",
    )
    return notice, services.token_of(notice)


def _paper(words: str = "a") -> SimpleUploadedFile:
    return SimpleUploadedFile("transfer.png", b"\x89PNG\r\n\x1a\n" + words.encode() * 40, "image/png")


def test_the_payer_gets_one_mail_with_a_link_that_the_database_does_not_hold() -> None:
    _case, share = _agreed()
    mail.outbox.clear()
    notice, token = _sent(share)
    outbox.run_all()
    sent = [one for one in mail.outbox if one.to == ["pay@bright.example"]]
    assert len(sent) == 1
    link = re.search(r"/repayments/share/([\w-]+)/", sent[0].body)
    assert link is not None
    assert link.group(1) == token
    row = str(ShareNotice.objects.filter(pk=notice.pk).values().get())
    assert token not in row
    assert notice.ends_on == clocks.today() + timedelta(days=30)
    assert "Sealed Person" not in sent[0].body


def test_behind_the_link_stands_the_own_share_and_nothing_of_workers_or_other_payers(client: Client) -> None:
    case, share = _agreed("paying")
    _notice, token = _sent(share)
    page = client.get(reverse("repayments:payer", args=[token]))
    text = page.content.decode()
    # by hand: 3,000 + 3,400 + 4,100 proven, average 3,500 above the median 3,400 for two more: 17,500; 33.33 % of it
    assert "5,832.75" in text
    assert "33.33 %" in text
    assert "11,667" not in text
    assert "66.67" not in text
    codes = list(case.workers.values_list("code", flat=True))
    assert [one for one in [*codes, "Sealed Person", case.title] if one in text] == []
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    acts = [one.act for one in events.events_of(case)]
    client.get(reverse("repayments:payer", args=[token]))
    assert acts.count("payer_read") == 1
    assert [one.act for one in events.events_of(case)].count("payer_read") == 1
    assert client.get(reverse("repayments:payer", args=["x" * 43])).status_code == 404


def test_a_new_link_ends_the_one_before_and_its_last_day_ends_it_too(client: Client) -> None:
    case, share = _agreed()
    _first, old = _sent(share)
    with clocks.freeze(clocks.now() + timedelta(minutes=1)):
        second, new = _sent(share)
        assert "This link has ended" in client.get(reverse("repayments:payer", args=[old])).content.decode()
        with pytest.raises(Conflict, match="This link has ended"):
            services.answer_share(token=old, agrees_to_pay=True)
        assert "5,832.75" in client.get(reverse("repayments:payer", args=[new])).content.decode()
    with clocks.freeze(clocks.now() + timedelta(days=30)):
        assert second.works(clocks.today())
    with clocks.freeze(clocks.now() + timedelta(days=31)):
        gone = client.get(reverse("repayments:payer", args=[new])).content.decode()
        assert "5,832.75" not in gone
    services.revoke_share_link(share_id=share.pk, actor=agencies.signatory(case.agency))
    with pytest.raises(Conflict):
        services.send_share_proof(token=new, paid_on=clocks.today(), amount="1", upload=_paper())


def test_a_link_is_sent_only_by_agency_or_scheme_only_to_payers_outside_only_after_the_agreement() -> None:
    case, share = _agreed()
    for stranger in (repayments.auditor(case), agencies.signatory(agencies.agency())):
        with pytest.raises(NotPermitted):
            services.send_share(share_id=share.pk, actor=stranger, email="a@b.example")
    own = agencies.signatory(case.agency)
    with pytest.raises(BadInput, match="Only employers and buyers"):
        services.send_share(share_id=case.shares.get(kind="agency").pk, actor=own, email="a@b.example")
    with pytest.raises(BadInput):
        services.send_share(share_id=share.pk, actor=own, email="not an address")
    services.send_share(share_id=share.pk, actor=repayments.manager(), email="a@b.example")
    early = repayments.case("open")
    repayments.ready(early)
    with pytest.raises(Conflict, match="this is done while it is"):
        services.send_share(
            share_id=early.shares.get(kind="employer").pk,
            actor=agencies.signatory(early.agency),
            email="a@b.example",
        )


def test_a_payer_says_that_it_does_not_agree_and_why(client: Client) -> None:
    case, share = _agreed()
    _notice, token = _sent(share)
    page = reverse("repayments:payer", args=[token])
    assert client.post(page, {"act": "answer", "agrees": "no", "text": " "}).status_code == 422
    assert client.post(page, {"act": "answer"}).status_code == 422
    mail.outbox.clear()
    assert client.post(page, {"act": "answer", "agrees": "no", "text": "Nobody asked us."}).url == page
    outbox.run_all()
    assert any("does not agree to its share" in one.subject for one in mail.outbox)
    client.force_login(agencies.signatory(case.agency))
    shown = client.get(reverse("repayments:share", args=[case.pk, share.pk])).content.decode()
    assert "Does not agree" in shown
    assert "Nobody asked us." in shown
    services.answer_share(token=token, agrees_to_pay=True)
    assert selectors.notices_of(share).get().agrees is True


def test_a_payer_sends_proof_once_and_reads_whether_the_money_came_in(client: Client) -> None:
    case, share = _agreed("paying")
    _notice, token = _sent(share)
    page = reverse("repayments:payer", args=[token])
    body = {"act": "proof", "paid_on": clocks.today().isoformat(), "amount": "5832.75"}
    assert client.post(page, {**body, "file": _paper()}).url == page
    again = client.post(page, {**body, "file": _paper()})
    assert (again.status_code, "sent on" in again.content.decode()) == (422, True)
    odd = client.post(page, {**body, "file": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 50)})
    assert odd.status_code == 422
    late = {**body, "paid_on": (clocks.today() + timedelta(days=1)).isoformat(), "file": _paper("b")}
    assert client.post(page, late).status_code == 422
    proof = ShareProof.objects.get()
    assert proof.amount.text == "USD 5,832.75"
    agency = reverse("repayments:share", args=[case.pk, share.pk])
    client.force_login(agencies.signatory(case.agency))
    assert client.get(reverse("repayments:share_proof", args=[case.pk, proof.pk])).status_code == 200
    slip = {"act": "came", "proof": str(proof.pk), "reason": "A slip of the hand."}
    assert client.post(agency, slip).status_code == 422, "an act that nobody knows says nothing of the money"
    assert client.post(agency, {"act": "not_in", "proof": str(proof.pk), "reason": ""}).status_code == 422
    client.post(agency, {"act": "not_in", "proof": str(proof.pk), "reason": "Other account."})
    with pytest.raises(Conflict, match="looked at already"):
        services.look_at_share_proof(proof_id=proof.pk, actor=agencies.signatory(case.agency), came_in=True)
    client.logout()
    assert "Other account." in client.get(page).content.decode()
    client.force_login(agencies.signatory(agencies.agency()))
    assert client.get(reverse("repayments:share_proof", args=[case.pk, proof.pk])).status_code == 404
    client.force_login(repayments.auditor(case))
    assert "Send the link" not in client.get(agency).content.decode()
    with pytest.raises(NotPermitted):
        services.look_at_share_proof(proof_id=proof.pk, actor=repayments.auditor(case), came_in=True)
