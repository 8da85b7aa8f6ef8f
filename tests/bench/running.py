"""Running a program of the bench and reading the JSON it prints last; the place where results are kept."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SHARED = ROOT.parent / "shared" / "data"
said: list[str] = []  # every line of this run


def workplace(name: str) -> Path:
    """A folder for the files of one bench, kept between runs."""
    folder = Path(settings.IRIS_HOME) / "bench" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def peers_python() -> str:
    """The interpreter of the peers' own environment; `./dev bench` makes it."""
    return os.environ.get("IRIS_BENCH_PYTHON", "")


def last_json(argv: list[str], minutes: float = 30) -> dict[str, Any]:
    """Run a program and return the object on the last line it printed. Raises RuntimeError with what it said."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=minutes * 60, check=False
    )
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    if done.returncode or not lines:
        raise RuntimeError(f"{' '.join(argv)} ended with {done.returncode}: {done.stderr[-2_000:]}")
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def say(text: str = "") -> None:
    """One line for people, at once, and kept for the report."""
    said.extend(text.splitlines() or [""])
    print(text, flush=True)


def own_python() -> str:
    """The platform's interpreter."""
    return sys.executable
