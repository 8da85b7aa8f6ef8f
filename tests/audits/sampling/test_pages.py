"""Who reads what on the pages of samples, and that no name is where it must not be."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from audits.sampling import selectors, services
from audits.sampling.models import Frame, FrameDraft, IdentityOpened, Sample
from audits.sampling.states import FrameKind
from iris.accounts.models import User
from iris.core import clocks
from tests.audits.world import AuditCase
from tests.factories import audits, sampling

CANARY = "Person Canary"
CONTACT = "+977 98000"


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _body(response: Any) -> str:
    return b"".join(response).decode() if response.streaming else response.content.decode()


class SamplePages(AuditCase):
    """A sample of people and one of files."""

    state = "planned"
    sample: Sample
    files: Sample

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.sample = sampling.sample(cls.audit, sampling.people_csv(60))
        cls.files = sampling.sample(cls.audit, kind=FrameKind.FILES)

    def _addresses(self) -> list[str]:
        one, frame = [self.audit.pk, self.sample.pk], [self.audit.pk, self.sample.frame_id]
        drawn = self.sample.strata.filter(size__gt=0)[0]
        return [
            reverse("sampling:overview", args=[self.audit.pk]),
            reverse("sampling:list", args=frame),
            reverse("sampling:published_list", args=[*frame, 1]),
            reverse("sampling:sample", args=one),
            reverse("sampling:draw_list", args=one),
            reverse("sampling:stratum", args=[*one, drawn.number]),
            reverse("sampling:member", args=[*one, drawn.members.all()[0].pk]),
            reverse("sampling:sample", args=[self.audit.pk, self.files.pk]),
            reverse("reports:audit", args=[self.audit.pk]),
        ]

    def test_no_page_shows_a_name_until_it_is_opened(self) -> None:
        walked = 0
        for user in self.people().values():
            client = _client(user)
            for address in self._addresses():
                response = client.get(address)
                assert response.status_code in (200, 302, 404), address
                text = _body(response)
                assert CANARY not in text, address
                assert CONTACT not in text, address
                assert ">W-" not in text, address
                walked += response.status_code == 200
        assert walked >= 30
        assert not IdentityOpened.objects.exists()

    def test_agency_sees_neither_draw_list_nor_strata_of_few(self) -> None:
        client = _client(self.speaker)
        for name, args in (
            ("draw_list", [self.sample.pk]),
            ("published_list", [self.sample.frame_id, 1]),
            ("stratum", [self.sample.pk, 1]),
            ("member", [self.sample.pk, self.sample.members.all()[0].pk]),
        ):
            assert client.get(reverse(f"sampling:{name}", args=[self.audit.pk, *args])).status_code == 404
        text = _body(client.get(reverse("sampling:sample", args=[self.audit.pk, self.sample.pk])))
        assert self.sample.seed in text
        assert "10 of 60" in text
        for member in self.sample.members.select_related("member"):
            assert member.short_key not in text

    def test_small_strata_are_told_together_and_never_fewer_than_five(self) -> None:
        told = selectors.statement_of(self.sample)
        rows = [row for corridor in told.corridors for row in corridor.strata]
        assert all(row.population >= 5 for row in rows)
        assert sum(row.population for row in rows) == 60
        assert sum(row.drawn for row in rows) == 10
        assert told.empty_strata == self.sample.strata.filter(size=0).count() > 0

    def test_team_opens_names_of_one_page_and_each_is_logged(self) -> None:
        address = reverse("sampling:names", args=[self.audit.pk, self.sample.pk])
        response = _client(self.lead).post(address, {"purpose": "To arrange the interviews."})
        assert response.status_code == 200
        assert _body(response).count(CANARY) == 10
        assert "no-store" in response["Cache-Control"]
        assert IdentityOpened.objects.filter(actor=self.lead).count() == 10
        assert _client(self.lead).post(address, {"purpose": ""}).status_code == 422
        for user in (self.firm_manager, self.manager, self.speaker, self.other_lead):
            assert _client(user).post(address, {"purpose": "Curious."}).status_code == 404
        assert IdentityOpened.objects.count() == 10
        log = _body(
            _client(self.manager).get(reverse("sampling:sample", args=[self.audit.pk, self.sample.pk]))
        )
        assert "To arrange the interviews." in log
        assert CANARY not in log

    def test_one_place_is_opened_and_replaced(self) -> None:
        stratum = next(one for one in self.sample.strata.filter(size__gt=0) if one.size < one.population)
        member = stratum.members.all()[0]
        address = reverse("sampling:member", args=[self.audit.pk, self.sample.pk, member.pk])
        client = _client(self.lead)
        assert client.post(address, {"open": "1", "purpose": ""}).status_code == 422
        assert CANARY in _body(client.post(address, {"open": "1", "purpose": "To call."}))
        assert client.post(address, {"replace": "1"}).status_code == 422
        response = client.post(address, {"replace": "1", "reason": "left", "note": ""})
        assert response.status_code == 302
        assert "stands for place" in _body(client.get(response["Location"]))

    def test_lead_asks_too_much_of_a_stratum(self) -> None:
        one = self.sample.strata.all()[0]
        address = reverse("sampling:stratum", args=[self.audit.pk, self.sample.pk, one.number])
        client = _client(self.lead)
        response = client.post(address, {"raise": "1", "size": one.population + 3, "reason": "More."})
        assert response.status_code == 422
        assert f"expected at most {one.population}" in _body(response)
        assert client.post(address, {"reserve": "1", "count": 99}).status_code == 422
        assert _client(self.manager).post(address, {"reserve": "1", "count": 1}).status_code == 404

    def test_files_are_released_and_marked_on_the_page(self) -> None:
        page = reverse("sampling:sample", args=[self.audit.pk, self.files.pk])
        agency, lead = _client(self.speaker), _client(self.lead)
        assert "F-1" not in _body(agency.get(page))
        assert lead.post(reverse("sampling:release", args=[self.audit.pk, self.files.pk])).status_code == 302
        assert _body(agency.get(page)).count("F-") == 10
        assert "F-" not in _body(_client(self.manager).get(page))
        first, second = self.files.members.all()[:2]
        marks = reverse("sampling:marks", args=[self.audit.pk, self.files.pk])
        wrong = lead.post(marks, {f"result-{first.pk}": "not_shown", f"note-{first.pk}": ""})
        assert "say what is wrong" in _body(wrong)
        lead.post(marks, {f"result-{first.pk}": "in_order", f"result-{second.pk}": ""})
        kept = self.files.members.get(pk=first.pk)
        assert (kept.result, kept.result_by_id) == ("in_order", self.lead.pk)

    def test_database_holds_no_name_in_clear(self) -> None:
        services.open_member(self.sample.members.all()[0].pk, self.lead, "To arrange the interview.")
        services.keep_draft(
            frame_id=services.ask_again(
                frame_id=self.sample.frame_id, actor=self.lead, due_on=clocks.today(), reason="Again."
            ).pk,
            actor=self.speaker,
            upload=sampling.upload(sampling.people_csv(5)),
        )
        assert FrameDraft.objects.exists()
        looked = 0
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                for (text,) in cursor.fetchall():
                    looked += 1
                    assert CANARY not in text, table
                    assert CONTACT not in text, table
                    assert CANARY.encode().hex() not in text, table
        assert looked > 200

    def test_script_is_handed_out(self) -> None:
        response = _client(self.speaker).get(reverse("sampling:script"))
        assert response["Content-Disposition"] == 'attachment; filename="verify_sample.py"'
        assert "def sample_size" in _body(response)


class ListPages(AuditCase):
    """Asking, sending, checking, drawing by pages."""

    state = "planned"

    def test_way_of_a_list_from_asking_to_the_draw(self) -> None:
        lead, agency = _client(self.lead), _client(self.speaker)
        assert "Ask for a list" in _body(lead.get(reverse("sampling:overview", args=[self.audit.pk])))
        ask = reverse("sampling:ask", args=[self.audit.pk])
        assert lead.post(ask, {"kind": "people", "due_on": "2020-01-01"}).status_code == 422
        assert lead.post(ask, {"kind": "people", "due_on": "2026-11-30", "note": "All."}).status_code == 302
        frame = Frame.objects.get()
        assert "Send a list" in _body(agency.get(reverse("desks:today")))
        args = [self.audit.pk, frame.pk]
        send, check = reverse("sampling:send", args=args), reverse("sampling:check", args=args)
        assert "Empty list to fill in" in _body(agency.get(send))
        assert agency.get(reverse("sampling:empty_list", args=args)).status_code == 200
        assert agency.post(send, {}).status_code == 422
        broken = sampling.people_csv(3).replace("QA", "Atlantis", 1)
        response = agency.post(send, {"file": sampling.upload(broken)})
        assert response.status_code == 422
        assert "Row 2, To: expected a country" in _body(response)
        assert agency.post(send, {"file": sampling.upload(sampling.people_csv(24))}).status_code == 302
        seen = _body(agency.get(check))
        assert "24 lines were read" in seen
        assert CANARY not in seen
        assert agency.post(check).status_code == 302
        assert agency.post(check).status_code == 302
        assert "Draw the sample" in _body(lead.get(reverse("desks:today")))
        assert agency.post(reverse("sampling:draw", args=args)).status_code == 404
        response = lead.post(reverse("sampling:draw", args=args))
        assert "10 of 24" in _body(lead.get(response["Location"]))
        assert lead.post(reverse("sampling:draw", args=args)).status_code == 409

    def test_list_the_team_brings(self) -> None:
        lead = _client(self.lead)
        response = lead.post(reverse("sampling:begin", args=[self.audit.pk, "adverts"]))
        assert lead.post(reverse("sampling:begin", args=[self.audit.pk, "adverts"])).status_code == 302
        response = lead.post(response["Location"], {"text": "A-1;NP;QA;;2025-03-01"})
        lead.post(response["Location"])
        assert Frame.objects.get().state == "received"

    def test_acts_with_reasons(self) -> None:
        frame = sampling.frame(self.audit)
        lead = _client(self.lead)
        again = reverse("sampling:again", args=[self.audit.pk, frame.pk])
        assert lead.get(again).status_code == 200
        assert lead.post(again, {"due_on": "2026-11-30", "reason": ""}).status_code == 422
        assert (
            lead.post(again, {"due_on": "2026-11-30", "reason": "One branch is missing."}).status_code == 302
        )
        aside = reverse("sampling:aside", args=[self.audit.pk, frame.pk])
        assert lead.post(aside, {"reason": "Nobody is deployed."}).status_code == 302
        assert "Nobody is deployed." in _body(
            _client(self.speaker).get(reverse("sampling:overview", args=[self.audit.pk]))
        )

    def test_strangers_find_nothing(self) -> None:
        frame = sampling.frame(audits.again(self.audit))
        for user in (self.other_agency, self.other_lead, self.employer):
            client = _client(user)
            for name, args in (("overview", []), ("list", [frame.pk]), ("send", [frame.pk])):
                address = reverse(f"sampling:{name}", args=[self.audit.pk, *args])
                assert client.get(address).status_code == 404
