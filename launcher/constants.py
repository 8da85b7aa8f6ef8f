"""Names and numbers the launcher goes by."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
LOCKS = ("requirements.txt", "requirements-dev.txt")
EMBEDDED_LOCK = "requirements-embedded.txt"

DEFAULT_PORT = 8000
HOST = "127.0.0.1"
SOCKET_PATH_LIMIT = 107  # bytes; what the kernel allows a unix socket's path
NOBODY = 65534
OLDEST_POSTGRES = 15
DATABASE = "iris"
OWNER_ROLE = "iris_owner"
APP_ROLE = "iris_app"
SUPERUSER = "postgres"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")

READY_SECONDS = 300  # from the start of the processes to /health/ready; a loaded machine is slow, not broken
STOP_SECONDS = 10  # from TERM to KILL
SERVER_SECONDS = 60  # for a database server to answer
PDF_CHILD_KILOBYTES = 600_000
PDF_TASKS_PER_CHILD = 50
TASKS_PER_CHILD = 100

APT_PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core", "fonts-noto-cjk")
APT_TEXT = ("gettext",)
APT_TEST = ("poppler-utils",)  # and a browser
HEADLESS = "chromium-headless-shell"  # package and program
APT_CONFORMANCE = ("openrefine",)  # brings a Java of its own

SLOW_MARKS = ("campaign", "conformance")
ACCESS_LOG = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(L)s'  # the path alone: a query may hold a key
