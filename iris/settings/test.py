"""For pytest: fast hashes, mail in memory, a database role that owns nothing once the test database is made."""

import os

from iris import env
from iris.settings.base import *  # noqa: F403 - settings modules extend one another this way
from iris.settings.base import DATABASES, INSTALLED_APPS, IRIS_HOME, MIDDLEWARE, TEMPLATES

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
IRIS_REQUIRE_SECOND_FACTOR = False
IRIS_DEMO = True
IRIS_FREEZE_LOOK_SECONDS = None  # tests that freeze look themselves
IRIS_VAULT_KEYS = env.listed("IRIS_VAULT_KEYS") or ["a key that only tests ever know, and no server"]
IRIS_FILES_ROOT = IRIS_HOME / "test-files"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
IRIS_API_RATE = "1000000/min"
DATABASES["default"] = {
    **DATABASES["default"],
    **env.database(env.text("DATABASE_OWNER_URL")),
    "CONN_MAX_AGE": 0,
    "TEST": {"NAME": f"test_{os.environ.get('IRIS_TEST_DB', 'iris')}"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": IRIS_FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED VARIABLE %s"  # type: ignore[index] # plain nested dict
# A page that asks the database once per row fails its test (N+1).
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
# Acts lock and read single rows again on purpose (so does allauth): that is no list read row by row.
ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *(name for name in MIDDLEWARE if "whitenoise" not in name)]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
