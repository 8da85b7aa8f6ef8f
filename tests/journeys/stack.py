"""A whole product of its own for journeys: database, web, worker, beat, started and stopped by the test."""

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
READY_WITHIN = 180
BIN = Path(sys.executable).parent


class Stack:
    """`start()` until `/health/ready` says 200; `stop()` ends every process and drops the database.

    Stacks that may run at the same time need a `lane` each: it picks their databases of the broker and the cache.
    """

    def __init__(self, home: Path, lane: int = 0) -> None:
        self.home = home
        self.lane = lane
        self.calls = 0
        self.database = f"journey_{secrets.token_hex(4)}"
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = self._environment()

    def _environment(self, database: str = "", *, as_owner: bool = False) -> dict[str, str]:
        def renamed(url: str) -> str:
            return url.replace("/iris?", f"/{database or self.database}?")

        broker = env.text("CELERY_BROKER_URL").replace("virtual_host=0", f"virtual_host={7 + 2 * self.lane}")
        return {
            **os.environ,
            "DATABASE_URL": renamed(env.text("DATABASE_OWNER_URL" if as_owner else "DATABASE_URL")),
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
        self._manage(["collectstatic", "--noinput", "-v0"], self.environment)
        self._spawn(
            "gunicorn", "iris.wsgi", "-b", f"127.0.0.1:{self.port}", "-k", "gthread", "--threads", "4"
        )
        self._spawn(
            "celery", "-A", "iris.celery", "worker", "-Q", "default,pdf", "-c", "2", "--loglevel=WARNING"
        )
        self._spawn(
            "celery", "-A", "iris.celery", "beat", "-s", str(self.home / "beat"), "--loglevel=WARNING"
        )
        self._wait()

    def python(self, code: str) -> str:
        """Run a few lines inside the product; returns what they printed."""
        self.calls += 1
        own = {**self.environment, "FACTORY_NUMBERS_FROM": str(1 + 1_000 * self.calls)}
        return self._manage(["shell", "-v0", "-c", code], own)

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
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        template.sql(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _manage(self, arguments: list[str], environment: dict[str, str]) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return done.stdout.decode()

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
