"""The files of a day: whole, described, signed, chained; what changed; what goes and what stays."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from certification.opendata import services
from certification.opendata.models import Dump
from certification.opendata.published import verify_register as given
from certification.opendata.rules.package import kept
from certification.opendata.services.writing import cell
from iris.core import clocks, events, outbox
from tests.conftest import NOON
from tests.factories import agencies
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db


def made_today() -> list[Dump]:
    """Log what there is and make the files of today."""
    events.sequence()
    services.sequence()
    return services.dump(day=clocks.today())


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines()]


def test_two_days_of_files_are_whole_chained_and_say_what_changed(client: Client) -> None:
    row = factory.certificate(name="=2+5 Recruiters")
    other = factory.certificate("suspended")
    (full,) = made_today()
    assert services.dump(day=clocks.today()) == []
    first = services.folder_of(full)
    assert given.problems_of_folder(str(first)) == []
    names = {one["legal_name"] for one in lines(first / "agencies.jsonl")}
    assert row.legal_name in names
    with (first / "agencies.csv").open(encoding="utf-8", newline="") as file:
        table = {one["id"]: one for one in csv.DictReader(file)}
    assert table[str(row.agency_id)]["legal_name"] == "'" + row.legal_name
    assert table[str(other.agency_id)]["valid"] == "false"
    with clocks.freeze(clocks.now() + timedelta(days=1)):
        factory.suspend(factory.latest(row))
        second, delta = made_today()
    assert full.previous_sha256 == "0" * 64
    assert second.previous_sha256 == full.manifest_sha256
    assert delta.previous_sha256 == second.manifest_sha256
    changes = lines(services.folder_of(delta) / "changes.jsonl")
    assert {(one["table"], one["act"], one["id"]) for one in changes} == {
        ("agencies", "put", str(row.agency_id)),
        ("certificates", "put", str(row.pk)),
    }
    assert given.problems_of_folder(str(services.folder_of(delta))) == []
    served(client, full, second)


def served(client: Client, full: Dump, second: Dump) -> None:
    """The page and the files as everybody gets them."""
    page = client.get("/open-data/").content.decode()
    assert "The register as of 22 Nov" in page
    for name in ("agencies.csv", "datapackage.json", "entities.ftm.json", "manifest.jws", "open-data.zip"):
        assert f"/open-data/{second.folder}/{name}" in page
    got = client.get(f"/open-data/{full.folder}/manifest.json")
    body = b"".join(got.streaming_content)
    assert hashlib.sha256(body).hexdigest() == full.manifest_sha256
    assert got["Iris-As-Of"] == "2026-11-21T12:00:00.000000Z"
    packed = b"".join(client.get(f"/open-data/{full.folder}/open-data.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as whole:
        assert whole.testzip() is None
        assert f"{full.folder}/manifest.json" in whole.namelist()
    payload = full.signature.split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert told["manifest_sha256"] == full.manifest_sha256
    for path in ("nothing.csv", "..%2f..%2fsecret", ".hidden"):
        assert client.get(f"/open-data/{full.folder}/{path}").status_code == 404
    assert client.get("/open-data/2020-01-01-full/agencies.csv").status_code == 404
    index = client.get("/open-data/index.json").json()
    assert [one["name"] for one in index["dumps"]][-1] == full.folder


def test_every_way_to_damage_a_folder_is_found(tmp_path: Path, capsys: Any) -> None:
    factory.certificate("suspended")
    (full,) = made_today()
    folder = services.folder_of(full)
    call_command("verify_open_data", str(folder))
    names = [one["name"] for one in full.files] + ["manifest.json", "manifest.jws"]
    tried = 0
    for name in names:
        path = folder / name
        was = path.read_bytes()
        middle = len(was) // 2
        for broken in (
            was[:-1],
            was[:middle] + bytes([was[middle] ^ 1]) + was[middle + 1 :],
            was + b"x",
            b"",
        ):
            if name == "manifest.jws" and broken and broken.split(b".")[1] == was.split(b".")[1]:
                continue  # the signature itself, which a library of JOSE checks
            path.write_bytes(broken)
            assert given.problems_of_folder(str(folder)), (name, broken[-20:])
            tried += 1
        path.write_bytes(was)
    (folder / "extra.csv").write_text("x")
    with pytest.raises(CommandError):
        call_command("verify_open_data", str(folder))
    assert tried >= 30


def test_no_person_is_in_the_files() -> None:
    row = factory.certificate("suspended")
    (full,) = made_today()
    people = {row.decided_by_name, row.issued_by_name, row.state_reason, row.address}
    people |= set(row.agency.officers.values_list("name", flat=True))
    for one in full.files:
        text = (services.folder_of(full) / one["name"]).read_text(encoding="utf-8")
        assert not [name for name in people if name and name in text]


def test_the_sweep_orders_the_files_of_a_day_once() -> None:
    agencies.agency()
    assert services.ask_when_due()
    assert not services.ask_when_due()
    outbox.run_all()
    assert Dump.objects.count() == 1
    assert not services.ask_when_due()


def test_old_days_go_and_month_ends_stay() -> None:
    today = clocks.today()
    assert kept(today - timedelta(days=59), today, 60)
    assert not kept(today - timedelta(days=60), today, 60)
    assert kept(today.replace(month=2, day=28), today, 60)
    (full,) = made_today()
    with clocks.freeze(clocks.now() + timedelta(days=60)):
        assert services.tidy() == 1
        assert services.tidy() == 0
    assert not services.folder_of(full).exists()
    assert Dump.objects.get().manifest_sha256 == full.manifest_sha256


def test_index_read_from_page_to_page_misses_no_manifest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first day has no delta, so a page of an even number ends in the middle of a day."""
    monkeypatch.setattr("certification.opendata.web.files.MOST_MANIFESTS", 2)
    for day in range(4):
        with clocks.freeze(NOON + timedelta(days=day)):
            services.dump(day=clocks.today())
    seen: list[str] = []
    before = ""
    while True:
        page = client.get(f"/open-data/index.json{before}").json()["dumps"]
        if not page:
            break
        seen += [one["name"] for one in page]
        before = f"?before={page[-1]['as_of'][:10]}"
    assert seen == list(Dump.objects.order_by("-as_of", "kind").values_list("folder", flat=True))
    assert len(seen) == 7


def test_cells_hold_no_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        assert cell(text).startswith("'")
    assert cell(["=1"])[0] == "["
    assert [cell(None), cell(True), cell(3), cell("Ü")] == ["", "true", "3", "Ü"]
