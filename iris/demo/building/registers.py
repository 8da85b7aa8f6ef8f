"""Lists of national registers for the invented agencies: fresh, stale, down, and one agency that lost its licence."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from certification.agencies import services as agencies
from certification.agencies.models import Licence
from certification.licences import selectors
from certification.licences import services as licences
from certification.licences.models import Snapshot
from iris.core import clocks
from iris.core.models import OutboxRow
from iris.demo.building.scheme import World

# How each country's numbers look; n is invented. Countries without a register keep a plain form.
NUMBERS = {
    "NP": "{n}/06{d}/06{e}",
    "PH": "DMW-{n}-LB-0315{yy}-R",
    "IN": "B-{n}/DEL/PER/100/5/{n}1/2023",
    "BD": "RL {n}",
    "LK": "{n}",
    "ID": "{n}/SIP3MI/2025",
    "GB": "ABCD{n}",
    "PL": "1{n}",
    "CZ": "2708{n}",
    "SG": "1{d}C{n}",
    "HK": "5{n}",
}
# Head of the list and its words: good, and what some agencies are said to be.
HEADS: dict[str, tuple[str, str]] = {
    "NP": ("इजाजतपत्र नं,संस्थाको नाम,अवस्था", "सञ्चालनमा"),
    "PH": ("License No.,Agency Name,License Status", "Valid License"),
    "IN": ("RC Number,RA Name,RA Status", "Active"),
    "BD": ("লাইসেন্স নং,রিক্রুটিং এজেন্সির নাম,অবস্থা", "বৈধ"),
    "ID": ("Nomor SIP3MI,Nama P3MI,Status", "Aktif"),
    "GB": ("URN,Business Name,Licence Status", "Licensed"),
    "SG": ("EA Licence No,EA Name,Licence Status", "Active"),
    "PL": ("Nr wpisu,Nazwa podmiotu,Status,Data wpisu", "wpisana"),
}
SAID = {
    "Sagarpani Manpower Agency": "अनलाइन रोक्का",
    "Meghnatir International": "বাতিল",
    "Luntian Horizons Manpower Corp.": "Provisional License",
    "Orvane Staffing Ltd": "Licensed with conditions",
    "Devgarh Labour Consultants": "Expired",
}
# Days since the newest list; Indonesia's is too old to rely on. Sri Lanka and Hong Kong were never brought in.
AGES = {"NP": 2, "PH": 1, "IN": 3, "BD": 4, "ID": 33, "GB": 2, "SG": 1, "PL": 5}
INVENTED = ("Invented Lantern Agency", "Invented Harbour Agency", "Invented Orchard Agency")


def licence_number(country: str, seed: int) -> str:
    """A number as its country gives them, the same for the same seed."""
    pattern = NUMBERS.get(country, country + "-L-{n}")
    return pattern.format(n=seed % 9000 + 1000, d=seed % 8, e=seed % 8 + 1, yy=25)


def build(world: World, now: datetime) -> None:
    """Two lists of each register that is kept up, one that is stale, one whose source is down."""
    licences_of: dict[str, list[Licence]] = {}
    for row in Licence.objects.select_related("agency").order_by("agency__legal_name"):
        licences_of.setdefault(row.country, []).append(row)
    for country, age in AGES.items():
        for back in (age + 30, age):
            with clocks.freeze(now - timedelta(days=back)):
                _bring(country, licences_of.get(country, []), first=back != age)
    with clocks.freeze(now - timedelta(days=2)):
        _czech(licences_of.get("CZ", []))
    with clocks.freeze(now - timedelta(hours=6)):
        spec = selectors.register("CZ-UP")
        assert spec is not None
        licences.record_failure(
            code=spec.code, source=spec.address, why="HTTP Error 503: Service Unavailable"
        )


def _bring(country: str, rows: list[Licence], *, first: bool) -> None:
    spec = selectors.register_of(country)
    assert spec is not None
    head, good = HEADS[country]
    wide = head.count(",") - 2
    entered = clocks.today() - timedelta(days=200)
    lines = [head]
    for row in rows:
        word = good if first else SAID.get(row.agency.legal_name, good)
        lines.append(_line(row.number, row.agency.legal_name, word, wide, entered.isoformat()))
    for index, name in enumerate(INVENTED):
        number = licence_number(country, 17 + index)
        lines.append(_line(number, f"{name} {country}", good, wide, "2012-04-01"))
    if not first:
        lines.append(_line("", "A row without a number", good, wide, ""))
    snapshot = licences.import_snapshot(
        code=spec.code,
        data="\n".join(lines).encode(),
        name=f"{spec.code.lower()}.csv",
        source=spec.address,
        actor=None,
        accept_shrunk=True,
    )
    _tell(snapshot)


def _line(number: str, name: str, word: str, wide: int, entered: str) -> str:
    cells = [number, f'"{name}"', word, *([entered] * wide)]
    return ",".join(cells)


def _czech(rows: list[Licence]) -> None:
    permit: Mapping[str, object] = {"platnostOd": "2022-08-27", "platnostDo": None}
    names = [(row.number, row.agency.legal_name) for row in rows] + [("27089999", "Vymyšlená agentura a.s.")]
    items = [{"ico": number, "nazev": name, "povoleni": [permit]} for number, name in names]
    spec = selectors.register("CZ-UP")
    assert spec is not None
    licences.import_snapshot(
        code=spec.code,
        data=json.dumps({"polozky": items}, ensure_ascii=False).encode(),
        name="agentury-prace.json",
        source=spec.address,
        actor=None,
    )


def _tell(snapshot: Snapshot) -> None:
    """What a worker would do within a second."""
    rows = OutboxRow.objects.filter(
        job="agencies.licence_register_changed", kwargs__snapshot_id=str(snapshot.pk)
    )
    for row in rows:
        agencies.licence_register_changed(entry_id=row.kwargs["entry_id"])
    rows.delete()
