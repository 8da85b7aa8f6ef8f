"""What is in the database and the folders before anything is served."""

import shutil
import subprocess
from collections.abc import Sequence

from launcher.constants import ROOT
from launcher.ground import Ground
from launcher.packages import has_command, python
from launcher.places import House
from launcher.telling import Refusal, call, digest, say, step, write_whole


def migrate(ground: Ground) -> None:
    """Bring the tables to the code's version, as the role that owns them."""
    env = ground.env | {"DATABASE_URL": ground.variables["DATABASE_OWNER_URL"]}
    with step("tables"):
        call(python("manage.py", "migrate", "--no-input", "--verbosity", "0"), "migrate", env=env)


def static_files(house: House, ground: Ground) -> None:
    """Collect what the browser loads, and compile the translations; only what changed since last time."""
    sources = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    facts = [f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sources]
    settings = [path.read_bytes() for path in sorted((ROOT / "iris").glob("settings/*.py"))]
    locks = [(ROOT / name).read_bytes() for name in ("package-lock.json", "requirements.txt")]
    stamp, new = house.home / "static-stamp", digest(*facts, *settings, *locks)
    if not (house.home / "static").exists() or not stamp.exists() or stamp.read_text() != new:
        with step("static files"):
            stamp.unlink(missing_ok=True)
            collect = python("manage.py", "collectstatic", "--no-input", "--clear", "--verbosity", "0")
            call(collect, "collectstatic", env=ground.env)
            write_whole(stamp, new)
    compile_translations()


def compile_translations() -> None:
    """Make the .mo of every .po that is newer."""
    stale = [
        source
        for folder in ("iris", "certification", "audits", "supplychain", "locale")
        for source in (ROOT / folder).glob("**/LC_MESSAGES/*.po")
        if not (made := source.with_suffix(".mo")).exists() or made.stat().st_mtime < source.stat().st_mtime
    ]
    if stale and shutil.which("msgfmt"):
        with step("translations"):
            for source in stale:
                call(["msgfmt", "--check-format", "-o", source.with_suffix(".mo"), source], "msgfmt")


def has_people(ground: Ground) -> bool:
    """Whether anybody is in the database yet."""
    code = (
        "import os, psycopg2\n"
        "line = psycopg2.connect(os.environ['DATABASE_OWNER_URL']).cursor()\n"
        "line.execute('select exists (select 1 from iris_accounts_user)')\n"
        "print(line.fetchone()[0])"
    )
    done = subprocess.run(python("-c", code), env=ground.env, capture_output=True, text=True, check=False)
    return done.stdout.strip() == "True"


def fill(house: House, ground: Ground, arguments: Sequence[str] = ()) -> None:
    """Load the Standard and walk the demonstration through the services."""
    begun = house.home / "seeding"
    begun.touch()
    if has_command("load_standard"):
        with step("the Standard"):
            call(python("manage.py", "load_standard"), "load_standard", env=ground.env)
    if has_command("load_ledger_tables"):
        with step("watched words and expected costs"):
            call(python("manage.py", "load_ledger_tables"), "load_ledger_tables", env=ground.env)
    if has_command("seed"):
        with step("demonstration data", slow=True):
            argv = python("-u", "manage.py", "seed", *arguments)
            if subprocess.run(argv, env=ground.env, cwd=ROOT, check=False).returncode:
                raise Refusal("The demonstration data could not be made. Type: ./dev seed --fresh")
    begun.unlink()


def forget_half_seeded(house: House, ground: Ground) -> None:
    """Empty a database whose seeding was interrupted, so that nobody takes a part for the whole."""
    if (house.home / "seeding").exists() and ground.postgres:
        say("  note the seeding was interrupted last time: beginning again with an empty database")
        ground.postgres.empty()
