"""Settings of the test suite: fast hashing, bytes in a temporary folder, everything else real."""

from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import LOGGING, STORAGES
from config.settings.environment import BASE_DIR, env

SECRET_KEY = "for-tests-only-" + "x" * 50
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
WHITENOISE_USE_FINDERS = True
PORTAL_DATA = Path(env.str("PORTAL_TEST_DATA", default=str(BASE_DIR / ".cache" / "test-data")))
BYTES_DIR = PORTAL_DATA / "bytes"
QUARANTINE_DIR = PORTAL_DATA / "quarantine"
SEALER_DIR = str(PORTAL_DATA / "sealer")
PAGE_PICTURES_DIR = PORTAL_DATA / "page-pictures"
PORTAL_DEMO_MARKER = PORTAL_DATA / "demo-portal"
ALLOW_TEST_SIGNATURES = True
CLEAN_FOLLOWERS = []  # looking inside files takes a process; its own tests put it back
FAULT_HOOK = env.str("PORTAL_FAULT_HOOK", default="")
LOGGING = LOGGING | {
    "handlers": {
        "console": {"class": "logging.NullHandler"},
        "security": {"class": "logging.NullHandler"},
    },
}
