"""Checks, tests, benches."""

import concurrent.futures
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from launcher.constants import ROOT, VENV
from launcher.ground import Ground, lay_ground
from launcher.packages import has_command, python, ready_peers, ready_programs, set_up
from launcher.places import House
from launcher.telling import Refusal, Words, ignore_signals, say


@dataclass
class Check:
    """One look at the code, and the line that puts it right."""

    name: str
    argv: list[str]
    remedy: str = ""
    absent: str = ""  # why it cannot be done yet


def code_folders() -> list[str]:
    """The packages that are there."""
    names = ("iris", "certification", "audits", "supplychain")
    return [name for name in names if any((ROOT / name).glob("**/*.py"))]


def checks(house: House) -> list[Check]:
    """All checks; the slowest first, so that two run side by side well."""
    tool = VENV / "bin"
    home = house.home
    rooms = code_folders()
    return [
        Check("types (mypy)", [f"{tool}/mypy", "--cache-dir", f"{home}/mypy", *rooms, "launcher", "dev"]),
        Check("format (ruff)", [f"{tool}/ruff", "format", "--check", "."], ".venv/bin/ruff format ."),
        Check("lint (ruff)", [f"{tool}/ruff", "check", "."], ".venv/bin/ruff check --fix ."),
        Check("import rules", [f"{tool}/lint-imports", "--no-logo", "--cache-dir", f"{home}/import-linter"]),
        Check(
            "templates (djlint)",
            [f"{tool}/djlint", "templates", "--lint", "--quiet"],
            absent="" if (ROOT / "templates").is_dir() else "there are no templates yet",
        ),
        Check(
            "migrations",
            python("manage.py", "makemigrations", "--check", "--dry-run"),
            "./dev shell makemigrations",
        ),
        generated("state diagrams", "state_diagrams"),
        generated("API description", "openapi"),
    ]


def generated(name: str, command: str) -> Check:
    """A document made from the code, compared with what is committed."""
    absent = "" if has_command(command) else f"manage.py {command} does not exist yet"
    return Check(name, python("manage.py", command, "--check"), f"./dev shell {command}", absent)


def run_check(check: Check, env: dict[str, str]) -> str:
    """Run one check; returns what it found, empty when all is well."""
    if check.absent:
        say(f"  skip {check.name}: {check.absent}")
        return ""
    started = time.monotonic()
    done = subprocess.run(
        check.argv,
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    say(f"  {'FAIL' if done.returncode else 'ok  '} {check.name} ({time.monotonic() - started:.1f} s)")
    return (done.stdout.strip() or f"ended with {done.returncode}") if done.returncode else ""


def check_all(house: House, ground: Ground) -> bool:
    """Run every check, two at a time; list what they found at the end. Returns whether all is well."""
    env = ground.env | {"RUFF_CACHE_DIR": str(house.home / "ruff"), "NO_COLOR": "1"}
    every = checks(house)
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(lambda check: run_check(check, env), every))
    failed = [(check, words) for check, words in zip(every, found, strict=True) if words]
    for check, words in failed:
        say(f"\n--- {check.name}\n{words}")
        if check.remedy:
            say(f"To put it right, type: {check.remedy}")
    if failed:
        say(f"\n{len(failed)} of {len(every)} checks failed: {', '.join(check.name for check, _ in failed)}")
    return not failed


def pytest_arguments(arguments: Sequence[str], mark: str) -> list[str]:
    """How pytest is called: everything on two processes, where the one that is done takes from the other."""
    argv = python("-m", "pytest")
    if mark:
        argv += ["-m", mark, "-rP"]
    narrow = any((ROOT / part.split("::")[0]).exists() for part in arguments if not part.startswith("-"))
    chosen = any(part.startswith(("-n", "--numprocesses", "--pdb")) for part in arguments)
    if not narrow and not chosen:
        argv += ["-n", "2", "--dist", "worksteal"]
    return [*argv, *arguments]


def names_a_path(arguments: Sequence[str]) -> bool:
    """Whether only some tests are asked for."""
    return any(not part.startswith("-") and (ROOT / part.split("::")[0]).exists() for part in arguments)


def run_tests(house: House, arguments: Sequence[str], *, check: bool, mark: str = "") -> int:
    """Set up, check and test; pytest's last line is the last, and its code is the result."""
    set_up(house)
    ground = lay_ground(house, testing=True)
    try:
        if check and not names_a_path(arguments) and not check_all(house, ground):
            say("The tests were not run. To run them all the same, type: ./dev test --no-check")
            return 1
        return subprocess.run(
            pytest_arguments(arguments, mark), env=ground.env, cwd=ROOT, check=False
        ).returncode
    finally:
        ignore_signals()
        ground.release()


def only_marked(house: House, mark: str, arguments: Sequence[str]) -> int:
    """Run the slow tests of one kind, or say that there are none."""
    no_tests = 5
    if house.with_foreign:
        ready_foreign(house)
    results = house.home / f"{mark}.xml"
    junit = [f"--junitxml={results}", "-o", "junit_logging=system-out", "-o", "junit_family=xunit1"]
    code = run_tests(house, [*junit, *arguments], check=False, mark=mark)
    if code == no_tests:
        say(f"There are no tests marked {mark} yet.")
        return 0
    told = ["-m", "tests.reports", mark, str(results), "./dev", mark, *arguments]
    subprocess.run(python(*told), cwd=ROOT, check=True)
    return code


def ready_foreign(house: House) -> None:
    """Have what others wrote to check us with, each in an environment of its own, named in the environment."""
    set_up(house)
    for path in sorted((ROOT / "tests/conformance").glob("requirements-*.txt")):
        name = path.stem.removeprefix("requirements-")
        found = ready_peers(house, "conformance", name)
        os.environ[f"IRIS_FOREIGN_{name.upper()}"] = str(found)
    for path in sorted((ROOT / "tests/conformance").glob("*/package.json")):
        os.environ[f"IRIS_FOREIGN_{path.parent.name.upper()}"] = str(ready_programs(house, path.parent))


def bench(house: House, arguments: Sequence[str]) -> int:
    """Run one bench of tests/bench on the test servers; its last line is JSON."""
    names = sorted(
        path.stem for path in (ROOT / "tests/bench").glob("*.py") if "\ndef main(" in path.read_text()
    )
    if not arguments or arguments[0] not in names:
        raise Refusal(f"Name a bench: ./dev bench {'|'.join(names)}")
    set_up(house)
    peers = ready_peers(house, "bench", arguments[0])
    ground = lay_ground(house, testing=True)
    env = {**ground.env, "IRIS_BENCH_PYTHON": str(peers or "")}
    try:
        argv: Words = [VENV / "bin/python", "-m", "tests.bench", *arguments]
        return subprocess.run(argv, env=env, cwd=ROOT, check=False).returncode
    finally:
        ignore_signals()
        ground.release()
