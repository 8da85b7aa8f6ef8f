"""Facts that hold in every environment. Production only requires; development and test only relax."""

from collections.abc import Callable
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from iris import env

BASE_DIR = env.BASE_DIR
IRIS_HOME = Path(env.text("IRIS_HOME", str(BASE_DIR / ".local")))
SECRET_KEY = env.text("SECRET_KEY")
# Keys of the vault of personal data (iris.core.vault), the newest first; apart from SECRET_KEY on purpose.
IRIS_VAULT_KEYS = env.listed("IRIS_VAULT_KEYS")
DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "iris.urls"
WSGI_APPLICATION = "iris.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

# The scheme's own name and seal are configuration: another scheme runs the same product under its own.
SCHEME_NAME = env.text("SCHEME_NAME", "Open Recruitment Integrity Scheme")
SCHEME_SHORT_NAME = env.text("SCHEME_SHORT_NAME", "ORIS")
# Where the source of this very version can be had: the licence asks for a link on every page of a public server.
SOURCE_URL = env.text("SOURCE_URL", "")
IRIS_PUBLIC_URL = env.text("IRIS_PUBLIC_URL", f"http://localhost:{env.text('PORT', '8000')}")
# How a certificate is numbered: serial (no gaps), yy, yyyy and mm of its issue. Certificates keep the number they got.
IRIS_CERTIFICATE_NUMBER = env.text("IRIS_CERTIFICATE_NUMBER", "ORIS-C-{serial:04d}-{yy}{mm}")
# How new keys sign credentials: EdDSA (Ed25519) or ES256 (P-256). Keys that exist keep what they are.
IRIS_CREDENTIAL_ALGORITHM = env.text("IRIS_CREDENTIAL_ALGORITHM", "EdDSA")
# A document-signing certificate of an authority, as PKCS#12. Without it certificates are signed with one that
# the platform made itself: it shows that nothing was changed, and nobody vouches for it.
IRIS_DOCUMENT_PKCS12 = env.text("IRIS_DOCUMENT_PKCS12", "")
IRIS_DOCUMENT_PKCS12_PASSPHRASE = env.text("IRIS_DOCUMENT_PKCS12_PASSPHRASE", "")
# Whether registers of states that publish open data are fetched by themselves. Off, their answers stay unknown.
IRIS_FETCH_REGISTERS = env.flag("IRIS_FETCH_REGISTERS")
# How tests reach places of their own through the guarded client (iris.core.outgoing): a resolver, `host:port` that may
# be private, a certificate authority. Nobody else may set them; production refuses to start with them.
IRIS_OUTGOING_RESOLVER: Callable[[str], list[str]] | None = None
IRIS_OUTGOING_ALLOW: tuple[str, ...] = ()
IRIS_OUTGOING_CA = ""
# As of when the product stands still (a moment in ISO 8601 with its zone); empty while it runs. `manage.py freeze` is
# the other switch; each process looks at it after so many seconds.
IRIS_FROZEN_SINCE = env.text("IRIS_FROZEN_SINCE", "")
IRIS_FREEZE_LOOK_SECONDS: float | None = 3
IRIS_DEMO = False
IRIS_REQUIRE_SECOND_FACTOR = True
IRIS_FILES_ROOT = Path(env.text("IRIS_FILES_ROOT", str(IRIS_HOME / "files")))
IRIS_APP_ROLE = env.text("IRIS_APP_ROLE", "iris_app")

ROOMS = [
    "iris.core",
    "iris.matching",
    "iris.accounts",
    "iris.notify",
    "iris.webhooks",
    "iris.developers",
    "certification.standard",
    "certification.licences",
    "certification.agencies",
    "certification.decisions",
    "certification.training",
    "certification.assessments",
    "certification.applications",
    "certification.certificates",
    "certification.credentials",
    "certification.repayments",
    "certification.corrections",
    "certification.register",
    "certification.opendata",
    "audits.bodies",
    "audits.engagements",
    "audits.sampling",
    "audits.interviews",
    "audits.fieldwork",
    "audits.findings",
    "audits.kits",
    "audits.reports",
    "supplychain.names",
    "supplychain.lookups",
    "supplychain.risk",
    "supplychain.reconciliation",
    "supplychain.screenings",
    "supplychain.chains",
    "supplychain.watches",
    "supplychain.diligence",
    "supplychain.coverage",
    "supplychain.dossiers",
    "iris.desks",
    "iris.demo",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "iris.staticfiles.Static",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "csp",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "iris.core.frozen.FrozenMiddleware",
    "iris.core.frozen.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "iris.core.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iris.accounts.middleware.SessionsSeen",
    "iris.accounts.middleware.ActingMiddleware",
    "iris.core.middleware.DomainErrorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "iris.core.templatetags.iris_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "iris.core.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# One role serves requests and owns nothing; migrations run as the owner with DATABASE_URL set to the owner's address.
DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c statement_timeout=60000 -c lock_timeout=15000"},
    }
}
CACHES = {
    "default": {
        "BACKEND": "iris.core.caches.Cache",
        "LOCATION": env.text("CACHE_URL"),
        "KEY_PREFIX": "iris",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "iris.core.web.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "iris_accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/today/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "iris.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "iris.accounts.forms.SignUpForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SCHEME_SHORT_NAME
USERSESSIONS_TRACK_ACTIVITY = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = IRIS_HOME / "static"
NODE_MODULES = BASE_DIR / "node_modules"
ICONS_DIR = NODE_MODULES / "@tabler" / "icons" / "icons" / "outline"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/tabler", NODE_MODULES / "@tabler" / "core" / "dist" / "css"),
    ("vendor/cytoscape", NODE_MODULES / "cytoscape" / "dist"),
    ("vendor/fonts", NODE_MODULES / "@fontsource-variable" / "source-sans-3" / "files"),
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": IRIS_FILES_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Lists to screen: the file, what a workbook may unpack to (about as much memory again while it is read), and rows.
IRIS_LIST_MOST_MB = env.whole("IRIS_LIST_MOST_MB", 150)
IRIS_LIST_MOST_UNPACKED_MB = env.whole("IRIS_LIST_MOST_UNPACKED_MB", 300)
IRIS_LIST_MOST_ROWS = env.whole("IRIS_LIST_MOST_ROWS", 1_000_000)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# Who may show the small preview of an agency in a frame: OpenRefine runs at home, at a port of its own.
IRIS_RECONCILE_FRAMES = env.listed("IRIS_RECONCILE_FRAMES", "http://127.0.0.1:*,http://localhost:*")
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("camera", "geolocation", "microphone", "payment", "usb", "accelerometer", "gyroscope")
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Calls that each API client may make (counted by iris.core.drf.limits, exactly and in the shared cache).
IRIS_API_RATE = env.text("IRIS_API_RATE", "600/min")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["iris.accounts.api_auth.ApiKeyAuthentication"],
    "UNAUTHENTICATED_USER": "iris.accounts.visitors.Visitor",
    "DEFAULT_PERMISSION_CLASSES": ["iris.core.drf.Closed"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["iris.core.drf.StrictJSONParser"],
    "DEFAULT_METADATA_CLASS": "iris.core.drf.Methods",
    "DEFAULT_PAGINATION_CLASS": "iris.core.drf.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {
        "client": env.text("IRIS_API_RATE", "600/min"),
        "reconcile": env.text("IRIS_RECONCILE_RATE", "6000/min"),
    },
    # How many proxies of ours add to X-Forwarded-For. What a client writes there itself counts for nothing.
    "NUM_PROXIES": env.whole("IRIS_PROXIES", 0),
    "EXCEPTION_HANDLER": "iris.core.drf.problem",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SCHEME_NAME} API",
    "DESCRIPTION": (
        "Agencies, certificates and dated lookups; an employer's screenings, chain, watches and risks. "
        "A certificate's status is always read at the moment of the call."
    ),
    "VERSION": "1.0.0",
    "LICENSE": {
        "name": "GNU Affero General Public License v3.0 or later",
        "identifier": "AGPL-3.0-or-later",
    },
    "SERVERS": [{"url": "/", "description": "The server that gave this document."}],
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "iris.core.endpoints.name_scopes",
        "iris.core.drf.openapi.shared_parts",
    ],
    "ENUM_NAME_OVERRIDES": {
        "WatchKindEnum": "supplychain.watches.states.SubjectKind",
        "StandingEnum": "certification.certificates.states.Standing",
        "LicenceStatusEnum": "certification.licences.states.LicenceStatus",
        "AgencyKindEnum": "certification.agencies.states.AgencyKind",
        "AgencyNameKindEnum": "certification.agencies.states.NameKind",
        "ChainPartyKindEnum": "supplychain.chains.states.PartyKind",
        "WatchChangeKindEnum": "supplychain.watches.states.ChangeKind",
        "WatchOutcomeEnum": "supplychain.watches.states.Outcome",
        "DecisionStateEnum": "supplychain.diligence.states.DecisionState",
        "DecisionOutcomeEnum": "supplychain.diligence.states.Outcome",
        "ConditionStateEnum": "supplychain.diligence.states.ConditionState",
        "NominationStateEnum": "supplychain.diligence.states.NomineeState",
        "NominationSourceEnum": "supplychain.diligence.states.Source",
        "RequestStateEnum": "supplychain.diligence.states.RequestState",
        "RequestChannelEnum": "supplychain.diligence.states.Channel",
        "RequestMessageKindEnum": "supplychain.diligence.states.MessageKind",
        "DossierStateEnum": "supplychain.dossiers.states.DossierState",
        "DossierLawEnum": "supplychain.dossiers.api.LAWS",
        "DossierProfileEnum": "supplychain.dossiers.states.Profile",
        "RequestLawEnum": "supplychain.diligence.states.InboxLaw",
        "DossierScopeEnum": "supplychain.dossiers.states.Scope",
        "ScreeningStateEnum": "supplychain.screenings.states.ScreeningState",
        "DifferenceChangeEnum": "supplychain.screenings.states.Change",
        "WatchStateEnum": "supplychain.watches.states.WatchState",
        "ApplicationStateEnum": "certification.applications.states.ApplicationState",
        "ApplicationKindEnum": "certification.applications.states.ApplicationKind",
        "AssessmentStateEnum": "certification.assessments.states.AssessmentState",
        "CourseStateEnum": "certification.training.states.CourseState",
        "SeatStateEnum": "certification.training.states.SeatState",
        "TrainingLevelEnum": "certification.training.states.Level",
        "RepaymentCaseStateEnum": "certification.repayments.states.CaseState",
        "AuditStateEnum": "audits.engagements.states.AuditState",
        "AuditKindEnum": "audits.engagements.states.AuditKind",
        "FindingStateEnum": "audits.findings.states.FindingState",
        "CorrectiveActionStateEnum": "audits.findings.states.ActionState",
        "BusyKindEnum": "audits.bodies.states.BusyKind",
        "LookupOutcomeEnum": "supplychain.lookups.states.LookupOutcome",
        "OrganisationKindEnum": "iris.accounts.states.OrganisationKind",
        "DisputeStateEnum": "certification.corrections.states.DisputeState",
        "DisputeAboutEnum": "certification.corrections.states.About",
        "DisputeChannelEnum": "certification.corrections.states.Channel",
        "AuthorityNoticeStateEnum": "certification.corrections.states.NoticeState",
        "AuthorityMeasureEnum": "certification.corrections.states.Measure",
        "VerificationResultEnum": "certification.credentials.states.Verdict",
        "WebhookStateEnum": "iris.webhooks.states.EndpointState",
        "CountryEnum": "certification.register.api.COUNTRIES",
    },
}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Without the throttle of 1, Redis as broker loses tasks of killed workers (measured; docs/adr/0008-outbox.md).
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "unacked_restore_throttle": 1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{SCHEME_SHORT_NAME} <no-reply@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
