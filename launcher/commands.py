"""The smaller commands."""

import fcntl
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from launcher.constants import ROOT, VENV
from launcher.content import fill, migrate
from launcher.ground import lay_ground
from launcher.packages import find_chromium, has_command, npm, python, set_up
from launcher.places import House
from launcher.postgres import Postgres
from launcher.servers import Server, Valkey
from launcher.serving import stop_left_behind
from launcher.telling import Refusal, Words, call, ignore_signals, say, step, write_whole
from launcher.testing import check_all


def up(house: House) -> int:
    """Everything but serving; the servers stay."""
    set_up(house)
    for testing in (False, True):
        ground = lay_ground(house, testing=testing)
        for server in ground.servers:
            server.keep.touch()
            server.release()
        say(f"  ok   set -a; . {house.home}/env{'-test' if testing else ''}; set +a")
    return 0


def check_only(house: House) -> int:
    """./dev check"""
    set_up(house)
    ground = lay_ground(house, testing=True)
    try:
        return 0 if check_all(house, ground) else 1
    finally:
        ground.release()


def structure(house: House, arguments: Sequence[str]) -> int:
    """./dev structure: on the test server, whose owner may make databases."""
    set_up(house)
    ground = lay_ground(house, testing=True)
    try:
        if not ground.postgres:
            raise Refusal("The structure is made on this checkout's own PostgreSQL. Type: unset DATABASE_URL")
        argv = python("manage.py", "structure", "--pg-dump", str(ground.postgres.programs / "pg_dump"))
        return subprocess.run([*argv, *arguments], env=ground.env, cwd=ROOT, check=False).returncode
    finally:
        ignore_signals()
        ground.release()


def seed(house: House, arguments: Sequence[str], *, fresh: bool) -> int:
    """./dev seed"""
    set_up(house)
    ground = lay_ground(house, testing=False)
    try:
        if fresh:
            if not ground.postgres:
                raise Refusal(
                    "--fresh empties only this checkout's own database, not the one of DATABASE_URL."
                )
            ground.postgres.empty()
        migrate(ground)
        fill(house, ground, arguments)
    finally:
        ground.release()
    return 0


def manage(house: House, arguments: Sequence[str]) -> int:
    """./dev shell, ./dev shots: one command of manage.py in the right environment."""
    set_up(house)
    ground = lay_ground(house, testing=False)
    owner = {"DATABASE_URL": ground.variables["DATABASE_OWNER_URL"]} if "migrate" in arguments[:1] else {}
    try:
        argv = python("manage.py", *arguments)
        return subprocess.run(argv, env=ground.env | owner, cwd=ROOT, check=False).returncode
    finally:
        ignore_signals()
        ground.release()


def shots(house: House, arguments: Sequence[str]) -> int:
    """./dev shots"""
    if not has_command("shots"):
        say("There are no screenshots to take yet: manage.py shots does not exist.")
        return 0
    house.with_tests = True
    if found := find_chromium():
        os.environ["IRIS_CHROMIUM"] = found
    return manage(house, ["shots", *arguments])


def stop(house: House) -> int:
    """Stop what this checkout left running, and nothing else."""
    stopped = []
    holder = house.run / "run.lock"
    if holder.exists():
        with holder.open() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                launcher = int(handle.read().split()[-1])
                os.kill(launcher, signal.SIGTERM)
                fcntl.flock(handle, fcntl.LOCK_EX)
                stopped.append("the launcher")
    if count := stop_left_behind(house):
        stopped.append(f"{count} processes")
    for wheels in (False, True):
        place = House(house.home, house.port, wheels=wheels)
        stopped += [f"{'wheel/' if wheels else ''}{server.name}" for server in left_servers(place)]
    say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def left_servers(house: House) -> Iterator[Server]:
    """Stop this checkout's private servers that nobody uses, and tell which."""
    for suffix in ("", "-test"):
        kinds = ((Postgres, f"pg{suffix}"), (Valkey, f"valkey{suffix}"))
        for kind, name in kinds:
            if not (house.servers / name).exists() and not (house.servers / f"{name}.users").exists():
                continue
            server = kind(house, name, durable=True)
            if isinstance(server, Postgres):
                server.choose_user()
            server.keep.unlink(missing_ok=True)
            if server.release():
                yield server
            elif server.is_up():
                say(f"  note {name} is in use by another ./dev of this checkout and was left running")


def lock(house: House, *, upgrade: bool) -> int:
    """Make the locks again: with hashes, without hosts, and without psycopg 3."""
    set_up(house)
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    options += ["--no-emit-find-links", "--custom-compile-command", "./dev lock", "--quiet"]
    peers = [str(path.relative_to(ROOT).with_suffix("")) for path in sorted(ROOT.glob("tests/*/*.in"))]
    for name in ("requirements", "requirements-dev", "requirements-embedded", *peers):
        with step(f"{name}.txt"):
            compile_: Words = [VENV / "bin/uv", "pip", "compile", f"{name}.in", "-o", f"{name}.txt", *options]
            if not name.startswith("tests/"):  # no wheel, and what rigour wants it for is not used here
                compile_ += ["--no-emit-package", "pyicu"]
            call([*compile_, *(["--upgrade"] if upgrade else [])], "uv pip compile")
            text = (ROOT / f"{name}.txt").read_text()
            if re.search(r"^psycopg(-binary|-c)?==", text, re.MULTILINE):
                raise Refusal(
                    f"psycopg 3 came into {name}.txt, and Django would prefer it. Find what wants it."
                )
            if re.search(r"https?://|file:", text):
                raise Refusal(f"{name}.txt names a host or a path of this machine.")
    for path in (ROOT / "package.json", *sorted(ROOT.glob("tests/*/*/package.json"))):
        lock_npm(house, path.parent, upgrade=upgrade)
    return 0


def lock_npm(house: House, folder: Path, *, upgrade: bool) -> None:
    """Make the lock of a package.json again, without hosts."""
    path = folder / "package-lock.json"
    with step(str(path.relative_to(ROOT))):
        verb = "update" if upgrade else "install"
        call([*npm(house), verb, "--package-lock-only", "--ignore-scripts"], "npm", cwd=folder)
        content = json.loads(path.read_text())
        for package in content["packages"].values():
            package.pop("funding", None)
            package.pop("resolved", None)
        write_whole(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
