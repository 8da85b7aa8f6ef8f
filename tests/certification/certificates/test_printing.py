"""The certificate as a PDF: one tagged page, every name in its own script, made once."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from certification.agencies.services import NameAnswers, add_name
from certification.certificates import services
from certification.certificates.models import Certificate
from certification.certificates.rules import script_lang
from certification.certificates.services.printing import certificate_context
from iris.core import files, outbox, pdf
from iris.core.models import OutboxRow, StoredFile
from iris.notify.models import Notice
from tests.factories import agencies
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db
NAMES = {
    "ne": "कालिमारु ओभरसिज सर्भिसेज",
    "zh": "南洋人力服务有限公司",
    "ar": "شركة الواحة لخدمات التوظيف",
    "am": "ሰላም የውጭ አገር ሥራና ሠራተኛ አገናኝ",
    "bn": "কর্ণফুলিয়া ওভারসিজ",
}


def _page(row: Certificate) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.render("pdf/certificate.html", certificate_context(row))))


def _letters(text: str) -> str:
    """The letters of a text, in one form, without spaces and joiners: extraction puts those where it likes."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LN")


def test_render_keeps_one_tagged_page_and_tells_the_agency(base: Certificate) -> None:
    assert base.pdf_id is None
    outbox.run_all()
    row = factory.latest(base)
    assert row.pdf is not None
    assert row.pdf.name == "ORIS-C-0001-2611-r1.pdf"
    read = PdfReader(io.BytesIO(files.read(row.pdf)))
    assert len(read.pages) == 1
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "ORIS-C-0001-2611" in str(read.metadata and read.metadata.title)
    text = read.pages[0].extract_text()
    for words in (
        "Kalimaru Overseas Services Pvt. Ltd.",
        "Nepal to Qatar",
        "21 November 2026",
        "20 November 2029",
        "Revision 1",
    ):
        assert words in text
    assert f"/verify/{row.number}/" in text
    assert (
        Notice.objects.filter(template="certificates/ready", user=agencies.signatory(base.agency)).count()
        == 1
    )


def test_render_twice_keeps_the_first(base: Certificate) -> None:
    first = services.render_pdf(certificate_id=base.pk).pdf_id
    assert services.render_pdf(certificate_id=base.pk).pdf_id == first
    assert StoredFile.objects.filter(name__startswith=base.number).count() == 1
    assert OutboxRow.objects.filter(job="certificates.render_pdf").exists()


def test_state_of_later_days_is_not_on_the_paper(base: Certificate) -> None:
    factory.suspend(base, public_note="Charged.")
    assert "Charged." not in _page(factory.latest(base)).pages[0].extract_text()


@pytest.mark.parametrize("lang", sorted(NAMES))
def test_a_name_in_each_script_is_set_in_a_face_that_has_it(
    base: Certificate, lang: str, tmp_path: Path
) -> None:
    """Embedded fonts are asked for by name: a missing face would fall back to another or to empty boxes."""
    row = factory.latest(base)
    row.other_names = [{"name": NAMES[lang], "kind": "local", "lang": lang}]
    made = pdf.render("pdf/certificate.html", certificate_context(row))
    read = PdfReader(io.BytesIO(made))
    resources: Any = read.pages[0]["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    face = {"ne": "Devanagari", "zh": "CJK", "ar": "Arabic", "am": "Ethiopic", "bn": "Bengali"}[lang]
    if not any(face in font for font in fonts) and not shutil.which("fc-list"):
        pytest.skip("no fonts on this machine")
    assert any(face in font for font in fonts), fonts
    assert len(read.pages) == 1
    if shutil.which("pdftotext"):
        path = tmp_path / "c.pdf"
        path.write_bytes(made)
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
        assert set(_letters(NAMES[lang])) <= set(_letters(text))
        assert "\ufffd" not in text


def test_script_of_a_name_is_guessed_where_nobody_said() -> None:
    assert [script_lang(name) for name in NAMES.values()] == list(NAMES)
    assert script_lang("Kalimaru") == "en"
    assert script_lang("Kalimaru Tokyo 東京", "ja") == "ja"


def test_the_longest_names_and_widest_scope_still_fit_one_page(base: Certificate) -> None:
    row = factory.latest(base)
    row.legal_name = "Very Long Overseas Employment and Manpower Services " * 8
    row.other_names = [{"name": NAMES["ne"] * 6, "kind": "local", "lang": "ne"}] * 6
    row.branches = [{"name": f"Branch {n}", "city": f"Dhangadhi {n}", "country": "NP"} for n in range(60)]
    row.sub_agents = 212
    assert len(_page(row).pages) == 1
    assert "and 36 more, on the status page" in " ".join(_page(row).pages[0].extract_text().split())


def test_local_name_of_the_agency_comes_with_the_certificate() -> None:
    agency = agencies.agency("Kalimaru Overseas Services Pvt. Ltd.")
    actor = agencies.signatory(agency)
    add_name(agency_id=agency.pk, actor=actor, answers=NameAnswers(kind="local", name=NAMES["ne"], lang="ne"))
    add_name(agency_id=agency.pk, actor=actor, answers=NameAnswers(kind="former", name="Old Name", lang="en"))
    row = factory.certificate("active", agency)
    assert row.other_names == [{"name": NAMES["ne"], "kind": "local", "lang": "ne"}]
