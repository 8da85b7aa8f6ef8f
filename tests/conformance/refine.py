"""Debian's OpenRefine without a window: started for a test in a folder of its own, driven by its own commands.

with Refine(folder) as refine:
    project = refine.create("table", "name,country\\nBlue Lotus,NP\\n")
    refine.reconcile(project, "name", address, {"country": "country"})
    rows = refine.rows(project)
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

STARTER = Path("/usr/share/openrefine/refine")
READY_WITHIN = 120
DONE_WITHIN = 300
EVERY_ROW = {"facets": [], "mode": "row-based"}


def missing() -> str:
    """Why it cannot run here; empty when it can."""
    return "" if STARTER.exists() and shutil.which("java") else "needs OpenRefine: apt-get install openrefine"


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Refine:
    """A running OpenRefine. Its projects lie in `home`; it listens on the loopback and ends with the block."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Refine":
        self.home.mkdir(parents=True, exist_ok=True)
        argv = [str(STARTER), "-p", str(self.port), "-i", "127.0.0.1", "-H", "127.0.0.1", "-m", "512M"]
        argv += ["-d", str(self.home / "workspace"), "-x", "-Drefine.headless=true"]
        env = {**os.environ, "HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data")}
        with (self.home / "refine.log").open("wb") as log:
            self.process = subprocess.Popen(
                argv,
                cwd=STARTER.parent,
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()
        return self

    def __exit__(self, *error: object) -> None:
        if self.process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(timeout=20)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue

    def _wait(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, (self.home / "refine.log").read_text()[-2000:]
            try:
                self.command("get-version")
            except (OSError, ValueError):
                time.sleep(0.5)
            else:
                return
        raise AssertionError("OpenRefine did not start: " + (self.home / "refine.log").read_text()[-2000:])

    def command(
        self, name: str, query: dict[str, Any] | None = None, form: dict[str, Any] | None = None
    ) -> Any:
        """One of its commands; with a form it is an act and carries the token that acts need."""
        asked = {
            key: value if isinstance(value, str) else json.dumps(value)
            for key, value in (query or {}).items()
        }
        if form is not None:
            asked["csrf_token"] = self.command("get-csrf-token")["token"]
        body = None
        if form is not None:
            texts = {
                key: value if isinstance(value, str) else json.dumps(value) for key, value in form.items()
            }
            body = urllib.parse.urlencode(texts).encode()
        address = f"{self.url}/command/core/{name}?{urllib.parse.urlencode(asked)}"
        with urllib.request.urlopen(address, data=body, timeout=60) as answer:
            found = json.loads(answer.read())
        assert not isinstance(found, dict) or found.get("code") != "error", found
        return found

    def create(self, name: str, table: str) -> str:
        """A project from CSV; its number."""
        token = self.command("get-csrf-token")["token"]
        mark = "----table"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="project-name"\r\n\r\n{name}\r\n',
            f'--{mark}\r\nContent-Disposition: form-data; name="format"\r\n\r\ntext/line-based/*sv\r\n',
            f'--{mark}\r\nContent-Disposition: form-data; name="options"\r\n\r\n'
            + json.dumps({"separator": ",", "encoding": "UTF-8", "guessCellValueTypes": False})
            + "\r\n",
            f'--{mark}\r\nContent-Disposition: form-data; name="project-file"; filename="table.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{table}\r\n--{mark}--\r\n",
        ]
        request = urllib.request.Request(
            f"{self.url}/command/core/create-project-from-upload?csrf_token={token}",
            data="".join(parts).encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={mark}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found = re.search(r"project=(\d+)", answer.geturl())
            page = answer.read()
        assert found is not None, page[:500]
        return found[1]

    def reconcile(
        self, project: str, column: str, service: str, manifest: dict[str, Any], beside: dict[str, str]
    ) -> None:
        """Reconcile a column; `beside` names the property of each other column that helps. Waits until done."""
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": manifest["defaultTypes"][0],
            "autoMatch": True,
            "columnDetails": [
                {"column": name, "propertyName": pid, "propertyID": pid} for name, pid in beside.items()
            ],
            "limit": 5,
        }
        form = {"columnName": column, "engine": EVERY_ROW, "config": config}
        self.command("reconcile", {"project": project}, form)
        self._until_done(project)

    def extend(
        self,
        project: str,
        column: str,
        service: str,
        manifest: dict[str, Any],
        properties: list[dict[str, str]],
    ) -> None:
        """Add columns of reconciled values beside the column."""
        form = {
            "engine": EVERY_ROW,
            "baseColumnName": column,
            "columnInsertIndex": "1",
            "endpoint": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "extension": {"properties": properties},
        }
        self.command("extend-data", {"project": project}, form)
        self._until_done(project)

    def _until_done(self, project: str) -> None:
        until = time.monotonic() + DONE_WITHIN
        while time.monotonic() < until:
            told = self.command("get-processes", {"project": project})
            if not told.get("processes"):
                return
            time.sleep(0.3)
        raise AssertionError("OpenRefine is still busy")

    def guess_types(self, project: str, column: str, service: str) -> list[dict[str, Any]]:
        """The types that it guesses for a column by asking the service."""
        form = {"columnName": column, "service": service}
        found = self.command("guess-types-of-column", {"project": project}, form)
        return list(found["types"])

    def rows(self, project: str, most: int = 5_000) -> tuple[list[str], list[list[Any]], dict[str, Any]]:
        """Names of the columns, the cells of each row, and what it keeps of reconciled cells."""
        model = self.command("get-models", {"project": project})
        columns = model["columnModel"]["columns"]
        form: dict[str, Any] = {"engine": EVERY_ROW}
        told = self.command("get-rows", {"project": project, "start": "0", "limit": str(most)}, form)
        places = [one["cellIndex"] for one in columns]
        cells = [[_cell(row["cells"], at) for at in places] for row in told["rows"]]
        return [one["name"] for one in columns], cells, model.get("reconStats", {}) | {"pool": told}

    def export(self, project: str) -> str:
        """The table as CSV."""
        form = {"project": project, "format": "csv", "engine": json.dumps(EVERY_ROW)}
        address = f"{self.url}/command/core/export-rows/table.csv"
        body = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(address, data=body, timeout=60) as answer:
            return str(answer.read().decode())


def _cell(cells: list[Any], at: int) -> Any:
    return cells[at] if at < len(cells) else None
