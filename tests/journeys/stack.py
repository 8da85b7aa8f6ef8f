"""A whole product of its own for journeys: database, web, worker, beat, started and stopped by the test."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from iris import env
from tests import template

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 300
BIN = Path(sys.executable).parent


class Stack:
    """`start()` until `/health/ready` says 200; `stop()` ends every process and drops the database.

    Stacks that may run at the same time need a `lane` each: it picks their databases of the broker and the cache.
    """

    def __init__(self, home: Path, lane: int = 0) -> None:
        self.home = home
        self.lane = lane
        self.inside: subprocess.Popen[bytes] | None = None
        self.database = f"journey_{secrets.token_hex(4)}"
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = self._environment()

    def _environment(self) -> dict[str, str]:
        def renamed(url: str) -> str:
            return url.replace("/iris?", f"/{self.database}?")

        broker = env.text("CELERY_BROKER_URL").replace("virtual_host=0", f"virtual_host={7 + 2 * self.lane}")
        return {
            **os.environ,
            "DATABASE_URL": renamed(env.text("DATABASE_URL")),
            "DATABASE_OWNER_URL": renamed(env.text("DATABASE_OWNER_URL")),
            "CELERY_BROKER_URL": broker,
            "CACHE_URL": env.text("CACHE_URL").replace("db=1", f"db={8 + 2 * self.lane}"),
            "DJANGO_SETTINGS_MODULE": "iris.settings.development",
            "IRIS_HOME": str(self.home),
            "IRIS_DEMO": "0",
            "PORT": str(self.port),
            "IRIS_PUBLIC_URL": self.url,
        }

    def prepare(self) -> None:
        """Make the database alone, for what needs no process of the product."""
        self.home.mkdir(parents=True, exist_ok=True)
        template.sql(f'CREATE DATABASE "{self.database}" TEMPLATE "{template.made()}"')

    def start(self) -> None:
        """Make the database, start the processes, wait until all of them are ready."""
        self.prepare()
        (self.home / "static").symlink_to(template.static())
        self._spawn(
            "gunicorn", "iris.wsgi", "-b", f"127.0.0.1:{self.port}", "-k", "gthread", "--threads", "4"
        )
        worker = [
            "-A",
            "iris.celery",
            "worker",
            "-Q",
            "default,pdf,webhooks",
            "-c",
            "2",
            "--loglevel=WARNING",
        ]
        self._spawn("celery", *worker, "--beat", "-s", str(self.home / "beat"))
        self._wait()

    def python(self, code: str) -> str:
        """Run a few lines inside the product; returns what they printed."""
        if self.inside is None:
            with (self.home / "inside.log").open("wb") as log:
                self.inside = subprocess.Popen(
                    [sys.executable, "-m", "tests.journeys.inside"],
                    cwd=ROOT,
                    env={**self.environment, "FACTORY_NUMBERS_FROM": "1001"},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                )
        assert self.inside.stdin
        assert self.inside.stdout
        self.inside.stdin.write(json.dumps(code).encode() + b"\n")
        self.inside.stdin.flush()
        line = self.inside.stdout.readline()
        assert line, (self.home / "inside.log").read_text()[-3000:]
        answer = json.loads(line)
        assert not answer["failed"], answer["failed"][-3000:]
        return str(answer["printed"])

    def mail_to(self, address: str) -> str:
        """The newest e-mail to an address, waited for."""
        for _try in range(100):
            for path in sorted(
                (self.home / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime, reverse=True
            ):
                text = path.read_text(encoding="utf-8").replace("=\n", "")
                if f"To: {address}" in text:
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no e-mail to {address} under {self.home / 'mail'}")

    def stop(self) -> None:
        """End what was started, newest first."""
        everything = [*self.processes, *([self.inside] if self.inside else [])]
        for process in reversed(everything):
            process.terminate()
        for process in everything:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        template.sql(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _spawn(self, name: str, *arguments: str) -> None:
        command = [str(BIN / name), *arguments]
        with (self.home / f"{len(self.processes)}-{name}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
                )
            )

    def _wait(self) -> None:
        until = time.monotonic() + READY_WITHIN
        said = ""
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except urllib.error.HTTPError as error:
                said = error.read().decode()
            except OSError as error:
                said = str(error)
            time.sleep(0.3)
        logs = "\n".join(path.read_text()[-800:] for path in self.home.glob("*.log"))
        raise AssertionError(f"not ready within {READY_WITHIN} s: {said}\n{logs}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
