"""Opening and closing meetings: recorded once, corrected with a reason, acknowledged once for each person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audits.engagements import services as engagements
from audits.fieldwork import selectors, services
from audits.fieldwork.models import Acknowledgement, Attendee, DisagreementReply, Meeting
from audits.fieldwork.services import Present
from audits.fieldwork.states import MeetingKind, Side
from iris.core import clocks
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from iris.notify.models import Notice as Message
from tests.audits.world import NOON, AuditCase
from tests.factories import audits, fieldwork


class MeetingCase(AuditCase):
    state = "stage1_closed"

    @classmethod
    def build(cls) -> None:
        super().build()
        engagements.start_stage2(audit_id=cls.audit.pk, actor=cls.lead)
        cls.audit = audits.again(cls.audit)

    def seat(self, meeting: Meeting) -> Attendee:
        return meeting.attendees.get(side=Side.AGENCY)

    def test_meetings_are_asked_for_before_the_draft(self) -> None:
        assert len(selectors.missing_for_draft(self.audit)) == 2
        fieldwork.meeting(self.audit, MeetingKind.OPENING)
        assert selectors.missing_for_draft(self.audit) == ["The closing meeting is not recorded yet."]
        fieldwork.meeting(self.audit, MeetingKind.CLOSING)
        assert selectors.missing_for_draft(self.audit) == []

    def test_meeting_refused_says_where_and_what_to_do(self) -> None:
        somebody = [Present("Sabina Tharu", "Managing director", Side.AGENCY)]
        auditor = Present("Ilse Obuya", "Lead auditor", Side.AUDITORS)
        for more, field in (
            ({"held_at": NOON + timedelta(hours=1)}, "held_at"),
            ({"held_at": NOON - timedelta(days=9)}, "held_at"),
            ({"place": " "}, "place"),
            ({"explained": []}, "explained"),
            ({"people": somebody}, "people"),
            ({"people": [*somebody, auditor, Present("", "Driver", Side.OTHER)]}, "people"),
            ({"people": [*somebody, *somebody, auditor]}, "people"),
        ):
            with pytest.raises(BadInput) as refused:
                fieldwork.meeting(self.audit, **more)
            assert list(refused.value.fields) == [field]

    def test_meeting_by_people_outside_the_team_or_before_stage_2(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    services.record_meeting(
                        audit_id=self.audit.pk,
                        actor=person,
                        kind=MeetingKind.OPENING,
                        entry=fieldwork.meeting_entry(),
                    )
        early = audits.audit("planned", lead=self.auditor)
        with pytest.raises(TransitionRefused):
            fieldwork.meeting(early)

    def test_closing_meeting_keeps_the_findings_of_that_moment(self) -> None:
        audits.finding("draft", self.audit, "major")
        held = fieldwork.meeting(self.audit, MeetingKind.CLOSING)
        audits.finding("draft", self.audit, "minor")

        assert [(one["number"], one["grade"]) for one in Meeting.objects.get(pk=held.pk).findings] == [
            (1, "major")
        ]

    def test_correction_needs_a_reason_and_takes_the_place(self) -> None:
        first = fieldwork.meeting(self.audit)
        with pytest.raises(ReasonRequired):
            fieldwork.meeting(self.audit, place="Branch office")
        second = fieldwork.meeting(
            self.audit, place="Branch office", why_replaced="The wrong office was named."
        )

        assert selectors.meeting_of(self.audit, MeetingKind.OPENING) == second
        with pytest.raises(TransitionRefused):
            services.acknowledge(code=self.seat(first).code, agrees=True)

    def test_acknowledged_once_for_each_person(self) -> None:
        held = fieldwork.meeting(self.audit)
        code = self.seat(held).code
        assert [one.name for one in selectors.silent_in(held)] == ["Sabina Tharu"]

        services.acknowledge(code=code, agrees=True)

        with pytest.raises(Conflict):
            services.acknowledge(code=code, agrees=False, disagreement="Not after all.")
        again = selectors.meeting_of(self.audit, MeetingKind.OPENING)
        assert again is not None
        assert selectors.silent_in(again) == []
        with pytest.raises(IntegrityError), transaction.atomic():
            Acknowledgement.objects.create(attendee=self.seat(held), agrees=True)

    def test_auditors_do_not_acknowledge(self) -> None:
        held = fieldwork.meeting(self.audit)
        code = held.attendees.get(side=Side.AUDITORS).code
        with pytest.raises(NotPermitted):
            services.acknowledge(code=code, agrees=True)
        assert self.client.get(f"/m/{code}/").status_code == 404
        assert self.client.get("/m/ffffffffffffffffffff/").status_code == 404

    def test_link_ends(self) -> None:
        held = fieldwork.meeting(self.audit)
        with clocks.freeze(NOON + timedelta(days=15)), pytest.raises(TransitionRefused):
            services.acknowledge(code=self.seat(held).code, agrees=True)

    def test_disagreement_keeps_both_sides(self) -> None:
        held = fieldwork.meeting(self.audit, MeetingKind.CLOSING)
        code = self.seat(held).code
        with pytest.raises(BadInput):
            services.acknowledge(code=code, agrees=False)
        said = services.acknowledge(code=code, agrees=False, disagreement="Finding 1: the contract exists.")
        assert Message.objects.filter(user=self.lead, template="audits/meeting_disagreed").exists()

        with pytest.raises(NotPermitted):
            services.reply_to_disagreement(acknowledgement_id=said.pk, actor=self.speaker, text="We agree.")
        self.client.force_login(self.lead)
        self.client.post(
            f"/audits/{self.audit.pk}/meetings/closing/reply/{said.pk}/", {"text": "It was not shown to us."}
        )
        page = self.client.get(f"/audits/{self.audit.pk}/meetings/closing/").content.decode()
        assert "Finding 1: the contract exists." in page
        assert "It was not shown to us." in page
        with pytest.raises(Conflict):
            services.reply_to_disagreement(acknowledgement_id=said.pk, actor=self.lead, text="Again.")

    def test_rows_of_a_meeting_cannot_be_altered(self) -> None:
        held = fieldwork.meeting(self.audit)
        said = services.acknowledge(code=self.seat(held).code, agrees=False, disagreement="Point 2.")
        services.reply_to_disagreement(acknowledgement_id=said.pk, actor=self.lead, text="We explained it.")
        for model in (Meeting, Attendee, Acknowledgement, DisagreementReply):
            for statement in ("UPDATE {} SET created_at = now()", "DELETE FROM {}"):
                with (
                    pytest.raises(DatabaseError),
                    transaction.atomic(),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(statement.format(model._meta.db_table))

    def test_page_on_the_phone_needs_no_account(self) -> None:
        held = fieldwork.meeting(self.audit, MeetingKind.CLOSING, summary="Two offices were visited.")
        url = f"/m/{self.seat(held).code}/"

        page = self.client.get(url)
        assert "Two offices were visited." in page.content.decode()
        assert "noindex" in page["X-Robots-Tag"]
        assert self.client.post(url, {}).status_code == 422
        assert self.client.post(url, {"agrees": "yes"}).status_code == 302
        assert "cannot be changed" in self.client.get(url).content.decode()
        assert self.client.post(url, {"agrees": "no", "disagreement": "No."}).status_code == 422

    def test_person_of_the_agency_is_told_and_finds_the_question(self) -> None:
        people = [
            Present(self.speaker.full_name, "Managing director", Side.AGENCY),
            Present("Ilse Obuya", "Lead auditor", Side.AUDITORS),
        ]
        held = fieldwork.meeting(self.audit, people=people)
        code = self.seat(held).code
        assert Message.objects.filter(user=self.speaker, template="audits/meeting_held").exists()
        for person, there in ((self.speaker, True), (self.contributor, False)):
            self.client.force_login(person)
            for url in (f"/audits/{self.audit.pk}/", f"/audits/{self.audit.pk}/meetings/opening/"):
                assert (code in self.client.get(url).content.decode()) is there
        self.client.force_login(self.speaker)
        self.client.post(f"/m/{code}/", {"agrees": "yes"})
        assert Acknowledgement.objects.get().by == self.speaker

    def test_page_records_a_meeting(self) -> None:
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/meetings/opening/"
        typed = {
            "held_at": "2026-11-21T11:30",
            "place": "Head office",
            "explained": ["people", "scope"],
            "p0-name": "Ilse Obuya",
            "p0-function": "Lead auditor",
            "p0-side": "auditors",
            **{f"p{n}-side": "agency" for n in range(1, 6)},
        }
        wrong = self.client.post(url, typed)
        assert wrong.status_code == 422
        assert "at least one person of the agency" in wrong.content.decode()

        self.client.post(url, {**typed, "p1-name": "Sabina Tharu", "p1-function": "Managing director"})

        assert Attendee.objects.count() == 2
        page = self.client.get(url).content.decode()
        assert "<svg" in page
        assert "1 person has not acknowledged" in page
        for person, status in (
            (self.speaker, 200),
            (self.decider, 200),
            (self.other_lead, 404),
            (self.employer, 404),
        ):
            self.client.force_login(person)
            assert self.client.get(url).status_code == status
            assert self.client.get(url.replace("opening", "closing")).status_code in (404, status)
