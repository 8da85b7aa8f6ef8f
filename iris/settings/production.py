"""Production only requires: what is missing stops the start with a sentence."""

from django.core.exceptions import ImproperlyConfigured

from iris import env
from iris.settings.base import *  # noqa: F403 - settings modules extend one another this way
from iris.settings.base import REST_FRAMEWORK

for _name in ("IRIS_OUTGOING_RESOLVER", "IRIS_OUTGOING_ALLOW", "IRIS_OUTGOING_CA"):
    if env.text(_name, ""):
        raise ImproperlyConfigured(
            f"{_name} opens the guarded client to private addresses. It is for tests alone: take it away."
        )
IRIS_VAULT_KEYS = env.listed("IRIS_VAULT_KEYS") or [env.text("IRIS_VAULT_KEYS")]
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS") or [env.text("ALLOWED_HOSTS")]
IRIS_PUBLIC_URL = env.text("IRIS_PUBLIC_URL")
CSRF_TRUSTED_ORIGINS = [IRIS_PUBLIC_URL]
IRIS_DEMO = False
IRIS_REQUIRE_SECOND_FACTOR = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
REST_FRAMEWORK["NUM_PROXIES"] = env.whole("IRIS_PROXIES", 1)
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
