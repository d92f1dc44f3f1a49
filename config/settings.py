"""Django's settings, all of them, from the environment.

docs/settings.md describes every variable; a test holds the two together. Each is read by `setting()`.
"""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.http.request import validate_host

from config.environment import (
    REQUIRED,
    SQLITE,
    boolean,
    cache_address,
    database,
    folder,
    kept_key,
    key,
    log_format,
    log_level,
    mail_address,
    mail_server,
    names,
    number,
    origin,
    port,
    positive,
    random_key,
    refuse,
    replicas,
    setting,
    web_address,
    who_needs_a_factor,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# Where we are

DEBUG = setting("DEBUG", boolean, default=True)
PORT = setting("PORT", port, default=8000)
BIND_ADDRESS = setting("BIND_ADDRESS", str, default="127.0.0.1")
WORKERS = setting("WORKERS", positive, default=1)
THREADS = setting("THREADS", positive, default=4)
QUEUE_SECONDS = setting("QUEUE_SECONDS", number, default=5)
VAR_DIR = setting("VAR_DIR", folder, default=BASE_DIR / "var")
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    refuse(f"VAR_DIR is {str(VAR_DIR)!r}, which can't be made: {error.strerror}")

SECRET_KEY = setting("SECRET_KEY", key, default="" if DEBUG else REQUIRED) or kept_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = setting("ALLOWED_HOSTS", names, default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else REQUIRED)
SITE_URL = setting("SITE_URL", origin, default=f"http://127.0.0.1:{PORT}" if DEBUG else REQUIRED)
HTTPS = SITE_URL.startswith("https://")
if not validate_host(urlsplit(SITE_URL).hostname or "", ALLOWED_HOSTS):
    refuse(f"ALLOWED_HOSTS doesn't name {urlsplit(SITE_URL).hostname}, the host of SITE_URL")

# What readers are told

OPERATOR_NAME = setting("OPERATOR_NAME", str, default="")
CONTACT_EMAIL = setting("CONTACT_EMAIL", str, default="")
RECORD_LICENCE = setting("RECORD_LICENCE", web_address, default="https://creativecommons.org/publicdomain/zero/1.0/")
LIST_SECONDS = setting("LIST_SECONDS", number, default=5)
LISTS_AT_ONCE = setting("LISTS_AT_ONCE", positive, default=max(1, THREADS - 1))
REPORTS_PER_HOUR = setting("REPORTS_PER_HOUR", number, default=5)
COPIES_MB = setting("COPIES_MB", number, default=16)
SEARCHES_PER_MINUTE = setting("SEARCHES_PER_MINUTE", number, default=120)
CHECKS_PER_HOUR = setting("CHECKS_PER_HOUR", number, default=30)

# What programs may ask

DUMPS_DIR = setting("DUMPS_DIR", folder, default=None)
DOWNLOADS_AT_ONCE = setting("DOWNLOADS_AT_ONCE", positive, default=max(1, THREADS // 2))
API_REQUESTS_PER_MINUTE = setting("API_REQUESTS_PER_MINUTE", number, default=600)
API_PATH = "/api/"
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "quotes.api.described.schema.Schema", "UNAUTHENTICATED_USER": None}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "On Record: API",
    "VERSION": "1",
    "DESCRIPTION": (
        "Who said it, when, to whom, and how it reached us, for programs. Everything is read with GET and without an "
        "account; writing takes a token. Lists are paged by cursors: follow `next`. Errors are "
        "application/problem+json and name the parameter. The marks in `words` are generated from `spans`, which say "
        "whose words are whose."
    ),
    "APPEND_COMPONENTS": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "SCHEMA_PATH_PREFIX": f"{API_PATH}v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],
}

# The log

# Where the key is kept that isn't a setting, and the last checkpoint.
LOG_FOLDER = VAR_DIR
LOG_KEY = setting("LOG_KEY", random_key, default="")
LOG_KEY_FORMER = setting("LOG_KEY_FORMER", random_key, default="")

# Backups

BACKUP_DIR = setting("BACKUP_DIR", folder, default=None)
BACKUP_KEY = setting("BACKUP_KEY", random_key, default="")

# Extraction

EXTRACTOR_MODEL = setting("EXTRACTOR_MODEL", folder, default=BASE_DIR / "quotes" / "extraction" / "model")

# Documents that are taken in

# Originals are for the record alone: no address leads to this folder, and its files are readable by their owner only.
MEDIA_ROOT = setting("MEDIA_DIR", folder, default=VAR_DIR / "media")
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
CONTACT = f"; {CONTACT_EMAIL}" if CONTACT_EMAIL and CONTACT_EMAIL.isascii() else ""
USER_AGENT = f"OnRecord/{VERSION} (+{SITE_URL}/about/{CONTACT})"
FETCH_LOOPBACK = setting("FETCH_LOOPBACK", boolean, default=False)
if FETCH_LOOPBACK and not DEBUG:
    refuse("FETCH_LOOPBACK is for tests alone: it can't be true when DEBUG is false")

# Application

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, so that `runserver` serves static files as gunicorn does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    # Swagger UI's files, for the API's page.
    "drf_spectacular_sidecar",
    "sources",
    "quotes",
]
MIDDLEWARE = [
    "config.heads.WithoutBody",
    "config.probes.Probes",
    "config.observing.Observed",
    "django.middleware.security.SecurityMiddleware",
    "config.headers.StrictHeaders",
    "config.interface.InterfaceLanguage",
    "config.overload.TurnAway",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.replicas.ReadFromReplicas",
    # What a copy is answered from needs nothing of what stands below.
    "quotes.page_cache.PageCache",
    "quotes.api.cors.CrossOrigin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.paths.WithoutNul",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "quotes.templatetags.addresses",
                "quotes.templatetags.glossary",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
# What the interface speaks, each in its own words; a statement's words may be in any language.
LANGUAGES = [("en", "English"), ("fr", "français"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Database

DATABASE = setting("DATABASE_URL", database, default=database(f"sqlite:///{VAR_DIR / 'onrecord.sqlite3'}"))
DATABASE_POOL = setting("DATABASE_POOL", boolean, default=True)
DATABASE_POOL_SIZE = setting("DATABASE_POOL_SIZE", positive, default=8)
DATABASE_REPLICA_LAG = setting("DATABASE_REPLICA_LAG", positive, default=5)
_REPLICAS: list[dict[str, Any]] = setting("DATABASE_REPLICA_URLS", replicas, default=[])
# Making a connection takes longer than answering from a copy.
_STAYS_OPEN = 0 if DEBUG else 60
if DATABASE["ENGINE"] == SQLITE:
    # Write-ahead logging lets readers go on while one writes; IMMEDIATE takes the write lock at the start, where
    # waiting is possible, not half-way, where SQLite can only fail.
    DATABASE["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
    }
    # A minute, in case the file was replaced.
    DATABASE["CONN_MAX_AGE"] = _STAYS_OPEN
    if _REPLICAS:
        refuse("DATABASE_REPLICA_URLS takes PostgreSQL, but DATABASE_URL is SQLite, which has no replicas")
else:
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = setting("DISABLE_SERVER_SIDE_CURSORS", boolean, default=False)
    if DATABASE_POOL:
        # A pool waits twice as long before each further attempt to connect, for minutes in the end, and a database that
        # is back long since would still be away. One that gives up when those who wait do begins anew with the next:
        # so no two attempts are more than four seconds apart.
        pool = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 10, "reconnect_timeout": 10}
        DATABASE["OPTIONS"] = {**DATABASE.get("OPTIONS", {}), "pool": pool}
    else:
        DATABASE["CONN_MAX_AGE"] = _STAYS_OPEN
for _replica in _REPLICAS:
    # What fails on a replica is asked of the primary: that beats waiting for it, and asking first whether it's there.
    _replica["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE["DISABLE_SERVER_SIDE_CURSORS"]
    _replica["OPTIONS"] = {"connect_timeout": 2, **_replica.get("OPTIONS", {})}
    if DATABASE_POOL:
        _replica["OPTIONS"]["pool"] = {**pool, "timeout": 1}
    else:
        _replica["CONN_MAX_AGE"] = _STAYS_OPEN
    _replica["TEST"] = {"MIRROR": "default"}
DATABASES = {"default": DATABASE, **{f"replica{n}": each for n, each in enumerate(_REPLICAS, 1)}}
REPLICAS = [alias for alias in DATABASES if alias != "default"]
DATABASE_ROUTERS = ["config.replicas.Router"] if REPLICAS else []

# Copies of pages, and counts of requests

CACHE_URL = setting("CACHE_URL", cache_address, default="")
if CACHE_URL:
    CACHES = {"default": {"BACKEND": "config.caches.Redis", "LOCATION": CACHE_URL, "KEY_PREFIX": "onrecord"}}

# Work that no request waits for

TASK_WORKER = setting("TASK_WORKER", boolean, default=not DEBUG)
_TASKS_WAIT, _TASKS_RUN = "django_tasks_db.DatabaseBackend", "django_tasks.backends.immediate.ImmediateBackend"
TASKS = {"default": {"BACKEND": _TASKS_WAIT if TASK_WORKER else _TASKS_RUN}}

# E-mail to those who watch the record

_MAIL: dict[str, Any] = setting("EMAIL_URL", mail_server, default={})
SENDS_MAIL = bool(_MAIL)
EMAIL_BACKEND = _MAIL.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _MAIL.get("EMAIL_HOST", ""), _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_USER") or "", _MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = setting("EMAIL_FROM", mail_address, default=CONTACT_EMAIL)
if SENDS_MAIL and not DEFAULT_FROM_EMAIL:
    refuse("EMAIL_URL names a mail server, but neither EMAIL_FROM nor CONTACT_EMAIL names a sender")

# Accounts

SIGNINS_PER_HOUR = setting("SIGNINS_PER_HOUR", number, default=60)
SECOND_FACTOR = setting("SECOND_FACTOR", who_needs_a_factor, default="publishers" if HTTPS else "none")
PASSWORD_RESET_TIMEOUT = 60 * 60
INTAKES_PER_HOUR = setting("INTAKES_PER_HOUR", number, default=300)
# Housekeeping is for who runs the record: on a public site its door is opened on purpose.
ADMIN = setting("ADMIN", boolean, default=DEBUG)
LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Transport

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = setting("HSTS_SECONDS", number, default=30 * 24 * 60 * 60) if HTTPS else 0
# Subdomains and browsers' preload lists concern sites beyond this record: its host's owner decides, not we.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
TRUSTED_PROXY_COUNT = setting("TRUSTED_PROXY_COUNT", number, default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Names with a hash let browsers keep a file for ever; while someone works on one, its plain name serves better.
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_FILES = "config.smaller.SmallerFilesStorage"
# Maps of scripts are for who mends them; compressing one takes seconds at every start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "gif", "webp", "ico", "zip", "gz", "br", "woff", "woff2")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": PLAIN_FILES if DEBUG else HASHED_FILES},
}

# Logs and metrics

METRICS_TOKEN = setting("METRICS_TOKEN", str, default="")
LOG_FORMAT = setting("LOG_FORMAT", log_format, default="text" if DEBUG else "json")
LOG_REQUESTS = setting("LOG_REQUESTS", boolean, default=not DEBUG)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"chosen": {"()": "config.logs.formatter", "name": LOG_FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chosen"}},
    "root": {"handlers": ["stderr"], "level": setting("LOG_LEVEL", log_level, default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # A 404 is told with all other requests, by its route.
        "django.request": {"level": "ERROR"},
        # At INFO it tells passkeys by their ids.
        "fido2": {"level": "WARNING"},
        # At DEBUG it tells every query with its parameters: what people wrote.
        "django.db.backends": {"level": "INFO"},
        # Where there is no worker each task would be told twice a request; a worker itself turns this up.
        "django_tasks": {"level": "WARNING"},
    },
}
