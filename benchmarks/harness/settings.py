"""The settings people run, with floors beside the portal's own pages."""

from config.settings.dev import *  # noqa: F403 - these are the settings that are measured
from config.settings.dev import MIDDLEWARE as _MIDDLEWARE

ROOT_URLCONF = "benchmarks.harness.urls"
WSGI_APPLICATION = "benchmarks.harness.wsgi.application"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
MIDDLEWARE = ["benchmarks.harness.counting.CountQueries", *_MIDDLEWARE]
