"""Ratings keep every version; two people who write at once both see it; nothing typed is lost."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from audits.engagements import services
from audits.engagements.models import IndicatorNote, NoteDraft, NoteVersion
from audits.engagements.services import IndicatorRating, StaleRatings
from audits.engagements.states import NoteOrigin, Rating, Stage
from iris.accounts.models import User
from iris.core.errors import NotPermitted
from tests.audits.world import AuditCase
from tests.factories import audits


class RatingCase(AuditCase):
    state = "stage1"
    second: User

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.second = audits.auditor(cls.audit.firm, lead=False, name="Bram Okonjo").person
        cls.audit.team.create(auditor=cls.second.auditor, role="auditor")
        services.declare_no_conflict(
            audit_id=cls.audit.pk, actor=cls.second, no_conflict=True, text="I never met them."
        )

    def setUp(self) -> None:
        self.one, self.two = audits.indicators(self.audit)[:2]

    def rate(self, by: User, rating: str, note: str = "", base: int | None = None) -> int:
        return services.rate_indicators(
            audit_id=self.audit.pk,
            actor=by,
            stage=Stage.DESK,
            ratings=[IndicatorRating(self.one.pk, rating, note, base)],
        )

    def save(self, by: User, rating: str, note: str = "", base: int = 0) -> services.Saved:
        one = IndicatorRating(self.one.pk, rating, note, base)
        return services.autosave(audit_id=self.audit.pk, actor=by, stage=Stage.DESK, one=one)

    def note(self) -> IndicatorNote:
        return IndicatorNote.objects.get(indicator=self.one)

    def test_every_version_is_kept(self) -> None:
        self.rate(self.lead, Rating.MEETS)
        self.rate(self.second, Rating.PARTLY, "Two contracts are missing.")
        assert self.rate(self.second, Rating.PARTLY, "Two contracts are missing. ") == 0

        versions = list(self.note().versions.all())
        assert [(row.version, row.rating, row.author) for row in versions] == [
            (1, "meets", self.lead),
            (2, "partly", self.second),
        ]
        assert (self.note().version, versions[0].origin) == (2, NoteOrigin.DESK)
        for statement in ("UPDATE {} SET text = ''", "DELETE FROM {}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(NoteVersion._meta.db_table))

    def test_later_one_of_two_is_shown_both_texts(self) -> None:
        self.save(self.lead, Rating.PARTLY, "Seven of nine.", base=0)

        with pytest.raises(StaleRatings) as refused:
            self.save(self.second, Rating.FAILS, "None of nine.", base=0)

        [clash] = refused.value.clashes
        assert (clash.kept.note, clash.typed.note) == ("Seven of nine.", "None of nine.")
        assert "Ilse Obuya saved it at 12:00" in str(clash)
        assert NoteDraft.objects.get(author=self.second).text == "None of nine."
        assert self.note().note == "Seven of nine."

        saved = self.save(self.second, Rating.FAILS, "None of nine.", base=1)
        assert (saved.kind, saved.version) == ("saved", 2)
        assert not NoteDraft.objects.exists()
        assert [row.text for row in self.note().versions.all()] == ["Seven of nine.", "None of nine."]

    def test_what_was_left_untouched_does_not_clash(self) -> None:
        self.rate(self.lead, Rating.MEETS)
        self.rate(self.second, Rating.PARTLY, "Half.", base=1)

        assert self.rate(self.lead, Rating.MEETS, base=1) == 0
        assert self.note().rating == Rating.PARTLY

    def test_same_text_twice_is_no_clash(self) -> None:
        self.rate(self.lead, Rating.MEETS, base=0)
        assert self.rate(self.second, Rating.MEETS, base=0) == 0

    def test_incomplete_rating_is_kept_as_a_draft(self) -> None:
        saved = self.save(self.lead, Rating.FAILS)
        assert (saved.kind, saved.why) == ("draft", "Say in the note what you saw.")
        assert self.save(self.lead, "", "Only a note.").kind == "draft"
        assert not IndicatorNote.objects.exists()
        assert NoteDraft.objects.get().text == "Only a note."

        assert self.save(self.lead, Rating.FAILS, "No licence.").kind == "saved"
        assert not NoteDraft.objects.exists()

    def test_draft_is_there_again_for_its_author_only(self) -> None:
        self.save(self.lead, "", "Ask for the register.")
        url = f"/audits/{self.audit.pk}/stage-1/{self.one.criterion.principle.code}/"
        for person, there in ((self.lead, True), (self.second, False), (self.decider, False)):
            self.client.force_login(person)
            assert ("Ask for the register." in self.client.get(url).content.decode()) is there

    def test_save_by_people_outside_the_team(self) -> None:
        for name, person in self.people().items():
            if name != "lead":
                with pytest.raises(NotPermitted):
                    self.save(person, Rating.MEETS)
        assert not NoteDraft.objects.exists()

    def test_address_that_saves_answers_what_became_of_it(self) -> None:
        url = f"/audits/{self.audit.pk}/stage-1/save/{self.one.pk}/"
        self.client.force_login(self.lead)
        saved = self.client.post(url, {"rating": "meets", "base": "0"}).json()
        assert (saved["kind"], saved["version"]) == ("saved", 1)

        self.client.force_login(self.second)
        clash = self.client.post(url, {"rating": "partly", "note": "Half.", "base": "0"})
        assert clash.status_code == 409
        assert (clash.json()["version"], clash.json()["rating"]) == (1, "meets")
        assert "Meets the indicator" in clash.json()["html"]

        late = self.client.post(url.replace("stage-1", "stage-2"), {"rating": "meets", "base": "0"})
        assert (late.status_code, late.json()["kind"]) == (422, "refused")
        for person, status in ((self.speaker, 404), (self.decider, 404), (self.other_lead, 404)):
            self.client.force_login(person)
            assert self.client.post(url, {"rating": "meets", "base": "1"}).status_code == status

    def test_form_without_script_shows_both_texts(self) -> None:
        self.rate(self.lead, Rating.PARTLY, "Seven of nine.")
        url = f"/audits/{self.audit.pk}/stage-1/{self.one.criterion.principle.code}/"
        key = f"i{self.one.pk.hex}"
        typed = {f"{key}-rating": "fails", f"{key}-note": "None of nine.", f"{key}-base": "0", "stay": "1"}
        self.client.force_login(self.second)

        answer = self.client.post(url, typed)

        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Seven of nine." in text
        assert "None of nine." in text
        assert f'name="{key}-base" value="1"' in text
        self.client.post(url, {**typed, f"{key}-base": "1"})
        assert self.note().note == "None of nine."
