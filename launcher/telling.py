"""Saying what is done and how long it took; calling programs; writing files whole."""

import contextlib
import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import time
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from launcher.constants import ROOT


class Refusal(Exception):
    """Something a person has to do first; the message holds the line to type."""


class Stopped(Exception):
    """SIGINT or SIGTERM came."""


@dataclass
class Step:
    """One thing being done; `detail` is told when it is over."""

    detail: str = ""
    quiet: bool = False


def say(line: str = "") -> None:
    """Print one line now."""
    print(line, flush=True)


@contextlib.contextmanager
def step(name: str, *, slow: bool = False) -> Iterator[Step]:
    """Tell what is done and how long it took; a slow thing is announced when it begins."""
    if slow:
        say(f"  ...  {name}")
    started = time.monotonic()
    current = Step()
    yield current
    if not current.quiet:
        told = f"{name}: {current.detail}" if current.detail else name
        say(f"  ok   {told} ({time.monotonic() - started:.1f} s)")


def tail(path: Path, lines: int = 25) -> str:
    """The last lines of a log, for a message about what went wrong."""
    if not path.exists():
        return ""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


Words = list[str | Path]  # a command line


def call(argv: Sequence[str | Path], what: str, **options: Any) -> str:
    """Run a program quietly and return what it printed; if it fails, raise with what it printed."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(part) for part in argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        cwd=options.pop("cwd", ROOT),
        **options,
    )
    if done.returncode:
        raise Refusal(f"{what} failed.\n  command: {shlex.join(str(p) for p in argv)}\n{done.stdout[-6000:]}")
    return done.stdout


def works(argv: Sequence[str | Path], **options: Any) -> bool:
    """Whether a program exists and ends well."""
    try:
        done = subprocess.run([str(part) for part in argv], capture_output=True, check=False, **options)
    except OSError:
        return False
    return done.returncode == 0


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that it is there as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.touch(mode=mode)
    fresh.chmod(mode)
    fresh.write_text(text)
    fresh.replace(path)


def digest(*parts: str | bytes) -> str:
    """A short name for a content."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode() if isinstance(part, str) else part)
        whole.update(b"\0")
    return whole.hexdigest()[:20]


def throw_away(path: Path) -> None:
    """Remove a folder; being stopped half-way leaves a folder that nobody takes for the real one."""
    for left in path.parent.glob(f"{path.name}.old-*"):
        shutil.rmtree(left, ignore_errors=True)
    if path.exists():
        trash = path.with_name(f"{path.name}.old-{os.getpid()}")
        path.rename(trash)
        shutil.rmtree(trash, ignore_errors=True)


def ignore_signals() -> None:
    """While stopping, a second Ctrl-C must not leave things half-stopped."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def on_signal(number: int, _frame: types.FrameType | None) -> NoReturn:
    raise Stopped(signal.Signals(number).name)
