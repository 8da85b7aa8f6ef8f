"""What a register is said to say of a licence, as of a day; and what bringing a list in sets off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from certification.licences import selectors, services
from certification.licences.models import Entry, Snapshot
from certification.licences.selectors import standing_of
from certification.licences.states import Freshness
from iris.core import clocks, outbox
from iris.core.errors import BadInput, NotPermitted
from iris.core.models import Heartbeat, OutboxRow
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent / "lists"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def bring(code="ID-P3MI", *rows, days_ago=0, complete=None, body=None, actor=None, **more):
    """A list of Indonesia in short: (number, name, state[, end])."""
    head = "Nomor SIP3MI;Nama P3MI;Status;Masa Berlaku"
    text = body or "\n".join([head, *(";".join((*row, "", "")[:4]) for row in rows)])
    return services.import_snapshot(
        code=code,
        data=text.encode(),
        name="list.csv",
        source="https://register.example/",
        actor=actor,
        retrieved_at=clocks.now() - timedelta(days=days_ago),
        complete=complete,
        **more,
    )


def jobs():
    rows = OutboxRow.objects.filter(job="agencies.licence_register_changed").order_by("created_at")
    return [(Entry.objects.get(pk=row.kwargs["entry_id"]).number, row.kwargs["gone"]) for row in rows]


A, B, C = (
    ("1/SIP3MI/2025", "PT A", "Aktif"),
    ("2/SIP3MI/2025", "PT B", "Aktif"),
    ("3/SIP3MI/2025", "PT C", "Aktif"),
)


def test_standing_tells_word_language_source_and_day():
    bring("ID-P3MI", ("125/SIP3MI/2025", "PT Orvane Mitra", "Dicabut, SK 12/2026"), days_ago=2)
    said = standing_of("ID", "125 / sip3mi / 2025", "PT Orvane Mitra")
    assert (said.status, said.raw, said.lang, said.language) == (
        "revoked",
        "Dicabut, SK 12/2026",
        "id",
        "Indonesian",
    )
    assert said.retrieved_at == NOON - timedelta(days=2)
    assert said.source == "https://register.example/"
    assert "terms of use not stated" in said.licence_terms
    assert said.sentence == "Revoked (“Dicabut, SK 12/2026”, Indonesian) as of 19 November 2026."
    assert said.lost


def test_no_register_and_no_list_are_unknown():
    assert standing_of("VN", "1").sentence == "Unknown: we know no register of licences of Vietnam."
    said = standing_of("ID", "1/SIP3MI/2025")
    assert said.status == "unknown"
    assert "no list of Daftar P3MI" in said.note


def test_a_stale_list_is_unknown_never_clean():
    bring("ID-P3MI", A, days_ago=14)
    assert standing_of("ID", A[0]).status == "active"  # relied on for 14 days
    with clocks.freeze(NOON + timedelta(days=1)):
        said = standing_of("ID", A[0])
        assert said.status == "unknown"
        assert "older than the 14 days" in said.note
        assert "said: Licensed" in said.note
        assert standing_of("ID", "9/SIP3MI/2025").status == "unknown"  # nor is it said to be missing


def test_a_failed_source_is_unknown_until_a_list_can_be_read():
    bring("ID-P3MI", A, days_ago=1)
    services.record_failure(code="ID-P3MI", source="https://register.example/", why="HTTP 503.")
    said = standing_of("ID", A[0])
    assert said.status == "unknown"
    assert "HTTP 503" in said.note
    with clocks.freeze(NOON + timedelta(hours=1)):
        bring("ID-P3MI", A, B)
        assert standing_of("ID", A[0]).status == "active"


def test_not_found_is_only_said_of_a_whole_list():
    bring("ID-P3MI", A, complete=False)
    assert standing_of("ID", B[0]).status == "unknown"
    with clocks.freeze(NOON + timedelta(hours=1)):
        bring("ID-P3MI", A, C)
        said = standing_of("ID", B[0])
        assert said.status == "not_found"
        assert said.sentence == "Not on the register as of 21 November 2026."


def test_an_unknown_word_is_unknown():
    bring("ID-P3MI", ("1/SIP3MI/2025", "PT A", "dalam proses"))
    said = standing_of("ID", "1/SIP3MI/2025")
    assert said.status == "unknown"
    assert said.note == "the register’s word “dalam proses” is not one we know."


def test_the_register_own_end_makes_it_expired():
    bring(
        "ID-P3MI",
        ("1/SIP3MI/2025", "PT A", "Aktif", "2026-11-20"),
        ("2/SIP3MI/2025", "PT B", "Aktif", "2026-11-21"),
    )
    assert standing_of("ID", "1/SIP3MI/2025").status == "expired"
    assert standing_of("ID", "2/SIP3MI/2025").status == "active"


def test_standing_as_of_a_day_reads_the_list_of_that_day():
    bring("ID-P3MI", A, days_ago=20)
    bring("ID-P3MI", ("1/SIP3MI/2025", "PT A", "Dibekukan"), days_ago=10)
    bring("ID-P3MI", A, days_ago=1)
    assert standing_of("ID", A[0], on=date(2026, 10, 31)).status == "unknown"
    assert standing_of("ID", A[0], on=date(2026, 11, 5)).status == "active"
    assert standing_of("ID", A[0], on=date(2026, 11, 11)).status == "suspended"
    assert standing_of("ID", A[0]).status == "active"


def test_a_number_under_another_name_and_one_that_looks_alike_are_hints():
    bring("SG-MOM", body="EA Licence No,EA Name,Licence Status\n12C3456,Delta Heron Staffing,Active\n")
    said = standing_of("SG", "12C3456", "Merlion Reef Employment")
    assert said.status == "active"
    assert said.note == "The register has this number under the name “Delta Heron Staffing”."
    assert standing_of("SG", "12C3456", "Delta Heron Staffing Pte. Ltd.").note == ""
    alike = standing_of("SG", "I2C34S6")
    assert alike.status == "not_found"
    assert alike.hint.startswith("A number that looks like it stands there: 12C3456")


def test_a_new_polish_agency_is_said_to_wait_two_years():
    services.import_snapshot(
        code="PL-KRAZ", data=(LISTS / "pl.csv").read_bytes(), name="pl.csv", source="WUP", actor=None
    )
    assert standing_of("PL", "12345").note == (
        "Entered on 10 February 2026: by a rule of 1 June 2025 it may not serve foreigners who need a permit before "
        "10 February 2028."
    )
    assert standing_of("PL", "9012").note == ""  # entered before the rule


def test_shape_warning_never_refuses_and_says_when_it_is_unconfirmed():
    assert selectors.shape_warning("IN", "L-77") == (
        "This does not look like a licence number of India, such as B-1794/PUN/PER/100/5/10094/2022. Check it. You can "
        "go on."
    )
    assert "no source confirms this shape" in selectors.shape_warning("NP", "X")
    assert selectors.shape_warning("LK", "anything") == ""
    assert selectors.year_note("NP", "1234/064/065") == (
        "2064/65 is of Bikram Sambat: from April 2007 on, in the common calendar."
    )
    assert selectors.year_note("NP", "L-1") == ""


# -- bringing in -------------------------------------------------------------------------------------------


def test_preview_counts_what_changes_and_keeps_nothing():
    bring("ID-P3MI", A, B, C, days_ago=1)
    before = Snapshot.objects.count()
    body = "Nomor SIP3MI;Nama P3MI;Status\n1/SIP3MI/2025;PT A;Dibekukan\n2/SIP3MI/2025;PT B;Aktif\n"
    body += "4/SIP3MI/2025;PT D;Aktif\n"
    found = services.preview(code="ID-P3MI", data=body.encode())
    assert found.summary == {"new": 1, "gone": 1, "changed": 1}
    assert (found.changed[0].before, found.changed[0].after) == ("Licensed", "Suspended")
    assert Snapshot.objects.count() == before


def test_import_wakes_for_worse_better_and_gone_but_not_for_the_same():
    bring(
        "ID-P3MI",
        A,
        B,
        ("3/SIP3MI/2025", "PT C", "Dibekukan"),
        ("4/SIP3MI/2025", "PT D", "Aktif"),
        days_ago=1,
    )
    assert jobs() == [("3/SIP3MI/2025", False)]  # bad from the first list on
    OutboxRow.objects.all().delete()
    bring("ID-P3MI", ("1/SIP3MI/2025", "PT A", "Dicabut"), B, C)
    assert jobs() == [("1/SIP3MI/2025", False), ("3/SIP3MI/2025", False), ("4/SIP3MI/2025", True)]


def test_import_of_a_part_or_of_the_past_wakes_nobody_for_what_is_gone():
    bring("ID-P3MI", A, B, C, days_ago=1)
    bring("ID-P3MI", A, complete=False)
    bring("ID-P3MI", ("2/SIP3MI/2025", "PT B", "Dicabut"), days_ago=9)
    assert jobs() == []


def test_import_of_the_same_bytes_shares_entries_and_renews_the_day():
    first = bring("ID-P3MI", A, B, days_ago=10)
    with clocks.freeze(NOON + timedelta(days=7)):
        assert standing_of("ID", A[0]).status == "unknown"
        again = bring("ID-P3MI", A, B)
        assert (again.same_as, again.held, again.entries.count()) == (first, 2, 0)
        said = standing_of("ID", A[0])
        assert (said.status, said.retrieved_at) == ("active", NOON + timedelta(days=7))


def test_a_list_that_lost_most_of_its_entries_is_not_taken_unless_said_so():
    rows = [(f"{n}/SIP3MI/2025", f"PT {n}", "Aktif") for n in range(1, 11)]
    bring("ID-P3MI", *rows, days_ago=1)
    with pytest.raises(BadInput) as refused:
        bring("ID-P3MI", *rows[:4])
    assert "holds 4 licences; the one before held 10" in refused.value.fields["file"][0]
    assert bring("ID-P3MI", *rows[:5]).held == 5  # half is still believed
    assert bring("ID-P3MI", *rows[:1], accept_shrunk=True).held == 1


def test_import_refuses_what_cannot_be_and_whoever_may_not():
    with pytest.raises(BadInput, match="We know no register"):
        bring("XX-NONE", A)
    with pytest.raises(BadInput) as refused:
        bring("ID-P3MI", A, days_ago=-1)
    assert refused.value.fields["retrieved_at"] == ["A list cannot have been had in the future."]
    with pytest.raises(BadInput):
        bring("ID-P3MI", body="a;b\n1;2\n")
    with pytest.raises(NotPermitted):
        bring("ID-P3MI", A, actor=person("scheme", "decider"))
    assert not Snapshot.objects.exists()
    assert bring("ID-P3MI", A, actor=person("scheme", "screener")).imported_by is not None


def test_lists_and_entries_are_only_ever_added():
    snapshot = bring("ID-P3MI", A)
    for table in ("certification_licences_snapshot", "certification_licences_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        snapshot.delete()


def test_questions_about_many_licences_are_few(django_assert_max_num_queries):
    bring("ID-P3MI", *[(f"{n}/SIP3MI/2025", f"PT {n}", "Aktif") for n in range(1, 40)])
    asked = [selectors.Asked("ID", f"{n}/SIP3MI/2025") for n in range(1, 40)]
    with django_assert_max_num_queries(3):
        assert all(said.status == "active" for said in selectors.standings_of(asked))


# -- command and connector ---------------------------------------------------------------------------------


def test_command_reads_a_file_and_says_what_it_changed():
    out = StringIO()
    call_command("import_licences", "np-dofe", str(LISTS / "np.html"), retrieved_at="2026-11-20", stdout=out)
    assert "NP-DOFE: 4 licences from 4 rows (4 new, 0 gone, 0 changed)." in out.getvalue()
    assert "Row 3" in out.getvalue()
    assert standing_of("NP", "1234/064/065").raw == "सञ्चालनमा"


def test_command_keeps_a_failure_and_says_what_was_expected():
    with pytest.raises(CommandError, match="No column is headed"):
        call_command("import_licences", "PH-DMW", str(LISTS / "README.md"))
    assert selectors.register_line(selectors.register("PH-DMW")).freshness == Freshness.DOWN
    with pytest.raises(CommandError, match="expected one of PH-DMW"):
        call_command("import_licences", "XX", str(LISTS / "np.html"))
    with pytest.raises(CommandError, match="expected a day like 2026-05-03"):
        call_command("import_licences", "NP-DOFE", str(LISTS / "np.html"), retrieved_at="yesterday")


class Recorded:
    """A client that answers from a file, or is down."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def get(self, address):
        self.asked.append(address)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_czech_open_data_is_fetched_by_itself_once_a_day():
    client = Recorded((LISTS / "cz.json").read_bytes())
    assert services.fetch_due(client) == 1
    assert services.fetch_due(client) == 0  # again changes nothing
    assert client.asked == ["https://data.mpsv.cz/od/soubory/agentury-prace/agentury-prace.json"]
    assert standing_of("CZ", "012 34 567").status == "active"
    assert standing_of("CZ", "11223344").status == "expired"
    assert standing_of("CZ", "99999999").status == "not_found"
    assert Heartbeat.objects.get(name="licence registers").at == NOON
    with clocks.freeze(NOON + timedelta(hours=24)):
        assert services.fetch_due(client) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (services.SourceDown("timed out"), "timed out"),
        (b"<html><body>Maintenance</body></html>", "no table"),
        (b'{"polozky": [{"ico": "0123', "breaks off"),
    ],
)
def test_a_source_that_is_down_is_kept_as_failed_and_unknown(answer, why):
    services.fetch("CZ-UP", Recorded((LISTS / "cz.json").read_bytes()))
    with clocks.freeze(NOON + timedelta(hours=25)):
        assert services.fetch_due(Recorded(answer)) == 1
        said = standing_of("CZ", "01234567")
        assert said.status == "unknown"
        assert why in said.note


def test_the_product_own_client_refuses_unless_allowed_out(settings):
    assert settings.IRIS_FETCH_REGISTERS is False
    row = services.fetch("CZ-UP")
    assert "not allowed to fetch anything" in row.why_failed
    settings.IRIS_FETCH_REGISTERS = True
    with pytest.raises(services.SourceDown, match="Only https is called"):
        services.configured_client().get("http://register.example/")
    with pytest.raises(BadInput):
        services.fetch("PH-DMW")


def test_whoever_brings_lists_in_is_told_which_can_no_longer_be_relied_on():
    screener, decider = person("scheme", "screener"), person("scheme", "decider")
    assert selectors.todos_for(screener) == []  # never had is no debt
    bring("ID-P3MI", A, days_ago=15)
    bring("SG-MOM", body="EA Licence No,EA Name,Licence Status\n12C3456,Delta Heron Staffing,Active\n")
    assert [todo.what for todo in selectors.todos_for(screener)] == ["Bring in a newer list: Indonesia."]
    assert selectors.todos_for(decider) == []


def test_a_job_that_no_room_defines_is_done_without_harm():
    outbox.expect("nobody.listens")
    row = outbox.enqueue("nobody.listens", anything="at all")
    assert outbox.run(row.pk)
    heard = []
    outbox.job("somebody.listens")(lambda **given: heard.append(given))
    outbox.expect("somebody.listens")  # whoever defines it is heard, whichever came first
    outbox.run(outbox.enqueue("somebody.listens", licence_id="1").pk)
    assert heard == [{"licence_id": "1"}]
