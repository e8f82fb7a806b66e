"""Every setting of ประสาน, read from the environment, with defaults that run on one machine.

Production (`PRODUCTION=1`) refuses to start with a default secret, with demo accounts or with DEBUG.
"""

import logging
import tomllib
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from office import logs, sentry, servers
from office.embedded import socket_path

BASE_DIR = Path(__file__).resolve().parent.parent
# Each of them may also be given as a file: SECRET_KEY_FILE names one that holds SECRET_KEY.
env = environ.FileAwareEnv()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# ── What kind of installation this is ───────────────────────────────────────────────────────

DEVELOPMENT_SECRET = "only-for-a-machine-that-nobody-else-reaches"  # nosec B105 # PRODUCTION refuses to start with it
PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=not PRODUCTION)
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_SECRET)
# Keys of before, while sign-ins and links made with them still hold (docs/running.md says how keys are changed).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# How many proxies of the office's own stand in front; only so many X-Forwarded-For entries are believed.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

if PRODUCTION:
    if SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("PRODUCTION needs a SECRET_KEY of its own, 50 characters or longer.")
    if DEBUG:
        raise ImproperlyConfigured("PRODUCTION and DEBUG exclude each other.")
    if DEMO:
        raise ImproperlyConfigured(
            "PRODUCTION and DEMO (demo accounts with a known password) exclude each other."
        )

# ── Applications ────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "office",
    "complaints",
    "parliament",
    "publicrelations",
    "projectplan",
    "office.admin_config.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "auditlog",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_fsm",
    "django_htmx",
    "django_prose_editor",
    "django_tables2",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "office.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "office.middleware.LanguageMiddleware",
    "office.middleware.AddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "office.idle.IdleMiddleware",
    "office.frame.FrameMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "office.middleware.SecondFactorMiddleware",
    "office.kept_drafts.KeptDraftMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "office.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("All of them")
DJANGO_TABLES2_TEMPLATE = "parts/table.html"

# ── Data ────────────────────────────────────────────────────────────────────────────────────

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'prasan.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock when its transaction starts, so two never meet half way (SQLITE_BUSY_SNAPSHOT).
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        # FULL: what was committed is there after a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
    }
    # A file, so that several connections and processes of one test see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    # Behind PgBouncer (transaction pooling) a connection is ours for one transaction only: no cursor outlives it, and
    # how the database plans is set on the database itself (docs/scale.md).
    PGBOUNCER = env.bool("PGBOUNCER", default=False)
    # Our questions are many and short: to compile a plan, to start a helper or to try every order of ten tables takes
    # longer than to answer. And an index is right for them: the default cost of 4 is for turning disks.
    _plans = (
        "-c jit=off -c max_parallel_workers_per_gather=0 -c join_collapse_limit=5 -c random_page_cost=1.1"
        # A migration that cannot have its lock at once gives up, instead of letting everybody queue behind it.
        f" -c lock_timeout={env.int('LOCK_TIMEOUT_SECONDS', default=0)}s"
    )
    _connection: dict[str, Any] = {
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": PGBOUNCER,
        # Thai trigrams need a database whose LC_CTYPE is UTF-8; template0 lets the test database choose it.
        "TEST": {"TEMPLATE": "template0"},
    }
    _options = {} if PGBOUNCER else {"options": _plans}
    DATABASES["default"] |= _connection | {"OPTIONS": _options | DATABASES["default"].get("OPTIONS", {})}
    # A copy of the database, for work that only reads and says so (office/replica.py).
    if env.str("DATABASE_REPLICA_URL", default=""):
        DATABASES["replica"] = env.db("DATABASE_REPLICA_URL")
        DATABASES["replica"] |= _connection | {"OPTIONS": _options | DATABASES["replica"].get("OPTIONS", {})}
        DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
        DATABASE_ROUTERS = ["office.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = DATA_DIR / "files"
# A bucket of S3 or of what speaks like it; boto3 finds the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) by itself.
S3_BUCKET = env.str("S3_BUCKET", default="")
_s3 = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
    "region_name": env.str("S3_REGION", default="") or None,
    # As on a disk of our own: nothing is public, nothing is written over.
    "default_acl": "private",
    "file_overwrite": False,
}
STORAGES = {
    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3}
    if S3_BUCKET
    else {"BACKEND": "office.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # Everybody's, whoever collects them: the image is built by root and run by another.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
# What is coming in stands on the disk of the data: elsewhere /tmp may be memory, which a few full forms would fill.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploading"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of text in one form, files not counted
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # those beyond what a form takes are passed over, and its words stay
FILE_UPLOAD_HANDLERS = [
    "office.upload_limits.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "office.upload_limits.LimitedFile",
]
FILE_MAX_MEGABYTES = env.int("FILE_MAX_MEGABYTES", default=20)
FILES_MAX_PER_FORM = env.int("FILES_MAX_PER_FORM", default=10)

# ── Backups: where, for whose key, and how many are kept ─────────────────────────────────────

BACKUP_DIR = env.str("BACKUP_DIR", default=str(DATA_DIR / "backups"))
# Public keys (age1…); where there are none, that of the key file, which is made with the first backup.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_KEY_FILE = env.str("BACKUP_KEY_FILE", default=str(DATA_DIR / "backup-key.txt"))
# The newest of so many days, weeks and months.
BACKUP_KEEP = (
    env.int("BACKUP_KEEP_DAYS", default=7),
    env.int("BACKUP_KEEP_WEEKS", default=5),
    env.int("BACKUP_KEEP_MONTHS", default=12),
)

# ── Queue and cache: one path, Redis (or the embedded Valkey that `serve` starts) ───────────

REDIS_URL = env.str("REDIS_URL", default=f"unix://{socket_path(DATA_DIR)}")
CELERY_BROKER_URL = env.str("BROKER_URL", default=servers.broker_of(REDIS_URL))
LIMITS_STORAGE_URL = servers.limits_of(REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "office.cache.RedisOrMemoryCache",
        "LOCATION": [REDIS_URL],
        "KEY_PREFIX": "prasan",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2}
        | ({"pool_class": "office.servers.SentinelPool"} if REDIS_URL.startswith(servers.SCHEME) else {}),
    }
}

CELERY_TIMEZONE = "Asia/Bangkok"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a page never waits for the queue; the sweep finds what was not sent
# How long a task of a worker that vanished waits for another; no task may take longer.
QUEUE_VISIBILITY_SECONDS = env.int("QUEUE_VISIBILITY_SECONDS", default=1800)
CELERY_BROKER_TRANSPORT_OPTIONS = servers.broker_options_of(
    env.str("BROKER_URL", default=REDIS_URL), QUEUE_VISIBILITY_SECONDS
)
CELERY_BEAT_SCHEDULER = "office.beat:OfficeScheduler"

# ── People ──────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "office.lengths.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "projectplan:today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "office.accounts.OfficeAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[ประสาน] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# How long, in seconds, who signed in is not asked again before an act that reaches far.
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.int("REAUTHENTICATION_SECONDS", default=900)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "office.second_factor.SealedFactors"
MFA_TOTP_ISSUER = "ประสาน"
# Role codes whose members must have a second factor before they see anything, e.g. "administrator,executive".
MFA_REQUIRED_ROLES = env.list(
    "MFA_REQUIRED_ROLES", default=["administrator", "executive"] if PRODUCTION else []
)
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "office.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
# After so many minutes in which nothing was done a sign-in ends; 0: only with its cookie.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=720)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# ── Safety ──────────────────────────────────────────────────────────────────────────────────

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # A proxy on this machine asks how the office is without going round by the outside.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    # A browser takes a cookie so named from this host over HTTPS alone: no neighbour under the same domain can set it.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    if TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Keys for petitioners' data: a comma-separated list, newest first; without it they derive from SECRET_KEY.
PERSONAL_DATA_KEYS = env.list("PERSONAL_DATA_KEYS", default=[])
AUDITLOG_DISABLE_REMOTE_ADDR = True  # an address is personal data too, and says little about an officer

# ── Words and time ──────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

# ── Post ────────────────────────────────────────────────────────────────────────────────────

# Without a mail server of its own an installation keeps its letters as files, so nothing leaves by accident.
_post = env.email("EMAIL_URL", default="filemail://")
vars().update(_post)
if _post["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = str(DATA_DIR / "outgoing-mail")
# How many seconds the mail server may take to say that it has a letter: some look through attachments first.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=120)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ประสาน <prasan@localhost>")

# ── The office ──────────────────────────────────────────────────────────────────────────────

OFFICE_NAME = env.str("OFFICE_NAME", default="กลุ่มงานประสานการเมือง")
OFFICE_PARENT_NAME = env.str("OFFICE_PARENT_NAME", default="สำนักงานรัฐมนตรี กระทรวงศึกษาธิการ")
SERIES_PREFIXES = {
    "petition": env.str("SERIES_PREFIX_PETITION", default="รท"),
    "related": env.str("SERIES_PREFIX_RELATED", default="รก"),
    "visit": env.str("SERIES_PREFIX_VISIT", default="บป"),
    "letter": env.str("SERIES_PREFIX_LETTER", default="ศธ ๐๑๐๐.๕"),
    "meeting": env.str("SERIES_PREFIX_MEETING", default="ปช"),
    "interpellation": env.str("SERIES_PREFIX_INTERPELLATION", default="กท"),
    "motion": env.str("SERIES_PREFIX_MOTION", default="ญต"),
    "bill": env.str("SERIES_PREFIX_BILL", default="รพ"),
    "consultation": env.str("SERIES_PREFIX_CONSULTATION", default="ขห"),
    "follow_up": env.str("SERIES_PREFIX_FOLLOW_UP", default="ตม"),
    "engagement": env.str("SERIES_PREFIX_ENGAGEMENT", default="วง"),
    "article": env.str("SERIES_PREFIX_ARTICLE", default="ขว"),
    "journal": env.str("SERIES_PREFIX_JOURNAL", default="วส"),
    "press_conference": env.str("SERIES_PREFIX_PRESS_CONFERENCE", default="ถข"),
    "foreign_document": env.str("SERIES_PREFIX_FOREIGN_DOCUMENT", default="วท"),
    "brief": env.str("SERIES_PREFIX_BRIEF", default="วค"),
    "document_in": env.str("SERIES_PREFIX_DOCUMENT_IN", default="รับ"),
}
# The journal: its name, how many copies the plan promises, how many of them stay in the office unless said otherwise,
# and how many days before a month begins its issue is opened.
JOURNAL_NAME = env.str("JOURNAL_NAME", default="สร.สาร")
JOURNAL_PRINT_RUN = env.int("JOURNAL_PRINT_RUN", default=2000)
JOURNAL_STOCK = env.int("JOURNAL_STOCK", default=0)
JOURNAL_OPENED_DAYS_AHEAD = env.int("JOURNAL_OPENED_DAYS_AHEAD", default=10)
# How long a worker may hold one letter before the sweep gives it to another; longer than EMAIL_TIMEOUT.
NOTICE_LEASE_SECONDS = env.int("NOTICE_LEASE_SECONDS", default=300)
PUBLIC_FORM_LIMIT = env.str("PUBLIC_FORM_LIMIT", default="20/hour")
FOLLOW_LIMIT = env.str("FOLLOW_LIMIT", default="10/15 minutes")
# How often one address may search the news; reading them has no limit.
NEWS_SEARCH_LIMIT = env.str("NEWS_SEARCH_LIMIT", default="60/minute")
# How often one token of the API may ask.
API_LIMIT = env.str("API_LIMIT", default="300/minute")
# How long a form that somebody wants to finish later is kept.
DRAFT_DAYS = env.int("DRAFT_DAYS", default=30)
KEPT_DRAFT_DAYS = env.int("KEPT_DRAFT_DAYS", default=14)
# Where people send a form filled in on paper.
OFFICE_ADDRESS = env.str("OFFICE_ADDRESS", default="ถนนราชดำเนินนอก เขตดุสิต กรุงเทพมหานคร ๑๐๓๐๐")
# What stands on outgoing letters beside the address; a telephone left empty is left out.
OFFICE_TELEPHONE = env.str("OFFICE_TELEPHONE", default="")
# A file (SVG or PNG) with the garuda of the office's letterhead. Without it its place stays free, for paper with one.
LETTERHEAD_EMBLEM = env.str("LETTERHEAD_EMBLEM", default="")
AGENCY_LINK_DAYS = env.int("AGENCY_LINK_DAYS", default=60)
# How long the link works by which a contact of the network confirms their own entry.
CONTACT_LINK_DAYS = env.int("CONTACT_LINK_DAYS", default=60)

# ── What is told about the program itself ────────────────────────────────────────────────────

LOGGING = logs.settings_for(
    env.str("LOG_FORMAT", default=logs.JSON if PRODUCTION else logs.TEXT),
    env.str("LOG_LEVEL", default="WARNING"),
)
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG
# Who may read /metrics: whoever bears the token, or asks from one of these addresses or networks. Nobody by default.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_ADDRESSES = env.list("METRICS_ADDRESSES", default=[])
# Where the worker answers a watcher, such as 127.0.0.1:9101; nowhere by default.
METRICS_WORKER_ADDRESS = env.str("METRICS_WORKER_ADDRESS", default="")
RELEASE = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    sentry.start(SENTRY_DSN, RELEASE, environment="production" if PRODUCTION else "development")
