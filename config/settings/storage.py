"""Where bytes and static files live."""

from pathlib import Path
from typing import Any

from config.settings.environment import BASE_DIR, DATA_DIR, env

BYTE_STORE = env.str("PORTAL_BYTE_STORE", default="evidence_review.evidence.storage.LocalByteStore")
BYTES_DIR = DATA_DIR / "bytes"
QUARANTINE_DIR = DATA_DIR / "quarantine"
S3_BUCKET = env.str("PORTAL_S3_BUCKET", default="")
S3_ENDPOINT_URL = env.str("PORTAL_S3_ENDPOINT_URL", default="")

FILE_UPLOAD_HANDLERS = ["evidence_review.evidence.uploads.ReceivingHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("PORTAL_STATIC", default=str(DATA_DIR / "static")))
"""Collected static files: beside the data, or inside a container image, where they never change."""
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Collected by one account and served by another; only uploads are private.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
    # A cache; beside the bytes, so that all web processes see the same.
    "page_pictures": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL or None,
            "location": "page-pictures",
        },
    }
    if BYTE_STORE.endswith(".S3ByteStore")
    else {"BACKEND": "evidence_review.extraction.cache.PicturesOnDisk"},
    # Files of inspection packs, for two weeks each.
    "packs": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL or None,
            "location": "packs",
        },
    }
    if BYTE_STORE.endswith(".S3ByteStore")
    else {"BACKEND": "evidence_review.packs.storage.PacksOnDisk"},
}
