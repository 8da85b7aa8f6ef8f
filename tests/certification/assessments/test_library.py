"""Documents: versions, where each is shown, the same file twice, what ends soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from certification.agencies.models import Agency
from certification.assessments import selectors, services
from certification.assessments.models import Assessment, Evidence
from iris.accounts.models import User
from iris.core import clocks
from iris.core.errors import BadInput, Conflict
from tests.factories import agencies, assessments

pytestmark = pytest.mark.django_db


def version_of(document: Evidence, actor: User, **more: object) -> Evidence:
    upload = assessments.a_file("handbook-2.txt")
    return services.add_version(evidence_id=document.pk, actor=actor, upload=upload, **more)  # type: ignore[arg-type]


def test_a_newer_version_takes_its_place_from_now_on(agency: Agency, signatory: User) -> None:
    frozen = assessments.frozen_assessment(agency)
    old = Evidence.objects.get(title="Handbook of the agency")
    second = services.start_assessment(agency.pk, signatory)
    order = assessments.job_order(second)
    assessments.cost_line(order, proof_id=old.pk)
    new = version_of(old, signatory, effective_from=dt.date(2026, 11, 1))
    assert (new.number, new.replaces_id, new.title, new.kind) == (2, old.pk, old.title, old.kind)
    assert selectors.still_matches(Assessment.objects.get(pk=frozen.pk))
    assert {a.evidence.get().pk for a in frozen.answers.all()[:3]} == {old.pk}
    assert {a.evidence.get().pk for a in second.answers.all()[:3]} == {new.pk}
    assert order.cost_lines.get().proof_id == new.pk
    assert [v.number for v in selectors.versions_of(old)] == [2, 1]
    uses = selectors.uses_of(selectors.versions_of(new))
    assert [(u.assessment.cycle, u.version.number, len(u.answers), len(u.lines)) for u in uses] == [
        (2, 2, 102, 1),
        (1, 1, 102, 2),
    ]


def test_a_version_can_be_added_without_showing_it(agency: Agency, signatory: User) -> None:
    draft = assessments.complete_assessment(agency)
    old = Evidence.objects.get(title="Handbook of the agency")
    version_of(old, signatory, use_now=False)
    assert draft.answers.filter(evidence=old).count() == 102


def test_a_new_cycle_begins_with_the_newest_version(agency: Agency, signatory: User) -> None:
    assessments.frozen_assessment(agency)
    old = Evidence.objects.get(title="Handbook of the agency")
    third = version_of(version_of(old, signatory), signatory)
    second = services.start_assessment(agency.pk, signatory)
    assert {a.evidence.get().pk for a in second.answers.all()[:3]} == {third.pk}


def test_version_refusals(agency: Agency, signatory: User) -> None:
    old = assessments.evidence(agency)
    again = assessments.a_file("same.txt", "the very same")
    same = services.add_evidence(agency_id=agency.pk, actor=signatory, upload=again, title="Twin")
    twin = assessments.a_file("other-name.txt", "the very same")
    with pytest.raises(BadInput) as error:
        services.add_version(evidence_id=old.pk, actor=signatory, upload=twin)
    assert "You have this file already: “Twin”, version 1" in str(error.value.fields["file"][0])
    with pytest.raises(BadInput) as error:
        version_of(old, signatory, effective_from=dt.date(2027, 1, 2), valid_until=dt.date(2027, 1, 1))
    assert list(error.value.fields) == ["valid_until"]
    version_of(old, signatory)
    with pytest.raises(Conflict, match="added version 2 already"):
        version_of(old, signatory)
    with pytest.raises(Evidence.DoesNotExist):
        version_of(same, agencies.signatory(agencies.agency()))


def test_library_lists_by_what_ends(agency: Agency) -> None:
    today = clocks.today()
    for title, days in (("gone", -1), ("last day", 0), ("soon", 30), ("later", 31), ("open", None)):
        until = None if days is None else today + dt.timedelta(days=days)
        assessments.evidence(agency, title, valid_until=until)
    old = assessments.evidence(agency, "old")
    version_of(old, agencies.signatory(agency))

    def titles(only: str) -> list[str]:
        return [document.title for document in selectors.library(agency, only=only)]

    assert titles("soon") == ["last day", "soon"]
    assert titles("ended") == ["gone"]
    assert [d.number for d in selectors.library(agency, only="older")] == [1]
    assert len(titles("")) == 6
    sha256 = old.file.sha256
    assert [d.pk for d in selectors.library(agency, text=sha256[:12], only="older")] == [old.pk]


def test_pages_of_a_document(agency: Agency, signatory: User, client_of: Callable[[User], Client]) -> None:
    assessments.frozen_assessment(agency)
    old = Evidence.objects.select_related("file").get(title="Handbook of the agency")
    client = client_of(signatory)
    page = client.get(reverse("assessments:evidence_change", args=[old.pk])).content.decode()
    assert old.file.sha256 in page
    assert "Cycle 1, revision 1" in page
    url = reverse("assessments:evidence_version", args=[old.pk])
    assert client.get(url).status_code == 200
    assert "Choose a file" in client.post(url, {}).content.decode()
    response = client.post(url, {"file": assessments.a_file(), "use_now": "on"})
    new = Evidence.objects.get(replaces=old)
    assert response["Location"] == reverse("assessments:evidence_change", args=[new.pk])
    assert (
        "Older version" in client.get(reverse("assessments:evidence_change", args=[old.pk])).content.decode()
    )
    add = reverse("assessments:evidence_add")
    data = {"file": assessments.a_file("b.txt", "twice"), "title": "B", "kind": "other"}
    client.post(add, data)
    again = client.post(
        add, {**data, "file": assessments.a_file("c.txt", "twice"), "title": "C"}, follow=True
    )
    assert "You have this file already, as “B”" in again.content.decode()
    assert Evidence.objects.filter(file__name__in=["b.txt", "c.txt"]).count() == 1
    assert client.get(reverse("assessments:evidence") + "?only=unused").status_code == 200
