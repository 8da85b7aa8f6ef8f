"""Where things are, and the choices of one launch."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launcher.constants import NOBODY, SOCKET_PATH_LIMIT
from launcher.telling import Refusal, digest, say


@dataclass
class House:
    """The places and choices of one launch."""

    home: Path
    port: int
    wheels: bool = False  # use the embedded wheels even where the machine has servers
    with_tests: bool = False
    with_foreign: bool = False
    held: list[Any] = field(default_factory=list)

    @property
    def servers(self) -> Path:
        """Where the private servers keep their data; wheels have a place of their own."""
        return self.home / "wheel" if self.wheels else self.home

    @property
    def run(self) -> Path:
        """Process ids and locks."""
        return self.home / "run"

    @property
    def log(self) -> Path:
        """What the processes said."""
        return self.home / "log"

    @property
    def refuge(self) -> Path:
        """Where servers live that run as nobody, when nobody cannot reach .local."""
        return Path("/var/tmp") / f"iris-{digest(str(self.servers))[:12]}"

    def sockets(self, name: str) -> Path:
        """A folder for a server's socket: under .local, or a short one where .local is too deep."""
        near = self.servers / "sockets" / name
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return near
        return Path(tempfile.gettempdir()) / f"iris-{os.geteuid()}-{digest(str(self.servers))[:12]}" / name


def keep_bytecode(home: Path) -> None:
    """Who wants no bytecode beside the sources gets it here: without any, every start compiles 2,000 files anew.

    Python compares each with its source, so it is never stale.
    """
    unwanted = os.environ.pop("PYTHONDONTWRITEBYTECODE", "")
    if unwanted and not os.environ.get("PYTHONPYCACHEPREFIX"):
        os.environ["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")


def private_folder(path: Path) -> Path:
    """Make a folder that only this user can enter, and refuse one that somebody else made."""
    for folder in (path.parent, path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid not in (os.geteuid(), NOBODY if os.geteuid() == 0 else -1):
            raise Refusal(f"{folder} belongs to somebody else. Type: IRIS_HOME=/a/short/folder ./dev …")
    path.chmod(0o700)
    return path


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock file while doing something that two launchers must not do at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  ...  another ./dev is setting up this checkout; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
