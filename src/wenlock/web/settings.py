"""Settings. The mode decides what is possible: `demo` and `trial` are chosen by set-up; anything else is production."""

import os
from pathlib import Path

from wenlock.base.home import Home
from wenlock.web.database import databases
from wenlock.web.sign_in import council_sign_in, provider

HOME = Home.find()
MODE = "production" if os.environ.get("DATABASE_URL") else (HOME.mode or "production")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"

AUTHORITY = os.environ.get("WENLOCK_AUTHORITY") or HOME.settings().get("authority", "shropshire")
AUTHORITIES = Path(
    os.environ.get("WENLOCK_AUTHORITIES") or Path(__file__).resolve().parents[3] / "authorities"
)

SECRET_KEY = os.environ.get("WENLOCK_SECRET_KEY") or HOME.secret("django")
CONTEXT_KEY = (
    bytes.fromhex(os.environ["WENLOCK_CONTEXT_KEY"])
    if "WENLOCK_CONTEXT_KEY" in os.environ
    else HOME.secret("context").encode()
)
# The key of the digests by which partners' secrets are known. To change it ends every key that was issued.
PARTNERS_KEY = (
    bytes.fromhex(os.environ["WENLOCK_PARTNERS_KEY"])
    if "WENLOCK_PARTNERS_KEY" in os.environ
    else HOME.secret("partners").encode()
)
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("WENLOCK_HOSTS", "127.0.0.1,localhost").split(",") if host]
ROOT_URLCONF = "wenlock.web.urls"
WSGI_APPLICATION = "wenlock.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "wenlock.base",
    "wenlock.security",
    "wenlock.notice",
    "wenlock.council",
    "wenlock.files",
    "wenlock.backup",
    "wenlock.people",
    "wenlock.agencies",
    "wenlock.clocks",
    "wenlock.intake",
    "wenlock.practice.case",
    "wenlock.practice.child_in_need",
    "wenlock.practice.protection",
    "wenlock.sharing",
    "wenlock.returns",
    "wenlock.workspace",
    "wenlock.partners",
    "wenlock.portal",
    *(["wenlock.demo"] if DEMO else []),
]

DATABASES = databases(HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "security.Actor"
AUTHENTICATION_BACKENDS = ["wenlock.security.backends.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
# An address is one person's by a constraint on lower(email), which the check for a unique column cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME.root / "static"
# A live service serves what `collectstatic` gathered, each file under a name made from its content; elsewhere the files
# are served from where they lie.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
if PRODUCTION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "wenlock.base.pages.environment.environment",
            "context_processors": [
                "wenlock.portal.frame.frame",
                "wenlock.portal.cookies.question",
                "wenlock.workspace.frame.around_others",
            ],
        },
    },
]
FORM_RENDERER = "wenlock.base.pages.rendering.GdsRenderer"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o600

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "wenlock.portal.cookies.RegisteredCookiesOnly",
    "wenlock.portal.open_door.OpenDoor",
    "wenlock.partners.middleware.PartnersLink",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wenlock.security.middleware.SessionLimits",
    "wenlock.security.middleware.Acting",
]

# Scripts and styles from this site alone. A family's page never tells another site that it was looked at.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "camera",
        "microphone",
        "geolocation",
        "payment",
        "usb",
        "interest-cohort",
        "browsing-topics",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Behind TLS everywhere but on one's own machine, where there is none to be had.
BEHIND_TLS = PRODUCTION
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 63_072_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Fifteen minutes idle, eight hours in all, five minutes for a dangerous act (OWASP ASVS 5.0 V7.3, V7.5).
SESSION_IDLE_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 8 * 60 * 60
STEP_UP_SECONDS = 5 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/signed-out/"
FIRST_PURPOSE = "wenlock.council.queries.first_purpose"
# Who checks files for viruses: unix:/run/clamav/clamd.ctl or tcp:host:3310; nobody when it is not said.
DOCUMENT_CHECKER = os.environ.get("WENLOCK_DOCUMENT_CHECKER", "")
SIGN_IN_NAME = os.environ.get("WENLOCK_SIGN_IN_NAME", "Wenlock")  # what an app or passkey calls us

# The council's own sign-in, by OpenID Connect, and what the library behind every way in may do.
COUNCIL_SIGN_IN = council_sign_in(os.environ, production=PRODUCTION)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": provider(COUNCIL_SIGN_IN, os.environ)}
SOCIALACCOUNT_ADAPTER = "wenlock.security.adapters.CouncilAccounts"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
ACCOUNT_ADAPTER = "wenlock.security.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "enrol": "10/m/ip,5/5m/key",
    # A school, or a whole telephone network, may share one address: these only stop a flood (ADR 9).
    "tell": "300/10m/ip",
    "tell-help": "1000/10m/ip",
}
MFA_ADAPTER = "wenlock.security.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# How many proxies of ours stand in front and each add an address; a client's own header is never believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("WENLOCK_PROXIES", "1" if PRODUCTION else "0"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "wenlock.security.addresses.WithoutAddresses",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
