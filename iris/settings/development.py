"""For `./dev run`: demo people, mail in files, plain http on localhost."""

from iris import env
from iris.settings.base import *  # noqa: F403 - settings modules extend one another this way
from iris.settings.base import IRIS_HOME, STORAGES

DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
IRIS_DEMO = env.flag("IRIS_DEMO", False)
IRIS_REQUIRE_SECOND_FACTOR = env.flag("IRIS_REQUIRE_SECOND_FACTOR", False)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = IRIS_HOME / "mail"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "signup": "200/m/ip", "confirm_email": "1/30s/key"}
# Hashed names as in production, without spending half a minute on compressing them for one reader.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
