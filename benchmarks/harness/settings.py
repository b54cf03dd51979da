"""The settings people run, with floors beside the portal's own pages."""

from config.settings.dev import *  # noqa: F403 - these are the settings that are measured

ROOT_URLCONF = "benchmarks.harness.urls"
WSGI_APPLICATION = "benchmarks.harness.wsgi.application"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
