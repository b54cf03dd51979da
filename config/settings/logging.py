"""Two logs beside the sealed record: what runs, and who tried what at the door.

The security log holds addresses and failures, for twelve months; whoever rotates logs on the
machine does that (see docs/operations.md), and the handler follows the rotated file.
"""

from typing import Any

from config.settings.environment import DATA_DIR

LOG_DIR = DATA_DIR / "logs"
LOG_DIR.mkdir(parents=True, exist_ok=True)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "security": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": LOG_DIR / "security.log",
            "delay": True,
            "formatter": "plain",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "wellkept": {"level": "INFO"},
        "wellkept.security": {"handlers": ["security"], "level": "INFO", "propagate": False},
        "django.security": {"handlers": ["security"], "level": "INFO"},
        # It tells of every single job; what a job did stands in the record.
        "django-q": {"level": "WARNING"},
    },
}
