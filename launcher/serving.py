"""Starting the product's processes, watching them, ending them."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher.constants import (
    ACCESS_LOG,
    HOST,
    PDF_CHILD_KILOBYTES,
    PDF_TASKS_PER_CHILD,
    READY_SECONDS,
    ROOT,
    STOP_SECONDS,
    TASKS_PER_CHILD,
)
from launcher.content import fill, forget_half_seeded, has_people, migrate, static_files
from launcher.ground import lay_ground
from launcher.packages import python, set_up
from launcher.places import House
from launcher.servers import command_of
from launcher.telling import Refusal, Stopped, ignore_signals, say, step, tail, write_whole


def commands_to_serve(house: House, *, reload: bool) -> dict[str, list[str]]:
    """The processes of a running platform."""
    (house.home / "beat").mkdir(exist_ok=True)
    celery = python("-m", "celery", "-A", "iris.celery")
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    web = python("-m", "gunicorn", "iris.wsgi:application", "--bind", f"{HOST}:{house.port}")
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60"]
    web += ["--graceful-timeout", str(STOP_SECONDS - 2), "--access-logfile", "-", "--error-logfile", "-"]
    web += ["--access-logformat", ACCESS_LOG]
    web += ["--no-control-socket"]  # it would be one socket for every checkout of this user
    recycle, memory = "--max-tasks-per-child", "--max-memory-per-child"
    worker = [*celery, "worker", *quiet, "-Q", "default", "-n", "default@iris", "-c", "2"]
    pdf = [*celery, "worker", *quiet, "-Q", "pdf", "-n", "pdf@iris", "-c", "1"]
    # Threads: it waits for other people's servers, up to 15 s each.
    hooks = [*celery, "worker", *quiet, "-Q", "webhooks", "-n", "webhooks@iris", "-P", "threads", "-c", "8"]
    beat = [*celery, "beat", "-s", str(house.home / "beat/schedule"), "--pidfile=", "--loglevel", "INFO"]
    return {
        "web": [*web, *(["--reload"] if reload else [])],
        "worker": [*worker, recycle, str(TASKS_PER_CHILD)],
        "pdf": [*pdf, recycle, str(PDF_TASKS_PER_CHILD), memory, str(PDF_CHILD_KILOBYTES)],
        "webhooks": hooks,
        "beat": beat,
    }


@dataclass
class Child:
    """One process that this launcher started, with the group of its own children."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    pidfile: Path


def start_child(house: House, name: str, argv: Sequence[str], env: dict[str, str]) -> Child:
    """Start a process in a group of its own, its words going to a log."""
    house.log.mkdir(parents=True, exist_ok=True)
    log = house.log / f"{name}.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            env=env,
            cwd=ROOT,
            start_new_session=True,
        )
    pidfile = house.run / f"{name}.pid"
    write_whole(pidfile, json.dumps({"pid": process.pid, "born": born(process.pid)}))
    return Child(name, process, log, pidfile)


def born(pid: int) -> str:
    """When a process began, so that a number used again is not taken for ours; empty when there is none."""
    told = subprocess.run(
        ["ps", "-p", str(pid), "-o", "lstart="], capture_output=True, text=True, check=False
    )
    return " ".join(told.stdout.split())


def end_groups(pids: Sequence[int]) -> None:
    """TERM to each leader, which ends its own children; after a while KILL to what is left of the group."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until and any(command_of(pid) for pid in pids):
        time.sleep(0.1)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def stop_children(children: Sequence[Child]) -> None:
    """End the processes of this launcher."""
    pids = [child.process.pid for child in children]
    waiting = [child for child in children if child.process.poll() is None]
    for child in waiting:
        child.process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for child in waiting:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, until - time.monotonic()))
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    for child in children:
        child.process.wait()
        child.pidfile.unlink(missing_ok=True)


def stop_left_behind(house: House) -> int:
    """End processes that a killed launcher of this checkout left; returns how many."""
    left = []
    for pidfile in sorted(house.run.glob("*.pid")):
        with contextlib.suppress(ValueError, KeyError):
            told = json.loads(pidfile.read_text())
            if told["born"] and born(told["pid"]) == told["born"]:
                left.append(told["pid"])
    end_groups(left)
    for pidfile in house.run.glob("*.pid"):
        pidfile.unlink(missing_ok=True)
    return len(left)


def port_is_free(port: int) -> bool:
    """Whether the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def readiness(port: int) -> tuple[bool, str]:
    """What /health/ready says."""
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://{HOST}:{port}/health/ready", timeout=5) as answer:
            return answer.status == 200, answer.read(2000).decode(errors="replace")
    except urllib.error.HTTPError as problem:
        return False, f"{problem.code} {problem.read(2000).decode(errors='replace')}"
    except OSError as problem:
        return False, str(problem)


def check_alive(children: Sequence[Child]) -> None:
    """Say which process has ended by itself, with the end of its log."""
    for child in children:
        if (code := child.process.poll()) is not None:
            raise Refusal(f"{child.name} ended by itself ({code}). {child.log} ends:\n{tail(child.log)}")


def wait_until_ready(house: House, children: Sequence[Child]) -> None:
    """Return when everything that serves is up."""
    until = time.monotonic() + READY_SECONDS
    with step("web, workers and beat", slow=True) as current:
        while True:
            check_alive(children)
            ready, words = readiness(house.port)
            if ready:
                current.detail = "ready"
                return
            if time.monotonic() > until:
                raise Refusal(
                    f"Not ready after {READY_SECONDS} s. /health/ready says: {words}\nLogs: {house.log}"
                )
            time.sleep(0.3)


def hold_run_lock(house: House) -> None:
    """Be the one launcher that serves this checkout."""
    house.run.mkdir(parents=True, exist_ok=True)
    handle = (house.run / "run.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        raise Refusal(
            f"This checkout is served already: {handle.read().strip()}. To end that, type: ./dev stop"
        ) from None
    handle.truncate(0)
    handle.write(f"http://localhost:{house.port}/ by process {os.getpid()}\n")
    handle.flush()
    house.held.append(handle)


def serve(house: House, *, reload: bool) -> int:
    """Set up, start everything, wait until it is ready, and stop everything on SIGINT or SIGTERM."""
    began = time.monotonic()
    hold_run_lock(house)
    stop_left_behind(house)
    if not port_is_free(house.port):
        raise Refusal(f"Port {house.port} is taken by another program. Type: PORT={house.port + 1} ./dev run")
    set_up(house)
    ground = None
    children: list[Child] = []
    try:
        ground = lay_ground(house, testing=False)
        forget_half_seeded(house, ground)
        migrate(ground)
        static_files(house, ground)
        if not has_people(ground):
            fill(house, ground)
        for name, argv in commands_to_serve(house, reload=reload).items():
            children.append(start_child(house, name, argv, ground.env))
        wait_until_ready(house, children)
        welcome(house, time.monotonic() - began)
        while True:
            check_alive(children)
            time.sleep(0.5)
    except Stopped:
        say("\nStopping.")
        return 0
    finally:
        ignore_signals()
        stop_children(children)
        if ground:
            ground.release()


def welcome(house: House, seconds: float) -> None:
    """Tell where to look."""
    say(f"\nReady in {seconds:.0f} s: http://localhost:{house.port}/")
    say("The sign-in page lists the people of the demonstration; each can be signed in as.")
    say(f"Logs are in {house.log}. Ctrl-C stops everything.\n")
