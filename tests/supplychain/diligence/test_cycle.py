"""Nominations are joined and anonymous; the six steps show what is held and what is missing."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from iris.accounts.models import User
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted
from supplychain.diligence import selectors, services
from supplychain.diligence.models import Nominee, StepNote
from tests.factories import accounts, agencies, certificates

pytestmark = pytest.mark.django_db


def _employer(name: str) -> User:
    return accounts.person(
        "employer", "sourcing_manager", organisation=accounts.organisation("employer", name)
    )


def test_the_same_recruiter_is_one_and_employers_stay_unnamed(client) -> None:  # type: ignore[no-untyped-def]
    first, second, third = (_employer(name) for name in ("Aldermoor", "Brackwater", "Caldstone"))
    services.nominate(actor=first, name="Red Falcon Recruitment Ltd.", country="NP", why="Secret why")
    services.nominate(actor=first, name="RED FALCON Recruitment", country="NP")
    services.nominate(actor=second, name="Red Falcon Recruitment", country="NP", named=True)
    gone = services.nominate(actor=third, name="Red Falcon Recruitment", country="NP")
    services.withdraw_nomination(nomination_id=gone.pk, actor=third)
    manager = accounts.person("scheme", "scheme_manager")
    row = selectors.nominees_visible_to(manager).get()
    assert row.employers == 2
    client.force_login(manager)
    pages = client.get(reverse("diligence:nominees")).content.decode()
    pages += client.get(reverse("diligence:nominee", args=[row.pk])).content.decode()
    assert "Brackwater" in pages
    assert not any(word in pages for word in ("Aldermoor", "Caldstone", "Secret why"))


def test_the_scheme_invites_and_the_agency_may_say_no(client) -> None:  # type: ignore[no-untyped-def]
    employer = _employer("Aldermoor")
    services.nominate(actor=employer, name="Red Falcon", country="NP")
    row = Nominee.objects.get()
    manager = accounts.person("scheme", "scheme_manager")
    with pytest.raises(NotPermitted):
        services.invite_nominee(nominee_id=row.pk, actor=employer, email="a@example.org")
    services.invite_nominee(nominee_id=row.pk, actor=manager, email="office@falcon.example")
    with pytest.raises(Conflict):
        services.invite_nominee(nominee_id=row.pk, actor=manager, email="office@falcon.example")
    outbox.run_all()
    letter = next(one for one in mail.outbox if one.to == ["office@falcon.example"])
    assert "Aldermoor" not in letter.body + letter.subject
    url = reverse("diligence:invited", args=[row.token])
    assert url in letter.body
    assert "Aldermoor" not in client.get(url).content.decode()
    client.post(url)
    assert Nominee.objects.get().state == "declined"


def test_who_enrols_and_is_certified_is_followed() -> None:
    employer = _employer("Aldermoor")
    agency = agencies.agency("Red Falcon Recruitment", country="NP")
    services.nominate(actor=employer, agency_id=agency.pk)
    assert services.follow_nominees() == 0
    certificates.certificate(agency=agency)
    assert services.follow_nominees() == 1
    assert Nominee.objects.get().state == "certified"
    with pytest.raises(BadInput):
        services.nominate(actor=employer, agency_id=agency.pk)


def test_a_nomination_of_another_employer_does_not_exist(client) -> None:  # type: ignore[no-untyped-def]
    row = services.nominate(actor=_employer("Aldermoor"), name="Red Falcon", country="NP")
    client.force_login(_employer("Brackwater"))
    assert client.post(reverse("diligence:nomination_withdraw", args=[row.pk])).status_code == 404
    assert "Red Falcon" not in client.get(reverse("diligence:nominations")).content.decode()


def test_the_six_steps_say_what_is_held_and_missing(client) -> None:  # type: ignore[no-untyped-def]
    manager = _employer("Aldermoor")
    organisation = manager.organisation
    assert organisation is not None
    rows = selectors.steps_of(organisation)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert "No supply chain is written down." in rows[1].missing
    services.note_step(actor=manager, step=2, note="Mapped.", owner="Sourcing")
    services.note_step(actor=manager, step=2, note="Mapped anew.", owner="Sourcing")
    services.decide(actor=manager, name="Red Falcon", outcome="stop", reason="r")
    rows = selectors.steps_of(organisation)
    assert rows[1].note is not None
    assert (rows[1].note.note, StepNote.objects.count()) == ("Mapped anew.", 2)
    assert rows[1].note.review_on == clocks.add_months(clocks.today(), 12)
    assert next(one for one in rows[2].held if one.label == "Decisions in force").count == 1
    with pytest.raises(BadInput):
        services.note_step(actor=manager, step=7, note="x", owner="y")
    client.force_login(manager)
    assert "Mapped anew." in client.get(reverse("diligence:steps")).content.decode()
    client.force_login(_employer("Brackwater"))
    assert "Mapped anew." not in client.get(reverse("diligence:steps")).content.decode()
