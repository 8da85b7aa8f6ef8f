"""A kit from the download to the applied merge, as its people see it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from audits.engagements import services as engagements
from audits.engagements.models import (
    ConflictDeclaration,
    IndicatorNote,
    InterviewCount,
    NoteDraft,
    TeamMember,
)
from audits.engagements.services import IndicatorRating
from audits.engagements.states import Rating, Stage, TeamRole
from audits.fieldwork.models import Evidence
from audits.findings.models import Finding
from audits.kits import selectors, services
from audits.kits.models import Kit, KitReturn, SeenItem
from iris.core import clocks
from iris.core.errors import Conflict
from iris.notify.models import Notice
from tests.audits.world import AuditCase
from tests.factories import audits, kits

pytestmark = pytest.mark.django_db


class RoundTripCase(AuditCase):
    state = "stage2"

    @classmethod
    def build(cls) -> None:
        super().build()
        cls.codes = [one.code for one in audits.indicators(cls.audit)[:6]]

    codes: list[str]

    def rate(self, code: str, rating: str, note: str = "") -> None:
        indicator = next(one for one in audits.indicators(self.audit) if one.code == code)
        engagements.rate_indicators(
            audit_id=self.audit.pk,
            actor=self.lead,
            stage=Stage.SITE,
            ratings=[IndicatorRating(indicator.pk, rating, note)],
        )

    def note(self, code: str) -> IndicatorNote:
        return IndicatorNote.objects.get(audit=self.audit, stage=Stage.SITE, indicator__code=code)

    def test_workbook_brings_everything_back(self) -> None:
        kit = Kit.objects.get(pk=kits.kit(self.audit).pk)
        sheet = load_workbook(io.BytesIO(selectors.workbook(kit)))["Ratings"]
        codes = [one.code for one in audits.indicators(self.audit)]
        assert [row[1].value for row in sheet.iter_rows(min_row=4)] == codes
        data = kits.filled(
            kit,
            Ratings=[(self.codes[0], {"Rating": "partly", "Note": "Two of nine contracts are missing."})],
            Findings=[("new", {"Indicator": self.codes[0], **kits.a_finding()})],
            Interviews=[("Workers at their place of work", {"Held": 7, "Note": "In two groups."})],
            Evidence=[
                (
                    "new",
                    {
                        "What was seen": "Price list on the wall",
                        "File name": "IMG_1.jpg",
                        "Indicator": self.codes[1],
                        "Day (2026-11-22)": "2026-11-21",
                    },
                )
            ],
        )

        returned = kits.given_back(kit, data)
        diff = selectors.diff_of(returned, self.again())
        assert (len(diff.ready), diff.left, diff.open_cells) == (4, [], [])
        assert IndicatorNote.objects.filter(stage=Stage.SITE).count() == 0

        services.apply_return(return_id=returned.pk, actor=self.lead)

        assert self.note(self.codes[0]).note == "Two of nine contracts are missing."
        finding = Finding.objects.get()
        assert (finding.title, finding.indicator.code) == ("Receipts are kept by month", self.codes[0])
        assert InterviewCount.objects.get(kind="workers").held == 7
        seen = SeenItem.objects.get()
        assert (seen.what, str(seen.taken_on)) == ("Price list on the wall", "2026-11-21")
        assert Kit.objects.get().state == "applied"
        assert len(KitReturn.objects.get().result["applied"]) == 4

    def test_conflict_is_shown_with_three_values_and_chosen(self) -> None:
        self.rate(self.codes[0], Rating.PARTLY, "As it was.")
        kit = kits.kit(self.audit)
        returned = kits.given_back(
            kit, kits.filled(kit, Ratings=[(self.codes[0], {"Note": "As seen on site."})])
        )
        self.rate(self.codes[0], Rating.PARTLY, "As a colleague wrote.")

        [row] = selectors.diff_of(returned, self.again()).conflicts
        [cell] = row.conflicts
        assert (cell.base, cell.theirs, cell.ours) == (
            "As it was.",
            "As seen on site.",
            "As a colleague wrote.",
        )
        assert row.changed is not None
        assert row.changed.who == self.lead.label
        with pytest.raises(Conflict):
            services.apply_return(return_id=returned.pk, actor=self.lead)

        services.choose(
            return_id=returned.pk, actor=self.lead, choices={cell.key: ("text", "Both are true.")}
        )
        services.apply_return(return_id=returned.pk, actor=self.lead)

        assert self.note(self.codes[0]).note == "Both are true."
        assert KitReturn.objects.get().result["kept_here"][0]["kit"] == "As seen on site."

    def test_choice_is_asked_again_when_the_text_here_changes(self) -> None:
        self.rate(self.codes[0], Rating.PARTLY, "As it was.")
        kit = kits.kit(self.audit)
        returned = kits.given_back(kit, kits.filled(kit, Ratings=[(self.codes[0], {"Note": "Seen."})]))
        self.rate(self.codes[0], Rating.PARTLY, "First change.")
        key = selectors.diff_of(returned, self.again()).open_cells[0].key
        services.choose(return_id=returned.pk, actor=self.lead, choices={key: ("kit", "")})
        self.rate(self.codes[0], Rating.PARTLY, "Second change.")

        with pytest.raises(Conflict):
            services.apply_return(return_id=returned.pk, actor=self.lead)

        assert self.note(self.codes[0]).note == "Second change."

    def test_same_file_again_has_nothing_to_do(self) -> None:
        kit = kits.kit(self.audit)
        data = kits.filled(kit, Ratings=[(self.codes[0], {"Rating": "meets"})])
        returned = kits.given_back(kit, data)
        services.apply_return(return_id=returned.pk, actor=self.lead)

        again = services.give_back(audit_id=self.audit.pk, actor=self.lead, upload=kits.upload(data))
        saved_anew = services.give_back(
            audit_id=self.audit.pk, actor=self.lead, upload=kits.upload(kits.edited(data, lambda book: None))
        )

        assert again.again
        assert saved_anew.again
        assert again.returned == saved_anew.returned == returned
        with pytest.raises(Conflict, match="Already applied"):
            services.apply_return(return_id=returned.pk, actor=self.lead)

    def test_pages(self) -> None:
        self.client.force_login(self.lead)
        base = f"/audits/{self.audit.pk}/"
        assert "Work offline" in self._get(f"{base}stage-2/")
        self.client.post(f"{base}kits/make/")
        kit = Kit.objects.get()
        assert f"Download kit {kit.number}" in self._get(f"{base}kits/")
        book = self.client.get(f"{base}kits/{kit.pk}/workbook/")
        assert book["Content-Disposition"].endswith('-kit-1.xlsx"')
        self.rate(self.codes[1], Rating.PARTLY, "A colleague's.")

        def edit(opened: Any) -> None:
            kits.write(opened, "Ratings", self.codes[0], {"Rating": "partly"})
            kits.write(opened, "Ratings", self.codes[1], {"Rating": "fails", "Note": "Mine."})
            kits.write(opened, "Ratings", self.codes[2], {"Rating": "meets", "Question": "Another?"})

        data = kits.edited(book.content, edit)
        sent = self.client.post(f"{base}kits/give-back/", {"file": kits.upload(data)})
        url = sent["Location"]
        page = self._get(url)
        assert "Changed on both sides" in page
        assert "this rating needs a note" in page
        assert "is for reading only" in page
        cells = selectors.diff_of(KitReturn.objects.get(), self.again()).open_cells
        refused = self.client.post(url, {f"take-{cells[0].slug}": "kit", "apply": "1"})
        assert refused.status_code == 422
        assert "1 conflict waits" in refused.content.decode()
        wrong = self.client.post(url, {f"take-{cells[1].slug}": "text", "keep": "1"})
        assert wrong.status_code == 422
        assert "Write the text that is to stand" in wrong.content.decode()
        self.client.post(url, {f"take-{cells[1].slug}": "kit", "apply": "1"})
        result = self._get(url)
        assert "Left out: to be written by hand" in result
        assert self.note(self.codes[1]).note == "Mine."
        assert (
            "already applied"
            in self.client.post(
                f"{base}kits/give-back/", {"file": kits.upload(data)}, follow=True
            ).content.decode()
        )

    def _get(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200, answer.content.decode()[:500]
        return answer.content.decode()

    def test_kits_are_for_the_team(self) -> None:
        kit = kits.kit(self.audit)
        base = f"/audits/{self.audit.pk}/kits/"
        for person, page, file in (
            (self.speaker, 404, 404),
            (self.other_lead, 404, 404),
            (self.employer, 404, 404),
            (self.decider, 200, 404),
            (self.firm_manager, 200, 404),
            (self.lead, 200, 200),
        ):
            client = Client()
            client.force_login(person)
            assert client.get(base).status_code == page
            assert client.get(f"{base}{kit.pk}/workbook/").status_code == file

    def test_two_people_each_hold_a_kit(self) -> None:
        noor = audits.auditor(self.audit.firm, lead=False, name="Noor Aalto")
        TeamMember.objects.create(audit=self.audit, auditor=noor, role=TeamRole.AUDITOR)
        ConflictDeclaration.objects.create(
            audit=self.audit, auditor=noor, clear=True, text="No ties.", declared_at=clocks.now()
        )
        mine, hers = kits.kit(self.audit), kits.kit(self.audit, noor.person)
        first, second = self.codes[:2]
        her_file = kits.filled(
            hers, Ratings=[(first, {"Rating": "partly", "Note": "Hers."}), (second, {"Rating": "meets"})]
        )
        my_file = kits.filled(mine, Ratings=[(first, {"Rating": "partly", "Note": "Mine."})])

        returned = kits.given_back(hers, her_file)
        services.apply_return(return_id=returned.pk, actor=noor.person)
        [told] = Notice.objects.filter(user=self.lead, template="audits/kit_applied")
        assert "Noor Aalto gave kit 2" in told.body
        assert "2 rows were written" in told.body
        assert self.note(first).versions.get().origin == "kit"

        [cell] = selectors.diff_of(kits.given_back(mine, my_file), self.again()).open_cells
        assert (cell.theirs, cell.ours) == ("Mine.", "Hers.")

    def test_entry_of_evidence_waits_for_its_file(self) -> None:
        kit = kits.kit(self.audit)
        data = kits.edited(
            selectors.workbook(kit),
            lambda book: (
                kits.write(book, "Evidence", "new", {"What was seen": "The wall", "File name": "wall.txt"}),
                kits.write(book, "Evidence", "new", {"What was seen": "A queue at nine"}, nth=1),
            ),
        )
        services.apply_return(return_id=kits.given_back(kit, data).pk, actor=self.lead)
        assert [one.title for one in Evidence.objects.all()] == ["A queue at nine"]

        item = SeenItem.objects.get()
        self.client.force_login(self.lead)
        url = f"/audits/{self.audit.pk}/kits/noted/{item.pk}/"
        assert "The wall" in self._get(url)
        assert self.client.post(url, {"source": "agency", "given_by": "staff"}).status_code == 422
        file = kits.upload(b"Prices for workers: none.", "wall.txt")
        self.client.post(url, {"file": file, "source": "agency", "given_by": "staff"})
        item.refresh_from_db()
        assert item.evidence is not None
        assert item.evidence.title == "The wall"

    def test_what_was_typed_on_the_desk_stays_a_draft(self) -> None:
        indicator = audits.indicators(self.audit)[0]
        engagements.autosave(
            audit_id=self.audit.pk,
            actor=self.lead,
            stage=Stage.SITE,
            one=IndicatorRating(indicator.pk, Rating.FAILS, "", base=0),
        )
        kit = kits.kit(self.audit)
        data = kits.filled(kit, Ratings=[(indicator.code, {"Rating": "meets"})])
        services.apply_return(return_id=kits.given_back(kit, data).pk, actor=self.lead)
        assert NoteDraft.objects.get().rating == "fails"
