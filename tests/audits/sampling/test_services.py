"""Acts on lists and samples."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from audits.sampling import rules, selectors, services
from audits.sampling.models import Frame, FrameDraft, FrameMember, IdentityOpened, Sample, SampleMember
from audits.sampling.states import FrameKind, MemberState
from iris.core import clocks, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted, ReasonRequired, TransitionRefused
from tests.audits.world import NOON, AuditCase
from tests.factories import audits, sampling


class ListCase(AuditCase):
    """Asking for a list, sending it, asking again."""

    state = "planned"

    def test_agency_hears_which_list_and_until_when(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            frame = services.ask_for_list(
                audit_id=self.audit.pk,
                kind="people",
                actor=self.lead,
                due_on=clocks.today() + timedelta(days=5),
                note="Everyone since 2024.",
            )
        outbox.run_all()
        letter = next(one for one in mail.outbox if self.speaker.email in one.to and "A list" in one.subject)
        assert "26 November 2026" in letter.subject
        assert "Everyone since 2024." in letter.body
        assert len(frame.commitment) == 64

    def test_list_is_asked_for_once(self) -> None:
        sampling.asked(self.audit)
        with pytest.raises(Conflict, match="asked for on 21 November 2026 already"):
            sampling.asked(self.audit)

    def test_only_the_team_asks(self) -> None:
        for name in ("firm_manager", "other_lead", "speaker", "manager"):
            with pytest.raises(NotPermitted):
                services.ask_for_list(
                    audit_id=self.audit.pk, kind="people", actor=self.people()[name], due_on=clocks.today()
                )

    def test_day_has_not_passed(self) -> None:
        with pytest.raises(BadInput) as refused:
            services.ask_for_list(
                audit_id=self.audit.pk,
                kind="people",
                actor=self.lead,
                due_on=clocks.today() - timedelta(days=1),
            )
        assert "has passed" in str(refused.value.fields["due_on"])

    def test_list_comes_in_two_steps_and_its_file_is_not_kept(self) -> None:
        frame = sampling.asked(self.audit)
        draft = services.keep_draft(
            frame_id=frame.pk, actor=self.speaker, upload=sampling.upload(sampling.people_csv(5))
        )
        assert not FrameMember.objects.exists()
        version = services.confirm_list(draft_id=draft.pk, actor=self.speaker)
        assert (version.number, version.rows, version.from_agency) == (1, 5, True)
        assert not FrameDraft.objects.exists()
        with pytest.raises(FrameDraft.DoesNotExist):
            services.confirm_list(draft_id=draft.pk, actor=self.speaker)

    def test_content_hash_is_that_of_the_published_list(self) -> None:
        version = sampling.received(sampling.asked(self.audit), sampling.people_csv(5))
        assert rules.frame_hash(version.units()) == version.content_hash

    def test_later_list_is_a_new_version_and_the_same_list_is_none(self) -> None:
        frame = sampling.asked(self.audit)
        sampling.received(frame, sampling.people_csv(5))
        assert sampling.received(Frame.objects.get(pk=frame.pk), sampling.people_csv(6)).number == 2
        with pytest.raises(Conflict, match="line by line"):
            sampling.received(Frame.objects.get(pk=frame.pk), sampling.people_csv(6))

    def test_wrong_rows_are_told_and_nothing_is_kept(self) -> None:
        frame = sampling.asked(self.audit)
        rows = [
            "W-1,One,,Nepal,QA,Gulf Build,2025-03-14,f,deployed",
            "W-1,Two,,NP,Atlantis,Gulf Build,14/03/2025,q,somewhere",
            ",,,NP,NP,=cmd(),,m,deployed",
        ]
        with pytest.raises(services.ListRefused) as refused:
            services.keep_draft(
                frame_id=frame.pk,
                actor=self.speaker,
                upload=sampling.upload("\n".join([sampling.HEAD, *rows]) + "\n"),
            )
        told = refused.value.problems
        for sentence in (
            "Row 3, Status: expected deployed, in process or returned, found “somewhere”. Write one of these.",
            "Row 3, Reference: expected each reference once, found “W-1” again, first in row 2. Take one out.",
            "Row 3, To: expected a country such as NP or Nepal, found “Atlantis”. Write its two-letter code.",
            "Row 3, Date: expected a day such as 2025-03-14, found “14/03/2025”. Write year, month and day.",
            "Row 3, Sex: expected f, m, x or nothing, found “q”. Write one letter.",
            "Row 4, Name: expected a name, found nothing. Only the auditors of the team can open it.",
            "Row 4, Employer: expected a name, found “=cmd()”, which looks like a formula. Write the name as text.",
            "Row 4, To: expected another country than “From”, found Nepal in both. Change one of them.",
        ):
            assert sentence in told
        assert not FrameDraft.objects.exists()

    def test_typed_lines_are_read_in_the_order_of_the_columns(self) -> None:
        frame = sampling.asked(self.audit)
        draft = services.keep_draft(
            frame_id=frame.pk,
            actor=self.lead,
            text="W-1; Maya Rai; ; NP; Qatar; Gulf Build; 2025-03; f; deployed\nW-2;Ram Rai;;NP;QA;;;m;jobseeker",
        )
        version = services.confirm_list(draft_id=draft.pk, actor=self.lead)
        assert not version.from_agency
        rows = set(version.members.values_list("destination", "employer", "period", "status"))
        assert rows == {("QA", "Gulf Build", "2025-H1", "deployed"), ("QA", "", "", "in_process")}

    def test_employers_that_differ_in_capitals_are_one(self) -> None:
        text = sampling.people_csv(6).replace("Gulf Build", "GULF  BUILD", 1)
        version = sampling.received(sampling.asked(self.audit), text)
        assert set(version.members.values_list("employer", flat=True)) == {
            "GULF BUILD",
            "Palm Hotels",
            "Desert Cleaning",
        }

    def test_unconfirmed_list_is_forgotten(self) -> None:
        frame = sampling.asked(self.audit)
        services.keep_draft(
            frame_id=frame.pk, actor=self.speaker, upload=sampling.upload(sampling.people_csv(3))
        )
        assert services.forget_drafts() == 0
        with clocks.freeze(NOON + timedelta(hours=25)):
            assert services.forget_drafts() == 1

    def test_after_the_draw_only_the_lead_opens_it_for_another_list(self) -> None:
        sample = sampling.sample(self.audit)
        with pytest.raises(Conflict, match="lead auditor can ask"):
            services.keep_draft(
                frame_id=sample.frame_id, actor=self.speaker, upload=sampling.upload(sampling.people_csv(3))
            )
        with pytest.raises(ReasonRequired):
            services.ask_again(frame_id=sample.frame_id, actor=self.lead, due_on=clocks.today(), reason=" ")
        frame = services.ask_again(
            frame_id=sample.frame_id,
            actor=self.lead,
            due_on=clocks.today(),
            reason="The branch in Pokhara is not on it.",
        )
        assert frame.commitment != sample.commitment
        sampling.received(frame, sampling.people_csv(40))
        second = services.draw_sample(frame_id=frame.pk, actor=self.lead)
        assert [one.pk for one in selectors.samples_of(self.again())] == [second.pk]
        assert Sample.objects.filter(frame=frame).count() == 2
        assert selectors.statement(self.again()).samples[0].earlier == 1

    def test_report_waits_for_a_list_of_people_that_was_asked_for(self) -> None:
        assert selectors.missing_for_report(self.audit) == []
        frame = sampling.asked(self.audit)
        assert "has not come" in selectors.missing_for_report(self.audit)[0]
        sampling.received(frame)
        assert "no sample is drawn" in selectors.missing_for_report(self.audit)[0]
        services.set_aside(frame_id=frame.pk, actor=self.lead, reason="Nobody is deployed.")
        assert selectors.missing_for_report(self.audit) == []
        assert selectors.statement(self.again()).not_drawn == [
            ("Workers, jobseekers and returnees", "Nobody is deployed.")
        ]


class SampleCase(AuditCase):
    """The draw and what follows it: 60 people of one corridor, 10 drawn."""

    state = "planned"
    sample: Sample

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.sample = sampling.sample(cls.audit, sampling.people_csv(60))

    def test_draw_is_by_the_rule_and_within_strata(self) -> None:
        assert (self.sample.population, self.sample.size) == (60, 10)
        assert self.sample.members.count() == 10
        for one in self.sample.strata.all():
            assert one.members.count() == one.by_rule == one.size <= one.population
            assert {row.member.cells for row in one.members.all()} <= {one.cells}

    def test_anybody_can_draw_it_again_from_what_is_published(self) -> None:
        published = rules.frame_csv(self.sample.version.units())
        seed = rules.seed_from(self.sample.nonce, rules.frame_hash(rules.read_csv(published)))
        assert seed == self.sample.seed
        assert rules.commitment(self.sample.nonce) == self.sample.commitment
        again = rules.draw(rules.read_csv(published), seed, self.sample.rule)
        drawn = {key for one in again for key in one.drawn}
        assert drawn == set(self.sample.members.values_list("member__key", flat=True))

    def test_order_of_the_rows_does_not_matter(self) -> None:
        rows = sampling.people_csv(60).splitlines()
        turned = "\n".join([rows[0], *reversed(rows[1:])]) + "\n"
        frame = services.ask_again(
            frame_id=self.sample.frame_id, actor=self.lead, due_on=clocks.today(), reason="Once more."
        )
        version = sampling.received(frame, turned)
        assert version.content_hash == self.sample.version.content_hash

    def test_second_draw_from_one_list_is_refused(self) -> None:
        with pytest.raises(Conflict):
            services.draw_sample(frame_id=self.sample.frame_id, actor=self.lead)

    def test_more_than_the_stratum_holds_is_refused_with_a_sentence(self) -> None:
        one = self.sample.strata.order_by("-population")[0]
        with pytest.raises(BadInput) as refused:
            services.raise_stratum(
                stratum_id=one.pk, actor=self.lead, size=one.population + 1, reason="More."
            )
        assert str(refused.value.fields["size"][0]) == (
            f"{one.words}: expected at most {one.population}, which is everyone on the list, "
            f"found {one.population + 1}. Write a smaller number, or ask for a list that holds more."
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            self.sample.strata.filter(pk=one.pk).update(size=one.population + 1)

    def test_raise_takes_the_next_in_the_order_of_the_draw(self) -> None:
        one = self.sample.strata.filter(size=0).order_by("-population")[0]
        added = services.raise_stratum(
            stratum_id=one.pk, actor=self.lead, size=one.population, reason="Women of this employer."
        )
        keys = [unit.key for unit in self.sample.version.units() if unit.cells == one.cells]
        order = sorted(keys, key=lambda key: rules.under(self.sample.seed, key))
        assert [row.member.key for row in added] == order
        told = selectors.statement_of(self.sample)
        assert (told.raised, told.raises) == (one.population, ["Women of this employer."])
        for size in (one.population, 0):
            with pytest.raises(BadInput):
                services.raise_stratum(stratum_id=one.pk, actor=self.lead, size=size, reason="Less.")

    def test_raise_is_the_leads_and_needs_a_reason(self) -> None:
        one = self.sample.strata.filter(size=0)[0]
        with pytest.raises(ReasonRequired):
            services.raise_stratum(stratum_id=one.pk, actor=self.lead, size=1, reason=" ")
        for name in ("firm_manager", "speaker", "manager", "other_lead"):
            with pytest.raises(NotPermitted):
                services.raise_stratum(
                    stratum_id=one.pk, actor=self.people()[name], size=1, reason="Curious."
                )

    def test_replacement_is_the_next_of_the_same_stratum(self) -> None:
        member = self._drawn_where_others_are_left()
        stratum = member.stratum
        keys = [unit.key for unit in self.sample.version.units() if unit.cells == stratum.cells]
        order = sorted(keys, key=lambda key: rules.under(self.sample.seed, key))
        done = services.replace_member(member_id=member.pk, actor=self.lead, reason="unreachable")
        assert done.taken is not None
        assert done.taken.member.key == order[stratum.size]
        assert SampleMember.objects.get(pk=member.pk).state == MemberState.REPLACED
        assert selectors.statement_of(self.sample).replacements == [("Could not be reached", 1)]
        with pytest.raises(Conflict):
            services.replace_member(member_id=member.pk, actor=self.lead, reason="unreachable")

    def test_reserve_comes_before_anybody_else(self) -> None:
        member = self._drawn_where_others_are_left()
        waiting = services.draw_reserve(stratum_id=member.stratum_id, actor=self.lead, count=1)
        assert [row.state for row in waiting] == [MemberState.RESERVE]
        done = services.replace_member(member_id=member.pk, actor=self.lead, reason="refused")
        assert done.taken_id == waiting[0].pk

    def test_replacement_needs_its_reason(self) -> None:
        member = self.sample.members.all()[0]
        with pytest.raises(ReasonRequired):
            services.replace_member(member_id=member.pk, actor=self.lead, reason="")
        with pytest.raises(ReasonRequired):
            services.replace_member(member_id=member.pk, actor=self.lead, reason="other", note=" ")

    def test_exhausted_stratum_says_so_and_what_to_do(self) -> None:
        one = self.sample.strata.order_by("population")[0]
        if one.size < one.population:
            services.raise_stratum(
                stratum_id=one.pk, actor=self.lead, size=one.population, reason="All of them."
            )
        member = one.members.all()[0]
        with pytest.raises(TransitionRefused) as refused:
            services.replace_member(member_id=member.pk, actor=self.lead, reason="refused")
        assert "Raise another stratum of the same corridor" in str(refused.value.message)
        done = services.replace_member(member_id=member.pk, actor=self.lead, reason="refused", without=True)
        assert done.taken is None
        assert selectors.statement_of(self.sample).given_up == 1
        with pytest.raises(BadInput):
            services.draw_reserve(stratum_id=one.pk, actor=self.lead, count=1)

    def test_place_is_not_given_up_while_a_next_is_there(self) -> None:
        member = self._drawn_where_others_are_left()
        with pytest.raises(Conflict, match="There is a next one"):
            services.replace_member(member_id=member.pk, actor=self.lead, reason="refused", without=True)

    def test_name_is_opened_by_the_team_for_a_purpose_and_logged(self) -> None:
        member = self.sample.members.all()[0]
        identity = services.open_member(member.pk, self.lead, "To arrange the interview.")
        assert identity.name.startswith("Person Canary")
        assert identity.contact.startswith("+977")
        row = IdentityOpened.objects.get()
        assert (row.member_id, row.actor_id, row.purpose) == (
            member.pk,
            self.lead.pk,
            "To arrange the interview.",
        )
        with pytest.raises(ReasonRequired):
            services.open_member(member.pk, self.lead, "  ")
        for name in ("firm_manager", "speaker", "contributor", "manager", "decider", "other_lead"):
            with pytest.raises(NotPermitted):
                services.open_member(member.pk, self.people()[name], "Curious.")
        assert IdentityOpened.objects.count() == 1

    def test_access_log_cannot_be_changed(self) -> None:
        services.open_member(self.sample.members.all()[0].pk, self.lead, "To arrange the interview.")
        with pytest.raises(DatabaseError), transaction.atomic():
            IdentityOpened.objects.all().update(purpose="Nothing.")
        with pytest.raises(DatabaseError), transaction.atomic():
            IdentityOpened.objects.all().delete()

    def test_list_and_draw_cannot_be_changed(self) -> None:
        for statement in (
            "UPDATE audits_sampling_framemember SET sex = 'x'",
            "DELETE FROM audits_sampling_framemember",
            "UPDATE audits_sampling_samplemember SET place = place + 100",
            "DELETE FROM audits_sampling_samplemember",
            "UPDATE audits_sampling_sample SET seed = repeat('0', 32)",
            "UPDATE audits_sampling_frameversion SET content_hash = ''",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    def test_people_are_never_released_to_the_agency(self) -> None:
        with pytest.raises(NotPermitted):
            services.release_references(sample_id=self.sample.pk, actor=self.lead)
        members = list(self.sample.members.select_related("member"))
        assert services.item_references(members, self.sample, self.speaker) == {}
        assert services.item_references(members, self.sample, self.lead) == {}

    def _drawn_where_others_are_left(self) -> SampleMember:
        one = next(one for one in self.sample.strata.filter(size__gt=0) if one.size < one.population)
        return one.members.all()[0]


class ThingsCase(AuditCase):
    """Files: references released to the agency, and looked at."""

    state = "planned"

    def test_agency_gets_references_once_released_and_items_are_looked_at(self) -> None:
        sample = sampling.sample(self.audit, kind=FrameKind.FILES)
        members = list(sample.members.select_related("member"))
        assert services.item_references(members, sample, self.speaker) == {}
        sample = services.release_references(sample_id=sample.pk, actor=self.lead)
        assert (
            services.release_references(sample_id=sample.pk, actor=self.lead).released_at
            == sample.released_at
        )
        shown = services.item_references(members, sample, self.speaker)
        assert len(shown) == 10
        assert all(text.startswith("F-") for text in shown.values())
        with pytest.raises(BadInput):
            services.mark_item(member_id=members[0].pk, actor=self.lead, result="not_shown")
        services.mark_item(
            member_id=members[0].pk, actor=self.lead, result="not_shown", note="The drawer was empty."
        )
        services.mark_item(member_id=members[1].pk, actor=self.lead, result="in_order")
        assert selectors.statement_of(sample).results == [
            ("In order", 1),
            ("Not in order", 0),
            ("Not shown", 1),
            ("Still to be looked at", 8),
        ]

    def test_nothing_changes_once_the_audit_is_over(self) -> None:
        frame = Frame(audit=audits.audit("cancelled"), kind=FrameKind.PEOPLE)
        assert rules.missing_for_change(frame) == [
            "Lists and samples are changed from the acceptance of an audit until its draft report; "
            "it is now: Cancelled."
        ]
