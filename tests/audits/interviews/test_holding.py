"""An interview from plan to held, and everything that is refused on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from audits.engagements.models import InterviewCount
from audits.engagements.services import count_interviews
from audits.interviews import services
from audits.interviews.models import Identity, Interview, Statement
from audits.interviews.services import IdentityInput, Reply
from audits.interviews.states import InterviewState, Sex, StopReason, Wish, WithdrawReason
from iris.core import clocks
from iris.core.errors import BadInput, NotPermitted, TransitionRefused
from tests.audits.world import AuditCase
from tests.factories import interviews

SITA = IdentityInput("Sita Gurung-Lama", "+977 984 1122334", "S-0171")


class HoldingTest(AuditCase):
    state = "stage2"

    def test_from_plan_to_held_counts_the_people(self) -> None:
        one = interviews.interview("planned", self.audit, mode="group", people=6)
        assert one.label == "I-01"
        interviews.agree(one, self.lead)
        kept = services.save_statements(
            interview_id=one.pk,
            actor=self.lead,
            replies={"paid": Reply("yes", "Two paid an agent in the village."), "loan": Reply("no")},
        )
        assert kept == 2
        done = services.finish_interview(interview_id=one.pk, actor=self.lead)
        assert (done.state, done.held_on) == ("held", clocks.today())
        assert InterviewCount.objects.get(audit=self.audit, kind="workers").held == 6
        paid = Statement.objects.get(interview=one, question="paid")
        assert paid.indicator is not None
        assert (paid.indicator.code, paid.ilo, paid.guide_version) == ("1.1.3", 9, "1")
        assert Statement.objects.get(interview=one, question="loan").ilo is None

    def test_without_consent_no_word_is_kept(self) -> None:
        one = interviews.interview("planned", self.audit)
        with pytest.raises(TransitionRefused, match="No consent is on record"):
            services.save_statements(interview_id=one.pk, actor=self.lead, replies={"paid": Reply("yes")})
        with pytest.raises(IntegrityError, match="no statement without consent"), transaction.atomic():
            Statement.objects.create(
                interview=one,
                question="paid",
                guide_version="1",
                answer="yes",
                author=self.lead,
                changed_on=clocks.today(),
            )

    def test_without_consent_the_database_holds_no_interview(self) -> None:
        one = interviews.interview("consented", self.audit)
        table = Interview._meta.db_table
        for column in ("consented_on = NULL", "consent_version = ''", "consent_given = ''"):
            with (
                pytest.raises(IntegrityError, match="no_interview_without_consent"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE {table} SET {column} WHERE id = %s", [one.pk])

    def test_consent_waits_for_the_question_of_the_same_sex(self) -> None:
        one = interviews.interview("planned", self.audit, wish=Wish.NOT_ASKED)
        with pytest.raises(TransitionRefused) as refused:
            interviews.agree(one, self.lead)
        assert "same sex" in str(refused.value.missing[0])
        other = interviews.interview("planned", self.audit, wish=Wish.SAME, interviewer_sex="male")
        with pytest.raises(TransitionRefused) as refused:
            interviews.agree(other, self.lead)
        assert "Let a colleague hold the interview" in str(refused.value.missing[0])

    def test_consent_needs_the_text_that_is_in_force(self) -> None:
        one = interviews.interview("planned", self.audit)
        with pytest.raises(BadInput, match="consent text has changed"):
            services.record_consent(
                interview_id=one.pk, actor=self.lead, language="en", given="voice", version="0"
            )
        with pytest.raises(BadInput) as refused:
            services.record_consent(
                interview_id=one.pk, actor=self.lead, language="en", given="nod", version="1"
            )
        assert "aloud or signed" in str(refused.value.fields["given"][0])

    def test_a_note_with_a_name_a_phone_or_a_reference_is_refused(self) -> None:
        other = interviews.interview("planned", self.audit, person=SITA)
        one = interviews.interview("consented", self.audit)
        wrong = {
            "sita told me so": "holds the name",
            "गुरुङ ले भन्यो (Gurung)": "holds the name",
            "सीता": "holds the name",
            "call 9841122334": "phone number",
            "९८४-११२-२३३४": "phone number",
            "see s-0171 of the list": "sample reference",
            "her friend has 55 512 345 99": "looks like a phone",
        }
        for note, sentence in wrong.items():
            with pytest.raises(BadInput) as refused:
                services.save_statements(
                    interview_id=one.pk, actor=self.lead, replies={"paid": Reply("yes", note)}
                )
            assert sentence in str(refused.value.fields["paid-note"][0]), note
        assert not Statement.objects.filter(interview=one).exists()
        assert other.audit_id == one.audit_id
        fine = Reply("yes", "One person paid NPR 120,000 on 2026-11-03, another nothing.")
        assert services.save_statements(interview_id=one.pk, actor=self.lead, replies={"paid": fine}) == 1

    def test_a_name_is_not_sealed_while_a_note_gives_it_away(self) -> None:
        one = interviews.interview("consented", self.audit)
        services.save_statements(
            interview_id=one.pk, actor=self.lead, replies={"paid": Reply("yes", "Maya paid most.")}
        )
        with pytest.raises(BadInput) as refused:
            services.name_person(interview_id=one.pk, actor=self.lead, person=IdentityInput("Maya Tamang"))
        assert "already gives this person away" in str(refused.value.fields["name"][0])

    def test_answers_are_saved_again_without_a_second_row(self) -> None:
        one = interviews.interview("consented", self.audit)
        for _turn in range(2):
            services.save_statements(
                interview_id=one.pk, actor=self.lead, replies={"paid": Reply("no"), "loan": Reply("")}
            )
        assert Statement.objects.filter(interview=one).count() == 1
        services.save_statements(interview_id=one.pk, actor=self.lead, replies={"paid": Reply("")})
        assert not Statement.objects.filter(interview=one).exists()

    def test_wrong_answers_are_refused_with_their_field(self) -> None:
        one = interviews.interview("consented", self.audit)
        for replies, field in (
            ({"paid": Reply("perhaps")}, "paid-answer"),
            ({"paid": Reply("", "A note alone.")}, "paid-answer"),
            ({"paid": Reply("no", "x" * 2001)}, "paid-note"),
        ):
            with pytest.raises(BadInput) as refused:
                services.save_statements(interview_id=one.pk, actor=self.lead, replies=replies)
            assert field in refused.value.fields
        with pytest.raises(BadInput, match="not asked of this kind"):
            services.save_statements(interview_id=one.pk, actor=self.lead, replies={"m_price": Reply("no")})

    def test_taken_back_later_everything_said_and_who_is_erased(self) -> None:
        one = interviews.interview("held", self.audit, person=SITA)
        assert InterviewCount.objects.get(audit=self.audit, kind="workers").held == 1
        gone = services.withdraw_interview(interview_id=one.pk, actor=self.lead, why=WithdrawReason.CONSENT)
        assert (gone.state, gone.erased, gone.withdrawn_on) == ("withdrawn", 1, clocks.today())
        assert not Statement.objects.filter(interview=one).exists()
        assert not Identity.objects.exists()
        count = InterviewCount.objects.get(audit=self.audit, kind="workers")
        assert (count.held, count.note) == (0, "All interviews of this kind were taken back.")

    def test_a_kind_on_record_is_not_counted_by_hand(self) -> None:
        interviews.interview("held", self.audit)
        with pytest.raises(BadInput) as refused:
            count_interviews(audit_id=self.audit.pk, actor=self.lead, counts={"workers": (9, "")})
        assert "1 are on record" in str(refused.value.fields["workers-held"][0])
        count_interviews(
            audit_id=self.audit.pk, actor=self.lead, counts={"workers": (1, ""), "staff": (7, "")}
        )
        assert InterviewCount.objects.get(audit=self.audit, kind="staff").held == 7

    def test_details_that_do_not_fit_are_refused(self) -> None:
        for more, field in (
            ({"mode": "group", "people": 1}, "people"),
            ({"mode": "group", "people": 13}, "people"),
            ({"people": 3}, "people"),
            ({"sex": Sex.MIXED}, "sex"),
            ({"origin": ""}, "origin"),
            ({"destination": "NP"}, "destination"),
            ({"language": "xx"}, "language"),
            ({"kind": "ghosts"}, "kind"),
            ({"interpreter": "agency_staff"}, "interpreter"),
        ):
            with pytest.raises(BadInput) as refused:
                services.plan_interview(
                    audit_id=self.audit.pk, actor=self.lead, details=interviews.details(**more)
                )
            assert field in refused.value.fields, more

    def test_nobody_but_the_team_plans(self) -> None:
        for name, person in self.people().items():
            if name == "lead":
                continue
            with pytest.raises(NotPermitted):
                services.plan_interview(audit_id=self.audit.pk, actor=person, details=interviews.details())

    def test_held_on_lies_between_consent_and_today(self) -> None:
        one = interviews.interview("consented", self.audit)
        services.save_statements(interview_id=one.pk, actor=self.lead, replies={"paid": Reply("no")})
        for day in (clocks.today() + timedelta(days=1), clocks.today() - timedelta(days=1)):
            with pytest.raises(BadInput):
                services.finish_interview(interview_id=one.pk, actor=self.lead, held_on=day)

    def test_stopped_interviews_count_nowhere(self) -> None:
        one = interviews.interview("consented", self.audit)
        services.save_statements(interview_id=one.pk, actor=self.lead, replies={"paid": Reply("no")})
        stopped = services.stop_interview(interview_id=one.pk, actor=self.lead, why=StopReason.INTERRUPTED)
        assert stopped.state == InterviewState.STOPPED
        assert not InterviewCount.objects.filter(audit=self.audit).exists()
