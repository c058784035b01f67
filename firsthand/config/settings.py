"""Every setting, in one file. What a deployment may change comes from the environment.

`docs/reference/settings.md` explains each; a test fails when one is missing there.
"""

import hashlib
import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from firsthand.config.keyfile import server_key

BASE_DIR = Path(__file__).resolve().parents[2]


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


# Where everything of one installation is kept: in a clone, beside the code.
_HERE = BASE_DIR if (BASE_DIR / "pyproject.toml").exists() else Path.cwd()
FIRSTHAND_DATA = Path(os.environ.get("FIRSTHAND_DATA", _HERE / "data")).resolve()
FIRSTHAND_KEY_FILE = Path(os.environ.get("FIRSTHAND_KEY_FILE", FIRSTHAND_DATA / "keys/server.key"))
FIRSTHAND_SERVER_KEY = server_key(FIRSTHAND_KEY_FILE)
FIRSTHAND_PUBLIC_URL = os.environ.get("FIRSTHAND_PUBLIC_URL", "http://127.0.0.1:8000")

# Plain http is for one machine only; anything else must say https.
_HTTPS = FIRSTHAND_PUBLIC_URL.startswith("https://")
DEBUG = _flag("FIRSTHAND_DEBUG", False)
SECRET_KEY = hashlib.blake2b(b"django", key=FIRSTHAND_SERVER_KEY).hexdigest()
ALLOWED_HOSTS = _words("FIRSTHAND_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [FIRSTHAND_PUBLIC_URL] if _HTTPS else []

# What an organisation chooses about its site.
FIRSTHAND_SITE_NAME = os.environ.get("FIRSTHAND_SITE_NAME", "Firsthand")
FIRSTHAND_EXIT_URL = os.environ.get("FIRSTHAND_EXIT_URL", "https://www.bbc.co.uk/weather")
FIRSTHAND_CRISIS_HELP = [
    ("Danger to life", "Call 999", "police, ambulance, fire"),
    ("Samaritans", "Call 116 123", "free, day and night"),
    ("NHS 111", "Call 111 and choose the mental health option", "free, day and night"),
    ("Shout", "Text SHOUT to 85258", "free, day and night"),
]
FIRSTHAND_FIGURES_THRESHOLD = int(os.environ.get("FIRSTHAND_FIGURES_THRESHOLD", "10"))
FIRSTHAND_ANSWER_WORKING_DAYS = int(os.environ.get("FIRSTHAND_ANSWER_WORKING_DAYS", "20"))
FIRSTHAND_QUIET_MINUTES = 15
FIRSTHAND_LONGEST_TEXT = 1_000_000  # characters in one answer
FIRSTHAND_LARGEST_FILE = 20 * 1024 * 1024  # bytes in one file
FIRSTHAND_MOST_FILES = 20  # files with one testimony, and in one sending
FIRSTHAND_LARGEST_REPORT = 50 * 1024 * 1024  # bytes in one PDF of a report that a review reads
FIRSTHAND_LARGEST_DOCUMENT = 50 * 1024 * 1024  # bytes in one document that is to be coded
# Addresses, by name, that take larger files than the others.
FIRSTHAND_LARGER_AT = {
    "evidence:full_text_attach": FIRSTHAND_LARGEST_REPORT,
    "codebook:bring": FIRSTHAND_LARGEST_DOCUMENT,
}
FIRSTHAND_LARGEST_TOGETHER = 60 * 1024 * 1024  # bytes of all files in one sending
# Exports of databases, for members of a review alone: they are read a piece at a time.
FIRSTHAND_LARGEST_IMPORT = int(os.environ.get("FIRSTHAND_LARGEST_IMPORT", 500)) * 1024 * 1024
# For measuring only: lets one address begin as many tellings, with as many files, as it likes.
FIRSTHAND_NO_LIMIT_ON_TELLING = _flag("FIRSTHAND_NO_LIMIT_ON_TELLING", False)
# A made-up town has its marker in its data directory (see config.demo.place).
FIRSTHAND_DEMO = _flag("FIRSTHAND_DEMO", (FIRSTHAND_DATA / "made-up-town.json").exists())
# Argon2id (RFC 9106): memory in bytes, passes. Tests turn it down; nothing else may.
FIRSTHAND_ARGON2 = {"memory": 64 * 1024 * 1024, "passes": 3}

INSTALLED_APPS = [
    "firsthand.vault",
    "firsthand.people",
    "firsthand.access",
    "firsthand.harms",
    "firsthand.testimony",
    "firsthand.evidence",
    "firsthand.codebook",
    "firsthand.repair",
    "firsthand.consultation",
    "firsthand.indicators",
    "firsthand.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "firsthand.config.logs.PageLog",
    "firsthand.web.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "firsthand.vault.sessions.SittingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "firsthand.web.ended.Ended",
    "firsthand.access.middleware.PermissionTable",
    "firsthand.config.trouble.Trouble",
]

ROOT_URLCONF = "firsthand.config.urls"
WSGI_APPLICATION = "firsthand.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": sorted(BASE_DIR.glob("firsthand/*/templates")),
        "OPTIONS": {
            "environment": "firsthand.web.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {  # allauth's own pages fall back to Django templates; every one we show is ours
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: SQLite beside the keys, or PostgreSQL by DATABASE_URL.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{FIRSTHAND_DATA / 'firsthand.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
        # A file may still be read when its transaction ends; a cursor on the server ends with it.
        disable_server_side_cursors=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # secure_delete: what is erased is overwritten, not only unlinked
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
        ),
    }
    # Tests use a file too: several threads at once, as when it is served.
    DATABASES["default"]["TEST"] = {"NAME": str(FIRSTHAND_DATA / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Sittings: sealed, in the database, keyed by a secret only the cookie holds.
SESSION_ENGINE = "firsthand.vault.sessions"
SESSION_COOKIE_NAME = "sitting"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_AGE = FIRSTHAND_QUIET_MINUTES * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "firsthand.web.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Sign-in.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["firsthand.people.backend.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:home"
LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_ADAPTER = "firsthand.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # allauth keys these by IP address; ours are in access.limits
ACCOUNT_FORMS = {
    "login": "firsthand.people.forms.second_step.SignInForm",
    "reauthenticate": "firsthand.people.forms.second_step.PassphraseAgainForm",
}
MFA_FORMS = {
    "authenticate": "firsthand.people.forms.second_step.CodeForm",
    "reauthenticate": "firsthand.people.forms.second_step.CodeAgainForm",
    "activate_totp": "firsthand.people.forms.second_step.SetUpAppForm",
    "add_webauthn": "firsthand.people.forms.second_step.PasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # one code before and after: slow hands and slow clocks
MFA_ADAPTER = "firsthand.people.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = FIRSTHAND_SITE_NAME

# What people send us stays in memory: a plain temporary file would be words at rest.
FILE_UPLOAD_HANDLERS = ["firsthand.vault.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Far more than we keep: the page itself says which were too many, beside what was typed.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# The browser may load from here and nowhere else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^ready/"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
FIRSTHAND_BEHIND_PROXY = _flag("FIRSTHAND_BEHIND_PROXY", False)
if FIRSTHAND_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("FIRSTHAND_STATIC", FIRSTHAND_DATA / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

EMAIL_BACKEND = os.environ.get(
    "FIRSTHAND_EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"
)
if FIRSTHAND_DEMO:  # nobody in a made-up town is written to
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = os.environ.get("FIRSTHAND_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("FIRSTHAND_EMAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("FIRSTHAND_EMAIL_FROM", "firsthand@localhost")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
SITE_ID = 1

LOGGING_CONFIG = "firsthand.config.logs.configure"
LOGGING = {"version": 1}
DEFAULT_EXCEPTION_REPORTER_FILTER = "firsthand.config.reports.NothingTyped"
