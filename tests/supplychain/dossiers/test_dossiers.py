"""Dossiers: laws as data, what is held and missing, copies that hide, archives that prove themselves."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from iris.accounts.models import User
from iris.core import clocks, files, outbox
from iris.core.errors import BadInput, Conflict, NotPermitted
from supplychain.chains import services as chains
from supplychain.chains.states import PartyKind
from supplychain.diligence import services as diligence
from supplychain.dossiers import selectors, services
from supplychain.dossiers.models import Copy, Dossier, DossierVersion
from supplychain.dossiers.rules import laws
from supplychain.dossiers.rules.archive import Piece, manifest_of, top_of, with_index, zipped
from supplychain.dossiers.rules.checking import check
from supplychain.dossiers.rules.holding import answered
from supplychain.dossiers.rules.redaction import COUNTED, FIELDS, HEAD, redacted
from supplychain.dossiers.services import DossierEntry
from supplychain.dossiers.states import PROFILES
from tests.factories import accounts

pytestmark = pytest.mark.django_db
# Names that stand in exactly one place of an employer's record; a copy may show them or not.
BUYER, SITE, AGENT, UNKNOWN = "Quorvia Retail", "Zelthane Works", "Mubrek Runner", "Tirvald Placements"
REASON, ASKER, QUESTION, OWNER = "Xanthippe Reason", "Wolmar Asker", "Velkrin question", "Ulfrun Owner"
CONDITION, WORDS, SECRET_WORDS = "Yssolde condition", "Public words Ostrava", "Kept words Pervuhl"


def _entry(**more: object) -> DossierEntry:
    year = clocks.today().year
    given = {
        "law": "lksg",
        "title": "Documentation",
        "period_from": date(year, 1, 1),
        "period_to": date(year, 12, 31),
        **more,
    }
    return DossierEntry(**given)  # type: ignore[arg-type]


@pytest.fixture
def manager() -> User:
    return accounts.person("employer", "sourcing_manager", name="Thessaly Proposer")


def _filled(manager: User) -> Dossier:
    colleague = accounts.person("employer", "sourcing_manager", organisation=manager.organisation)
    organisation = manager.organisation
    assert organisation is not None
    since = clocks.today() - timedelta(days=30)
    buyer = chains.add_party(actor=manager, kind=PartyKind.BUYER, name=BUYER, country="DE")
    site = chains.add_party(actor=manager, kind=PartyKind.SITE, name=SITE, country="MY")
    recruiter = chains.add_party(actor=manager, kind=PartyKind.RECRUITER_ORIGIN, name=UNKNOWN, country="NP")
    agent = chains.add_party(actor=manager, kind=PartyKind.SUB_AGENT, name=AGENT, country="NP")
    for upper, lower in ((buyer, site), (site, recruiter), (recruiter, agent)):
        chains.add_link(actor=manager, upper=upper, lower=lower, since=since, workers=10)
    due = clocks.today() + timedelta(days=9)
    row = diligence.decide(
        actor=manager,
        name=UNKNOWN,
        country="NP",
        outcome="conditions",
        reason=REASON,
        conditions=[(CONDITION, due, OWNER)],
    )
    diligence.approve_decision(decision_id=row.pk, actor=colleague)
    diligence.change_inbox(actor=manager, is_open=True, law="no", days=None)
    diligence.ask(organisation=organisation, entry=diligence.RequestEntry(QUESTION, asker=ASKER))
    diligence.note_step(actor=manager, step=1, note="Policy.", owner=OWNER)
    made = services.draft_dossier(actor=manager, entry=_entry())
    services.save_words(dossier_id=made.pk, actor=manager, ask="management", text=WORDS)
    services.save_words(
        dossier_id=made.pk, actor=manager, ask="analysis", text=SECRET_WORDS, audience="authority"
    )
    return made


def _everything(copy: Copy) -> str:
    """All a reader of a copy can find: file names, texts, and the words of the PDF."""
    found = [copy.pdf.name, copy.archive.name]
    with zipfile.ZipFile(io.BytesIO(files.read(copy.archive))) as box:
        for name in box.namelist():
            found.append(name)
            if not name.endswith(".pdf"):
                found.append(box.read(name).decode())
    pages = PdfReader(io.BytesIO(files.read(copy.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()) + " ".join(found)


SHOWN = {
    "full": {BUYER, SITE, AGENT, UNKNOWN, REASON, ASKER, QUESTION, OWNER, CONDITION, WORDS, SECRET_WORDS},
    "authority": {BUYER, SITE, AGENT, UNKNOWN, REASON, OWNER, CONDITION, WORDS, SECRET_WORDS},
    "customer": {SITE, CONDITION, WORDS},
    "public": {WORDS},
}


def test_a_made_dossier_hides_proves_and_rebuilds(manager: User, tmp_path: Path) -> None:
    """One walk, because a PDF takes its time: redaction, manifest, script, command, same bytes."""
    row = _filled(manager)
    services.make_dossier(dossier_id=row.pk, actor=manager, profiles=list(PROFILES))
    outbox.run_all()
    version = DossierVersion.objects.get()
    assert Dossier.objects.get().state == "made"
    assert hashlib.sha256(version.content.encode()).hexdigest() == version.sha256
    copies = {copy.profile: copy for copy in Copy.objects.all()}
    assert set(copies) == set(PROFILES)
    for profile, copy in copies.items():
        text = _everything(copy)
        assert {name for name in SHOWN["full"] if name in text} == SHOWN[profile], profile
        assert copy.top_sha256 in text
    _verify_by_hand(copies["authority"])
    again = services.render_copy(DossierVersion.objects.get(), "customer")
    assert again.pdf == files.read(copies["customer"].pdf)
    assert again.archive == files.read(copies["customer"].archive)
    _check_with_script_and_command(copies["public"], tmp_path)


def _verify_by_hand(copy: Copy) -> None:
    """An independent reading of the archive: nothing of ours but the format."""
    with zipfile.ZipFile(io.BytesIO(files.read(copy.archive))) as box:
        manifest = box.read("manifest.sha256")
        listed = dict(reversed(line.split("  ", 1)) for line in manifest.decode().splitlines())
        rest = set(box.namelist()) - {"manifest.sha256", "seal.json", "dossier.pdf"}
        assert set(listed) == rest
        assert all(hashlib.sha256(box.read(name)).hexdigest() == listed[name] for name in rest)
        assert hashlib.sha256(manifest).hexdigest() == copy.top_sha256
        index = json.loads(box.read("index.json"))
        rows = list(csv.DictReader(io.StringIO(box.read("index.csv").decode())))
        assert [one["path"] for one in index] == [one["path"] for one in rows]
        assert {one["path"] for one in index} == rest - {"index.csv", "index.json"}
        assert box.read("dossier.pdf") == files.read(copy.pdf)


def _check_with_script_and_command(copy: Copy, folder: Path) -> None:
    path = folder / "copy.zip"
    path.write_bytes(files.read(copy.archive))
    with zipfile.ZipFile(path) as box:
        (folder / "check_dossier.py").write_bytes(box.read("check_dossier.py"))
    script = [sys.executable, "-I", str(folder / "check_dossier.py"), str(path)]
    good = subprocess.run([*script, copy.top_sha256], capture_output=True, text=True, check=False)
    assert (good.returncode, copy.top_sha256 in good.stdout) == (0, True)
    wrong = subprocess.run([*script, "0" * 64], capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    call_command("check_dossier", str(path), verbosity=0, stdout=io.StringIO())
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("more.txt", "x")
    with pytest.raises(CommandError):
        call_command("check_dossier", str(path), stdout=io.StringIO())


@pytest.mark.parametrize(
    ("change", "word"),
    [("take", "taken out"), ("change", "changed"), ("manifest", "The manifest was changed"), ("none", "")],
)
def test_the_check_finds_what_was_done_to_an_archive(change: str, word: str) -> None:
    pieces = with_index([Piece("a.json", "a", "A", b"{}"), Piece("b.json", "b", "B", b"[]")])
    manifest = manifest_of(pieces)
    if change == "take":
        pieces = [one for one in pieces if one.path != "a.json"]
    if change == "change":
        pieces = [Piece(one.path, "a", "A", b"{ }") if one.path == "a.json" else one for one in pieces]
    data = bytearray(zipped(pieces, manifest, b"%PDF-"))
    if change == "manifest":
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name) + (b"\n" if name == "manifest.sha256" else b""))
        data = bytearray(out.getvalue())
    problems, top = check(io.BytesIO(bytes(data)))
    assert (not problems) if change == "none" else any(word in one for one in problems)
    assert change != "none" or top == top_of(manifest)


def test_what_is_no_archive_gets_a_sentence() -> None:
    problems, top = check(io.BytesIO(b"no zip"))
    assert (len(problems), top) == (1, "")


def test_every_law_says_its_source_and_what_is_to_verify() -> None:
    assert set(laws()) == {"uk54", "far50", "us307", "csddd", "lksg", "no", "au", "ca211", "eu3015"}
    for law in laws().values():
        assert law.asks
        assert law.facts
        assert all(fact.source.startswith("https://") for fact in law.facts), law.code
        assert len({ask.code for ask in law.asks}) == len(law.asks)
    assert all(fact.verify for fact in laws()["csddd"].facts), "this law is moving"
    threshold = next(fact for fact in laws()["far50"].facts if fact.label == "Threshold")
    assert threshold.verify


def test_held_part_and_missing_are_told_apart() -> None:
    law = laws()["lksg"]
    pieces = {"chain": [{"on": ""}], "risk": [], "screenings": [{"on": "2026-03-01"}, {"on": "2026-05-02"}]}
    rows = {one.ask.code: one for one in answered(law, pieces, {"analysis": "w"})}
    analysis = rows["analysis"]
    assert (analysis.state, [one.piece for one in analysis.missing]) == ("part", ["risk"])
    assert next(one for one in analysis.held if one.piece == "screenings").latest == "2026-05-02"
    assert rows["complaints"].state == "missing"
    full = {**pieces, "risk": [{}]}
    assert {one.ask.code: one.state for one in answered(law, full, {"analysis": "w"})}["analysis"] == "held"


def test_a_field_nobody_thought_of_passes_in_no_lower_copy() -> None:
    content = dict.fromkeys((*HEAD, "made_by"), "")
    pieces = {
        name: [
            {
                "kind": "buyer",
                "kind_label": "Buyer",
                "registered": False,
                "confidential": False,
                "name": "n",
                "messages": [],
                "new_field": "canary",
                **({COUNTED[name]: "x"} if name in COUNTED else {}),
            }
        ]
        for name in FIELDS
    }
    whole = {**content, "words": {}, "suppliers": [], "pieces": pieces}
    for profile in PROFILES[1:]:
        assert "canary" not in json.dumps(redacted(whole, profile)["pieces"]), profile
    with pytest.raises(ValueError, match="no such copy"):
        redacted(whole, "friend")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"law": "xx"}, "law"),
        ({"title": " "}, "title"),
        ({"period_to": date(2020, 1, 1)}, "period_to"),
        ({"period_from": date(2010, 1, 1)}, "period_to"),
        ({"period_from": date(2999, 1, 1), "period_to": date(2999, 2, 1)}, "period_from"),
        ({"period_from": None}, "period_from"),
        ({"scope": "chosen"}, "suppliers"),
    ],
)
def test_what_cannot_be_drafted_is_refused_on_its_field(
    manager: User, change: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        services.draft_dossier(actor=manager, entry=_entry(**change))
    assert field in refused.value.fields


def test_chosen_suppliers_bring_only_what_stands_below(manager: User) -> None:
    since = clocks.today() - timedelta(days=3)
    tops = [chains.add_party(actor=manager, kind=PartyKind.SITE, name=name) for name in ("One", "Two")]
    for top in tops:
        below = chains.add_party(actor=manager, kind=PartyKind.RECRUITER_ORIGIN, name=f"Below {top.name}")
        chains.add_link(actor=manager, upper=top, lower=below, since=since)
    row = services.draft_dossier(actor=manager, entry=_entry(scope="chosen", suppliers=[tops[0].pk]))
    frame = selectors.frame_of(row)
    assert {one.name for one in frame.parties} == {"One", "Below One"}


def test_a_made_dossier_is_changed_by_a_next_version_only(manager: User) -> None:
    row = services.draft_dossier(actor=manager, entry=_entry())
    services.make_dossier(dossier_id=row.pk, actor=manager, profiles=["public"])
    with pytest.raises(Conflict):
        services.draft_dossier(actor=manager, entry=_entry(title="Other"), dossier_id=row.pk)
    with pytest.raises(Conflict):
        services.make_dossier(dossier_id=row.pk, actor=manager, profiles=["public"])


def test_other_employers_viewers_and_the_scheme(client, manager: User) -> None:  # type: ignore[no-untyped-def]
    row = services.draft_dossier(actor=manager, entry=_entry())
    url = reverse("dossiers:dossier", args=[row.pk])
    viewer = accounts.person("employer", "sourcing_viewer", organisation=manager.organisation)
    other = accounts.person("employer", "sourcing_manager")
    for person, status in ((manager, 200), (viewer, 200), (other, 404), (accounts.person("scheme"), 404)):
        client.force_login(person)
        assert client.get(url).status_code == status
    for person in (viewer, other):
        with pytest.raises(NotPermitted):
            services.make_dossier(dossier_id=row.pk, actor=person, profiles=["full"])
        with pytest.raises(NotPermitted):
            services.save_words(dossier_id=row.pk, actor=person, ask="analysis", text="x")


def test_the_pages_draft_write_and_prove(client, manager: User) -> None:  # type: ignore[no-untyped-def]
    client.force_login(manager)
    year = clocks.today().year
    sent = {
        "law": "uk54",
        "title": "Statement",
        "period_from": f"{year}-01-01",
        "period_to": f"{year}-12-31",
        "scope": "whole",
    }
    client.post(reverse("dossiers:add"), sent)
    row = Dossier.objects.get()
    client.post(
        reverse("dossiers:words", args=[row.pk, "training"]), {"text": "Trained.", "audience": "public"}
    )
    page = client.get(reverse("dossiers:dossier", args=[row.pk])).content.decode()
    assert "Trained." in page
    assert "No agency was checked in the period." in page
    assert "verify" in client.get(reverse("dossiers:law", args=["csddd"])).content.decode()
    client.logout()
    page = client.get(reverse("dossiers:check"), {"top": "0" * 64}).content.decode()
    assert "No dossier with this hash" in page
