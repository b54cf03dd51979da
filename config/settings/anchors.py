"""Copies of the signed head outside the portal; who is mailed them is named in the admin."""

from config.settings.environment import env

ANCHOR_FOLDER = env.str("PORTAL_ANCHOR_FOLDER", default="")
"""A folder in which files can be made but not changed: on another machine, or append-only."""
ANCHOR_BUCKET = env.str("PORTAL_ANCHOR_BUCKET", default="")
"""An S3-compatible bucket with object lock."""
ANCHOR_BUCKET_ENDPOINT_URL = env.str(
    "PORTAL_ANCHOR_BUCKET_ENDPOINT_URL", default=env.str("PORTAL_S3_ENDPOINT_URL", default="")
)
ANCHOR_BUCKET_DAYS = env.int("PORTAL_ANCHOR_BUCKET_DAYS", default=3650)
"""How long the bucket is told to refuse any change of a checkpoint."""
TIMESTAMP_URL = env.str("PORTAL_TIMESTAMP_URL", default="")
"""An RFC 3161 timestamp server. Nothing but a hash is sent to it."""
TIMESTAMP_CA_FILE = env.str("PORTAL_TIMESTAMP_CA_FILE", default="")
"""The root certificates (PEM) that its answers must lead to; without it they are kept unchecked."""
CHECKPOINT_FOLLOWERS = ["portal.anchors.actions.keep_anchor.checkpoint_downloaded"]
"""Functions ``(seal, *, actor)`` of upper rooms that are told when somebody takes a checkpoint."""
