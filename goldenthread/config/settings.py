"""One settings file: everything that differs between installations comes from the environment (docs/deploy.md)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from goldenthread.config import environment

PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(environment.text("GOLDENTHREAD_VAR", str(Path.cwd() / "var")))

DEMONSTRATION = environment.flag("GOLDENTHREAD_DEMONSTRATION")
TODAY = environment.day("GOLDENTHREAD_TODAY")
if TODAY and not DEMONSTRATION:
    raise ImproperlyConfigured("GOLDENTHREAD_TODAY stops the calendar: it is for the demonstration only. Unset it.")
#: Told to everybody who opens the demonstration; nothing else has a known password.
DEMONSTRATION_PASSWORD = "golden-thread-2027"  # noqa: S105
DEBUG = environment.flag("DEBUG")

SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if not DEMONSTRATION:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: give it 50 random characters. "
            "Without it only the demonstration runs (GOLDENTHREAD_DEMONSTRATION=1)."
        )
    SECRET_KEY = "demonstration-only-" + "0" * 40
elif len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(f"SECRET_KEY has {len(SECRET_KEY)} characters: it should have at least 50, random ones.")

#: What opens appraisals (docs/decisions/0006-sealed-appraisals.md): the first seals, all of them open.
APPRAISAL_KEYS = environment.keys("APPRAISAL_KEYS")
if DEMONSTRATION and not APPRAISAL_KEYS:
    APPRAISAL_KEYS = {"demonstration": b"only for an invented council now"}

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
SECURE = environment.flag("SECURE_COOKIES", default=not DEMONSTRATION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "goldenthread"
SESSION_COOKIE_AGE = environment.number("SESSION_HOURS", 10) * 3600
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000 if SECURE else 0)
BEHIND_TLS_PROXY = environment.flag("BEHIND_TLS_PROXY", default=SECURE)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
#: Tries to sign in are counted by the address that the proxy saw, else the whole council would be one.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_TLS_PROXY)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "goldenthread.scorecards",
    "goldenthread.appraisals",
    "goldenthread.measures",
    "goldenthread.plans",
    "goldenthread.council",
    "goldenthread.package",
    "goldenthread.web",
    "goldenthread.history",
    "goldenthread.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goldenthread.council.sign_in.signed_in_no_longer",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

CSRF_FAILURE_VIEW = "goldenthread.web.views.stale_form"
ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "csp.context_processors.nonce",
    "goldenthread.web.context.page",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "goldenthread.web.environment.environment",
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


#: A page's query joins many tables and reads few rows: compiling it takes seconds and trying every order of its joins
#: milliseconds, as many as running it does. All that a council holds fits in memory, where no row is far from the next.
ON_POSTGRESQL = ("-c jit=off", "-c join_collapse_limit=4", "-c random_page_cost=1.1")


def _database() -> dict[str, Any]:
    url = environment.text("DATABASE_URL", f"sqlite:///{VAR / 'goldenthread.sqlite3'}")
    if urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {url.partition(':')[0]!r}: "
            "it should be sqlite:///PATH or postgres://USER:PASSWORD@HOST/NAME."
        )
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError, dj_database_url.ParseError):
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: it should be postgres://USER:PASSWORD@HOST:PORT/NAME, "
            "with %40 for @ and %2F for / inside a password."
        ) from None
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        _make_folder(Path(settings["NAME"]).parent)
        # Each thread has a connection and its cache: 16 MB hold what a board of 1,000 reads.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        }
    else:
        options = settings.setdefault("OPTIONS", {})
        options["options"] = " ".join((*ON_POSTGRESQL, options.get("options", ""))).strip()
    return settings


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"GOLDENTHREAD_VAR or DATABASE_URL names {folder}, which cannot be made: {fault.strerror}."
        ) from None


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "goldenthread.council.sign_in.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
#: Beside what the library limits by itself: codes of people without an account, from one address.
ACCOUNT_RATE_LIMITS = {"confirm_appraisal": "30/m/ip"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Golden Thread"
#: An administrator gave the address: nobody has to prove that it is theirs before they may protect their account.
MFA_ALLOW_UNVERIFIED_EMAIL = True
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_GET = False

OIDC_SERVER = environment.text("OIDC_SERVER_URL")
if OIDC_SERVER:
    if urlsplit(OIDC_SERVER).scheme not in ("https", "http"):
        raise ImproperlyConfigured(f"OIDC_SERVER_URL is {OIDC_SERVER!r}: it should begin with https://.")
    for needed in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        if not environment.text(needed):
            raise ImproperlyConfigured(f"{needed} is not set: OIDC_SERVER_URL needs it.")
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "council",
                    "name": environment.text("OIDC_NAME", "your council account"),
                    "client_id": environment.text("OIDC_CLIENT_ID"),
                    "secret": environment.text("OIDC_CLIENT_SECRET"),
                    "settings": {
                        "server_url": OIDC_SERVER,
                        # Entra ID does not say whether an address is verified; its tenant's own domains are.
                        "verified_email": environment.words("OIDC_DOMAINS") or False,
                    },
                }
            ]
        }
    }
SOCIALACCOUNT_ONLY = False
#: An account that an administrator made is joined to the council's by an address which the provider has verified.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

_identity_origin = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))] if OIDC_SERVER else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF, *_identity_origin],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LANGUAGE_CODE = environment.choice("SITE_LANGUAGE", "en-gb", dict(LANGUAGES))
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if environment.flag("HASHED_STATIC_FILES", default=not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("EMAIL_HOST")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
#: Somebody waits for the page while a mail is sent.
EMAIL_TIMEOUT = 10
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "performance@localhost")

#: Where our mails lead; without it those that no request sends tell the way in words.
SITE_ADDRESS = environment.address("SITE_ADDRESS")
COUNCIL_NAME = environment.text("COUNCIL_NAME")
#: Nobody who enters a measure's figures may change its target or rule (docs/deploy.md).
SEPARATE_ENTRY_FROM_TARGETS = environment.flag("SEPARATE_ENTRY_FROM_TARGETS", default=True)

LOG_LEVEL = environment.choice("LOG_LEVEL", "WARNING", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "filters": {"refusals": {"()": "goldenthread.config.log.RefusalsInOneLine"}},
    "loggers": {"django.request": {"filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
