"""Plans: visits, notice, what the agency may know, clashes, calendar files, what is thin."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail

from audits.engagements import rules, selectors, services
from audits.engagements.models import Audit, AuditPlan
from audits.engagements.services import Heard, Visit
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted
from iris.notify.models import Notice as Told
from tests.audits.world import NOON, AuditCase
from tests.factories import audits
from tests.factories.machines import machine

TODAY = NOON.date()
DECEMBER_5 = date(2026, 12, 5)  # fourteen days after 21 November


def on(day: date) -> object:
    """The clock at noon of a day."""
    return clocks.freeze(NOON + (day - TODAY))


class PlanCase(AuditCase):
    """An initial audit that is to be planned."""

    state = "accepted"

    def plan(self, **more: object) -> Audit:
        words = {
            "stage2_from": DECEMBER_5,
            "stage2_to": DECEMBER_5,
            "notice": "announced",
            "clash_reason": "",
        }
        return services.plan_audit(
            audit_id=self.audit.pk, actor=self.lead, plan=audits.plan(self.audit, **{**words, **more})
        )

    def refused(self, **more: object) -> dict[str, list[str]]:
        with pytest.raises(BadInput) as refused:
            self.plan(**more)
        return {name: [str(text) for text in texts] for name, texts in refused.value.fields.items()}

    def test_notice_is_refused_with_the_earliest_day(self) -> None:
        fields = self.refused(stage2_from=DECEMBER_5 - timedelta(days=1))

        assert fields["stage2_from"] == [
            "An announced visit needs 14 days of notice: choose 5 December 2026 or later, or shorten the notice."
        ]
        assert self.plan().state == "planned"

    def test_initial_audit_is_never_unannounced(self) -> None:
        assert "notice" in self.refused(notice="unannounced")

    def test_visits_are_kept_with_days_and_people(self) -> None:
        last = DECEMBER_5 + timedelta(days=2)
        visits = [
            Visit(place="Head office", city="Kathmandu", country="NP", last_day=DECEMBER_5),
            Visit(place="Training centre", city="Pokhara", country="NP", first_day=last),
        ]
        self.plan(stage2_to=last, visits=visits, sites="")

        rows = list(AuditPlan.objects.get().visits.all())
        assert [(row.place, row.first_day, row.last_day) for row in rows] == [
            ("Head office", DECEMBER_5, DECEMBER_5),
            ("Training centre", last, last),
        ]
        assert [list(row.people.all()) for row in rows] == [[self.auditor], [self.auditor]]
        assert AuditPlan.objects.get().sites == "Head office, Training centre"

    def test_visit_outside_stage_2(self) -> None:
        day = DECEMBER_5 + timedelta(days=9)
        fields = self.refused(visits=[Visit(place="Head office", first_day=day, last_day=day)])

        assert fields == {
            "visit-0-first_day": [
                "A visit lies within stage 2: choose days from 5 December 2026 to 5 December 2026."
            ]
        }

    def test_window_holds_the_visit_and_hides_its_day(self) -> None:
        window = {"notice": "semi_announced", "window_from": DECEMBER_5, "window_to": date(2026, 12, 18)}
        assert "window_from" in self.refused(**{**window, "window_from": TODAY})
        assert "window_to" in self.refused(**{**window, "window_to": DECEMBER_5})
        assert "stage2_from" in self.refused(**window, stage2_to=date(2027, 1, 5))
        day = date(2026, 12, 16)

        self.plan(**window, stage2_from=day, stage2_to=day)

        told = Told.objects.get(user=self.speaker, template="audits/planned_window")
        assert "18 December 2026" in told.body
        assert "16 December" not in told.body
        self._walk_to_stage1_closed()
        self._agency_sees("5 December 2026", but_not="16 December")
        assert self.client.get(f"/audits/{self.audit.pk}/plan.ics").status_code == 404
        with on(day):
            self._agency_sees("16 December 2026")

    def _walk_to_stage1_closed(self) -> None:
        audits.walk_on(self.audit, "stage1")
        audits.walk_on(self.audit, "stage1_closed")

    def _agency_sees(self, words: str, but_not: str = "") -> None:
        self.client.force_login(self.speaker)
        page = self.client.get(f"/audits/{self.audit.pk}/").content.decode()
        everything = page + "".join(
            self.client.get(path).content.decode()
            for path in ("/audits/", "/today/", f"/applications/{self.audit.application_id}/")
        )
        assert words in page
        api = machine(self.speaker, "read:audits", "read:certification")
        bodies = "".join(
            api.get(f"/api/v1/{path}").content.decode()
            for path in ("audits/", f"audits/{self.audit.pk}/", "applications/")
        )
        assert str(self.audit.pk) in bodies
        assert ("2026-12-16" in bodies) == (not but_not)
        everything += bodies
        if but_not:
            assert but_not not in everything
            assert "2026-12-16" not in everything

    def test_clash_needs_its_reason(self) -> None:
        other = audits.audit("accepted", lead=self.auditor)
        services.plan_audit(
            audit_id=other.pk,
            actor=self.lead,
            plan=audits.plan(other, stage2_from=DECEMBER_5, stage2_to=DECEMBER_5, clash_reason=""),
        )

        fields = self.refused(stage1_on=TODAY + timedelta(days=1))
        assert f"Ilse Obuya is busy: Stage 2, {other.number}, 5 December 2026." in fields["clash_reason"][0]

        self.plan(stage1_on=TODAY + timedelta(days=1), clash_reason="Mornings here, afternoons there.")
        assert AuditPlan.objects.get(audit=self.audit).clash_reason == "Mornings here, afternoons there."

    def test_reason_for_a_clash_that_is_none_is_not_kept(self) -> None:
        self.plan(clash_reason="Mornings here.")

        assert AuditPlan.objects.get().clash_reason == ""

    def test_calendar_file(self) -> None:
        visits = [
            Visit(
                place="Head office; second floor, left", address="New Road 7", city="Kathmandu", country="NP"
            )
        ]
        audit = self.plan(visits=visits, stage2_to=DECEMBER_5 + timedelta(days=1))
        self.client.force_login(self.speaker)

        answer = self.client.get(f"/audits/{audit.pk}/plan.ics")

        text = answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        plain = text.replace("\r\n ", "").split("\r\n")
        assert plain[0] == "BEGIN:VCALENDAR"
        assert plain[-2:] == ["END:VCALENDAR", ""]
        assert plain.count("BEGIN:VEVENT") == plain.count("END:VEVENT") == 2
        assert plain[plain.index(f"UID:{audit.pk}-visit-0@localhost") :][1:5] == [
            "DTSTAMP:20261121T120000Z",
            "SEQUENCE:0",
            "DTSTART;VALUE=DATE:20261205",
            "DTEND;VALUE=DATE:20261207",
        ]
        assert "LOCATION:Head office\\; second floor\\, left\\, New Road 7\\, Kathmandu\\, Nepal" in plain
        assert f"SUMMARY:Audit visit: Head office\\; second floor\\, left ({audit.number})" in plain

    def test_new_plan_moves_the_same_events_and_cancels_what_fell_away(self) -> None:
        self.plan(visits=[Visit(place="Head office"), Visit(place="Branch")])
        self.plan(
            visits=[Visit(place="Head office")], stage2_from=date(2026, 12, 7), stage2_to=date(2026, 12, 7)
        )

        audit = selectors.with_plan(Audit.objects.all()).get()
        events = selectors.calendar_of(audit).replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
        parts = ("stage-1", "visit-0", "visit-1")
        for part, event in zip(parts, events, strict=True):
            assert f"UID:{audit.pk}-{part}@" in event
        assert all("SEQUENCE:1\r\n" in event for event in events)
        assert "20261207" in events[1]
        assert ["STATUS:CANCELLED" in event for event in events] == [False, False, True]

    def test_thin_plan_is_said_but_not_stopped(self) -> None:
        # 18 staff: 3 audit days, 80 percent of them: 2.4 on site. One person for two days: 2; for three: 3.
        two = self.plan(stage2_to=DECEMBER_5 + timedelta(days=1), interview_languages=["ne"])
        assert two.days == 3
        [warning] = selectors.plan_warnings(selectors.with_plan(Audit.objects.all()).get())
        assert "2 audit days on site" in warning
        self.plan(stage2_to=DECEMBER_5 + timedelta(days=2))
        assert selectors.plan_warnings(selectors.with_plan(Audit.objects.all()).get()) == []

    def test_page_sends_the_plan_with_its_visits(self) -> None:
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/plan/"
        assert "Head office" in self.client.get(url).content.decode()
        data = {
            "objectives": "See.", "scope": "All.", "criteria": "Edition 1.", "notice": "announced",
            "stage1_on": str(TODAY), "stage2_from": "2026-12-05", "stage2_to": "2026-12-05",
            "languages": ["en"], "interview_languages": ["ne"],
            "visit-0-place": "Head office", "visit-0-city": "Kathmandu", "visit-0-country": "NP",
        }  # fmt: skip
        early = self.client.post(url, {**data, "stage2_from": "2026-12-01", "stage2_to": "2026-12-01"})
        assert early.status_code == 422
        assert "5 December 2026 or later" in early.content.decode()

        assert self.client.post(url, data).status_code == 302
        assert AuditPlan.objects.get().visits.get().city == "Kathmandu"
        assert "Kathmandu, Nepal" in self.client.get("/audits/?country=NP&kind=initial").content.decode()
        assert self.audit.number not in self.client.get("/audits/?kind=special").content.decode()

    def test_what_was_heard_is_kept_and_never_shown_to_the_agency(self) -> None:
        self.plan()
        heard = Heard("union", TODAY, "Two returnees spoke of a deposit.", confidential=True)
        for person in (self.manager, self.speaker, self.firm_manager):
            with pytest.raises(NotPermitted):
                services.note_prior(audit_id=self.audit.pk, actor=person, heard=heard)
        services.note_prior(audit_id=self.audit.pk, actor=self.lead, heard=heard)

        seen = {}
        for name, person in (("lead", self.lead), ("manager", self.manager)):
            self.client.force_login(person)
            seen[name] = self.client.get(f"/audits/{self.audit.pk}/stage-1/").content.decode()
        assert "a deposit" in seen["lead"]
        assert "a deposit" not in seen["manager"]
        assert "1 confidential note" in seen["manager"]
        self.client.force_login(self.speaker)
        assert self.client.get(f"/audits/{self.audit.pk}/stage-1/").status_code == 404
        assert "a deposit" not in self.client.get(f"/audits/{self.audit.pk}/").content.decode()

    def test_note_from_tomorrow(self) -> None:
        self.plan()
        with pytest.raises(BadInput) as refused:
            services.note_prior(
                audit_id=self.audit.pk,
                actor=self.lead,
                heard=Heard("ngo", TODAY + timedelta(days=1), "Something."),
            )
        assert "lies ahead" in str(refused.value.fields["heard_on"][0])


class UnannouncedCase(AuditCase):
    """A surveillance audit that is planned unannounced: nothing of it reaches the agency before its day."""

    DAY = date(2026, 12, 3)

    @classmethod
    def build(cls) -> None:
        cls.manager = audits.manager()
        cls.auditor = audits.auditor(name="Ilse Obuya")
        cls.lead = cls.auditor.person
        order = audits.order("special", due_on=date(2026, 12, 10))
        cls.audit = audits.ordered("accepted", order, cls.auditor)
        cls.speaker = audits.speaker(cls.audit)
        cls.before = Told.objects.filter(user=cls.speaker).count()
        plan = audits.plan(
            cls.audit,
            notice="unannounced",
            stage2_from=cls.DAY,
            stage2_to=cls.DAY,
            visits=[Visit(place="Branch behind the market", city="Birgunj")],
        )
        services.plan_audit(audit_id=cls.audit.pk, actor=cls.lead, plan=plan)
        audits.walk_on(cls.audit, "stage1")
        audits.walk_on(cls.audit, "stage1_closed")

    def paths(self) -> list[str]:
        ends = ("", "plan.ics", "report/", "stage-1/", "stage-2/", "plan/")
        return [f"/audits/{self.audit.pk}/{end}" for end in ends]

    def test_agency_learns_nothing_before_the_day(self) -> None:
        self.client.force_login(self.speaker)
        open_pages = (
            "/audits/", "/today/", "/findings/", "/inbox/", "/certificates/",
            f"/certificates/{self.audit.order.certificate_id}/", f"/applications/{self.audit.application_id}/",
        )  # fmt: skip

        with on(self.DAY - timedelta(days=1)):
            assert services.tell_due_plans() == 0
            assert [self.client.get(path).status_code for path in self.paths()] == [404] * 6
            for path in open_pages:
                page = self.client.get(path, follow=True).content.decode()
                for secret in ("3 December", "2026-12-03", "Birgunj", self.audit.number):
                    assert secret not in page, (path, secret)
        assert Told.objects.filter(user=self.speaker).count() == self.before
        assert not [one for one in mail.outbox if "3 December" in str(one.body)]

    def test_agency_is_told_when_the_team_is_there(self) -> None:
        with on(self.DAY):
            audits.walk_on(self.audit, "stage2")
            self.client.force_login(self.speaker)
            assert "Birgunj" in self.client.get(f"/audits/{self.audit.pk}/").content.decode()
        assert Told.objects.filter(user=self.speaker, template="audits/begun").exists()

    def test_team_has_its_calendar_before(self) -> None:
        self.client.force_login(self.lead)
        assert "DTSTART;VALUE=DATE:20261203" in self.client.get(self.paths()[1]).content.decode()


def test_plan_of_a_short_notice_audit_is_told_on_its_day(db: None) -> None:
    with clocks.freeze(NOON):
        order = audits.order("short_notice")
        audit = audits.ordered("planned", order)
        speaker = audits.speaker(audit)
        assert services.tell_due_plans() == 0
    with on(order.told_from):
        assert services.tell_due_plans() == 1
        assert services.tell_due_plans() == 0
    assert Told.objects.filter(user=speaker, template="audits/planned").count() == 1


def test_days_on_site_by_hand() -> None:
    first, second, third = (date(2026, 12, day) for day in (7, 8, 9))
    office, branch = (first, second, ["Ilse", "Suresh"]), (second, third, ["Ilse"])

    # Ilse 7, 8, 9 and Suresh 7, 8 December: five days, not six, since Ilse is once at two places on the 8th.
    assert rules.days_on_site([office, branch]) == 5
    assert rules.days_on_site([]) == 0
    # 80 percent of 5 is 4, of 6.5 is 5.2.
    assert rules.on_site_is_enough(5, Decimal("5"))
    assert rules.on_site_is_enough(4, Decimal("5"))
    assert not rules.on_site_is_enough(5, Decimal("6.5"))
