"""The command line."""

import argparse
import os
import signal
import sys
from pathlib import Path

from launcher.commands import check_only, lock, manage, seed, shots, stop, structure, up
from launcher.constants import DEFAULT_PORT, ROOT, SLOW_MARKS
from launcher.places import House, keep_bytecode
from launcher.serving import serve
from launcher.telling import Refusal, Stopped, on_signal
from launcher.testing import bench, only_marked, run_tests


def parser(description: str) -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="./dev", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--binaries", choices=["auto", "wheel"], default="auto", help=argparse.SUPPRESS)
    commands = top.add_subparsers(dest="command", metavar="command", required=True)
    names = (
        "run",
        "test",
        "check",
        "up",
        "seed",
        "shell",
        "stop",
        "lock",
        "shots",
        "bench",
        "structure",
        *SLOW_MARKS,
    )
    each = {
        name: commands.add_parser(name, add_help=name not in ("test", "shell", "bench", "structure"))
        for name in names
    }
    for name in names:
        each[name].add_argument(
            "--binaries",
            choices=["auto", "wheel"],
            default="auto",
            help="wheel: PostgreSQL, Valkey and Node from packages of their own",
        )
    each["run"].add_argument(
        "--reload", action="store_true", help="start the web process anew when code changes"
    )
    each["test"].add_argument("--no-check", action="store_true", help="only the tests")
    each["seed"].add_argument("--fresh", action="store_true", help="begin with an empty database")
    each["lock"].add_argument("--upgrade", action="store_true", help="take newer versions where allowed")
    return top


def dispatch(options: argparse.Namespace, rest: list[str]) -> int:
    """Do what was asked."""
    port = os.environ.get("PORT", "") or str(DEFAULT_PORT)
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Refusal(f"PORT is {port!r}, not a port. Type: PORT={DEFAULT_PORT} ./dev {options.command}")
    home = Path(os.environ.get("IRIS_HOME") or ROOT / ".local").expanduser().resolve()
    house = House(home, int(port), wheels=options.binaries == "wheel")
    keep_bytecode(home)
    command = options.command
    house.with_tests = command in ("test", "bench", *SLOW_MARKS)
    house.with_foreign = command == "conformance"
    if rest and command in ("run", "check", "up", "stop", "lock"):
        raise Refusal(f"./dev {command} does not know {' '.join(rest)}. Type: ./dev --help")
    if command == "run":
        return serve(house, reload=options.reload)
    if command == "test":
        return run_tests(house, rest, check=not options.no_check)
    if command == "seed":
        return seed(house, rest, fresh=options.fresh)
    if command == "lock":
        return lock(house, upgrade=options.upgrade)
    if command == "shell":
        return manage(house, rest or ["shell"])
    if command == "shots":
        return shots(house, rest)
    if command == "bench":
        return bench(house, rest)
    if command == "structure":
        return structure(house, rest)
    if command in SLOW_MARKS:
        return only_marked(house, command, rest)
    return {"check": check_only, "up": up, "stop": stop}[command](house)


def main(description: str) -> int:
    """The front door."""
    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    options, rest = parser(description).parse_known_args()
    try:
        return dispatch(options, rest)
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        return 1
    except Stopped:
        print("\nStopped. ./dev can be run again at any time.", file=sys.stderr, flush=True)
        return 130
