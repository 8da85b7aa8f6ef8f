"""Notices of authorities: a signal for people of the scheme, never a verdict (R86)."""

from __future__ import annotations

from typing import Any

import pytest

from certification.agencies.models import Agency
from certification.certificates import selectors as certificates
from certification.corrections import selectors, services
from certification.corrections.models import AuthorityNotice
from certification.corrections.states import NoticeState
from iris.core import outbox
from iris.core.errors import BadInput, Conflict, NotPermitted
from iris.notify.models import Notice
from tests.factories import accounts, agencies, corrections
from tests.tables import moves_let_through, wrong_rows

pytestmark = pytest.mark.django_db
ACTS = {
    "look_at": lambda row, who: services.look_at_notice(notice_id=row.pk, actor=who),
    "act_on": lambda row, who: services.act_on_notice(notice_id=row.pk, actor=who, answer="Done."),
    "note": lambda row, who: services.note_notice(notice_id=row.pk, actor=who, answer="Nothing."),
    "withdraw": lambda row, who: services.withdraw_notice(notice_id=row.pk, actor=who),
}
SCHEME = ("manager", "screener")
ALLOWED = {
    *(("received", "look_at", role) for role in SCHEME),
    *(("looked_at", act, role) for act in ("act_on", "note") for role in SCHEME),
    *((state, "withdraw", "authority") for state in ("received", "looked_at")),
}


def test_every_state_act_and_role() -> None:
    filer = corrections.authority()
    people: dict[str, Any] = {
        "manager": lambda row: accounts.person("scheme", "scheme_manager"),
        "screener": lambda row: corrections.answering(),
        "decider": lambda row: accounts.person("scheme", "decider"),
        "authority": lambda row: filer,
        "another authority": lambda row: corrections.authority("PH"),
        "an employer": lambda row: accounts.person("employer", "sourcing_manager"),
    }

    def make(state: str) -> AuthorityNotice:
        return corrections.notice(state, by=filer)

    count, wrong = wrong_rows(make, NoticeState.values, ACTS, people, ALLOWED)
    assert (count, wrong) == (5 * 4 * 6, [])


@pytest.mark.parametrize("state", NoticeState.values)
def test_plain_sql_moves_no_further(state: str) -> None:
    assert moves_let_through(corrections.notice(state), NoticeState.values) <= {"looked_at"}


def test_it_changes_nothing_by_itself_and_finds_the_agency_by_its_licence(agency: Agency) -> None:
    outbox.run_all()  # what is left of the way to the certificate
    manager = accounts.person("scheme", "scheme_manager")
    licence = agency.licences.get()
    before = certificates.standing_of(agency)
    heard = Notice.objects.filter(user=agencies.signatory(agency)).count()
    row = corrections.notice(licence_number=licence.number.lower())
    outbox.run_all()
    assert row.agency_id == agency.pk
    assert certificates.standing_of(agency).standing == before.standing == "certified"
    licence.refresh_from_db()
    assert licence.lost_why == ""
    told = Notice.objects.get(user=manager, template="corrections/notice_received")
    assert row.reference in told.subject
    assert [todo.url for todo in selectors.todos_for(manager)] == [f"/notices/{row.pk}/"]
    assert Notice.objects.filter(user=agencies.signatory(agency)).count() == heard


def test_only_its_own_licences_are_suspended_and_anybodys_warned_of() -> None:
    filer = corrections.authority("NP")
    for measure in ("suspension", "revocation"):
        with pytest.raises(BadInput) as refused:
            corrections.notice(by=filer, measure=measure, country="PH")
        assert list(refused.value.fields) == ["country"]
    assert corrections.notice(by=filer, measure="warning", country="PH").country == "PH"
    assert corrections.notice(by=filer).country == "NP"


def test_the_same_file_number_is_one_notice_and_other_words_are_refused() -> None:
    filer = corrections.authority()
    first = corrections.notice(by=filer, file_number="DOFE/118")
    assert corrections.notice(by=filer, file_number="DOFE/118").pk == first.pk
    with pytest.raises(Conflict) as refused:
        corrections.notice(by=filer, file_number="DOFE/118", text="Other words.")
    assert refused.value.code == "file_number_used"
    assert corrections.notice(file_number="DOFE/118").pk != first.pk


def test_the_same_file_number_about_another_agency_is_not_the_same_notice(agency: Agency) -> None:
    """Named by its id alone, a second agency was passed over in silence: the first notice came back."""
    filer, other = corrections.authority(), agencies.agency("Another Overseas")
    told = {"licence_number": "", "file_number": "DOFE/119"}
    first = corrections.notice(by=filer, agency_id=agency.pk, **told)
    assert corrections.notice(by=filer, agency_id=agency.pk, **told).pk == first.pk
    with pytest.raises(Conflict) as refused:
        corrections.notice(by=filer, agency_id=other.pk, **told)
    assert refused.value.code == "file_number_used"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("measure", {"measure": "fine"}),
        ("text", {"text": " "}),
        ("licence_number", {"licence_number": ""}),
        ("country", {"country": "XX"}),
    ],
)
def test_what_cannot_be_used_says_so(field: str, given: dict[str, str]) -> None:
    with pytest.raises(BadInput) as refused:
        corrections.notice(**given)
    assert list(refused.value.fields) == [field]


def test_nobody_else_files_or_reads(agency: Agency) -> None:
    row = corrections.notice()
    for person in (accounts.person("employer", "sourcing_manager"), agencies.signatory(agency)):
        with pytest.raises(NotPermitted):
            services.file_notice(entry=corrections.notice_entry(), actor=person)
        assert not selectors.notices_visible_to(person).exists()
    assert not selectors.notices_visible_to(corrections.authority("PH")).exists()
    assert selectors.notices_visible_to(accounts.person("scheme", "decider")).get().pk == row.pk


def test_the_authority_reads_what_was_done() -> None:
    filer = corrections.authority()
    corrections.notice("acted_on", by=filer)
    told = Notice.objects.get(user=filer, template="corrections/notice_answered")
    assert "An audit is ordered." in told.body
