"""Clients that others wrote, on one table of 500 rows: what they end with is what our own screening says of each row.

`reconciler` from PyPI and Debian's OpenRefine, both against this process on the loopback.
"""

import csv
import io
import json
import os
import random
import subprocess
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from iris import env
from iris.accounts.models import User
from supplychain.names import services as remembering
from supplychain.reconciliation import services
from supplychain.screenings import services as screening_services
from supplychain.screenings.models import ScreeningRow
from supplychain.screenings.selectors import lines_for
from tests.bench import filling
from tests.conformance import refine
from tests.factories import accounts, certificates, screenings
from tests.figures import Tell

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]
ROWS = 500
FIRST = (
    "Himal",
    "Gulf",
    "Blue",
    "Golden",
    "Everest",
    "Lotus",
    "Star",
    "Ocean",
    "Delta",
    "Sun",
    "Green",
    "Royal",
)
THEN = ("Bridge", "Horizon", "Path", "Crown", "Harbour", "Valley", "Summit", "Pearl", "Orchid", "Falcon")
LAST = ("Overseas", "Manpower", "Recruitment", "Employment Services", "Staffing", "Human Resources")
COUNTRIES = ("NP", "BD", "IN", "PH", "KE", "LK")
NOT_BY_ITSELF = ("near_name", "contact", "")


@dataclass
class Table:
    """The rows to reconcile, and the address that answers."""

    rows: list[tuple[str, str, str]]
    address: str
    buyer: User
    house: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As CSV."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["name", "country", "licence no"])
        writer.writerows(self.rows)
        return out.getvalue()


def _register(chance: random.Random) -> list[tuple[str, str, str]]:
    """300 agencies: distinct names, names that several share, and two names only a letter apart."""
    names = [f"{a} {b} {c}" for a in FIRST for b in THEN for c in LAST]
    chance.shuffle(names)
    lines = [(str(uuid4()), f"{name} Pvt Ltd", chance.choice(COUNTRIES)) for name in names[:280]]
    twins = [(str(uuid4()), name, country) for _id, name, country in lines[:15]]
    near = [(str(uuid4()), name.replace("o", "oo", 1), country) for _id, name, country in lines[15:20]]
    return lines + twins + near


def _misspelt(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _rows(lines: list[tuple[str, str, str]], numbers: dict[str, str], chance: random.Random) -> list[Any]:
    """Rows as people write them: right, misspelt, in capitals, with a number, elsewhere, unknown, or no name."""
    rows: list[tuple[str, str, str]] = []
    while len(rows) < ROWS:
        key, name, country = chance.choice(lines)
        shape = chance.randrange(10)
        other = chance.choice(COUNTRIES)
        made = (
            (name, country, ""),
            (name.upper(), "", ""),
            (name.removesuffix(" Pvt Ltd"), country, ""),
            (_misspelt(name, chance), country, ""),
            (_misspelt(name, chance), "", ""),
            (name.split()[0], country, numbers[key]),
            (name, other, ""),
            (name, country, f"OWN-{chance.randrange(10_000)}"),
            (f"Zanzibar {chance.choice(THEN)} Ferry {chance.randrange(50)}", "TZ", ""),
            (chance.choice(("---", "Pvt Ltd", "Кипарис", "青い蓮")), "", ""),
        )[shape]
        rows.append(made)
    return rows


@pytest.fixture
def table(live_server: Any, settings: Any) -> Table:
    """A register, an organisation that decided about a name before, 500 rows, and what its screening says of them."""
    settings.IRIS_PUBLIC_URL = live_server.url
    settings.DEBUG = False
    chance = random.Random(20261122)
    lines = _register(chance)
    filling.fill_lines(lines)
    certificate = certificates.certificate("active", name="Kalimaru Overseas Pvt Ltd")
    number = certificate.agency.licences.get().number
    buyer = accounts.person("employer", "sourcing_manager")
    assert buyer.organisation is not None
    remembering.remember(
        organisation=buyer.organisation,
        actor=buyer,
        text="KMO Kathmandu",
        country="",
        verdict="same",
        agency_id=certificate.agency_id,
    )
    own = [("Kalimaru Overseas", "NP", ""), ("K. M. O.", "", number), ("KMO Kathmandu", "", "")]
    rows = own + _rows(lines, {key: f"{key[:8]}-X" for key, _name, _country in lines}, chance)[: ROWS - 3]
    _client, key = services.make_address(actor=buyer, name="conformance")
    made = Table(rows, f"{live_server.url}/reconcile/?key={key}", buyer)
    made.house = _screened(made)
    return made


def _screened(table: Table) -> dict[tuple[str, str, str], Any]:
    """What our own screening says: for each row the agency it settled on, and everybody it proposed."""
    upload = SimpleUploadedFile("suppliers.csv", table.text.encode())
    made = screening_services.upload_list(actor=table.buyer, upload=upload)
    screening_services.map_columns(screening_id=made.pk, actor=table.buyer, mapping=made.mapping)
    done = screenings.run(made, table.buyer)
    rows = list(ScreeningRow.objects.filter(screening=done).order_by("number"))
    found = {}
    for (name, country, number), line in zip(table.rows, lines_for(done, rows), strict=True):
        one = line.outcome
        settled = one is not None and one.fact_id is not None and one.how not in NOT_BY_ITSELF
        found[name, country, number] = (
            str(one.agency_id) if settled and one is not None else "",
            {each["agency_id"] for each in one.similar} if one else set(),
        )
    return found


def _manifest(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def test_openrefine_ends_with_what_our_screening_says(table: Table, figures: Tell) -> None:
    """Reconcile a column of 500 rows beside country and number, add columns, export: 0 differences."""
    if why := refine.missing():
        pytest.skip(why)
    home = Path(env.text("IRIS_HOME")) / "openrefine" / f"{datetime.now(UTC):%H%M%S%f}"
    manifest = _manifest(table.address)
    with refine.Refine(home) as tool:
        project = tool.create("suppliers", table.text)
        assert [one["id"] for one in tool.guess_types(project, "name", table.address)] == ["agency"]
        beside = {"country": "country", "licence no": "identifier"}
        tool.reconcile(project, "name", table.address, manifest, beside)
        _columns, cells, told = tool.rows(project)
        reconciled = [told["pool"]["pool"]["recons"].get(str((row[0] or {}).get("r")), {}) for row in cells]
        wish = ["status", "expires", "corridors", "licence_number", "certificate_link", "as_of"]
        tool.extend(project, "name", table.address, manifest, [{"id": one, "name": one} for one in wish])
        exported = list(csv.reader(io.StringIO(tool.export(project))))
    differences = []
    for row, recon in zip(table.rows, reconciled, strict=True):
        settled, proposed = table.house[row]
        matched = recon.get("m", {}).get("id", "") if recon.get("j") == "matched" else ""
        offered = {one["id"] for one in recon.get("c", [])}
        if matched != settled or (not settled and not offered <= proposed):
            differences.append((row, matched, settled, offered ^ proposed))
    assert differences == []
    matches = sum(1 for recon in reconciled if recon.get("j") == "matched")
    assert 150 < matches < 450, matches
    figures("OpenRefine 3.6", rows=len(reconciled), matched=matches, differences=len(differences))
    header = exported[0]
    assert header[1].startswith("Status as of "), header
    first = dict(zip(header, exported[1], strict=True))
    # It writes the name of the entity into a matched cell.
    assert (first["name"], first[header[1]]) == ("Kalimaru Overseas Pvt Ltd", "Certified")
    assert first["Certificate link"].startswith(manifest["view"]["url"].split("/register/")[0])


def test_reconciler_of_pypi_ends_with_what_our_screening_says(table: Table, figures: Tell) -> None:
    """The same table through a client library: its best candidate and its match are ours."""
    python = os.environ.get("IRIS_FOREIGN_RECONCILIATION", "")
    if not python:
        pytest.skip("needs the client's own environment: ./dev conformance makes it")
    code = (
        # The client was written for a NumPy that had this name.
        "import sys, json, numpy, pandas as pd\n"
        "numpy.NaN = numpy.nan\n"
        "from reconciler import reconcile\n"
        "names = json.load(sys.stdin)\n"
        "found = reconcile(pd.Series(names), type_id='agency', reconciliation_endpoint=sys.argv[1])\n"
        "sys.stdout.write('\\n' + found.to_json(orient='records'))\n"
    )
    plain = list(dict.fromkeys(row[0] for row in table.rows if not row[1] and not row[2]))
    done = subprocess.run(
        [python, "-c", code, table.address],
        input=json.dumps(plain),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = {one["input_value"]: one for one in json.loads(done.stdout.splitlines()[-1])}
    differences = []
    for name in plain:
        settled, _proposed = table.house[name, "", ""]
        told = found.get(name, {})
        matched = told.get("id") if told.get("match") in (True, "true") else ""
        if (matched or "") != settled:
            differences.append((name, matched, settled))
    assert differences == []
    figures("reconciler", names=len(plain), differences=len(differences))
